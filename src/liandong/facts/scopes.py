"""Scopes: the set that a rank or a superlative is taken in (全国, 全省, 中西部地区, 长江以北)."""

from __future__ import annotations

import re

from liandong.facts.lexicon import any_of, words
from liandong.facts.places import province_of, short
from liandong.facts.reading import Reading
from liandong.facts.subjects import Phrase

_W = words("words")
SCOPE = any_of(_W["scopes"])
_SCOPE = re.compile(SCOPE)
_FIXED = {
    "全国": "全国",
    "我国": "全国",
    "国内": "全国",
    "中国": "全国",
    "国家": "全国",
    "世界": "世界",
    "全球": "全球",
}


def scope_before(reading: Reading, start: int, end: int) -> tuple[Phrase | None, int]:
    """The last scope in [start, end), as a place, and where it begins (end if there is none)."""
    best: tuple[Phrase, int] | None = None
    for match in _SCOPE.finditer(reading.text, start, end):
        best = (scope_phrase(reading, match.start(), match.end()), match.start())
    for place in reading.places_in(start, end):
        if place.level in ("province", "region") and (best is None or place.start > best[1]):
            best = (Phrase(place.short, place.start, place.end, "stated", "place"), place.start)
    return best if best else (None, end)


def scope_phrase(reading: Reading, start: int, end: int) -> Phrase:
    """A scope's words as a place: 全省 → the page's province, 全市 → the page's place."""
    word = reading.raw(start, end)
    if word in ("全省", "省内", "全区"):
        text = province_of(reading.page.region) or word
    elif word in ("全市", "市内", "全县"):
        text = reading.home or word
    else:
        text = _FIXED.get(word, short(word))
    return Phrase(text, start, end, "stated", "place")
