"""Phrases: the noun before a verb and the objects behind it."""

from __future__ import annotations

import re

from liandong.facts.clauses import Clause
from liandong.facts.lists import split
from liandong.facts.reading import Reading
from liandong.facts.subjects import Phrase, leading, short_name, skip, sort_of

_ADVERBS = re.compile(
    r"(?:先后|成功|已经|已|还|也|由此|均|双双|再次|再度|同步|同时|又|正式|共同|联合|携手|分别|依次|新近|近日|日前|顺利|同期|率先|首批|首次|整体|积极|主动|相继|陆续|多次|一举|光荣|全部|就|即|则|都|在会上|现场|当场|会上|目前|将|拟|计划|力争|正|正在|全力|着力|加快|努力|奋力|大力|持续|不断|坚持|支持|推动|推进|鼓励|深入|结对|联手|聚力|加速|全面|倾力|眼下|正在)+\Z"
)
_AGENT = re.compile(r"(?:由此)?(?:被|获|经|由)(?:[^,;、]{2,20})?\Z")
_SEVERAL = re.compile(r"(?<=..)[两三四五六七八九]+[市省地县区方校家]\Z")
_BAD = re.compile(r"[,;:。]|是|了|我们|他们|以及|通过|推动|坚持|围绕|聚焦")
_SEAT = re.compile(r"(?:人民政府|政府|市委|县委|区委|州委)\Z")
_SELF_TAIL = re.compile(r"(?:市里|全市|我市|本市|该市|市政府|市委市政府)\Z")


def before(reading: Reading, clause: Clause, at: int) -> tuple[Phrase | None, bool]:
    """The subject before a verb at `at`: its phrase, and whether the clause has any words there.

    (None, False): nothing stands there, the subject is carried. (None, True): words that are no name.
    """
    text = reading.text
    start = skip(reading, clause.start, at)
    end = _trim(reading, start, at)
    if start >= end:
        return None, False
    owner, rest = leading(reading, start, end)
    rest = skip(reading, rest, end)
    if owner and rest >= end:
        return owner, True
    words_of = text[start:end]
    if words_of.startswith("连续") and reading.times_in(start, end):
        return None, False
    if len(words_of) > 28 or _BAD.search(words_of):
        return None, True
    if (
        owner
        and owner.how == "stated"
        and owner.sort == "place"
        and text[owner.start or 0 : owner.end].startswith(("全", "我", "本", "该", "市里"))
    ):
        start = rest
    elif text.startswith("其", start, end):
        start += 1
    if end - start < 2:
        return None, True
    return Phrase(reading.raw(start, end), start, end, "stated", sort_of(text[start:end])), True


def _trim(reading: Reading, start: int, end: int) -> int:
    text = reading.text
    while end > start:
        match = _ADVERBS.search(text, max(start, end - 14), end)
        if match and match.end() == end:
            end = match.start()
            continue
        times = reading.times_in(start, end)
        if times and times[-1].end == end:
            end = times[-1].start
            continue
        match = _AGENT.search(text, max(start, end - 24), end)
        if match and match.start() > start and "被" in match[0]:
            end = match.start()
            continue
        while end > start and text[end - 1] in ",、 :的":
            end -= 1
            continue
        break
    return end


def party(reading: Reading, start: int, end: int) -> Phrase | None:
    """One party of a tie: a place by its short name, anything else as it is written."""
    text = reading.text
    start = skip(reading, start, end)
    start += text.startswith("由", start, end)
    end = _trim(reading, start, end)
    if end - start < 2 or end - start > 26:
        return None
    name = text[start:end]
    named = reading.places_in(start, end)
    seat = _SEAT.search(text, start, end)
    if seat and named and named[0].start == start and named[-1].end == seat.start():
        end = seat.start()
    if named and named[0].start == start and named[-1].end == end:
        return Phrase(short_name(reading, start, end), start, end, "stated", "place")
    if _SELF_TAIL.fullmatch(name) and reading.home:
        return Phrase(reading.home, start, end, "stated", "place")
    return Phrase(reading.raw(start, end), start, end, "stated", sort_of(name))


def parties(reading: Reading, start: int, end: int) -> list[Phrase]:
    """The members of a list of parties; 等 and 等5家企业 at the end are left out."""
    text = reading.text
    several = _SEVERAL.search(text, start, end)
    end = several.start() if several else end
    cut = re.search(r"等(?:\d*[家所个]?[一-鿿]{0,6})?\Z", text[start:end])
    if cut and cut.start() > 1:
        end = start + cut.start()
    found = [party(reading, a, b) for a, b in split(text, start, end)]
    return [p for p in found if p]


def unquote(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without quotation marks around it and 称号 behind it."""
    for tail in ("等称号", "称号", "荣誉称号", "行列", "等荣誉", "荣誉"):
        if text.endswith(tail, start, end) and end - start > len(tail) + 1:
            end -= len(tail)
            break
    while start < end and text[start] in '“‘" 了为的':
        closing = {"“": "”", "‘": "’"}.get(text[start])
        if closing and closing in text[start : end - 1]:
            break  # quoted words inside a longer name
        start += 1
    while end > start and text[end - 1] in '”’" 。等、':
        inner = text[start:end]
        if text[end - 1] in "”’" and inner.count("“") + inner.count("‘") >= inner.count("”") + inner.count(
            "’"
        ):
            break
        end -= 1
    return start, end
