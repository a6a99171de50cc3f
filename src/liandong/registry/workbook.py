"""Excel workbooks: every sheet that holds firms, with nothing executed and memory bounded.

An .xlsx file is a zip: before it is opened, its parts are run through once, which finds damage, a size out of
proportion, cells far out, and formulas. A formula is not a value: its result was computed elsewhere, and may
be stale or absent, so a formula in a column that is read is refused with its place.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyarrow as pa
import python_calamine as calamine

from liandong.errors import InputError, Text
from liandong.registry.fields import map_columns
from liandong.registry.tables import (
    BATCH,
    HEADER_WITHIN,
    Batch,
    Table,
    empty_file,
    find_header,
    no_name_column,
)

MOST_BYTES = 800 * 1024 * 1024
"""Unpacked size of a workbook: a full sheet of a million firms has about half of it."""
MOST_CELLS = 24_000_000
_CHUNK = 1 << 20
_TAIL = 4096
_CONTENTS = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
_MOST_CONTENTS = 1 << 22
_CELL = re.compile(rb'<(?:\w+:)?c\s(?:[^>]*\s)?r="([A-Z]{1,3})([0-9]{1,7})"[^>]*>(<(?:\w+:)?f[\s>/])?')
_ERRORS = (
    calamine.CalamineError,
    calamine.ZipError,
    calamine.XmlError,
    OSError,
    ValueError,
    zipfile.BadZipFile,
)

Places = dict[tuple[int, int], None]
"""Cells with a formula: (row, column), both from 1."""


def read_workbook(path: Path, mapping: dict[str, str] | None = None) -> list[Table]:
    """The sheets that have a column for the firm's name; others (notes, totals) are left out.

    Raises InputError: damaged, encrypted, out of proportion, formulas in a column that is read.
    """
    zipped = zipfile.is_zipfile(path)
    if path.suffix.lower() in (".xlsx", ".xlsm") and not zipped and not _is_old(path):
        raise _damaged(path.name)
    formulas = _inspect(path) if zipped else {}
    tables, seen = [], []
    with _open(path) as book:
        for name in book.sheet_names:
            sheet = _sheet(book, name, path.name)
            head = [[_text(cell) for cell in row] for row in islice(_rows(sheet), HEADER_WITHIN)]
            found = find_header(head, mapping)
            if found is None:
                seen.append((name, max(head, key=lambda row: sum(map(bool, row)), default=[])))
                continue
            index, names = found
            _refuse_formulas(path.name, name, formulas.get(name, {}), index, names, mapping)
            batches = partial(_batches, path, name, index, names, mapping)
            tables.append(Table(path.name, name, names, batches, sheet.end[0] - index, header=index + 1))
    if not tables:
        if not any(any(row) for _, row in seen):
            raise empty_file(path.name)
        name, row = max(seen, key=lambda entry: sum(map(bool, entry[1])))
        raise no_name_column(path.name, row, name)
    left_out = tuple(name for name, row in seen if any(row))
    return [replace(table, left_out=left_out) for table in tables]


def _is_old(path: Path) -> bool:
    """Whether it is an OLE container: .xls, or an encrypted .xlsx."""
    with path.open("rb") as stream:
        return stream.read(4) == b"\xd0\xcf\x11\xe0"


def _open(path: Path) -> Any:
    try:
        return calamine.load_workbook(path)
    except calamine.PasswordError as error:
        raise InputError(
            Text(
                "工作簿有密码保护,请先取消密码。", "the workbook is protected by a password; remove it first."
            ),
            file=path.name,
        ) from error
    except _ERRORS as error:
        raise _damaged(path.name) from error


def _sheet(book: Any, name: str, file: str) -> Any:
    try:
        sheet = book.get_sheet_by_name(name)
    except _ERRORS as error:
        raise _damaged(file, name) from error
    if sheet.end and (sheet.end[0] + 1) * (sheet.end[1] + 1) > MOST_CELLS:
        raise _too_large(file, name)
    return sheet


def _rows(sheet: Any) -> Iterator[list[Any]]:
    """Rows from the first of the sheet on; calamine leaves out the empty columns on the left."""
    left = [""] * (sheet.start[1] if sheet.start else 0)
    for row in sheet.iter_rows():
        yield left + row


def _batches(
    path: Path, name: str, header: int, names: Sequence[str], mapping: dict[str, str] | None
) -> Iterator[Batch]:
    width = len(names)
    with _open(path) as book:
        sheet = _sheet(book, name, path.name)
        merged = _merged(sheet, header, names, mapping)
        rows = islice(_rows(sheet), header + 1, None)
        number = header + 1
        held: dict[tuple[int, int], str] = {}
        while chunk := list(islice(rows, BATCH)):
            kept, numbers = [], []
            for row in chunk:
                number += 1
                cells = [_text(cell) for cell in row[:width]] + [""] * (width - len(row))
                for column in merged.get(number, ()):
                    cells[column[0]] = cells[column[0]] or held.get(column, "")
                    held[column] = cells[column[0]]
                if any(cells):
                    kept.append(cells)
                    numbers.append(number)
            columns = [pa.array(cells, pa.string()) for cells in zip(*kept, strict=True)]
            yield Batch(columns or [pa.array([], pa.string())] * width, pa.array(numbers, pa.int64()))


def _merged(
    sheet: Any, header: int, names: Sequence[str], mapping: dict[str, str] | None
) -> dict[int, list[tuple[int, int]]]:
    """Row → (column, top row) of cells merged downwards in columns that are read: all mean the top's."""
    read = {i for found in map_columns(names, mapping).positions.values() for i in found}
    found: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if top > header and bottom > top and left == right and left in read:
            for row in range(top, bottom + 1):
                found.setdefault(row + 1, []).append((left, top))
    return found


