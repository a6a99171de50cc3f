"""Projects: who invests how much, in what and where.

A投资N亿元建设的P落户Z      A投资N亿元,在Z建设P      A拟在Z投资N亿元建设P      P由A与B共同投资N亿元
Z与A签约P项目,投资N亿元      A投资a亿元的P、B投资b亿元的Q分别落户Y和Z      由A投资建设
A、B、C分别投资a、b、c亿元,建设P(Z1)、Q(Z2)和R(Z3)项目
"""

from __future__ import annotations

import re

from liandong.facts.building import Draft, governing
from liandong.facts.clauses import Clause, Sentence
from liandong.facts.fact import Ground, Kind
from liandong.facts.lists import split
from liandong.facts.numbers import Number
from liandong.facts.phrases import parties, party
from liandong.facts.subjects import Phrase, home, skip

_INVEST = re.compile(
    r"(?P<who>[^,;:。]{2,40}?)(?P<each>分别|依次)?(?:计划|拟|将|共同|联合|总|已)*(?:在(?P<at>[^,;。]{2,14}?))?(?:计划|拟|将|总)?"
    r"(?P<verb>投资|投入|斥资|增资|合资|注资)(?:约|超过|超|近|达|逾)?\Z"
)
_BUILD = re.compile(
    r"(?:用于|,|在(?P<place>[^,;。]{2,16}?))?(?:投资|开工|新)?(?:建设|打造|建立|兴建|新建|设立|布局|实施|建)(?:的|了)?(?P<what>[^,;。]{2,60})"
)
_ANY_FIRM = ("企业", "公司", "项目", "该企业", "该公司", "双方", "市财政", "财政", "政府", "集团")
_NO_FIRM = re.compile(
    r"(?:引进|招引|签约|签下|引入|落地|实施|建设|完成|拥有|新增|获得|促成|推动|谋划|储备|其中|包括)\Z"
)
_OF = re.compile(
    r"的(?P<what>(?:(?![和及与](?:总?投资)?\d)[^,;。、]){2,36}?(?:项目|基地|生产线|产业园|园|工厂|总部|中心|工程|平台|综合体))(?=$|[,;。、]|落户|落地|签约|正式|开工|投产|在|分别|成功)"
)
_SETTLE = re.compile(r"(?:正式|成功|签约|分别)?(?:落户|落地|选址|进驻)(?:于|在)?(?P<place>[^,;。]{2,20})")
_BY = re.compile(r"(?P<what>[^,;:。]{2,30}?)由(?P<who>[^,;:。]{2,40}?)(?:联合|共同)?(?P<verb>投资|出资)")
_BUILT = re.compile(
    r"的(?P<what>[^,;。的、]{2,30}?(?:项目|基地|生产线|产业园|工厂|总部))由(?P<who>[^,;:。]{2,40}?)(?:联合|共同)?(?P<verb>投资|承建|建设|出资)"
)
_LONE = re.compile(r"(?:计划|拟|将|总|双方|,)*(?P<verb>投资|投入)(?:约|超|近|达)?\Z")
_BY_WHOM = re.compile(
    r"(?:该?项目)?由(?P<who>[^,;:。]{2,40}?)(?:联合|共同)?(?P<verb>投资|出资)(?:约|超|近)?\Z"
)
_BUILT_BY = re.compile(
    r"(?:该?项目)?由(?P<who>[^,;:。]{2,40}?)(?:联合|共同)?(?P<verb>投资(?:建设|兴建|打造|开发)?|建设|承建)(?=$|[,;。])"
)
_MADE_BY = re.compile(
    r"(?P<who>[^,;:。]{2,30}?)(?P<verb>投资|出资)(?:建设|兴建|打造|新建)?的(?P<what>[^,;。、\d][^,;。、]{2,30}?(?:项目|基地|生产线|产业园|工厂|总部))"
)
_SIGN = re.compile(
    r"(?P<place>[^,;:。]{2,20}?)(?:与|同|和)(?P<who>[^,;:。]{2,24}?)(?:成功|正式|现场)?(?P<verb>签约|签订|签下|签署)(?:了)?"
    r"(?P<what>[^,;:。]{2,30}?项目)(?:合同|协议|框架协议|投资协议)?\Z"
)
_THING = re.compile(r"(?:生产线|生产基地|制造基地|产业园|工厂|总部|产业化项目)(?:项目)?\Z|项目\Z")
_FIELDS = re.compile(
    r"(?:涵盖|涉及|覆盖|主要从事|从事|分布在|集中在|主要涉及|主要涵盖|包括|聚焦)(?:了)?(?P<items>[^,;。:]{2,16}(?:、[^,;。:、]{2,16})+)(?:等(?:多个|\d+个|[一二三四五六七八九十]+个)?|多个|(?:\d+|[两三四五六七八九十])[大个])"
    r"(?P<noun>行业领域|产业领域|领域|行业|产业)"
)


