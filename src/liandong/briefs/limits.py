"""What a document may show, what it stands on, and from when a figure counts as old."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import date

from liandong.briefs.blocks import Block, Paragraph, Words
from liandong.briefs.content import CityBrief
from liandong.briefs.vocabulary import coverage_words, say
from liandong.errors import Language
from liandong.facts import Fact, Kind

STALE_YEARS = 2


def may_be_shown(fact: Fact, reviewed: AbstractSet[str]) -> bool:
    """A programme is a promise: it appears only once a person has reviewed it. Other facts may, marked."""
    return fact.kind != Kind.PROGRAM or fact.id in reviewed


def withheld(content: CityBrief) -> int:
    """How many facts `may_be_shown` keeps back."""
    return sum(not may_be_shown(fact, content.reviewed) for fact in content.facts)


def oldest(content: CityBrief) -> str:
    """ISO date before which a figure is marked as old: two years before the document."""
    day = date.fromisoformat(content.date)
    try:
        return day.replace(year=day.year - STALE_YEARS).isoformat()
    except ValueError:  # 29 February
        return day.replace(year=day.year - STALE_YEARS, day=28).isoformat()


def limits(content: CityBrief, language: Language) -> list[Block]:
    """How to read the document, what it rests on, and what it keeps back."""
    lines = [say("signs_read", language), say("stale_legend", language).format(date=oldest(content))]
    if count := withheld(content):
        lines.append(say("withheld", language).format(count=count))
    lines += [coverage_words(each, language) for each in content.coverage]
    return [Paragraph((Words(line, "muted"),)) for line in lines]
