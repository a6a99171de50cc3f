"""Indicators: what each number of a clause is a number of.

高新技术企业549家                  noun before          引进了92个人才项目        verb before, noun behind
…完成2286.4亿元,增长4.3%           growth, carried      占全国的15.8%             share of a whole
A、B产值分别增长41.3%和18.9%        n members, n values  总投资10亿元的…项目        owner behind
"""

from __future__ import annotations

import re
from dataclasses import replace

from liandong.facts.building import Draft
from liandong.facts.clauses import Clause, Sentence
from liandong.facts.distribution import alike, distribute, is_each
from liandong.facts.emission import emit, related
from liandong.facts.fact import Kind
from liandong.facts.leftward import Left, clean, look_left
from liandong.facts.lexicon import any_of, words
from liandong.facts.lists import split
from liandong.facts.numbers import Number
from liandong.facts.phrases import parties
from liandong.facts.plain_numbers import among_new, plain
from liandong.facts.ranking import rank_fact
from liandong.facts.reading import Reading
from liandong.facts.sifting import (
    change_start,
    condition,
    groups,
    is_former,
    is_named,
    is_scope,
    is_threshold,
)
from liandong.facts.subjects import Phrase, last_entity, skip, sort_of

_W = words("words")
_M = words("metrics")
_BEHIND = re.compile(
    r"(?:以上|左右|以内)?(?:的)?(?!的|以上|以下|以内|左右|多|余|不等|及|和|与|、|,|;|。)(?P<np>(?:[一-鿿A-Za-z·]|“[^”]*”|‘[^’]*’|\([^)]*\)|[+-])+)"
)
_NOUN_END = re.compile(
    r"(?<=..)(?:上榜|入选|获评|获批|现场|集中|签约|落户|落地|开工|投产|已|正|全部|成功|先后|共(?![同体享建治有])|分别|总投资|累计|去年|今年"
    r"|实现|完成|达到|达|占|居|在(?=[一-鿿]{2,})|(?<![单岗床车点学泊席])位|名列|进入|跻身|建立|共建|结成|联办|参加|参会|成长为|建成|(?<=[^作行])为|是|被|将|和(?=\d)"
    r"|的成果|亮相|同台|揭牌|启用|投用|的(?=有|达|占))"
)
# a verb behind a count, not its noun: 危房改造1200户惠及…
_HAPPENS = re.compile(r"惠及|带动|覆盖|位居|居全|排名|均|较|比上|分别|占|增长|同比|全面|超过")
# what is made by the area or length: 建设8万亩高标准农田
_MADE = re.compile(
    r"(?:新|改|扩|续|加快|提前|累计|完成|全年){0,2}(?:建设|建成|建|改造|改建|扩建|铺设|治理|修复|种植|造林|整治|打造|开发|提升|新增|疏浚|敷设|盘活|完成)"
)
_COUNT_VERB = re.compile(rf"(?:{any_of(_M['count_verbs'])})(?:了|的|一批|超|近|约|逾)?\Z")
_LINKS = ("与", "和", "同", "有", "由", "等", "的", "为", "是", "达", "超", "拥有", "现有", "共有")
_ACTION = re.compile(
    r"(?:现场|集中|成功|全部)?(?P<verb>签约|上榜|入选|落户|落地|开工|投产|获评|入围|亮相|跻身|获批|荣登)(?P<what>[^,;。、]{3,24}(?=[,;。]|$))?"
)
_BECOMES = re.compile(rf"(?:已)?(?P<what>(?:{any_of(_M['becomes'])})[^,;。\d]{{2,30}})")
_ABSTRACT = re.compile(any_of(_W["abstract"]))
_ABSTRACT_END = re.compile(rf"(?:{any_of(_W['abstract'])})\Z")
_ASSESSMENT = re.compile(
    r"在(?P<np>[^,;:。]{4,40}?(?:评价|考核|评选|排名|测评|榜单|评估|考评))(?:中|里|上)\Z"
)
_FOR = re.compile(
    r"对(?:于)?(?P<np>[^,;:。]{3,40}?)(?:\Z|(?:最高|分别|一次性|可|按[^,]{0,8})*(?:给予|发放|提供|予以))"
)
_ENTITLED = re.compile(r"(?P<who>.{2,18}?)(?:可|均可|能够|可以|最高可)?(?:申请|享受|获得|领取|给予|发放)")
_TOPIC = re.compile(r"(?P<np>[^,;:。]{2,20}?)(?:方面|领域|方面来看|来看|上)\Z")
_ATTRIBUTED = re.compile(
    r"(?:的|(?=[一-鿿]{2,12}基金))(?P<np>(?:(?![和及与](?:总?投资)?(?:\d|$))[^,;。、]){2,30}?(?:基金|项目|生产线|产业园|园区|基地|中心|工厂|平台|工程|总部|公路|高速|高铁|铁路|大桥|隧道|水库|电站|机场|通道|枢纽|水利枢纽|管道))"
    r"(?=$|[,;。、]|[和及与](?:总?投资)?(?:\d|$)|落户|签约|正式|开工|投产|在|由|已|将|相继|陆续|先后|全面|全线|均|分别|顺利|成功|竣工|建成|贯通|通车|开通|投运)"
)
# what an amount before its thing is called: 总投资10亿元的…项目, 占地1500亩的…园
_PASSES = re.compile(
    r"(?:接连|连续|先后|再|[一二三四五六七八九十]年)*(?:跨过|跨越|迈上|迈过|突破|跨上|登上|连跨|越过)\Z"
)
_SUM = re.compile(r"(?:计划|概算|固定资产|总)*(?:投资|规模|募集|首期|认缴|产值|营收)(?:额|总额|规模)?\Z")
_SIZE = re.compile(r"(?:占地|面积|占地面积|规划面积|全长|总长|总库容|总装机)\Z")
# 投资近千亿元、全长1.3万公里的X: sizes in a row before the thing
_SIZED_TOO = re.compile(r"[、,](?P<own>[^,;。、的\d]{2,8}?)(?:约|近|超过|超|达|为|逾)?(?=[\d百千万亿])")
_GRANTED = re.compile(
    rf"(?:的|给予|予以)?(?:一次性(?=资金))?(?P<np>[一-鿿]{{0,6}}?(?:{any_of(_M['grants'])}))"
)
_BATCHES = ("首批", "首期", "第一批", "新一批", "其中")
_MOVED = re.compile(r"(?:提升|上升|前移|下降|后移|跃升|前进|攀升)了?\Z")
# 八成以上财政资金用于民生: the share stands before what it is of
_PART_OF = re.compile(r"(?:以上|左右)?(?:的)?(?P<np>(?!以|左|的|和|及|、)[一-鿿“”]{4,24})(?=$|[,;。、])")
_OF_THEM = re.compile(r"的(?:近|超过|超|约|逾)?\Z")
_EITHER = re.compile(r"\((?:间|套|台|户|个|处|件|辆)\)")
_OF_ITS_OWN = re.compile(r"[一-鿿]{2,8}(?:任务|成果|经验|举措|案例|改革|政策)")
# who acts so many times, and what the things counted before have done
_AUTHORITIES = re.compile(
    r"(?:[省市县区州盟旗](?:委|政府|长|领导)|党委|政府|我们|[、和与])+(?:主要)?(?:领导|负责同志)?"
)
_DONE = re.compile(r"[一-鿿]{0,8}?(?:完成|实现|通过|开展|获得|用上|纳入|享受|接入)")
_SHORTEST, _LONGEST = 2, 40


