from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from liandong.errors import InputError, InputErrors
from liandong.examples import xuchang
from liandong.siting import pose, read_case, read_rules, write_template
from liandong.siting.case import years_of


def template(folder: Path) -> Path:
    """A template in Chinese, as it is written."""
    path = folder / "选址.xlsx"
    write_template(path)
    return path


def changed(path: Path, sheet: str, cell: str, value: object) -> Path:
    """The workbook with one cell changed."""
    book = load_workbook(path)
    book[sheet][cell] = value
    book.save(path)
    return path


@pytest.mark.parametrize("language", ["zh", "en"])
def test_template_reads_back(tmp_path: Path, language: str):
    """The template with its invented rows is a case, in either language."""
    path = tmp_path / "t.xlsx"
    write_template(path, language)
    case = read_case(path)
    assert [parcel.name for parcel in case.parcels] == ["甲-1"]
    assert [(room.resource, room.steps[0].amount) for room in case.rooms] == [("土地", 100), ("电力", None)]
    assert years_of(case) == (2026, 2027)


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "row", "field", "says"),
    [
        ("剩余容量", "C2", "约5000", 2, "C 数量", "不是不小于 0 的数字"),
        ("剩余容量", "A2", "乙园区", 2, "A 地块或园区", "没有“乙园区”"),
        ("需求", "D2", "公顷", 2, "D 单位", "请用同一单位"),
        ("需求", "A2", "项目九", 2, "A 项目", "没有“项目九”"),
        ("项目", "B2", "9999", 2, "B 行业代码", "不是 GB/T 4754-2017 行业代码"),
        ("项目", "C2", "也许", 2, "C 化工", "不是“是”或“否”"),
        ("项目", "G2", 12, 2, "G 优先级", "1 到 9"),
        ("项目", "A1", "名字", 1, "A", "不认识“名字”这一列"),
        ("地块", "B2", None, 2, "B 园区", "必须填写"),
        ("价格", "D2", "每月", 2, "D 计价", "一次 / 每年"),
        ("准入规则", "E2", "项目.颜色 = 红", 2, "E 适用条件", "没有“项目.颜色”"),
        ("准入规则", "G2", "随便", 2, "G 不符合时", "禁止"),
        ("准入规则", "K2", "去年", 2, "K 生效日期", "日期"),
        ("准入规则", "D2", "丙园区", 2, "D 适用园区或地块", "没有“丙园区”"),
    ],
)
def test_each_mistake_names_its_cell(
    tmp_path: Path, sheet: str, cell: str, value: object, row: int, field: str, says: str
):
    """Each kind of mistake gives file, sheet, row, column, and what would be right."""
    path = changed(template(tmp_path), sheet, cell, value)
    with pytest.raises(InputErrors) as caught:
        read_case(path)
    first = caught.value.faults[0]
    assert (first.file, first.sheet, first.row, first.field) == ("选址.xlsx", sheet, row, field)
    assert says in first.problem.zh


def test_all_mistakes_come_at_once(tmp_path: Path):
    """Two mistakes in two sheets are both named in one pass."""
    path = changed(template(tmp_path), "项目", "E2", "许多")
    changed(path, "剩余容量", "C2", -3)
    with pytest.raises(InputErrors) as caught:
        read_case(path)
    assert [fault.sheet for fault in caught.value.faults] == ["剩余容量", "项目"]


def test_missing_sheet_and_foreign_file_are_refused(tmp_path: Path):
    """A workbook without projects, a file that is no workbook, and an absent file are each refused."""
    path = template(tmp_path)
    book = load_workbook(path)
    del book["项目"]
    book.save(path)
    with pytest.raises(InputErrors, match="is missing"):
        read_case(path)
    path.write_bytes(b"nothing")
    with pytest.raises(InputError, match="cannot be opened"):
        read_case(path)
    with pytest.raises(InputError, match="cannot be read"):
        read_case(tmp_path / "absent.xlsx")


def test_toml_faults_have_lines(tmp_path: Path):
    """In TOML the line of the table and the field are named."""
    path = tmp_path / "case.toml"
    path.write_text(xuchang.SITING.read_text(encoding="utf-8").replace("amount = 200\n", 'amount = "?"\n'))
    with pytest.raises(InputErrors) as caught:
        read_case(path)
    assert [(f.sheet, f.field) for f in caught.value.faults] == [("rooms", "amount")]


def test_rules_come_from_csv(tmp_path: Path):
    """A rule table of its own, as CSV in GB18030, takes the place of the case's rules."""
    path = tmp_path / "规则.csv"
    path.write_text(
        "编号,方面,名称,适用条件,要求,不符合时,决定部门,依据,生效日期\n"
        "R1,能耗,上限,,项目.需要.电力 不高于 100,有条件,发改委,示例,2026-01-01\n",
        encoding="gb18030",
    )
    case = read_case(xuchang.SITING, rules=path)
    assert [(rule.id, rule.otherwise, rule.department) for rule in case.rules] == [
        ("R1", "conditional", "发改委")
    ]
    assert read_rules(path, case) == case.rules


def test_price_unknown_anywhere_counts_nowhere():
    """A resource without a price at one parcel is left out for all, and said to be."""
    case = read_case(xuchang.SITING)
    first = [price for price in case.prices if price.place != "许港产业带"]
    posed = pose(replace(case, prices=tuple(first)), date(2026, 5, 18))
    assert posed.left_out == (("土地", ("示例地块-带1",)),)
    assert float(posed.problem.cost.sum()) == 0.0
