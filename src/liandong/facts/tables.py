"""Tables: rows of cells parted by tabs, whose column heads say what is measured and in what unit.

    指标      产值(亿元)   同比增长(%)      →  电力装备产值 58000000000 元, 电力装备增速 12.3 %
    电力装备  580         12.3

A unit in the head of a column, or in a line 单位:亿元 above the table, holds for every bare number below it;
the number's ground names the unit's characters. A table is two or more lines of one number of cells; its
first row is the head if no cell of it is a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from liandong.facts.numbers import Number, parse, plain

_CELL = re.compile(r"[^\t\n]+")
_BARE = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\Z")
_UNIT = re.compile(r"(?P<words>.*?)\s*(?:\((?P<in>[^()]{1,10})\)|/(?P<per>[^/()\d]{1,6}))\s*\Z")
_WHOLE = re.compile(r"单位\s*:\s*(?P<unit>[^\s,;)]{1,8})")
_SERIAL = re.compile(r"序号|编号|排名|名次|位次")
_RATE = re.compile(r"增长|增速|增幅|同比|环比|占比|比重|率\Z|±")
_FEWEST = 2
_ABOVE = 2  # lines above a table that may say its unit


@dataclass(frozen=True, slots=True)
class Entry:
    """A number of a table: the label of its row, its column's head without the unit, the label column's head,
    before: the last head to the left that is no growth or share (产值 of 同比增长).

    title: where the line above the table begins, which may say the time.
    """

    number: Number
    label: tuple[int, int]
    head: tuple[int, int]
    over: str
    before: tuple[int, int]
    title: int


@dataclass(frozen=True, slots=True)
class _Column:
    head: tuple[int, int]
    unit: tuple[int, int] | None


Row = list[tuple[int, int]]


def entries(text: str, start: int, end: int) -> Iterator[Entry]:
    """The numbers without a unit of their own in the tables of a folded text, in order; in linear time."""
    above: list[int] = []
    rows: list[Row] = []
    at = start
    while at < end:
        line_end = text.find("\n", at, end)
        line_end = end if line_end < 0 else line_end
        cells = _cells(text, at, line_end)
        if len(cells) >= _FEWEST and (not rows or len(cells) == len(rows[0])):
            rows.append(cells)
        else:
            yield from _table(text, rows, above)
            rows = [cells] if len(cells) >= _FEWEST else []
            above = [] if text[at:line_end].strip() == "" and not rows else above
        if not rows and line_end > at:
            above = [*above[-_ABOVE + 1 :], at]
        at = line_end + 1
    yield from _table(text, rows, above)


def _cells(text: str, start: int, end: int) -> Row:
    """The cells of a line, trimmed; an empty cell keeps its place as an empty span."""
    if "\t" not in text[start:end]:
        return []
    out, at = [], start
    for part in text[start:end].split("\t"):
        left = at + len(part) - len(part.lstrip())
        out.append((left, max(left, at + len(part.rstrip()))))
        at += len(part) + 1
    return out


def _table(text: str, rows: list[Row], above: list[int]) -> Iterator[Entry]:
    if len(rows) < _FEWEST or any(_BARE.match(text[a:b]) for a, b in rows[0]):
        return
    title = above[0] if above else rows[0][0][0]
    whole = _WHOLE.search(text, title, rows[0][0][0])
    columns = [_column(text, span, whole) for span in rows[0]]
    labels = [i for i, (a, b) in enumerate(rows[0]) if b > a and not _SERIAL.search(text[a:b])]
    named = next((i for i in labels if not all(_BARE.match(text[slice(*row[i])]) for row in rows[1:])), None)
    if named is None:
        return
    over = text[slice(*rows[0][named])]
    measured, last = [], (0, 0)
    for i, column in enumerate(columns):
        measured.append(last)
        if i > named and not _RATE.search(text[slice(*column.head)]):
            last = column.head
    for row in rows[1:]:
        if row[named][1] == row[named][0]:
            continue
        for i in range(named + 1, len(columns)):
            number = _number(text, *row[i], columns[i])
            if number:
                yield Entry(number, row[named], columns[i].head, over, measured[i], title)


def _column(text: str, span: tuple[int, int], whole: re.Match[str] | None) -> _Column:
    match = _UNIT.match(text, *span)
    if match is None:
        shared = whole and not _RATE.search(text[slice(*span)])
        return _Column(span, whole.span("unit") if whole and shared else None)
    return _Column(match.span("words"), match.span("in" if match["in"] else "per"))


def _number(text: str, start: int, end: int, column: _Column) -> Number | None:
    """The bare number of a cell with the unit of its column; None if either is none."""
    if column.unit is None or not _BARE.match(text[start:end]):
        return None
    unit = parse(f"1{text[slice(*column.unit)]}")
    if unit is None or unit.unit is None:
        return None
    value = Decimal(text[start:end].replace(",", "")) * Decimal(unit.value)
    return Number(start, end, plain(value), unit.unit, unit.family, *column.unit, cell=True)
