import csv
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run

HEADER = "企业名称,统一社会信用代码,所属省份,所属城市,成立日期,注册资本,经营范围\n"
ROWS = (
    "许昌甲乙电气有限公司,,河南,许昌,2015-03-02,500万元人民币,变压器制造\n"
    "苏州丙丁机械有限公司,,江苏,苏州,2009年6月1日,1200万元,电线电缆制造;销售\n"
)


@pytest.fixture
def workspace(run: Run, tmp_path: Path) -> Path:
    """An empty workspace."""
    folder = tmp_path / "w"
    assert run("init", folder).code == 0
    return folder


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_in_any_common_encoding_is_imported(run: Run, workspace: Path, tmp_path: Path, encoding: str):
    """An export from an office computer opens as it is."""
    table = tmp_path / "firms.csv"
    table.write_bytes((HEADER + ROWS).encode(encoding))
    done = run("registry", "import", table, "-w", workspace, "--json")
    assert (done.code, done.json["rows"], done.json["rejected"]) == (0, 2, 0)
    found = run("registry", "search", "甲乙", "-w", workspace, "--json").json
    assert [hit["name"] for hit in found] == ["许昌甲乙电气有限公司"]


def test_import_classify_and_undo(run: Run, workspace: Path, tmp_path: Path):
    """Each step is a snapshot; undo goes back one."""
    table = tmp_path / "firms.csv"
    table.write_text(HEADER + ROWS, encoding="utf-8")
    imported = run("registry", "import", table, "-w", workspace, "--json").json
    classified = run("registry", "classify", "-w", workspace, "--json").json
    assert classified["classified"] == 2
    assert run("registry", "undo", "-w", workspace, "--json").json == {"snapshot": imported["snapshot"]}


def test_a_table_without_names_changes_nothing(run: Run, workspace: Path, tmp_path: Path):
    """The error names the file and what is needed; the registry is as before."""
    table = tmp_path / "prices.csv"
    table.write_text("日期,价格\n2024-01-01,3\n", encoding="utf-8")
    done = run("registry", "import", table, "-w", workspace)
    assert (done.code, "prices.csv" in done.err) == (1, True)
    assert run("registry", "stats", "-w", workspace).code == 1


def test_a_preview_shows_and_changes_nothing(run: Run, workspace: Path, tmp_path: Path):
    """--preview prints columns, first rows and faults, in words or as JSON; the registry stays empty."""
    table = tmp_path / "firms.csv"
    table.write_text(f"企业清单\n{HEADER.strip()},联系人\n{ROWS}合计\n", encoding="utf-8")
    done = run("registry", "import", table, "--preview", "-w", workspace, "--lang", "en")
    told = ["firms.csv, header in row 2", "(not used)", "许昌甲乙电气有限公司", "5,000,000"]
    assert (done.code, [words for words in told if words not in done.out]) == (0, [])
    assert "Looked at all 3 rows: 2 firms, rows rejected 1." in done.err
    assert "firms.csv › row 5 › 企业名称: a row of totals: 合计" in done.err
    data = run("registry", "import", table, "--preview", "-w", workspace, "--json").json
    assert (data["changed"], data["rows"], data["tables"][0]["unmapped"]) == (False, 2, ["联系人"])
    assert run("registry", "stats", "-w", workspace).code == 1


def test_a_bad_mapping_is_named(run: Run, workspace: Path, tmp_path: Path):
    """--map wants COLUMN=FIELD."""
    table = tmp_path / "firms.csv"
    table.write_text(HEADER + ROWS, encoding="utf-8")
    done = run("registry", "import", table, "--map", "企业名称", "-w", workspace)
    assert (done.code, "企业名称" in done.err) == (1, True)


def test_the_canonical_table_leaves_whole(run: Run, made_once: Path, tmp_path: Path):
    """Every firm of the example is in the export."""
    folder = Path(shutil.copytree(made_once, tmp_path / "xuchang"))
    target = tmp_path / "firms.csv"
    assert run("registry", "export", target, "-w", folder).code == 0
    with (
        target.open(encoding="utf-8-sig", newline="") as exported,
        (folder / "firms.csv").open(encoding="utf-8", newline="") as source,
    ):
        names = [row["企业名称"] for row in csv.DictReader(exported)]
        assert sorted(names) == sorted(row["name"] for row in csv.DictReader(source))


def test_stats_are_tables_for_people(run: Run, made_once: Path, tmp_path: Path):
    """Places by name with their numbers, and what the data stand on."""
    folder = Path(shutil.copytree(made_once, tmp_path / "xuchang"))
    done = run("registry", "stats", "-w", folder)
    assert (done.code, "仅上市公司" in done.out, "河南省 │ 66家" in done.out, "{" in done.out) == (
        0,
        True,
        True,
        False,
    )
