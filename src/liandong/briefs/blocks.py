"""A document before it is Word or HTML: blocks of runs, in which every number carries its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from liandong.briefs.letterhead import Letterhead
from liandong.charts import Picture
from liandong.errors import Language
from liandong.figures import Coverage, Evidence, Figure

Tone = Literal["plain", "strong", "muted", "warning"]


@dataclass(frozen=True, slots=True)
class Words:
    """Text without a figure."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Value:
    """A figure as it is written; its references follow it."""

    figure: Figure
    text: str

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Where the figure can be opened."""
        return self.figure.evidence

    @property
    def coverage(self) -> Coverage | None:
        """What it stands on."""
        return self.figure.coverage


@dataclass(frozen=True, slots=True)
class Cited:
    """A statement of a source without a number of its own, or with one that is no quantity (2/3, 9:47:43)."""

    text: str
    evidence: tuple[Evidence, ...]
    planned: bool = False
    coverage: Coverage | None = None


Run = Words | Value | Cited
Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """level 1 is a section, 2 a chain."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs of one paragraph."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Column:
    """A column's head, its share of the table's width, and whether it holds numbers (set to the right)."""

    head: str
    share: float
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """Lines of runs."""

    lines: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A captioned table; every row has a cell for each column."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Illustration:
    """A captioned picture; its note is printed beneath."""

    picture: Picture
    caption: str


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure that stands alone, large, over its label."""

    label: str
    runs: Runs


@dataclass(frozen=True, slots=True)
class Tiles:
    """Figures side by side. They are shown together, never added."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """Values of one name; None where there is none to draw."""

    name: str
    values: tuple[Value | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that the reader can edit: native in Word and slides. form: bars lie, columns stand.

    All figures must have one unit, measure and standing: see `check`.
    """

    caption: str
    form: Literal["bar", "column", "line"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """A page of its own to put on a table: one line large, others beneath."""

    text: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Table | Illustration | Tiles | Chart | Sign | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    contents: whether a table of contents follows the title. layout: a name of `data/layouts.toml`.
    stale: ISO date; figures that hold at an earlier one are marked. None: no mark. banner: what stands over
    every page, such as that the data are invented. head: of an official paper. annex: tables that only the
    Excel workbook has, a sheet each.
    """

    title: str
    subtitle: str
    language: Language
    blocks: tuple[Block, ...]
    contents: bool = False
    layout: str = "report"
    stale: str | None = None
    head: Letterhead | None = None
    banner: str = ""
    annex: tuple[Table, ...] = ()

    def is_stale(self, run: Run) -> bool:
        """Whether the run is a figure that held before `stale` and may not any more."""
        if self.stale is None or not isinstance(run, Value) or not run.figure.known:
            return False
        basis = run.figure.basis
        moment = basis.as_of or basis.in_year or basis.cumulative
        return moment is not None and moment.rpartition("/")[2] < self.stale[: len(moment.rpartition("/")[2])]


@dataclass(frozen=True, slots=True)
class Placed:
    """A run and where it stands, in words that lead a person there.

    place: with the number of its row. label: with what its row begins with, which stays as rows come and go.
    """

    run: Run
    place: str
    label: str


def cell(*runs: Run) -> Cell:
    """A cell of one line."""
    return Cell((runs,))


def placed_runs(document: Document) -> Iterator[Placed]:
    """Every run in reading order with its section, table, row and column."""
    section = document.title
    for block in document.blocks:
        match block:
            case Heading(_, text):
                section = text
            case Paragraph(runs):
                yield from (Placed(run, section, section) for run in runs)
            case Table():
                yield from _in_table(block, section)
            case Tiles(tiles):
                for tile in tiles:
                    place = f"{section} › {tile.label}"
                    yield from (Placed(run, place, place) for run in tile.runs)
            case Chart(caption, _, categories, series):
                for drawn in series:
                    for category, value in zip(categories, drawn.values, strict=True):
                        if value is not None:
                            place = f"{section} › {caption} › {drawn.name} › {category}"
                            yield Placed(value, place, place)
            case Illustration() | Sign() | PageBreak():
                pass


def annexed_runs(document: Document) -> Iterator[Placed]:
    """Every run of the annex."""
    for table in document.annex:
        yield from _in_table(table, document.title)


def _in_table(table: Table, section: str) -> Iterator[Placed]:
    for at, row in enumerate(table.rows, 1):
        named = " · ".join(_plain(shown) for shown in row[:2] if _plain(shown))
        for column, shown in zip(table.columns, row, strict=True):
            place = f"{section} › {table.caption} › {at} › {column.head}"
            label = f"{section} › {table.caption} › {named} › {column.head}"
            yield from (Placed(run, place, label) for line in shown.lines for run in line)


def _plain(shown: Cell) -> str:
    """The words of a cell, without its figures."""
    return " ".join(run.text for line in shown.lines for run in line if isinstance(run, Words)).strip()
