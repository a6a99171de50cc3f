"""History: how many of a node's living firms were founded in each year, where that is observed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyarrow as pa

from liandong.figures import Basis, Coverage, Figure, QueryRef
from liandong.plan.counting import Counter, FirmCounts
from liandong.plan.model import Chain, Plan
from liandong.registry import Selection


@dataclass(frozen=True, slots=True)
class Year:
    """Firms of a node founded in a year and living today: in the city, and in all observed provinces.

    city is unknown where the registry has no firm of the city's province founded that year: the year is
    missing from the data, it is not a year without firms.
    """

    node: str
    year: int
    city: Figure
    base: Figure

    def to_dict(self) -> dict[str, Any]:
        """The JSON of a year."""
        return {
            "node": self.node,
            "year": self.year,
            "city": self.city.to_dict(),
            "base": self.base.to_dict(),
        }


def history(plan: Plan, registry: FirmCounts, chain: Chain) -> tuple[Year, ...]:
    """Node by node and year by year, from the first founding year of any of its firms to the newest.

    Only firms that live today are seen: a decline of early years may be deaths that nobody recorded.
    """
    counter = Counter(plan.city, registry)
    table = registry.query(
        "SELECT founded_year AS year, province, prefecture, industry, count(*) AS firms FROM firms "
        f"WHERE founded_year IS NOT NULL AND industry IS NOT NULL AND province IS NOT NULL{counter.clause} "
        "GROUP BY founded_year, province, prefecture, industry"
    )
    rows = _Rows.of(table, plan.city)
    found: list[Year] = []
    for node in chain.nodes:
        base, city = rows.counts(node.industries)
        for year in range(min(base, default=1), max(rows.years, default=0) + 1):
            found.append(
                Year(
                    node.name,
                    year,
                    _figure(counter, node.industries, year, city.get(year, 0), local=True)
                    if year in rows.seen
                    else _missing(counter.coverage, year),
                    _figure(counter, node.industries, year, base.get(year, 0), local=False),
                )
            )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The counts by year. seen: years of which the city's province has any firm."""

    rows: list[tuple[int, bool, str, int]]
    seen: frozenset[int]
    years: frozenset[int]

    @classmethod
    def of(cls, table: pa.Table, city: str) -> _Rows:
        columns = [
            table[name].to_pylist() for name in ("year", "province", "prefecture", "industry", "firms")
        ]
        rows = list(zip(*columns, strict=True))
        seen = frozenset(year for year, province, *_ in rows if province[:2] == city[:2])
        return cls(
            [(year, prefecture == city, industry, firms) for year, _, prefecture, industry, firms in rows],
            seen,
            frozenset(row[0] for row in rows),
        )

    def counts(self, codes: tuple[str, ...]) -> tuple[dict[int, int], dict[int, int]]:
        """Year → firms in these industries: everywhere, and in the city."""
        base: dict[int, int] = {}
        city: dict[int, int] = {}
        for year, local, industry, firms in self.rows:
            if industry.startswith(codes):
                base[year] = base.get(year, 0) + firms
                if local:
                    city[year] = city.get(year, 0) + firms
        return base, city


def _figure(counter: Counter, codes: tuple[str, ...], year: int, firms: int, *, local: bool) -> Figure:
    regions = (counter.city,) if local else counter.base_regions
    sql = Selection.of(tuple(sorted(set(codes))), regions, year, year).sql() + counter.clause
    return Figure(
        Decimal(firms),
        "家",
        "founded",
        basis=Basis(in_year=str(year)),
        coverage=counter.coverage,
        evidence=(QueryRef(sql, counter.snapshot, firms),),
    )


def _missing(coverage: Coverage, year: int) -> Figure:
    return Figure(None, "家", "founded", basis=Basis(in_year=str(year)), coverage=coverage)
