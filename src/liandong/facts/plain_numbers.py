"""A number with its indicator before it: 产值2286.4亿元, 同比增长4.3%, 占全国的15.8%."""

from __future__ import annotations

import re
from dataclasses import replace

from liandong.facts.building import Draft
from liandong.facts.clauses import Clause, Sentence
from liandong.facts.emission import emit, related
from liandong.facts.leftward import Left, clean
from liandong.facts.lexicon import any_of, words
from liandong.facts.numbers import Number
from liandong.facts.subjects import Phrase, sort_of

_W = words("words")
_M = words("metrics")
_ACTS = re.compile(any_of([verb for verb in _M["count_verbs"] if len(verb) > 1]))
_NEW = re.compile(rf"(?:{any_of(_M['new'])})")
# 新老项目可实现年上交税收: who will bring what
_WILL = re.compile(
    r"(?P<who>[^的]{2,16}?(?:项目|基地|生产线|工厂|园区))(?:投产后|建成后|达产后)?(?:每年)?(?:可|将|能|预计|预期)+(?:每年)?"
    r"(?:实现|新增|带动|形成|创造|贡献)?(?P<what>.{2,})"
)
_NEW_MORE = re.compile(r"(?:新增|净增|新(?:建成|推出|认定|培育|开工|开通|签约|引进|建|设))")
_IN_ALL = re.compile(r"累计|总计|合计|总数|总量")
_COUNT_VERB = re.compile(rf"(?:{any_of(_M['count_verbs'])})(?:了|的|一批|超|近|约|逾)?\Z")
_STAGE = re.compile(rf"(?:已|正|现)?(?P<verb>{any_of(_M['stages'])})\Z")
_TERM = re.compile(any_of(_W["terms"]))
_RELATIVE = re.compile(
    r"(?P<what>[在到来]?[^的]{1,8}(?:投资|落户|注册|就业|入驻|兴业|设立))的(?P<noun>[^的]{2,14}(?:企业|项目|机构|人才|商会))\Z"
)
_FOUNDING = re.compile(r".{0,6}?(?:设立|组建|成立|发起|建立)(?P<what>(?:总|首期|目标)?规模)?\Z")
_MORE = re.compile(r"(?:(?:较|比)[^增减]{1,8})?(?P<verb>增加|减少|净增)\Z")
_PAID = re.compile(
    rf"(?P<who>[^每对]{{2,14}}?)(?:每[月年人])+(?P<what>[一-鿿]{{0,6}}?(?:{any_of(_M['grants'])}))\Z"
)
_PER_HEAD = re.compile(r"每[家个户人项年][一-鿿]{0,4}\Z")
_PAYING = re.compile(any_of(_M["paying"]))
_IN_PLACE = re.compile(r"(?:已|已经)?(?:全部|足额)?到位")
_MOVES = re.compile(
    r"(?:大幅|进一步|逐步)?(?:压减|压缩|缩短|提高|提升|下降|降|增加|扩大|增长|上升|降低|跃升|攀升|拓展|扩容|扩充|调整|扩)(?:到|至|为)?"
)
_TOWN = re.compile(r"(城镇|农村)(?:常住)?居民")
_SHARED_AS = re.compile(r"(?:的?比例)?(?:进行)?(?P<verb>分享|分成|共享|分配|分担|分账)")
_TOGETHER = re.compile(r"(?:这)?[两三四五六](?:地|市|县|区|者)(?:合计|总计|共)?\Z")
_COUNT_ONLY = ("有效数", "数量", "总数", "总量", "有效")
_SHORTEST, _LONGEST = 2, 40


