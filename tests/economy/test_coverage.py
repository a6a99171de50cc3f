from __future__ import annotations

import numpy as np
import pytest

from liandong.economy import (
    Panel,
    PanelError,
    complete_regions,
    location_quotient,
    quotient_bounds,
    standing,
    withhold,
)
from liandong.figures import Coverage

COVERAGE = Coverage("registry", last_date="2019-05-01", rows=100, notes=("survivors_only",))
REGIONS, INDUSTRIES = ("411000", "410100", "320500"), ("38", "39", "40")


def panel() -> Panel:
    return Panel(REGIONS, INDUSTRIES, np.array([[0.0, 2, 8], [5, 5, 10], [30, 10, 30]]))


def test_removing_cells_turns_missing_into_unsure():
    """Where the years of a region are not all there, none seen is unsure and not missing; seen stays
    present.
    """
    whole = panel()
    present = whole.values > 0
    assert standing(whole, COVERAGE).status(present)[0].tolist() == ["missing", "present", "present"]
    years = [(region, year) for region in REGIONS for year in (2007, 2008)]
    years.remove(("411000", 2008))
    complete = complete_regions(REGIONS, years, (2007, 2008))
    held = standing(withhold(whole, complete), COVERAGE)
    assert complete.tolist() == [False, True, True]
    assert held.status(present)[0].tolist() == ["unsure", "present", "present"]
    assert held.status(present)[1].tolist() == standing(whole, COVERAGE).status(present)[1].tolist()


def test_a_result_says_what_it_stands_on():
    """Known cells of all, the weighting, and the registry's coverage."""
    cells = np.ones((3, 3), dtype=bool)
    cells[0, 0] = False
    held = standing(withhold(panel(), cells), COVERAGE, weighting="capital")
    assert (held.complete, held.cells, held.weighting, held.coverage) == (8, 9, "capital", COVERAGE)


def test_withheld_cells_weigh_on_no_other():
    """The other regions' quotients are those of a panel without the withheld region."""
    held = standing(withhold(panel(), np.array([False, True, True])), COVERAGE)
    rest = location_quotient(panel().values[1:]).value
    np.testing.assert_allclose(held.values[1:], rest)
    assert np.isnan(held.values[0]).all()


@pytest.mark.parametrize("seed", range(5))
def test_bounds_hold_whatever_the_unknown_cells_hold(seed: int):
    """Any filling up to the bound gives quotients inside."""
    random = np.random.default_rng(seed)
    x = random.integers(1, 30, (4, 5)).astype(float)
    hole = np.where(random.random(x.shape) < 0.3, np.nan, x)
    most = np.full(x.shape, 40.0)
    low, high = quotient_bounds(Panel(tuple("abcd"), tuple("vwxyz"), hole), at_most=most)
    for _ in range(400):
        corner = np.where(random.random(x.shape) < 0.5, 0.0, 40.0)
        filled = np.where(
            np.isnan(hole), np.where(random.random() < 0.5, corner, 40 * random.random(x.shape)), x
        )
        value = location_quotient(filled).value
        known = ~np.isnan(value)
        assert (value[known] >= low[known] - 1e-9).all()
        assert (value[known] <= high[known] + 1e-9).all()


def test_known_cells_have_no_room():
    """Without unknown cells both bounds are the quotient."""
    low, high = quotient_bounds(panel(), at_most=np.zeros((3, 3)))
    np.testing.assert_allclose(low, location_quotient(panel()).value)
    np.testing.assert_allclose(high, low)


def test_bad_masks_and_bounds_are_refused():
    """A mask of another shape, a bound that is missing: errors."""
    with pytest.raises(PanelError):
        withhold(panel(), np.ones(5, dtype=bool))
    with pytest.raises(PanelError):
        quotient_bounds(withhold(panel(), np.array([False, True, True])), at_most=np.full((3, 3), np.nan))
