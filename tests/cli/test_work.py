import shutil
from pathlib import Path

import pytest

from liandong.figures import Figure
from tests.cli.conftest import Run


@pytest.fixture
def example(made_once: Path, tmp_path: Path) -> Path:
    """A copy of the example's workspace."""
    return Path(shutil.copytree(made_once, tmp_path / "xuchang"))


def figures_of(data: object) -> list[Figure]:
    """Every figure anywhere in a JSON result."""
    if isinstance(data, dict):
        if {"value", "measure", "evidence"} <= set(data):
            return [Figure.from_dict(data)]
        return [figure for value in data.values() for figure in figures_of(value)]
    if isinstance(data, list):
        return [figure for value in data for figure in figures_of(value)]
    return []


def test_diagnose_one_chain(run: Run, example: Path):
    """An object with the chain and its nodes; every known figure has evidence and coverage."""
    done = run("diagnose", "--chain", "电力装备", "-w", example, "--json")
    found = figures_of(done.json)
    assert (done.code, done.err, done.json["chain"]) == (0, "", "电力装备")
    assert [f for f in found if f.known and not (f.evidence and f.coverage)] == []
    assert {note for f in found if f.coverage for note in f.coverage.notes} >= {"listed_firms_only"}


def test_diagnose_every_chain(run: Run, example: Path):
    """A list, in the plan's order."""
    chains = [each["chain"] for each in run("diagnose", "-w", example, "--json").json]
    assert chains[0] == "电力装备"
    assert len(chains) >= 8


def test_targets_come_ranked_from_the_source_region(run: Run, example: Path):
    """As many as asked for, best first, all from 长三角, each score the sum of its points."""
    done = run("targets", "--chain", "电力装备", "--from", "长三角", "--top", "10", "-w", example, "--json")
    scores = [float(target["score"]) for target in done.json]
    assert (done.code, done.err, len(scores)) == (0, "", 10)
    assert scores == sorted(scores, reverse=True)
    assert {target["firm"]["prefecture"][:2] for target in done.json} <= {"31", "32", "33", "34"}
    for target in done.json:
        points = [float(item["points"]) for item in target["contributions"]]
        assert sum(points) == pytest.approx(float(target["score"]))


def test_every_known_contribution_can_be_opened(run: Run, example: Path):
    """No number in the list stands without evidence."""
    data = run("targets", "--chain", "电力装备", "-w", example, "--json").json
    assert [figure for figure in figures_of(data) if figure.known and not figure.evidence] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("diagnose", "--chain", "造船"),
        ("targets", "--chain", "造船"),
        ("targets", "--chain", "电力装备", "--node", "船坞"),
        ("targets", "--chain", "电力装备", "--from", "火星"),
        ("brief", "poem"),
        ("brief", "city", "--format", "scroll"),
        ("registry", "search", "。"),
        ("registry", "export", "firms.papyrus"),
    ],
    ids=" ".join,
)
def test_a_question_about_nothing_is_refused(run: Run, example: Path, arguments: tuple[str, ...]):
    """Exit code 1 and a sentence that says what there is."""
    done = run(*arguments, "-w", example)
    assert (done.code, done.out, bool(done.err.strip())) == (1, "", True)


def test_a_folder_without_a_workspace_says_how_to_make_one(run: Run, tmp_path: Path):
    """The way out is part of the error."""
    done = run("diagnose", "-w", tmp_path)
    assert (done.code, "liandong init" in done.err) == (1, True)


def test_the_brief_is_written_in_both_formats(run: Run, example: Path, tmp_path: Path):
    """One file a format, named on stdout as JSON."""
    done = run("brief", "city", "-o", tmp_path / "out", "-w", example, "--json", "--lang", "en")
    paths = [Path(path) for path in done.json]
    assert (done.code, {path.suffix for path in paths}, all(path.stat().st_size for path in paths)) == (
        0,
        {".docx", ".html"},
        True,
    )


def test_plan_check_reports_what_the_slogan_promises(run: Run, example: Path):
    """633 promises twelve industries that the page does not list: each tier's difference is told."""
    done = run("plan", "check", "-w", example, "--json")
    promised = [remark["item"] for remark in done.json if remark["kind"] == "promised_count"]
    assert (done.code, {remark["weight"] for remark in done.json}) == (0, {"remark"})
    assert promised == ["未来产业", "新兴产业", "传统产业"]


def test_a_dumped_plan_loads_equal(run: Run, example: Path, tmp_path: Path):
    """TOML out, TOML in, the same plan."""
    first, second = tmp_path / "first.toml", tmp_path / "second.toml"
    run("plan", "dump", "-o", first, "-w", example)
    assert run("plan", "load", first, "-w", example).code == 0
    run("plan", "dump", "-o", second, "-w", example)
    assert second.read_text("utf-8") == first.read_text("utf-8")


def test_a_bad_plan_leaves_the_good_one(run: Run, example: Path, tmp_path: Path):
    """An unknown code is named with file, line and field; the workspace keeps its plan."""
    before = run("plan", "dump", "-w", example).out
    bad = tmp_path / "bad.toml"
    bad.write_text(before.replace('"3821"', '"9999"'), encoding="utf-8")
    done = run("plan", "load", bad, "-w", example)
    lines = bad.read_text("utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, start=1) if "9999" in text)
    assert (done.code, f"bad.toml › 第 {line} 行" in done.err, "9999" in done.err) == (1, True, True)
    assert run("plan", "dump", "-w", example).out == before


def test_adding_a_page_twice_keeps_it_once(run: Run, example: Path):
    """Idempotent by the bytes of the page."""
    done = run("add", example / "page.txt", "-w", example, "--json")
    assert [item["new"] for item in done.json] == [False]


def test_the_library_keeps_originals_so_it_wants_files(run: Run, example: Path):
    """Standard input can be looked at, not kept."""
    done = run("add", "-", "-w", example)
    assert (done.code, done.out, "原件" in done.err) == (1, "", True)


def test_a_bad_page_among_good_ones_adds_none(run: Run, example: Path, tmp_path: Path):
    """All or nothing."""
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text("许昌市2024年高新技术企业达到600家,科技型中小企业达到1700家。" * 3, encoding="utf-8")
    bad.write_bytes(b"")
    before = run("brief", "city", "-o", tmp_path / "a", "-w", example, "--json").code
    assert (before, run("add", good, bad, "-w", example).code) == (0, 1)
    assert [item["new"] for item in run("add", good, "-w", example, "--json").json] == [True]