def number_facts(draft: Draft, sentence: Sentence, clause: Clause) -> None:
    """Bind every number of a clause and add its facts."""
    reading = draft.reading
    values = [
        n
        for n in reading.numbers_in(clause.start, clause.end)
        if not (
            n.weak
            or n.cell
            or is_scope(reading.text, n)
            or is_named(reading.text, n)
            or is_threshold(reading.text, clause, n)
        )
    ]
    if condition(reading.text, clause, values):
        return
    after = [*values[1:], None] if values else []
    values = [n for n, m in zip(values, after, strict=True) if not is_former(reading.text, clause, n, m)]
    cursor = clause.start
    for group in groups(reading.text, values):
        if group[0].start < cursor:
            continue
        following = next((n.start for n in values if n.start >= group[-1].end), clause.end)
        cursor = _bind(draft, sentence, clause, group, cursor, following)


def topic_clause(draft: Draft, clause: Clause) -> None:
    """高新技术企业方面, names what the next number counts."""
    reading = draft.reading
    if given := _FOR.match(reading.text, clause.start, clause.end):
        span = given.span("np")
        draft.state.beneficiary = Phrase(reading.raw(*span), *span, "carried", "beneficiary")
    match = _ASSESSMENT.match(reading.text, clause.start, clause.end) or _TOPIC.match(
        reading.text, clause.start, clause.end
    )
    if match and not reading.numbers_in(clause.start, clause.end):  # a number would be its own topic
        start = skip(reading, match.start("np"), match.end("np"))
        if start < match.end("np"):
            end = match.end("np")
            draft.state.base = Phrase(reading.raw(start, end), start, end, "carried", "topic")


