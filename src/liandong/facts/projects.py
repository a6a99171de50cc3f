"""Projects: who invests how much, in what and where.

A投资N亿元建设的P落户Z      A投资N亿元,在Z建设P      P由A与B共同投资N亿元      Z与A签约P项目,投资N亿元
A、B、C分别投资a、b、c亿元,建设P(Z1)、Q(Z2)和R(Z3)项目
"""

from __future__ import annotations

import re

from liandong.facts.building import Draft
from liandong.facts.clauses import Clause, Sentence
from liandong.facts.fact import Ground, Kind
from liandong.facts.lists import split
from liandong.facts.numbers import Number
from liandong.facts.phrases import parties, party
from liandong.facts.subjects import Phrase, home, skip

_INVEST = re.compile(
    r"(?P<who>[^,;:。]{2,40}?)(?P<each>分别|依次)?(?:计划|拟|将|共同|总)?(?P<verb>投资|投入|斥资)(?:约|超|近|达)?\Z"
)
_BUILD = re.compile(
    r"(?:用于|,|在(?P<place>[^,;。]{2,16}?))?(?:投资|开工|新)?(?:建设|打造|建立|兴建|新建|设立|布局|实施|建)(?:的|了)?(?P<what>[^,;。]{2,60})"
)
_SETTLE = re.compile(
    r"(?:正式|成功|签约)?(?:落户|落地|选址|进驻|入驻|布局)(?:于|在)?(?P<place>[^,;。]{2,20})"
)
_BY = re.compile(r"(?P<what>[^,;:。]{2,30}?)由(?P<who>[^,;:。]{2,40}?)(?:联合|共同)?(?P<verb>投资)")
_SIGN = re.compile(
    r"(?P<place>[^,;:。]{2,20}?)(?:与|同|和)(?P<who>[^,;:。]{2,24}?)(?:成功|正式|现场)?(?P<verb>签约|签订|签下|签署)(?:了)?(?P<what>[^,;:。]{2,30}?项目)(?:合同|协议|框架协议)?\Z"
)
_FIELDS = re.compile(
    r"(?:涵盖|涉及|覆盖|主要涉及|主要涵盖|包括|聚焦)(?:了)?(?P<items>[^,;。:]{2,16}(?:、[^,;。:、]{2,16})+)等(?:多个|\d+个|[一二三四五六七八九十]+个)?(?P<noun>行业领域|产业领域|领域|行业|产业)"
)
_ATTRIBUTE = re.compile(
    r"的(?P<what>[^,;。]{2,30}?(?:项目|生产线|基地|园|工厂|总部|中心|工程))(?=$|[,;。、]|落户|签约|正式|开工|投产|在)"
)


def project(draft: Draft, sentence: Sentence, clause: Clause) -> bool:
    """Add the projects of a clause with investor and amount; True if the clause's numbers are spent."""
    reading, text = draft.reading, draft.reading.text
    money = [n for n in reading.numbers_in(clause.start, clause.end) if n.family == "money"]
    if match := _SIGN.match(text, skip(reading, clause.start, clause.end), clause.end):
        return _signed(draft, sentence, clause, match)
    if money and (by := _BY.match(text, clause.start, money[0].start)):
        return _joint(draft, sentence, clause, by, money[0])
    if not money:
        return False
    begin = skip(reading, clause.start, clause.end)
    match = _INVEST.match(text, begin, money[0].start)
    if match is None:
        return False
    if len(money) > 1 and match["each"]:
        return _several(draft, sentence, clause, match, money)
    return _single(draft, sentence, clause, match, money[0]) if len(money) == 1 else False


def fields(draft: Draft, sentence: Sentence, clause: Clause) -> None:
    """签约30个项目,涵盖A、B等多个领域."""
    reading, text, state = draft.reading, draft.reading.text, draft.state
    match = _FIELDS.search(text, clause.start, clause.end)
    if match is None:
        return
    counted = [f for f in draft.facts[-4:] if f.start >= sentence.start and f.value is not None]
    if not counted or state.base is None:
        return
    last = counted[-1]
    project_like = last.kind is Kind.PROJECT
    subject = (
        Phrase(f"{last.subject}签约项目", last.start, last.end, "carried", "project")
        if project_like
        else Phrase(state.base.text.split("的")[-1], state.base.start, state.base.end, "carried")
    )
    name = Phrase(
        "涉及领域" if "行业" not in match["noun"] else "涉及行业", match.start(), match.start("items")
    )
    draft.add(
        Kind.PROJECT if project_like else Kind.COOPERATION,
        subject,
        name,
        sentence,
        clause,
        items=tuple(split(text, *match.span("items"))),
        period=(None, Ground("default")),
    )


def _firm(draft: Draft, start: int, end: int) -> list[Phrase]:
    found = parties(draft.reading, start, end)
    return [p for p in found if p.sort not in ("place", "fund")]


