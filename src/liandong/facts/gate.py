"""The gate: a fact is admitted only if the page's own characters make it (design §2).

    (a) the quote stands at its offsets, inside the body        (d) value_text stands in the quote
    (b) the value span, read again, gives value and unit        (e) the clause's words give the modality
    (c) every field re-derives from its own span, and the grammar binds them together as the fact does

(a), (b), (d), (e) and the derivations of (c) look at the page alone. The last test of (c) is against
forgery by recombination: fields that are each on the page but belong to different facts. Where the grammar
has a reading of the same characters, the fact must be that reading; where it has none, all its words must
stand in its own quote.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from liandong.documents import Page, Span, fold
from liandong.facts.clauses import Clause, Sentence
from liandong.facts.dates import Time
from liandong.facts.fact import Fact, Ground, Kind
from liandong.facts.lexicon import any_of, words
from liandong.facts.numbers import Number
from liandong.facts.proposals import propose
from liandong.facts.reading import Reading, read_page

_FALL = re.compile(rf"(?:{any_of(words('words')['falls'])})[^\d]{{0,6}}\Z")
# 分别下降67.5%、58.5%: the verb before the first of a list is every member's
_FALLEN = re.compile(
    rf"(?:{any_of(words('words')['falls'])})(?:分别|依次|了|约|超|近)*(?:[\d.]+(?:%|个百分点)[、和及])+\Z"
)
_LIST = 40
_INTENT = re.compile(r"意向|打造|建设|构建|培育|争|目标|计划|规划|方案|措施|支持")
_ADDED = re.compile(
    r"增长倍数|增速|比重|占比|占|目标|项目|企业|签约|“|”|人才计划|包括|指|设置|数量|年龄|镇(?=居民|低保|特困|最低)|农村(?=居民|低保|特困|最低)|到位资金|次序|比例|规模|投资|的|于(?=全)"
)
_SETTLED = (Kind.PERSON, Kind.POSITIONING, Kind.PROGRAM, Kind.CARRIER, Kind.META)
_FIELDS = (
    "kind",
    "subject",
    "indicator",
    "value",
    "unit",
    "value_text",
    "qualifier",
    "period",
    "region",
    "modality",
)


@dataclass(frozen=True, slots=True)
class _Read:
    """A page's reading with the grammar's own facts, by what they stand on."""

    reading: Reading
    facts: frozenset[tuple[object, ...]]
    by_value: dict[tuple[int, int], list[Fact]]
    by_kind: dict[Kind, list[Fact]]


def verify(fact: Fact, page: Page) -> tuple[str, ...]:
    """Why the fact is refused; empty if it is admitted."""
    faults = _quoted(fact, page)
    if faults:
        return faults
    read = _read(page)
    faults = (
        *_valued(fact, read.reading),
        *_worded(fact),
        *_derived(fact, read.reading),
        *_modal(fact, read.reading),
    )
    return faults or _bound(fact, read)


def admit(page: Page) -> list[Fact]:
    """The grammar's facts that pass the gate, each once, in the order of the text."""
    read = _read(page)
    kept: dict[str, Fact] = {}
    for facts in read.by_kind.values():
        for fact in facts:
            if fact.id not in kept and not verify(fact, page):
                kept[fact.id] = fact
    return sorted(
        kept.values(), key=lambda f: (f.value_start if f.value_start is not None else f.start, f.end, f.id)
    )


def forget() -> None:
    """Let go of the readings kept for repeated questions; for measurements and long runs."""
    _read.cache_clear()


@lru_cache(maxsize=4)
def _read(page: Page) -> _Read:
    reading = read_page(page)
    facts = propose(reading)
    by_value: dict[tuple[int, int], list[Fact]] = {}
    by_kind: dict[Kind, list[Fact]] = {}
    for fact in facts:
        if fact.value_start is not None and fact.value_end is not None:
            by_value.setdefault((fact.value_start, fact.value_end), []).append(fact)
        by_kind.setdefault(fact.kind, []).append(fact)
    return _Read(reading, frozenset(map(_signature, facts)), by_value, by_kind)


def _signature(fact: Fact) -> tuple[object, ...]:
    """Everything a fact says and where, apart from who proposed it."""
    spans = (fact.start, fact.end, fact.value_start, fact.value_end, fact.parent)
    basis = tuple(sorted((name, g.how, g.start, g.end) for name, g in fact.basis.items()))
    return (*(getattr(fact, name) for name in _FIELDS), *spans, basis)


