"""The Excel workbook of an event: template, import, and the schedule on sheets of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from liandong.errors import InputError, Language, Text
from liandong.meetings.event import Event
from liandong.meetings.fields import SHEETS, Column, Sheet
from liandong.meetings.frames import agenda, timetable, unheld
from liandong.meetings.rows import Reader, Row
from liandong.meetings.schedule import Schedule

EXAMPLE: Mapping[str, tuple[tuple[Any, ...], ...]] = {
    "event": (("产业转移对接会", "会展中心 A 厅", "Asia/Shanghai", None, None),),
    "slots": (
        (date(2026, 5, 18), time(9, 0), time(9, 20), None, None),
        (date(2026, 5, 18), time(9, 20), time(9, 40), None, None),
        (date(2026, 5, 18), time(9, 40), time(10, 0), None, "休息"),
        (date(2026, 5, 18), time(10, 0), time(10, 20), None, None),
    ),
    "tables": (("T1", None, 4, "A厅", 0, 0), ("T2", None, 4, "A厅", 4, 0)),
    "participants": (
        ("A1", "甲公司", "许昌市", "中文", "电力装备", None),
        ("B1", "乙公司", "长三角", "中文", "汽车零部件", None),
        ("B2", "丙公司", "长三角", "中文、英文", "新材料", 2),
    ),
    "unavailable": (("B2", date(2026, 5, 18), time(9, 0), time(9, 20)),),
    "wishes": (
        ("W1", "A1", "B1", "双方", 5, "是", None, None, None, None, None, None, None),
        ("W2", "A1", "B2", "甲方", 3, None, None, None, None, None, "W1", None, None),
    ),
}


def write_template(path: Path | str, language: Language = "zh") -> None:
    """A workbook with every sheet and column, a note on each, and a small example to write over."""
    from openpyxl import Workbook  # slow to import, and not needed for scheduling
    from openpyxl.comments import Comment
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.active)
    for sheet in SHEETS:
        page = book.create_sheet(sheet.label(language))
        for number, column in enumerate(sheet.columns, start=1):
            cell = page.cell(1, number, column.label(language))
            cell.font = Font(bold=column.required)
            if column.note.zh:
                cell.comment = Comment(column.note(language), "Liandong")
            page.column_dimensions[get_column_letter(number)].width = 14
        for values in EXAMPLE[sheet.name]:
            page.append(values)
        page.freeze_panes = "A2"
    book.save(path)


def read_workbook(path: Path | str) -> Event:
    """The event of a workbook. Raises InputErrors with sheet, row and column of every fault."""
    from openpyxl import load_workbook

    path = Path(path)
    try:
        book = load_workbook(path, data_only=True, read_only=False)
    except (BadZipFile, KeyError, ValueError) as error:
        raise InputError(
            Text("打不开这个工作簿。", "This workbook cannot be opened."), file=path.name
        ) from error
    rows, titles = {}, {}
    for sheet in SHEETS:
        title = next((name for name in book.sheetnames if _same(name, sheet.label)), None)
        if title is None:
            if sheet.required:
                label = sheet.label
                raise InputError(
                    Text(f"缺少工作表“{label.zh}”。", f'The sheet "{label.en}" is missing.'), file=path.name
                )
            continue
        titles[sheet.name] = title
        rows[sheet.name] = list(_rows(book[title], sheet, path.name))
    return Reader(path.name, titles).event(rows)


def _rows(page: Any, sheet: Sheet, file: str) -> Iterator[Row]:
    from openpyxl.utils import get_column_letter

    lines = page.iter_rows(values_only=True)
    header = [str(cell or "").strip() for cell in next(lines, ())]
    columns: dict[int, Column] = {}
    for index, title in enumerate(header):
        found = next((column for column in sheet.columns if _same(title, column.label)), None)
        if found is not None:
            columns[index] = found
        elif title:
            raise InputError(
                Text(f"不认识“{title}”这一列。", f'The column "{title}" is not known.'),
                file=file,
                sheet=page.title,
                row=1,
                field=get_column_letter(index + 1),
            )
    for column in sheet.columns:
        if column.required and column not in columns.values():
            raise InputError(
                Text(f"缺少“{column.label.zh}”这一列。", f'The column "{column.label.en}" is missing.'),
                file=file,
                sheet=page.title,
                row=1,
            )
    places = {
        column.name: f"{get_column_letter(index + 1)} {header[index]}" for index, column in columns.items()
    }
    for number, line in enumerate(lines, start=2):
        if any(cell not in (None, "") for cell in line):
            yield Row(number, {columns[i].name: cell for i, cell in enumerate(line) if i in columns}, places)


def _same(title: str, label: Text) -> bool:
    return title.strip().lower() in (label.zh.lower(), label.en.lower())


def write_schedule(found: Schedule, path: Path | str, language: Language = "zh") -> None:
    """The schedule as a workbook: slots × tables, everyone's agenda, the wishes without a place."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    book.remove(book.active)
    names = {
        "timetable": Text("排期", "timetable"),
        "agenda": Text("日程", "agenda"),
        "unheld": Text("未排上", "not held"),
    }
    for name, frame in (
        ("timetable", timetable(found)),
        ("agenda", agenda(found)),
        ("unheld", unheld(found)),
    ):
        page = book.create_sheet(names[name](language))
        if not frame:
            continue
        page.append([_HEADERS.get(key, Text(key, key))(language) for key in frame[0]])
        for cell in page[1]:
            cell.font = Font(bold=True)
        for row in frame:
            page.append(list(row.values()))
        page.freeze_panes = "A2"
    book.save(path)


_HEADERS = {
    "slot": Text("时段", "slot"),
    "start": Text("开始", "start"),
    "end": Text("结束", "end"),
    "participant": Text("参会方", "participant"),
    "partner": Text("对方", "partner"),
    "table": Text("桌号", "table"),
    "room": Text("房间", "room"),
    "meeting": Text("会谈", "meeting"),
    "first": Text("甲方", "first"),
    "second": Text("乙方", "second"),
    "priority": Text("优先级", "priority"),
    "delegation": Text("代表团", "delegation"),
}
