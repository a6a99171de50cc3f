"""Programmes from TOML and Excel: what is read, and where each mistake is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from liandong.errors import InputError
from liandong.programmes import (
    Benefit,
    Comparison,
    Condition,
    Kind,
    Programme,
    Review,
    Standing,
    dump,
    load,
    parse,
    write_template,
)
from liandong.programmes.workbook import CONDITION_COLUMNS, PROGRAMME_COLUMNS

TEXT = """
[[programme]]
name = "甲计划"
kind = "talent"
issuer = "某市委组织部"
number = "某办〔2024〕1号"
status = "in_force"
review = "passed"
valid_from = 2024-01-01
valid_to = 2026-12-31
legal_basis = "某省条例第三条"
benefit = "团队项目资助"
amount = 300
unit = "万元"

[[programme.condition]]
field = "industry"
test = "in"
values = ["38", "3612"]

[[programme.condition]]
field = "capital"
test = "at_least"
value = 500
unit = "万元"
either = "实力"

[[programme.condition]]
field = "region"
test = "not_in"
values = ["沪苏浙皖"]
"""

PROGRAMME = Programme(
    name="甲计划",
    english="",
    kind=Kind.TALENT,
    issuer="某市委组织部",
    number="某办〔2024〕1号",
    status=Standing.IN_FORCE,
    review=Review.PASSED,
    valid_from=date(2024, 1, 1),
    valid_to=date(2026, 12, 31),
    legal_basis="某省条例第三条",
    benefit=Benefit("团队项目资助", Decimal(3_000_000), "元"),
    conditions=(
        Condition("industry", Comparison.IN, ("38", "3612")),
        Condition("capital", Comparison.AT_LEAST, ("5000000",), either="实力"),
        Condition("region", Comparison.NOT_IN, ("310000", "320000", "330000", "340000")),
    ),
)


def fault(text: str, *changes: tuple[str, str]) -> str:
    """The Chinese text of the error that the changed file gives."""
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    with pytest.raises(InputError) as caught:
        parse(text)
    return caught.value.text("zh")


def workbook(path: Path, programmes: list[dict[str, object]], conditions: list[dict[str, object]]) -> Path:
    """A workbook with Chinese headings and these rows."""
    book = Workbook()
    book.remove(book.active)
    for title, columns, rows in (
        ("政策项目", PROGRAMME_COLUMNS, programmes),
        ("条件", CONDITION_COLUMNS, conditions),
    ):
        page = book.create_sheet(title)
        page.append(list(columns.values()))
        for row in rows:
            page.append([row.get(heading) for heading in columns.values()])
    book.save(path)
    return path


def test_toml_is_read_in_base_units_and_places_as_codes():
    """300 万元 is 3,000,000 元; 沪苏浙皖 is four provinces."""
    assert parse(TEXT) == (PROGRAMME,)


def test_dump_reads_back():
    """What is written reads back as it was."""
    assert parse(dump([PROGRAMME])) == (PROGRAMME,)


def test_workbook_says_the_same(tmp_path: Path):
    """A workbook in Chinese words gives the same programme as TOML."""
    path = workbook(
        tmp_path / "政策.xlsx",
        [
            {
                "名称": "甲计划",
                "类别": "人才计划",
                "对象": "企业",
                "发布单位": "某市委组织部",
                "文号": "某办〔2024〕1号",
                "状态": "有效",
                "开始日期": date(2024, 1, 1),
                "截止日期": "2026-12-31",
                "法律依据": "某省条例第三条",
                "公平竞争审查": "通过",
                "支持内容": "团队项目资助",
                "最高金额": 300,
                "金额单位": "万元",
            }
        ],
        [
            {"名称": "甲计划", "条件项": "行业", "比较": "属于", "值": "38;3612"},
            {
                "名称": "甲计划",
                "条件项": "注册资本",
                "比较": "不低于",
                "值": 500,
                "单位": "万元",
                "任一组": "实力",
            },
            {"名称": "甲计划", "条件项": "所在地", "比较": "不属于", "值": "沪苏浙皖"},
        ],
    )
    assert load(path) == (PROGRAMME,)


def test_workbook_names_sheet_row_and_field(tmp_path: Path):
    """Every mistake of a workbook in one pass, each with its sheet, row and field."""
    path = workbook(
        tmp_path / "p.xlsx",
        [
            {"名称": "甲", "类别": "人才计划", "截止日期": "明年"},
            {"名称": "乙", "类别": "补贴"},
        ],
        [
            {"名称": "丙", "条件项": "行业", "比较": "属于", "值": "38"},
            {"名称": "甲", "条件项": "注册资本", "比较": "不低于", "值": "约500", "单位": "万元"},
        ],
    )
    with pytest.raises(InputError) as caught:
        load(path)
    assert caught.value.text("zh").replace(f"{path} › ", "").splitlines() == [
        "政策项目 › 第 2 行 › programme.valid_to: 应为日期,如 2025-06-19。",
        "政策项目 › 第 3 行 › programme.kind: “补贴”不可用。可填:talent, fund, policy。",
        "条件 › 第 2 行 › programme.condition.programme: “丙”不在“政策项目”表中。",
        "条件 › 第 3 行 › programme.condition.value: 应为不小于 0 的数字。",
    ]


def test_template_reads_back(tmp_path: Path):
    """The empty form holds one example that can be read, in both languages."""
    for language in ("zh", "en"):
        path = tmp_path / f"{language}.xlsx"
        write_template(path, language)
        assert [each.name for each in load(path)] == ["示例:设备更新支持"]


def test_unknown_column_is_named(tmp_path: Path):
    """A heading that nobody knows is an error at its column, not data lost."""
    path = tmp_path / "p.xlsx"
    write_template(path)
    book = load_workbook(path)
    book["条件"]["H1"] = "备忘"
    book.save(path)
    with pytest.raises(InputError) as caught:
        load(path)
    assert (caught.value.sheet, caught.value.row, caught.value.field) == ("条件", 1, "H")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            [('kind = "talent"', 'kind = "补贴"')],
            "programmes.toml › 第 4 行 › programme.kind: “补贴”不可用。可填:talent, fund, policy。",
        ),
        (
            [('"38", "3612"', '"38", "9z"')],
            "programmes.toml › 第 19 行 › programme.condition.values: “9z”不是 GB/T 4754-2017 行业代码。",
        ),
        (
            [('value = 500\nunit = "万元"', 'value = 500\nunit = "亩"')],
            "programmes.toml › 第 25 行 › programme.condition.unit: 请填写能换算成“元”的单位。",
        ),
        (
            [("valid_to = 2026-12-31", "valid_to = 2023-12-31")],
            "programmes.toml › 第 10 行 › programme.valid_to: 早于开始日期 valid_from。",
        ),
        (
            [('field = "capital"\ntest = "at_least"', 'field = "capital"\ntest = "in"')],
            "programmes.toml › 第 23 行 › programme.condition.test: “capital”只能用:at_least, at_most。",
        ),
        (
            [('field = "capital"', 'field = "investment"')],
            "programmes.toml › 第 22 行 › programme.condition.field: “总投资”只用于 project。",
        ),
        (
            [('review = "passed"', 'reviewed = "passed"')],
            "programmes.toml › 第 8 行 › programme.reviewed: 没有这个字段。可用:amount, assigned, benefit, "
            "condition, english, issuer, kind, legal_basis, name, number, review, stated, status, subjects, "
            "unit, valid_from, valid_to。",
        ),
        (
            [('unit = "万元"\n\n', "\n")],
            "programmes.toml › 第 13 行 › programme.amount: 请在 unit 填写金额的单位,如“万元”。",
        ),
    ],
)
def test_mistakes_stand_at_their_line(changes: list[tuple[str, str]], message: str):
    """Each kind of mistake gives line, field and what would be right."""
    assert fault(TEXT, *changes).splitlines()[0] == message
