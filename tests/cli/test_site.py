from pathlib import Path

from openpyxl import load_workbook

from liandong.examples import xuchang
from tests.cli.conftest import Run

SMALL = "2 3\n4 1 2\n3 5 1\n2 2 2\n1 3 2\n4 3\n"


def test_published_instance_in_json(run: Run, tmp_path: Path):
    """`--json` numbers agents from 1 as in the file and says objective, bound and proof."""
    path = tmp_path / "small.txt"
    path.write_text(SMALL)
    printed = run("site", path, "--json").json
    contract = ("assignment", "objective", "bound", "proven")
    assert {key: printed[key] for key in contract} == {
        "assignment": [2, 1, 2],
        "objective": 5,
        "bound": 5,
        "proven": True,
    }


def test_case_names_rule_department_and_conflict(run: Run):
    """Without what is conditional the example is placed; each verdict names rule, source and department."""
    printed = run("site", xuchang.SITING, "--day", "2026-05-18", "--json").json
    found = {(each["project"], each["parcel"]): each for each in printed["admissions"]}
    chemical = found["示例项目丁:原料药", "示例地块-谷1"]
    assert chemical["verdict"] == "barred"
    assert chemical["findings"][0] | {"reason": None} == {
        "verdict": "barred",
        "reason": None,
        "department": "示例:应急管理局",
        "rule": "示例-化工",
        "source": "虚构示例",
        "valid_from": None,
        "valid_to": None,
    }
    assert printed["proven"] is True


def test_infeasible_case_prints_the_smallest_conflict(run: Run, tmp_path: Path):
    """Two musts that need more power than their park has are named with that capacity."""
    path = tmp_path / "case.toml"
    text = xuchang.SITING.read_text(encoding="utf-8")
    # only 中原电气谷 keeps land, and its power no longer suffices for both musts
    for amount in ("amount = 200\n", 'amount = 120\nunit = "亩"\n\n[[rooms]]\nplace = "许港产业带"'):
        text = text.replace(amount, amount.replace("200", "1").replace("120", "1"), 1)
    path.write_text(text.replace("amount = 12000", "amount = 9000"), encoding="utf-8")
    printed = run("site", path, "--day", "2026-05-18", "--json").json
    assert printed["status"] == "infeasible"
    assert [each["zh"] for each in printed["conflict"]["requirements"]] == [
        "示例项目甲:变压器 必须安排",
        "示例项目乙:电机 必须安排",
        "中原电气谷 · 电力 · 2027 不超过现有容量",
    ]


def test_result_is_written(run: Run, tmp_path: Path):
    """The workbook has the placements with their second best, every reason, and the conclusion."""
    path = tmp_path / "result.xlsx"
    done = run("site", xuchang.SITING, "--day", "2026-05-18", "--second-best", "--lang", "en", "-o", path)
    assert done.code == 0
    book = load_workbook(path)
    assert book.sheetnames == ["placements", "admission", "summary"]
    rows = {row[0]: row for row in book["placements"].iter_rows(min_row=2, values_only=True)}
    assert rows["示例项目甲:变压器"][1:3] == ("示例地块-带1", "许港产业带")
    assert rows["示例项目甲:变压器"][4] == "示例地块-谷1"


def test_templates_are_written_and_read(run: Run, tmp_path: Path):
    """Both templates are written; the one of siting can be run as it is."""
    assert run("site", "--template", tmp_path / "s.xlsx").code == 0
    assert run("landing", "--template", tmp_path / "l.xlsx").code == 0
    assert run("site", tmp_path / "s.xlsx", "--json").json["status"] == "infeasible"


def test_landing_in_json_and_as_a_sheet(run: Run, tmp_path: Path):
    """Totals say whether they are partial; nothing is called cheapest while anything is unknown."""
    path = tmp_path / "cost.xlsx"
    done = run("landing", xuchang.LANDING, "-o", path, "--json")
    assert [park["once"]["partial"] for park in done.json["parks"]] == [False, False, True]
    assert (done.json["cheapest_once"], path.is_file()) == (None, True)


def test_bad_file_ends_with_one(run: Run, tmp_path: Path):
    """A file that is no instance ends with exit code 1 and says what the format is."""
    path = tmp_path / "bad.txt"
    path.write_text("2 3 4")
    done = run("site", path)
    assert (done.code, done.out) == (1, "")
    assert "m n" in done.err
