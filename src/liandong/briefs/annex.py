"""The Excel annex: every figure of the brief with its parts, and every source, to filter and to count."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from liandong.briefs.blocks import Cell, Document, Table, Value, placed_runs
from liandong.briefs.sources import Source, Sources
from liandong.briefs.vocabulary import coverage_words, measure_name
from liandong.charts.picture import clean
from liandong.errors import Language
from liandong.figures import Figure

_FIGURES = {
    "zh": ("数字", ("位置", "写法", "数值", "单位", "指标", "性质", "时期", "下限", "上限", "覆盖", "来源")),
    "en": (
        "Figures",
        (
            "place",
            "as written",
            "value",
            "unit",
            "measure",
            "standing",
            "as of",
            "low",
            "high",
            "coverage",
            "sources",
        ),
    ),
}
_SOURCES = {"zh": ("来源", ("编号", "种类", "内容")), "en": ("Sources", ("number", "kind", "content"))}


def to_excel(document: Document, sources: Sources, entries: list[Source], *, date: str) -> bytes:
    """The workbook: a row a figure in reading order, and a row a source. Unknown values are empty cells."""
    language = document.language
    book = Workbook(write_only=True)
    figures = [
        _row(placed.place, placed.run, sources, language)
        for placed in placed_runs(document)
        if isinstance(placed.run, Value)
    ]
    _sheet(book, *_FIGURES[language], figures, widths=(48, 18, 16, 8, 18, 10, 14, 10, 10, 40, 12))
    for table in document.annex:
        heads, rows, widths = _annexed(table)
        _sheet(book, table.caption, heads, rows, widths=widths)
    listed = [(entry.number, entry.kind, _text(entry, sources)) for entry in entries]
    _sheet(book, *_SOURCES[language], listed, widths=(8, 12, 120))
    book.properties.created = book.properties.modified = datetime.fromisoformat(date)
    book.properties.creator = "Liandong"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _annexed(table: Table) -> tuple[tuple[str, ...], list[tuple[object, ...]], tuple[int, ...]]:
    """Heads, rows and widths of a sheet: a figure stands as its number, all else as text."""
    rows = [tuple(_content(shown) for shown in row) for row in table.rows]
    heads = tuple(column.head for column in table.columns)
    widths = tuple(
        min(max(_across(str(row[at] or "")) for row in (heads, *rows)) + 3, 48) for at in range(len(heads))
    )
    return heads, rows, widths


def _across(text: str) -> int:
    """A Chinese character takes two."""
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text)


def _content(shown: Cell) -> object:
    """The value of a cell that is one figure, else its text; what is unknown is empty."""
    runs = [run for line in shown.lines for run in line]
    if len(runs) == 1 and isinstance(runs[0], Value):
        return runs[0].figure.value
    text = "\n".join("".join(run.text for run in line) for line in shown.lines)
    return None if text == "—" else text


def _row(place: str, run: Value, sources: Sources, language: Language) -> tuple[object, ...]:
    figure: Figure = run.figure
    coverage = coverage_words(figure.coverage, language) if figure.coverage else None
    basis = figure.basis
    return (
        place,
        run.text,
        figure.value,
        figure.unit,
        measure_name(figure.measure, language),
        figure.standing.value,
        basis.as_of or basis.in_year or basis.cumulative,
        figure.low,
        figure.high,
        coverage,
        " ".join(f"[{number}]" for number in sources.numbers(run)),
    )


def _text(entry: Source, sources: Sources) -> str:
    parts = []
    for run in entry.runs:
        numbers = sources.numbers(run) if not hasattr(run, "tone") else ()
        parts.append(run.text + "".join(f"[{number}]" for number in numbers))
    return "".join(parts)


def _sheet(
    book: Workbook,
    title: str,
    heads: tuple[str, ...],
    rows: Sequence[tuple[object, ...]],
    *,
    widths: tuple[int, ...],
) -> None:
    sheet = book.create_sheet(title)
    for letter, width in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", widths, strict=False):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    cells = [WriteOnlyCell(sheet, value=head) for head in heads]
    for cell in cells:
        cell.font = Font(bold=True)
    sheet.append(cells)
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet: object, value: object) -> object:
    """Text that begins like a formula stays text."""
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=clean(value)[:32767])
    cell.data_type = "s"
    return cell
