"""Carriers: openings of parks, labs and platforms, and what has gathered in them.

Their figures are bound with all other numbers.
"""

from __future__ import annotations

import re

from liandong.facts.building import Draft
from liandong.facts.clauses import Clause, Sentence
from liandong.facts.fact import Ground, Kind
from liandong.facts.lexicon import any_of, words
from liandong.facts.lists import split
from liandong.facts.phrases import before
from liandong.facts.scopes import SCOPE
from liandong.facts.subjects import Phrase, home

_V = words("verbs")
_OPEN = re.compile(
    rf"(?P<where>在[^,;:。]{{2,14}}?)?(?:正式|将于[^,;。]{{1,8}}|将|成功|,|建成)*(?P<verb>{any_of(_V['opening'])})(?:\Z|(?=[,;。]))"
)
_GATHER = re.compile(
    r"(?:已|现已|目前已)?(?P<verb>集聚|汇聚|聚集|形成|布局|重点发展|主导产业为|主导产业是|主导产业包括)(?:了|起|有)?(?P<items>[^,;。:]{2,16}(?:、[^,;。:、]{2,16})+)(?:等)?"
)
_RANKED = re.compile(rf"(?:{SCOPE})(?:最|首|唯一|第一)")  # 全国最大的…中心建成投用 is a rank
_AS = re.compile(r"把[“‘](?P<name>[^”’]{2,16})[”’]作为(?P<what>[^,;。]{2,12}载体)")


def carrier(draft: Draft, sentence: Sentence, clause: Clause) -> Phrase | None:
    """Add openings and gathered trades; returns the carrier."""
    reading, text, state = draft.reading, draft.reading.text, draft.state
    if match := _AS.search(text, clause.start, clause.end):
        draft.add(
            Kind.CARRIER,
            home(reading),
            Phrase(reading.raw(*match.span("what")), *match.span("what")),
            sentence,
            clause,
            target=match.span("name"),
            modality="actual",
        )
        return None
    if match := _OPEN.search(text, clause.start, clause.end):
        subject, words_there = before(reading, clause, match.start())
        if subject is None and not words_there:
            one = state.owner or state.topic
            subject = one.carried() if one and one.sort == "carrier" else None
        if (
            subject
            and subject.text
            and "的" in subject.text
            and subject.start is not None
            and subject.end is not None
        ):
            at = subject.start + subject.text.rfind("的") + 1
            subject = Phrase(reading.raw(at, subject.end), at, subject.end, "stated", subject.sort)
        if (
            subject
            and not _RANKED.match(subject.text)
            and (subject.sort == "carrier" or subject.text.endswith(("院", "园", "中心", "平台", "基地")))
            and subject.text
        ):
            place = None
            if match["where"]:
                a, b = match.start("where") + 1, match.end("where")
                place = Phrase(reading.raw(a, b), a, b, "stated", "place")
            verb = match.span("verb")
            draft.add(
                Kind.CARRIER, subject, Phrase(reading.raw(*verb), *verb), sentence, clause, region=place
            )
            return subject
    if match := _GATHER.search(text, clause.start, clause.end):
        subject, words_there = before(reading, clause, match.start())
        if subject is None and not words_there:
            subject = state.owner.carried() if state.owner else None
        if subject and subject.sort == "carrier" and not reading.numbers_in(*match.span("items")):
            items = _items(text, *match.span("items"))
            draft.add(
                Kind.CARRIER,
                subject,
                Phrase("集聚产业", *match.span("verb")),
                sentence,
                clause,
                items=tuple(items),
                period=(None, Ground("default")) if subject.how == "stated" else None,
            )
            return subject
    return None


def _items(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = split(text, start, end)
    a, b = spans[-1]
    cut = re.search(r"等|产业集群|(?:[一二三四五六七八九十]|\d+)大", text[a:b])
    if cut and cut.start() >= 2:
        spans[-1] = (a, a + cut.start())
    return spans
