"""Indicators: what each number of a clause is a number of.

高新技术企业549家                  noun before          引进了92个人才项目        verb before, noun behind
…完成2286.4亿元,增长4.3%           growth, carried      占全国的15.8%             share of a whole
A、B产值分别增长41.3%和18.9%        n members, n values  高于全省2.4个百分点        gap
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from liandong.facts.building import Draft, governing
from liandong.facts.clauses import Clause, Sentence
from liandong.facts.fact import Fact, Ground, Kind
from liandong.facts.lexicon import any_of, words
from liandong.facts.lists import Coordination, coordination, split
from liandong.facts.numbers import Number
from liandong.facts.reading import Reading
from liandong.facts.subjects import Phrase, home, leading, short_name, skip

_W = words("words")
_M = words("metrics")
_LIGHT = re.compile(
    rf"(?:{any_of([w for w in _W['light'] if w not in ('在', '可', '就', '各')])}|[,、;:\s])+"
)
_COPULAS = tuple(sorted(set(_W["copulas"]), key=lambda w: -len(w)))
_ADVERB = r"(?:同比|环比|比上年(?:同期|末|底)?|较上年(?:同期|末|底)?|较去年(?:同期|底|末)?|比去年(?:同期|底|末)?|年均|按可比价格?(?:计算)?|按不变价格?(?:计算)?|分别|依次|均|各|净|预期|将|实际|名义|再|又|也|就|累计|合计|已|平均|逆势|大幅|快速|可比|,|(?:比|较)(?:\d{4}年?|[一-鿿]{2,5}年)(?:同期|末|底)?)*"
_GROWTH = re.compile(
    rf"(?P<pre>{_ADVERB})(?P<verb>{any_of(_W['rises'])}|{any_of(_W['falls'])}|增幅|增速|涨幅|降幅)(?:幅度|速度)?(?P<to>至|到)?(?:了|约|超过|超|近|达到|达|为|逾|将|不低于|不超过|高达|分别|依次|在|突破|预期|保持在|力争|仅|,)*\Z"
)
_SHARE = re.compile(
    r"(?:分别|依次|合计|约|共|独|各|均)*占(?P<of>(?!比|地|用|据|有率)[^,;、\d]{0,18}?)(?:的)?(?P<word>比重|比例|份额)?(?:的)?(?:分别|依次|合计|达到|达|为|超过|超|近|约|逾|高达|的|突破|提高到|提升至|已)*\Z"
)
_SOLE = re.compile(
    r"(?P<of>全[国省区球市县])?(?P<what>[^,;]{2,16}?)(?P<who>我市|我区|我县|[一-鿿]{2,4})(?:独占|占|占据|占了)(?:近|超|约|了)?\Z"
)
_GAP = re.compile(
    r"(?P<gap>(?:分别)?(?:高于|低于|快于|高出|超出|领先|优于|慢于|多于|少于|好于|超过)(?P<of>[^,;\d]{1,14}?))(?:平均水平|平均|水平)?(?:约|近|超|分别|了|达)*\Z"
)
_FALLS = re.compile(any_of(_W["falls"]) + r"|降幅")
_BEHIND = re.compile(
    r"(?:的)?(?!的|以上|以下|以内|左右|多|余|不等|及|和|、|上榜|入选|,|;|。)(?P<np>(?:[一-鿿A-Za-z·]|“[^”]*”|‘[^’]*’|\([^)]*\)|[+-])+)"
)
_NOUN_END = re.compile(
    r"(?<=..)(?:上榜|入选|获评|获批|现场|集中|签约|落户|落地|开工|投产|已|正|全部|成功|先后|共|分别|总投资|累计|去年|今年|实现|完成|达到|达|占|居|在(?=[一-鿿]{2,})|位|名列|进入|跻身|建立|共建|结成|联办|参加|参会|成长为|建成|为|是|被|将|和(?=\d)|的成果|亮相|同台|揭牌|启用|投用|的(?=有|达|占))"
)
_COUNT_VERB = re.compile(rf"(?:{any_of(_M['count_verbs'])})(?:了|的|一批|超|近|约|逾)?\Z")
_ATTRIBUTES = tuple(_M["attributes"])
_FLOWS = re.compile(any_of(_M["flows"]))
_TERM = re.compile(any_of(_W["terms"]))
_ABSTRACT = re.compile(any_of(_W["abstract"]))
_TOPIC = re.compile(r"(?P<np>[^,;:。]{2,20}?)(?:方面|领域|方面来看|来看)\Z")
_RESUME = re.compile(r"至此|从[一-鿿]{1,6}看|按[一-鿿]{1,6}分|分[一-鿿]{1,6}看|其中|[三两]地")
_PLACE_LIST = re.compile(r"[一-鿿]{2,6}(?:市|县|区|旗)\Z|[一-鿿]{2,4}\Z")
_GIVE = re.compile(r"奖励|补贴|资助|给予|补助|奖补|津贴|资金支持|贴息|发放|申报|优惠|减免|补偿")
_RANK_VERB = re.compile(
    r"(?:(?:位|名)?(?:居|列)|排名?|跃居|升至|位于|稳居|蝉联|保持|排在|上升到|跃升至|占据|均)(?:全|[^,;]{0,14})?\Z"
)
_FUND_MONEY = re.compile(r"基金")
_PROJECT = re.compile(r"项目|签约|开工|投产|引资|投资方|协议金额|合同金额")
_OUTPUT = re.compile(r"产值|税收|营收|营业收入|收入|利润|增速|增加值|占|出口")
_REFER = re.compile(r"[一二两三四五六七八九十]+(?:大|个|类|项|地|市|县|区|者|家)?")


@dataclass(frozen=True, slots=True)
class Left:
    """What stands before a number: the owner, the indicator's own words, and how they relate to the number.

    relation: `level`, `growth`, `share`, `gap`; own: the words of the relation (增长, 占全国, 高于全省).
    """

    owner: Phrase | None
    base: tuple[int, int] | None
    relation: str
    own: str
    own_start: int
    begin: int
    falls: bool = False


def number_facts(draft: Draft, sentence: Sentence, clause: Clause) -> None:
    """Bind every number of a clause and add its facts."""
    reading = draft.reading
    values = reading.numbers_in(clause.start, clause.end)
    cursor = clause.start
    for group in _groups(reading.text, values):
        following = next((n.start for n in values if n.start >= group[-1].end), clause.end)
        cursor = _bind(draft, sentence, clause, group, cursor, following)


def topic_clause(draft: Draft, clause: Clause) -> None:
    """高新技术企业方面, names what the next number counts."""
    match = _TOPIC.match(draft.reading.text, clause.start, clause.end)
    if match and not draft.reading.numbers_in(clause.start, clause.end):
        start = skip(draft.reading, match.start("np"), match.end("np"))
        if start < match.end("np"):
            draft.state.base = Phrase(
                draft.reading.raw(start, match.end("np")), start, match.end("np"), "carried", "topic"
            )


def _groups(text: str, values: list[Number]) -> list[list[Number]]:
    """Numbers with nothing but 、 or 和 between them belong together."""
    out: list[list[Number]] = []
    for number in values:
        last = out[-1][-1] if out else None
        if (
            last is not None
            and re.fullmatch(r"[、,]?(?:和|及|以及|与)?", text[last.end : number.start])
            and last.family == number.family
            and last.unit == number.unit
            and last.family != "rank"
        ):
            out[-1].append(number)
        else:
            out.append([number])
    return out


def _bind(
    draft: Draft, sentence: Sentence, clause: Clause, group: list[Number], cursor: int, following: int
) -> int:
    reading, text = draft.reading, draft.reading.text
    first = group[0]
    if first.weak or not reading.home and False:
        return group[-1].end
    while cursor < first.start and text[cursor] in "、,和及与;:( ":
        cursor += 1
    if first.family == "rank":
        rank_fact(draft, sentence, clause, first, cursor)
        return first.end
    left = _left(draft, clause, cursor, first)
    context = text[cursor : first.start]
    if len(group) > 1 or re.search(r"各(?:自|有)?[一-鿿]{0,4}\Z", context):
        if _distribute(draft, sentence, clause, group, cursor, left):
            return group[-1].end
    behind = _behind(reading, group[-1], following)
    takes_behind = (
        behind and (left.base is None or _COUNT_VERB.search(text, *left.base)) and left.relation == "level"
    )
    end = group[-1].end
    for number in group:
        if takes_behind and behind:
            if _behind_fact(draft, sentence, clause, number, left, behind):
                end = max(end, behind[1])
        else:
            _plain_fact(draft, sentence, clause, number, left)
    return end


def _left(draft: Draft, clause: Clause, cursor: int, number: Number) -> Left:
    reading, text = draft.reading, draft.reading.text
    stop = number.start
    relation, own, own_start, falls = "level", "", stop, False
    segment = text[cursor:stop]
    if number.family in ("share", "points", "ratio") or (
        number.family and re.search(r"(?:增加|减少|净增|新增长)(?:了)?\Z", segment)
    ):
        growth = _GROWTH.search(segment)
        gap = _GAP.search(segment) if number.family in ("points", "share") else None
        share = _SHARE.search(segment) if number.family in ("share", "ratio") else None
        if gap:
            relation, own, own_start = "gap", gap["gap"].removeprefix("分别"), cursor + gap.start()
        elif growth and not growth["to"] and number.family in ("share", "points", "ratio"):
            relation, own, own_start = "growth", growth["verb"], cursor + growth.start()
            falls = bool(_FALLS.search(growth["verb"]))
        elif share:
            relation, own, own_start = "share", f"占{share['of']}", cursor + share.start()
    end = _rstrip(text, cursor, own_start)
    if relation == "growth":
        end = _rstrip(text, cursor, _without_plan(text, cursor, end))
    owner, begin = leading(reading, cursor, end)
    begin = _lskip(reading, begin, end)
    if owner and owner.sort != "place" and begin >= end and relation == "level" and number.family != "count":
        begin = end
    base = (begin, end) if begin < end else None
    return Left(owner, base, relation, own, own_start, skip(reading, cursor, stop), falls)


def _without_plan(text: str, start: int, end: int) -> int:
    for word in ("预期", "预计", "力争", "计划", "目标"):
        if text.endswith(word, start, end):
            return end - len(word)
    return end


def _lskip(reading: Reading, start: int, end: int) -> int:
    """Past adverbs and time words, keeping the words of the indicator."""
    text = reading.text
    while start < end:
        times = reading.times_in(start, end)
        if times:
            late = times[-1]
            if late.start == start:
                start = late.end
                continue
        match = _LIGHT.match(text, start, end)
        if (
            match
            and match.end() > start
            and not text.startswith(
                (
                    "有效",
                    "为主",
                    "再生",
                    "可供",
                    "可支配",
                    "可再生",
                    "可研",
                    "可比",
                    "多晶",
                    "多式",
                    "在建",
                    "在孵",
                    "在研",
                    "已开",
                    "新",
                    "实现利",
                    "是否",
                    "就业",
                    "就地",
                    "按揭",
                    "近海",
                    "余热",
                    "约定",
                    "均价",
                    "达产",
                    "突破性",
                    "再贷",
                    "计划总",
                    "拟募",
                    "拟建",
                    "将军",
                ),
                start,
                end,
            )
        ):
            start = match.end()
            continue
        break
    return start


def _rstrip(text: str, start: int, end: int) -> int:
    moved = True
    while moved and end > start:
        moved = False
        while end > start and text[end - 1] in ",、;:( ":
            end -= 1
        for word in _COPULAS:
            if text.endswith(word, start, end):
                end -= len(word)
                moved = True
                break
    return end


def _behind(reading: Reading, number: Number, following: int) -> tuple[int, int] | None:
    """The noun behind a count: 92个创新创业人才(团队)项目."""
    if number.family not in ("count", "area", "power", "mass", "length", "money", "share", "compute"):
        return None
    match = _BEHIND.match(reading.text, number.end, following)
    if match is None or (number.family != "count" and not reading.text.startswith("的", number.end)):
        return None
    start, end = match.span("np")
    cut = _NOUN_END.search(reading.text, start, end)
    if cut:
        end = cut.start()
    return (start, end) if end > start else None


def _behind_fact(
    draft: Draft, sentence: Sentence, clause: Clause, number: Number, left: Left, behind: tuple[int, int]
) -> bool:
    reading = draft.reading
    noun = reading.raw(*behind)
    if _ABSTRACT.match(noun) or _ABSTRACT.search(noun[-3:]) and number.unit == "个" and "项目" not in noun:
        return True
    if number.family == "money":
        _plain_fact(draft, sentence, clause, number, replace(left, base=left.base))
        return False
    rest = reading.text[behind[1] : clause.end]
    at_start = left.base is None and left.owner is None
    if (
        at_start
        and (number.value, number.unit) in draft.state.stated
        and reading.numbers_in(behind[1], clause.end)
    ):
        return True
    verb = reading.text[slice(*left.base)] if left.base else ""
    if not verb and draft.state.counts and reading.text[number.start - 1] == "、":
        verb = ""
    action = re.match(r"(?:现场|集中|成功|全部)?(?:签约|上榜|入选|落户|落地|开工|投产|获评|入围|亮相)", rest)
    start = left.base[0] if left.base else number.start
    end = behind[1] + (action.end() if action else 0)
    name = (
        verb.removesuffix("的").removesuffix("等")
        if verb not in ("与", "和", "同", "有", "由", "等", "的", "为", "是", "达", "超")
        else ""
    )
    words_of = f"{name}{noun}" if not action else f"{action[0]}{noun}"
    indicator = Phrase(words_of, start, end)
    _emit(draft, sentence, clause, number, left, indicator)
    draft.state.counts.append(indicator)
    draft.state.base = replace(indicator, how="carried")
    return True


def _plain_fact(draft: Draft, sentence: Sentence, clause: Clause, number: Number, left: Left) -> None:
    reading, state = draft.reading, draft.state
    if left.base:
        base = Phrase(_clean(reading, *left.base), *left.base)
    elif state.base:
        base = replace(state.base, how="carried")
    elif left.owner and left.owner.sort != "place":
        base = left.owner
    else:
        return
    if number.family == "span" and not _TERM.search(reading.text, clause.start, number.end):
        return
    if len(base.text) > 40 or len(base.text) < 2:
        return
    if (
        base.sort == "topic"
        and left.base is None
        or (base.text in ("有效数", "数量", "总数", "总量") and state.base)
    ):
        base = replace(state.base or base, how="carried")
    _emit(draft, sentence, clause, number, left, _related(base, left, number))
    if left.base:
        state.counts.append(base)
    if left.relation == "level" or left.base:
        if left.base or state.base is None:
            state.base = replace(base, how="carried")


def _related(base: Phrase, left: Left, number: Number) -> Phrase:
    """The indicator with the word of its relation: 产值 + 增长 → 产值增速."""
    text = base.text
    if left.relation == "growth":
        if not text.endswith(("增速", "增幅")):
            text += "增长倍数" if number.family == "ratio" else "增速"
    elif left.relation == "share":
        text += f"{left.own}比重" if len(left.own) > 1 else "占比"
    elif left.relation == "gap":
        text += ("" if text.endswith(("增速", "率", "占比", "比重")) else "增速") + left.own
    return replace(base, text=text)


def _emit(
    draft: Draft,
    sentence: Sentence,
    clause: Clause,
    number: Number,
    left: Left,
    indicator: Phrase,
    *,
    owner: Phrase | None = None,
    period: tuple[str | None, Ground] | None = None,
    quote: tuple[int, int] | None = None,
) -> Fact | None:
    reading, state = draft.reading, draft.state
    subject = owner or left.owner or _carried(draft, indicator, number)
    if left.falls:
        verb_at = reading.text.rfind(left.own, clause.start, number.start)
        number = replace(number, start=verb_at, value=f"-{number.value}")
    modality = reading.modality(sentence, clause, number.start)
    kind = _kind(reading, clause, subject, indicator, number)
    if period is None:
        period = _period(draft, sentence, clause, number, kind, indicator, modality)
    if modality == "planned" and kind in (Kind.INDICATOR, Kind.CARRIER) and "目标" not in indicator.text:
        indicator = replace(indicator, text=f"{indicator.text}目标")
    state.stated.add((number.value, number.unit))
    if quote is None:
        near = indicator.start is not None and indicator.start >= sentence.start
        quote = (indicator.start if near and indicator.start is not None else left.begin, number.end)
    return draft.add(
        kind,
        subject,
        indicator,
        sentence,
        clause,
        number=number,
        period=period,
        modality=modality,
        quote=quote,
    )


def _carried(draft: Draft, indicator: Phrase, number: Number) -> Phrase | None:
    state = draft.state
    topic = state.topic
    if topic and (indicator.text.startswith(_ATTRIBUTES) or indicator.how == "carried"):
        return topic.carried()
    if state.owner:
        return state.owner.carried()
    return home(draft.reading)


def _kind(
    reading: Reading, clause: Clause, subject: Phrase | None, indicator: Phrase, number: Number
) -> Kind:
    sort = subject.sort if subject else "place"
    name = indicator.text
    if _GIVE.search(reading.text, clause.start, clause.end) and number.family in ("money", "share", "span"):
        return Kind.PROGRAM
    if sort == "fund" or "基金" in name and number.family in ("money", "count"):
        return Kind.FUND
    if sort == "programme" and number.family in ("money", "share", "span"):
        return Kind.PROGRAM
    if sort == "carrier" and not _OUTPUT.search(name):
        return Kind.CARRIER
    if (sort == "project" and number.family == "money") or (
        _PROJECT.search(name) and number.family in ("money", "count")
    ):
        return Kind.PROJECT
    if number.family == "count" and re.match(r"(?:建立|共建|结成|合作)", name):
        return Kind.COOPERATION
    return Kind.INDICATOR


def _period(
    draft: Draft,
    sentence: Sentence,
    clause: Clause,
    number: Number,
    kind: Kind,
    indicator: Phrase,
    modality: str,
) -> tuple[str | None, Ground]:
    reading, state = draft.reading, draft.state
    found = governing(reading, sentence, clause, number.start)
    own = governing(reading, sentence, clause, number.start, own=True)
    if kind in (Kind.FUND, Kind.CARRIER) and modality == "actual" and own is None and found:
        times = [t for t in reading.times_in(sentence.start, number.start) if t.how == "cutoff"]
        found = found if times else None
    if found:
        return found
    section = reading.section(number.start)[0]
    if section and kind in (Kind.INDICATOR, Kind.PROJECT, Kind.CARRIER):
        return section.period, Ground("carried", section.start, section.end)
    if kind == Kind.PROJECT and state.event_date and state.event_ground:
        return state.event_date, replace(state.event_ground, how="carried")
    if kind == Kind.INDICATOR and (held := reporting(draft, sentence, indicator)):
        return held
    return None, Ground("default")


def reporting(draft: Draft, sentence: Sentence, indicator: Phrase) -> tuple[str | None, Ground] | None:
    """The reporting period named earlier, for flows; a cut-off date, for the break-downs that follow it."""
    reading = draft.reading
    resumes = bool(_RESUME.match(reading.text, sentence.start, sentence.end))
    index = reading.sentences.index(sentence) if False else None
    del index
    flow = bool(_FLOWS.search(indicator.text))
    if not flow and not resumes:
        return None
    for time in reversed(reading.times_in(reading.sentences[0].start, sentence.start)):
        if time.how == "span" and flow and time.period and "-" in time.period and "/" in time.period:
            return time.period, Ground("carried", time.start, time.end)
        if time.how in ("cutoff", "date") and resumes:
            return time.period, Ground("carried", time.start, time.end)
    return None


def _clean(reading: Reading, start: int, end: int) -> str:
    """The words of an indicator without the time words and adverbs inside."""
    parts, at = [], start
    for time in reading.times_in(start, end):
        parts.append(reading.raw(at, time.start))
        at = time.end
    parts.append(reading.raw(at, end))
    return re.sub(r"(?<=..)(?:了|分别|依次)|\s", "", "".join(parts)).strip("的、,，")


def _distribute(
    draft: Draft, sentence: Sentence, clause: Clause, group: list[Number], cursor: int, left: Left
) -> bool:
    """A、B、C … 分别 … a、b、c: member by member; 各: one value for all."""
    reading, state, text = draft.reading, draft.state, draft.reading.text
    count = len(group)
    first = group[0]
    each = count == 1
    found: Coordination | None = None
    begin, end = skip(reading, cursor, left.own_start), left.base[1] if left.base else cursor
    begin = _lskip(reading, begin, end)
    if each:
        return _each(draft, sentence, clause, first, left)
    if years := _years(reading, clause, first, count):
        base = left.base
        if base:
            indicator = Phrase(_clean(reading, *base), *base)
            for number, year in zip(group, years, strict=True):
                _emit(draft, sentence, clause, number, left, indicator, period=year)
            return True
    if end > begin:
        found = coordination(text, begin, end, count)
    if found and all(b - a <= 24 for a, b in found.items):
        heads = _heads(reading, found, left)
        _spread(draft, sentence, clause, group, left, heads)
        return True
    tail = Phrase(_clean(reading, *left.base), *left.base) if left.base else None
    heads = _earlier(draft, count)
    if heads is None:
        return False
    joined = tuple(
        (Phrase(_joined(head.text, tail, left), head.start, head.end, "carried", head.sort), owner)
        for head, owner in heads
    )
    _spread(draft, sentence, clause, group, left, joined)
    return True


def _joined(head: str, tail: Phrase | None, left: Left) -> str:
    return f"{head}{tail.text}" if tail else head


def _heads(reading: Reading, found: Coordination, left: Left) -> tuple[tuple[Phrase, Phrase | None], ...]:
    """Members as owners (places) with the tail as indicator, or as indicators with the tail."""
    out = []
    tail = reading.raw(*found.tail) if found.tail else ""
    for i, (a, b) in enumerate(found.items):
        item = reading.raw(a, b)
        named = reading.places_in(a, b)
        if found.tail and named and named[0].start == a and named[-1].end == b:
            owner = Phrase(short_name(reading, a, b), a, b, "stated", "place")
            out.append((Phrase(tail, *found.tail), owner))
        else:
            out.append((Phrase(found.text(reading.page.raw, i), found.start, found.end), None))
        del item
    return tuple(out)


def _earlier(draft: Draft, count: int) -> tuple[tuple[Phrase, Phrase | None], ...] | None:
    """The last list of this length: of the last 分别, of the counts just given, or of the words before."""
    state = draft.state
    if len(state.heads) == count:
        return tuple((h, None) for h in state.heads)
    if len(state.counts) >= count:
        return tuple((h, None) for h in state.counts[-count:])
    for phrases in reversed(state.lists):
        if len(phrases) == count:
            return tuple((p, None) for p in phrases)
    return None


def _spread(
    draft: Draft,
    sentence: Sentence,
    clause: Clause,
    group: list[Number],
    left: Left,
    heads: tuple[tuple[Phrase, Phrase | None], ...],
) -> None:
    for number, (head, owner) in zip(group, heads, strict=True):
        _emit(draft, sentence, clause, number, left, _related(head, left, number), owner=owner)
    draft.state.heads = tuple(replace(head, how="carried") for head, _ in heads)
    draft.state.base = None


def _each(draft: Draft, sentence: Sentence, clause: Clause, number: Number, left: Left) -> bool:
    for phrases in reversed(draft.state.lists):
        if all(p.sort == "place" or len(p.text) <= 6 for p in phrases) and left.base:
            match = re.search(
                r"各(?:自)?(?P<verb>[一-鿿]{0,4})\Z", draft.reading.text[left.base[0] : number.start]
            )
            verb = match["verb"] if match else ""
            for phrase in phrases:
                indicator = Phrase(f"{phrase.text}{verb}", phrase.start, phrase.end, "carried")
                _emit(draft, sentence, clause, number, replace(left, owner=None), indicator)
            return True
    return False


def _years(
    reading: Reading, clause: Clause, first: Number, count: int
) -> list[tuple[str | None, Ground]] | None:
    """2020年至2022年 … 依次 14、21、23: one year a value."""
    for time in reading.times_in(reading.sentences[0].start, first.start):
        if time.end < clause.start - 20 or time.how != "span" or not time.period:
            continue
        match = re.fullmatch(r"(\d{4})/(\d{4})", time.period)
        if match and int(match[2]) - int(match[1]) + 1 == count:
            how = "stated" if time.start >= clause.start else "carried"
            return [
                (str(y), Ground(how, time.start, time.end)) for y in range(int(match[1]), int(match[2]) + 1)
            ]
    return None


def note_lists(draft: Draft, clause: Clause) -> None:
    """Remember the short lists of a clause: a later 分别 or 各 may refer to them."""
    reading = draft.reading
    start = skip(reading, clause.start, clause.end)
    for match in re.finditer(
        r"(?:[^、,;:。和与及由在的按\d]{2,10}(?:、|和|与|及))+[^、,;:。和与及的\d]{2,12}",
        reading.text[start : clause.end],
    ):
        spans = split(reading.text, start + match.start(), start + match.end())
        phrases = []
        for a, b in spans:
            named = reading.places_in(a, b)
            if named and named[0].start == a:
                phrases.append(Phrase(named[0].short, a, named[0].end, "carried", "place"))
            else:
                phrases.append(Phrase(reading.raw(a, b), a, b, "carried"))
        if 2 <= len(phrases) <= 8:
            draft.state.lists.append(tuple(phrases))


def rank_fact(draft: Draft, sentence: Sentence, clause: Clause, number: Number, cursor: int) -> None:
    """居全省第3位: the indicator measured last, or the words before the verb; region is the set compared with."""
    from liandong.facts.scopes import scope_before

    reading, state, text = draft.reading, draft.state, draft.reading.text
    scope, at = scope_before(reading, cursor, number.start)
    verb = _RANK_VERB.search(text, cursor, at)
    end = _rstrip(text, cursor, verb.start() if verb else at)
    owner, begin = leading(reading, cursor, end)
    begin = _lskip(reading, begin, end)
    if text.startswith(("在", "列", "居"), begin, end):
        begin += 1
    words_of = _clean(reading, begin, end) if begin < end else ""
    if words_of and words_of not in ("总量", "增速", "数量", "规模", "总数", "增幅", "总额", "位次", "排名"):
        indicator = Phrase(words_of, begin, end)
    elif state.base:
        suffix = words_of if words_of else ""
        base = state.base.text
        indicator = Phrase(
            base if base.endswith(suffix) else f"{base}{suffix}", state.base.start, state.base.end, "carried"
        )
    else:
        return
    subject = owner or (state.owner.carried() if state.owner else None) or home(reading)
    region = scope or home(reading)
    near = indicator.start is not None and indicator.start >= sentence.start
    quote = (
        indicator.start if near and indicator.start is not None else skip(reading, cursor, number.start),
        number.end,
    )
    draft.add(
        Kind.RANK,
        subject,
        indicator,
        sentence,
        clause,
        number=number,
        region=region,
        quote=quote,
        period=_period(draft, sentence, clause, number, Kind.INDICATOR, indicator, "actual"),
    )
