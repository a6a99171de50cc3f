from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liandong.economy import PanelError, backbone, largest_part


def symmetric(seed: int, size: int = 8) -> np.ndarray:
    phi = np.random.default_rng(seed).random((size, size))
    return (phi + phi.T) / 2


@settings(max_examples=40)
@given(st.integers(0, 10_000))
def test_tree_is_the_heaviest_that_spans(seed: int):
    """Kruskal by hand: take ties from the strongest on unless they close a ring."""
    phi = symmetric(seed)
    part = list(range(8))
    expected = set()
    pairs = sorted(((phi[i, j], i, j) for i in range(8) for j in range(i + 1, 8)), reverse=True)
    for _, i, j in pairs:
        if part[i] != part[j]:
            expected.add((i, j))
            part = [part[i] if p == part[j] else p for p in part]
    found = backbone(phi, threshold=2)
    assert set(zip(found.first.tolist(), found.second.tolist(), strict=True)) == expected
    assert found.tree.all()


def test_strong_ties_are_added():
    """Every tie at the threshold is in, strongest first."""
    phi = symmetric(1)
    found = backbone(phi, threshold=0.6)
    i, j = np.triu_indices(8, 1)
    assert (phi[i, j] >= 0.6).sum() == (found.weight >= 0.6).sum()
    assert (np.diff(found.weight) <= 0).all()
    np.testing.assert_array_equal(found.weight, phi[found.first, found.second])


def test_separate_parts_have_a_tree_each():
    """No tie is invented between parts, and an industry without any stays alone."""
    phi = np.array([[1, 0.5, 0, 0], [0.5, 1, 0, 0], [0, 0, 1, np.nan], [0, 0, np.nan, 1]])
    found = backbone(phi)
    assert list(zip(found.first.tolist(), found.second.tolist(), strict=True)) == [(0, 1)]


def test_lopsided_proximity_is_refused():
    """A tie without direction needs a symmetric proximity."""
    with pytest.raises(PanelError):
        backbone(np.array([[1, 0.2], [0.3, 1]]))


def test_largest_part_hangs_together():
    """Two separate blocks and an empty unit: the larger block stays."""
    m = np.array([[1, 1, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0]], dtype=float)
    regions, industries = largest_part(m)
    assert regions.tolist() == [True, True, False, False]
    assert industries.tolist() == [True, True, False, False]
