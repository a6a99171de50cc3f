"""Registry expressions, written once in Ibis: the same on every engine.

A table `firms` goes in (an Ibis table, or an unbound one), an expression comes out; nothing runs here.
"""

from __future__ import annotations

from typing import Any, Final

LEVELS: Final = {"division": 2, "group": 3, "class": 4}
"""Levels of GB/T 4754 and the digits of their codes."""
REGIONS: Final = ("province", "prefecture", "county")


def panel(firms: Any, level: str, region: str) -> Any:
    """Firms per region and industry: region, industry, firms; ordered; the unknown of either left out."""
    digits = LEVELS[level]
    known = firms.filter(firms[region].notnull() & (firms.industry.length() >= digits))
    named = known.select(region=known[region], industry=known.industry.substr(0, digits))
    counted = named.group_by("region", "industry").agg(firms=named.count())
    return counted.order_by("region", "industry")


def missing(firms: Any) -> Any:
    """Per column the number of firms that do not know it: one row. What is no number (NaN) is known."""
    return firms.agg(**{name: (firms.count() - firms[name].count()) for name in firms.columns})


def tally(firms: Any, column: str) -> Any:
    """Firms per value of a column: value, firms; most first, then by value; the unknown as null."""
    named = firms.select(value=firms[column])
    counted = named.group_by("value").agg(firms=named.count())
    return counted.order_by(counted.firms.desc(), counted.value.asc(nulls_first=False))
