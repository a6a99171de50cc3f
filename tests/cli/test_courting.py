"""`targets`, `backtest`, `programmes`, `plan suggest`, rivals and history on the shipped example."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from liandong.examples import xuchang
from liandong.figures import FactRef
from liandong.plan import parse
from liandong.workspace import Workspace, store
from tests.cli.conftest import Run

RULED = """
[[programme]]
name = "甲计划"
kind = "policy"
status = "in_force"
review = "passed"
[[programme.condition]]
field = "industry"
test = "in"
values = ["38"]
[[programme]]
name = "乙计划"
kind = "policy"
status = "suspended"
review = "passed"
[[programme.condition]]
field = "industry"
test = "in"
values = ["38"]
"""


@pytest.fixture
def example(made_once: Path, tmp_path: Path) -> Path:
    """A copy of the example."""
    return Path(shutil.copytree(made_once, tmp_path / "xuchang"))


def targets(run: Run, example: Path, *options: str) -> list[dict[str, object]]:
    """The list of the power chain."""
    command = ("targets", "-c", "电力装备", "--from", "长三角", "-k", "5", "-w", example, *options)
    return run(*command, "--json").json  # type: ignore[no-any-return] # JSON


def test_the_talent_plan_of_the_page_is_bound_to_its_fact(example: Path):
    """The example's programmes quote the page; the talent plan's evidence is a fact; none is in effect."""
    workspace = Workspace(example)
    workspace.load_programmes(xuchang.PROGRAMMES)
    talent, fund = workspace.programmes()
    store.close_store()
    assert [type(item) for item in talent.origin.evidence()] == [FactRef]
    assert (talent.conditions, fund.conditions) == ((), ())


def test_programmes_count_only_in_effect(run: Run, example: Path, tmp_path: Path):
    """Of two alike, the one in force gives its points to firms of division 38, the suspended one none."""
    file = tmp_path / "programmes.toml"
    file.write_text(RULED, encoding="utf-8")
    assert run("programmes", "load", file, "-w", example).code == 0
    best = targets(run, example)[0]
    (points,) = [c for c in best["contributions"] if c["name"] == "programmes"]  # type: ignore[attr-defined]
    assert (points["points"], points["figure"]["value"]) == ("1.50", "1")
    name = best["firm"]["name"]  # type: ignore[index]
    found = run("programmes", "match", name, "-w", example, "--json").json
    assert [(each["outcome"], each["counts"]) for each in found] == [("met", True), ("met", False)]
    assert "已暂停" in run("programmes", "list", "-w", example).out
    assert "甲计划: 符合" in run("programmes", "match", name, "-w", example).out


def test_a_bad_file_of_programmes_leaves_the_good_one(run: Run, example: Path, tmp_path: Path):
    """All or nothing, with line and field."""
    file = tmp_path / "programmes.toml"
    file.write_text(RULED, encoding="utf-8")
    run("programmes", "load", file, "-w", example)
    file.write_text(RULED.replace('"38"', '"3x"', 1), encoding="utf-8")
    done = run("programmes", "load", file, "-w", example)
    assert (done.code, "第 10 行 › programme.condition.values" in done.err) == (1, True)
    assert len(run("programmes", "list", "-w", example, "--json").json) == 2


def test_template_loads(run: Run, example: Path, tmp_path: Path):
    """The empty workbook can be loaded as it is."""
    file = tmp_path / "政策.xlsx"
    run("programmes", "template", file)
    assert run("programmes", "load", file, "-w", example).code == 0


def test_what_if(run: Run, example: Path, tmp_path: Path):
    """A weight changed, one taken out, firms left out: the list answers."""
    usual = targets(run, example)
    first = usual[0]["firm"]["name"]  # type: ignore[index]
    visited = tmp_path / "visited.txt"
    visited.write_text(f"{first}\n", encoding="utf-8")
    changed = targets(
        run, example, "--set", "distance=9", "--without", "need", "--exclude", str(visited), "--stability"
    )
    assert first not in [each["firm"]["name"] for each in changed]  # type: ignore[index]
    most = {c["name"]: c["most"] for c in changed[0]["contributions"]}  # type: ignore[attr-defined]
    assert (most["distance"], most["need"]) == ("9.0", "0.0")
    assert all(0 <= each["stability"]["share"] <= 1 for each in changed)  # type: ignore[index]


@pytest.mark.parametrize(
    "options", [("--set", "luck=3"), ("--set", "fit=x"), ("--set", "capital=60"), ("--origin", "moon")]
)
def test_what_cannot_be_asked(run: Run, example: Path, options: tuple[str, str]):
    """Contributions and origins that there are not, and size above all, are refused."""
    assert run("targets", "-c", "电力装备", *options, "-w", example).code == 1


def test_workbook_and_map(run: Run, example: Path, tmp_path: Path):
    """Without a chain every chain has its sheet; the map is drawn."""
    book, picture = tmp_path / "t.xlsx", tmp_path / "t.svg"
    done = run("targets", "--from", "长三角", "-k", "3", "-o", book, "-o", picture, "-w", example)
    names = [each.name for each in parse(xuchang.PLAN.read_text("utf-8")).chains]
    assert (done.code, load_workbook(book).sheetnames) == (0, [*names, "依据"])
    assert picture.read_text("utf-8").startswith("<svg")


def test_a_draft_of_a_chain(run: Run, example: Path):
    """The draft is TOML that a plan can hold."""
    draft = run("plan", "suggest", "输变电", "--industry", "3821", "-w", example).out
    (chain,) = parse('[plan]\ncity = "411000"\nname = "许昌市"\n' + draft).chains
    assert (chain.name, ("3821",) in [node.industries for node in chain.nodes]) == ("输变电", True)


def test_rivals_and_history(run: Run, example: Path):
    """The chain beside a named rival, and year by year."""
    found = run("diagnose", "-c", "电力装备", "--rival", "苏州", "--history", "-w", example, "--json").json
    assert found["rivals"]["cities"] == ["411000", "320500"]
    assert found["history"] == []  # the example knows no founding dates
    assert "苏州" in run("diagnose", "-c", "电力装备", "--rival", "苏州", "--history", "-w", example).out


def test_a_backtest_without_a_past_says_so(run: Run, example: Path):
    """The example's listed firms show no expansions: no number is made up."""
    done = run("backtest", "-w", example)
    assert (done.code, "没有可用来回测的扩张" in done.err) == (1, True)
