"""Superlatives: ranks without a number (全球最大的…基地, 全省唯一…, 居全省第一方阵)."""

from __future__ import annotations

import re

from liandong.facts.building import Draft
from liandong.facts.clauses import Clause, Sentence
from liandong.facts.fact import Kind
from liandong.facts.lexicon import any_of, words
from liandong.facts.lists import split
from liandong.facts.phrases import before
from liandong.facts.scopes import SCOPE, scope_phrase
from liandong.facts.subjects import Phrase, home

_SUPER = any_of(words("words")["superlatives"])
_RANK = re.compile(
    rf"(?P<scope>{SCOPE}|国家)(?:范围内|同类|行业|地级市|县级|内陆|城市中|[一-鿿]{{0,4}}?)(?P<super>{_SUPER})(?P<of>的)?(?P<what>[^,;:。!?]{{2,60}})"
)
_BAND = re.compile(
    rf"(?P<verb>(?:位?居|列|处于|位列|稳居|保持|走在|进入|跻身|迈入|跃居))(?P<what>(?P<scope>{SCOPE})?[一-鿿]{{0,6}}?(?:第一方阵|前列|第一梯队|前茅|领先水平|上游|首列))"
)
_IS = re.compile(r"(?:是|为|成为|系|作为|建成|拥有|打造|也是|形成)(?:了)?\Z")
_HEAD = re.compile(
    r"(?:生产基地|基地|企业|基金|中心|产区|集散地|市场|园区|城市|区域|开发区|产地|平台|产业带|集群|地区|供应商|制造商|生产商|出口地|产业园|园|港|枢纽|企业之一|基地之一|项目|工厂|生产线|城|县|市|区|镇)\Z"
)
_PART = re.compile(r"(?:及|以及|和|、)")


def superlative(draft: Draft, sentence: Sentence, clause: Clause) -> Phrase | None:
    """Add the ranks without a number that a clause states; returns who holds them."""
    reading, text = draft.reading, draft.reading.text
    if band := _BAND.search(text, clause.start, clause.end):
        return _band(draft, sentence, clause, band)
    match = _RANK.search(text, clause.start, clause.end)
    if match is None:
        return _continued(draft, sentence, clause)
    if not match["of"] and match["super"] not in (
        "唯一",
        "首个",
        "首家",
        "首条",
        "首座",
        "首批",
        "首台",
        "首款",
        "首套",
    ):
        return None
    if re.match(r"\d", match["what"]) or any(
        n.start < match.end() for n in reading.numbers_in(match.start(), clause.end) if n.family != "rank"
    ):
        return None
    if match["super"] == "重要" and not _HEAD.search(match["what"]):
        return None
    link = _IS.search(text, clause.start, match.start())
    carried = draft.state.owner
    subject, words_there = before(reading, clause, link.start() if link else match.start())
    if subject is None and words_there and not link:
        return None
    subject = subject or (carried.carried() if carried else home(reading))
    if subject is None:
        return None
    if (
        match["super"] == "重要"
        and subject.sort == "place"
        and link
        and text[link.start()] == "是"
        and not draft.state.ranked
    ):
        return None
    if (
        not link
        and not (draft.state.ranked or text.startswith(("以及", "和", "也是"), clause.start))
        and subject.sort == "place"
        and not text.startswith(("以及",), clause.start)
        and subject.how == "stated"
    ):
        return None
    draft.state.ranked = True
    start = match.start("what")
    stop = re.search(r"(?<=..)(?:、列|,|。|落户|正式|建成|将)", text[start : match.end("what")])
    end = start + stop.start() if stop else match.end("what")
    spans = split(text, start, end)
    if len(spans) > 1 and not all(_HEAD.search(text[a:b]) for a, b in spans):
        spans = _shared(text, spans) or [(start, end)]
    scope = scope_phrase(reading, match.start("scope"), match.end("scope"))
    for i, (a, b) in enumerate(spans):
        whole = (match.start(), b) if i == 0 else (a, b)
        draft.add(
            Kind.RANK, subject, Phrase(reading.raw(a, b), a, b), sentence, clause,
            target=whole, region=scope, qualifier=reading.raw(match.start(), match.end("super")),
        )  # fmt: skip
    draft.state.head = (match.start(), match.end("super"))
    return subject


def _shared(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]] | None:
    del text, spans
    return None


def _continued(draft: Draft, sentence: Sentence, clause: Clause) -> Phrase | None:
    """全国重要的A基地,B基地: the head of the clause before holds for the next bare noun too."""
    state, reading = draft.state, draft.reading
    if not state.ranked or state.head is None or state.head[0] < sentence.start:
        return None
    name = reading.text[clause.start : clause.end]
    if len(name) > 20 or not _HEAD.search(name) or re.search(r"[是为有在]|拥有|达|入选", name):
        return None
    subject = state.owner.carried() if state.owner else home(reading)
    scope = re.match(SCOPE, reading.text[state.head[0] : state.head[1]])
    region = scope_phrase(reading, state.head[0], state.head[0] + scope.end()) if scope else None
    draft.add(
        Kind.RANK, subject, Phrase(reading.raw(clause.start, clause.end), clause.start, clause.end), sentence, clause,
        target=(clause.start, clause.end), region=region, qualifier=reading.raw(*state.head),
    )  # fmt: skip
    return subject


def _band(draft: Draft, sentence: Sentence, clause: Clause, match: re.Match[str]) -> Phrase | None:
    reading, state = draft.reading, draft.state
    start = match.start()
    from liandong.facts.subjects import leading, skip

    owner, begin = leading(reading, clause.start, start)
    begin = skip(reading, begin, start)
    indicator = (
        Phrase(reading.raw(begin, start), begin, start)
        if start - begin >= 2
        else state.base or Phrase(match["verb"], match.start("verb"), match.end("verb"))
    )
    subject = owner or (state.owner.carried() if state.owner else home(reading))
    scope = scope_phrase(reading, *match.span("scope")) if match["scope"] else None
    draft.add(Kind.RANK, subject, indicator, sentence, clause, target=match.span("what"), region=scope)
    return subject
