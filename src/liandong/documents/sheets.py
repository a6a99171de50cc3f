"""Announcements as tables: a workbook (.xlsx) or delimited text → one row a line, cells apart by tabs.

A workbook is a zip of XML. Before it is opened, its parts are run through: their size is bounded, a document
type (which entity bombs need) is refused, and so are formulas whose results were not saved, because they
would silently be missing. Then rows are streamed. Cells are given as they show (`cells`); hidden sheets are
not. Where several sheets have content, each is headed by its name.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from liandong.documents.cells import shown
from liandong.errors import InputError, Text

MAX_UNPACKED = 100 * 1024 * 1024
"""Largest workbook when unpacked: 100 MB (a small file can unpack to any size)."""
MAX_CELLS = 1_000_000
"""Most cells of a table, empty ones between others included."""

_CHUNK = 1 << 20
_STEP = 512  # bytes in which the beginning of a part is looked at
_TAIL = 10_000
# A formula without a result; text results may be empty, so cells of text are let be.
_UNSAVED = re.compile(
    rb"""<c\b(?![^>]{0,200}\bt=["']str)[^>]{0,200}>\s{0,9}<f\b(?:[^>]{0,300}/>|[^>]{0,300}>[^<]{0,8192}</f>)"""
    rb"""\s{0,9}(?:<v\s{0,9}/>|<v>\s{0,9}</v>)?\s{0,9}</c>"""
)
_DELIMITERS = ",\t;|"
_DAMAGE = (zipfile.BadZipFile, zlib.error, expat.ExpatError, OSError, EOFError, RuntimeError)


def is_delimited(origin: str) -> bool:
    """Whether a file is called a table: only its name tells one from a text with commas."""
    return origin.lower().endswith((".csv", ".tsv"))


def delimited_text(text: str, *, origin: str) -> str:
    """The rows of delimited text, quotes resolved. Raises InputError naming the row that cannot be read."""
    head = text[:20_000].splitlines()[:20]
    counts = {mark: sum(mark in line for line in head) for mark in _DELIMITERS}
    mark = max(counts, key=lambda each: counts[each])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    rows: list[str] = []
    try:
        for row in reader:
            rows.append(_row([shown(cell) for cell in row]))
    except csv.Error as error:
        raise InputError(
            Text(
                f"从这一行起无法按表格读取({error})。请检查引号是否成对。",
                f"the table cannot be read from this row on ({error}). Check that quotes are paired.",
            ),
            file=origin,
            row=reader.line_num,
        ) from error
    return "\n".join(rows)


def workbook_text(data: bytes, *, origin: str) -> str:
    """The visible rows of a workbook. Raises InputError: damaged, too large, protected, results not saved."""
    _inspect(data, origin)
    import openpyxl  # here, because most pages are no workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of features that no text has: validation, pictures
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            tables: list[tuple[str, list[str]]] = []
            room = MAX_CELLS
            for sheet in book.worksheets:
                if sheet.sheet_state != "visible":
                    continue
                sheet.reset_dimensions()  # what a file says of its size need not be so
                rows: list[str] = []
                for cells in sheet.iter_rows():
                    room -= max(1, len(cells))
                    if room < 0:
                        raise _too_large(origin, sheet.title)
                    rows.append(_row([shown(cell.value, cell.number_format) for cell in cells]))
                if any(rows):
                    tables.append((sheet.title, rows))
    except InputError:
        raise
    except Exception as error:  # openpyxl fails on a damaged part in as many ways as there are parts
        raise _damaged(origin) from error
    return "\n".join(_headed(tables))


def _headed(tables: list[tuple[str, list[str]]]) -> Iterator[str]:
    for name, rows in tables:
        if len(tables) > 1:
            yield shown(name)
        yield from rows


def _row(cells: list[str]) -> str:
    """Cells apart by tabs, without the empty ones at the end of the row."""
    return "\t".join(cells).rstrip("\t")


def _inspect(data: bytes, origin: str) -> None:
    """Run through the parts of a workbook before anything builds on them."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED:
                raise _too_large(origin)
            for info in archive.infolist():
                if info.filename.endswith((".xml", ".rels")):
                    _inspect_part(archive, info, origin)
    except (*_DAMAGE, ValueError) as error:  # RuntimeError: encrypted
        raise _damaged(origin) from error


def _inspect_part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, origin: str) -> None:
    """No document type; in a sheet, no formula without its result."""
    parser = expat.ParserCreate()
    begun: list[str] = []
    parser.StartElementHandler = lambda name, _: begun.append(name) if not begun else None
    parser.StartDoctypeDeclHandler = _doctype
    tail = b""
    with archive.open(info) as file:
        while chunk := file.read(_CHUNK):
            for place in range(0, len(chunk), _STEP):
                if begun:
                    break
                parser.Parse(chunk[place : place + _STEP])
            if info.filename.startswith("xl/worksheets/") and _UNSAVED.search(tail + chunk):
                raise _unsaved(origin)
            tail = chunk[-_TAIL:]


def _doctype(*_: object) -> None:
    raise ValueError("a document type in a workbook")


def _damaged(origin: str) -> InputError:
    return InputError(
        Text(
            "这不是可读取的 Excel 文件(.xlsx),或已损坏。请用 Excel 或 WPS 打开后另存为 .xlsx。",
            "this is not a readable Excel workbook (.xlsx), or it is damaged. Open it and save it as .xlsx.",
        ),
        file=origin,
    )


def _unsaved(origin: str) -> InputError:
    return InputError(
        Text(
            "表中有公式没有保存计算结果。请用 Excel 或 WPS 打开后保存,再读取。",
            "the workbook has formulas whose results were not saved. Open it in Excel or WPS, save, "
            "and read it again.",
        ),
        file=origin,
    )


def _too_large(origin: str, sheet: str | None = None) -> InputError:
    return InputError(
        Text(
            f"表格过大(上限:解压后 {MAX_UNPACKED // 2**20} MB、{MAX_CELLS:,} 个单元格)。"
            "企业名单请用 liandong registry import 导入。",
            f"the table is too large (at most {MAX_UNPACKED // 2**20} MB unpacked and {MAX_CELLS:,} cells). "
            "Import lists of firms with liandong registry import.",
        ),
        file=origin,
        sheet=sheet,
    )
