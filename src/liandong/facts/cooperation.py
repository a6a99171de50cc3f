"""Cooperation: ties between two parties, own side first. One fact for each partner.

A与B共建X      A分别与B、C共建X、Y (first with first)      X由A、B共建      A、B联合组建的X      与B合作设立X
"""

from __future__ import annotations

import re

from liandong.facts.building import Draft, place_of
from liandong.facts.clauses import Clause, Sentence
from liandong.facts.fact import Kind
from liandong.facts.lexicon import any_of, words
from liandong.facts.lists import split
from liandong.facts.phrases import parties, party, unquote
from liandong.facts.reading import Reading
from liandong.facts.subjects import Phrase, home, skip

_V = words("verbs")
_TIE = any_of(_V["tie"])
_STRONG = any_of(_V["tie_strong"])
_WITH = re.compile(
    rf"(?P<own>[^,;:。]*?)(?:分别)?(?P<with>与|同|和|携手|联合|联手|牵手)(?P<other>[^,;:。]{{2,60}}?|其)(?:已|已经|还|正式|现场|签约|一起|共同|(?<!设立)在[一-鿿]{{2,8}}?(?=签))*(?P<verb>(?:分别)?{_TIE})(?:了|起)?(?P<object>[^,;:。]{{2,40}})"
)
_WITH_STRONG = re.compile(
    rf"(?P<own>[^,;:。]*?)(?:、|与|和|同|及)(?P<other>[^,;:。、与和]{{2,24}})(?P<verb>{_STRONG})(?:了|的)?(?P<object>[^,;:。]{{2,40}})"
)
_BY = re.compile(
    rf"(?:(?P<object>[^,;:。]{{2,30}}?))?由(?P<parties>[^,;:。]{{3,40}}?)(?:两[市地省县区校家]|[三四]方|双方)?(?P<verb>{_STRONG})\Z"
)
_DEAL = re.compile(r"(?P<verb>达成)(?:了)?(?P<object>[^,;。]{0,8}合作)\Z")
_HAND = re.compile(
    r"(?P<own>[^,;:。]{2,24}?)(?:携手|牵手|联手|联合|签约|引入|对接)(?!仪式|活动|项目|会)(?P<other>[^,;:。]{2,40})\Z"
)
_BARE = re.compile(rf"(?:将|还|拟|已|共同|双方|还将)*(?P<verb>{_STRONG})(?:了)?(?P<object>[^,;:。]{{2,30}})")
_BETWEEN = re.compile(
    rf"(?:两地|两市|双方|两省|两县|两区|两地国资)(?:还将|还|将|拟|已)?(?P<verb>{_STRONG})(?:了)?(?P<object>[^,;:。]{{2,30}})"
)
_INTENT = re.compile(r"意向|框架")
_MONEY = re.compile(r"基金|证券|银行|投资集团|资本|创投|保险|信托")
_CUT = re.compile(
    r"(?<=..)(?:,|。|助力|推动|实现|落户|正式|启用|揭牌|挂牌|落成|将于|已|规模|投资(?=\d|约|超)|面积|在[一-鿿]{2,8}(?:揭牌|启用|落户))|(?<=基金)规模"
)
_NO_THING = re.compile(r"共享|工作|取得|新机制|机制建设|力度|成果")
_AMOUNT = re.compile(r"(?:总|首期|目标)?(?:规模|投资)?(?:达|约|为|超)?[\d.]+[万亿]*元的")
# words of tasks, which no name of a party holds: 高质量发展和深度融入共建…
_NO_PARTY = re.compile(
    r"高质量|高水平|深度|深入|融入|参与|推动|推进|团结|制定|改革|同心|一体化|贯彻|落实|加快|深化|奋斗|新通道|建成|通车"
)
_IN = re.compile(
    r"在(?P<place>[^,;:。]{2,12}?)(?P<verb>设立|成立|建立|布局|建成|建设|设有)(?:了)?(?P<object>[^,;:。]{3,40})"
)
_PROJECT = re.compile(r"项目\Z")
_PAIR, _SIDES = 2, 4
_ORG = re.compile(
    r"(?:大学|学院|集团|公司|研究院|研究所|中科院|科学院|协会|商会|银行|基金|中心|院校|医院|证券|海通|科技|能源|银团|联盟|股份|控股|投控|资本|创投|高新区|经开区|新区|开发区|[市县区州省])\Z"
)


