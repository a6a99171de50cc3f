"""Emission: a bound number becomes a fact of its kind, with subject, period and modality."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from liandong.facts.building import Draft
from liandong.facts.clauses import Clause, Sentence
from liandong.facts.fact import Fact, Kind
from liandong.facts.leftward import Left
from liandong.facts.lexicon import any_of, words
from liandong.facts.numbers import Number
from liandong.facts.periods import Period, period_of
from liandong.facts.reading import Reading
from liandong.facts.subjects import Phrase, home

_M = words("metrics")
_ATTRIBUTE = re.compile(rf".{{0,3}}?(?:{any_of(_M['attributes'])})")
_GIVE = re.compile(rf"{any_of(_M['grants'])}|给予|申报")
_PROJECT = re.compile(
    r"项目|签约|开工|投产|引资|投资方|协议金额|合同金额|投资总额|投资金额|总投资|意向投资|协议投资|计划投资|合同额"
)
_TALENT = re.compile(r"人才|科研|科技项目|课题|协作")
_OF_CARRIERS = re.compile(any_of(_M["of_carriers"]))
_ROW_END = re.compile(r"[,;:。]")
_OF_PLACES = re.compile(any_of(_M["of_places"]))
_AREAS = ("区", "园", "城", "镇", "带", "圈", "谷", "岛", "走廊", "港")
# firms and plants that are newly counted are the place's: a firm honoured before does not own them
_OF_REGIONS = re.compile(
    r"(?:(?:区县|市县|县区)?通过[^,]{2,20}(?:区县|市县|县区|县|认定|验收)|(?:建成|新建|新增)[^,]{0,10}(?:发展区|学校|学位|村庄?)"
    r"|(?:新增|新培育|新认定|新创建|新获批|净增|新入选)[^,]*(?:企业|工厂|集群|园区|示范区|实验室|基地|上市|小巨人”?|冠军|主体))"
)
_FUND_HAS = re.compile(
    r"规模|投|资金|存续|退出|放大|倍|费|数量|期|率|限|份额|管理|撬动|带动|引|出资|认缴|实缴|募|占|贷|落地|储备|项目|合作|设立|比例|收益|奖|资本|财政|国有|债"
)
_IS_FUND = re.compile(r"基金(?!方式|招商|小镇|管理|经理|公司|业|支持|投资项目)")
_MEASURES = re.compile(
    r"(?:项目)?(?:计划|概算|预计|可|年|总|首期|一期|二期|设计|规划|建筑)*(?:投资|占地|面积|产能|产值|规模|工期|用地|装机|税收|营收|营业收入|利润|销售|新增就业|带动|入驻|厂房)"
)
_SETS = 12  # facts back that the set of a 其中 is looked for
_OWN_NAME = 5  # characters of a name that is no mere 开发区
_NEAR = 3  # paragraphs that a park or fund goes on for
_OF_FUNDS = re.compile(any_of(_M["of_funds"]))
_OUTPUT = re.compile(r"产值|税收|营收|营业收入|收入|利润|增速|增加值|占|出口")


def emit(
    draft: Draft,
    sentence: Sentence,
    clause: Clause,
    number: Number,
    left: Left,
    indicator: Phrase,
    *,
    owner: Phrase | None = None,
    period: Period | None = None,
    kind: Kind | None = None,
) -> Fact | None:
    """Add the fact of a number whose indicator is known."""
    reading, state = draft.reading, draft.state
    granted = number.family in ("money", "share") and is_grant(reading.text[clause.start : clause.end])
    given = state.beneficiary if granted and not owner else None
    subject = owner or given or left.owner or carried(draft, sentence, indicator)
    if left.falls:
        verb_at = reading.text.rfind(left.own, clause.start, number.start)
        listed = any(n.end < number.start for n in reading.numbers_in(verb_at, number.start))
        number = replace(number, start=number.start if listed else verb_at, value=f"-{number.value}")
    modality = reading.modality(sentence, clause, number.start)
    kind = kind or _kind(reading, clause, subject, indicator, number)
    last = draft.facts[-1] if draft.facts else None
    if kind is Kind.INDICATOR and last and last.kind is Kind.PROJECT and _follows(reading, last, number):
        kind, period = Kind.PROJECT, (last.period, replace(last.basis["period"], how="carried"))
    if period is None:
        period = period_of(draft, sentence, clause, number.start, kind, indicator, modality)
    if modality == "planned" and kind in (Kind.INDICATOR, Kind.CARRIER) and "目标" not in indicator.text:
        indicator = replace(indicator, text=f"{indicator.text}目标")
    state.stated.add((number.value, number.unit))
    if number.family == "share":
        state.rate = replace(indicator, how="carried", text=indicator.text.removesuffix("目标"))
    thing = (
        subject
        and subject.start is not None
        and subject.sort in ("carrier", "fund", "project")
        and len(subject.text) >= _OWN_NAME
    )
    named = [one.text for one in (owner, left.owner, state.owner, state.topic) if one]
    going_on = state.described and subject and state.described[0].text == subject.text
    if not going_on:
        known = subject and thing and subject.text in named
        state.described = (subject, sentence.paragraph) if subject and known else None
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
        parent=_set_of(draft, sentence, number),
    )


def _set_of(draft: Draft, sentence: Sentence, number: Number) -> str | None:
    """The fact of the set that a 其中 breaks down: the last of the same unit before the word, no smaller."""
    text = draft.reading.text
    at = text.rfind("其中", sentence.start, number.start)
    if at < 0 or text.find(";", at, number.start) >= 0:
        return None
    for fact in reversed(draft.facts[-_SETS:]):
        if fact.value_end is None or fact.value_end > at or fact.kind is Kind.RANK:
            continue
        between = text[fact.value_end : at]
        if between.count("。") > (1 if at == sentence.start else 0) or "\n" in between:
            return None
        if number.family == "share" or (fact.unit == number.unit and _no_smaller(fact.value, number.value)):
            return fact.id
    return None


def _no_smaller(whole: str | None, part: str) -> bool:
    try:
        return whole is not None and Decimal(whole) >= Decimal(part)
    except InvalidOperation:  # a range or a ratio
        return False


def _follows(reading: Reading, last: Fact, number: Number) -> bool:
    """签约项目…12个、装备制造8个: one more count in a row of projects."""
    if last.value_end is None or last.unit != number.unit or number.unit != "个":
        return False
    return reading.text[last.value_end] == "、" and not _ROW_END.search(
        reading.text, last.value_end, number.start
    )


def related(base: Phrase, left: Left, number: Number) -> Phrase:
    """The indicator with the word of its relation: 产值 + 增长 → 产值增速."""
    text = base.text
    if left.relation == "growth":
        if number.family == "points":
            text += left.own
        elif not text.endswith(("增速", "增幅")):
            text += "增长倍数" if number.family == "ratio" else "增速"
    elif left.relation == "share":
        text += f"{left.own}比重" if len(left.own) > 1 else "占比"
    elif left.relation == "gap":
        text += ("" if text.endswith(("增速", "增幅", "涨幅", "率", "占比", "比重")) else "增速") + left.own
    return replace(base, text=text)


def carried(draft: Draft, sentence: Sentence, indicator: Phrase) -> Phrase | None:
    """Whose number it is where the clause does not say: the thing named last, the owner, or the place."""
    topic = draft.state.topic
    if _OF_PLACES.search(indicator.text):
        topic = None if topic and _no_place(topic) else topic
        owner = draft.state.owner
        if owner and _no_place(owner):
            return home(draft.reading)
    owner = draft.state.owner
    if (
        owner
        and owner.sort in ("other", "organisation", "cluster", "project", "programme")
        and _OF_REGIONS.match(indicator.text)
    ):
        return home(draft.reading)
    for phrase in (topic, draft.state.owner):
        if phrase and phrase.sort == "fund" and not _FUND_HAS.search(indicator.text):
            topic = None if phrase is topic else topic
            if phrase is draft.state.owner:
                return home(draft.reading)
    if topic and topic is draft.state.done and not _MEASURES.match(indicator.text):
        topic = None
    if topic and (indicator.how == "carried" or _ATTRIBUTE.match(indicator.text)):
        return topic.carried()
    if draft.state.owner:
        return draft.state.owner.carried()
    for sort, theirs in (("carrier", _OF_CARRIERS), ("fund", _OF_FUNDS)):
        host, paragraph = draft.state.hosts.get(sort, (None, 0))
        if sort == "carrier" and draft.state.main and paragraph != sentence.paragraph:
            host, paragraph = draft.state.main, sentence.paragraph
        if host and theirs.search(indicator.text) and sentence.paragraph - paragraph <= _NEAR:
            return host.carried()
    places_own = _OF_PLACES.search(indicator.text) or _OF_REGIONS.match(indicator.text)
    if draft.state.described and not places_own:
        thing, paragraph = draft.state.described
        if paragraph == sentence.paragraph and (thing.sort != "fund" or _FUND_HAS.search(indicator.text)):
            return thing.carried()
    return home(draft.reading)


def _no_place(phrase: Phrase) -> bool:
    """A project, fund, programme or laboratory: nothing that has inhabitants, a treasury or forests."""
    if phrase.sort == "carrier":
        return not phrase.text.endswith(_AREAS)
    return phrase.sort in ("project", "fund", "programme")


def is_grant(text: str) -> bool:
    """Whether words speak of money given under a rule."""
    return bool(_GIVE.search(text))


def _kind(
    reading: Reading, clause: Clause, subject: Phrase | None, indicator: Phrase, number: Number
) -> Kind:
    sort = subject.sort if subject else "place"
    name = indicator.text
    if number.family in ("money", "share", "span") and _GIVE.search(reading.text, clause.start, clause.end):
        return Kind.PROGRAM
    if sort == "fund" or (_IS_FUND.search(name) and number.family in ("money", "count")):
        return Kind.FUND
    if sort == "programme" and number.family in ("money", "share", "span"):
        return Kind.PROGRAM
    if sort in ("carrier", "project") and number.family == "money" and "投" in name:
        return Kind.PROJECT
    if sort == "carrier" and not _OUTPUT.search(name):
        return Kind.CARRIER
    about_projects = _PROJECT.search(name) and not _TALENT.search(name)
    if (sort == "project" and number.family == "money") or (
        about_projects and number.family in ("money", "count")
    ):
        return Kind.PROJECT
    return Kind.CARRIER if sort == "place" and _OF_CARRIERS.search(name) else Kind.INDICATOR
