"""A document as Word: real headings, styles, caption fields, native tables, page numbers, embedded font."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_LINE_SPACING
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from liandong.briefs import word_official as official
from liandong.briefs import word_styles as styles
from liandong.briefs.blocks import (
    Block,
    Chart,
    Cited,
    Column,
    Document,
    Heading,
    Illustration,
    PageBreak,
    Paragraph,
    Run,
    Runs,
    Sign,
    Table,
    Tiles,
    Value,
    Words,
)
from liandong.briefs.layouts import layout
from liandong.briefs.ledger import PART, to_xml
from liandong.briefs.letterhead import Letterhead
from liandong.briefs.sources import Source, Sources
from liandong.briefs.vocabulary import say
from liandong.briefs.word_charts import place_chart
from liandong.briefs.word_fonts import embed_font
from liandong.briefs.word_template import open_template
from liandong.charts import to_png
from liandong.charts.picture import clean
from liandong.figures import Standing

_SCALE = 2.5  # about 240 dots to the inch
_PIXELS = 690  # of a picture that fills the text's width, as the chain picture does
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
_TILES = 4  # abreast
_TWIPS = 1440 / 2.54  # in a centimetre


def to_word(
    document: Document,
    sources: Sources,
    entries: list[Source],
    *,
    heading: str,
    date: str,
    template: Path | None = None,
) -> bytes:
    """The file's bytes. heading: of the list of sources. date: ISO date for the properties.

    template: a .docx whose styles, page and cover are used; see `word_template`.
    """
    writer = _Writer(document, sources, template, date)
    writer.blocks()
    writer.sources(heading, entries)
    return writer.bytes(date)


class _Writer:
    """Appends to one Word document; keeps the counters of captions and bookmarks."""

    def __init__(self, document: Document, sources: Sources, template: Path | None, date: str) -> None:
        self._document, self._sources = document, sources
        self._language = document.language
        self._layout = layout(document.layout)
        self._own, self._place, self._date = template is None, None, date
        if template is None:
            self._word = docx.Document()
        else:
            places = {"title": document.title, "subtitle": document.subtitle, "date": date}
            self._word, self._place = open_template(template, places)
        self._counters = {"figure": 0, "table": 0}
        self._ids = 0
        self._breaks = False  # what comes next begins a page
        self._used: list[str] = []
        styles.apply(self._word, document, self._layout, self._text, own=self._own)
        self._first = len(self._word.element.body) - (self._word.element.body.sectPr is not None)
        self._style_ids: dict[str, str] = {s.name: s.style_id for s in self._word.styles}

    def blocks(self) -> None:
        head = self._document.head if self._own else None
        if head:
            official.print_head(self._word, head, self._layout, self._language, self._text)
        if self._own:
            self._word.add_paragraph(self._text(self._document.title), style="Title")
        if head:
            official.print_recipients(self._word, head, self._language, self._text)
        elif self._own:
            self._word.add_paragraph(self._text(self._document.subtitle), style="Subtitle")
        if self._document.contents:
            self._contents()
        for block in self._document.blocks:
            self._block(block)
        if head:
            self._sign_off(head)

    def _sign_off(self, head: Letterhead) -> None:
        """Annex, signature and date; the list of sources follows as the annex, on a page of its own."""
        day, annex = date.fromisoformat(self._date), say("sources", self._language)
        official.print_signature(self._word, head, day, self._language, self._text, annex=annex)
        self._word.add_page_break()
        self._word.add_paragraph(self._text(say("head_annex_word", self._language)), style="Above")

    def _contents(self) -> None:
        """A table of contents: shown as it is now, with page numbers once Word has worked the field out."""
        self._word.add_paragraph(self._text(say("contents", self._language)), style=styles.CONTENTS)
        heads = [block for block in self._document.blocks if isinstance(block, Heading)]
        shown = "\n".join("　" * (head.level - 1) + head.text for head in heads)
        styles.field(self._word.add_paragraph(style="Normal"), 'TOC \\o "1-2" \\h \\z', self._text(shown))

    def sources(self, heading: str, entries: list[Source]) -> None:
        """The list of sources in two columns; each entry is the target of its references."""
        self._word.add_paragraph(self._text(heading), style="Heading 1")
        for label, words in self._sources.legend():
            text = say("labelled", self._language).format(label=label, what=words)
            self._word.add_paragraph(self._text(text), style=styles.NOTE)
        licence = self._word.add_paragraph(style=styles.NOTE)
        self._runs(licence._p, (Words(say("licence", self._language), "muted"),))
        self._columns(2)
        for entry in entries:
            paragraph = self._word.add_paragraph()
            _child(paragraph._p.get_or_add_pPr(), "w:pStyle", val=self._style(styles.SOURCE))
            self._bookmark(paragraph._p, f"s{entry.number}", f"[{entry.number}]")
            paragraph.add_run("\t")
            self._runs(paragraph._p, entry.runs)
        self._columns(1)  # a section after it makes the columns above end level
        last = self._word.add_paragraph(style=styles.GAP).paragraph_format
        last.line_spacing_rule, last.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)  # no page for itself
        last.space_before = last.space_after = Pt(0)
        if self._own and self._document.head:
            official.print_record(self._word, self._document.head, self._layout, self._language, self._text)

    def bytes(self, date: str) -> bytes:
        properties = self._word.core_properties
        properties.title, properties.author = self._text(self._document.title), "Liandong"
        properties.language = "zh-CN" if self._language == "zh" else "en"
        properties.created = properties.modified = datetime.fromisoformat(date)
        if self._own:
            embed_font(self._word, "".join(self._used))
        elif self._place is not None:
            self._move_to_place()
        keep_ledger(self._word.part, self._document)
        target = io.BytesIO()
        self._word.save(target)
        return target.getvalue()

    def _move_to_place(self) -> None:
        """What was written at the end of the template goes where it says {{content}}."""
        place: Any = self._place
        for element in self._written_here():
            place._p.addprevious(element)
        place._p.getparent().remove(place._p)

    def _written_here(self) -> list[Any]:
        body = self._word.element.body
        return [element for element in list(body)[self._first :] if element.tag != qn("w:sectPr")]

    def _block(self, block: Block) -> None:
        if self._breaks and not isinstance(block, Heading):
            self._word.add_page_break()
            self._breaks = False
        match block:
            case Heading(level, text):
                head = self._word.add_paragraph(self._text(text), style=f"Heading {level}")
                if self._breaks:  # on the heading itself: a break of its own may leave an empty page
                    head.paragraph_format.page_break_before = True
                    self._breaks = False
            case Paragraph(runs):
                self._runs(self._word.add_paragraph(style="Normal")._p, runs)
            case Table():
                self._caption("table", block.caption, keep=True)
                self._table(block)
            case Illustration():
                self._picture(block)
            case Tiles():
                self._tiles(block)
            case Chart():
                self._chart(block)
            case Sign(text, lines):
                self._sign(text, lines)
            case PageBreak():
                self._breaks = True

    def _tiles(self, block: Tiles) -> None:
        """Figures over their labels, four abreast, in a table without lines."""
        for at in range(0, len(block.tiles), _TILES):
            part = block.tiles[at : at + _TILES]
            table = self._word.add_table(rows=0, cols=0)._tbl
            widths = [round(self._layout.width / _TILES * _TWIPS)] * len(part)
            for width in widths:
                _child(table.find(qn("w:tblGrid")), "w:gridCol", w=width)
            row = _child(table, "w:tr")
            _child(_child(row, "w:trPr"), "w:cantSplit")
            for tile, width in zip(part, widths, strict=True):
                cell = _child(row, "w:tc")
                _child(_child(cell, "w:tcPr"), "w:tcW", w=width, type="dxa")
                for style, runs in ((styles.TILE, tile.runs), (styles.NOTE, (Words(tile.label),))):
                    paragraph = _child(cell, "w:p")
                    _child(_child(paragraph, "w:pPr"), "w:pStyle", val=self._style(style))
                    self._runs(paragraph, runs)
            self._word.add_paragraph(style=styles.GAP)

    def _chart(self, block: Chart) -> None:
        """A native chart with its sheet; the sources of its values follow the caption."""
        paragraph = self._word.add_paragraph(style=styles.PICTURE)
        place_chart(self._word, paragraph, block, width=self._layout.width, name=self._text(block.caption))
        self._used.extend((*block.categories, *(series.name for series in block.series), "0123456789.,-%"))
        caption = self._caption("figure", block.caption, keep=False)
        values = [value for series in block.series for value in series.values if value is not None]
        for number in sorted({number for value in values for number in self._sources.numbers(value)}):
            self._reference(caption._p, number)

    def _sign(self, text: str, lines: tuple[str, ...]) -> None:
        """A page with large words in its middle."""
        paragraph = self._word.add_paragraph(self._text(text), style=styles.SIGN)
        paragraph.paragraph_format.page_break_before = True
        for line in lines:
            self._word.add_paragraph(self._text(line), style=styles.SIGN_LINE)

    def _picture(self, block: Illustration) -> None:
        paragraph = self._word.add_paragraph(style=styles.PICTURE)
        png = to_png(block.picture, scale=_SCALE)
        width = Cm(
            min(int.from_bytes(png[16:20], "big") / _SCALE * self._layout.width / _PIXELS, self._layout.width)
        )  # from its header
        shape = paragraph.add_run().add_picture(io.BytesIO(png), width=width)
        for side in "TBLR":  # without these LibreOffice leaves a margin around the picture
            shape._inline.set(f"dist{side}", "0")
        shape._inline.docPr.set("descr", self._text(block.picture.alternative))
        self._caption("figure", block.caption, keep=bool(block.picture.note))
        if block.picture.note:
            self._word.add_paragraph(self._text(block.picture.note), style=styles.NOTE)

    def _caption(self, kind: str, text: str, *, keep: bool) -> Any:
        """图 1 …, with the number as a field, so that Word can renumber and list captions."""
        self._counters[kind] += 1
        paragraph = self._word.add_paragraph(style="Caption")
        paragraph.paragraph_format.keep_with_next = keep
        word = say(kind, self._language)
        paragraph.add_run(self._text(word) + " ")
        styles.field(paragraph, f"SEQ {word} \\* ARABIC", self._text(str(self._counters[kind])))
        paragraph.add_run(self._text("　" + text if self._language == "zh" else ". " + text))
        return paragraph

    def _table(self, block: Table) -> None:
        table = self._word.add_table(rows=0, cols=0, style=styles.TABLE)._tbl
        grid = table.find(qn("w:tblGrid"))
        widths = [round(column.share * self._layout.width * _TWIPS) for column in block.columns]
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
        if self._document.is_stale(run):
            _add_text(paragraph, self._text(say("stale_mark", self._language)), self._style(styles.STALE))
        for number in self._sources.numbers(run):
            self._reference(paragraph, number)

    def _reference(self, paragraph: Any, number: int) -> None:
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


def keep_ledger(main: Any, document: Document) -> None:
    """Put the document's figures into its package, for the comparison with the next one."""
    main.relate_to(Part(PackURI(PART), "application/xml", to_xml(document), main.package), _CUSTOM)


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