def cooperation(draft: Draft, sentence: Sentence, clause: Clause) -> Phrase | None:
    """Add the ties that a clause states; returns the thing agreed, of which later clauses speak."""
    reading, text = draft.reading, draft.reading.text
    found = None
    if clause.start < len(text) and text[clause.start].isdigit():
        return None  # those who are counted
    if between := _BETWEEN.match(text, skip(reading, clause.start, clause.end), clause.end):
        return _between(draft, sentence, clause, between)
    if by := _BY.search(text, clause.start, clause.end):
        return _by(draft, sentence, clause, by)
    match = _WITH.match(text, clause.start, clause.end)
    if match and _plausible(reading, match):
        found = _tie(draft, sentence, clause, match)
    elif (strong := _WITH_STRONG.match(text, clause.start, clause.end)) and not (
        _NO_PARTY.search(strong["other"]) or _NO_PARTY.search(strong["own"][-8:])
    ):
        found = _tie(draft, sentence, clause, strong)
    elif draft.state.partner and (
        bare := _BARE.match(text, skip(reading, clause.start, clause.end), clause.end)
    ):
        own, other = draft.state.partner
        found = _add(
            draft,
            sentence,
            clause,
            own.carried(),
            other.carried(),
            bare.span("verb"),
            [_object(text, *bare.span("object"))],
        )
    elif hand := _HAND.match(text, skip(reading, clause.start, clause.end), clause.end):
        one, others = party(reading, *hand.span("own")), parties(reading, *hand.span("other"))
        if one and others and not reading.numbers_in(clause.start, clause.end):
            draft.state.partner = draft.state.pair = (one, others[0])
    elif place := _IN.search(text, clause.start, clause.end):
        found = _outpost(draft, sentence, clause, place)
    return found


def _plausible(reading: Reading, match: re.Match[str]) -> bool:
    """A weak verb (签订, 建立, 开展) ties two parties only if the other is an organisation or a place."""
    verb = match["verb"].removeprefix("分别")
    if _NO_PARTY.search(match["other"]):
        return False
    if _PROJECT.search(match["object"]) and verb == "签约":
        return False
    if re.search(rf"(?:{_STRONG})\Z", verb) or re.match(_STRONG, verb):
        return len(match["other"]) <= 40
    named = reading.places_in(*match.span("other"))
    if verb in ("签约", "合作", "组建", "设立", "成立", "建成", "打造", "建设", "开展") and not _ORG.search(
        match["other"]
    ):
        return False
    return bool(named or _ORG.search(match["other"]) or verb in ("签订", "签署", "建立", "达成"))


def _tie(draft: Draft, sentence: Sentence, clause: Clause, match: re.Match[str]) -> Phrase | None:
    reading, text, state = draft.reading, draft.reading.text, draft.state
    others = parties(reading, *match.span("other"))
    if match["other"] in ("其", "该市", "该区", "该园区", "园区") and state.owner:
        others = [state.owner.carried()]
    begin = match.start("own") + len(match["own"]) - len(match["own"].removeprefix("由"))
    own = party(reading, begin, match.end("own")) if match["own"] else None
    if own is None or len(own.text) < 2:
        own = state.owner.carried() if state.owner and state.owner.sort != "fund" else home(reading)
    if (
        own is None
        or not others
        or text[match.start("object")] in "、等"
        or own.text.startswith(("在", "围绕"))
    ):
        return None
    counted = reading.numbers_in(*match.span("other"))
    if counted:
        return None
    if own.how == "stated" and re.search("、", own.text):
        owns = parties(reading, *match.span("own"))
        if len(others) != 1 or len(owns) < 2:
            return None
        own, others = others[0], owns
    objects = [unquote(text, a, b) for a, b in split(text, *_object(text, *match.span("object")))]
    verb = match.span("verb")
    if text.startswith("分别", *verb):
        verb = (verb[0] + 2, verb[1])
    last = None
    funds = any(_MONEY.search(other.text) for other in others)
    paired = len(objects) == len(others) and len(others) > 1
    whole = [unquote(text, *_object(text, *match.span("object")))]
    for i, other in enumerate(others):
        things = (
            [objects[i]]
            if paired
            else objects
            if len(objects) > 1 and all(b - a >= 3 for a, b in objects)
            else whole
        )
        if [text[a:b] for a, b in things] != ["合作"]:
            last = _add(draft, sentence, clause, own, other, verb, things, funds=funds)
    state.partner = state.pair = (own, others[-1])
    if [text[a:b] for a, b in whole] == ["合作"]:
        return None
    return last


