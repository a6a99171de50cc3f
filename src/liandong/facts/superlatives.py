"""Superlatives: ranks without a number (全球最大的…基地, 全省唯一…, 居全省第一方阵)."""

from __future__ import annotations

import re
from functools import cache

from liandong.facts.building import Draft
from liandong.facts.clauses import Clause, Sentence
from liandong.facts.fact import Kind
from liandong.facts.leftward import clean, look_left
from liandong.facts.lexicon import any_of, words
from liandong.facts.lists import split
from liandong.facts.phrases import before
from liandong.facts.scopes import SCOPE, scope_phrase
from liandong.facts.subjects import Phrase, home, leading, skip

_SUPER = any_of(words("words")["superlatives"])
_RANK = re.compile(
    rf"(?P<scope>{SCOPE}|国家)(?:范围内|同类|行业|地级市|县级|内陆|城市中|[一-鿿]{{0,4}}?)(?P<super>{_SUPER})(?P<of>的)?"
    rf"(?P<what>[^,;:。!?]{{2,60}})"
)
_FIRST = re.compile(r"唯一|首[个家条座批台款套张部颗艘列枚项只件支幅架]")  # these need no 的
_BAND = re.compile(
    rf"(?P<verb>(?:位?居|列|处于|位列|稳居|保持|排在|处在|走在|进入|跻身|迈入|跃居))"
    rf"(?P<what>(?P<scope>{SCOPE})[一-鿿]{{0,6}}?(?:第一方阵|前列|第一梯队|前茅|领先水平|上游|首列))"
)
# 奖牌数中部领先: no verb between a quantity and where it stands
_AHEAD = re.compile(
    rf"(?<=[数率量额值模平力速能])(?P<what>(?P<scope>{SCOPE})(?:领先|前列|居前|靠前|领跑))(?=$|[,;。、])"
)
_IS = re.compile(
    r"(?:是|为|成为|系|作为|建成|拥有|打造|也是|形成|绘制|研发|研制|自主研发|研制出|发布|出台|颁布|推出|打造出|开发出|制造|建立)(?:了)?\Z"
)
_HEAD = re.compile(
    r"(?:生产基地|基地|企业|基金|中心|产区|集散地|市场|园区|城市|区域|开发区|产地|平台|产业带|集群|地区|供应商|制造商|生产商"
    r"|出口地|产业园|园|港|枢纽|企业之一|基地之一|项目|工厂|生产线|城|县|市|区|镇)\Z"
)
_STOP = re.compile(
    r"(?<=..)(?!获批的)(?:、列|落户|落地|正式|成功|顺利|建成|将|下线|下水|首飞|获批|投产|投运|构建|发布|启用|问世|并网|通车)"
)
# what happens to the first of its kind when a clause reports nothing else of it
_APPEARED = re.compile(
    r"(?:落户|落地|下线|下水|首飞|投产|投运|构建|建成|发布|启用|问世|并网|通车|获批|投用|诞生|开工)[一-鿿]{0,4}\Z"
)
# 设立A基金、B基金和全国首个C: the list of what is made ends in a first
_MAKES = re.compile(
    r"(?:推动|新|先后|成功|加快)*(?:设立|成立|建成|发布|推出|建设|打造|开通|布局|引进|组建|培育|研制|开发|制定)"
)
_PREDICATE = re.compile(r"[是为有在]|拥有|达|入选")
_LONGEST, _PAIR = 20, 2


def superlative(draft: Draft, sentence: Sentence, clause: Clause) -> Phrase | None:
    """Add the ranks without a number that a clause states; returns who holds them."""
    reading, text = draft.reading, draft.reading.text
    band = _BAND.search(text, clause.start, clause.end) or _AHEAD.search(text, clause.start, clause.end)
    if band:
        return _band(draft, sentence, clause, band)
    match = _RANK.search(text, clause.start, clause.end) or _of_place(draft, clause)
    if match is None:
        return _continued(draft, sentence, clause)
    if not _states(draft, clause, match):
        return None
    subject = _holder(draft, clause, match)
    if subject is None:
        return None
    draft.state.ranked = True
    draft.state.head = (match.start(), match.end("super"))
    start = match.start("what")
    stop = _STOP.search(text, start + 1, match.end("what"))
    spans = _members(text, start, stop.start() if stop else match.end("what"))
    head = _HEAD.search(text, *spans[-1])
    scope = scope_phrase(reading, *match.span("scope"))
    for a, b in spans:
        tail = "" if head is None or _HEAD.search(text[a:b]) else reading.raw(head.start(), spans[-1][1])
        whole = (match.start(), b) if len(spans) == 1 else (a, b)
        quote = (match.start(), spans[-1][1] if tail else b)
        draft.add(
            Kind.RANK,
            subject,
            Phrase(reading.raw(a, b) + tail, a, spans[-1][1] if tail else b),
            sentence,
            clause,
            target=whole,
            tail=tail,
            quote=quote,
            region=scope,
            qualifier=reading.raw(match.start(), match.end("super")),
        )
    return subject


def _states(draft: Draft, clause: Clause, match: re.Match[str]) -> bool:
    """Whether the words rank something, and are not a number's or a programme's."""
    appears = match.start() == skip(draft.reading, clause.start, clause.end) and _APPEARED.search(
        draft.reading.text, match.end("super"), clause.end
    )
    if not match["of"] and not appears and not _FIRST.match(match["super"]):
        return False
    if match["super"] == "重要" and not _HEAD.search(match["what"]):
        return False
    values = draft.reading.numbers_in(match.start(), clause.end)
    return not any(n.start < match.end() for n in values if n.family != "rank")


