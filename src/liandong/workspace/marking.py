"""A page cut where its facts and its body begin and end, for showing it with its facts underlined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from liandong.documents import Page, Span
from liandong.facts import Fact


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a page's text. facts: ids of the facts marked there; body: whether it is the article."""

    text: str
    facts: tuple[str, ...]
    kind: str
    body: bool


def mark(fact: Fact) -> Span:
    """What is marked for a fact: its number, its object where the quote holds it in one piece, or all."""
    if fact.value_start is not None and fact.value_end is not None:
        return Span(fact.value_start, fact.value_end)
    at = fact.quote.find(fact.value_text) if fact.value_text else -1
    if at < 0 or not fact.value_text:
        return Span(fact.start, fact.end)
    return Span(fact.start + at, fact.start + at + len(fact.value_text))


def segments(page: Page, facts: Sequence[Fact]) -> list[Segment]:
    """The whole raw text in order; overlapping marks share their stretches."""
    marks = [(mark(fact), fact) for fact in facts]
    cuts = {0, len(page.raw)}
    for span in (*page.body, *(span for span, _ in marks)):
        cuts |= {span.start, span.end}
    opening: dict[int, list[tuple[Span, Fact]]] = {}
    for span, fact in marks:
        opening.setdefault(span.start, []).append((span, fact))
    active: list[tuple[Span, Fact]] = []
    found = []
    for start, end in pairwise(sorted(cuts)):
        active = [item for item in active if item[0].end > start] + opening.get(start, [])
        ids = tuple(fact.id for _, fact in active)
        kind = active[-1][1].kind.value if active else ""
        found.append(Segment(page.raw[start:end], ids, kind, page.in_body(Span(start, end))))
    return found
