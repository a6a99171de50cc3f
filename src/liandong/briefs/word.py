"""A document as Word: real headings, styles, caption fields, native tables, page numbers, embedded font."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import docx
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from liandong.briefs import word_styles as styles
from liandong.briefs.blocks import (
    Block,
    Cited,
    Column,
    Document,
    Heading,
    Illustration,
    Paragraph,
    Run,
    Runs,
    Table,
    Value,
    Words,
)
from liandong.briefs.sources import Source, Sources
from liandong.briefs.vocabulary import say
from liandong.briefs.word_fonts import embed_font
from liandong.charts import to_png
from liandong.charts.picture import clean
from liandong.figures import Standing

_TEXT_WIDTH = 16.6  # centimetres: A4 less the margins
_SCALE = 2.5  # about 240 dots to the inch
_PIXEL = _TEXT_WIDTH / 690  # a pixel of a picture in centimetres: the chain picture fills the text's width
_TWIPS = 1440 / 2.54  # in a centimetre


def to_word(document: Document, sources: Sources, entries: list[Source], *, heading: str, date: str) -> bytes:
    """The file's bytes. heading: of the list of sources. date: ISO date for the properties."""
    writer = _Writer(document, sources)
    writer.blocks()
    writer.sources(heading, entries)
    return writer.bytes(date)


