"""Lists of different lengths in columns."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from liandong.registry.classify_ragged import Ragged, greatest, place_within

LISTS = st.lists(st.lists(st.tuples(st.integers(0, 99), st.floats(0, 9)), max_size=4), min_size=1, max_size=9)


@given(LISTS, st.data())
def test_lists_come_back_as_they_went_in(lists: list[list[tuple[int, float]]], data: st.DataObject) -> None:
    """Any lists, asked for in any order and often, give their entries with their owners."""
    ragged = Ragged("q", "d")
    numbers = [ragged.add(entries) for entries in lists]
    asked = data.draw(st.lists(st.sampled_from(numbers), max_size=12))
    owners, (first, second) = ragged.take(np.array(asked, dtype=np.int64))
    expected = [(at, *entry) for at, number in enumerate(asked) for entry in lists[number]]
    found = list(zip(owners.tolist(), first.tolist(), second.tolist(), strict=True))
    assert found == expected


def test_places_count_within_an_owner() -> None:
    """Entries are counted from 0 for every owner."""
    assert place_within(np.array([2, 2, 5, 7, 7, 7])).tolist() == [0, 1, 0, 0, 1, 2]
    assert place_within(np.array([], dtype=np.int64)).tolist() == []


def test_the_greatest_of_nothing_is_nothing() -> None:
    """An owner without entries has 0."""
    assert greatest(np.array([1.0, 3.0, 2.0]), np.array([0, 0, 2]), 4).tolist() == [3.0, 0.0, 2.0, 0.0]
