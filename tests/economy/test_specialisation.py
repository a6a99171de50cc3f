from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.integrate import quad
from scipy.stats import gamma, poisson

from liandong.economy import (
    PanelError,
    bootstrap_quotient,
    location_quotient,
    per_head,
    presence,
    shares,
    symmetric_quotient,
)
from liandong.economy.specialisation import rate_interval

counts = arrays(
    np.float64,
    st.tuples(st.integers(1, 6), st.integers(1, 7)),
    elements=st.integers(0, 50).map(float),
)


def brute_quotient(x: np.ndarray) -> np.ndarray:
    out = np.full(x.shape, np.nan)
    for r in range(x.shape[0]):
        for i in range(x.shape[1]):
            if x[r].sum() and x[:, i].sum():
                out[r, i] = (x[r, i] / x[r].sum()) / (x[:, i].sum() / x.sum())
    return out


@given(counts)
def test_quotient_is_share_over_share(x: np.ndarray):
    """The quotient is the share in the region over the share everywhere; empty units have none."""
    np.testing.assert_allclose(location_quotient(x).value, brute_quotient(x), rtol=1e-12)


@given(counts, st.floats(0.01, 1000))
def test_quotient_ignores_the_unit(x: np.ndarray, factor: float):
    """Thousands or ones: the quotient is the same."""
    np.testing.assert_allclose(location_quotient(x * factor).value, location_quotient(x).value, rtol=1e-9)


@given(counts, st.randoms(use_true_random=False))
def test_quotient_follows_a_permutation(x: np.ndarray, random):
    """Reordering regions and industries reorders the quotients."""
    rows = random.sample(range(x.shape[0]), x.shape[0])
    columns = random.sample(range(x.shape[1]), x.shape[1])
    np.testing.assert_allclose(
        location_quotient(x[np.ix_(rows, columns)]).value,
        location_quotient(x).value[np.ix_(rows, columns)],
        rtol=1e-12,
    )


@given(counts)
def test_quotient_of_the_transpose_is_the_transpose(x: np.ndarray):
    """The quotient treats regions and industries alike."""
    np.testing.assert_allclose(location_quotient(x.T).value, location_quotient(x).value.T, rtol=1e-12)


def test_unknown_cell_is_not_zero():
    """With one cell unknown in a panel of equal mixes every known quotient stays exactly average."""
    x = np.outer([1.0, 2, 3], [5.0, 1, 4])
    x[0, 0] = np.nan
    value = location_quotient(x).value
    assert np.isnan(value[0, 0])
    np.testing.assert_allclose(value[~np.isnan(value)], 1.0, rtol=1e-10)


def test_unknown_industry_in_one_region_leaves_the_others_as_they_were():
    """A wholly unknown region changes no other quotient; reading it as zero would empty it silently."""
    x = np.array([[3.0, 1, 2], [1, 4, 1]])
    with_unknown = np.vstack([x, np.full(3, np.nan)])
    np.testing.assert_allclose(
        location_quotient(with_unknown).value, np.vstack([brute_quotient(x), np.full(3, np.nan)]), rtol=1e-10
    )


def test_interval_is_the_posterior_of_a_poisson_rate():
    """The bounds hold the asked probability of likelihood × prior, integrated numerically."""
    count, expected = 4, 2.5
    low, high = rate_interval(np.array([count]), np.array([expected]), 0.9)

    def density(rate: float) -> float:
        return float(poisson.pmf(count, rate * expected) * rate**-0.5)

    whole = quad(density, 0, 50)[0]
    assert quad(density, 0, low[0])[0] / whole == pytest.approx(0.05, abs=1e-6)
    assert quad(density, high[0], 50)[0] / whole == pytest.approx(0.05, abs=1e-6)


def test_few_firms_give_a_wide_interval():
    """The same quotient from ten times the firms has the narrower interval, inside the wider one."""
    x = np.array([[2.0, 8], [8, 82]])
    few, many = location_quotient(x, interval=0.9), location_quotient(10 * x, interval=0.9)
    assert few.low[0, 0] < many.low[0, 0] < many.value[0, 0] < many.high[0, 0] < few.high[0, 0]


def test_zero_firms_have_an_upper_bound():
    """None seen where ten are expected: the rate is low, and the bound says how low for sure."""
    low, high = rate_interval(np.array([0.0]), np.array([10.0]), 0.9)
    assert (low[0], high[0]) == (
        pytest.approx(gamma.ppf(0.05, 0.5) / 10),
        pytest.approx(gamma.ppf(0.95, 0.5) / 10),
    )


def test_interval_is_a_probability():
    """An interval of 90 is a slip for 0.9."""
    with pytest.raises(PanelError):
        location_quotient(np.ones((2, 2)), interval=90)


def test_shares_of_empty_and_unknown_regions_are_unknown():
    """No total, no share."""
    np.testing.assert_array_equal(
        shares(np.array([[1.0, 3], [0, 0], [np.nan, 1]])), [[0.25, 0.75], [np.nan] * 2, [np.nan] * 2]
    )


def test_negative_amounts_are_named_by_position():
    """An unlabelled array names row and column by number."""
    with pytest.raises(PanelError) as caught:
        location_quotient(np.array([[1.0, -2.0]]))
    assert (caught.value.region, caught.value.industry) == ("0", "1")


def test_one_dimension_is_refused():
    """A vector is no panel."""
    with pytest.raises(PanelError):
        location_quotient(np.ones(3))


def test_presence_is_a_quotient_of_one():
    """1 at the threshold and above, 0 below, unknown where the quotient is."""
    x = np.array([[1.0, 1, 0], [1, 1, 0]])
    np.testing.assert_array_equal(presence(x), [[1, 1, np.nan], [1, 1, np.nan]])
    np.testing.assert_array_equal(presence(x, threshold=1.1)[:, 0], [0, 0])


def test_amount_a_head_over_the_amount_a_head():
    """RPOP: (x/P) / (X/P everywhere); a region of unknown population is in neither."""
    x, heads = np.array([[2.0, 1], [2, 3], [9, 9]]), np.array([1.0, 3, np.nan])
    np.testing.assert_allclose(per_head(x, heads), [[2, 1], [2 / 3, 1], [np.nan, np.nan]])
    with pytest.raises(PanelError):
        per_head(x, np.array([1.0, 0, 1]))


def test_symmetric_quotient_turns_reciprocals_into_signs():
    """Twice and half the average are as far from it."""
    np.testing.assert_allclose(symmetric_quotient(np.array([0.0, 0.5, 1, 2])), [-1, -1 / 3, 0, 1 / 3])


def test_bootstrap_interval_holds_the_quotient():
    """It is around the value, narrower for more firms, [0, 0] for none, NaN for an empty industry."""
    x = np.array([[20.0, 80, 0, 0], [80, 820, 5, 0]])
    found, many = bootstrap_quotient(x, draws=300), bootstrap_quotient(100 * x, draws=300)
    assert found.low[0, 0] < found.value[0, 0] < found.high[0, 0]
    assert many.high[0, 0] - many.low[0, 0] < (found.high[0, 0] - found.low[0, 0]) / 5
    assert (found.low[0, 2], found.high[0, 2]) == (0, 0)
    assert np.isnan(found.high[:, 3]).all()
    with pytest.raises(PanelError):
        bootstrap_quotient(np.array([[np.nan, 1.0]]))
