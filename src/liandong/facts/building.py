"""Building: from words found to a Fact with the ground of each field."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field

from liandong.facts.clauses import Clause, Sentence
from liandong.facts.fact import Fact, Ground, Kind
from liandong.facts.numbers import Number
from liandong.facts.reading import Reading
from liandong.facts.subjects import Phrase, home

_LISTS = 16  # how many of the last lists a later 分别 may mean


@dataclass(slots=True)
class State:
    """What later clauses carry from earlier ones.

    Of the sentence: owner (who it speaks of), topic (the thing named last as an object), base (the indicator
    measured last), heads and counts (lists that 分别 can refer to). Of the page: event, the names met so far.
    """

    owner: Phrase | None = None
    first: Phrase | None = None
    topic: Phrase | None = None
    done: Phrase | None = None  # a thing of which its clause has said all
    base: Phrase | None = None
    new: Phrase | None = None
    heads: tuple[tuple[Phrase, Phrase | None], ...] = ()
    counts: list[Phrase] = field(default_factory=list)
    seen: list[Phrase] = field(default_factory=list)
    lists: deque[tuple[Phrase, ...]] = field(default_factory=lambda: deque(maxlen=_LISTS))
    award: Phrase | None = None
    event: Phrase | None = None
    event_date: str | None = None
    event_ground: Ground | None = None
    partner: tuple[Phrase, Phrase] | None = None
    pair: tuple[Phrase, Phrase] | None = None
    beneficiary: Phrase | None = None
    hosts: dict[str, tuple[Phrase, int]] = field(default_factory=dict)
    main: Phrase | None = None  # the park that the page begins with
    described: tuple[Phrase, int] | None = None  # what the last number was of, if a thing; its paragraph
    person: Phrase | None = None
    programme: Phrase | None = None
    rate: Phrase | None = None  # the share or growth measured last in the sentence
    grant: Phrase | None = None  # the grant named last
    slogan: Phrase | None = None
    holders: list[str] = field(default_factory=list)
    ranked: bool = False
    head: tuple[int, int] | None = None
    programmes: list[str] = field(default_factory=list)
    stated: set[tuple[str, str | None]] = field(default_factory=set)

    def next_sentence(self) -> None:
        """Forget what a full stop ends."""
        self.owner = self.first = self.topic = self.done = self.rate = self.new = self.base = (
            self.beneficiary
        ) = None
        self.heads = ()
        self.counts = []
        self.partner = None
        self.holders = []
        self.ranked = False
        self.head = None


@dataclass(slots=True)
class Draft:
    """The facts of one page as the rules find them."""

    reading: Reading
    state: State
    facts: list[Fact] = field(default_factory=list)

    def add(
        self,
        kind: Kind,
        subject: Phrase | None,
        indicator: Phrase,
        sentence: Sentence,
        clause: Clause,
        *,
        number: Number | None = None,
        target: tuple[int, int] | None = None,
        items: tuple[tuple[int, int], ...] = (),
        quote: tuple[int, int] | None = None,
        period: tuple[str | None, Ground] | None = None,
        region: Phrase | None = None,
        modality: str | None = None,
        value: str | None = None,
        qualifier: str | None = None,
        tail: str = "",
        parent: str | None = None,
    ) -> Fact | None:
        """Make a fact; None if it has no subject, or if the clause denies the number.

        target, items: the characters of a textual object or of a list of them; tail: a head that the
        members of a list share with the last one, behind which the quote then ends. parent: the id of the
        set that a 其中 is of.
        """
        reading = self.reading
        if number and _DENIED.search(reading.page.raw, clause.start, number.start):
            return None
        subject = subject or home(reading)
        if subject is None:
            return None
        bounds = _bounds_of(reading.page.raw, number, clause) if number else []
        spans = [(number.start, number.end), *bounds] if number else []
        spans += [target] if target else []
        spans += items
        spans += [
            (p.start, p.end)
            for p in (indicator,)
            if p.how == "stated" and p.start is not None and p.end is not None
        ]
        if (
            subject.how == "stated"
            and subject.start is not None
            and subject.end is not None
            and sentence.start <= subject.start < sentence.end
        ):
            spans.append((subject.start, subject.end))
        if quote:
            spans.append(quote)
        start, end = min(a for a, _ in spans), max(b for _, b in spans)
        if number and qualifier is None:
            words_of = [
                m.span()
                for m in _SET_WORDS.finditer(reading.page.raw, max(start, clause.start), number.start)
            ]
            found_words = dict.fromkeys(reading.raw(*span) for span in sorted([*words_of, *bounds]))
            qualifier = ";".join(found_words) or None
        if items:
            text: str | None = ";".join(reading.raw(a, b) for a, b in items)
        elif target:
            text = reading.raw(*target) + tail
        else:
            text = reading.raw(number.start, number.end) if number else None
        anchor = number.start if number else end
        if period is None:
            found = governing(reading, sentence, clause, anchor)
            period = found if found else (None, Ground("default"))
        if modality is None:
            modality = reading.modality(sentence, clause, anchor)
        where = region or place_of(reading, subject)
        basis = {
            "subject": Ground(subject.how, subject.start, subject.end),
            "indicator": Ground(indicator.how, indicator.start, indicator.end),
            "period": period[1],
            "region": Ground(where.how, where.start, where.end) if where else Ground("default"),
            "modality": Ground("stated", clause.start, clause.end),
        }
        if number and number.unit_start is not None:
            basis["unit"] = Ground(
                "carried" if number.carried else "stated", number.unit_start, number.unit_end
            )
        fact = Fact(
            page=reading.page.sha256,
            kind=kind,
            subject=subject.text,
            indicator=indicator.text,
            quote=reading.raw(start, end),
            start=start,
            end=end,
            value=(value or number.value) if number else None,
            unit=number.unit if number else None,
            value_text=text,
            qualifier=qualifier,
            period=period[0],
            region=where.text if where else None,
            modality=modality,
            value_start=number.start if number else None,
            value_end=number.end if number else None,
            basis=basis,
            parent=parent,
        )
        self.facts.append(fact)
        return fact


_DENIED = re.compile(r"不再|没有|并无|并未|尚未|尚无|从未|未能|不存在|取消了?(?=\d)")
"""A number behind one of these in its clause is not stated but denied."""
# What says of a number how it is meant, besides its bounds; kept where it stands in the quote.
_SET_WORDS = re.compile(
    r"其中|分别|依次|累计|合计|共计|首批|首期|连续[一二三四五六七八九十\d]{1,2}年|力争|预计|预期|原则上|意向|年均|每[年月]"
)
# What stands right before or behind a number and says that it is no exact one.
_BOUND_BEFORE = re.compile(
    r"(?:超过|超出|超|突破|逾|高于|不低于|不少于|至少|近|接近|将近|约|大约|不足|不到|低于|不超过|不高于|最高|最低)\Z"
)
_BOUND_BEHIND = re.compile(r"以上|以下|以内|左右|上下")
_LONGEST_BOUND = 4


def _bounds_of(raw: str, number: Number, clause: Clause) -> list[tuple[int, int]]:
    """The characters of the bounds (超, 近, 以上) that stand at the number, within its clause."""
    found = []
    first = max(clause.start, number.start - _LONGEST_BOUND)
    before = _BOUND_BEFORE.search(raw[first : number.start])
    if before:
        found.append((first + before.start(), number.start))
    behind = _BOUND_BEHIND.match(raw, number.end, clause.end)
    if behind:
        found.append(behind.span())
    return found


_OF_VALUE = re.compile(r"的(?:约|近|超)?\d")


def governing(
    reading: Reading, sentence: Sentence, clause: Clause, offset: int, *, own: bool = False
) -> tuple[str | None, Ground] | None:
    """The period of the last time word before the offset in its sentence; None if there is none.

    连续8年 holds for its own clause, 2014年以来 up to the semicolon. `own`: only words of the clause itself.
    """
    found = None
    for time in reading.times_in(sentence.start, offset):
        inside = time.start >= clause.start
        if (time.how == "streak" or own) and not inside:
            continue
        if not inside and _OF_VALUE.match(reading.text, time.end):
            continue  # 提升至2025年的52%: of that value alone
        if time.how == "since" and not inside and reading.text.find(";", time.end, offset) >= 0:
            continue
        found = time
    if found is None:
        return None
    stated = found.start >= clause.start
    return found.period, Ground("stated" if stated else "carried", found.start, found.end)


def place_of(reading: Reading, subject: Phrase) -> Phrase | None:
    """The place a subject lies in: itself, the division that its name begins with, or the page's place."""
    if ";" in subject.text:
        return home(reading)  # several together
    if subject.sort == "place":
        return subject
    if subject.start is not None and subject.end is not None:
        named = reading.places_in(subject.start, subject.end)
        if named:
            return Phrase(named[0].short, named[0].start, named[0].end, subject.how, "place")
    return home(reading)
