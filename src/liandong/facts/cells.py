"""Cells: the facts of tables whose heads name the unit.

The row's label is whose figure it is where the head of its column says so (地区, 园区, 企业) or where it is a
place; else it is part of the indicator: 电力装备 under 产值 → 电力装备产值, under 同比增长 → 电力装备增速.
"""

from __future__ import annotations

import re

from liandong.facts.building import Draft, governing
from liandong.facts.clauses import Clause, Sentence
from liandong.facts.emission import emit
from liandong.facts.fact import Ground
from liandong.facts.leftward import Left
from liandong.facts.periods import Period
from liandong.facts.subjects import Phrase, home, sort_of
from liandong.facts.tables import Entry

_OWNERS = re.compile(r"地区|县|市|区|州|镇|园|企业|公司|单位|名称|集群|主体")
_PLAIN = re.compile(
    r"(?:数值|数据|指标值|完成|完成值|绝对[量值额]|总量|本期|本月|累计|实绩|合计|当年|全年)?\Z"
)
_GROWTH = re.compile(r"(?:比上年|同比|较上年)?(?:增长|增速|增幅|增减|±)?\Z")
_SHARE = re.compile(r"占比|比重|份额")


def cell_facts(draft: Draft, sentence: Sentence) -> None:
    """Add the facts of the cells in a line that is a row of a table."""
    for entry in draft.reading.entries_in(sentence.start, sentence.end):
        clause = next(
            (c for c in sentence.clauses if c.start <= entry.number.start and entry.number.end <= c.end), None
        )
        if clause:
            _add(draft, sentence, clause, entry)


def _add(draft: Draft, sentence: Sentence, clause: Clause, entry: Entry) -> None:
    reading = draft.reading
    label, head = reading.raw(*entry.label), _words(draft, entry)
    named = reading.places_in(*entry.label)
    place = bool(named) and (named[0].start, named[-1].end) == entry.label
    if place:
        owner: Phrase | None = Phrase(named[-1].short, *entry.label, "stated", "place")
    elif _OWNERS.search(entry.over):
        owner = Phrase(label, *entry.label, "stated", sort_of(label))
    else:
        owner = home(reading)
    whole = place or _OWNERS.search(entry.over)
    rate = bool(head) and (_GROWTH.fullmatch(head) or _SHARE.fullmatch(head))
    if whole:
        name = f"{_measure(draft, entry)}{'增速' if _GROWTH.fullmatch(head) else head}" if rate else head
    elif _PLAIN.fullmatch(head):
        name = label
    elif head and _GROWTH.fullmatch(head):
        name = f"{label}{_measure(draft, entry)}增速"
    else:
        name = f"{label}{_measure(draft, entry) if rate else ''}{head}"
    if not name or owner is None:
        return
    begin = entry.before[0] if rate and _measure(draft, entry) else entry.head[0]
    ground = (begin, entry.head[1]) if entry.head[1] > entry.head[0] else entry.label
    left = Left(None, None, "level", "", entry.number.start, entry.label[0])
    indicator = Phrase(name, *ground, "carried")
    period = _period(draft, sentence, clause, entry)
    emit(draft, sentence, clause, entry.number, left, indicator, owner=owner, period=period)


def _measure(draft: Draft, entry: Entry) -> str:
    """What a growth or a share is of: the head to its left, if it says more than 完成."""
    words_of = draft.reading.raw(*entry.before)
    return "" if _PLAIN.fullmatch(words_of) else words_of


def _words(draft: Draft, entry: Entry) -> str:
    """The head without its time word: 2024年产值 → 产值."""
    reading = draft.reading
    times = reading.times_in(*entry.head)
    start = times[0].end if times and times[0].start == entry.head[0] else entry.head[0]
    return reading.raw(start, entry.head[1]).strip()


def _period(draft: Draft, sentence: Sentence, clause: Clause, entry: Entry) -> Period | None:
    """The time of the column, of the row, or of the line above the table."""
    reading = draft.reading
    if times := reading.times_in(*entry.head):
        return times[0].period, Ground("carried", times[0].start, times[0].end)
    if own := governing(reading, sentence, clause, entry.number.start):
        return own
    if times := reading.times_in(entry.title, entry.head[0]):
        return times[0].period, Ground("carried", times[0].start, times[0].end)
    return None