class _Writer:
    """Appends to one Word document; keeps the counters of captions and bookmarks."""

    def __init__(self, document: Document, sources: Sources) -> None:
        self._document, self._sources = document, sources
        self._language = document.language
        self._word = docx.Document()
        self._counters = {"figure": 0, "table": 0}
        self._ids = 0
        self._used: list[str] = []
        styles.apply(self._word, document, self._text)
        self._style_ids: dict[str, str] = {s.name: s.style_id for s in self._word.styles}

    def blocks(self) -> None:
        self._word.add_paragraph(self._text(self._document.title), style="Title")
        self._word.add_paragraph(self._text(self._document.subtitle), style="Subtitle")
        for block in self._document.blocks:
            self._block(block)

    def sources(self, heading: str, entries: list[Source]) -> None:
        """The list of sources in two columns; each entry is the target of its references."""
        self._word.add_paragraph(self._text(heading), style="Heading 1")
        for label, words in self._sources.legend():
            text = say("labelled", self._language).format(label=label, what=words)
            self._word.add_paragraph(self._text(text), style=styles.NOTE)
        self._columns(2)
        for entry in entries:
            paragraph = self._word.add_paragraph()
            _child(paragraph._p.get_or_add_pPr(), "w:pStyle", val=self._style(styles.SOURCE))
            self._bookmark(paragraph._p, f"s{entry.number}", f"[{entry.number}]")
            paragraph.add_run("\t")
            self._runs(paragraph._p, entry.runs)
        self._columns(1)  # a section after it makes the columns above end level
        licence = self._word.add_paragraph(style=styles.NOTE)
        self._runs(licence._p, (Words(say("licence", self._language), "muted"),))

    def bytes(self, date: str) -> bytes:
        properties = self._word.core_properties
        properties.title, properties.author = self._text(self._document.title), "Liandong"
        properties.language = "zh-CN" if self._language == "zh" else "en"
        properties.created = properties.modified = datetime.fromisoformat(date)
        embed_font(self._word, "".join(self._used))
        target = io.BytesIO()
        self._word.save(target)
        return target.getvalue()

    def _block(self, block: Block) -> None:
        match block:
            case Heading(level, text):
                self._word.add_paragraph(self._text(text), style=f"Heading {level}")
            case Paragraph(runs):
                self._runs(self._word.add_paragraph(style="Normal")._p, runs)
            case Table():
                self._caption("table", block.caption, keep=True)
                self._table(block)
            case Illustration():
                self._picture(block)

    def _picture(self, block: Illustration) -> None:
        paragraph = self._word.add_paragraph(style=styles.PICTURE)
        png = to_png(block.picture, scale=_SCALE)
        width = Cm(min(int.from_bytes(png[16:20], "big") / _SCALE * _PIXEL, _TEXT_WIDTH))  # from its header
        shape = paragraph.add_run().add_picture(io.BytesIO(png), width=width)
        for side in "TBLR":  # without these LibreOffice leaves a margin around the picture
            shape._inline.set(f"dist{side}", "0")
        shape._inline.docPr.set("descr", self._text(block.picture.alternative))
        self._caption("figure", block.caption, keep=bool(block.picture.note))
        if block.picture.note:
            self._word.add_paragraph(self._text(block.picture.note), style=styles.NOTE)

    def _caption(self, kind: str, text: str, *, keep: bool) -> None:
        """图 1 …, with the number as a field, so that Word can renumber and list captions."""
        self._counters[kind] += 1
        paragraph = self._word.add_paragraph(style="Caption")
        paragraph.paragraph_format.keep_with_next = keep
        word = say(kind, self._language)
        paragraph.add_run(self._text(word) + " ")
        styles.field(paragraph, f"SEQ {word} \\* ARABIC", self._text(str(self._counters[kind])))
        paragraph.add_run(self._text("　" + text if self._language == "zh" else ". " + text))

    def _table(self, block: Table) -> None:
        table = self._word.add_table(rows=0, cols=0, style=styles.TABLE)._tbl
        grid = table.find(qn("w:tblGrid"))
        widths = [round(column.share * _TEXT_WIDTH * _TWIPS) for column in block.columns]
        for width in widths:
            _child(grid, "w:gridCol", w=width)
        layout = OxmlElement("w:tblLayout")
        layout.set(qn("w:type"), "fixed")
        table.tblPr.append(layout)
        heads = [((Words(column.head),),) for column in block.columns]
        self._row(table, block.columns, widths, heads, head=True)
        for row in block.rows:
            self._row(table, block.columns, widths, [cell.lines for cell in row], head=False)
        self._word.add_paragraph(style=styles.GAP)

    def _row(
        self,
        table: Any,
        columns: tuple[Column, ...],
        widths: list[int],
        cells: Sequence[tuple[Runs, ...]],
        *,
        head: bool,
    ) -> None:
        row = _child(table, "w:tr")
        properties = _child(row, "w:trPr")
        _child(properties, "w:cantSplit")
        if head:
            _child(properties, "w:tblHeader")
        for column, width, lines in zip(columns, widths, cells, strict=True):
            cell = _child(row, "w:tc")
            _child(_child(cell, "w:tcPr"), "w:tcW", w=width, type="dxa")
            for line in lines or ((),):
                paragraph = _child(cell, "w:p")
                layout = _child(paragraph, "w:pPr")
                _child(layout, "w:pStyle", val=self._style(styles.HEAD if head else styles.CELL))
                if head:
                    _child(layout, "w:keepNext")
                if column.numeric:
                    _child(layout, "w:jc", val="right")
                self._runs(paragraph, line)

    def _runs(self, paragraph: Any, runs: Runs) -> None:
        for run in runs:
            self._run(paragraph, run)

    def _run(self, paragraph: Any, run: Run) -> None:
        if isinstance(run, Words):
            _add_text(paragraph, self._text(run.text), self._tone(run.tone))
            return
        planned = run.planned if isinstance(run, Cited) else run.figure.standing is Standing.PLANNED
        style = styles.PLANNED if planned else styles.FIGURE if isinstance(run, Value) else styles.CITED
        text = run.text
        if planned and isinstance(run, Cited):
            text += " " + say("planned", self._language)
        _add_text(paragraph, self._text(text), self._style(style))
        for number in self._sources.numbers(run):
            link = _child(paragraph, "w:hyperlink", anchor=f"s{number}", history="1")
            _add_text(link, self._text(f"[{number}]"), self._style(styles.REFERENCE))

    def _columns(self, number: int) -> None:
        """From here on the text runs in so many columns."""
        columns = self._word.add_section(WD_SECTION.CONTINUOUS)._sectPr.find(qn("w:cols"))
        columns.set(qn("w:num"), str(number))
        columns.set(qn("w:space"), "400")

    def _bookmark(self, paragraph: Any, name: str, text: str) -> None:
        self._ids += 1
        _child(paragraph, "w:bookmarkStart", id=self._ids, name=name)
        _add_text(paragraph, self._text(text), None)
        _child(paragraph, "w:bookmarkEnd", id=self._ids)

    def _tone(self, tone: str) -> str | None:
        return None if tone == "plain" else self._style(styles.TONES[tone])

    def _style(self, name: str) -> str:
        return self._style_ids[name]

    def _text(self, text: str) -> str:
        """The text as Word can hold it; its characters will be in the embedded font."""
        kept = clean(text)
        self._used.append(kept)
        return kept


def _add_text(parent: Any, text: str, style: str | None) -> None:
    run = _child(parent, "w:r")
    if style:
        _child(_child(run, "w:rPr"), "w:rStyle", val=style)
    holder = _child(run, "w:t")
    holder.text = text
    holder.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _child(parent: Any, tag: str, **attributes: object) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    parent.append(element)
    return element
