"""Which firms are meant: a condition in the SQL that every engine understands.

The text is the evidence of a counted figure: `SELECT count(*) FROM firms WHERE …` can be run again by anyone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from liandong.errors import InputError, Text
from liandong.reference import division, industries, industry, successor
from liandong.registry.engines import quote
from liandong.registry.honours import held_condition
from liandong.registry.values import today

_LENGTHS = {"division": 2, "group": 3}


@dataclass(frozen=True, slots=True)
class Selection:
    """Firms of some industries in some regions, founded in some years; None means all.

    industries: codes of GB/T 4754-2017 of any level; a firm is in a division if its class is. A firm whose
    industry is only known as a division is in no class of it. regions: codes of GB/T 2260 of any level.
    first_year, last_year: of founding, both included; firms without a year are in no such selection.
    honours: titles held on the day `as_of`, by the honour lists that were imported.
    """

    industries: tuple[str, ...] | None = None
    regions: tuple[str, ...] | None = None
    first_year: int | None = None
    last_year: int | None = None
    honours: tuple[str, ...] | None = None
    as_of: date | None = None

    @classmethod
    def of(
        cls,
        industries: Sequence[str] | None = None,
        regions: Sequence[str] | None = None,
        first_year: int | None = None,
        last_year: int | None = None,
        honours: Sequence[str] | None = None,
        as_of: date | None = None,
    ) -> Selection:
        """From any sequences of codes; each code once, in order. Raises InputError for an unknown code."""
        day = (as_of or today()) if honours is not None else None
        found = cls(_once(industries), _once(regions), first_year, last_year, _once(honours), day)
        found.where()
        return found

    def where(self) -> str:
        """The condition; empty if every firm is meant."""
        parts = []
        if self.industries is not None:
            parts.append(industry_condition(self.industries))
        if self.regions is not None:
            parts.append(region_condition(self.regions))
        if self.first_year is not None:
            parts.append(f"founded_year >= {int(self.first_year)}")
        if self.last_year is not None:
            parts.append(f"founded_year <= {int(self.last_year)}")
        if self.honours is not None:
            parts.append(held_condition(self.honours, self.as_of or today()))
        return " AND ".join(parts)

    @property
    def of_cube(self) -> bool:
        """Whether it asks for nothing but industries and regions."""
        return self.first_year is None and self.last_year is None and self.honours is None

    def sql(self, columns: str = "count(*)") -> str:
        """The query over the table `firms`."""
        where = self.where()
        return f"SELECT {columns} FROM firms" + (f" WHERE {where}" if where else "")


@lru_cache(maxsize=4096)
def industry_condition(codes: tuple[str, ...]) -> str:
    """In any of the industries."""
    whole: list[str] = []
    beginnings: dict[int, list[str]] = {}
    for code in codes:
        level = industry(code).level
        if level == "class":
            whole.append(code)
        elif level == "section":
            whole.append(code)
            beginnings.setdefault(2, []).extend(_divisions(code))
        else:
            beginnings.setdefault(_LENGTHS[level], []).append(code)
    parts = [f"industry IN ({_list(whole)})"] if whole else []
    parts += [f"substr(industry, 1, {n}) IN ({_list(found)})" for n, found in sorted(beginnings.items())]
    return _any(parts)


@lru_cache(maxsize=4096)
def region_condition(codes: tuple[str, ...]) -> str:
    """In any of the regions."""
    columns = regions_by_column(codes)
    return _any([f"{column} IN ({_list(found)})" for column, found in columns.items()])


def regions_by_column(codes: Sequence[str]) -> dict[str, list[str]]:
    """Column of `firms` → today's codes to look for in it; a past division means what it became."""
    columns: dict[str, list[str]] = {"province": [], "prefecture": [], "county": []}
    for code in codes:
        place = division(code)
        place = successor(place) or place
        own = place.level == "county" and place.prefecture == place.code
        columns["prefecture" if own else place.level].append(place.code)
    return {column: found for column, found in columns.items() if found}


def in_region(places: Sequence[str], codes: Sequence[str]) -> list[bool]:
    """Per place ("province prefecture county", empty where unknown) whether it is in any of the regions."""
    columns = regions_by_column(codes)
    wanted = [set(columns.get(name, ())) for name in ("province", "prefecture", "county")]
    split = (place.split(" ") for place in places)
    return [any(code in of for code, of in zip(place, wanted, strict=True)) for place in split]


def in_industry(known: Sequence[str], codes: Sequence[str]) -> list[bool]:
    """Per industry (a code of any level, empty where unknown) whether it is in any of the industries."""
    beginnings: set[str] = set()
    sections: set[str] = set()
    for code in codes:
        beginnings |= set(_divisions(code)) if industry(code).level == "section" else {code}
        sections |= {code} if industry(code).level == "section" else set()
    lengths = sorted({len(code) for code in beginnings})
    return [
        each in sections or any(each[:n] in beginnings for n in lengths if n <= len(each)) for each in known
    ]


def check_level(level: str, allowed: Collection[str], field: str) -> None:
    """Raise InputError for a level that there is not."""
    if level not in allowed:
        names = ", ".join(allowed)
        raise InputError(
            Text(f"没有层级“{level}”。可用:{names}。", f'there is no level "{level}". Levels: {names}.'),
            field=field,
        )


def _divisions(section: str) -> list[str]:
    return [entry.code for entry in industries("division") if entry.section == section]


def _once(codes: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if codes is None else tuple(dict.fromkeys(codes))


def _list(codes: Sequence[str]) -> str:
    return ", ".join(quote(code) for code in dict.fromkeys(codes))


def _any(parts: list[str]) -> str:
    if not parts:
        return "FALSE"
    return parts[0] if len(parts) == 1 else f"({' OR '.join(parts)})"
