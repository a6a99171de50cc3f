"""What a brand has done so far: where its firms are, and how many of them are young.

A firm whose group has opened plants in other cities knows how it is done; one that is in the city's province
knows the way. All is read from the names of the whole registry in one pass.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Protocol

import ahocorasick
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from liandong.figures import Basis, DerivedRef, Evidence, Figure, QueryRef, RecordRef, count
from liandong.reference import find_division
from liandong.registry import Registry, parse_name
from liandong.targets.features import brand

MOST_RECORDS = 20
"""Firms of a brand that the evidence names."""
COMMON = 20
"""A brand that more firms bear is a common word, no sign of one group."""
MOST_NAMES = 60
"""A brand that more names contain is not looked into: it is a common word."""
RECENT_YEARS = 5
"""A firm of the brand founded within so many years is growth."""
_BLOCK = 50_000


@dataclass(frozen=True, slots=True)
class BrandNumbers:
    """Of one brand: bearers in the city's province, prefectures with bearers, bearers founded lately.

    None is unknown: the brand is a common word, or there is no day to count back from.
    """

    presence: int | None
    reach: int | None
    growth: int | None


class BrandBook(Protocol):
    """What is known of some brands."""

    def numbers(self, brand: str) -> BrandNumbers:
        """The numbers of one of the brands asked for."""

    def figures(self, brand: str) -> dict[str, Figure]:
        """The same as figures with evidence, under `presence`, `expansion`, `growth`."""


BrandCounts = Callable[[Sequence[str]], BrandBook]


def brands_in(registry: Registry, province: str, as_of: date | None = None) -> BrandCounts:
    """A function from brands to what their firms have done, over the whole registry.

    province: GB/T 2260 code of the city's province. as_of: the day that lately is counted back from. One pass
    over the names serves all brands; each brand is then looked into when it is asked for.
    """
    return lambda brands: _Book(registry, province, as_of, *_containing(registry, brands))


@dataclass(frozen=True, slots=True)
class _Firm:
    """A bearer of a brand."""

    name: str
    province: str | None
    prefecture: str | None
    founded: date | None
    record: RecordRef


@dataclass
class _Book:
    """Brands with the rows of the registry whose names contain them. known: the bearers found so far."""

    registry: Registry
    province: str
    as_of: date | None
    rows: pa.Table
    containing: dict[str, list[int]]
    known: dict[str, list[_Firm] | None] = field(default_factory=dict)

    def numbers(self, brand: str) -> BrandNumbers:
        own = self._bearers(brand)
        if own is None:
            return BrandNumbers(None, None, None)
        return BrandNumbers(
            len(self._inside(own)), len(_places(own)), len(self._lately(own)) if self.as_of else None
        )

    def figures(self, brand: str) -> dict[str, Figure]:
        own = self._bearers(brand) or []
        numbers = self.numbers(brand)
        bearers = f"firms whose brand is {brand}, among the names that contain it"
        lately = f"{bearers}, founded within {RECENT_YEARS} years before {self.as_of}"
        there = self._inside(own)
        return {
            "presence": self._figure(brand, numbers.presence, "家", "brand_in_province", bearers, there),
            "expansion": self._figure(
                brand, numbers.reach, "个", "brand_prefectures", f"prefectures of the {bearers}", own
            ),
            "growth": self._figure(
                brand, numbers.growth, "家", "brand_growth", lately, self._lately(own) if self.as_of else []
            ),
        }

    def _bearers(self, brand: str) -> list[_Firm] | None:
        """The firms whose own brand it is; None for a common word."""
        if brand not in self.known:
            rows = self.containing.get(brand, [])
            self.known[brand] = None
            if len(rows) <= MOST_NAMES:
                own: list[int] = []
                names = self.rows["name"].take(rows).to_pylist() if rows else []
                for row, name in zip(rows, names, strict=True):
                    if _bears(name, brand):
                        own.append(row)
                    if len(own) > COMMON:
                        return None
                self.known[brand] = [_firm(row) for row in self.rows.take(own).to_pylist()] if own else []
        return self.known[brand]

    def _inside(self, firms: Sequence[_Firm]) -> list[_Firm]:
        return [firm for firm in firms if firm.province == self.province]

    def _lately(self, firms: Sequence[_Firm]) -> list[_Firm]:
        return [firm for firm in firms if firm.founded and self.as_of and _recent(firm.founded, self.as_of)]

    def _figure(
        self, brand: str, value: int | None, unit: str, measure: str, formula: str, rows: Sequence[_Firm]
    ) -> Figure:
        snapshot = self.registry.snapshot
        coverage = snapshot.coverage
        number = len(self.containing.get(brand, []))
        sql = f"SELECT count(*) FROM firms WHERE contains(name, {_quoted(brand)})"
        names = count(
            number,
            QueryRef(sql, snapshot.id, number),
            measure="names_containing",
            as_of=coverage.last_date,
            coverage=coverage,
        )
        inputs: dict[str, Figure | Evidence] = {"containing": names}
        inputs |= {row.name: row.record for row in rows[:MOST_RECORDS]}
        if value is None and self.known[brand] is None:
            formula = f"{formula}: too many for one group"
        return Figure(
            None if value is None else Decimal(value),
            unit,
            measure,
            basis=Basis(as_of=coverage.last_date),
            coverage=coverage,
            evidence=(DerivedRef(formula, tuple(inputs.items())),),
        )


def _firm(row: dict[str, object]) -> _Firm:
    record = RecordRef(str(row.pop("source")), int(str(row.pop("source_row"))))
    return _Firm(**row, record=record)  # type: ignore[arg-type] # the columns are the fields


def _places(firms: Sequence[_Firm]) -> set[str]:
    return {firm.prefecture for firm in firms if firm.prefecture}


def _recent(founded: date, as_of: date) -> bool:
    months = (as_of.year - founded.year) * 12 + as_of.month - founded.month
    return founded <= as_of and months <= 12 * RECENT_YEARS


def _containing(registry: Registry, brands: Sequence[str]) -> tuple[pa.Table, dict[str, list[int]]]:
    """All firms' rows, and which of them have a name that contains each brand."""
    sql = "SELECT name, province, prefecture, founded, source, source_row FROM firms"
    rows = registry.query(sql).combine_chunks()  # rows are taken one brand at a time
    if not brands:
        return rows, {}
    automaton = ahocorasick.Automaton()
    for number, each in enumerate(brands):
        automaton.add_word(each, number)
    automaton.make_automaton()
    hits = [np.empty((0, 2), dtype=np.int64)]
    for first in range(0, rows.num_rows, _BLOCK):
        names = rows["name"].slice(first, _BLOCK)
        # one long text is searched many times faster than as many short ones
        found = list(automaton.iter("\n".join(names.to_pylist())))
        if found:
            pairs = np.array(found, dtype=np.int64)
            starts = np.cumsum(np.asarray(pc.utf8_length(names)) + 1)
            hits.append(
                np.stack([pairs[:, 1], np.searchsorted(starts, pairs[:, 0], "right") + first], axis=1)
            )
    pairs = np.unique(np.concatenate(hits), axis=0)
    cuts = np.searchsorted(pairs[:, 0], np.arange(1, len(brands)))
    return rows, {
        each: found.tolist() for each, found in zip(brands, np.split(pairs[:, 1], cuts), strict=True)
    }


def _bears(name: str, wanted: str) -> bool:
    """Whether the brand is the firm's own: nothing but a place stands before it, and it does not go on.

    A brand made of place and trade (上海电气) is borne wherever it stands.
    """
    if _is_compound(wanted):
        return True
    before = name[: name.index(wanted)].strip("（）()")
    return (not before or _is_place(before)) and brand(name) == wanted


@lru_cache(maxsize=65536)
def _is_place(text: str) -> bool:
    return find_division(text) is not None or text[-1] in "省市县区镇乡"


@lru_cache(maxsize=4096)
def _is_compound(wanted: str) -> bool:
    parsed = parse_name(wanted)
    return parsed.place is not None and parsed.place != wanted


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
