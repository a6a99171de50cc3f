from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.economy import PanelError, esteban_marquillas, shift_share


def two(seed: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    return random.integers(0, 40, (4, 5)).astype(float) + (seed % 2), random.integers(0, 60, (4, 5)).astype(
        float
    )


@given(st.integers(0, 10_000))
def test_parts_add_up_to_the_change(seed: int):
    """National, mix, competitive (and allocation) are the change, cell by cell."""
    before, after = two(seed)
    for decompose in (shift_share, esteban_marquillas):
        np.testing.assert_allclose(decompose(before, after).change, after - before, atol=1e-9)


@given(st.integers(0, 10_000))
def test_mix_and_competition_cancel_over_the_nation(seed: int):
    """Over all regions the competitive effects of an industry sum to 0, and over all cells the mix does."""
    before, after = two(seed)
    if (before.sum(axis=0) == 0).any():
        return
    found = shift_share(before, after)
    np.testing.assert_allclose(found.competitive.sum(axis=0), 0, atol=1e-9)
    assert found.mix.sum() == pytest.approx(0, abs=1e-9)


def test_classic_by_hand():
    """Everything grows by a half, industry 1 doubles: the region with industry 1 has a mix effect."""
    before, after = np.array([[10.0, 0], [0, 10]]), np.array([[20.0, 0], [0, 10]])
    found = shift_share(before, after)
    np.testing.assert_allclose(found.national, [[5, 0], [0, 5]])
    np.testing.assert_allclose(found.mix, [[5, 0], [0, -5]])
    np.testing.assert_allclose(found.competitive, 0)


def test_allocation_is_what_specialisation_adds():
    """A region of the average mix has no allocation effect."""
    before = np.array([[1.0, 2], [2, 4], [3, 6]])
    found = esteban_marquillas(before, before * np.array([[1.1, 1.5], [2, 0.4], [1, 1]]))
    np.testing.assert_allclose(found.allocation, 0, atol=1e-12)


def test_unknown_cells_count_in_no_total():
    """An unknown cell has no parts and leaves the others as without it."""
    before, after = two(3)
    hole = before.copy()
    hole[1, 1] = np.nan
    without = before.copy(), after.copy()
    without[0][1, 1] = without[1][1, 1] = 0
    found, expected = shift_share(hole, after), shift_share(*without)
    keep = ~np.isnan(hole)
    np.testing.assert_allclose(found.mix[keep], expected.mix[keep])
    assert np.isnan(found.competitive[1, 1])


def test_nothing_before_is_refused():
    """Growth from nothing has no rate."""
    with pytest.raises(PanelError):
        shift_share(np.zeros((2, 2)), np.ones((2, 2)))
    with pytest.raises(PanelError):
        shift_share(np.ones((2, 2)), np.ones((2, 3)))
