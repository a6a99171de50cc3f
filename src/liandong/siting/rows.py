"""Rows of a workbook, CSV or TOML file as typed cells, every fault with its sheet, row and column.

One reading for all three: an Excel sheet and a TOML array of tables give the same rows.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from liandong.errors import InputError, InputErrors, Text
from liandong.plan.lines import lines
from liandong.siting.fields import Column, Sheet

MOST_BYTES = 20_000_000
_SEPARATOR = re.compile(r"[、,,;;|\s]+")
_YES, _NO = ("是", "yes", "true", "1"), ("否", "no", "false", "0")


@dataclass
class Row:
    """One row: typed cells by column name (None is empty), its number and its sheet."""

    file: File
    sheet: Sheet
    title: str
    number: int
    cells: dict[str, Any] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.cells.get(name)

    def fault(self, name: str, problem: Text) -> None:
        """Keep a fault of this row."""
        self.file.faults.append(
            InputError(
                problem,
                file=self.file.name,
                sheet=self.title,
                row=self.number,
                field=self.places.get(name, name),
            )
        )


@dataclass
class File:
    """The typed rows of a file by sheet, and the faults found so far."""

    name: str
    rows: dict[str, list[Row]] = field(default_factory=dict)
    faults: list[InputError] = field(default_factory=list)

    def of(self, sheet: Sheet) -> list[Row]:
        """The rows of a sheet; none if it is absent."""
        return self.rows.get(sheet.name, [])

    def finish(self) -> None:
        """Raise InputErrors with all faults, if there are any."""
        if self.faults:
            raise InputErrors(tuple(self.faults))


def read_rows(path: str | Path, sheets: Sequence[Sheet], *, one: Sheet | None = None) -> File:
    """The rows of an .xlsx, .toml or .csv file; a CSV holds the one sheet that is named.

    Raises InputError for a file that is missing, too large or of no known kind. Missing and unknown sheets
    and columns, and cells that are not of their column's kind, are kept as faults: ask `finish`.
    """
    path = Path(path)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError(Text("文件超过 20 MB。", "the file has more than 20 MB."), file=path.name)
        suffix = path.suffix.lower()
        file = File(path.name)
        if suffix == ".xlsx":
            _workbook(file, path, sheets)
        elif suffix == ".toml":
            _toml(file, path.read_bytes(), sheets)
        elif suffix == ".csv" and one is not None:
            _csv(file, path.read_bytes(), one)
        else:
            raise InputError(
                Text(
                    "只能读 .xlsx、.toml 或规则的 .csv。",
                    "only .xlsx, .toml and, for rules, .csv can be read.",
                ),
                file=path.name,
            )
    except OSError as error:
        raise InputError(
            Text("无法读取该文件。请检查路径和权限。", f"cannot be read: {error.strerror}."), file=str(path)
        ) from error
    for sheet in sheets:
        if sheet.required and not file.of(sheet) and not any(f.sheet == sheet.label.zh for f in file.faults):
            problem = Text(
                f"缺少“{sheet.label.zh}”,或其中没有内容。",
                f'"{sheet.label.en}" is missing or has nothing in it.',
            )
            file.faults.append(InputError(problem, file=file.name, sheet=sheet.label.en))
    return file


def _workbook(file: File, path: Path, sheets: Sequence[Sheet]) -> None:
    try:
        book = load_workbook(path, data_only=True)
    except (BadZipFile, KeyError, ValueError) as error:
        raise InputError(
            Text("打不开这个工作簿。", "this workbook cannot be opened."), file=path.name
        ) from error
    for page in book.worksheets:
        sheet = next((each for each in sheets if _same(page.title, each.label)), None)
        if sheet is not None:
            _table(file, sheet, page.title, page.iter_rows(values_only=True))


def _csv(file: File, data: bytes, sheet: Sheet) -> None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    _table(file, sheet, file.name, csv.reader(text.splitlines()))


def _table(file: File, sheet: Sheet, title: str, table: Iterable[Sequence[Any]]) -> None:
    rows = iter(table)
    header = [str(cell or "").strip() for cell in next(rows, ())]
    columns: dict[int, Column] = {}
    head = Row(file, sheet, title, 1)
    for index, name in enumerate(header):
        found = next((column for column in sheet.columns if _same(name, column.label)), None)
        if found is not None:
            columns[index] = found
        elif name:
            known = "、".join(column.label.zh for column in sheet.columns)
            english = ", ".join(column.name for column in sheet.columns)
            head.fault(
                get_column_letter(index + 1),
                Text(
                    f"不认识“{name}”这一列。可用:{known}。",
                    f'the column "{name}" is not known; there are {english}.',
                ),
            )
    for column in sheet.columns:
        if column.required and column not in columns.values():
            head.fault(
                column.name,
                Text(f"缺少“{column.label.zh}”这一列。", f'the column "{column.name}" is missing.'),
            )
            return
    places = {column.name: f"{get_column_letter(i + 1)} {header[i]}" for i, column in columns.items()}
    for number, line in enumerate(rows, start=2):
        if any(cell not in (None, "") for cell in line):
            row = Row(file, sheet, title, number, places=places)
            for index, column in columns.items():
                row.cells[column.name] = _cell(row, column, line[index] if index < len(line) else None)
            file.rows.setdefault(sheet.name, []).append(row)


def _toml(file: File, data: bytes, sheets: Sequence[Sheet]) -> None:
    try:
        text = data.decode("utf-8")
        tree = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        where = re.search(r"line (\d+)", str(error))
        raise InputError(
            Text("不是合格的 TOML。", f"not valid TOML: {error}."),
            file=file.name,
            row=int(where[1]) if where else None,
        ) from error
    where_of = lines(text)
    by_name = {sheet.name: sheet for sheet in sheets}
    for name, value in tree.items():
        sheet = by_name.get(name)
        tables = [value] if isinstance(value, dict) else value
        if sheet is None or not isinstance(tables, list):
            known = ", ".join(by_name)
            problem = Text(f"没有“{name}”。可用:{known}。", f'there is no "{name}"; there are {known}.')
            file.faults.append(InputError(problem, file=file.name, row=where_of.get((name,))))
            continue
        for index, table in enumerate(tables):
            line = where_of.get((name, index)) or where_of.get((name,)) or 1
            _toml_row(file, sheet, line, table)


def _toml_row(file: File, sheet: Sheet, line: int, table: Any) -> None:
    row = Row(file, sheet, sheet.name, line)
    columns = {column.name: column for column in sheet.columns}
    for name in table if isinstance(table, dict) else ():
        if name not in columns:
            known = ", ".join(columns)
            row.fault(
                name, Text(f"没有这个字段。可用:{known}。", f"there is no such field; there are {known}.")
            )
    for name, column in columns.items():
        row.cells[name] = _cell(row, column, table.get(name) if isinstance(table, dict) else None)
    file.rows.setdefault(sheet.name, []).append(row)


def _cell(row: Row, column: Column, value: Any) -> Any:
    """The value of a cell by its column's kind; None if empty or faulty."""
    if isinstance(value, str):
        value = value.strip()
    if value is None or value == "":
        if column.required:
            row.fault(column.name, Text("必须填写。", "must be given."))
        return None
    try:
        return _READERS[column.kind](column, value)
    except (ValueError, InvalidOperation):
        row.fault(column.name, _hint(column, value))
        return None