def _single(draft: Draft, sentence: Sentence, clause: Clause, match: re.Match[str], money: Number) -> bool:
    reading, text = draft.reading, draft.reading.text
    who = _firm(draft, *match.span("who"))
    if not who:
        return False
    thing = None
    rest = (money.end, sentence.end)
    built = _BUILD.match(text, skip(reading, money.end, sentence.end), sentence.end)
    if built and text[money.end : built.start()].strip(",、的 ") == "":
        start, end = built.span("what")
        settle = _SETTLE.search(text, start, end)
        end = settle.start() if settle else end
        thing = Phrase(reading.raw(start, end), start, end, "stated", "project")
    place = _where(draft, built, rest)
    if thing is None:
        if len(who) == 1 and match["who"] and who[0].sort in ("carrier", "project"):
            return _own(draft, sentence, clause, who[0], money, place)
        return False
    _both(draft, sentence, clause, thing, who, money, place, match.span("verb"))
    return True


def _own(
    draft: Draft, sentence: Sentence, clause: Clause, thing: Phrase, money: Number, place: Phrase | None
) -> bool:
    verb = draft.reading.text.rfind("投资", clause.start, money.start)
    if verb < 0:
        return False
    draft.add(
        Kind.PROJECT,
        thing,
        Phrase("投资", verb, verb + 2),
        sentence,
        clause,
        number=money,
        region=place,
        period=_date(draft, sentence, clause, money.start),
    )
    draft.state.topic = thing
    return True


def _several(
    draft: Draft, sentence: Sentence, clause: Clause, match: re.Match[str], money: list[Number]
) -> bool:
    reading, text = draft.reading, draft.reading.text
    who = parties(reading, *match.span("who"))
    if len(who) != len(money):
        return False
    built = _BUILD.search(text, money[-1].end, sentence.end)
    if built is None or built.start() > money[-1].end + 2:
        return False
    start, end = built.span("what")
    shared = re.search(r"(?:等)?(?:项目)\Z", text[start:end])
    stop = start + shared.start() if shared else end
    things = split(text, start, stop)
    if len(things) != len(money):
        return False
    for firm, number, (a, b) in zip(who, money, things, strict=True):
        inner = re.search(r"\((?P<place>[^)]+)\)\Z", text[a:b])
        name_end = a + inner.start() if inner else b
        name = reading.raw(a, name_end) + ("项目" if shared else "")
        thing = Phrase(name, a, name_end, "stated", "project")
        place = (
            Phrase(
                reading.raw(a + inner.start("place"), a + inner.end("place")),
                a + inner.start("place"),
                a + inner.end("place"),
                "stated",
                "place",
            )
            if inner
            else home(reading)
        )
        _both(draft, sentence, clause, thing, [firm], number, place, match.span("verb"))
    return True


def _joint(draft: Draft, sentence: Sentence, clause: Clause, match: re.Match[str], money: Number) -> bool:
    who = _firm(draft, *match.span("who"))
    thing = party(draft.reading, *match.span("what"))
    if not who or thing is None:
        return False
    place = _where(draft, None, (money.end, sentence.end))
    _both(draft, sentence, clause, thing, who, money, place, match.span("verb"))
    return True


def _signed(draft: Draft, sentence: Sentence, clause: Clause, match: re.Match[str]) -> bool:
    reading = draft.reading
    place = party(reading, *match.span("place"))
    who = _firm(draft, *match.span("who"))
    if place is None or not who or reading.numbers_in(*match.span("what")):
        return False
    a, b = match.span("what")
    thing = Phrase(reading.raw(a, b), a, b, "stated", "project")
    period = _date(draft, sentence, clause, match.end())
    draft.add(
        Kind.PROJECT,
        thing,
        Phrase("投资方", *match.span("verb")),
        sentence,
        clause,
        items=tuple((p.start or 0, p.end or 0) for p in who),
        region=place,
        period=period,
    )
    draft.state.topic = thing
    return False


def _both(
    draft: Draft, sentence: Sentence, clause: Clause, thing: Phrase, who: list[Phrase], money: Number,
    place: Phrase | None, verb: tuple[int, int],
) -> None:  # fmt: skip
    reading = draft.reading
    period = _date(draft, sentence, clause, money.start)
    word = Phrase(reading.raw(*verb), *verb)
    draft.add(Kind.PROJECT, thing, word, sentence, clause, number=money, region=place, period=period)
    draft.add(
        Kind.PROJECT,
        thing,
        Phrase("投资方", *verb),
        sentence,
        clause,
        items=tuple((p.start or 0, p.end or 0) for p in who),
        region=place,
        period=period,
    )
    draft.state.topic = thing


def _date(draft: Draft, sentence: Sentence, clause: Clause, offset: int) -> tuple[str | None, Ground]:
    from liandong.facts.building import governing

    found = governing(draft.reading, sentence, clause, offset)
    if found:
        return found
    if draft.state.event_date and draft.state.event_ground:
        ground = draft.state.event_ground
        return draft.state.event_date, Ground("carried", ground.start, ground.end)
    return None, Ground("default")


def _where(draft: Draft, built: re.Match[str] | None, rest: tuple[int, int]) -> Phrase | None:
    reading, text = draft.reading, draft.reading.text
    span = None
    if built and built["place"]:
        span = built.span("place")
    elif settle := _SETTLE.search(text, *rest):
        if "。" not in text[rest[0] : settle.start()] and ";" not in text[rest[0] : settle.start()]:
            span = settle.span("place")
    return Phrase(reading.raw(*span), *span, "stated", "place") if span else home(reading)
