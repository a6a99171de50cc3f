"""The lists as a workbook and as a map."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from openpyxl import load_workbook

from liandong.charts import to_svg
from liandong.targets import rank
from liandong.targets.origins import map_of, origins
from liandong.targets.workbook import write_workbook
from tests.targets.firms import table
from tests.targets.test_ranking import NEED, SETTING


def test_a_sheet_per_chain_with_linked_points(tmp_path: Path):
    """Each chain has a sheet, each contribution a column, each cell a link to its figure and rows."""
    targets = rank("电力装备", [NEED], table({}), replace(SETTING, draws=20))
    path = write_workbook({"电力装备": targets, "电力装备/二": targets}, tmp_path / "t.xlsx")
    book = load_workbook(path)
    assert book.sheetnames == ["电力装备", "电力装备二", "依据"]
    page, evidence = book["电力装备"], book["依据"]
    heads = [cell.value for cell in page[1]]
    assert heads[:6] == ["名次", "企业", "统一社会信用代码", "所在地", "环节", "得分"]
    cell = page.cell(2, heads.index("主业吻合") + 1)
    at = int(cell.hyperlink.location.rpartition("A")[2])
    assert (cell.value, [evidence.cell(at, n).value for n in (1, 2, 3)]) == (
        19.2,
        ["苏州甲乙电气有限公司", "主业吻合", 19.2],
    )
    assert "firms.csv › 2" in evidence.cell(at, 9).value


def test_unknown_is_no_zero(tmp_path: Path):
    """A title that nobody knows of has a question mark, not 0."""
    path = write_workbook({"电力装备": rank("电力装备", [NEED], table({}), SETTING)}, tmp_path / "t.xlsx")
    page = load_workbook(path)["电力装备"]
    heads = [cell.value for cell in page[1]]
    assert page.cell(2, heads.index("荣誉") + 1).value == "?"


def test_a_name_is_never_a_formula(tmp_path: Path):
    """A firm called =1+1 stays a text."""
    targets = rank("电力装备", [NEED], table({"name": "=1+1有限公司"}), SETTING)
    page = load_workbook(write_workbook({"电力装备": targets}, tmp_path / "t.xlsx"))["电力装备"]
    assert (page["B2"].value, page["B2"].data_type) == ("=1+1有限公司", "s")


def test_the_map_counts_firms_once():
    """A firm wanted by two chains is one firm of its prefecture."""
    targets = rank("电力装备", [NEED], table({}, {"firm_id": "f2", "prefecture": "330100"}), SETTING)
    assert [(each.place, each.number) for each in origins([*targets, *targets])] == [("苏州", 1), ("杭州", 1)]
    assert "苏州" in to_svg(map_of(targets, "411000"))