def _add(
    draft: Draft,
    sentence: Sentence,
    clause: Clause,
    own: Phrase,
    other: Phrase,
    verb: tuple[int, int],
    things: list[tuple[int, int]],
    *,
    funds: bool = False,
) -> Phrase | None:
    reading, text = draft.reading, draft.reading.text
    first, second = _own_first(reading, own, other)
    subject = Phrase(
        f"{first.text}–{second.text}",
        min(p.start for p in (first, second) if p.start is not None),
        max(p.end for p in (first, second) if p.end is not None),
        "carried" if "carried" in (first.how, second.how) else "stated",
        "tie",
    )
    last = None
    for a, b in things:
        if b - a < 2 or _NO_THING.match(text, a, b):
            continue
        money = funds and "合作关系" in text[a:b]
        kind = Kind.FUND if money else Kind.COOPERATION
        planned = "planned" if re.search("意向", text[a:b]) else None
        target = (
            (other.start, other.end)
            if money and other.start is not None and other.end is not None
            else (a, b)
        )
        draft.add(
            kind,
            subject,
            Phrase(reading.raw(verb[0], b), verb[0], b) if money else Phrase(reading.raw(*verb), *verb),
            sentence,
            clause,
            target=target,
            modality=planned,
            region=place_of(reading, first),
        )
        from liandong.facts.subjects import sort_of

        last = Phrase(reading.raw(a, b), a, b, "stated", sort_of(text[a:b]))
    return last


def _own_first(reading: Reading, one: Phrase, other: Phrase) -> tuple[Phrase, Phrase]:
    """The side of the page's place comes first."""
    return (other, one) if _local(reading, other) > _local(reading, one) else (one, other)


def _local(reading: Reading, phrase: Phrase) -> int:
    name = reading.home or ""
    if phrase.how == "default" or phrase.text == name:
        return 4
    if re.search(r"大学|学院|研究院|科学院|研究所", phrase.text):
        return 0
    if phrase.sort == "place" and phrase.start is not None and phrase.end is not None:
        named = reading.places_in(phrase.start, phrase.end)
        return 3 if named and named[-1].code[:4] == reading.code[:4] else 1
    if name and name in phrase.text:
        return 3
    if phrase.sort == "carrier":
        return 3
    return 1


def _object(text: str, start: int, end: int) -> tuple[int, int]:
    """The thing agreed, without its amount before it and what happens to it behind."""
    amount = _AMOUNT.match(text, start, end)
    start = amount.end() if amount else start
    cut = _CUT.search(text[start:end])
    return (start, start + cut.start()) if cut else (start, end)


def _by(draft: Draft, sentence: Sentence, clause: Clause, match: re.Match[str]) -> Phrase | None:
    reading, state = draft.reading, draft.state
    sides = parties(reading, *match.span("parties"))
    if not _PAIR <= len(sides) <= _SIDES:
        return None
    start = skip(reading, clause.start, match.start("parties") - 1)
    end = match.start("parties") - 1
    if end - start >= 3:
        thing: tuple[int, int] | None = (start, end)
    elif state.topic and state.topic.start is not None and state.topic.end is not None:
        thing = (state.topic.start, state.topic.end)
    else:
        thing = None
    if thing is None:
        return None
    first = max(sides, key=lambda side: _local(reading, side))
    for other in sides:
        if other is not first:
            _add(draft, sentence, clause, first, other, match.span("verb"), [thing])
    return state.topic


def _between(draft: Draft, sentence: Sentence, clause: Clause, match: re.Match[str]) -> Phrase | None:
    """两地国资共同设立…, 双方将共建…: the two sides are those named last."""
    if reading_pair := draft.state.pair:
        own, other = (side.carried() for side in reading_pair)
        thing = unquote(draft.reading.text, *_object(draft.reading.text, *match.span("object")))
        return _add(draft, sentence, clause, own, other, match.span("verb"), [thing])
    for phrases in reversed(draft.state.lists):
        if len(phrases) == 2 and all(p.sort == "place" or len(p.text) <= 4 for p in phrases):
            return _add(
                draft,
                sentence,
                clause,
                phrases[0],
                phrases[1],
                match.span("verb"),
                [_object(draft.reading.text, *match.span("object"))],
            )
    return None


def _outpost(draft: Draft, sentence: Sentence, clause: Clause, match: re.Match[str]) -> Phrase | None:
    """在上海设立科创中心和…科创飞地: an outpost in another place."""
    reading, text, state = draft.reading, draft.reading.text, draft.state
    named = reading.places_in(*match.span("place"))
    if not named or named[0].code[:4] == reading.code[:4] or reading.numbers_in(*match.span("object")):
        return None
    owner = state.owner.carried() if state.owner else home(reading)
    place = Phrase(named[0].short, named[0].start, named[0].end, "stated", "place")
    verb = Phrase(reading.raw(match.start(), match.end("verb")), match.start(), match.end("verb"))
    last = None
    for a, b in split(text, *match.span("object")):
        if re.search(r"(?:中心|飞地|基地|研究院|园|平台|工作站|办事处|孵化器|总部|窗口|离岸)\Z", text[a:b]):
            draft.add(Kind.COOPERATION, owner, verb, sentence, clause, target=(a, b), region=place)
            last = Phrase(reading.raw(a, b), a, b, "stated", "carrier")
    return last
