"""Leftward: what stands before a number, split into owner, indicator and the relation to the value."""

from __future__ import annotations

import re
from dataclasses import dataclass

from liandong.facts.lexicon import any_of, words
from liandong.facts.numbers import Number
from liandong.facts.reading import Reading
from liandong.facts.subjects import Phrase, leading, skip

_W = words("words")
_M = words("metrics")
_LIGHT = re.compile(rf"(?:{any_of([w for w in _W['light'] if w not in ('可', '就', '各')])}|[,、;:\s])+")
_KEPT = tuple(_M["kept"])
# what before a linking character makes it part of a word: 签约, 行为, 国有, 设计, 人均
_PART_OF_WORD = {
    "约": "签制节预合条契",
    "为": "行华作",
    "有": "国所自稀特享民公",
    "计": "设统会审",
    "均": "人户亩日月年地平",
    "过": "通",
    "满": "圆",
    "近": "邻临",
}
_LINKS = "|".join(
    f"(?<![{_PART_OF_WORD[w]}]){w}" if w in _PART_OF_WORD else re.escape(w)
    for w in sorted(set(_W["copulas"]), key=lambda w: (-len(w), w))
)
_COPULA = re.compile(rf"(?:(?:{_LINKS}|[,、;:( ])+)\Z")
_LONGEST_TAIL = 16
_ADVERB = (
    r"(?:同比|环比|(?:比|较)(?:上年|去年|前年|上月|年初)(?:同期|末|底)?|年均|按可比价格?(?:计算)?|按不变价格?(?:计算)?"
    r"|分别|依次|均|各|净|预期|将|实际|名义|再|又|也|就|累计|合计|已|平均|逆势|大幅|快速|可比|,"
    r"|(?:比|较)(?:\d{4}年?|[一-鿿]{2,5}年)(?:同期|末|底)?)*"
)
_LINK = r"(?:了|约|超过|超|近|达到|达|为|逾|将|不低于|不超过|高达|分别|依次|在|突破|预期|保持在|力争|仅|,)*\Z"
_GROWTH = re.compile(
    rf"(?P<pre>{_ADVERB})(?P<verb>{any_of(_W['rises'])}|{any_of(_W['falls'])}|增幅|增速|涨幅|降幅)"
    rf"(?:幅度|速度)?(?P<to>至|到)?{_LINK}"
)
_SHARE = re.compile(
    r"(?:分别|依次|合计|约|共|独|各|均)*占(?P<of>(?!比|地|用|据|有率)[^,;、\d]{0,18}?)(?:的)?(?:比重|比例|份额)?(?:的)?"
    r"(?:分别|依次|合计|达到|达|为|超过|超|近|约|逾|高达|的|突破|提高到|提高至|提升至|提升到|升至|上升至|上升到|已)*\Z"
)
_OF_WHOLE = re.compile(r"(?:不低于|不高于|不超过|不少于|达到|相当于|约为|超过)(?P<of>[^,;、\d]{2,12}?)的\Z")
_GAP = re.compile(
    r"(?<!不)(?P<gap>(?:高于|低于|快于|高出|超出|领先|优于|慢于|多于|少于|好于|超过)(?P<of>[^,;\d]{1,14}?))"
    r"(?:平均水平|平均|水平)?(?:约|近|超|分别|了|达)*\Z"
)
_THAN = re.compile(
    r"比(?P<of>[^,;\d]{2,16}?)(?:平均水平|平均)?(?:分别|依次)?(?P<how>高|低|(?<!加)快|慢|多|(?<!减)少)出?(?:约|近|了)?\Z"
)
_CHANGE = re.compile(r"(?:增加|减少|净增)了?\Z")
_FALLS = re.compile(any_of(_W["falls"]) + r"|降幅")
_MOVING = re.compile(rf"(?:{any_of(_W['rises'])}|{any_of(_W['falls'])}|发展|跃升|跃至)\Z")
_SCALED = re.compile(r"\d[\d.]*[百千万亿]+[余多]?(?:以上|左右)?[、,和及]")
# 聚集A、B等企业: the names are examples of what is counted
_EXAMPLES = re.compile(
    r"(?P<verb>(?:集聚|聚集|汇聚|引进|吸引|培育|拥有|招引|形成|涌现|覆盖|涉及|包括|建成|建有|落户|签约|实施|开展|获得|推出)?)"
    r"(?:(?!集聚|聚集|汇聚|引进|吸引|培育|拥有|招引)[^、]){2,14}(?:、[^、]{2,16})+?等(?=[^、]{2,}$)"
)
_PLANS = ("预期", "预计", "力争", "计划", "目标")


