"""Head, signature and record of an official paper in Word, set after GB/T 9704-2012.

(份号, 密级, 紧急程度)            top left, Hei
发文机关标志                      red, its top 35 mm below the top of the type area, as wide as it may be
发文字号            签发人：…     two lines below; in the middle, or at both sides with a signatory
━━━━━━━━━━━━                     red, 4 mm below
title, recipients, text, annex, signature over the date (four characters from the right)
抄送, 印发机关 · 印发日期          at the foot of the last page, between lines
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from liandong.briefs.layouts import Layout
from liandong.briefs.letterhead import Letterhead, day_in_words
from liandong.briefs.vocabulary import say
from liandong.errors import Language

_TOP_OF_MARK = 99.2  # points: 35 mm
_LARGEST = 54.0  # points of the mark: short names are not blown up beyond it
_LINE = 28.95
_POINTS = 72 / 2.54
_THICK, _THIN = 8, 6  # eighths of a point: 0.35 mm and 0.25 mm
_RED = "E60012"
_TEXT = 16.0  # size 3
_RECORD = 14.0  # size 4

Note = Callable[[str], str]


def print_head(word: Any, head: Letterhead, layout: Layout, language: Language, note: Note) -> None:
    """What stands above the title. note: keeps which characters are used."""
    for line in head.above:
        word.add_paragraph(note(line), style="Above")
    mark = word.add_paragraph(note(head.issuer), style="Issuer")
    mark.paragraph_format.space_before = Pt(max(_TOP_OF_MARK - _LINE * len(head.above), 0))
    widest = layout.width * _POINTS / max(_width(head.issuer), 1)
    for run in mark.runs:
        run.font.size = Pt(min(_LARGEST, int(widest)))
    number = word.add_paragraph(style="Paper Number")
    if head.signatory:
        number.alignment = WD_ALIGN_PARAGRAPH.LEFT
        number.paragraph_format.left_indent = number.paragraph_format.right_indent = Pt(_TEXT)
        stop = Cm(layout.width) - Pt(_TEXT)
        number.paragraph_format.tab_stops.add_tab_stop(stop, WD_TAB_ALIGNMENT.RIGHT)
        number.add_run(note(head.number) + "\t" + note(say("head_signatory", language)))
        name = number.add_run(note(head.signatory))
        name._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "楷体_GB2312")
    else:
        number.add_run(note(head.number))
    _border(word.add_paragraph(style="Red Line"), "bottom", size=16, colour=_RED)


def print_recipients(word: Any, head: Letterhead, language: Language, note: Note) -> None:
    """主送机关, at the left edge."""
    if head.recipients:
        text = say("head_recipients", language).format(names=head.recipients)
        word.add_paragraph(note(text), style="Recipients")


def print_signature(
    word: Any, head: Letterhead, day: date, language: Language, note: Note, *, annex: str
) -> None:
    """The name of the annex, who signs, and the date; a seal has its place over both."""
    word.add_paragraph(note(say("head_annex", language) + annex), style="Annex Note")
    dated = day_in_words(day, language)
    lines = [(dated, 4 * _TEXT)]
    if head.signed_by:
        aside = 4 + (_width(dated) - _width(head.signed_by)) / 2
        lines.insert(0, (head.signed_by, max(aside, 0) * _TEXT))
    for at, (text, indent) in enumerate(lines):
        paragraph = word.add_paragraph(note(text), style="Signature")
        paragraph.paragraph_format.right_indent = Pt(indent)
        if at == 0:
            paragraph.paragraph_format.space_before = Pt(2 * _LINE)
    if head.note:
        word.add_paragraph(note(f"（{head.note}）" if language == "zh" else f"({head.note})"), style="Normal")


def print_record(word: Any, head: Letterhead, layout: Layout, language: Language, note: Note) -> None:
    """版记: copies, and who printed it when, at the foot of the last page."""
    lines = []
    if head.copies:
        names = ("，" if language == "zh" else ", ").join(head.copies)
        lines.append(say("head_copies", language).format(names=names))
    if head.printed_by:
        day = day_in_words(head.printed_on, language) if head.printed_on else ""
        printed = say("head_printed", language).format(day=day) if day else ""
        lines.append(f"{head.printed_by}\t{printed}")
    if not lines:
        return
    table = word.add_table(rows=len(lines), cols=1)
    _float(table._tbl, layout)
    for at, (line, row) in enumerate(zip(lines, table.rows, strict=True)):
        paragraph = row.cells[0].paragraphs[0]
        paragraph.style = word.styles["Record"]
        paragraph.add_run(note(line))
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(_RECORD)
        stop = Cm(layout.width) - Pt(_RECORD)
        paragraph.paragraph_format.tab_stops.add_tab_stop(stop, WD_TAB_ALIGNMENT.RIGHT)
        last = at == len(lines) - 1
        _lines(row.cells[0]._tc, top=_THICK if at == 0 else _THIN, bottom=_THICK if last else _THIN)
    word.add_paragraph(style="Gap")


def _width(text: str) -> float:
    """In characters: a Latin letter or a digit is half a Chinese one."""
    return sum(1.0 if ord(c) > 0x2E7F else 0.5 for c in text)


def _border(paragraph: Any, side: str, *, size: int, colour: str) -> None:
    """A line over or under the paragraph. size: in eighths of a point."""
    properties = paragraph._p.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(
            borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )
    _line(borders, side, size, colour)


def _lines(cell: Any, **sides: int) -> None:
    """Lines over and under a cell, in eighths of a point."""
    borders = OxmlElement("w:tcBorders")
    for side, size in sides.items():
        _line(borders, side, size, "000000")
    cell.get_or_add_tcPr().append(borders)


def _line(borders: Any, side: str, size: int, colour: str) -> None:
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", size), ("space", 1), ("color", colour)):
        line.set(qn(f"w:{name}"), str(value))
    borders.append(line)


def _float(table: Any, layout: Layout) -> None:
    """The table at the foot of the type area, as wide as it."""
    place = OxmlElement("w:tblpPr")
    for name, value in (
        ("horzAnchor", "margin"),
        ("vertAnchor", "margin"),
        ("tblpXSpec", "center"),
        ("tblpYSpec", "bottom"),
    ):
        place.set(qn(f"w:{name}"), value)
    properties = table.tblPr
    properties.insert_element_before(
        place, "w:tblOverlap", "w:bidiVisual", "w:tblW", "w:jc", "w:tblInd", "w:tblLayout", "w:tblLook"
    )
    width = round(layout.width * 1440 / 2.54)
    for element in (*table.iter(qn("w:gridCol")), *table.iter(qn("w:tcW")), *table.iter(qn("w:tblW"))):
        element.set(qn("w:w"), str(width))
    for element in table.iter(qn("w:tblW")):
        element.set(qn("w:type"), "dxa")