def _bind(
    draft: Draft, sentence: Sentence, clause: Clause, group: list[Number], cursor: int, following: int
) -> int:
    """Bind a group; returns where the words of the next number may begin."""
    reading, text = draft.reading, draft.reading.text
    first, end = group[0], group[-1].end
    before = cursor
    if either := _EITHER.match(text, cursor, first.start):
        cursor = either.end()  # 7.4万套(间)
    while cursor < first.start and text[cursor] in "、,和及与;:() ":
        cursor += 1
    if text[before:cursor] not in ("、", "和", "及", "与"):
        draft.state.new = None
    opened = text.rfind("(", cursor, first.start)
    if opened >= 0 and ")" not in text[opened : first.start]:
        _bracketed(draft, cursor, opened)
        cursor = opened + 1
    if first.family == "rank":
        rank_fact(draft, sentence, clause, first, cursor)
        return end
    changed = change_start(text, cursor, first)
    left = look_left(reading, cursor, first if changed is None else replace(first, start=changed))
    moves = first.unit == "位" or text.startswith("位次", first.end)
    if moves and _MOVED.search(text, cursor, first.start):
        return end
    shared = len(group) > 1 or is_each(text, cursor, first.start)
    if shared and distribute(draft, sentence, clause, group, cursor, left):
        return end
    if len(group) == 1 and left.base and (several := alike(reading, left.base, first)):
        for phrase in several:
            emit(draft, sentence, clause, first, left, related(phrase, left, first))
        return end
    for number in group:
        end = max(end, _one(draft, sentence, clause, number, left, following, cursor))
    return end


def _bracketed(draft: Draft, start: int, opened: int) -> None:
    """P项目(总投资25亿元): the thing before the bracket owns what stands in it."""
    at = max(draft.reading.text.rfind(mark, start, opened) for mark in "、,)")
    thing = last_entity(draft.reading, at + 1 if at >= 0 else start, opened)
    if thing:
        draft.state.topic = thing


