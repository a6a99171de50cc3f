from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from liandong.economy import (
    PanelError,
    entropy,
    gini,
    hachman,
    herfindahl,
    hoover,
    krugman,
    locational_gini,
    related_variety,
    theil,
    unrelated_variety,
)

amounts = arrays(
    np.float64, st.tuples(st.integers(2, 5), st.integers(2, 6)), elements=st.integers(1, 50).map(float)
)
OF_MIX = (herfindahl, entropy, gini, krugman, hoover, hachman, theil)


@given(amounts, st.randoms(use_true_random=False))
def test_order_of_regions_and_industries_does_not_matter(x: np.ndarray, random):
    """Permuting both permutes the result of the regions alone."""
    rows, columns = list(range(x.shape[0])), list(range(x.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    for index in OF_MIX:
        np.testing.assert_allclose(index(x[rows][:, columns]), index(x)[rows], atol=1e-9)
    np.testing.assert_allclose(locational_gini(x[rows][:, columns]), locational_gini(x)[columns], atol=1e-9)


@given(amounts, st.floats(0.01, 100))
def test_unit_of_amounts_does_not_matter(x: np.ndarray, factor: float):
    """Persons or thousands of persons: the same index."""
    for index in (*OF_MIX, locational_gini):
        np.testing.assert_allclose(index(factor * x), index(x), atol=1e-9)


@given(amounts)
def test_an_empty_industry_changes_no_mix(x: np.ndarray):
    """A column of zeros leaves every index but the Gini, which is about the number of industries too."""
    padded = np.hstack([x, np.zeros((x.shape[0], 1))])
    for index in (herfindahl, entropy, krugman, hoover, hachman, theil):
        np.testing.assert_allclose(index(padded), index(x), atol=1e-9)


@given(amounts)
def test_bounds(x: np.ndarray):
    """Each index stays within its range."""
    size = x.shape[1]
    for index, low, high in (
        (herfindahl, 1 / size, 1),
        (entropy, 0, np.log2(size)),
        (gini, 0, 1),
        (krugman, 0, 2),
        (hoover, 0, 1),
        (hachman, 0, 1),
        (theil, 0, np.inf),
        (locational_gini, 0, 1),
    ):
        found = index(x)
        assert (found >= low - 1e-9).all(), index
        assert (found <= high + 1e-9).all(), index


def test_average_mix_is_not_special():
    """A region with everyone's mix has no specialisation; an industry spread like everything no
    localisation.
    """
    x = np.array([[1.0, 2, 3], [2, 4, 6]])
    np.testing.assert_allclose(krugman(x), 0, atol=1e-12)
    np.testing.assert_allclose(theil(x), 0, atol=1e-12)
    np.testing.assert_allclose(hachman(x), 1)
    np.testing.assert_allclose(locational_gini(x), 0, atol=1e-12)


def test_values_by_hand():
    """One industry only, two equal ones, and one in four."""
    x = np.array([[4.0, 0], [2, 2], [1, 3]])
    np.testing.assert_allclose(herfindahl(x), [1, 0.5, 0.625])
    np.testing.assert_allclose(entropy(x), [0, 1, 0.811278], atol=1e-6)
    np.testing.assert_allclose(gini(x), [0.5, 0, 0.25])
    np.testing.assert_allclose(krugman(x), [10 / 12, 2 / 12, 8 / 12])
    np.testing.assert_allclose(
        hachman(x), 1 / np.array([12 / 7, 0.25 * 12 / 7 + 0.25 * 12 / 5, (12 / 7 + 9 * 12 / 5) / 16])
    )


def test_locational_gini_by_hand():
    """All of an industry in a quarter of everything: 1 − 1/4."""
    x = np.array([[2.0, 1], [0, 5], [0, 4]])
    assert locational_gini(x)[0] == pytest.approx(1 - 3 / 12)


@given(amounts)
def test_varieties_add_up_to_entropy(x: np.ndarray):
    """Related and unrelated variety are the two parts of entropy, neither negative."""
    groups = ["a", "b", "a", "c", "b", "c"][: x.shape[1]]
    related, unrelated = related_variety(x, groups), unrelated_variety(x, groups)
    np.testing.assert_allclose(related + unrelated, entropy(x), atol=1e-9)
    assert (related >= -1e-9).all()


def test_unknown_and_empty_regions_have_no_index():
    """No known mix, no index; the other regions keep theirs where the average is not needed."""
    x = np.array([[1.0, 3], [np.nan, 1], [0, 0]])
    for index in (herfindahl, entropy, gini):
        np.testing.assert_array_equal(np.isnan(index(x)), [False, True, True])
    for index in (krugman, hachman, theil):
        assert np.isnan(index(x)).all()
    assert np.isnan(locational_gini(x)).all()


def test_groups_must_fit():
    """One group for each industry."""
    with pytest.raises(PanelError):
        unrelated_variety(np.ones((2, 3)), ["a", "b"])
