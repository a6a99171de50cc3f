"""What a document may show, what it stands on, and from when a figure counts as old."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import date

from liandong.briefs.blocks import Block, Paragraph, Words
from liandong.briefs.content import CityBrief
from liandong.briefs.vocabulary import coverage_words, say
from liandong.errors import InputError, Language, Text
from liandong.facts import Fact, Kind

STALE_YEARS = 2


def may_be_shown(fact: Fact, reviewed: AbstractSet[str]) -> bool:
    """A programme is a promise: it appears only once a person has reviewed it. Other facts may, marked."""
    return fact.kind != Kind.PROGRAM or fact.id in reviewed


def withheld(content: CityBrief) -> int:
    """How many facts `may_be_shown` keeps back."""
    return sum(not may_be_shown(fact, content.reviewed) for fact in content.facts)


def day_of(text: str) -> date:
    """The ISO date of a document. Raises InputError for text that is none."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(
            Text(f"“{text}”不是日期。请写作 2025-06-19。", f'"{text}" is not a date. Write 2025-06-19.'),
            field="date",
        ) from error


def oldest(content: CityBrief) -> str:
    """ISO date before which a figure is marked as old: two years before the document."""
    day = day_of(content.date)
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - STALE_YEARS, day=28 if leap else day.day).isoformat()


def limits(content: CityBrief, language: Language, *, coverage: bool = True) -> list[Block]:
    """How to read the document, what it keeps back and, with coverage, what its figures of firms rest on."""
    lines = [say("signs_read", language), say("stale_legend", language).format(date=oldest(content))]
    if count := withheld(content):
        lines.append(say("withheld", language).format(count=count))
    if coverage:
        lines += [coverage_words(each, language) for each in content.coverage]
    return [Paragraph((Words(line, "muted"),)) for line in lines]
