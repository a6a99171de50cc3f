from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liandong.economy import (
    PanelError,
    complexity,
    expy,
    fitness,
    prody,
    projected_eci,
    reflections,
)


def panel(seed: int, regions: int = 12, industries: int = 17) -> np.ndarray:
    random = np.random.default_rng(seed)
    ability = random.normal(size=(regions, 1)) + random.normal(size=(1, industries))
    return random.poisson(np.exp(1 + ability + random.normal(size=(regions, industries)))).astype(float)


def standardised(values: np.ndarray) -> np.ndarray:
    return (values - values.mean()) / values.std()


@pytest.mark.parametrize("steps", [0, 1, 2, 3, 7])
def test_first_reflections_are_the_plain_ones(steps: int):
    """While rounding is small the standardised iterates are those of the definition."""
    m = complexity(panel(1)).m.astype(float)
    d, u = m.sum(1), m.sum(0)
    k_r, k_i = d, u
    for _ in range(steps):
        k_r, k_i = m @ k_i / d, m.T @ k_r / u
    found = reflections(m, steps)
    np.testing.assert_allclose(found[0], standardised(k_r), atol=1e-8)
    np.testing.assert_allclose(found[1], standardised(k_i), atol=1e-8)


def test_many_reflections_do_not_collapse():
    """The plain iteration ends in a constant plus rounding; ours in ECI and PCI."""
    x = panel(2)
    found = complexity(x, dtype=np.float64)
    m = found.m
    d, u = m.sum(1), m.sum(0)
    k_r, k_i = d, u
    for _ in range(400):  # economic_complexity.complexity and econcomplex iterate like this
        k_r, k_i = m @ k_i / d, m.T @ k_r / u
    assert k_r.std() / abs(k_r.mean()) < 1e-12
    assert abs(np.corrcoef(k_r, found.eci)[0, 1]) < 0.999
    regions, industries = reflections(m, 400)
    assert abs(np.corrcoef(regions, found.eci)[0, 1]) == pytest.approx(1, abs=1e-9)
    assert abs(np.corrcoef(industries, found.pci)[0, 1]) == pytest.approx(1, abs=1e-9)


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_empty_units_do_not_matter_to_the_rankings(seed: int):
    """Padding with an empty region and industry changes nothing but adds NaN."""
    m = complexity(panel(seed)).m.astype(float)
    if (m.sum(0) == 0).any():
        return
    padded = np.pad(m, ((0, 1), (0, 1)))
    for one, two in zip(reflections(m, 6), reflections(padded, 6), strict=True):
        np.testing.assert_allclose(two, [*one, np.nan], atol=1e-9)
    short, long = fitness(m, steps=50), fitness(padded, steps=50)
    np.testing.assert_allclose(long.fitness, [*short.fitness, np.nan])
    np.testing.assert_allclose(long.complexity, [*short.complexity, np.nan])


def test_fitness_is_a_fixed_point():
    """After convergence another round changes nothing."""
    m = np.triu(np.ones((5, 5)))[:, ::-1][::-1] * 1.0
    m = np.array([[1, 1, 1, 1], [1, 1, 1, 0], [1, 1, 0, 1], [1, 0, 1, 1]], dtype=float)
    found = fitness(m)
    assert found.converged
    f = m @ found.complexity
    np.testing.assert_allclose(f / f.mean(), found.fitness, rtol=1e-8)
    q = 1 / (m.T @ (1 / found.fitness))
    np.testing.assert_allclose(q / q.mean(), found.complexity, rtol=1e-8)


def test_unfinished_fitness_says_so():
    """Where fitness is still falling to 0 after all steps, it is not called converged."""
    assert not fitness(np.array([[1.0, 1], [1, 0]]), steps=20).converged


def test_income_of_industries_and_mixes():
    """PRODY weighs incomes by shares, EXPY weighs PRODY by the region's mix."""
    x = np.array([[1.0, 1], [0, 2]])
    income = np.array([10.0, 40])
    np.testing.assert_allclose(prody(x, income), [10, (0.5 * 10 + 40) / 1.5])
    np.testing.assert_allclose(expy(x, prody(x, income)), [20, 30])


def test_region_of_unknown_income_is_left_out():
    """What is not known of a region's income weighs nothing."""
    x = np.array([[1.0, 1], [0, 2], [5, 1]])
    np.testing.assert_allclose(prody(x, np.array([10.0, 40, np.nan])), prody(x[:2], np.array([10.0, 40])))
    with pytest.raises(PanelError):
        prody(x, np.ones(2))


def test_projection_on_its_own_pci_is_eci():
    """The mean of a panel's own PCI is its ECI; an industry without PCI is left out."""
    found = complexity(panel(3), dtype=np.float64)
    np.testing.assert_allclose(projected_eci(found.m, found.pci), found.eci, atol=1e-9)
    pci = found.pci.copy()
    pci[0] = np.nan
    np.testing.assert_allclose(projected_eci(found.m, pci), projected_eci(found.m[:, 1:], pci[1:]))
    outside = projected_eci(np.array([[1.0, 0], [0, 0]]), np.array([1.5, 2]))
    np.testing.assert_array_equal(outside, [1.5, np.nan])
