"""Sections: what the headings above a sentence give to it: a period, and whether it speaks of plans.

Headings stand in levels: 一、 > (一) > 1. > (1). A lower heading inherits what the higher one gives, an
equal or higher one replaces it. A heading that looks both ways (“十四五”成就和“十五五”目标) gives nothing;
there the start of a paragraph decides (过去五年, 今后五年).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from liandong.facts.clauses import Sentence
from liandong.facts.dates import Time

_MARKS = (
    re.compile(r"第[一二三四五六七八九十]+(?:部分|章)|[一二三四五六七八九十]{1,3}[、.](?!\d)"),
    re.compile(r"\([一二三四五六七八九十]{1,3}\)"),
    re.compile(r"\d{1,2}[.、](?!\d)"),
    re.compile(r"\(?\d{1,2}\)|[①-⑳]"),
)
_PLANNED = re.compile(
    r"目标|任务|打算|安排|工作部署|(?:重点|主要)工作(?!回顾|总结|和|及)|展望|行动计划|实施方案|规划|计划\(|思路"
    r"|民生实事|下一步|关于20\d\d年工作|(?:主要|重要)(?:考虑|要求|举措)|重大举措"
)
_PAST = re.compile(r"回顾|总结|成就|成绩|成效|进展|取得|完成情况|过去|历程")
_AHEAD = re.compile(r"下一步|今后|打算|展望|“十五五”|未来")
# an order to act: behind a section of plans it goes on with them
_ACTING = re.compile(
    r"(?:全面|全力|加强|加快|努力|奋力|坚决|坚定|坚持|深入|切实|扎实|着力|大力|持续|推进|推动|提升)"
)
_TURNED_BACK = re.compile(
    r"(?:这|过去|近|刚刚过去的)(?:的)?[五5]年|[五5]年来|回顾(?:过去|“|这|20)|(?:这|过去的?)一年|(?:在)?“十四五”(?:时期|期间|以来)?,?(?:是|我们|全[省市区])"
)
_TURNED_AHEAD = re.compile(
    r"(?:今后|未来|下)(?:的)?[五5]年|(?:.{0,12})?“十五五”(?:时期|期间|发展)|展望20|到20[3-9]\d年|综合考虑"
)
_LONGEST = 60
_LONGEST_INLINE = 20


@dataclass(frozen=True, slots=True)
class Section:
    """From `start` on: the time word and the modality that headings give; plan is None if they give none."""

    start: int
    period: Time | None
    plan: bool | None


@dataclass(slots=True)
class _Level:
    level: float
    period: Time | None
    plan: bool | None
    open: bool = False  # looks both ways


def sections(
    text: str, sentences: list[Sentence], times_in: Callable[[int, int], list[Time]]
) -> list[Section]:
    """The sections of a folded text, in order; linear in its length."""
    stack: list[_Level] = []
    out: list[Section] = []
    paragraph = -1
    for sentence in sentences:
        first = sentence.paragraph != paragraph
        paragraph = sentence.paragraph
        if not first:
            continue
        found = _heading(text, sentence, times_in) or _turn(text, sentence, stack)
        if found is None:
            continue
        before = next((one for one in stack if one.level <= 1), None)
        stack = [one for one in stack if one.level < found.level]
        above = stack[-1] if stack else None
        found = _inherited(text, sentence, found, above, before)
        stack.append(found)
        out.append(Section(sentence.start, found.period, found.plan))
    return out


def _heading(text: str, sentence: Sentence, times_in: Callable[[int, int], list[Time]]) -> _Level | None:
    """The heading that a paragraph begins with: its level and what its own words give."""
    size = sentence.end - sentence.start
    level = next((i for i, m in enumerate(_MARKS, 1) if m.match(text, sentence.start, sentence.end)), 0)
    times = [t for t in times_in(sentence.start, sentence.end) if t.how in ("span", "target")]
    spans = {t.period for t in times}
    period = times[0] if len(spans) == 1 else None
    if sentence.heading:
        if not level and not times and not re.search("民生实事", text[sentence.start : sentence.end]):
            return None
    elif not level or size > _LONGEST:
        return None
    elif size > _LONGEST_INLINE or level > 2:
        return _Level(level, None, None)  # the first sentence of a paragraph: only its place counts
    words_of = text[sentence.start : sentence.end]
    planned, past = bool(_PLANNED.search(words_of)), bool(_PAST.search(words_of))
    if planned and past:
        return _Level(level, None, None, open=True)
    return _Level(level, period, True if planned else False if past else None)


def _turn(text: str, sentence: Sentence, stack: list[_Level]) -> _Level | None:
    """Under a heading that looks both ways, or none, a paragraph may say which way it looks."""
    if not any(one.open for one in stack):
        return None
    if _TURNED_BACK.match(text, sentence.start, sentence.end):
        return _Level(1.5, None, False)
    if _TURNED_AHEAD.match(text, sentence.start, sentence.end):
        return _Level(1.5, None, True)
    return None


def _inherited(
    text: str, sentence: Sentence, found: _Level, above: _Level | None, before: _Level | None
) -> _Level:
    """The heading with what the one above it gives."""
    words_of = text[sentence.start : sentence.end]
    if above is None or above.level < 1 <= found.level <= 1:
        goes_on = found.plan is None and not found.open and before is not None and before.plan is True
        body = _MARKS[0].sub("", words_of, count=1)
        return replace(found, plan=True) if goes_on and _ACTING.match(body) else found
    plan = above.plan if found.plan is None else found.plan
    if (
        above.plan is not None
        and found.plan is not above.plan
        and not (_AHEAD.search(words_of) and found.plan)
    ):
        plan = above.plan  # 落实战略任务 among what was done, 取得新进展 among what is aimed at
    return replace(found, period=found.period or above.period, plan=plan)
