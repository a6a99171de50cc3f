"""Rules of admission as data: when they apply, what they require, who decides, on what authority, until when.

A condition is a comparison that people can read in a cell, `project.industry in 26|27`, in English or Chinese
(`项目.行业 属于 26|27`); several are joined by `;` and must all hold. What it compares may be unknown, and
then so is the condition: neither kept nor broken.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from liandong.errors import InputError, Text
from liandong.reference import find_industry

Value = Decimal | bool | str | tuple[str, ...] | None
Known = Mapping[str, Value]


class Verdict(StrEnum):
    """What is decided of a project on a parcel; the later one prevails."""

    ADMITTED = "admitted"
    CONDITIONAL = "conditional"
    ASK = "ask"
    BARRED = "barred"


SEVERITY = tuple(Verdict)


class Aspect(StrEnum):
    """What must be decided before anything is admitted; each needs a rule in force."""

    INDUSTRY = "industry"
    ZONING = "zoning"
    CHEMICAL = "chemical"
    ENERGY = "energy"
    POLLUTANTS = "pollutants"


ASPECTS: Mapping[Aspect, Text] = {
    Aspect.INDUSTRY: Text("产业目录", "industry catalogue"),
    Aspect.ZONING: Text("生态环境分区管控", "environmental zoning"),
    Aspect.CHEMICAL: Text("化工园区", "chemical park"),
    Aspect.ENERGY: Text("能耗", "energy"),
    Aspect.POLLUTANTS: Text("污染物总量", "pollutant totals"),
}


@dataclass(frozen=True, slots=True)
class Condition:
    """left op right. left: a field such as project.industry; right: a value or another field."""

    left: str
    test: str
    right: Value
    right_field: str | None
    text: str

    def holds(self, known: Known) -> bool | None:
        """True, False, or None where something compared is unknown."""
        left = known.get(self.left)
        right = known.get(self.right_field) if self.right_field else self.right
        if left is None or right is None or left == () or right == ():
            return None
        if self.test in ("in", "not in"):
            return _among(left, right) == (self.test == "in")
        if self.test in ("=", "!="):
            return _same(left, right) == (self.test == "=")
        if not isinstance(left, Decimal) or not isinstance(right, Decimal):
            return None
        return {">=": left >= right, "<=": left <= right, ">": left > right, "<": left < right}[self.test]


@dataclass(frozen=True, slots=True)
class Rule:
    """If all of `when` hold, all of `require` must; else the verdict is `otherwise`.

    places: parks or parcels it is for, empty for all. condition: what must be done where it is conditional.
    valid_from, valid_to: first and last day; None is open. row: where it stands in its file.
    """

    id: str
    aspect: Aspect
    title: str
    when: tuple[Condition, ...]
    require: tuple[Condition, ...]
    otherwise: Verdict
    department: str
    source: str
    places: tuple[str, ...] = ()
    condition: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    file: str = ""
    row: int = 0

    def in_force(self, day: date) -> bool:
        """Whether it holds on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )

    def judge(self, known: Known) -> tuple[Verdict | None, tuple[str, ...]]:
        """The verdict (None: it does not apply) and the conditions that were broken or unknown."""
        applies = [condition.holds(known) for condition in self.when]
        if False in applies:
            return None, ()
        kept = [condition.holds(known) for condition in self.require]
        if self.require and all(kept):
            return Verdict.ADMITTED, ()
        unknown = tuple(
            condition.text
            for condition, held in zip(self.when + self.require, applies + kept, strict=True)
            if held is None
        )
        broken = tuple(c.text for c, held in zip(self.require, kept, strict=True) if held is False)
        if None in applies or (unknown and not broken):
            return Verdict.ASK, unknown
        return self.otherwise, broken or tuple(condition.text for condition in self.when)


