"""Periods: which time word governs a number."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from liandong.facts.building import Draft, governing
from liandong.facts.clauses import Clause, Sentence
from liandong.facts.dates import Time
from liandong.facts.fact import Ground, Kind
from liandong.facts.lexicon import any_of, words
from liandong.facts.reading import Reading
from liandong.facts.subjects import Phrase

Period = tuple[str | None, Ground]

_FLOWS = re.compile(any_of(words("metrics")["flows"]))
_SIGNED = re.compile(r"签约|集中开工|投资|投入|引资|协议|合同|金额|意向")
_SINGLE = re.compile(r"(?:计划|概算|总)投资(?:额)?$|^投资(?:额)?$|投资方")  # of one project: no flow
_YEARS = re.compile(r"[一二三四五六七八九十\d]年来?\Z")
_FARTHEST = 60  # time words back that a reporting period is looked for
_RESUME = re.compile(r"至此|从[一-鿿]{1,6}看|[一-鿿]{2,8}中,|按[一-鿿]{1,6}分|分[一-鿿]{1,6}看|其中|[三两]地")


def period_of(
    draft: Draft,
    sentence: Sentence,
    clause: Clause,
    offset: int,
    kind: Kind,
    indicator: Phrase,
    modality: str,
) -> Period:
    """The period of a number, by the conventions of its kind; (None, default) if nothing governs it."""
    reading, state = draft.reading, draft.state
    found = governing(reading, sentence, clause, offset)
    if found and kind in (Kind.FUND, Kind.CARRIER) and modality == "actual":
        own = governing(reading, sentence, clause, offset, own=True)
        lasting = ("cutoff", "now") if kind is Kind.FUND else ("cutoff", "now", "span")
        cut = any(t.how in lasting for t in reading.times_in(sentence.start, offset))
        found = found if own or cut else None
    if found:
        return found
    section, planned = reading.section(offset)
    if section and _opened(reading, sentence):
        section = None
    if (planned or modality == "planned") and (target := _target(draft, sentence)):
        return target
    if section:
        return section.period, Ground("carried", section.start, section.end)
    if kind is Kind.PROJECT and state.event_date and state.event_ground and _SIGNED.search(indicator.text):
        return state.event_date, replace(state.event_ground, how="carried")
    reported = kind in (Kind.INDICATOR, Kind.RANK) or (
        kind is Kind.PROJECT and not _SINGLE.search(indicator.text)
    )
    if reported and (held := _reporting(draft, sentence, indicator)):
        return held
    return None, Ground("default")


def _opened(reading: Reading, sentence: Sentence) -> bool:
    """五年来 in an earlier sentence of the paragraph: the year of the heading is not meant."""
    earlier = reading.times_before(sentence.start, reading.paragraph_start(sentence))
    return any(time.how == "none" and _YEARS.search(reading.text, time.start, time.end) for time in earlier)


def _is_span(time: Time) -> bool:
    """Whether a time word is a reporting period of months."""
    return time.how == "span" and bool(time.period and re.fullmatch(r"\d{4}-\d\d/\d{4}-\d\d", time.period))


def _leads(reading: Reading, time: Time) -> bool:
    """Whether the period stands at the head of its paragraph, or in the page's first lines."""
    start = reading.text.rfind("\n", 0, time.start) + 1
    return not re.search("[。;,]", reading.text[start : time.start])


def _target(draft: Draft, sentence: Sentence) -> Period | None:
    """到2027年 of an earlier sentence of the paragraph holds for the targets that follow."""
    reading = draft.reading
    for time in reading.times_before(sentence.start, reading.paragraph_start(sentence)):
        if time.how == "target":
            return time.period, Ground("carried", time.start, time.end)
    return None


def _reporting(draft: Draft, sentence: Sentence, indicator: Phrase) -> Period | None:
    """The reporting period named earlier, for flows; a cut-off date, for the break-downs that follow it."""
    reading = draft.reading
    resumes = bool(_RESUME.match(reading.text, sentence.start, sentence.end))
    flow = bool(_FLOWS.search(indicator.text))
    so_far = reading.text.startswith(("至此", "其中"), sentence.start)
    if not flow and not resumes:
        return None
    lead = next((time for time in reading.times if _is_span(time)), None)
    at = reading.section_start(sentence.start)
    for time in islice(reading.times_before(sentence.start), _FARTHEST):
        if time.start < at:
            break  # a report's other section speaks of other times
        if flow and _is_span(time) and (time is lead or _leads(reading, time)):
            return time.period, Ground("carried", time.start, time.end)
        if resumes and (time.how in ("cutoff", "span", "since") or (so_far and time.how == "date")):
            return time.period, Ground("carried", time.start, time.end)
    return None
