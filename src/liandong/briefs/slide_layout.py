"""Where blocks go on a slide: estimates of their height, tables cut to what a slide holds. In inches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from liandong.briefs.blocks import Cell, Runs, Table
from liandong.charts.theme import text_width

_POINT = 1 / 72
_LINE = 1.25  # of the type size
_PADDING = 0.1  # above and below in a cell or a box


@dataclass(frozen=True, slots=True)
class Frame:
    """What is left of a slide: from top down to bottom."""

    left: float
    top: float
    width: float
    bottom: float

    @property
    def room(self) -> float:
        """How high what is left is."""
        return self.bottom - self.top

    def below(self, height: float) -> Frame:
        """What is left under a block of that height."""
        return replace(self, top=self.top + height)


def line_count(text: str, size: float, width: float) -> int:
    """How many lines the text takes, at least 1. size in points."""
    room = max(width - 2 * _PADDING, 0.2)
    return max(1, sum(-(-int(text_width(part, size) * _POINT * 1000) // int(room * 1000)) or 1
                      for part in text.split("\n")))  # fmt: skip


def paragraph_height(text: str, size: float, width: float) -> float:
    """How high the paragraph stands."""
    return line_count(text, size, width) * size * _LINE * _POINT + 2 * _PADDING


def table_heights(table: Table, width: float, size: float, written: Callable[[Runs], str]) -> list[float]:
    """The head's height and each row's."""
    whole = sum(column.share for column in table.columns)
    widths = [width * column.share / whole for column in table.columns]

    def height(cells: list[list[str]]) -> float:
        lines = max(
            (
                sum(line_count(text, size, wide) for text in texts) or 1
                for texts, wide in zip(cells, widths, strict=True)
            ),
            default=1,
        )
        return lines * size * _LINE * _POINT + _PADDING

    def texts(cell: Cell) -> list[str]:
        return [written(line) for line in cell.lines]

    head = height([[column.head] for column in table.columns])
    return [head, *(height([texts(cell) for cell in row]) for row in table.rows)]


def split_table(
    table: Table, heights: list[float], room: float, whole: float
) -> Iterator[tuple[bool, Table, list[float]]]:
    """The table in parts that fit: whether it is the first, the part, its heights with the head's.

    room: left on the first slide; whole: on each further one. A row that is higher than a slide stands alone.
    """
    head, rows = heights[0], heights[1:]
    caption = 0.5
    start, left, first = 0, room - head - caption, True
    used = 0.0
    for at, height in enumerate(rows):
        if used + height > left and at > start:
            yield first, replace(table, rows=table.rows[start:at]), [head, *rows[start:at]]
            start, left, first, used = at, whole - head - caption, False, 0.0
        used += height
    if start < len(rows) or not rows:
        yield first, replace(table, rows=table.rows[start:]), [head, *rows[start:]]
