from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.economy import complexity
from liandong.economy.spectrum import second_of


def panel(seed: int, regions: int = 12, industries: int = 17) -> np.ndarray:
    random = np.random.default_rng(seed)
    ability = random.normal(size=(regions, 1)) + random.normal(size=(1, industries))
    return random.poisson(np.exp(1 + ability + random.normal(size=(regions, industries)))).astype(float)


def brute(x: np.ndarray) -> dict[str, np.ndarray]:
    """ECI and PCI by the unsymmetric eigenvectors, COI and COG by loops."""
    rca = (x / x.sum(1, keepdims=True)) / (x.sum(0) / x.sum())
    m = (rca >= 1).astype(float)
    d, u = m.sum(1), m.sum(0)
    values, vectors = np.linalg.eig((m / u).T @ (m / d[:, None]))
    raw = np.real(vectors[:, np.argsort(-values.real)[1]])
    eci = (m / d[:, None]) @ raw
    sign = np.sign(np.corrcoef(d, eci)[0, 1])
    eci, raw = sign * eci, sign * raw
    phi = np.minimum(m.T @ m / u, (m.T @ m / u).T)
    density = m @ phi / phi.sum(0)
    coi = (density * (1 - m) * raw).sum(1)
    cog = np.zeros_like(m)
    for r in range(m.shape[0]):
        for i in range(m.shape[1]):
            cog[r, i] = (1 - m[r, i]) * sum(
                (1 - m[r, j]) * phi[i, j] * raw[j] / phi[j].sum() for j in range(m.shape[1])
            )
    return {
        "rca": rca,
        "m": m,
        "diversity": d,
        "ubiquity": u,
        "proximity": phi,
        "density": density,
        "eci": (eci - eci.mean()) / eci.std(),
        "pci": (raw - eci.mean()) / eci.std(),
        "coi": (coi - coi.mean()) / coi.std(),
        "cog": cog / eci.std(),
    }


@pytest.mark.parametrize("seed", range(8))
def test_every_column_equals_its_formula(seed: int):
    """All columns agree with the textbook formulas computed the long way, in either precision."""
    x = panel(seed)
    single, double = complexity(x), complexity(x, dtype=np.float64)
    for name, expected in brute(x).items():
        np.testing.assert_allclose(getattr(double, name), expected, rtol=0, atol=1e-9, err_msg=name)
        np.testing.assert_allclose(getattr(single, name), expected, rtol=1e-9, atol=1e-5, err_msg=name)


@given(st.integers(0, 10_000))
def test_eci_is_the_mean_pci_of_what_a_region_does(seed: int):
    """ECI = average of PCI over the industries with m = 1, always."""
    found = complexity(panel(seed))
    done = np.nan_to_num(found.m)
    with np.errstate(invalid="ignore"):
        mean = (done @ np.nan_to_num(found.pci)) / done.sum(axis=1)
    np.testing.assert_allclose(found.eci, mean, atol=1e-8)


@given(st.integers(0, 10_000))
def test_sign_follows_diversity(seed: int):
    """The more diverse regions are the more complex ones."""
    found = complexity(panel(seed))
    alive = ~np.isnan(found.eci)
    eci, diversity = found.eci[alive], found.diversity[alive]
    assert eci @ (diversity - diversity.mean()) >= -1e-9


def test_empty_units_leave_the_others_alone():
    """An empty region and an empty industry are NaN and change nothing else."""
    x = panel(3)
    padded = np.zeros((x.shape[0] + 1, x.shape[1] + 1))
    padded[:-1, :-1] = x
    whole, found = complexity(x, dtype=np.float64), complexity(padded, dtype=np.float64)
    np.testing.assert_allclose(found.eci, [*whole.eci, np.nan], atol=1e-9)
    np.testing.assert_allclose(found.pci, [*whole.pci, np.nan], atol=1e-9)
    np.testing.assert_allclose(found.density[:-1, :-1], whole.density, atol=1e-12)
    np.testing.assert_allclose(found.coi, [*whole.coi, np.nan], atol=1e-9)
    np.testing.assert_allclose(found.cog[:-1, :-1], whole.cog, atol=1e-9)
    assert np.isnan(found.rca[-1]).all()


def test_unknown_region_leaves_the_others_alone():
    """A region of which nothing is known has no indicators and changes none."""
    x = panel(4)
    whole = complexity(x, dtype=np.float64)
    found = complexity(np.vstack([x, np.full(x.shape[1], np.nan)]), dtype=np.float64)
    np.testing.assert_allclose(found.eci, [*whole.eci, np.nan], atol=1e-7)
    np.testing.assert_allclose(found.density[:-1], whole.density, atol=1e-9)


def test_unknown_cell_stays_unknown():
    """An unknown cell is NaN in rca, m and cog; every region keeps its ECI."""
    x = panel(5)
    x[2, 3] = np.nan
    found = complexity(x)
    assert [np.isnan(a[2, 3]) for a in (found.rca, found.m, found.cog)] == [True, True, True]
    assert not np.isnan(found.eci).any()


def test_iterative_and_dense_solutions_agree():
    """Above the size solved densely, the matrix-free vector is the same up to its sign."""
    x = panel(6, regions=90, industries=120)
    found, expected = complexity(x, dtype=np.float64), brute(x)
    np.testing.assert_allclose(found.eci, expected["eci"], atol=1e-7)
    np.testing.assert_allclose(found.pci, expected["pci"], atol=1e-7)


def test_no_variation_no_complexity():
    """Regions with the same mix cannot be told apart: NaN, not an arbitrary order."""
    assert np.isnan(complexity(np.ones((3, 4))).eci).all()


def test_second_vector_is_orthogonal_to_the_first():
    """The deflated operator returns an eigenvector orthogonal to the trivial one."""
    m = (panel(7, 80, 90) > 5).astype(float)
    m = m[m.sum(1) > 0][:, m[m.sum(1) > 0].sum(0) > 0]
    d, u = m.sum(1), m.sum(0)
    half = m / np.sqrt(d)[:, None] / np.sqrt(u)
    first = np.sqrt(d / d.sum())
    vector, value = second_of(half, first)
    assert abs(vector @ first) < 1e-8
    np.testing.assert_allclose(half @ (half.T @ vector), value * vector, atol=1e-8)
