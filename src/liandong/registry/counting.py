"""Many counts from one scan: the cube of regions × industries; each figure stands on its own query."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from liandong.figures import Figure, QueryRef, count
from liandong.reference import find_industry
from liandong.registry.selection import Selection, regions_by_column
from liandong.registry.store import Snapshot

Key = TypeVar("Key", bound=Hashable)

CUBE = (
    "SELECT province, prefecture, county, industry, count(*) AS firms FROM firms "
    "GROUP BY province, prefecture, county, industry"
)


class Cube:
    """Firms per place and industry, the unknown of either included.

    firms: (places, industries), whole numbers. A code of any level finds its rows or columns at once.
    """

    def __init__(self, table: pa.Table) -> None:
        """table: the result of the query CUBE."""
        rows = table.to_pydict()
        places, at = _index(list(zip(rows["province"], rows["prefecture"], rows["county"], strict=True)))
        kinds, of = _index(rows["industry"])
        self.firms = np.zeros((len(places), len(kinds)), dtype=np.int64)
        np.add.at(self.firms, (at, of), np.asarray(rows["firms"], dtype=np.int64))
        self._rows = _under(enumerate({code for code in place if code} for place in places))
        self._columns = _under((i, _above(kind)) for i, kind in enumerate(kinds) if kind)

    def count(self, selection: Selection) -> int:
        """How many firms are in a selection, which has no years."""
        found = self.firms
        if selection.regions is not None:
            codes = (code for each in regions_by_column(selection.regions).values() for code in each)
            found = found[_union(self._rows, codes)]
        if selection.industries is not None:
            found = found[:, _union(self._columns, selection.industries)]
        return int(found.sum())


def counts(cube: Cube, snapshot: Snapshot, groups: Mapping[Key, Selection]) -> dict[Key, Figure]:
    """A figure per group, each with the query that counts it again."""
    return {key: figure(snapshot, selection, cube.count(selection)) for key, selection in groups.items()}


def figure(snapshot: Snapshot, selection: Selection, rows: int) -> Figure:
    """A counted figure of a snapshot."""
    coverage = snapshot.coverage
    query = QueryRef(selection.sql(), snapshot.id, rows)
    return count(rows, query, as_of=coverage.last_date, coverage=coverage)


def _above(kind: str) -> set[str]:
    """An industry and all it is under, as `industry_condition` says it: class, group, division, section."""
    division = find_industry(kind[:2])
    return {kind, kind[:3], kind[:2]} | ({division.section} if division else set())


def _under(named: Iterable[tuple[int, set[str]]]) -> dict[str, list[int]]:
    """Code → positions that are it or under it."""
    found: dict[str, list[int]] = {}
    for position, codes in named:
        for code in codes:
            found.setdefault(code, []).append(position)
    return found


def _union(under: Mapping[str, list[int]], codes: Iterable[str]) -> NDArray[np.int64]:
    """Positions under any of the codes, each once."""
    return np.array(sorted({at for code in codes for at in under.get(code, ())}), dtype=np.int64)


def _index(keys: list[Key]) -> tuple[list[Key], NDArray[np.int64]]:
    """Distinct keys in order of appearance, and each key's position among them."""
    positions: dict[Key, int] = {}
    at = [positions.setdefault(key, len(positions)) for key in keys]
    return list(positions), np.asarray(at, dtype=np.int64)
