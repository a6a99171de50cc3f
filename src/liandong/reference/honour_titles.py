"""Honours: titles that bodies of the state give to firms, clusters, parks, platforms and places.

A title is found however it is punctuated (专精特新“小巨人”企业, 专精特新小巨人企业), and its level by the
words before it: 省级以上单项冠军企业 is at least provincial, 国家级 … national.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import ahocorasick

from liandong.reference.tables import read_toml

HonourLevel = Literal["international", "national", "provincial", "municipal"]
HonourSubject = Literal["firm", "cluster", "region", "carrier", "platform", "product", "project"]


@dataclass(frozen=True, slots=True)
class Honour:
    """A title: who may bear it, who gives it, and for how many years (None: no term, or not known to us).

    issuer is None where several bodies give it or none is known; ranking: a yearly list rather than a
    recognition; source: the regulation that the term is taken from.
    """

    title: str
    aliases: tuple[str, ...]
    level: HonourLevel
    subject: HonourSubject
    issuer: str | None
    valid_years: int | None
    ranking: bool
    source: str | None


def honours(*, level: HonourLevel | None = None, subject: HonourSubject | None = None) -> tuple[Honour, ...]:
    """All honours in the order of the table, or those of a level, or of a kind of bearer."""
    return tuple(each for each in _table() if level in (None, each.level) and subject in (None, each.subject))


def find_honour(text: str) -> Honour | None:
    """The first honour that a text names, or None."""
    found = find_honours(text)
    return found[0][2] if found else None


def find_honours(text: str) -> list[tuple[int, int, Honour]]:
    """Honours named in a text: (start, end, honour), in order, without overlap.

    [start, end) covers the title itself, with quotation marks inside it, without the words of level before it
    unless they are part of the title.
    """
    plain, places = _plain(text)
    hits = sorted((end + 1 - len(word), -len(word), word) for end, word in _automaton().iter(plain))
    found: list[tuple[int, int, Honour]] = []
    consumed = 0
    for start, _, word in hits:
        if start < consumed:
            continue
        consumed = start + len(word)
        chosen = _choose(_words()[word], plain[max(0, start - 8) : start])
        found.append((places[start], places[consumed - 1] + 1, chosen))
    return found


_MARKS = re.compile(r"[“”‘’\"'「」『』《》〈〉\s]")
_LEVELS: tuple[tuple[HonourLevel, re.Pattern[str]], ...] = (
    ("international", re.compile(r"(?:世界|全球|国际)(?:级)?$")),
    ("municipal", re.compile(r"市级(?:以上)?$")),
    ("provincial", re.compile(r"(?:省|自治区|省部)(?:级)?(?:及?以上)?(?:第.{1,3}批)?$")),
    ("national", re.compile(r"(?:国家|全国|中国)(?:级)?(?:及?以上)?(?:第.{1,3}批)?$")),
)


def _choose(bearers: tuple[Honour, ...], before: str) -> Honour:
    """Of titles written alike, the one of the level that the words before it say, else the first."""
    for level, words in _LEVELS:
        if words.search(before):
            return next((each for each in bearers if each.level == level), bearers[0])
    return bearers[0]


def _plain(text: str) -> tuple[str, list[int]]:
    """The text without quotation marks and blanks, in half width, and where each character stood."""
    kept: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        folded = unicodedata.normalize("NFKC", character)
        if not _MARKS.match(character) and len(folded) == 1:
            kept.append(folded)
            places.append(place)
    return "".join(kept), places


@cache
def _table() -> tuple[Honour, ...]:
    return tuple(
        Honour(
            title=entry["title"],
            aliases=tuple(entry["aliases"]),
            level=entry["level"],
            subject=entry["subject"],
            issuer=entry["issuer"] or None,
            valid_years=entry.get("valid_years"),
            ranking=entry.get("list", False),
            source=entry.get("source"),
        )
        for entry in read_toml("honours.toml")["honour"]
    )


@cache
def _words() -> dict[str, tuple[Honour, ...]]:
    """Every title and alias, plain, and the honours written so; a title's own honour comes first."""
    words: dict[str, list[Honour]] = {}
    for each in _table():
        words.setdefault(_plain(each.title)[0], []).append(each)
    for each in _table():
        for alias in each.aliases:
            bearers = words.setdefault(_plain(alias)[0], [])
            if each not in bearers:
                bearers.append(each)
    return {word: tuple(bearers) for word, bearers in words.items()}


@cache
def _automaton() -> Any:
    automaton = ahocorasick.Automaton()
    for word in _words():
        automaton.add_word(word, word)
    automaton.make_automaton()
    return automaton
