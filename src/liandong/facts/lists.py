"""Lists: A、B和C, their members and the tail that they share.

第一、第二、第三产业增加值 → 第一产业增加值, 第二产业增加值, 第三产业增加值
晋江市、南安市、惠安县的“小巨人”企业 → three places, tail “小巨人”企业
固定资产投资、社会消费品零售总额 → two indicators, no tail
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from liandong.facts.lexicon import any_of, words

_METRICS = words("metrics")
_TAIL = re.compile(rf"(?<=[^、和与及])(?:领域|行业|方面|类)?(?P<head>{any_of(_METRICS['heads'])})\Z")
_WHOLE = frozenset(_METRICS["whole"])
_HEADS = tuple(_METRICS["heads"])
_FIELD = re.compile(r"(?<=..)(?:领域|行业)")
_MODIFIER = re.compile(
    r"第[一二三四五]|[一二三四]类|国家级|省级|市级|县级|城镇|农村|[东中西]部|出口|进口|国内|国际|[一二三四]期|[高中低]端|本科|硕士|博士|顶尖|领军|[A-F]类"
)
_LETTER = re.compile(r"[A-Z]")
_MODIFIER_END = re.compile(rf"(?:{_MODIFIER.pattern})\Z")
_COUNTED = re.compile(
    r"(?<=..)(?:[两二三四五六七八九]|\d+)(?:家|个|大|项|所|条|地)(?:企业|产业|园区|行业|城市|领域|市场|基地|集群|板块|片区|品牌|公司|高校|港区|机场|产业链|县区)?"
)
_JOIN = re.compile(r"以及|和|及|与|暨")
_OPEN, _SHUT = "(“‘《「【", ")”’》」】"
_MARKS = re.compile(r"[、,(“‘《「【)”’》」】]")


@dataclass(frozen=True, slots=True)
class Coordination:
    """Members of a list and their shared tail, as spans of the text; tail is None where nothing is shared."""

    items: tuple[tuple[int, int], ...]
    tail: tuple[int, int] | None

    @property
    def start(self) -> int:
        """Where the list begins."""
        return self.items[0][0]

    @property
    def end(self) -> int:
        """Where the list ends, with its tail."""
        return max(self.items[-1][1], self.tail[1] if self.tail else 0)

    def text(self, source: str, index: int) -> str:
        """A member with the tail."""
        a, b = self.items[index]
        return source[a:b] + (source[self.tail[0] : self.tail[1]] if self.tail else "")


def split(text: str, start: int, end: int, *, joins: bool = True) -> list[tuple[int, int]]:
    """The members between 、 (and, in the last member, 和 及 与), outside brackets and quotations."""
    cuts = _cuts(text, start, end)
    spans, at = [], start
    for cut in [*cuts, end]:
        if cut > at:
            spans.append((at, cut))
        at = cut + 1
    if joins and spans:
        a, b = spans[-1]
        if match := _join(text, a, b):
            spans[-1:] = [(a, match[0]), (match[1], b)]
        spans = [
            (s + (2 if text.startswith("以及", s) else 1 if i and text[s] in "和及与" else 0), e)
            for i, (s, e) in enumerate(spans)
        ]
    return [span for span in spans if span[0] < span[1]]


def coordination(text: str, start: int, end: int, count: int) -> Coordination | None:
    """The list of exactly `count` members in [start, end), or None."""
    for joins in (False, True):
        spans = split(text, start, end, joins=joins)
        if len(spans) == count:
            return _with_tail(text, spans)
    return None


def _with_tail(text: str, spans: list[tuple[int, int]]) -> Coordination:
    a, b = spans[-1]
    last = text[a:b]
    cut: int | None = None
    if _LETTER.match(last) and all(_LETTER.fullmatch(text[s:e]) for s, e in spans[:-1]):
        return (
            Coordination((*spans[:-1], (a, a + 1)), (a + 1, b))
            if b > a + 1
            else Coordination(tuple(spans), None)
        )
    modifier = _MODIFIER.match(last)
    if (
        modifier
        and all(_MODIFIER_END.search(text[s:e]) for s, e in spans[:-1])
        and modifier.end() < len(last)
    ):
        cut = modifier.end()
    elif counted := _COUNTED.search(last):
        tail = (a + counted.end(), b) if counted.end() < len(last) else None
        return Coordination((*spans[:-1], (a, a + counted.start())), tail)
    elif 0 < last.find("的") < len(last) - 1:
        at = last.find("的")
        return Coordination((*spans[:-1], (a, a + at)), (a + at + 1, b))
    elif (match := _FIELD.search(last)) and match.end() < len(last):
        cut = match.start()
    elif last not in _WHOLE and not text[spans[0][0] : spans[0][1]].endswith(_HEADS):
        match = _TAIL.search(last)
        cut = match.start() if match and match.start() >= 2 else None
    if cut is None:
        return Coordination(tuple(spans), None)
    return Coordination((*spans[:-1], (a, a + cut)), (a + cut, b))


def _join(text: str, start: int, end: int) -> tuple[int, int] | None:
    for match in _JOIN.finditer(text, start + 2, end - 1):
        if not _depth(text, start, match.start()):
            return match.span()
    return None


def _cuts(text: str, start: int, end: int) -> list[int]:
    """Offsets of 、 and , that are in no bracket or quotation."""
    depth, found = 0, []
    for match in _MARKS.finditer(text, start, end):
        mark = match[0]
        if mark in _OPEN:
            depth += 1
        elif mark in _SHUT:
            depth = max(0, depth - 1)
        elif not depth:
            found.append(match.start())
    return found


def _depth(text: str, start: int, end: int) -> int:
    depth = 0
    for match in _MARKS.finditer(text, start, end):
        depth = depth + 1 if match[0] in _OPEN else max(0, depth - 1) if match[0] in _SHUT else depth
    return depth
