"""A programme as data: what it gives, to whom, from when to when, and whether it may be promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from liandong.errors import Text
from liandong.plan import Origin

NOBODY = Origin()


class Kind(StrEnum):
    """人才计划, 基金, 政策."""

    TALENT = "talent"
    FUND = "fund"
    POLICY = "policy"


class Standing(StrEnum):
    """Whether the issuer applies it: 有效, 暂停, 清理中, 废止; unknown where nobody says."""

    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    UNDER_CLEAN_UP = "under_clean_up"
    REPEALED = "repealed"
    UNKNOWN = "unknown"


class Review(StrEnum):
    """The fair-competition review (公平竞争审查): passed, pending, failed; unknown where nobody says."""

    PASSED = "passed"
    PENDING = "pending"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Comparison(StrEnum):
    """How a condition compares. in, not_in: codes, places, titles. at_least, at_most: numbers, dates.

    contains: any of the words. is: 是 or 否.
    """

    IN = "in"
    NOT_IN = "not_in"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    CONTAINS = "contains"
    IS = "is"


@dataclass(frozen=True, slots=True)
class Quality:
    """What a condition can ask of a subject. unit: the base unit of a number, "" for none."""

    name: str
    label: Text
    tests: tuple[Comparison, ...]
    subjects: tuple[str, ...]
    unit: str = ""


_SETS = (Comparison.IN, Comparison.NOT_IN)
_BOUNDS = (Comparison.AT_LEAST, Comparison.AT_MOST)
_BOTH, _FIRM, _PROJECT = ("firm", "project"), ("firm",), ("project",)

QUALITIES = {
    quality.name: quality
    for quality in (
        Quality("industry", Text("行业", "industry"), _SETS, _BOTH),
        Quality("region", Text("所在地", "place"), _SETS, _BOTH),
        Quality("honour", Text("荣誉资质", "honour"), (Comparison.IN,), _BOTH),
        Quality("words", Text("名称或经营范围", "name or scope"), (Comparison.CONTAINS,), _BOTH),
        Quality("founded", Text("成立日期", "founded"), _BOUNDS, _FIRM),
        Quality("age", Text("成立年限", "years since founding"), _BOUNDS, _FIRM, "年"),
        Quality("capital", Text("注册资本", "registered capital"), _BOUNDS, _BOTH, "元"),
        Quality("listed", Text("上市", "listed"), (Comparison.IS,), _FIRM),
        Quality("investment", Text("总投资", "total investment"), _BOUNDS, _PROJECT, "元"),
        Quality("fixed_investment", Text("固定资产投资", "fixed-asset investment"), _BOUNDS, _PROJECT, "元"),
        Quality("equipment_investment", Text("设备投资", "equipment investment"), _BOUNDS, _PROJECT, "元"),
        Quality("jobs", Text("就业人数", "jobs"), _BOUNDS, _BOTH, "人"),
        Quality("revenue", Text("年营业收入", "yearly revenue"), _BOUNDS, _BOTH, "元"),
        Quality("tax", Text("年税收", "yearly tax"), _BOUNDS, _BOTH, "元"),
        Quality("research_share", Text("研发投入占比", "R&D share"), _BOUNDS, _BOTH, "%"),
        Quality("talents", Text("高层次人才", "high-level talents"), _BOUNDS, _BOTH, "人"),
    )
}
"""Everything that a condition can ask, by the name in the file."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: `quality` `test` `values`. values: codes, titles, words, or one number, date, 是/否.

    A number stands in the quality's base unit. either: conditions with the same label are alternatives, one
    of which must be met; None stands alone. note: the rule's own words.
    """

    quality: str
    test: Comparison
    values: tuple[str, ...]
    either: str | None = None
    note: str | None = None
    origin: Origin = NOBODY

    @property
    def number(self) -> Decimal:
        """The bound of a number's condition."""
        return Decimal(self.values[0])


@dataclass(frozen=True, slots=True)
class Benefit:
    """What the programme gives: in words, and as an amount (at most) with its unit where one is stated."""

    text: str | None = None
    amount: Decimal | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Programme:
    """A talent plan, fund or policy.

    subjects: whom it is for, `firm` and `project`. valid_from, valid_to: both included, None is not stated.
    legal_basis: what empowers the issuer. conditions: none means that nobody has entered the conditions, not
    that everyone qualifies.
    """

    name: str
    english: str
    kind: Kind
    subjects: tuple[str, ...] = ("firm",)
    issuer: str | None = None
    number: str | None = None
    status: Standing = Standing.UNKNOWN
    valid_from: date | None = None
    valid_to: date | None = None
    legal_basis: str | None = None
    review: Review = Review.UNKNOWN
    benefit: Benefit = Benefit()
    conditions: tuple[Condition, ...] = ()
    origin: Origin = NOBODY
