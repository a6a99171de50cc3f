"""Small makers that the papers share: numbered sections, tables by the keys of their heads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from liandong.briefs.blocks import Block, Cell, Column, Heading, Run, Table, Words, cell
from liandong.briefs.vocabulary import say
from liandong.errors import Language

_NUMERALS = "一二三四五六七八九十"


def section_title(number: int, title: str, language: Language) -> str:
    """一、城市概况; 1. Profile."""
    if language == "en":
        return f"{number}. {title}"
    return f"{_NUMERALS[number - 1]}、{title}"


def sections(made: Iterable[tuple[str, Sequence[Block]]], language: Language) -> tuple[Block, ...]:
    """Blocks under numbered headings; a section without blocks is left out. Keys are labels."""
    blocks: list[Block] = []
    number = 0
    for key, part in made:
        if part:
            number += 1
            blocks += [Heading(1, section_title(number, say(key, language), language)), *part]
    return tuple(blocks)


def columns(heads: Iterable[tuple[str, float]], language: Language) -> tuple[Column, ...]:
    """Columns by label and share of the width; one whose label begins with + holds numbers."""
    return tuple(
        Column(say(head.removeprefix("+"), language), share, head.startswith("+")) for head, share in heads
    )


def table(
    caption: str,
    heads: Iterable[tuple[str, float]],
    rows: Iterable[Sequence[Cell | Run | str]],
    language: Language,
) -> list[Block]:
    """A table, or nothing where there is no row. caption: as it is printed."""
    lines = tuple(tuple(_cell(each) for each in row) for row in rows)
    return [Table(caption, columns(heads, language), lines)] if lines else []


def listed(names: Iterable[str], language: Language) -> str:
    """甲、乙; A, B; — for none."""
    return ("、" if language == "zh" else ", ").join(names) or "—"


def iso(day: date | None) -> str:
    """The day as 2025-06-30; "" for none."""
    return "" if day is None else day.isoformat()


def _cell(content: Cell | Run | str) -> Cell:
    if isinstance(content, Cell):
        return content
    return cell(Words(content or "—") if isinstance(content, str) else content)