_TESTS = {
    "不属于": "not in",
    "not in": "not in",
    "属于": "in",
    "in": "in",
    "不低于": ">=",
    "≥": ">=",
    ">=": ">=",
    "不高于": "<=",
    "≤": "<=",
    "<=": "<=",
    "≠": "!=",
    "!=": "!=",
    ">": ">",
    "<": "<",
    "=": "=",
    "为": "=",
}
_SUBJECTS = {"项目": "project", "地块": "parcel", "园区": "park"}
FIELDS: Mapping[str, Text] = {
    "project.industry": Text("项目.行业", "project.industry"),
    "project.chemical": Text("项目.化工", "project.chemical"),
    "project.investment": Text("项目.总投资", "project.investment"),
    "project.tax": Text("项目.年税收", "project.tax"),
    "project.investment_per_mu": Text("项目.亩均投资", "project.investment_per_mu"),
    "project.tax_per_mu": Text("项目.亩均税收", "project.tax_per_mu"),
    "park.name": Text("园区.名称", "park.name"),
    "park.chemical_park": Text("园区.化工园区", "park.chemical_park"),
    "park.zone": Text("园区.管控单元", "park.zone"),
    "parcel.name": Text("地块.名称", "parcel.name"),
    "parcel.use": Text("地块.规划用途", "parcel.use"),
    "parcel.min_investment_per_mu": Text("地块.投资强度", "parcel.min_investment_per_mu"),
    "parcel.min_tax_per_mu": Text("地块.亩均税收", "parcel.min_tax_per_mu"),
    "park.division": Text("园区.行政区划代码", "park.division"),
    "park.industries": Text("园区.主导产业", "park.industries"),
    "parcel.area": Text("地块.面积", "parcel.area"),
    "parcel.land_status": Text("地块.土地状态", "parcel.land_status"),
    "parcel.quota": Text("地块.用地指标", "parcel.quota"),
    "parcel.assessments": Text("地块.已完成区域评估", "parcel.assessments"),
    "parcel.mortgaged": Text("地块.抵押", "parcel.mortgaged"),
    "parcel.min_plot_ratio": Text("地块.容积率下限", "parcel.min_plot_ratio"),
    "parcel.max_energy": Text("地块.单位能耗上限", "parcel.max_energy"),
    "parcel.max_emission": Text("地块.单位排放上限", "parcel.max_emission"),
    "parcel.floor_area": Text("地块.建筑面积", "parcel.floor_area"),
    "parcel.floor_load": Text("地块.楼面荷载", "parcel.floor_load"),
    "parcel.clear_height": Text("地块.净高", "parcel.clear_height"),
    "parcel.crane": Text("地块.行车", "parcel.crane"),
    "parcel.fire_class": Text("地块.火灾危险性", "parcel.fire_class"),
    "parcel.lease": Text("地块.租赁状态", "parcel.lease"),
}
_ALIASES = {text.zh: name for name, text in FIELDS.items()}
_FIELD = re.compile(r"(project|park|parcel|项目|园区|地块)[..]([^\s=<>≤≥≠!]+?)")
_CONDITION = re.compile(
    r"\s*(?P<left>(?:project|park|parcel|项目|园区|地块)[.][^\s=<>≤≥≠!]+?)\s*"
    r"(?P<test>不属于|属于|不低于|不高于|not in(?=\s)|in(?=\s)|>=|<=|!=|≥|≤|≠|>|<|=|为)\s*(?P<right>.+?)\s*"
)
_YES, _NO = ("是", "yes", "true"), ("否", "no", "false")


def parse_conditions(text: str | None, fields: frozenset[str] = frozenset()) -> tuple[Condition, ...]:
    """The conditions of a cell; none if it is empty.

    fields: further fields that exist, such as project.need.power. Raises InputError naming the condition that
    cannot be read, the field that does not exist, or the industry code that is none.
    """
    parts = re.split(r"[;;\n]", text or "")
    return tuple(_condition(part.strip(), fields) for part in parts if part.strip())


def _condition(text: str, fields: frozenset[str]) -> Condition:
    match = _CONDITION.fullmatch(text)
    if match is None:
        raise InputError(
            Text(
                f"“{text}”读不懂。写法如:项目.行业 属于 26|27;园区.化工园区 = 是。",
                f'"{text}" cannot be read. Write: project.industry in 26|27; park.chemical_park = yes.',
            )
        )
    left, test = _field(match["left"], fields), _TESTS[match["test"]]
    right = match["right"]
    if _FIELD.fullmatch(right):
        return Condition(left, test, None, _field(right, fields), text)
    value = _value(right, listed=test in ("in", "not in"))
    if test in (">=", "<=", ">", "<") and not isinstance(value, Decimal):
        raise InputError(Text(f"“{right}”不是数字。", f'"{right}" is not a number.'))
    if left == "project.industry":
        value = tuple(code.lstrip("ABCDEFGHIJKLMNOPQRST") or code for code in _words(right))
        for code in value:
            if find_industry(code) is None:
                raise InputError(
                    Text(
                        f"“{code}”不是 GB/T 4754-2017 行业代码。",
                        f'"{code}" is not a code of GB/T 4754-2017.',
                    )
                )
    return Condition(left, test, value, None, text)


def _field(text: str, fields: frozenset[str]) -> str:
    name = _ALIASES.get(text, text)
    subject, _, rest = name.partition(".")
    name = f"{_SUBJECTS.get(subject, subject)}.{rest}"
    name = name.replace("project.需要.", "project.need.").replace("parcel.可用.", "parcel.free.")
    if name in FIELDS or name in fields:
        return name
    known = sorted({*FIELDS, *fields})
    raise InputError(
        Text(
            f"没有“{text}”这一项。可用:{'、'.join(FIELDS[n].zh if n in FIELDS else n for n in known)}。",
            f'There is no field "{text}"; there are: {", ".join(known)}.',
        )
    )


def parse_value(text: str) -> Value:
    """A number, yes or no, or the text itself."""
    return _value(text, listed=False)


def _value(text: str, *, listed: bool) -> Value:
    if listed:
        return _words(text)
    if text.lower() in _YES + _NO:
        return text.lower() in _YES
    try:
        number = Decimal(text.replace(",", ""))
        return number if number.is_finite() else text
    except InvalidOperation:
        return text


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in re.split(r"[|、,,]", text) if word.strip())


def _among(left: Value, right: Value) -> bool:
    """Any of the left is one of the right; industry codes also if they lie under one of them."""
    ours = left if isinstance(left, tuple) else (str(left),)
    theirs = right if isinstance(right, tuple) else (str(right),)
    if all(part.isdigit() for part in ours + theirs):
        return any(one.startswith(other) for one in ours for other in theirs)
    return any(one == other for one in ours for other in theirs)


def _same(left: Value, right: Value) -> bool:
    if isinstance(left, tuple):
        return left == (right,) or left == right
    return type(left) is type(right) and left == right
