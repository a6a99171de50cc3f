"""Persons: a name and the office it holds (吉安市市长邱闻笛)."""

from __future__ import annotations

import re

from liandong.facts.building import Draft
from liandong.facts.clauses import Clause, Sentence
from liandong.facts.fact import Ground, Kind
from liandong.facts.lexicon import any_of, words
from liandong.facts.subjects import Phrase, home

_T = words("titles")
_NAME = rf"(?:{any_of(_T['compound_surnames'])}[一-鿿]{{1,2}}|[{_T['surnames']}][一-鿿]{{1,2}})"
_AFTER = r"(?=$|[,;:。!?“”、)\s]|表示|介绍|说|在|对|主持|出席|致|指出|告诉|一行|带|宣布|率|向|讲|认为|强调|就|作|分别|等|和|与|及|代表|参加|会见|为|的|深入|到|赴|陪同|透露|坦言|发|看|给|接受|还|也|提|从|以)"
_PERSON = re.compile(
    rf"(?P<office>(?:{any_of(_T['offices'])}))(?:\([^)]{{1,8}}\))?(?P<name>{_NAME}?){_AFTER}"
)
_NOT_ORG = re.compile(r"[,;:。!?“”\s]|(?:据|由|是|和|与|以及|在|对|,|今年|日前)(?=[一-鿿])")
_NOT_NAME = re.compile(
    r"(?:表示|介绍|主持|出席|致辞|指出|会见|说|负责|单位|会议|常委|以及|任|介|办|等|家|时|助理|办公)"
)


def persons(draft: Draft, sentence: Sentence, clause: Clause) -> None:
    """Add the persons that a clause names with their office."""
    reading, text = draft.reading, draft.reading.text
    for match in _PERSON.finditer(text, clause.start, clause.end):
        name = match["name"]
        if len(name) < 2 or _NOT_NAME.match(name[1:]) or _NOT_NAME.match(name):
            continue
        begin = _office_begin(text, clause.start, match.start("office"))
        office = (begin, match.end("office"))
        subject = Phrase(reading.raw(*match.span("name")), *match.span("name"), "stated", "person")
        where = reading.places_in(*office)
        place = (
            Phrase(where[0].short, where[0].start, where[0].end, "stated", "place")
            if where
            else home(reading)
        )
        draft.add(
            Kind.PERSON,
            subject,
            Phrase("职务", *office),
            sentence,
            clause,
            target=office,
            period=(None, Ground("default")),
            region=place,
            modality="actual",
        )
        draft.state.person = subject


def _office_begin(text: str, start: int, at: int) -> int:
    """The office reaches back to the clause's start or the last word that is no part of it."""
    begin = start
    for match in _NOT_ORG.finditer(text, start, at):
        begin = match.end()
    return begin if at - begin <= 40 else at