@dataclass(frozen=True, slots=True)
class Left:
    """What stands before a number.

    owner: who it belongs to, if named. base: the indicator's own words. relation: level, growth, share or
    gap; own: the words of the relation (增长, 占全国, 高于全省), at own_start. begin: where the quote may
    begin.
    """

    owner: Phrase | None
    base: tuple[int, int] | None
    relation: str
    own: str
    own_start: int
    begin: int
    falls: bool = False


def look_left(reading: Reading, cursor: int, number: Number) -> Left:
    """Split [cursor, number) into owner, base and relation."""
    text = reading.text
    relation, own, own_start = _relation(text, cursor, number)
    end = rstrip(text, cursor, own_start)
    if relation == "growth":
        end = rstrip(text, cursor, _without_plan(text, cursor, end))
    end = _before_time(reading, cursor, end)
    for cut in _SCALED.finditer(text, cursor, end):
        cursor = cut.end()  # 用户突破3500万、月访问量: a number without a unit ends what is before it
    owner, begin = leading(reading, cursor, end)
    begin = lskip(reading, begin, end)
    base = (begin, end) if begin < end else None
    falls = relation == "growth" and bool(_FALLS.search(own))
    return Left(owner, base, relation, own, own_start, skip(reading, cursor, number.start), falls)


def _relation(text: str, cursor: int, number: Number) -> tuple[str, str, int]:
    """The relation, its words, and where they begin."""
    segment = text[cursor : number.start]
    rate = number.family in ("share", "points", "ratio")
    if not rate and not _CHANGE.search(segment):
        return "level", "", number.start
    if number.family in ("points", "share") and (than := _THAN.search(segment)):
        return "gap", f"{than['how']}于{than['of']}", cursor + than.start()
    if number.family in ("points", "share") and (gap := _GAP.search(segment)):
        return "gap", gap["gap"], cursor + gap.start()
    growth = _GROWTH.search(segment)
    if growth and not growth["to"] and rate:
        return "growth", growth["verb"], cursor + growth.start()
    if number.family in ("share", "ratio") and (share := _SHARE.search(segment)):
        return "share", f"占{share['of']}", cursor + share.start()
    if number.family == "share" and (whole := _OF_WHOLE.search(segment)):
        return "share", f"占{whole['of']}", cursor + whole.start()
    return "level", "", number.start


def lskip(reading: Reading, start: int, end: int) -> int:
    """Past adverbs and time words, keeping the words of the indicator."""
    text = reading.text
    while start < end:
        times = reading.times_in(start, end)
        if times and (times[-1].start == start or times[0].start == start):
            start = times[0].end if times[0].start == start else times[-1].end
            continue
        match = _LIGHT.match(text, start, end)
        if match is None or text.startswith(_KEPT, start, end):
            return start
        at = match.end()
        for kept in _KEPT:
            found = text.find(kept, start, min(end, at + len(kept)))
            if start <= found < at:
                at = found
        if at == start:
            return start
        start = at
    return start


def rstrip(text: str, start: int, end: int) -> int:
    """Before the copulas and bounds that link an indicator with its value."""
    while end > start:
        match = _COPULA.search(text, max(start, end - _LONGEST_TAIL), end)
        if match is None or match.start() == end:
            return end
        end = match.start()
    return end


def clean(reading: Reading, start: int, end: int) -> str:
    """The words of an indicator without the time words and adverbs inside."""
    parts, at = [], start
    for time in reading.times_in(start, end):
        parts.append(reading.raw(at, time.start))
        at = time.end
    parts.append(reading.raw(at, end))
    words_of = re.sub(r"(?<=..)(?:了|分别|依次)|\s", "", "".join(parts)).strip("的、,，")
    return _EXAMPLES.sub(r"\g<verb>", words_of) if "等" in words_of else words_of


def _before_time(reading: Reading, start: int, end: int) -> int:
    """GDP由2020年的 → GDP: a time word between the indicator and the value, and what leads to it."""
    times = reading.times_in(start, end)
    if times and times[-1].end == end:
        end = times[-1].start
        if reading.text[end] in "到至" and (moved := _MOVING.search(reading.text, start, end)):
            end = moved.start()  # 增加到2024年的
    end = rstrip(reading.text, start, end)
    while end > start and reading.text[end - 1] in "由从自":
        end -= 1
    return end


def _without_plan(text: str, start: int, end: int) -> int:
    for word in _PLANS:
        if text.endswith(word, start, end):
            return end - len(word)
    return end