def _quoted(fact: Fact, page: Page) -> tuple[str, ...]:
    """(a) The page, the quote and the offsets belong together."""
    size = len(page.raw)
    if fact.page != page.sha256:
        return ("page: the fact is of another page",)
    if not (0 <= fact.start < fact.end <= size):
        return ("quote: offsets outside the page",)
    if page.raw[fact.start : fact.end] != fact.quote:
        return ("quote: the page reads otherwise there",)
    if fact.kind is not Kind.META and not page.in_body(Span(fact.start, fact.end)):
        return ("quote: not in the body",)
    if fact.id != fact.identity():
        return ("id: not the id of what it says",)
    if (fact.value_start is None) != (fact.value_end is None) or (fact.value is None) != (
        fact.value_start is None
    ):
        return ("value: a number and its place go together",)
    numbered = fact.value_start is not None and fact.value_end is not None
    if numbered and not fact.start <= (fact.value_start or 0) < (fact.value_end or 0) <= fact.end:
        return ("value: not in the quote",)
    for name, place in fact.basis.items():
        if place.how not in ("stated", "carried", "default"):
            return (f"{name}: no such ground",)
        if (place.start is None) != (place.end is None):
            return (f"{name}: half a span",)
        if place.start is not None and place.end is not None and not 0 <= place.start < place.end <= size:
            return (f"{name}: offsets outside the page",)
    return ()


def _valued(fact: Fact, reading: Reading) -> tuple[str, ...]:
    """(b) The number read again at its place gives value and unit."""
    if fact.value_start is None or fact.value_end is None:
        return ("unit: without a value",) if fact.unit is not None else ()
    number, fallen = _number(reading, fact.value_start, fact.value_end)
    if number is None:
        return ("value: no number there",)
    value = f"-{number.value}" if fallen else number.value
    if fact.value != value:
        return (f"value: the page reads {value}",)
    if fact.unit != number.unit:
        return (f"unit: the page reads {number.unit}",)
    ground = fact.basis.get("unit")
    if number.unit_start is not None and (
        ground is None or (ground.start, ground.end) != (number.unit_start, number.unit_end)
    ):
        return ("unit: stands elsewhere",)
    return ()


def _number(reading: Reading, start: int, end: int) -> tuple[Number | None, bool]:
    for number in reading.numbers_in(start, end):
        if number.end == end:
            if number.start == start:
                return number, bool(_FALLEN.search(reading.text, max(0, start - _LIST), start))
            if _FALL.fullmatch(reading.text, start, number.start):
                return number, True
    return None, False


def _worded(fact: Fact) -> tuple[str, ...]:
    """(d) value_text stands in the quote, a list item by item."""
    if fact.value_start is not None and fact.value_end is not None:
        surface = fact.quote[fact.value_start - fact.start : fact.value_end - fact.start]
        return () if fact.value_text == surface else ("value_text: not the value's characters",)
    if fact.value_text is None:
        return ()
    quote = fact.quote
    missing = [
        item for item in fact.value_text.split(";") if not item or not (item in quote or _two(item, quote))
    ]
    return (f"value_text: {missing[0]!r} does not stand in the quote",) if missing else ()


def _two(item: str, quote: str) -> bool:
    """A member and the head it shares with the last member: 电力装备 + 生产基地."""
    for cut in range(2, len(item) - 1):
        head = re.search(rf"{re.escape(item[:cut])}(?=[、,和与及或以;”’])", quote)
        if head and quote.find(item[cut:], head.end()) >= 0:
            return True
    return False


def _derived(fact: Fact, reading: Reading) -> tuple[str, ...]:
    """(c) Each field comes from the span that its basis names."""
    faults = []
    for name in ("subject", "indicator", "period", "region", "modality"):
        if name not in fact.basis:
            faults.append(f"{name}: without a ground")
    if faults or fact.kind is Kind.META:
        return tuple(faults)
    if not _subject(fact.subject, fact.basis["subject"], reading):
        faults.append("subject: does not come from its span")
    if not _indicator(fact, reading):
        faults.append("indicator: does not come from its span")
    if not _period(fact.period, fact.basis["period"], reading):
        faults.append("period: does not come from its span")
    if fact.region is not None and not _region(fact.region, fact.basis["region"], reading):
        faults.append("region: does not come from its span")
    return tuple(faults)


def _subject(subject: str, ground: Ground, reading: Reading) -> bool:
    if ground.start is None or ground.end is None:
        return subject == reading.home
    source = reading.raw(ground.start, ground.end)
    parts = [part for part in re.split(r"[–;]", subject) if part]
    return bool(parts) and all(
        part in source
        or part == reading.home
        or part.removesuffix("签约项目") == reading.home
        or _pieces(part, source)
        for part in parts
    )


def _indicator(fact: Fact, reading: Reading) -> bool:
    ground = fact.basis["indicator"]
    if ground.start is None or ground.end is None:
        return False
    source = reading.raw(ground.start, ground.end)
    if (
        fact.kind in (Kind.PERSON, Kind.POSITIONING, Kind.EVENT, Kind.PROGRAM, Kind.CARRIER)
        and fact.value is None
    ):
        return True
    if fact.kind in (Kind.PROJECT, Kind.COOPERATION) and fact.indicator in ("投资方", "涉及领域", "涉及行业"):
        return True
    source += fact.quote
    return _pieces(fold(fact.indicator), fold(source))


def _pieces(text: str, source: str) -> bool:
    """Whether the text is made of pieces of the source, apart from the words that the grammar adds."""
    reached = [True] + [False] * len(text)
    for at in range(len(text)):
        if not reached[at]:
            continue
        added = _ADDED.match(text, at)
        if added:
            reached[added.end()] = True
        end = at + 1
        while end <= len(text) and text[at:end] in source:
            reached[end] = True
            end += 1
    return reached[-1]


