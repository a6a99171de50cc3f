"""How telling a brand is: how many firms would bear it by chance alone.

Two firms of one brand are related or had the same idea. The second is likely for 鑫源 and unlikely for 许继:
the letters of brands follow their own frequencies, place by place, and a brand borne by many firms of many
trades is nobody's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_POSITIONS = 4
"""Letters beyond are taken as the fourth."""


@dataclass(frozen=True, slots=True)
class Brands:
    """What a column of brands says of itself; arrays by distinct brand, in the order of `names`.

    firms: bearers. cities: prefectures of bearers. trades: distinct trades of bearers. by_chance: firms that
    would bear it if letters were drawn independently, position by position (a number, not a probability).
    """

    names: pa.Array
    firms: Floats
    cities: Floats
    trades: Floats
    by_chance: Floats

    def take(self, brands: pa.Array) -> tuple[Floats, Floats, Floats, Floats]:
        """firms, cities, trades, by_chance for each brand of a column; NaN for one that is not there."""
        at = np.asarray(pc.fill_null(pc.index_in(brands, value_set=self.names), -1))
        found = []
        for values in (self.firms, self.cities, self.trades, self.by_chance):
            found.append(np.where(at >= 0, values[at], np.nan))
        return found[0], found[1], found[2], found[3]


def brands(parts: pa.Table) -> Brands:
    """The brands of a table with columns brand, trade, prefecture (names without brand are left out)."""
    known = parts.select(["brand", "trade", "prefecture"]).filter(pc.is_valid(parts["brand"]))
    counted = known.group_by("brand").aggregate(
        [([], "count_all"), ("prefecture", "count_distinct"), ("trade", "count_distinct")]
    )
    names = counted["brand"].combine_chunks()
    firms = np.asarray(counted["count_all"], dtype=float)
    return Brands(
        names,
        firms,
        np.asarray(counted["prefecture_count_distinct"], dtype=float),
        np.asarray(counted["trade_count_distinct"], dtype=float),
        _by_chance(names, firms),
    )


def _by_chance(names: pa.Array, firms: Floats) -> Floats:
    """Expected bearers of each brand, from the letters of distinct brands of its length."""
    texts = names.to_pylist()
    lengths = np.array([len(text) for text in texts])
    found = np.zeros(len(texts))
    for length in np.unique(lengths):
        rows = np.flatnonzero(lengths == length)
        chance = np.zeros(len(rows))
        for position in range(min(length, _POSITIONS)):
            letters = np.array([texts[row][position] for row in rows])
            _, which, counts = np.unique(letters, return_inverse=True, return_counts=True)
            chance += np.log(counts[which] / len(rows))
        found[rows] = np.exp(chance) * firms[rows].sum()
    return found