def _one(
    draft: Draft, sentence: Sentence, clause: Clause, number: Number, left: Left, following: int, cursor: int
) -> int:
    reading, text = draft.reading, draft.reading.text
    large = number.family in ("area", "length", "volume", "power")
    sized = _SIZE.search(text, *left.base) if large and left.base else None
    if (number.family == "money" or sized) and _in_row(draft, clause, number):
        pass
    elif (number.family == "money" or sized) and (thing := _ATTRIBUTED.match(text, number.end, following)):
        span = thing.span("np")
        owner = Phrase(reading.raw(*span), *span, "stated", sort_of(thing["np"]))
        own = sized or (_SUM.search(text, *left.base) if left.base else None)
        if own:
            left = replace(left, base=own.span())
        if own or left.base is None:
            plain(draft, sentence, clause, number, replace(left, owner=owner), cursor)
        else:
            name = "规模" if owner.sort == "fund" else "投资"
            emit(draft, sentence, clause, number, left, Phrase(name, number.start, thing.end()), owner=owner)
        draft.state.topic = owner
        return thing.end()
    rate = number.family == "share" and text.startswith(
        ("给予", "予以", "奖励", "补助", "补贴", "返还"), number.end
    )
    if (number.family == "money" or rate) and (given := _GRANTED.match(text, number.end, following)):
        indicator = Phrase(reading.raw(*given.span("np")), *given.span("np"))
        draft.state.grant = replace(indicator, how="carried")
        to = left.owner if left.owner and left.owner.sort == "programme" else None
        if not draft.state.beneficiary and (entitled := _ENTITLED.match(text, cursor, number.start)):
            to = Phrase(reading.raw(*entitled.span("who")), *entitled.span("who"))
        emit(draft, sentence, clause, number, left, indicator, owner=to)
        return given.end()
    if number.family == "share" and left.base is None and left.relation == "level":
        part = _PART_OF.match(text, number.end, clause.end)
        if part and skip(reading, cursor, number.start) >= number.start - _SHORTEST:
            whole = Phrase(f"{reading.raw(*part.span('np'))}占比", *part.span("np"))
            emit(draft, sentence, clause, number, left, whole)
            return part.end()
    done = text[cursor : number.start].endswith(("完成", "新增", "实现"))
    made = number.family in ("area", "length") and (
        _MADE.fullmatch(text, *left.base) if left.base else done and cursor == clause.start
    )
    if (number.family == "count" or made) and left.relation == "level":
        noun = _behind(reading, number, following)
        if left.base and noun and _nothing_before(text, left.base, number):
            left = replace(left, base=None, begin=number.start)
        if left.base and noun and (site := _site(reading, left, number)):
            left = replace(left, owner=site, base=None)
        if noun and number.unit in ("个", "项", "条") and _ABSTRACT_END.search(text[slice(*noun)]):
            if left.base:  # 地区生产总值跨过3个万亿级关口、突破10万亿元
                passed = _PASSES.search(text, *left.base)
                span = (left.base[0], passed.start() if passed else left.base[1])
                if span[1] > span[0]:
                    draft.state.base = Phrase(clean(reading, *span), *span, "carried")
            return noun[1]
        linked = left.base and _OF_THEM.search(text, left.base[1], number.start)
        takes = (
            left.base is None
            or bool(linked)
            or text[number.start - 1] == "的"
            or bool(_COUNT_VERB.search(text, *left.base))
        )
        if noun and left.base is None and _goes_on_to_rate(reading, clause, number, noun):
            return number.end  # 74个断面水质优良率100%: the count is of those that the rate is of
        if noun and number.unit != "位":
            takes = takes or _row_of_counts(reading, clause, number, noun)
        takes = (
            takes or text[slice(*(left.base or (0, 0)))] in _BATCHES or _named_one_by_one(text, left, number)
        )
        became = _BECOMES.match(text, number.end, following)
        if became and left.base is None:
            emit(
                draft,
                sentence,
                clause,
                number,
                left,
                Phrase(reading.raw(*became.span("what")), *became.span("what")),
            )
            return became.end()
        if takes and noun:
            return _counted(draft, sentence, clause, number, left, noun)
    plain(draft, sentence, clause, number, left, cursor)
    return number.end


def _site(reading: Reading, left: Left, number: Number) -> Phrase | None:
    """广东自贸试验区43项改革创新成果: a park with its place owns what is counted behind it."""
    owner = left.owner
    if left.base is None or (owner and (owner.sort != "place" or owner.end != left.base[0])):
        return None
    if left.base[1] != number.start or sort_of(reading.text[slice(*left.base)]) != "carrier":
        return None
    if owner is None and not _OF_ITS_OWN.match(reading.text, number.end):
        return None
    start = left.base[0] if owner is None or owner.start is None else owner.start
    return Phrase(reading.raw(start, left.base[1]), start, left.base[1], "stated", "carrier")


def _in_row(draft: Draft, clause: Clause, number: Number) -> bool:
    """投资近千亿元、全长1.3万公里的X: the thing behind the row owns its first amount too."""
    reading, text = draft.reading, draft.reading.text
    more = _SIZED_TOO.match(text, number.end, clause.end)
    after = next(iter(reading.numbers_in(number.end, clause.end)), None)
    if more is None or after is None or after.start != more.end() or not _SIZE.search(more["own"]):
        return False
    thing = _ATTRIBUTED.match(text, after.end, clause.end)
    if thing is None:
        return False
    span = thing.span("np")
    draft.state.topic = Phrase(reading.raw(*span), *span, "stated", sort_of(thing["np"]))
    draft.state.owner = draft.state.topic
    return True


def _nothing_before(text: str, base: tuple[int, int], number: Number) -> bool:
    """省委、省政府16次调度…, …完成治理、60万户居民…: the words before are no part of what is counted."""
    if number.unit == "次" and _AUTHORITIES.fullmatch(text, *base):
        return True
    return text[number.start - 1] == "、" and bool(_DONE.match(text, *base))


