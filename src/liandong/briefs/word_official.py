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
    for at, line in enumerate(lines):
        paragraph = word.add_paragraph(note(line), style="Record")
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(_RECORD)
        stop = Cm(layout.width) - Pt(_RECORD)
        paragraph.paragraph_format.tab_stops.add_tab_stop(stop, WD_TAB_ALIGNMENT.RIGHT)
        _border(paragraph, "top", size=8 if at == 0 else 6)
        if at == len(lines) - 1:
            _border(paragraph, "bottom", size=8)
        _frame(paragraph, layout)


def _width(text: str) -> float:
    """In characters: a Latin letter or a digit is half a Chinese one."""
    return sum(1.0 if ord(c) > 0x2E7F else 0.5 for c in text)


def _border(paragraph: Any, side: str, *, size: int, colour: str = "000000") -> None:
    """A line over or under the paragraph. size: in eighths of a point."""
    properties = paragraph._p.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(
            borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", size), ("space", 1), ("color", colour)):
        line.set(qn(f"w:{name}"), str(value))
    borders.append(line)


def _frame(paragraph: Any, layout: Layout) -> None:
    """Paragraphs in one frame at the foot of the type area."""
    frame = OxmlElement("w:framePr")
    for name, value in (
        ("w", round(layout.width * 1440 / 2.54)),
        ("hSpace", 0),
        ("wrap", "around"),
        ("vAnchor", "margin"),
        ("hAnchor", "margin"),
        ("xAlign", "center"),
        ("yAlign", "bottom"),
    ):
        frame.set(qn(f"w:{name}"), str(value))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        frame, "w:widowControl", "w:numPr", "w:pBdr", "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
