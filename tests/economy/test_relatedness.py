from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from liandong.economy import PanelError, proximity, relatedness_density

presences = arrays(
    np.float64, st.tuples(st.integers(1, 6), st.integers(1, 6)), elements=st.sampled_from([0.0, 1.0])
)
partly_known = arrays(
    np.float64, st.tuples(st.integers(1, 6), st.integers(1, 6)), elements=st.sampled_from([0.0, 1.0, np.nan])
)


def brute_proximity(m: np.ndarray) -> np.ndarray:
    size = m.shape[1]
    phi = np.full((size, size), np.nan)
    for i in range(size):
        for j in range(size):
            known = ~np.isnan(m[:, i]) & ~np.isnan(m[:, j])
            a, b = m[known, i], m[known, j]
            most = max(a.sum(), b.sum())
            if most > 0 and np.nansum(m[:, i]) > 0 and np.nansum(m[:, j]) > 0:
                phi[i, j] = (a * b).sum() / most
    return phi


def brute_density(m: np.ndarray, phi: np.ndarray) -> np.ndarray:
    out = np.full((m.shape[0], phi.shape[0]), np.nan)
    for r in range(m.shape[0]):
        for i in range(phi.shape[0]):
            near = [j for j in range(m.shape[1]) if not np.isnan(m[r, j]) and not np.isnan(phi[i, j])]
            reach = sum(phi[i, j] for j in near)
            if reach > 0:
                out[r, i] = sum(phi[i, j] * m[r, j] for j in near) / reach
    return out


@given(partly_known)
def test_proximity_is_the_smaller_conditional_probability(m: np.ndarray):
    """Co-occurrence over the larger ubiquity, over the regions where both are known."""
    np.testing.assert_allclose(proximity(m, diagonal=None), brute_proximity(m), rtol=1e-12)


@given(presences)
def test_proximity_is_symmetric_and_at_most_one(m: np.ndarray):
    """φ is symmetric, between 0 and 1, and 1 on its diagonal where an industry lives."""
    phi = proximity(m)
    np.testing.assert_array_equal(phi, phi.T)
    known = phi[~np.isnan(phi)]
    assert ((known >= 0) & (known <= 1)).all()
    np.testing.assert_array_equal(np.diagonal(phi), np.where(m.sum(axis=0) > 0, 1.0, np.nan))


@given(partly_known)
def test_density_is_the_near_share_that_is_done(m: np.ndarray):
    """Density divides by what is known only, in each region."""
    phi = proximity(m)
    np.testing.assert_allclose(relatedness_density(m, phi), brute_density(m, phi), rtol=1e-12, atol=1e-15)


def test_diagonal_convention_decides_whether_an_industry_counts_for_itself():
    """With diagonal 0 an industry's own presence does not raise its density."""
    m = np.array([[1.0, 0, 0], [1, 1, 0], [0, 1, 1]])
    assert relatedness_density(m)[0, 0] == pytest.approx(1 / 1.5)
    assert relatedness_density(m, proximity(m, diagonal=0.0))[0, 0] == 0


def test_proximity_to_others_is_a_block_of_the_whole():
    """Industries against others gives the same numbers as all against all."""
    m = np.array([[1.0, 0, 1, 1], [1, 1, 0, 1], [0, 1, 1, 0]])
    np.testing.assert_array_equal(proximity(m[:, :2], m[:, 2:]), proximity(m)[:2, 2:])


def test_quotients_are_not_presences():
    """A matrix of quotients is refused: compare with 1 first."""
    with pytest.raises(PanelError):
        proximity(np.array([[1.0, 2.5]]))


def test_phi_must_fit():
    """A proximity matrix of other industries is refused."""
    with pytest.raises(PanelError):
        relatedness_density(np.ones((2, 3)), np.ones((2, 2)))
    with pytest.raises(PanelError):
        proximity(np.ones((2, 3)), np.ones((3, 3)))
