"""Ranking: what a place in an order is a place of, and among whom.

…418.45亿元,总量居全省第3位      the quantity measured last      光学镜头产量居全国第二      the words before
在全省综合考评中列第6位           the assessment                   跻身百强,列第37位            the list
entered
"""

from __future__ import annotations

import re
from dataclasses import replace

from liandong.facts.building import Draft
from liandong.facts.clauses import Clause, Sentence
from liandong.facts.distribution import alike
from liandong.facts.fact import Kind
from liandong.facts.leftward import clean, lskip, rstrip
from liandong.facts.lexicon import any_of, words
from liandong.facts.numbers import Number
from liandong.facts.periods import period_of
from liandong.facts.phrases import before
from liandong.facts.scopes import SCOPE, scope_before
from liandong.facts.subjects import Phrase, home, leading, skip

_VERB = rf"(?!居[民住家])(?:{any_of(words('verbs')['placing'])})"
_ASSESSED = re.compile(rf"在(?P<what>[^,;]{{3,40}}?)(?:中|里|上)?(?:继续|连续)?{_VERB}(?:{SCOPE})?\Z")
_LISTED = re.compile(rf"{_VERB}(?P<what>[^,;]{{3,30}}?(?:强|榜单?|排名|评价|考核|指数|名录|测评|考评))\Z")
# 蝉联全国推广面积第一: the quantity stands behind the set
_OF_SET = re.compile(
    rf"{_VERB}(?:{SCOPE})(?P<what>[^,;\d]{{2,12}}?(?:面积|规模|收入|指数|长度|里程|增速|总额|产值|[量额率数值]))\Z"
)
_PLAIN = re.compile(rf"{_VERB}(?P<rest>[^,;]{{0,14}})\Z")
_QUANTITY = ("总量", "增速", "数量", "规模", "总数", "增幅", "总额", "位次", "排名", "均", "两项", "占比")
_BESIDE = re.compile(r"(?:与|和|同)[一-鿿、]{2,10}并\Z")
_LEVEL = re.compile(r"(?:同比)?增速(?:(?:高|低|快|慢)于.*)?\Z")
_FEWEST = 2
_THING = re.compile(r"[一-鿿]{2,14}")
_MAKER = re.compile(r"(?P<verb>设立|建成|获批|建设|成立|布局|落户|引进|拥有|通过)的?\Z")


def rank_fact(draft: Draft, sentence: Sentence, clause: Clause, number: Number, cursor: int) -> None:
    """Add the rank; region is the set compared with."""
    reading, text = draft.reading, draft.reading.text
    if reading.raw(number.end - 1, number.end) in ("个", "家"):  # 第3个
        _ordinal(draft, sentence, clause, number, cursor)
        return
    named = _ASSESSED.search(text, cursor, number.start) or _LISTED.search(text, cursor, number.start)
    named = named or _OF_SET.search(text, cursor, number.start)
    if named:
        first = named.start() if named.re is _OF_SET else named.start("what")
        scope, at = scope_before(reading, first, number.start)
        end, span = rstrip(text, cursor, named.start()), named.span("what")
    else:
        scope, at = scope_before(reading, cursor, number.start)
        plain = _PLAIN.search(text, cursor, at)
        end, span = rstrip(text, cursor, plain.start() if plain else at), None
    if beside := _BESIDE.search(text, cursor, end):
        end = beside.start()
    owner, begin = leading(reading, cursor, min(end + 1, number.start))
    if owner is None and named and named.re is _OF_SET and cursor == clause.start:
        owner = before(reading, clause, named.start())[0]
    begin = min(begin, end)
    shared = _shared(draft, clause, number)
    if shared and shared[1] and scope is None:
        scope, _ = scope_before(reading, clause.start, number.start)
    if shared:
        indicator: Phrase | None = shared[0]
    else:
        indicator = Phrase(clean(reading, *span), *span) if span else _quantity(draft, clause, begin, end)
    if indicator is None or len(indicator.text) > 40:
        return
    state = draft.state
    subject = owner or (state.owner.carried() if state.owner else None) or home(reading)
    near = indicator.how == "stated" and indicator.start is not None and indicator.end is not None
    span = (indicator.start or 0, indicator.end or 0) if near and not named else None
    for one in (alike(reading, span, number) if span else None) or [indicator]:
        _add(draft, sentence, clause, number, subject, one, scope or home(reading), cursor)


def _shared(draft: Draft, clause: Clause, number: Number) -> tuple[Phrase, int] | None:
    """64家、512家,分别居全省第2位、第3位: first with first; the index tells which."""
    reading, state = draft.reading, draft.state
    ranks = [n for n in reading.numbers_in(clause.start, clause.end) if n.family == "rank"]
    if len(ranks) < _FEWEST or number not in ranks or len(state.counts) < len(ranks):
        return None
    if "分别" not in reading.text[clause.start : ranks[0].start]:
        return None
    index = ranks.index(number)
    base = state.counts[len(state.counts) - len(ranks) + index]
    return Phrase(base.text, base.start, base.end, "carried"), index


def _quantity(draft: Draft, clause: Clause, begin: int, end: int) -> Phrase | None:
    """The ranked quantity's own words, or what was measured or won last."""
    reading, state = draft.reading, draft.state
    begin = lskip(reading, begin, end)
    words_of = clean(reading, begin, end) if begin < end else ""
    entered = [f for f in draft.facts[-4:] if f.kind is Kind.RECOGNITION and clause.start <= f.start < end]
    if words_of and words_of not in _QUANTITY and not entered:
        return Phrase(words_of, begin, end)
    if state.base is None:
        return Phrase(words_of, begin, end) if words_of else None
    base = state.base
    if words_of in ("总量", "总数", "数量", "总额"):
        base = replace(base, text=_LEVEL.sub("", base.text))
    text = (
        base.text
        if base.text.endswith(words_of) or entered or words_of in ("均", "排名", "位次")
        else base.text + words_of
    )
    return Phrase(text, base.start, base.end, "carried")


def _ordinal(draft: Draft, sentence: Sentence, clause: Clause, number: Number, cursor: int) -> None:
    """…设立的第3个科创飞地: a place in the order of setting up."""
    reading, text = draft.reading, draft.reading.text
    thing = _THING.match(text, number.end, clause.end)
    if thing is None:
        return
    maker = _MAKER.search(text, cursor, number.start)
    verb = maker["verb"] if maker else ""
    indicator = Phrase(f"{thing[0]}{verb}次序", maker.start() if maker else number.start, thing.end())
    scope, _ = scope_before(reading, cursor, number.start)
    state = draft.state
    named = reading.places_in(cursor, number.start)
    where = scope or (
        Phrase(named[-1].short, named[-1].start, named[-1].end, "stated", "place") if named else home(reading)
    )
    subject = (state.owner.carried() if state.owner else None) or home(reading)
    _add(draft, sentence, clause, number, subject, indicator, where, cursor)


def _add(
    draft: Draft,
    sentence: Sentence,
    clause: Clause,
    number: Number,
    subject: Phrase | None,
    indicator: Phrase,
    region: Phrase | None,
    cursor: int,
) -> None:
    reading = draft.reading
    near = indicator.start is not None and indicator.start >= sentence.start
    begin = indicator.start if near and indicator.start is not None else skip(reading, cursor, number.start)
    modality = reading.modality(sentence, clause, number.start)
    period = period_of(draft, sentence, clause, number.start, Kind.RANK, indicator, modality)
    draft.add(
        Kind.RANK,
        subject,
        indicator,
        sentence,
        clause,
        number=number,
        region=region,
        quote=(begin, number.end),
        period=period,
        modality=modality,
    )