def _text(cell: Any) -> str:
    """A cell as people see it: whole numbers without a point, dates in ISO form."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool) or cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e18 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _inspect(path: Path) -> dict[str, Places]:
    """Per sheet its formula cells. Raises InputError if a part is damaged, too large, or reaches too far."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(info.file_size for info in archive.infolist()) > MOST_BYTES:
                raise _too_large(path.name)
            parts = _sheet_parts(archive)
            found = {}
            for info in archive.infolist():
                places = _run_through(archive, info, path.name, parts.get(info.filename))
                if info.filename in parts:
                    found[parts[info.filename]] = places
            return found
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _damaged(path.name) from error


def _run_through(archive: zipfile.ZipFile, info: zipfile.ZipInfo, file: str, sheet: str | None) -> Places:
    """Decompress one part in chunks (which checks it) and note formula cells of a sheet."""
    places: Places = {}
    last = (0, 0)
    with archive.open(info) as stream:
        tail = b""
        while chunk := stream.read(_CHUNK):
            if sheet is None:
                continue
            text = tail + chunk
            for match in _CELL.finditer(text):
                place = (int(match[2]), _column(match[1]))
                last = max(last[0], place[0]), max(last[1], place[1])
                if match[3] and len(places) < 100_000:
                    places[place] = None
            tail = text[-_TAIL:]
    if last[0] * last[1] > MOST_CELLS:
        raise _too_large(file, sheet)
    return places


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    """A part that lists the sheets; one of many megabytes lists something else."""
    if archive.getinfo(name).file_size > _MOST_CONTENTS:
        raise zipfile.BadZipFile(f"{name} is too large")
    return archive.read(name)


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Path of each worksheet's part → the sheet's name."""
    try:
        book, links = (ElementTree.fromstring(_small(archive, name)) for name in _CONTENTS)
    except (KeyError, ElementTree.ParseError) as error:
        raise zipfile.BadZipFile("no workbook part") from error
    targets = {link.get("Id"): str(link.get("Target")) for link in links}
    found = {}
    for node in book.iter():
        if not node.tag.endswith("}sheet"):
            continue
        link = next((value for key, value in node.items() if key.endswith("}id")), None)
        target = targets.get(link, "")
        found[target.lstrip("/") if target.startswith("/") else f"xl/{target}"] = str(node.get("name"))
    return found


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _letters(column: int) -> str:
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def _refuse_formulas(
    file: str,
    sheet: str,
    formulas: Places,
    header: int,
    names: Sequence[str],
    mapping: dict[str, str] | None,
) -> None:
    """Raise InputError at the first formula in a column that is read."""
    positions = map_columns(names, mapping).positions
    fields = {i + 1: field for field, found in positions.items() for i in found}
    for row, column in sorted(formulas):
        if row > header + 1 and column in fields:
            cell = f"{_letters(column)}{row}"
            raise InputError(
                Text(
                    f"单元格 {cell} 是公式,不是数值。请将该列“复制—选择性粘贴—数值”后再导入"
                    f"(此表共有 {len(formulas)} 个公式)。",
                    f"cell {cell} is a formula, not a value. Paste the column as values and import again "
                    f"({len(formulas)} formulas in this sheet).",
                ),
                file=file,
                sheet=sheet,
                row=row,
                field=names[column - 1],
            )


def _damaged(file: str, sheet: str | None = None) -> InputError:
    return InputError(
        Text(
            "Excel 文件已损坏、不完整或不是 Excel 格式。请用 Excel 或 WPS 打开后另存为 .xlsx。",
            "the file is damaged, cut short, or no Excel file. Open it in Excel or WPS and save as .xlsx.",
        ),
        file=file,
        sheet=sheet,
    )


def _too_large(file: str, sheet: str | None = None) -> InputError:
    return InputError(
        Text(
            f"工作簿解压后过大(上限 {MOST_BYTES // 2**20} MB、{MOST_CELLS:,} 个单元格)。"
            "请拆分或改用 CSV、Parquet。",
            "the workbook is too large when unpacked "
            f"(at most {MOST_BYTES // 2**20} MB and {MOST_CELLS:,} cells). Split it or use CSV or Parquet.",
        ),
        file=file,
        sheet=sheet,
    )
