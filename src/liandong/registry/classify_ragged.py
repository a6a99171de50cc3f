"""Lists of different lengths, kept one after another: what is read once and used for many firms."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class Ragged:
    """Growing lists of entries; an entry is a tuple of numbers, one per column. types: of `array.array`."""

    def __init__(self, *types: str) -> None:
        self._ends = array("q", [0])
        self._columns = tuple(array(kind) for kind in types)

    def __len__(self) -> int:
        return len(self._ends) - 1

    def add(self, entries: Sequence[Sequence[float]]) -> int:
        """Keep a list; returns its number."""
        if entries:
            for column, values in zip(self._columns, zip(*entries, strict=True), strict=True):
                column.extend(values)
        self._ends.append(len(self._columns[0]))
        return len(self._ends) - 2

    def ends(self) -> Ints:
        """Where each list ends, after a 0."""
        return np.array(self._ends)

    def take(self, numbers: Ints) -> tuple[Ints, list[npt.NDArray[Any]]]:
        """The entries of the lists with these numbers: (which of the numbers each belongs to, columns)."""
        ends = np.array(self._ends)
        starts, sizes = ends[numbers], ends[numbers + 1] - ends[numbers]
        places = ranges(starts, sizes)
        return np.repeat(np.arange(len(numbers)), sizes), [np.array(col)[places] for col in self._columns]


def ranges(starts: Ints, sizes: Ints) -> Ints:
    """start, start + 1 … of every start, size of them, one after another."""
    before = np.cumsum(sizes) - sizes
    return np.repeat(starts - before, sizes) + np.arange(int(sizes.sum()))


def place_within(owners: Ints) -> Ints:
    """The place of each entry among those of its owner; owners are in order."""
    if not len(owners):
        return owners
    first = np.flatnonzero(np.r_[True, owners[1:] != owners[:-1]])
    return np.arange(len(owners)) - np.repeat(first, np.diff(np.r_[first, len(owners)]))


def greatest(values: Floats, owners: Ints, count: int) -> Floats:
    """The greatest value of each of so many owners, which are in order; 0 where one has none."""
    found = np.zeros(count)
    if len(owners):
        first = np.flatnonzero(np.r_[True, owners[1:] != owners[:-1]])
        found[owners[first]] = np.maximum.reduceat(values, first)
    return found
