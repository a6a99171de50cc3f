"""A document as slides: a section a slide, native tables and charts, sources at the end and in the notes."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Inches

from liandong.briefs.blocks import (
    Block,
    Chart,
    Cited,
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
from liandong.briefs.ledger import PART, to_xml
from liandong.briefs.native_charts import place_on_slide
from liandong.briefs.slide_layout import Frame, paragraph_height, split_table, table_heights
from liandong.briefs.slide_styles import Styles
from liandong.briefs.sources import Source, Sources
from liandong.briefs.vocabulary import say
from liandong.charts import to_png
from liandong.charts.picture import clean
from liandong.figures import Standing

_WIDTH, _HEIGHT = 13.333, 7.5  # inches, 16:9
_LEFT, _TOP, _FOOT = 0.6, 1.25, 0.55
_SOURCES_A_SLIDE = 14
_MARK = 9.0  # points: marks and references never grow with the figure they stand at


def to_slides(
    document: Document,
    sources: Sources,
    entries: list[Source],
    *,
    heading: str,
    date: str,
    template: Path | None = None,
    links: bool = True,
) -> bytes:
    """The file's bytes. heading: of the list of sources.

    template: a .pptx whose master and layouts are used. links: whether references can be clicked; LibreOffice
    draws such runs in the looks of their neighbours, so that slides for print go without.
    """
    writer = _Writer(document, sources, entries, template)
    writer.title()
    for block in document.blocks:
        writer.block(block)
    writer.sources(heading, links=links)
    return writer.bytes(date)


class _Writer:
    """Appends slides; keeps where the next block goes and which references still need their target."""

    def __init__(
        self, document: Document, sources: Sources, entries: list[Source], template: Path | None
    ) -> None:
        self._document, self._sources, self._entries = document, sources, entries
        self._language = document.language
        self._show = Presentation(str(template)) if template else Presentation()
        if template is None:
            self._show.slide_width, self._show.slide_height = Inches(_WIDTH), Inches(_HEIGHT)
        self._styles = Styles(self._show, self._language)
        wide, high = (
            int(size or 0) / Inches(1) for size in (self._show.slide_width, self._show.slide_height)
        )
        self._page = Frame(_LEFT, _TOP, wide - 2 * _LEFT, high - _FOOT)
        self._frame = self._page
        self._heading = document.title
        self._slide: Any = None
        self._cited: dict[int, set[int]] = {}
        self._links: list[tuple[Any, Any, int]] = []
        self._targets: dict[int, Any] = {}

    def title(self) -> None:
        """The first slide."""
        slide = self._styles.slide("title")
        self._styles.place_title(slide, clean(self._document.title), first=True)
        lines: list[Runs] = [(Words(self._document.subtitle, "muted"),)]
        box = self._box(slide, replace(self._page, top=4.2), 1.2)
        self._lines(slide, box.text_frame, lines, size=18)
        self._slide = slide

    def block(self, block: Block) -> None:
        """Put a block on the slide, or on the next ones if it does not fit."""
        match block:
            case Heading(level, text):
                if level == 1:
                    self._open(text)
                else:
                    self._paragraph((Words(text, "strong"),), size=18)
            case Paragraph(runs):
                self._paragraph(runs, size=16)
            case Tiles():
                self._tiles(block)
            case Table():
                self._table(block)
            case Chart():
                self._chart(block)
            case Illustration():
                self._picture(block)
            case Sign(text, lines):
                self._open(text)
                for line in lines:
                    self._paragraph((Words(line),), size=24)
            case PageBreak():
                self._open(self._heading)

    def sources(self, heading: str, *, links: bool) -> None:
        """The list of sources on slides of their own, the method's legend first; then the links and notes."""
        legend: list[Runs] = [
            (Words(say("labelled", self._language).format(label=label, what=what), "muted"),)
            for label, what in self._sources.legend()
        ]
        if legend:
            self._open(heading)
            for line in legend:
                self._paragraph(line, size=10)
        for at in range(0, len(self._entries), _SOURCES_A_SLIDE):
            self._open(heading)
            part = self._entries[at : at + _SOURCES_A_SLIDE]
            lines = [(Words(f"[{entry.number}] "), *entry.runs) for entry in part]
            box = self._box(self._slide, self._frame, self._frame.room)
            self._lines(self._slide, box.text_frame, [_short(line) for line in lines], size=10)
            self._targets |= {entry.number: self._slide for entry in part}
        if links:
            self._link()
        self._notes()

    def bytes(self, date: str) -> bytes:
        """The saved file."""
        properties = self._show.core_properties
        properties.title, properties.author = clean(self._document.title), "Liandong"
        properties.language = "zh-CN" if self._language == "zh" else "en"
        properties.created = properties.modified = datetime.fromisoformat(date)
        for number, slide in enumerate(self._show.slides, 1):
            self._styles.foot(slide, clean(self._document.title), number, len(self._show.slides))
        main = self._show.part
        kept = Part(PackURI(PART), "application/xml", main.package, to_xml(self._document))
        main.relate_to(kept, RELATIONSHIP_TYPE.CUSTOM_XML)
        target = io.BytesIO()
        self._show.save(target)
        return target.getvalue()

    def _open(self, heading: str, *, again: bool = False) -> None:
        self._heading = heading
        self._slide = self._styles.slide("content")
        title = heading + (say("continued", self._language) if again else "")
        self._styles.place_title(self._slide, clean(title))
        self._frame = self._page

    def _room(self, height: float) -> None:
        """See to it that so many inches are left, on a new slide if need be."""
        if self._frame.room < height and self._frame.top > _TOP:
            self._open(self._heading, again=True)

    def _paragraph(self, runs: Runs, *, size: float) -> None:
        height = paragraph_height(self._written(runs), size, self._frame.width)
        self._room(height)
        box = self._box(self._slide, self._frame, height)
        self._lines(self._slide, box.text_frame, [runs], size=size)
        self._frame = self._frame.below(height)

    def _tiles(self, block: Tiles) -> None:
        a_row = 4
        width = self._frame.width / a_row
        for at in range(0, len(block.tiles), a_row):
            self._room(1.5)
            for column, tile in enumerate(block.tiles[at : at + a_row]):
                place = replace(self._frame, left=self._frame.left + column * width, width=width - 0.15)
                box = self._box(self._slide, place, 1.4)
                box.name = "Figure tile"
                self._lines(self._slide, box.text_frame, [tile.runs], size=24, bold=True)
                self._lines(self._slide, box.text_frame, [(Words(tile.label, "muted"),)], size=13, more=True)
            self._frame = self._frame.below(1.5)

    def _table(self, block: Table) -> None:
        size = 11.0
        heights = table_heights(block, self._frame.width, size, self._written)
        self._room(min(sum(heights[:3]) + 0.5, self._page.room))
        for first, part, rows in split_table(block, heights, self._frame.room, self._page.room):
            if not first:
                self._open(self._heading, again=True)
            self._one_table(part, rows, size)

    def _one_table(self, block: Table, heights: list[float], size: float) -> None:
        self._caption(block.caption)
        shape = self._slide.shapes.add_table(
            len(block.rows) + 1,
            len(block.columns),
            Inches(self._frame.left),
            Inches(self._frame.top),
            Inches(self._frame.width),
            Inches(sum(heights)),
        )
        shape.name = block.caption
        table = shape.table
        self._styles.table(shape)
        whole = sum(column.share for column in block.columns)
        for at, column in enumerate(block.columns):
            table.columns[at].width = Inches(self._frame.width * column.share / whole)
            self._fill(table.cell(0, at), ((Words(column.head, "muted"),),), size, numeric=column.numeric)
        for row, cells in enumerate(block.rows, 1):
            for at, cell in enumerate(cells):
                self._fill(table.cell(row, at), cell.lines, size, numeric=block.columns[at].numeric)
        for at, height in enumerate(heights):
            table.rows[at].height = Inches(height)
        self._frame = self._frame.below(sum(heights) + 0.15)

    def _fill(self, cell: Any, lines: tuple[Runs, ...], size: float, *, numeric: bool) -> None:
        self._styles.cell(cell)
        self._lines(self._slide, cell.text_frame, lines or ((),), size=size, right=numeric)

    def _chart(self, block: Chart) -> None:
        height = min(0.9 + 0.42 * len(block.categories), 4.6) if block.form == "bar" else 3.8
        self._room(height + 0.4)
        tall = min(height, self._frame.room - 0.4)
        box = (self._frame.left, self._frame.top, self._frame.width, tall)
        place_on_slide(self._slide, block, box)
        self._frame = self._frame.below(tall)
        values = [v for series in block.series for v in series.values if v is not None]
        self._caption(block.caption, values)

    def _picture(self, block: Illustration) -> None:
        png = to_png(block.picture, scale=2.5)
        wide, high = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
        note = 0.35 if block.picture.note else 0.0
        self._room(3.2)
        room = self._frame.room - 0.4 - note
        width = min(self._frame.width, room * wide / high, wide / 2.5 / 96 * 1.4)
        shape = self._slide.shapes.add_picture(
            io.BytesIO(png),
            Inches(self._frame.left + (self._frame.width - width) / 2),
            Inches(self._frame.top),
            width=Inches(width),
        )
        shape._element.nvPicPr.cNvPr.set("descr", clean(block.picture.alternative))
        self._frame = self._frame.below(width * high / wide)
        self._caption(block.caption)
        if block.picture.note:
            self._paragraph((Words(block.picture.note, "muted"),), size=10)

    def _caption(self, text: str, cited: Iterable[Value] = ()) -> None:
        box = self._box(self._slide, self._frame, 0.32)
        runs: list[Run] = [Words(text, "muted")]
        numbers = sorted({number for value in cited for number in self._sources.numbers(value)})
        self._lines(self._slide, box.text_frame, [tuple(runs)], size=12)
        if numbers:
            self._references(self._slide, box.text_frame.paragraphs[-1], numbers)
        self._frame = self._frame.below(0.34)

    def _box(self, slide: Any, frame: Frame, height: float) -> Any:
        box = slide.shapes.add_textbox(
            Inches(frame.left), Inches(frame.top), Inches(frame.width), Inches(height)
        )
        box.text_frame.word_wrap = True
        return box

    def _lines(
        self,
        slide: Any,
        text_frame: Any,
        lines: Iterable[Runs],
        *,
        size: float,
        right: bool = False,
        bold: bool = False,
        more: bool = False,
    ) -> None:
        for at, line in enumerate(lines):
            paragraph = text_frame.add_paragraph() if at or more else text_frame.paragraphs[0]
            if right:
                self._styles.to_the_right(paragraph)
            for run in line:
                self._run(slide, paragraph, run, size, bold=bold)

    def _run(self, slide: Any, paragraph: Any, run: Run, size: float, *, bold: bool) -> None:
        if isinstance(run, Words):
            warns = run.tone == "warning"
            shown = min(size, _MARK) if warns else size
            self._styles.run(paragraph, clean(run.text), shown, tone=run.tone, bold=bold and not warns)
            return
        text = clean(_as_shown(run, self._language))
        tone = "planned" if _is_planned(run) else "plain"
        self._styles.run(paragraph, text, size, tone=tone, bold=bold)
        if self._document.is_stale(run):
            self._styles.run(paragraph, say("stale_mark", self._language), size, tone="warning")
        self._references(slide, paragraph, self._sources.numbers(run))

    def _references(self, slide: Any, paragraph: Any, numbers: Iterable[int]) -> None:
        for number in numbers:
            made = self._styles.run(paragraph, f"[{number}]", _MARK, tone="reference")
            self._links.append((slide, made, number))
            self._cited.setdefault(slide.slide_id, set()).add(number)

    def _link(self) -> None:
        """Each reference jumps to the slide with its source."""
        for slide, run, number in self._links:
            target = self._targets.get(number)
            if target is None or target is slide:
                continue
            relation = slide.part.relate_to(target.part, RELATIONSHIP_TYPE.SLIDE)
            click = parse_xml(
                f'<a:hlinkClick {nsdecls("a", "r")} r:id="{relation}" action="ppaction://hlinksldjump"/>'
            )
            run._r.get_or_add_rPr().append(click)

    def _notes(self) -> None:
        """What the slide's figures stand on, for the speaker."""
        told = {entry.number: f"[{entry.number}] {_plain(entry.runs)}" for entry in self._entries}
        for slide in self._show.slides:
            numbers = sorted(self._cited.get(slide.slide_id, set()))
            if numbers and slide not in self._targets.values():
                slide.notes_slide.notes_text_frame.text = clean("\n".join(told[n] for n in numbers))

    def _written(self, runs: Runs) -> str:
        """The runs as they will stand there, for an estimate of their room."""
        return "".join(
            run.text
            if isinstance(run, Words)
            else _as_shown(run, self._language) + "[00]" * len(self._sources.numbers(run))
            for run in runs
        )


def _short(runs: Runs) -> Runs:
    """A source's line cut to what a slide holds; the notes and the annex tell it whole."""
    left, kept = 150, []
    for run in runs:
        if not isinstance(run, Words):
            continue
        kept.append(replace(run, text=run.text if len(run.text) <= left else run.text[:left] + "…"))
        left -= len(run.text)
        if left <= 0:
            break
    return tuple(kept)


def _plain(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def _is_planned(run: Value | Cited) -> bool:
    return run.planned if isinstance(run, Cited) else run.figure.standing is Standing.PLANNED


def _as_shown(run: Value | Cited, language: Any) -> str:
    return run.text + (" " + say("planned", language) if isinstance(run, Cited) and run.planned else "")
