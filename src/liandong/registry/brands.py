"""How telling a brand is: how many firms would bear it by chance alone.

Two firms of one brand are related or had the same idea. The second is likely for 鑫源 and unlikely for 许继:
the letters of brands follow their own frequencies, place by place, and a brand borne by many firms of many
trades is nobody's.
"""

from __future__ import annotations

from dataclasses import dataclass

import ahocorasick
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

    firms: bearers. by_chance: firms that would bear it if letters were drawn independently, position by
    position (a number, not a probability).
    """

    names: pa.Array
    firms: Floats
    by_chance: Floats

    def take(self, brands: pa.Array) -> tuple[Floats, Floats]:
        """firms and by_chance for each brand of a column; NaN for one that is not there."""
        at = np.asarray(pc.fill_null(pc.index_in(brands, value_set=self.names), -1))
        return np.where(at >= 0, self.firms[at], np.nan), np.where(at >= 0, self.by_chance[at], np.nan)


def brands(column: pa.Array) -> Brands:
    """The brands of a column; nulls are left out."""
    counted = pc.value_counts(pc.drop_null(column))
    names, firms = counted.field(0), np.asarray(counted.field(1), dtype=float)
    return Brands(names, firms, _by_chance(names, firms))


class Trades:
    """How common trades are among firms, and how often a brand is a word of trades (散热器, 锅炉)."""

    def __init__(self, trades: pa.Array) -> None:
        known = pc.drop_null(trades)
        counted = pc.value_counts(known)
        self._names, self._counts = counted.field(0), np.asarray(counted.field(1), dtype=float)
        self._firms = max(len(known), 1)

    def share(self, trades: pa.Array | pa.ChunkedArray) -> Floats:
        """Share of firms with each of some trades; at least that of one firm, also for an unknown one."""
        at = np.asarray(pc.fill_null(pc.index_in(trades, value_set=self._names), -1))
        counts = np.where(at >= 0, self._counts[at], 1) if len(self._counts) else np.ones(len(at))
        shares: Floats = np.maximum(counts, 1) / self._firms
        return shares

    def holding(self, words: pa.Array) -> Floats:
        """Firms in whose trade each of some words stands."""
        distinct = pc.drop_null(pc.unique(words)).to_pylist()
        automaton = ahocorasick.Automaton()
        for number, word in enumerate(distinct):
            automaton.add_word(word, number)
        held = np.zeros(len(distinct) + 1)
        if distinct:
            automaton.make_automaton()
            for trade, firms in zip(self._names.to_pylist(), self._counts, strict=True):
                for number in {number for _, number in automaton.iter(trade)}:
                    held[number] += firms
        at = pc.fill_null(pc.index_in(words, value_set=pa.array(distinct, pa.string())), len(distinct))
        found: Floats = held[np.asarray(at)]
        return found


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
