from __future__ import annotations

import numpy as np
import pytest

from liandong.economy import PanelError, changes, entry_rate, growth

BEFORE = np.array([[0.0, 1, 0, np.nan], [1, 1, 0, 0]])
AFTER = np.array([[1.0, 0, 0, 1], [1, np.nan, 1, 0]])


def test_entries_and_exits():
    """Entry asks of what was absent, exit of what was there; unknown before or after is neither."""
    found = changes(BEFORE, AFTER)
    np.testing.assert_array_equal(found.entry, [[1, np.nan, 0, np.nan], [np.nan, np.nan, 1, 0]])
    np.testing.assert_array_equal(found.exit, [[np.nan, 1, np.nan, np.nan], [0, np.nan, np.nan, np.nan]])


def test_rates_are_over_chances():
    """Two regions, two chances each, one entry each; an industry without a chance has no rate."""
    found = changes(BEFORE, AFTER)
    np.testing.assert_array_equal(entry_rate(found, 1), [0.5, 0.5])
    np.testing.assert_array_equal(entry_rate(found, 0), [1, np.nan, 0.5, 0])


def test_growth_from_nothing_has_no_rate():
    """after / before − 1, and the symmetric rate that knows entry (2) and exit (−2)."""
    before, after = np.array([[1.0, 0, 4, 0, np.nan]]), np.array([[2.0, 3, 0, 0, 1]])
    np.testing.assert_array_equal(growth(before, after), [[1, np.nan, -1, np.nan, np.nan]])
    np.testing.assert_allclose(growth(before, after, symmetric=True), [[2 / 3, 2, -2, np.nan, np.nan]])


def test_shapes_must_agree():
    """Before and after are of the same regions and industries."""
    with pytest.raises(PanelError):
        changes(BEFORE, AFTER[:, :2])