def project(draft: Draft, sentence: Sentence, clause: Clause) -> bool:
    """Add the projects of a clause with investor and amount; True if the clause's numbers are spent."""
    reading, text = draft.reading, draft.reading.text
    begin = skip(reading, clause.start, clause.end)
    money = [n for n in reading.numbers_in(clause.start, clause.end) if n.family == "money"]
    if match := _SIGN.match(text, begin, clause.end):
        return _signed(draft, sentence, clause, match)
    if text.startswith("对", begin):
        return False  # who is meant by a rule
    if not money:
        return _built_by(draft, sentence, clause, begin)
    if made := _BUILT.search(text, clause.start, clause.end):
        thing = Phrase(reading.raw(*made.span("what")), *made.span("what"), "stated", "project")
        _investor(
            draft, sentence, clause, thing, _firms(draft, *made.span("who")), made.span("verb"), home(reading)
        )
    topic = draft.state.topic
    if (
        topic
        and topic.sort in ("project", "carrier")
        and (own := _BY_WHOM.match(text, begin, money[0].start))
    ):
        _both(
            draft,
            sentence,
            clause,
            topic.carried(),
            _firms(draft, *own.span("who")),
            money[0],
            home(reading),
            own.span("verb"),
        )
        return len(money) == 1
    if by := _BY.match(text, clause.start, money[0].start):
        return _joint(draft, sentence, clause, by, money[0])
    match = _INVEST.match(text, begin, money[0].start)
    if match and _NO_FIRM.search(match["who"]):
        return False
    if match is None:
        return _unnamed(draft, sentence, clause, begin, money)
    if len(money) > 1 and match["each"]:
        return _several(draft, sentence, clause, match, money)
    if _OF.match(text, money[0].end, clause.end):
        return _row(draft, sentence, clause, begin, money)
    return _single(draft, sentence, clause, match, money[0]) if len(money) == 1 else False


def fields(draft: Draft, sentence: Sentence, clause: Clause) -> None:
    """签约30个项目,涵盖A、B等多个领域."""
    reading, text, state = draft.reading, draft.reading.text, draft.state
    match = _FIELDS.search(text, clause.start, clause.end)
    counted = [f for f in draft.facts[-4:] if f.start >= sentence.start and f.value is not None]
    if match is None or not counted or state.base is None:
        return
    last = counted[-1]
    if last.kind is Kind.PROJECT:
        subject = Phrase(f"{last.subject}签约项目", last.start, last.end, "carried", "project")
    elif last.basis["subject"].how != "default" and last.subject not in (reading.home, ""):
        ground = last.basis["subject"]
        subject = Phrase(last.subject, ground.start, ground.end, "carried")
    else:
        subject = Phrase(state.base.text.split("的")[-1], state.base.start, state.base.end, "carried")
    name = Phrase("涉及行业" if "行业" in match["noun"] else "涉及领域", match.start(), match.start("items"))
    kind = Kind.PROJECT if last.kind is Kind.PROJECT else Kind.COOPERATION
    draft.add(
        kind,
        subject,
        name,
        sentence,
        clause,
        items=tuple(split(text, *match.span("items"))),
        period=(None, Ground("default")),
    )


def _firms(draft: Draft, start: int, end: int) -> list[Phrase]:
    found = parties(draft.reading, start, end)
    return [p for p in found if p.sort not in ("place", "fund") and p.text not in _ANY_FIRM]


