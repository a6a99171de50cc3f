"""Which numbers of a clause are to be bound: no scopes, thresholds, names, conditions; which go together."""

from __future__ import annotations

import re

from liandong.facts.clauses import Clause
from liandong.facts.lexicon import any_of, words
from liandong.facts.numbers import Number

_M = words("metrics")
_GRANTED = re.compile(
    rf"(?:的|给予|予以)?(?:一次性(?=资金))?(?P<np>[一-鿿]{{0,6}}?(?:{any_of(_M['grants'])}))"
)
_YEARLY = re.compile(r"[年日]产(?:能|量)?\Z")
_OF_PROJECT = re.compile(r"[^,;。、\d]{1,16}(?:项目|生产线|产线|基地|工程)")
_AMONG = re.compile(r"在[^,;。]{0,8}\Z")
# 从26.7%提高到: where a change begins; what it came to is the figure
_CHANGED = re.compile(
    r"(?:左右|以上)?(?:大幅|稳步|进一步|逐步|持续|快速|迅速|全面|大力|再次)?"
    r"(?:提高|提升|增加|增长|增|上升|升|扩大|扩|压减|压缩|缩短|缩减|缩|下降|降低|降|减少|减|跃升|拓展|攀升|发展|上涨|上调|下调|优化|调整|回升|回落)(?:到|至|为)(?:了|约|近|超过|超)?"
)
_FROM = re.compile(r"(?:从|由)(?:[^,;。、\d]{0,8}(?:\d{4}年)?[^,;。、\d]{0,6})\Z")
_WITHIN = re.compile(r"[一-鿿]{2,16}(?:中|里)(?:排|位|列|居|名)")
_OVER = re.compile(r"(?:过|超|超过|破|突破|达到|达|[0-9]元至)\Z")
_SUCH = re.compile(
    r"(?:以上)?(?:的)?[一-鿿“”]{0,8}(?:企业|园区|集群|产业链|单位)(?:有|达|共|增至|达到|突破|超过|总数|数量|超)?(?:\d|$|[,;。、])"
)
_SUCH_MANY = re.compile(
    r"\d(?:家|个|户)[一-鿿]{2,8}(?:产值|营收|收入|税收|投资|规模|市值)(?:均)?(?:过|超|超过|突破|破|达到|达)\Z"
)
_OF_THOSE = re.compile(
    r"(?:\(含\))?(?:以上|以下|及以上)(?:\(含\))?的\Z|(?:以上|以下)且[^,;。]{2,20}的[^,;。]{0,8}(?:主体|企业|单位|人员)"
)


def change_start(text: str, start: int, number: Number) -> int | None:
    """Where 从a提高到 begins before its second number; None if the number is not what something came to."""
    for match in _CHANGED.finditer(text, start, number.start):
        if match.end() == number.start:
            before = text.rfind("从", start, match.start()), text.rfind("由", start, match.start())
            return max(before) if max(before) >= start else None
    return None


def is_former(text: str, clause: Clause, number: Number, after: Number | None) -> bool:
    """从26.7%提高到52.1%: the first is what it was, at a time unsaid."""
    return (
        after is not None
        and after.unit == number.unit
        and bool(_CHANGED.fullmatch(text, number.end, after.start))
        and bool(_FROM.search(text, clause.start, number.start))
    )


def is_scope(text: str, number: Number) -> bool:
    """在全国169家国家高新区中: those among whom something ranks."""
    return (
        number.family == "count"
        and bool(_AMONG.search(text, max(0, number.start - 10), number.start))
        and bool(_WITHIN.match(text, number.end))
    )


def is_threshold(text: str, clause: Clause, number: Number) -> bool:
    """一批营收超百亿元的企业, 产值超过50亿元企业8家: which firms are meant, not how much."""
    if _OF_THOSE.match(text, number.end, clause.end) and number.family == "money":
        return True
    if number.family == "money" and _SUCH_MANY.search(text, clause.start, number.start):
        return True
    over = number.family == "money" and _OVER.search(text, clause.start, number.start)
    return bool(over and _SUCH.match(text, number.end, clause.end))


def is_named(text: str, number: Number) -> bool:
    """天合光能年产10GW电池片项目: part of a project's name."""
    yearly = _YEARLY.search(text, max(0, number.start - 4), number.start)
    return bool((yearly or number.family == "power") and _OF_PROJECT.match(text, number.end))


def condition(text: str, clause: Clause, values: list[Number]) -> bool:
    """对设备投资超过1000万元的技改项目: who is meant, not what is given."""
    return (
        bool(values)
        and text.startswith("对", clause.start)
        and not _GRANTED.search(text, values[0].end, clause.end)
        and "的" in text[values[0].end : clause.end]
    )


def groups(text: str, values: list[Number]) -> list[list[Number]]:
    """Numbers with nothing but 、 or 和 between them belong together."""
    out: list[list[Number]] = []
    for number in values:
        last = out[-1][-1] if out else None
        if (
            last is not None
            and (last.family, last.unit) == (number.family, number.unit)
            and last.family != "rank"
            and re.fullmatch(r"[、,]?(?:和|及|以及|与)?", text[last.end : number.start])
        ):
            out[-1].append(number)
        else:
            out.append([number])
    return out
