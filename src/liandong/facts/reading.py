"""A page read once: sentences, numbers, times, places and plan words, each with its place.

Everything that a fact's fields are taken from is looked up here, by the rules and by the gate alike: the
period that governs an offset, the modality that the clause's words give, the place the page speaks for.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TypeVar

from liandong.documents import Page, fold
from liandong.facts.clauses import Clause, Sentence, sentences
from liandong.facts.dates import Calendar, Time
from liandong.facts.fact import Ground
from liandong.facts.lexicon import any_of, words
from liandong.facts.numbers import Number, numbers
from liandong.facts.places import Place, code_of, default_place, places
from liandong.facts.ranks import orders
from liandong.facts.sections import Section, sections
from liandong.facts.tables import Entry, entries

_T = TypeVar("_T", Number, Time, Place)
_W = words("words")
_PLAN = re.compile(
    rf"(?P<g>{any_of(_W['plan_governing'])}|(?<![一-鿿“”])计划(?!实施[^,]{{0,4}}来|单列|生育|内|外)|(?<!”)计划(?!实施[^,。]{{0,4}}来)(?={any_of(_W['plan_verbs'])}))"
    rf"|(?P<l>(?<!即)将(?=共|于|在|建|打造|投|达|实现|新|形成|力|突破|增|到|继续|进一步|持续|全|成为|有|为|再|陆续|开|设|启|落|出资|募|撬|培|引|推|加|完成|布局|组建|超|带动|支持|提供|年)|(?<=[一二三四五六七八九十\d])年内(?!已)|约定|合作意向|意向(?=书|协议))"
    rf"|(?P<y>到(?:20\d\d)年)"
)
_ACTUAL = re.compile(r"已(?!有[一-鿿]{0,4}将)|现有|目前|截至|现已")
_SPRING = 3  # the last month in which reports look back at the year before
_NAME = 30  # a quotation of this length is a name
_NAMES = 40  # how many of the last names an anaphor may mean
# in what was done these are no plans: 争取中央资金12亿元, 优于考核目标14.6个百分点
_DONE_TOO = ("争取", "目标", "谋划", "确保", "展望", "拟")
_MEANT = ("寿命", "性指标", "偏弱", "管理", "引导")
_ESTIMATES = ("预计", "预期", "有望")  # of their own half of the sentence
_PARKS = ("开发区", "高新区", "经开区", "新区")
_ANAPHOR_ENDS = {
    "开发区": ("开发区", "经开区", "高新区"),
    "开发区内": _PARKS,
    "高新区内": _PARKS,
    "经开区内": ("经开区", "开发区"),
    "新区内": ("新区",),
    "集群内": ("集群",),
    "港": ("港", "港区"),
    "经开区": ("经开区", "经济技术开发区", "经济开发区"),
    "高新区": ("高新区", "高新技术产业开发区", "高新技术开发区"),
    "企业": ("公司", "集团", "科技", "股份", "企业"),
    "公司": ("公司", "集团", "科技", "股份"),
    "校": ("大学", "学院"),
    "院": ("研究院", "学院", "研究所"),
    "区内": ("区", "园"),
    "园内": ("园",),
    "园区内": ("园", "区"),
    "园区": ("产业园", "园区", "科技园", "工业园", "开发区", "高新区", "合作园", "园"),
    "园": ("园",),
}


@dataclass(slots=True)
class Reading:
    """What a page says where. Offsets are those of `page.raw`; `text` is its folded side copy."""

    page: Page
    text: str
    sentences: list[Sentence]
    numbers: list[Number]
    times: list[Time]
    places: list[Place]
    calendar: Calendar
    home: str | None
    code: str
    names: list[tuple[int, int]] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    _plans: list[tuple[int, int, str]] = field(default_factory=list)
    skipped: dict[tuple[int, int], int] = field(default_factory=dict)  # what `subjects.skip` found
    _starts: tuple[list[int], list[int], list[int]] = field(init=False)

    def __post_init__(self) -> None:
        found: tuple[list[Number], list[Time], list[Place]] = (self.numbers, self.times, self.places)
        numbers, times, places_ = ([item.start for item in items] for items in found)
        self._starts = (numbers, times, places_)

    def numbers_in(self, start: int, end: int) -> list[Number]:
        """The numbers whose span lies in [start, end)."""
        return _within(self.numbers, self._starts[0], start, end)

    def times_in(self, start: int, end: int) -> list[Time]:
        """The time words in [start, end)."""
        return _within(self.times, self._starts[1], start, end)

    def places_in(self, start: int, end: int) -> list[Place]:
        """The divisions named in [start, end)."""
        return _within(self.places, self._starts[2], start, end)

    def entries_in(self, start: int, end: int) -> list[Entry]:
        """The numbers of a table in [start, end) whose unit stands in its head."""
        at = bisect_left(self.entries, start, key=lambda entry: entry.number.start)
        stop = bisect_left(self.entries, end, at, key=lambda entry: entry.number.start)
        return self.entries[at:stop]

    def raw(self, start: int, end: int) -> str:
        """The page's own characters."""
        return self.page.raw[start:end]

    def last_named(self, word: str, offset: int) -> tuple[int, int] | None:
        """The last name before the offset that ends as an anaphor does: 园区 → …产业园, 基金 → …基金."""
        bare = word.removeprefix("该").removeprefix("这一").removeprefix("全")
        ends = _ANAPHOR_ENDS.get(bare, (bare,))
        recent = reversed(self.names[-_NAMES:])
        return next(((a, b) for a, b in recent if b <= offset and self.text.endswith(ends, a, b)), None)

    def times_before(self, offset: int, start: int = 0) -> Iterator[Time]:
        """The time words that end by the offset, the last first, back to `start`."""
        at = bisect_right(self.times, offset, key=lambda time: time.end) - 1
        while at >= 0 and self.times[at].start >= start:
            yield self.times[at]
            at -= 1

    def paragraph_start(self, sentence: Sentence) -> int:
        """Where the line of the sentence begins."""
        return self.text.rfind("\n", 0, sentence.start) + 1

    def section(self, offset: int) -> tuple[Time | None, bool | None]:
        """The time word of the headings above, and whether they speak of plans (None: unsaid)."""
        at = bisect_right(self.sections, offset, key=lambda section: section.start) - 1
        return (self.sections[at].period, self.sections[at].plan) if at >= 0 else (None, None)

    def section_start(self, offset: int) -> int:
        """Where the section of the offset begins; 0 without headings above."""
        at = bisect_right(self.sections, offset, key=lambda section: section.start) - 1
        return self.sections[at].start if at >= 0 else 0

    def modality(self, sentence: Sentence, clause: Clause, offset: int) -> str:
        """`planned` if the words before the offset say so: in its clause, or from an earlier one."""
        if self.section(offset)[1]:
            return "planned"
        state = guessed = False
        for other in sentence.clauses:
            if other.start > clause.start:
                break
            own = other.start == clause.start
            stop = offset if own else other.end
            plans = self._plans_in(other.start, stop)
            if own:
                if plans:
                    return "planned"
                return "planned" if state and not _ACTUAL.search(self.text, other.start, stop) else "actual"
            if any(how != "l" for _, _, how in plans):
                state = True
                guessed = all(self.text.startswith(_ESTIMATES, at) for at, _, how in plans if how != "l")
            elif _ACTUAL.search(self.text, other.start, stop):
                state = False
            if other.mark == ";" and guessed:
                state = False
        return "planned" if state else "actual"

    def _plans_in(self, start: int, end: int) -> list[tuple[int, int, str]]:
        at = bisect_left(self._plans, (start, 0, ""))
        out = []
        while at < len(self._plans) and self._plans[at][0] < end:
            out.append(self._plans[at])
            at += 1
        return out