def _row(draft: Draft, sentence: Sentence, clause: Clause, begin: int, money: list[Number]) -> bool:
    """A投资a亿元的P、B投资b亿元的Q: one project after another; 分别落户 gives each its place."""
    reading, text = draft.reading, draft.reading.text
    found: list[tuple[Phrase, Number, tuple[int, int], list[Phrase]]] = []
    at = begin
    for number in money:
        if number.start < at:
            continue
        while at < number.start and text[at] in "、,和及与":
            at += 1
        match = _INVEST.match(text, at, number.start)
        thing = _OF.match(text, number.end, clause.end)
        if match is None or thing is None:
            break
        span = thing.span("what")
        found.append(
            (
                Phrase(reading.raw(*span), *span, "stated", "project"),
                number,
                match.span("verb"),
                parties(reading, *match.span("who")),
            )
        )
        at = thing.end()
    settle = _SETTLE.search(text, at, sentence.end) if found else None
    where = split(text, *settle.span("place")) if settle else []
    for i, (name, number, verb, who) in enumerate(found):
        site = where[i] if len(where) == len(found) else None
        if site is None and settle and len(found) == 1:
            site = settle.span("place")
        place = Phrase(reading.raw(*site), *site, "stated", "place") if site else home(reading)
        _both(draft, sentence, clause, name, who, number, place, verb)
    return bool(found)


def _single(draft: Draft, sentence: Sentence, clause: Clause, match: re.Match[str], money: Number) -> bool:
    reading, text = draft.reading, draft.reading.text
    who = _firms(draft, *match.span("who"))
    if not who:
        return False
    place = _where(draft, match, None, (money.end, sentence.end))
    built = _BUILD.match(text, skip(reading, money.end, sentence.end), sentence.end)
    if built is None or text[money.end : built.start()].strip(",、的 "):
        alone = len(who) == 1 and who[0].sort in ("carrier", "project") and match["at"] is None
        return alone and _own(draft, sentence, clause, who[0], money, place, match.span("verb"))
    start, end = built.span("what")
    settle = _SETTLE.search(text, start, end)
    end = settle.start() if settle else end
    thing = Phrase(reading.raw(start, end), start, end, "stated", "project")
    place = _where(draft, match, built, (money.end, sentence.end))
    _both(draft, sentence, clause, thing, who, money, place, match.span("verb"))
    return True


def _unnamed(draft: Draft, sentence: Sentence, clause: Clause, begin: int, money: list[Number]) -> bool:
    """投资22亿元建设P: the investor is who the sentence speaks of, or the other side of the deal."""
    reading, text, state = draft.reading, draft.reading.text, draft.state
    verb = _LONE.match(text, begin, money[0].start)
    built = _BUILD.match(text, skip(reading, money[0].end, sentence.end), sentence.end)
    sides = [side for side in (state.pair or ()) if side.sort not in ("place", "carrier", "fund")]
    owner = state.owner if state.owner and state.owner.sort in ("organisation", "other") else None
    who = [owner] if owner else sides
    if len(money) != 1 or verb is None or built is None or not (who or _THING.search(built["what"])):
        return False
    span = built.span("what")
    thing = Phrase(reading.raw(*span), *span, "stated", "project")
    _own(draft, sentence, clause, thing, money[0], home(reading), verb.span("verb"))
    return True


