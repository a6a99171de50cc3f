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
# “十五五”时期是…, 今年是…开局之年: under a heading that says nothing, what follows is planned
_SETS_OUT = re.compile(
    r"(?:各位代表[!,:]?)?(?:“十[五六]五”时期(?:是|,)|(?:今年|20\d\d年)是“十[五六]五”开局之年|做好(?:今年|20\d\d年)(?:的)?(?:各项)?工作)"
)
_OPENING = r"(?:——|各位代表[!,:]?)?"
_FIVE_YEARS = re.compile(
    rf"{_OPENING}(?:(?:经过|回顾|回首|回望)?(?:(?:这|过去|近|刚刚过去的)(?:的)?[五5]年|[五5]年来"
    r"|(?:在)?“十四五”(?:时期|期间|以来|发展)?,?(?:是|我们|全[省市区]|我省))|这是[^,;。]{2,30}的[五5]年|回顾(?:过去|“))"
)
_ONE_YEAR = re.compile(rf"{_OPENING}(?:回顾)?(?:这|过去的?)?一年(?:来|中|里)?")
# 2025年是“十四五”收官之年: the first paragraph of a review says the year of all that follows
_LED = re.compile(
    rf"{_OPENING}(?:刚刚过去的|回顾)?(?:20\d\d年|过去的?一年)(?=,|是|的|(?:主要|各项)?目标|[^,;。]{{0,16}}不(?:平凡|寻常))"
)
# 2025年目标的完成,标志着“十四五”收官。五年来: the year only closes the five
_ROUNDED_OFF = re.compile(r"五年来|(?:过去|的|这|近)[五5]年|完成,标志着“十四五”")
_TURNED_AHEAD = re.compile(
    r"(?:今后|未来|下)(?:的)?[五5]年|(?:.{0,12})?“十五五”(?:时期|期间|发展)|展望20|到20[3-9]\d年|综合考虑"
)
_LEAD = 220  # how far the opening words of a paragraph reach
_TURN = 1.5  # between 一、 and (一)
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
    unset: bool = False  # of several years: the year of the heading is not meant


def sections(
    text: str, sentences: list[Sentence], times_in: Callable[[int, int], list[Time]]
) -> list[Section]:
    """The sections of a folded text, in order; linear in its length."""
    stack: list[_Level] = []
    out: list[Section] = []
    paragraph = -1
    led: Time | None = None
    for sentence in sentences:
        first = sentence.paragraph != paragraph
        paragraph = sentence.paragraph
        if not first:
            continue
        found = _heading(text, sentence, times_in) or _turn(text, sentence, stack, times_in, led)
        if found is None:
            continue
        led = found.period if found.level == _TURN and not found.unset else led if found.level > 1 else None
        before = next((one for one in reversed(stack) if one.level <= 1), None)
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


def _turn(
    text: str,
    sentence: Sentence,
    stack: list[_Level],
    times_in: Callable[[int, int], list[Time]],
    led: Time | None,
) -> _Level | None:
    """Under the heading of a review, or one that looks both ways, a paragraph may say of which years."""
    both = any(one.open for one in stack)
    top = next((one for one in reversed(stack) if one.level <= 1), None)
    line = text.find("\n", sentence.start)
    end = min(line if line >= 0 else len(text), sentence.start + _LEAD)
    if (
        top
        and top.level == 1
        and top.plan is None
        and not both
        and _SETS_OUT.match(text, sentence.start, end)
    ):
        year = next(
            (t for t in times_in(sentence.start, end) if re.fullmatch(r"\d{4}", t.period or "")), None
        )
        return _Level(_TURN, year, True)
    if not both and (top is None or top.plan is not False):
        return None
    led_here = _LED.match(text, sentence.start, end)
    if _FIVE_YEARS.match(text, sentence.start, end) or (
        led_here and _ROUNDED_OFF.search(text, led_here.end(), end)
    ):
        return _Level(_TURN, None, False, unset=True)
    if led_here:
        year = next(iter(times_in(sentence.start, end)), None)
        if year and year.how == "span" and re.fullmatch(r"\d{4}", year.period or ""):
            return _Level(_TURN, year, False)
    if _ONE_YEAR.match(text, sentence.start, sentence.end) and (both or led):
        return _Level(_TURN, led, False)
    if both and _TURNED_AHEAD.match(text, sentence.start, sentence.end):
        return _Level(_TURN, None, True)
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
    whole = above.period and re.fullmatch(r"\d{4}", above.period.period or "")
    period = None if found.unset and whole else found.period or above.period
    return replace(found, period=period, plan=plan)