def _period(period: str | None, ground: Ground, reading: Reading) -> bool:
    if ground.start is None or ground.end is None:
        return period is None
    again = reading.calendar.times(reading.text, ground.start, min(len(reading.text), ground.end))
    for time in (*again, *reading.times_in(ground.start, ground.end)):
        if time.start == ground.start and (time.period == period or _within(period, time)):
            return True
    return False


def _within(period: str | None, time: Time) -> bool:
    """A year of a range of years."""
    years = re.fullmatch(r"(\d{4})/(\d{4})", time.period or "")
    return bool(years and period and re.fullmatch(r"\d{4}", period) and years[1] <= period <= years[2])


def _region(region: str, ground: Ground, reading: Reading) -> bool:
    if ground.start is None or ground.end is None:
        return region == reading.home
    from liandong.facts.scopes import scope_phrase

    source = reading.raw(ground.start, ground.end)
    return (
        region in source
        or region == reading.home
        or scope_phrase(reading, ground.start, ground.end).text == region
    )


def _modal(fact: Fact, reading: Reading) -> tuple[str, ...]:
    """(e) The words of the clause give the modality."""
    if fact.kind is Kind.META:
        return () if fact.modality == "actual" else ("modality: a particular of the page is actual",)
    if fact.modality not in ("actual", "planned"):
        return ("modality: no such word",)
    anchor = fact.value_start if fact.value_start is not None else fact.end
    found = _clause(reading, fact, anchor)
    if found is None:
        return ("modality: no clause there",)
    given = reading.modality(*found, anchor)
    if fact.modality == given:
        return ()
    if (
        fact.value is None
        and fact.modality == "planned"
        and _INTENT.search(reading.text, found[1].start, fact.end)
    ):
        return ()
    if fact.value is None and fact.modality == "actual" and fact.kind in _SETTLED:
        return ()
    return (f"modality: the clause's words give {given}",)


def _clause(reading: Reading, fact: Fact, anchor: int) -> tuple[Sentence, Clause] | None:
    ground = fact.basis["modality"]
    at = (
        bisect_right(reading.sentences, anchor - 1 if anchor == fact.end else anchor, key=lambda s: s.start)
        - 1
    )
    if at < 0 or ground.start is None:
        return None
    for sentence in reading.sentences[max(0, at - 1) : at + 1]:
        for clause in sentence.clauses:
            if (clause.start, clause.end) == (ground.start, ground.end):
                return sentence, clause
    return None


def _bound(fact: Fact, read: _Read) -> tuple[str, ...]:
    """(c) The fields belong together as the grammar reads these characters."""
    if _signature(fact) in read.facts:
        return ()
    if fact.parent is not None and not any(
        fact.parent == other.id for kind in read.by_kind.values() for other in kind
    ):
        return ("parent: no such fact on the page",)
    rivals = _rivals(fact, read)
    if rivals:
        near = min(rivals, key=lambda other: sum(getattr(fact, n) != getattr(other, n) for n in _FIELDS))
        wrong = [
            name for name in (*_FIELDS, "start", "end", "basis") if getattr(fact, name) != getattr(near, name)
        ]
        return (f"{', '.join(wrong) or 'parent'}: the grammar reads it otherwise",)
    return _alone(fact, read.reading)


def _rivals(fact: Fact, read: _Read) -> list[Fact]:
    """The grammar's facts on the same characters: the same number, or words that the quotes share."""
    if fact.value_start is not None and fact.value_end is not None:
        return read.by_value.get((fact.value_start, fact.value_end), [])
    return [
        other
        for kind, facts in read.by_kind.items()
        for other in facts
        if other.value is None
        and other.start < fact.end
        and fact.start < other.end
        and (kind is fact.kind or fact.value_text == other.value_text or fact.quote == other.quote)
    ]


def _alone(fact: Fact, reading: Reading) -> tuple[str, ...]:
    """A fact of which the grammar has no reading: every word in its own quote, its time the governing one."""
    faults = []
    if fact.kind is Kind.META:
        return ("meta: the page does not say so of itself",)
    for name in ("subject", "indicator"):
        ground = fact.basis[name]
        own = (
            ground.start is not None
            and ground.end is not None
            and fact.start <= ground.start
            and ground.end <= fact.end
        )
        if not own or ground.how != "stated" or fold(getattr(fact, name)) not in fold(fact.quote):
            faults.append(f"{name}: does not stand in the quote")
    if fact.qualifier and any(item not in fact.quote for item in fact.qualifier.split(";")):
        faults.append("qualifier: does not stand in the quote")
    period = fact.basis["period"]
    if period.start is not None and not fact.start <= period.start < fact.end:
        faults.append("period: does not stand in the quote")
    if fact.parent is not None:
        faults.append("parent: not known")
    between = [n for n in reading.numbers_in(fact.start, fact.end) if n.end != fact.value_end]
    if fact.value is not None and between:
        faults.append("value: other numbers stand in the quote")
    return tuple(faults)