def _goes_on_to_rate(reading: Reading, clause: Clause, number: Number, noun: tuple[int, int]) -> bool:
    following = next(iter(reading.numbers_in(number.end, clause.end)), None)
    if following is None or following.family not in ("share", "points"):
        return False
    return not re.search("[,、;]|占|入选|获", reading.text[noun[0] : following.start])


def _row_of_counts(reading: Reading, clause: Clause, number: Number, noun: tuple[int, int]) -> bool:
    """辐射75个城市、164个站点: each count has its noun behind it, as the next one shows."""
    text = reading.text
    if noun[1] < clause.end and text[noun[1]] not in "、,和及":
        return False
    values = reading.numbers_in(clause.start, clause.end)
    at = next((i for i, value in enumerate(values) if value.start == number.start), 0)
    after = values[at + 1] if at + 1 < len(values) else None
    before = values[at - 1] if at else None
    if after and after.family == "count" and 0 < after.start - noun[1] <= 1:
        return True
    return bool(
        before
        and before.family == "count"
        and text[number.start - 1] in "、和及"
        and before.end < number.start - 2
    )


def _named_one_by_one(text: str, left: Left, number: Number) -> bool:
    """森源重工、远东传动、黄河旋风3家企业: as many names as are counted."""
    if left.base is None or "、" not in text[slice(*left.base)]:
        return False
    return str(len(split(text, *left.base))) == number.value


def _behind(reading: Reading, number: Number, following: int) -> tuple[int, int] | None:
    """The noun behind a count: 92个创新创业人才(团队)项目."""
    either = _EITHER.match(reading.text, number.end, following)
    match = _BEHIND.match(reading.text, either.end() if either else number.end, following)
    if match is None or _HAPPENS.match(reading.text, match.start("np"), match.end("np")):
        return None
    start, end = match.span("np")
    cut = _NOUN_END.search(reading.text, start, end)
    end = cut.start() if cut else end
    while end > start and reading.text[end - 1] in "和及与":
        end -= 1
    return (start, end) if end > start else None


def _counted(
    draft: Draft, sentence: Sentence, clause: Clause, number: Number, left: Left, behind: tuple[int, int]
) -> int:
    """签约30个项目, 27家企业上榜: verb, count and noun make the indicator together."""
    reading, state, text = draft.reading, draft.state, draft.reading.text
    if text[behind[1] - 1] in "中里" and behind[1] - behind[0] > _SHORTEST:
        behind = (behind[0], behind[1] - 1)
    noun = reading.raw(*behind)
    if _ABSTRACT.match(noun):
        return behind[1]
    said = (number.value, number.unit) in state.stated
    if said and left.base is None and left.owner is None and reading.numbers_in(behind[1], clause.end):
        return behind[1]
    verb = clean(reading, *left.base) if left.base else ""
    if left.base and text.endswith("等", *left.base) and "、" in text[slice(*left.base)]:
        verb = ""  # examples of what is counted
    verb = "" if verb in _LINKS else verb.removesuffix("的").removesuffix("等")
    action = _ACTION.match(text, behind[1], clause.end)
    start = left.base[0] if left.base else number.start
    end = behind[1]
    award = state.award
    if action:
        end = action.end("verb")
        if action["what"] and not reading.numbers_in(*action.span("what")):
            end = action.end()
            name = f"{action['verb']}{action['what']}{noun}"
        elif (
            action["verb"] in ("入选", "上榜", "入围")
            and award
            and award.start
            and award.start >= sentence.start
        ):
            start = award.start
            name = f"{action['verb']}{award.text}{noun if noun == '企业' else ''}"
        else:
            name = f"{action['verb']}{noun}"
    else:
        name = f"{verb}{noun}"
    indicator = among_new(draft, Phrase(name, start, end))
    emit(draft, sentence, clause, number, left, indicator)
    if award and action and _named_one_by_one(text, left, number) and left.base and award.start and award.end:
        for holder in parties(reading, *left.base):
            draft.add(
                Kind.RECOGNITION,
                holder,
                Phrase(action["verb"], *action.span("verb")),
                sentence,
                clause,
                target=(award.start, award.end),
            )
    noun_only = Phrase(noun, *behind, "carried", "count")
    state.counts.append(indicator)
    state.base = noun_only if not action else replace(indicator, how="carried")
    return end