def _of_place(draft: Draft, clause: Clause) -> re.Match[str] | None:
    """广西最大的…: a division that is named is a set too."""
    for place in draft.reading.places_in(clause.start, clause.end):
        match = _at_place(place.end - place.start).match(draft.reading.text, place.start, clause.end)
        if match:
            return match
    return None


@cache
def _at_place(size: int) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<scope>.{{{size}}})(?:规模|产量|产能|体量)?(?P<super>{_SUPER})(?P<of>的)?(?P<what>[^,;:。!?]{{2,60}})"
    )


def _holder(draft: Draft, clause: Clause, match: re.Match[str]) -> Phrase | None:
    """Who holds the rank: the clause's subject, or the sentence's; the place itself after several holders."""
    reading, text, state = draft.reading, draft.reading.text, draft.state
    link = _IS.search(text, clause.start, match.start())
    begin = skip(reading, clause.start, clause.end)
    alone = not link and match.start() == begin and _APPEARED.search(text, match.end("super"), clause.end)
    if alone and not match["of"]:
        return home(reading)
    if not link and match.start() == begin and (named := _named_before(draft, clause)):
        return named
    if not link and text[match.start() - 1] in "和与及、" and _MAKES.match(text, begin, match.start()):
        return state.owner.carried() if state.owner and len(state.holders) < _PAIR else home(reading)
    if not link and (
        match.start() > begin or (not state.ranked and not text.startswith("以及", clause.start))
    ):
        return None
    subject, _ = before(reading, clause, link.start() if link else match.start())
    if subject is None:
        carried = state.owner.carried() if state.owner and len(state.holders) < 2 else None
        subject = carried or home(reading)
    described = match["super"] == "重要" and link and text[link.start()] == "是" and not state.ranked
    if described and subject and subject.sort == "place" and match["scope"] == "国家":
        return None  # a self-description: positioning reads it
    return subject


def _named_before(draft: Draft, clause: Clause) -> Phrase | None:
    """岳阳,湖南唯一的临江城市: a name that is a clause of its own is described by the next one."""
    text, owner = draft.reading.text, draft.state.owner
    if owner is None or owner.start is None or owner.end is None or owner.end + 1 < clause.start - 1:
        return None
    named = owner.end + 1 == clause.start and text[owner.end] == ","
    first = owner.start == 0 or text[owner.start - 1] in "\n。;!? \u3000"
    return owner if named and first else None


def _members(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A、B、C生产基地: the members, if the last one has a head that the others have or share."""
    spans = split(text, start, end)
    joined = text[spans[0][1]] in "与及和" if len(spans) > 1 else False
    if joined and len(spans) == _PAIR and not _HEAD.search(text[slice(*spans[0])]):
        return [(start, end)]  # 汽车动力与部件生产基地 is one thing
    if len(spans) > 1 and _HEAD.search(text[slice(*spans[-1])]) and all(b - a <= _LONGEST for a, b in spans):
        return spans
    return [(start, end)]


def _continued(draft: Draft, sentence: Sentence, clause: Clause) -> Phrase | None:
    """全国重要的A基地,B基地: the head of the clause before holds for the next bare noun too."""
    state, reading = draft.state, draft.reading
    if not state.ranked or state.head is None or state.head[0] < sentence.start:
        return None
    name = reading.text[clause.start : clause.end]
    ranked = next((f for f in reversed(draft.facts) if f.kind is Kind.RANK), None)
    alike = ranked is not None and ranked.indicator.endswith(name[-2:])
    if len(name) > _LONGEST or not alike or not _HEAD.search(name) or _PREDICATE.search(name):
        return None
    subject = state.owner.carried() if state.owner else home(reading)
    scope = re.match(SCOPE, reading.text[slice(*state.head)])
    region = scope_phrase(reading, state.head[0], state.head[0] + scope.end()) if scope else None
    draft.add(
        Kind.RANK,
        subject,
        Phrase(reading.raw(clause.start, clause.end), clause.start, clause.end),
        sentence,
        clause,
        target=(clause.start, clause.end),
        region=region,
        qualifier=reading.raw(*state.head),
        quote=(state.head[0], clause.end),
    )
    return subject


def _band(draft: Draft, sentence: Sentence, clause: Clause, match: re.Match[str]) -> Phrase | None:
    """居全省第一方阵: of what stands before, or of what was measured last."""
    reading, state = draft.reading, draft.state
    start = match.start()
    verb = match.span("verb") if "verb" in match.re.groupindex else match.span("what")
    measured = reading.numbers_in(clause.start, start)
    if measured:
        left = look_left(reading, measured[-2].end if len(measured) > 1 else clause.start, measured[-1])
        base = Phrase(clean(reading, *left.base), *left.base) if left.base else state.base
        owner, indicator = left.owner, base or Phrase(reading.raw(*verb), *verb)
    else:
        owner, begin = leading(reading, clause.start, start)
        begin = skip(reading, begin, start)
        if 2 <= start - begin <= _LONGEST:
            indicator = Phrase(reading.raw(begin, start).rstrip("都均也"), begin, start)
        else:
            indicator = state.base or Phrase(reading.raw(*verb), *verb)
    subject = owner or (state.owner.carried() if state.owner else home(reading))
    scope = scope_phrase(reading, *match.span("scope"))
    draft.add(Kind.RANK, subject, indicator, sentence, clause, target=match.span("what"), region=scope)
    return None if measured else subject
