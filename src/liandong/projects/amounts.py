"""Amounts on two axes, measure and standing: what differs in either, basis or currency is never added."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from liandong.errors import Text
from liandong.figures import Basis, Figure, Standing, total

MEASURES: dict[str, Text] = {
    "总投资": Text("总投资", "total investment"),
    "固定资产投资": Text("固定资产投资", "fixed-asset investment"),
    "设备投资": Text("设备投资", "investment in equipment"),
    "注册资本": Text("注册资本", "registered capital"),
    "省外到位资金": Text("省外到位资金", "funds in place from outside the province"),
    "实际使用外资": Text("实际使用外资", "foreign capital used"),
    "入统固投": Text("入统固投", "fixed assets entered in statistics"),
    "全口径税收": Text("全口径税收", "tax, all levels"),
    "地方留成税收": Text("地方留成税收", "tax retained locally"),
    "jobs": Text("用工", "jobs"),
    "output": Text("产值", "output"),
    "energy": Text("能耗", "energy"),
}
STANDINGS: dict[Standing, Text] = {
    Standing.CLAIMED: Text("自报", "claimed"),
    Standing.CONTRACTED: Text("合同", "contracted"),
    Standing.FILED: Text("备案", "filed"),
    Standing.REPORTED: Text("上报", "reported"),
    Standing.VERIFIED: Text("核实", "verified"),
}


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What figures must have in common to be added. as_of, in_year, cumulative: the period, "" where none."""

    measure: str
    standing: str
    unit: str
    currency: str
    as_of: str
    in_year: str
    cumulative: str


class UnverifiedError(ValueError):
    """An amount is called verified without the voucher that shows it."""


def key_of(figure: Figure) -> Key:
    """Where the figure belongs."""
    basis: Basis = figure.basis
    return Key(
        figure.measure,
        figure.standing.value,
        figure.unit,
        figure.currency or "",
        basis.as_of or "",
        basis.in_year or "",
        basis.cumulative or "",
    )


def totals(figures: Iterable[Figure]) -> dict[Key, Figure]:
    """A sum for each kind of figure, never across kinds. Unknown values make their sum unknown.

    The result is in the order of measure and standing. Each sum's evidence is its terms.
    """
    groups: dict[Key, list[Figure]] = {}
    for figure in figures:
        groups.setdefault(key_of(figure), []).append(figure)
    return {key: groups[key][0] if len(groups[key]) == 1 else total(groups[key]) for key in sorted(groups)}


def require_voucher(figure: Figure) -> Figure:
    """The figure, if it is not verified or has the evidence that verifies it; else UnverifiedError."""
    if figure.standing is Standing.VERIFIED and not figure.evidence:
        raise UnverifiedError("a verified amount names its voucher")
    return figure