def read_page(page: Page) -> Reading:
    """The reading of a page; linear in its length."""
    text = fold(page.raw)
    calendar = Calendar(page.published, text)
    found = sentences(text, page.body)
    times: list[Time] = []
    values: list[Number] = []
    named: list[Place] = []
    cells: list[Entry] = []
    for kept in page.body:
        times += calendar.times(text, kept.start, kept.end)
        cells += entries(text, kept.start, kept.end)
        values += [*numbers(text, kept.start, kept.end), *orders(text, kept.start, kept.end)]
        named += places(text, kept.start, kept.end, within=code_of(page.region))
    values += [entry.number for entry in cells]
    values = _clear(sorted(values, key=lambda n: (n.start, -n.end)), times)
    reading = Reading(
        page, text, found, values, times, named, calendar, default_place(page.region), code_of(page.region)
    )
    reading.entries = cells
    reading.sections = sections(text, found, reading.times_in)
    reading.times = [_reviewed(reading, time) for time in reading.times]
    reading._plans = _plans(reading)
    return reading


def _reviewed(reading: Reading, time: Time) -> Time:
    """全年 in the review of a report of January to March is the year before."""
    day = reading.calendar.published
    if day is None or day.month > _SPRING or time.period != str(day.year):
        return time
    if reading.text[time.start : time.end] != "全年" or reading.section(time.start)[1] is not False:
        return time
    return replace(time, period=str(day.year - 1))


def _plans(reading: Reading) -> list[tuple[int, int, str]]:
    out = []
    year = reading.calendar.published.year if reading.calendar.published else None
    for kept in reading.page.body:
        for match in _PLAN.finditer(reading.text, kept.start, kept.end):
            how = match.lastgroup or "g"
            if match[0] in ("预期", "目标") and reading.text[match.start() - 1] in "稳好超会场理于":
                continue  # 稳预期, 好于预期
            if match[0] == "预期" and reading.text.startswith(_MEANT, match.end()):
                continue  # 人均预期寿命
            if match[0] in _DONE_TOO and reading.section(match.start())[1] is False:
                continue
            if how == "y" and (year is None or int(match[0][1:5]) < year):
                continue
            opened = reading.text.rfind("“", max(kept.start, match.start() - 20), match.start())
            if opened > reading.text.rfind("”", max(kept.start, match.start() - 20), match.start()) and (
                0 <= reading.text.find("”", match.end()) - opened <= _NAME
            ):
                continue  # a plan's name; a longer quotation is speech
            out.append((match.start(), match.end(), how))
    return out


def _clear(found: list[Number], times: list[Time]) -> list[Number]:
    """Numbers that are no part of a time word, disjoint."""
    out: list[Number] = []
    at = 0
    for number in found:
        while at < len(times) and times[at].end <= number.start:
            at += 1
        if at < len(times) and times[at].start < number.end:
            continue
        if out and number.start < out[-1].end:
            continue
        out.append(number)
    return out


def _within(items: list[_T], starts: list[int], start: int, end: int) -> list[_T]:
    at = bisect_left(starts, start)
    stop = bisect_left(starts, end, at)
    while stop > at and items[stop - 1].end > end:
        stop -= 1
    return items[at:stop]


def ground(how: str, start: int | None = None, end: int | None = None) -> Ground:
    """A Ground, shorter to write."""
    return Ground(how, start, end)
