"""Counts of living firms by region and industry, each a figure with the query that counts it again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from liandong.economy import Panel
from liandong.figures import Basis, Coverage, Figure, QueryRef, count
from liandong.reference import division, industries
from liandong.registry import Selection
from liandong.registry.counting import Cube

GONE = ("注销", "吊销", "迁出", "清算", "撤销")
"""Words of a status that say that a firm is not there any more."""
_GONE = " OR ".join(f"status LIKE '%{word}%'" for word in GONE)
LIVING = f"(status IS NULL OR NOT ({_GONE}))"
"""The condition for the firms that are counted: a firm of unknown status counts as living."""
_CUBE = (
    "SELECT province, prefecture, county, industry, count(*) AS firms FROM firms "
    f"WHERE {LIVING} GROUP BY province, prefecture, county, industry"
)
_PANEL = (
    "SELECT prefecture AS region, industry, count(*) AS firms FROM firms "
    "WHERE prefecture IS NOT NULL AND length(industry) = 4{living} GROUP BY prefecture, industry"
)
_STATUS = (
    f"SELECT count(*) FILTER (NOT {LIVING}) AS gone, count(*) FILTER (status IS NULL) AS unknown, "
    "count(*) AS firms FROM firms"
)


class SnapshotLike(Protocol):
    """A state of the registry."""

    @property
    def id(self) -> str:
        """Its name."""

    @property
    def coverage(self) -> Coverage:
        """What it stands on."""


class FirmCounts(Protocol):
    """What a diagnosis needs of a registry."""

    @property
    def snapshot(self) -> SnapshotLike:
        """The live snapshot."""

    def query(self, sql: str) -> Any:
        """The Arrow table of one SELECT over the table `firms`."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What the counts leave out: firms struck off; and firms of unknown status, which are counted."""

    struck_off: Figure
    status_unknown: Figure

    def to_dict(self) -> dict[str, Any]:
        """The JSON of what is counted."""
        return {"struck_off": self.struck_off.to_dict(), "status_unknown": self.status_unknown.to_dict()}


@dataclass
class Counter:
    """The counts of one city beside those of all provinces that the registry observes.

    city: GB/T 2260 code of a prefecture. Only living firms whose industry is known are counted: `all` are the
    firms of any section of GB/T 4754. One scan answers every count.
    """

    city: str
    registry: FirmCounts
    _counted: dict[tuple[tuple[str, ...], tuple[str, ...]], Figure] = field(default_factory=dict)

    def of(self, city: str) -> Counter:
        """The counter of another city over the same scan."""
        other = Counter(city, self.registry, self._counted)
        other.__dict__.update(
            panel=self.panel, base_regions=self.base_regions, counted=self.counted, _cube=self._cube
        )
        return other

    @cached_property
    def panel(self) -> Panel:
        """Prefecture × class, for relatedness and shrinkage."""
        table = self._table.filter(
            pc.and_(
                pc.is_valid(self._table["prefecture"]),
                pc.fill_null(pc.equal(pc.utf8_length(self._table["industry"]), 4), False),
            )
        )
        grouped = table.group_by(["prefecture", "industry"]).aggregate([("firms", "sum")])
        named = grouped.select(["prefecture", "industry", "firms_sum"]).rename_columns(
            ["region", "industry", "firms"]
        )
        return Panel.from_table(named.sort_by([("region", "ascending"), ("industry", "ascending")]))

    @cached_property
    def base_regions(self) -> tuple[str, ...]:
        """The provinces that the registry observes."""
        return tuple(sorted({division(each).province for each in self.panel.regions}))

    @property
    def snapshot(self) -> str:
        """Id of the snapshot counted."""
        return self.registry.snapshot.id

    @property
    def coverage(self) -> Coverage:
        """What the snapshot stands on."""
        return self.registry.snapshot.coverage

    @cached_property
    def counted(self) -> Counted:
        """How many firms are left out, and of how many nobody knows whether they still live."""
        gone, unknown, _ = (column[0].as_py() for column in self.registry.query(_STATUS).columns)
        return Counted(
            self._figure(gone, f"SELECT count(*) FROM firms WHERE NOT {LIVING}", "struck_off"),
            self._figure(unknown, "SELECT count(*) FROM firms WHERE status IS NULL", "status_unknown"),
        )

    @property
    def clause(self) -> str:
        """What queries say of the living; nothing where no firm of the snapshot is struck off."""
        return f" AND {LIVING}" if self.counted.struck_off.value else ""

    def local(self, codes: Iterable[str] | None = None) -> Figure:
        """Firms of the city in industries with these codes or below them; None for all industries."""
        return self.within((self.city,), codes)

    def base(self, codes: Iterable[str] | None = None) -> Figure:
        """Firms of all observed provinces, the city's own among them."""
        return self.within(self.base_regions, codes)

    def within(self, regions: tuple[str, ...], codes: Iterable[str] | None = None) -> Figure:
        """Firms of any regions in industries with these codes or below them; None for all industries."""
        wanted = _sections() if codes is None else _outermost(codes)
        key = (regions, wanted)
        if key not in self._counted:
            selection = Selection(wanted, regions)
            rows = self._cube.count(selection)
            self._counted[key] = self._figure(rows, selection.sql() + self.clause, "count")
        return self._counted[key]

    def panel_query(self) -> QueryRef:
        """The panel of prefecture × class as a query."""
        sql = _PANEL.format(living=self.clause)
        return QueryRef(sql, self.snapshot, int(np.nansum(self.panel.values)))

    def unknown(self, measure: str, unit: str = "家") -> Figure:
        """A count that the registry does not observe."""
        return Figure(None, unit, measure, basis=self.basis, coverage=self.coverage)

    @property
    def basis(self) -> Basis:
        """As of the newest record."""
        return Basis(as_of=self.coverage.last_date)

    @cached_property
    def _table(self) -> pa.Table:
        return self.registry.query(_CUBE)

    @cached_property
    def _cube(self) -> Cube:
        return Cube(self._table)

    def _figure(self, rows: int, sql: str, measure: str) -> Figure:
        query = QueryRef(sql, self.snapshot, rows)
        return count(rows, query, measure=measure, as_of=self.coverage.last_date, coverage=self.coverage)


def whole(figure: Figure) -> Decimal:
    """The value of a figure that was counted and so is known."""
    return Decimal(0) if figure.value is None else figure.value


def _sections() -> tuple[str, ...]:
    return tuple(each.code for each in industries("section"))


def _outermost(codes: Iterable[str]) -> tuple[str, ...]:
    """Sorted, without codes that lie below another one, so that equal sets give equal queries."""
    kept: list[str] = []
    for code in sorted(set(codes)):
        if not kept or not code.startswith(kept[-1]):
            kept.append(code)
    return tuple(kept)
