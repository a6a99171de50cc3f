"""Many counts from one scan: the cube of regions × industries; each figure stands on its own query."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from liandong.figures import Figure, QueryRef, count
from liandong.reference import industry
from liandong.registry.selection import Selection, region_condition
from liandong.registry.store import Snapshot

Key = TypeVar("Key", bound=Hashable)
Region = tuple[str | None, str | None, str | None]

CUBE = (
    "SELECT province, prefecture, county, industry, count(*) AS firms FROM firms "
    "GROUP BY province, prefecture, county, industry"
)


@dataclass(slots=True)
class Cube:
    """Firms per place and industry, the unknown of either included.

    places: (province, prefecture, county). firms: (places, industries), whole numbers.
    """

    places: list[Region]
    industries: list[str | None]
    firms: NDArray[np.int64]

    @classmethod
    def from_table(cls, table: pa.Table) -> Cube:
        """From the result of the query CUBE."""
        rows = table.to_pydict()
        keys = list(zip(rows["province"], rows["prefecture"], rows["county"], strict=True))
        places, at = _index(keys)
        kinds, of = _index(rows["industry"])
        firms = np.zeros((len(places), len(kinds)), dtype=np.int64)
        np.add.at(firms, (at, of), np.asarray(rows["firms"], dtype=np.int64))
        return cls(places, kinds, firms)

    def count(self, selection: Selection) -> int:
        """How many firms are in a selection, which has no years."""
        rows, columns = self._rows(selection.regions), self._columns(selection.industries)
        return int(self.firms[np.ix_(rows, columns)].sum())

    def _rows(self, regions: tuple[str, ...] | None) -> NDArray[np.bool_]:
        if regions is None:
            return np.ones(len(self.places), dtype=bool)
        named = set(region_condition(regions).split("'")[1::2])
        return np.array([not named.isdisjoint(place) for place in self.places], dtype=bool)

    def _columns(self, codes: tuple[str, ...] | None) -> NDArray[np.bool_]:
        if codes is None:
            return np.ones(len(self.industries), dtype=bool)
        wanted = frozenset(codes)
        return np.array([_in(kind, wanted) for kind in self.industries], dtype=bool)


def counts(cube: Cube, snapshot: Snapshot, groups: Mapping[Key, Selection]) -> dict[Key, Figure]:
    """A figure per group, each with the query that counts it again."""
    return {key: figure(snapshot, selection, cube.count(selection)) for key, selection in groups.items()}


def figure(snapshot: Snapshot, selection: Selection, rows: int) -> Figure:
    """A counted figure of a snapshot."""
    coverage = snapshot.coverage
    query = QueryRef(selection.sql(), snapshot.id, rows)
    return count(rows, query, as_of=coverage.last_date, coverage=coverage)


def _in(kind: str | None, wanted: frozenset[str]) -> bool:
    """Whether an industry is one of, or under one of, the wanted ones."""
    if kind is None:
        return False
    if kind in wanted or any(kind[:size] in wanted for size in range(2, len(kind))):
        return True
    return industry(kind).section in wanted


def _index(keys: list[Key]) -> tuple[list[Key], NDArray[np.int64]]:
    """Distinct keys in order of appearance, and each key's position among them."""
    positions: dict[Key, int] = {}
    at = [positions.setdefault(key, len(positions)) for key in keys]
    return list(positions), np.asarray(at, dtype=np.int64)