def plain(draft: Draft, sentence: Sentence, clause: Clause, number: Number, left: Left, cursor: int) -> None:
    """The indicator stands before the number, or is carried."""
    state, text = draft.state, draft.reading.text
    base = _base(draft, clause, left, cursor)
    if (
        number.family == "ratio"
        and left.base
        and base
        and (ratio := _SHARED_AS.match(text, number.end, clause.end))
    ):
        name = f"{base.text.removesuffix('按').removesuffix('由两地')}{ratio['verb']}比例"
        base = replace(base, text=name, end=ratio.end())
    if number.family == "points" and left.relation == "growth" and left.base is None and state.rate:
        base = state.rate  # 占比为14.8%,提高1.9个百分点
    if number.family == "money" and left.base is None and state.grant and state.beneficiary:
        base = state.grant
    if base is None or not _SHORTEST <= len(base.text) <= _LONGEST:
        return
    if left.base and left.owner is None and (will := _WILL.match(base.text)):
        at = left.base[0] + will.start("who")
        bringer = Phrase(will["who"], at, at + len(will["who"]), "stated", sort_of(will["who"]))
        left, base = replace(left, owner=bringer), replace(base, text=will["what"], start=at)
    if paid := _PAID.match(base.text):
        if left.base and left.owner is None:
            who = Phrase(paid["who"], left.base[0], left.base[0] + len(paid["who"]))
            left = replace(left, owner=who)
            state.beneficiary = None
        base = replace(base, text=paid["what"])
    if (
        number.family == "span"
        and number.unit not in ("周岁", "岁")
        and not _TERM.search(text, clause.start, number.end)
    ):
        state.base = replace(base, how="carried") if left.base else state.base
        return
    if number.family == "money" and left.relation == "level" and (fund := _whole_fund(draft, left)):
        left, base = replace(left, owner=fund), Phrase("规模", fund.start, fund.end)
    owner, topic = left.owner, state.topic
    if _TOGETHER.match(base.text) and state.heads and all(who for _, who in state.heads):
        whole = [who for _, who in state.heads if who and who.start is not None and who.end is not None]
        name = ";".join(who.text for who in whole)
        starts, ends = [who.start or 0 for who in whole], [who.end or 0 for who in whole]
        owner = Phrase(name, min(starts), max(ends), "carried", "place")
        base = replace(state.heads[0][0], how="carried")
    if (
        owner
        and topic
        and owner.sort == topic.sort == "fund"
        and owner.text != topic.text
        and _PAYING.fullmatch(base.text)
    ):
        base = Phrase(f"{owner.text}{base.text}", owner.start, base.end)
        owner = topic.carried()
    owner_is_fund = left.owner is not None and left.owner.sort == "fund"
    if number.unit in ("周岁", "岁") and not base.text.endswith(("寿命", "年龄")):
        base = replace(base, text=f"{base.text.removesuffix('人').removesuffix('者')}年龄")
    if number.family == "money" and owner_is_fund and (founded := _FOUNDING.match(base.text)):
        base = replace(base, text=founded["what"] or "规模")
    if number.family == "money" and owner_is_fund and left.owner and base.text == left.owner.text:
        base = replace(base, text="规模")
    if number.family == "money" and (base.text.endswith("到位") or _IN_PLACE.match(text, number.end)):
        base = replace(base, text=f"{base.text.removesuffix('到位')}到位资金")
    made = base.text.startswith(("新设", "新增", "设立", "组建", "累计"))
    if number.unit in ("只", "支") and sort_of(base.text) == "fund" and left.relation == "level" and not made:
        owner, base = replace(base, how="stated", sort="fund"), replace(base, text="数量")
        draft.state.topic = owner
    if split := _RELATIVE.match(base.text):
        noun_at = (left.base or (0, 0))[0] + split.start("noun")
        owner = Phrase(split["noun"], noun_at, noun_at + len(split["noun"])) if left.base else owner
        base = replace(base, text=f"{split['what']}{split['noun'][-2:]}")
    if number.family == "count" and left.relation == "level" and left.base:
        base = among_new(draft, base)
    emit(draft, sentence, clause, number, left, related(base, left, number), owner=owner)
    if left.base:
        state.counts.append(base)
        state.base = replace(base, how="carried")
    elif state.base is None:
        state.base = replace(base, how="carried")


def _whole_fund(draft: Draft, left: Left) -> Phrase | None:
    """芜湖产业引导基金…100亿元: all that stands before the amount is the fund's name."""
    reading = draft.reading
    if left.base is None or sort_of(reading.text[slice(*left.base)]) != "fund":
        return None
    start, end = left.base
    if left.owner and left.owner.sort == "place" and left.owner.end == start and left.owner.start is not None:
        start = left.owner.start
    if _COUNT_VERB.match(reading.text, start) or _ACTS.match(reading.text, start):
        return None
    return Phrase(reading.raw(start, end), start, end, "stated", "fund")


def among_new(draft: Draft, indicator: Phrase) -> Phrase:
    """新增A 12家、B 5家: the new ones of B too."""
    state = draft.state
    if made := _NEW.match(indicator.text):
        if made.end() < len(indicator.text) and indicator.start is not None:
            state.new = Phrase(made[0], indicator.start, indicator.end)
        return indicator
    if state.new is None or _ACTS.match(indicator.text):
        state.new = None
        return indicator
    return replace(indicator, text=f"{state.new.text}{indicator.text}", start=state.new.start)


def _base(draft: Draft, clause: Clause, left: Left, cursor: int) -> Phrase | None:
    """The words before the number, joined to what a lone verb or a lone 数量 goes on about."""
    reading, state = draft.reading, draft.state
    if left.base is None:
        if (
            state.base
            and (more := _NEW_MORE.match(state.base.text))
            and (
                _IN_ALL.search(reading.text, cursor, left.own_start) and len(state.base.text) > more.end() + 1
            )
        ):
            return replace(state.base, text=state.base.text[more.end() :], how="carried")
        if state.base:
            return replace(state.base, how="carried")
        return left.owner if left.owner and left.owner.sort != "place" else None
    words_of = clean(reading, *left.base)
    stage = _STAGE.match(words_of)
    if (
        stage
        and state.base
        and cursor > clause.start
        and state.base.start is not None
        and state.base.start >= clause.start
    ):
        noun = next((c for c in reversed(state.counts) if c.text.endswith(("项目", "企业"))), state.base)
        first = noun.start if noun.start is not None else left.base[0]
        return Phrase(f"{noun.text}{stage['verb']}", first, left.base[1])
    if state.base and (words_of in ("占比", "比重") or _MORE.match(words_of)):
        more = _MORE.match(words_of)
        first = state.base.start if state.base.start is not None else left.base[0]
        return Phrase(
            f"{state.base.text}{more['verb'] if more else words_of}", min(first, left.base[0]), left.base[1]
        )
    if state.base and (whose := _TOWN.fullmatch(words_of)) and "居民" in state.base.text:
        told = state.base.text[state.base.text.find("居民") :]
        first = state.base.start if state.base.start is not None else left.base[0]
        return Phrase(f"{whose[1]}{told}", min(first, left.base[0]), left.base[1])
    if state.base and words_of in ("增速", "增幅", "涨幅") and left.relation != "level":
        return replace(state.base, how="carried")
    if state.base and _MOVES.fullmatch(words_of):
        return replace(state.base, how="carried")  # 由45个工作日压减到5个工作日
    if (words_of in _COUNT_ONLY or _PER_HEAD.match(words_of)) and state.base:
        return replace(state.base, how="carried")
    return Phrase(words_of, *left.base)
