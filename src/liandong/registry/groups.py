"""Expansions: firms that share a rare brand and trade across regions, the younger taken for the elder's.

    names ── parts ──▶ brands (how many bear one by chance)      parent: elder, in the source region
      └──▶ pairs of one brand, or of a branch and its firm ──▶   child:  younger, in the target region
                                   │
                              confidence, kind of the child, places where the brand and trade are found

A register does not say who owns whom. What stands here is inferred from names, dates and scopes: a
confidence, not a record.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from liandong.registry import pairing
from liandong.registry.brands import Trades, brands
from liandong.registry.keys import name_parts
from liandong.registry.roles import Role

COLUMNS = (
    "firm_id", "name", "province", "prefecture", "county", "founded", "capital", "kind", "scope", "industry",
)  # fmt: skip
"""What is read of a firm; a table without one of them is read as if it were unknown."""

EXPANSIONS = pa.schema(
    [
        ("parent", pa.string()),  # firm_id
        ("child", pa.string()),  # firm_id
        ("brand", pa.string()),
        ("trade", pa.string()),  # of the child's name; null where it has none
        ("founded", pa.date32()),  # of the child; null where unknown
        ("parent_founded", pa.date32()),
        ("parent_place", pa.string()),  # prefecture, or province where that is unknown
        ("place", pa.string()),  # of the child, likewise
        ("places", pa.list_(pa.string())),  # prefectures where brand and trade are found, sorted
        ("kind", pa.string()),  # Role of the child
        ("basis", pa.string()),  # branch, place, brand: what the inference rests on
        ("confidence", pa.float64()),  # probability that the two are of one group
    ]
)


class _Asked(Protocol):
    """A Registry, as far as it is needed here."""

    def query(self, sql: str) -> pa.Table: ...


def expansions(
    firms: _Asked | pa.Table,
    *,
    from_regions: Sequence[str],
    to_regions: Sequence[str],
    kinds: Sequence[Role | str] | None = None,
    founded_from: date | None = None,
    founded_to: date | None = None,
    min_confidence: float = 0.5,
    workers: int | None = None,
) -> pa.Table:
    """Firms of the target regions that look like the expansion of a firm of the source regions.

    firms: a Registry, or a table with the columns of a snapshot (COLUMNS; firm_id, name, and province or
    prefecture are needed). from_regions, to_regions: GB/T 2260 codes of any level, not overlapping: a firm in
    both is read as one of the target. kinds: roles of the child that are wanted (`production`, `branch`,
    `sales`, `shell`, `service`, `unknown`); None for all. founded_from, founded_to: of the child, both
    included; a child without a date is then left out. min_confidence: pairs below are left out. workers:
    processes that read names (one per core for large tables).

    Returns EXPANSIONS, one row per child with its likeliest parent, the most confident first. A parent is a
    legal person founded no later than the child (an unknown date does not exclude it). `kind` is what the
    child does there: a backtest of production counts `production` alone. `confidence` is a probability
    fitted on pairs judged by reading them; docs/explanation/identity.md says how well it holds.

    Rarity of brands is counted over the firms of both regions as they are given: missing years are missing
    here, too, and absence of a row is no evidence that a firm did not expand. No look-ahead is kept from the
    caller: cut `firms` by date before asking what could have been known then.
    """
    table = _firms(firms, (*from_regions, *to_regions))
    parts = name_parts(table["name"], workers=workers)
    for name in parts.column_names:
        table = table.append_column(f"name_{name}", parts[name])
    there = pairing.inside(table, to_regions)
    here = pc.and_(pairing.inside(table, from_regions), pc.invert(there))
    rarity = brands(parts["brand"].combine_chunks())
    children = table.filter(pc.and_(there, _founded_within(table["founded"], founded_from, founded_to)))
    pairs = pairing.pairs(table.filter(here), children, rarity, Trades(parts["trade"].combine_chunks()))
    found = pairing.best(pairs)
    keep = pc.greater_equal(found["confidence"], min_confidence)
    if kinds is not None:
        wanted = pa.array([Role(kind).value for kind in kinds], pa.string())
        keep = pc.and_(keep, pc.is_in(found["kind"], value_set=wanted))
    found = found.filter(keep)
    return (
        found.append_column("places", pairing.places(found, table)).select(EXPANSIONS.names).cast(EXPANSIONS)
    )


def _firms(firms: _Asked | pa.Table, regions: Sequence[str]) -> pa.Table:
    """The firms of the regions, in the columns of COLUMNS."""
    if not isinstance(firms, pa.Table):
        from liandong.registry.selection import Selection

        firms = firms.query(Selection.of(regions=regions).sql(", ".join(COLUMNS)))
    for name in COLUMNS:
        if name not in firms.column_names:
            kind = {"founded": pa.date32(), "capital": pa.float64()}.get(name, pa.string())
            firms = firms.append_column(name, pa.nulls(firms.num_rows, kind))
    table = firms.select(list(COLUMNS)).combine_chunks()
    return table.filter(pairing.inside(table, regions))


def _founded_within(founded: pa.ChunkedArray, first: date | None, last: date | None) -> pa.Array:
    """Rows founded between two days; all rows where neither is given."""
    keep = pa.array(np.ones(len(founded), dtype=bool))
    if first is not None:
        keep = pc.and_(keep, pc.fill_null(pc.greater_equal(founded, pa.scalar(first)), False))
    if last is not None:
        keep = pc.and_(keep, pc.fill_null(pc.less_equal(founded, pa.scalar(last)), False))
    return keep