def _own(
    draft: Draft,
    sentence: Sentence,
    clause: Clause,
    thing: Phrase,
    money: Number,
    place: Phrase | None,
    verb: tuple[int, int],
) -> bool:
    draft.add(
        Kind.PROJECT,
        thing,
        Phrase(draft.reading.raw(*verb), *verb),
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
    built = _BUILD.search(text, money[-1].end, sentence.end)
    if len(who) != len(money) or built is None or built.start() > money[-1].end + 2:
        return False
    start, end = built.span("what")
    shared = re.search(r"(?:等)?项目\Z", text[start:end])
    things = split(text, start, start + shared.start() if shared else end)
    if len(things) != len(money):
        return False
    where = split(text, *match.span("at")) if match["at"] else []
    done: list[Phrase] = []
    for firm, number, (a, b) in zip(who, money, things, strict=True):
        inner = re.search(r"\((?P<place>[^)]+)\)\Z", text[a:b])
        name_end = a + inner.start() if inner else b
        thing = Phrase(
            reading.raw(a, name_end).removesuffix("项目") + ("项目" if shared else ""),
            a,
            name_end,
            "stated",
            "project",
        )
        span = (a + inner.start("place"), a + inner.end("place")) if inner else None
        span = span or (where[len(done)] if len(where) == len(money) else None)
        done.append(thing)
        place = Phrase(reading.raw(*span), *span, "stated", "place") if span else home(reading)
        _both(draft, sentence, clause, thing, [firm], number, place, match.span("verb"))
    return True


def _joint(draft: Draft, sentence: Sentence, clause: Clause, match: re.Match[str], money: Number) -> bool:
    who = _firms(draft, *match.span("who"))
    thing = party(draft.reading, *match.span("what"))
    if not who or thing is None:
        return False
    _both(
        draft,
        sentence,
        clause,
        thing,
        who,
        money,
        _where(draft, None, None, (money.end, sentence.end)),
        match.span("verb"),
    )
    return True


def _built_by(draft: Draft, sentence: Sentence, clause: Clause, begin: int) -> bool:
    """由A投资建设: the investor of the project named last."""
    topic = draft.state.topic
    reading = draft.reading
    if made := _MADE_BY.match(reading.text, begin, clause.end):
        thing = Phrase(reading.raw(*made.span("what")), *made.span("what"), "stated", "project")
        _investor(
            draft, sentence, clause, thing, _firms(draft, *made.span("who")), made.span("verb"), home(reading)
        )
        draft.state.topic = thing
        return False
    match = _BUILT_BY.match(draft.reading.text, begin, clause.end)
    if match and topic and topic.sort in ("project", "carrier"):
        _investor(
            draft,
            sentence,
            clause,
            topic.carried(),
            _firms(draft, *match.span("who")),
            match.span("verb"),
            home(draft.reading),
        )
    return False


def _signed(draft: Draft, sentence: Sentence, clause: Clause, match: re.Match[str]) -> bool:
    reading = draft.reading
    place = party(reading, *match.span("place"))
    who = _firms(draft, *match.span("who"))
    sized = ("power", "mass")
    if (
        place is None
        or not who
        or any(n.family not in sized for n in reading.numbers_in(*match.span("what")))
    ):
        return False
    a, b = match.span("what")
    thing = Phrase(reading.raw(a, b), a, b, "stated", "project")
    _investor(draft, sentence, clause, thing, who, match.span("verb"), place)
    draft.state.topic = thing
    return False


def _both(
    draft: Draft,
    sentence: Sentence,
    clause: Clause,
    thing: Phrase,
    who: list[Phrase],
    money: Number,
    place: Phrase | None,
    verb: tuple[int, int],
) -> None:
    _own(draft, sentence, clause, thing, money, place, verb)
    _investor(draft, sentence, clause, thing, who, verb, place)


def _investor(
    draft: Draft,
    sentence: Sentence,
    clause: Clause,
    thing: Phrase,
    who: list[Phrase],
    verb: tuple[int, int],
    place: Phrase | None,
) -> None:
    if who:
        draft.add(
            Kind.PROJECT,
            thing,
            Phrase("投资方", *verb),
            sentence,
            clause,
            region=place,
            items=tuple((p.start or 0, p.end or 0) for p in who),
            period=_date(draft, sentence, clause, verb[1]),
        )


def _date(draft: Draft, sentence: Sentence, clause: Clause, offset: int) -> tuple[str | None, Ground]:
    found = governing(draft.reading, sentence, clause, offset)
    if found:
        return found
    if draft.state.event_date and draft.state.event_ground:
        ground = draft.state.event_ground
        return draft.state.event_date, Ground("carried", ground.start, ground.end)
    return None, Ground("default")


def _where(
    draft: Draft, invest: re.Match[str] | None, built: re.Match[str] | None, rest: tuple[int, int]
) -> Phrase | None:
    reading, text = draft.reading, draft.reading.text
    span = None
    if invest and invest["at"]:
        span = invest.span("at")
    elif built and built["place"]:
        span = built.span("place")
    elif (settle := _SETTLE.search(text, *rest)) and not re.search("[。;]", text[rest[0] : settle.start()]):
        span = settle.span("place")
    return Phrase(reading.raw(*span), *span, "stated", "place") if span else home(reading)
