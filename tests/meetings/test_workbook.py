import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from liandong.errors import InputError, InputErrors
from liandong.meetings import (
    AskedBy,
    Meeting,
    Pair,
    Participant,
    Session,
    read_event,
    schedule,
    suggest,
    write_schedule,
    write_suggestions,
    write_template,
)
from tests.conftest import require


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "event.xlsx"
    write_template(path)
    return path


def changed(template: Path, *cells: tuple[str, str, Any]) -> Path:
    book = load_workbook(template)
    for sheet, cell, value in cells:
        book[sheet][cell] = value
    book.save(template)
    return template


def faults(path: Path) -> list[tuple[str | None, int | None, str | None]]:
    with pytest.raises(InputErrors) as caught:
        read_event(path)
    return [(fault.sheet, fault.row, fault.field) for fault in caught.value.faults]


def test_the_template_is_an_event(template: Path):
    """The example in the template reads as it is written: breaks are no slots, unavailability is by slot."""
    event = read_event(template)
    assert event.participants == (
        Participant("A1", "甲公司", "许昌市", ("中文",), "电力装备"),
        Participant("B1", "乙公司", "长三角", ("中文",), "汽车零部件"),
        Participant("B2", "丙公司", "长三角", ("中文", "英文"), "新材料", frozenset({1}), 2),
    )
    assert event.meetings == (
        Meeting("W1", "A1", "B1", priority=5, must=True),
        Meeting("W2", "A1", "B2", AskedBy.FIRST, after=("W1",)),
    )
    assert [(slot.start, slot.session) for slot in event.slots] == [
        (datetime(2026, 5, 18, 9, 0), Session.MORNING),
        (datetime(2026, 5, 18, 9, 20), Session.MORNING),
        (datetime(2026, 5, 18, 10, 0), Session.MORNING),
    ]


def test_english_headers_are_understood(tmp_path: Path):
    """The template in English reads as the same event as the Chinese one."""
    english, chinese = tmp_path / "en.xlsx", tmp_path / "zh.xlsx"
    write_template(english, "en")
    write_template(chinese, "zh")
    assert read_event(english) == read_event(chinese)


def test_all_mistakes_are_listed_with_their_place(template: Path):
    """Unknown name, repeated id, pair met twice, overlapping times: each with sheet, row and column."""
    path = changed(
        template,
        ("会谈意愿", "C2", "丁公司"),
        ("会谈意愿", "B4", "B2"),
        ("会谈意愿", "C4", "甲公司"),
        ("会谈意愿", "E4", 9),
        ("参会方", "A4", "B1"),
        ("时段", "B3", "9:10"),
    )
    assert faults(path) == [
        ("时段", 3, "B 开始"),
        ("参会方", 4, "A 编号"),
        ("不能到场", 2, "A 参会方"),
        ("会谈意愿", 2, "C 乙方"),
        ("会谈意愿", 3, "C 乙方"),
        ("会谈意愿", 4, "B 甲方"),
    ]


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        ([("时段", "B2", "nine")], ("时段", 2, "B 开始")),
        ([("桌子", "C2", "four")], ("桌子", 2, "C 座位")),
        ([("参会方", "B2", None)], ("参会方", 2, "B 名称")),
        ([("会谈意愿", "D2", "丙方")], ("会谈意愿", 2, "D 提出方")),
        ([("会谈意愿", "H2", 7)], ("会谈意愿", 2, "H 固定时段")),
        ([("会谈意愿", "I2", "T9")], ("会谈意愿", 2, "I 固定桌号")),
        ([("会谈意愿", "K2", "W9")], ("会谈意愿", 2, "K 排在其后")),
        ([("会谈意愿", "L2", "洽谈室")], ("会谈意愿", 2, "I 固定桌号")),
        ([("会谈意愿", "G3", "下午")], ("会谈意愿", 3, "H 固定时段")),
        ([("会谈意愿", "C2", "A1")], ("会谈意愿", 2, "C 乙方")),
        ([("活动", "C2", "Mars/Base")], ("活动", 2, "C 时区")),
        ([("不能到场", "A3", "B2"), ("不能到场", "B3", "2026-05-18")], ("不能到场", 3, "C 开始")),
    ],
)
def test_a_mistake_is_named(template: Path, cells: list, place: tuple):
    """One wrong cell gives one fault, at that cell."""
    assert faults(changed(template, *cells)) == [place]


def test_a_missing_sheet_or_column_is_named(template: Path):
    """Without its wishes, or a column nobody knows, a workbook is refused."""
    book = load_workbook(template)
    book["参会方"]["G1"] = "电话"
    book.save(template)
    with pytest.raises(InputError) as caught:
        read_event(template)
    assert (caught.value.sheet, caught.value.row, caught.value.field) == ("参会方", 1, "G")
    del book["会谈意愿"]
    book["参会方"]["G1"] = None
    book.save(template)
    with pytest.raises(InputError) as caught:
        read_event(template)
    assert "会谈意愿" in caught.value.text("zh")


def test_the_schedule_is_written_on_sheets(template: Path, tmp_path: Path):
    """The written workbook has the timetable, everyone's agenda and the wishes without a place."""
    path = tmp_path / "schedule.xlsx"
    write_schedule(schedule(read_event(template)), path)
    book = load_workbook(path)
    assert book.sheetnames == ["排期", "日程", "未排上"]
    assert [[cell.value for cell in row] for row in book["日程"].iter_rows(min_row=2, max_col=3)] == [
        ["甲公司", "许昌市", 1],
        ["甲公司", "许昌市", 2],
        ["乙公司", "长三角", 1],
        ["丙公司", "长三角", 2],
    ]


EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def test_libreoffice_opens_the_workbooks(template: Path, tmp_path: Path, libreoffice: str):
    """LibreOffice opens template, schedule and suggestions, and finds every sheet with its headers."""
    calc = Path(libreoffice).resolve().with_name("libsclo.so")
    require(calc.exists(), "LibreOffice Calc is absent")
    event = read_event(template)
    write_schedule(schedule(event), tmp_path / "schedule.xlsx")
    write_suggestions(event, suggest([Pair("B1", "B2", 7.0, ("同链",))]), tmp_path / "suggestions.xlsx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [libreoffice, "--headless", profile, "--convert-to", EVERY_SHEET, "--outdir", str(tmp_path)]
    files = [str(tmp_path / f"{name}.xlsx") for name in ("event", "schedule", "suggestions")]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=120)
    heads = {path.stem: path.read_text("utf-8").split(",")[:2] for path in tmp_path.glob("*.csv")}
    assert heads == {
        "event-活动": ["名称", "地点"],
        "event-时段": ["日期", "开始"],
        "event-桌子": ["桌号", "类型"],
        "event-参会方": ["编号", "名称"],
        "event-不能到场": ["参会方", "日期"],
        "event-会谈意愿": ["编号", "甲方"],
        "schedule-排期": ["时段", "开始"],
        "schedule-日程": ["参会方", "代表团"],
        "suggestions-会谈建议": ["名次", "甲方"],
        "schedule-未排上": ["\n"],  # every wish was held
    }
