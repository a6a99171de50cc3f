"""What a brand has done so far: where its firms are, and how many of them are young.

A firm whose group has opened plants in other cities knows how it is done; one that is in the city's province
knows the way. All is read from the names of the whole registry in one pass.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from liandong.figures import Basis, DerivedRef, Evidence, Figure, QueryRef, RecordRef, count
from liandong.reference import find_division
from liandong.registry import Registry, parse_name
from liandong.targets.features import brand
from liandong.targets.searching import Rows, containing

MOST_RECORDS = 20
"""Firms of a brand that the evidence names."""
COMMON = 20
"""A brand that more firms bear is a common word, no sign of one group."""
MOST_NAMES = 60
"""A brand that more names contain is not looked into: it is a common word."""
RECENT_YEARS = 5
"""A firm of the brand founded within so many years is growth."""
NO_DAY = "a day that is unknown: no row has a founding date"


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

    def most(self, brand: str) -> tuple[int, int, int]:
        """What the numbers are at most: counted over all names that contain the brand, none of them read."""

    def numbers(self, brand: str) -> BrandNumbers:
        """The numbers of one of the brands asked for."""

    def figures(self, brand: str) -> dict[str, Figure]:
        """The same as figures with evidence, under `presence`, `expansion`, `growth`."""


BrandCounts = Callable[[Sequence[str]], BrandBook]


def brands_in(registry: Registry, province: str, as_of: date | None = None) -> BrandCounts:
    """A function from brands to what their firms have done, over the whole registry.

    province: GB/T 2260 code of the city's province. as_of: the day that lately is counted back from. One pass
    over the names serves all brands of a question; each is then looked into when it is asked for.
    """
    all_firms = _Everyone(registry, province, as_of)
    return lambda brands: _Book(
        registry,
        province,
        as_of,
        all_firms,
        dict(zip(brands, containing(all_firms.names, brands), strict=True)),
    )


@dataclass
class _Everyone:
    """All rows of a registry, read when they are first needed and kept for the next question."""

    registry: Registry
    province: str
    as_of: date | None

    @cached_property
    def rows(self) -> pa.Table:
        """What is asked of a firm, in one chunk: rows are taken one brand at a time."""
        sql = "SELECT name, province, prefecture, founded, source, source_row FROM firms"
        return self.registry.query(sql).combine_chunks()

    @property
    def names(self) -> pa.Array:
        """The names of all firms."""
        return self.rows["name"].combine_chunks()

    @cached_property
    def inside(self) -> NDArray[np.bool_]:
        """Which firms are in the province."""
        return np.asarray(pc.fill_null(pc.equal(self.rows["province"], self.province), False))

    @cached_property
    def place(self) -> Rows:
        """A number of each firm's prefecture; -1 where it is not known."""
        places = self.rows["prefecture"].combine_chunks().dictionary_encode()
        return np.asarray(pc.fill_null(places.indices, -1)).astype(np.int64)

    @cached_property
    def young(self) -> NDArray[np.bool_]:
        """Which firms may be founded lately: in the years that it reaches into."""
        if self.as_of is None:
            return np.zeros(self.rows.num_rows, dtype=bool)
        years = pc.fill_null(pc.year(self.rows["founded"]), 0)
        return np.asarray(pc.greater_equal(years, self.as_of.year - RECENT_YEARS))


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
    everyone: _Everyone
    containing: dict[str, Rows]
    known: dict[str, list[_Firm] | None] = field(default_factory=dict)

    def most(self, brand: str) -> tuple[int, int, int]:
        rows = self.containing[brand]
        if len(rows) > MOST_NAMES:
            return 0, 0, 0
        places = set(self.everyone.place[rows].tolist()) - {-1}
        return (
            int(self.everyone.inside[rows].sum()),
            len(places),
            int(self.everyone.young[rows].sum()),
        )

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
        lately = f"{bearers}, founded within {RECENT_YEARS} years before {self.as_of or NO_DAY}"
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
            rows, everyone = self.containing[brand].tolist(), self.everyone.rows
            self.known[brand] = None
            if len(rows) <= MOST_NAMES:
                own: list[int] = []
                names = everyone["name"].take(rows).to_pylist() if rows else []
                for row, name in zip(rows, names, strict=True):
                    if _bears(name, brand):
                        own.append(row)
                    if len(own) > COMMON:
                        return None
                self.known[brand] = [_firm(row) for row in everyone.take(own).to_pylist()] if own else []
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
        number = len(self.containing[brand])
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
