"""Tables out: CSV that Excel opens as UTF-8, and Excel; no cell is ever a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from tempfile import NamedTemporaryFile
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from liandong.errors import InputError, Text

FORMATS = ("xlsx", "csv")
MOST = 200_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def table(name: str, heads: Sequence[str], rows: Iterable[Sequence[object]], format_: str) -> HttpResponse:
    """A file to download. Raises InputError for a format that there is not."""
    if format_ == "csv":
        body, kind = _csv(heads, rows), "text/csv; charset=utf-8"
    elif format_ == "xlsx":
        body, kind = (
            _xlsx(heads, rows),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )
    else:
        known = ", ".join(FORMATS)
        raise InputError(
            Text(f"不能导出为“{format_}”。可用:{known}。", f'Cannot export "{format_}". Known: {known}.'),
            field="export",
        )
    response = HttpResponse(body, content_type=kind)
    stamp = timezone.localtime().strftime("%Y%m%d-%H%M")
    response["Content-Disposition"] = f'attachment; filename="{name}-{stamp}.{format_}"'
    return response


def plain(value: object) -> object:
    """A value as a cell holds it: numbers and dates as such, unknown empty, all else text."""
    if value is None:
        return None
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    if isinstance(value, int | float | Decimal | date):
        return value
    return str(value)


def harmless(value: object) -> object:
    """Text that a spreadsheet would take for a formula, marked as text."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value


def _csv(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([harmless(head) for head in heads])
    writer.writerows([harmless(plain(cell)) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _xlsx(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("liandong")
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, head) for head in heads])
    for row in rows:
        sheet.append([_cell(sheet, plain(cell)) for cell in row])
    with NamedTemporaryFile(suffix=".xlsx") as file:
        book.save(file.name)
        return file.read()


def _cell(sheet: Any, value: object) -> Any:
    """A cell; a text stays a text even where it begins like a formula."""
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value)
    text = "".join(
        each for each in value if each in "\t\n" or each >= " "
    )  # Excel refuses control characters
    cell = WriteOnlyCell(sheet, None)
    cell._value, cell.data_type = text[:32_767], "s"
    if text.startswith(_FORMULA):
        cell.quotePrefix = True
    return cell
