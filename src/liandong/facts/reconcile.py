"""Reconciliation: many pages, one statement each, and where they disagree.

Facts of the same subject, indicator, period, region and unit that give the same value are one statement
with a first and a last sighting. A rounded repeat (1148亿元 for 1148.3亿元) supports the exact one.
Different values are a conflict; both stand side by side, neither is dropped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from liandong.documents import fold
from liandong.facts.fact import Fact, Kind

Key = tuple[str, str, str | None, str | None, str | None, str]


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing said, on one page or many. first_seen, last_seen: ISO dates of the pages, None if undated."""

    key: Key
    value: str | None
    value_text: str | None
    facts: tuple[Fact, ...]
    rounded: tuple[Fact, ...]
    first_seen: str | None
    last_seen: str | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Statements of the same subject, indicator, unit, period and modality with different values."""

    key: Key
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What many pages say together."""

    statements: tuple[Statement, ...]
    conflicts: tuple[Conflict, ...]


def reconcile(facts: Iterable[Fact], published: Mapping[str, str] | None = None) -> Reconciliation:
    """Statements and conflicts among facts of any number of pages.

    published: sha256 of a page → its ISO date, for first and last seen. Facts without a period are compared
    only within the pages of the same day: an undated stock may well have changed.
    """
    dates = published or {}
    groups: dict[Key, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.kind is not Kind.META:
            groups[_key(fact, dates)].append(fact)
    statements: list[Statement] = []
    conflicts: list[Conflict] = []
    for key, members in groups.items():
        found = _statements(key, members, dates)
        statements += found
        numbered = [s for s in found if s.value is not None]
        if len(numbered) > 1:
            conflicts.append(Conflict(key, tuple(numbered)))
    return Reconciliation(tuple(statements), tuple(conflicts))


def _key(fact: Fact, dates: Mapping[str, str]) -> Key:
    period = fact.period
    if period is None and fact.value is not None:
        period = f"@{dates.get(fact.page, fact.page)[:10]}"
    return (plain(fact.subject), plain(fact.indicator), fact.unit, period, fact.region, fact.modality)


def plain(text: str) -> str:
    """A subject or indicator as it is compared: one spelling for what pages write differently."""
    out = fold(text)
    for one, other in (
        ("规模以上", "规上"),
        ("地区生产总值", "GDP"),
        ("生产总值", "GDP"),
        ("“", ""),
        ("”", ""),
        (" ", ""),
    ):
        out = out.replace(one, other)
    return out


def _statements(key: Key, facts: list[Fact], dates: Mapping[str, str]) -> list[Statement]:
    values: dict[tuple[str | None, str | None], list[Fact]] = defaultdict(list)
    for fact in facts:
        values[fact.value, None if fact.value is not None else fact.value_text].append(fact)
    exact = sorted(values, key=lambda v: -_digits(v[0]))
    rounded: dict[tuple[str | None, str | None], list[Fact]] = defaultdict(list)
    kept: list[tuple[str | None, str | None]] = []
    for value in exact:
        whole = next((k for k in kept if _rounds(k[0], value[0])), None)
        if whole is None:
            kept.append(value)
        else:
            rounded[whole] += values[value]
    return [_statement(key, value, values[value], rounded[value], dates) for value in kept]


def _statement(
    key: Key,
    value: tuple[str | None, str | None],
    facts: list[Fact],
    rounded: list[Fact],
    dates: Mapping[str, str],
) -> Statement:
    days = sorted(dates[f.page] for f in (*facts, *rounded) if f.page in dates)
    return Statement(
        key,
        value[0],
        facts[0].value_text,
        tuple(facts),
        tuple(rounded),
        days[0] if days else None,
        days[-1] if days else None,
    )


def _digits(value: str | None) -> int:
    """How many significant digits a value has."""
    return len((value or "").strip("-0").replace(".", "").rstrip("0"))


def _rounds(exact: str | None, value: str | None) -> bool:
    """Whether a value with fewer digits is the other one, rounded or cut."""
    try:
        one, other = Decimal(exact or ""), Decimal(value or "")
    except InvalidOperation:
        return False
    if not one or not other or _digits(value) >= _digits(exact):
        return False
    unit = Decimal(10) ** (other.normalize().as_tuple().exponent)  # type: ignore[operator]
    return abs(one - other) < unit and abs(one - other) / abs(one) < Decimal("0.05")