def _hint(column: Column, value: Any) -> Text:
    right = {
        "number": (
            "不小于 0 的数字。请填写数字,或留空表示未知",
            "a number from 0. Give a number, or leave empty",
        ),
        "count": ("不小于 0 的整数", "a whole number from 0"),
        "year": ("年份,如 2027", "a year such as 2027"),
        "date": ("日期,如 2026-05-18", "a date such as 2026-05-18"),
        "yes": ("“是”或“否”", "yes or no"),
        "choice": (
            f"可选的值({column.note.zh})",
            f"one of the choices ({column.note.en})",
        ),
    }.get(column.kind, ("文本", "a text"))
    return Text(f"“{value}”不是{right[0]}。", f'"{value}" is not {right[1]}.')


def _number(_: Column, value: Any) -> Decimal:
    if isinstance(value, bool):
        raise ValueError
    number = Decimal(str(value).replace(",", "").replace(",", ""))
    if not number.is_finite() or number < 0:
        raise ValueError
    return number


def _count(column: Column, value: Any) -> int:
    number = _number(column, value)
    if number != int(number):
        raise ValueError
    return int(number)


def _year(column: Column, value: Any) -> int:
    number = _count(column, value)
    if not 1949 <= number <= 2200:
        raise ValueError
    return number


def _date(_: Column, value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _yes(_: Column, value: Any) -> bool:
    text = str(value).lower()
    if text not in _YES + _NO:
        raise ValueError
    return text in _YES


def _choice(column: Column, value: Any) -> str:
    words = dict(column.words)
    if str(value) not in words:
        raise ValueError
    return words[str(value)]


def _list(_: Column, value: Any) -> tuple[str, ...]:
    parts = value if isinstance(value, list) else _SEPARATOR.split(_text(_, value))
    return tuple(str(part).strip() for part in parts if str(part).strip())


def _text(_: Column, value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


_READERS: Mapping[str, Callable[[Column, Any], Any]] = {
    "text": _text,
    "list": _list,
    "number": _number,
    "count": _count,
    "year": _year,
    "date": _date,
    "yes": _yes,
    "choice": _choice,
}


def _same(title: str, label: Text) -> bool:
    return title.strip().lower() in (label.zh.lower(), label.en.lower())
