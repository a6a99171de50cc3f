"""Proximity measures, kinds of density, and the conventions of the peers."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from liandong.economy import (
    ECONCOMPLEX,
    ECONGEO,
    PanelError,
    co_occurrence,
    complexity,
    inside_density,
    outside_density,
    proximity,
    relatedness_density,
    relative_density,
)

presences = arrays(
    np.float64, st.tuples(st.integers(2, 6), st.integers(2, 6)), elements=st.sampled_from([0.0, 1.0])
)
partly_known = arrays(
    np.float64, st.tuples(st.integers(2, 6), st.integers(2, 5)), elements=st.sampled_from([0.0, 1.0, np.nan])
)
COUNTS = {
    "conditional": lambda both, a, b, n: both / max(a, b),
    "asymmetric": lambda both, a, b, n: both / a,
    "cosine": lambda both, a, b, n: both / np.sqrt(a * b),
    "jaccard": lambda both, a, b, n: both / (a + b - both),
    "association": lambda both, a, b, n: both * n / (a * b),
}


def panel(seed: int, regions: int = 12, industries: int = 17) -> np.ndarray:
    random = np.random.default_rng(seed)
    ability = random.normal(size=(regions, 1)) + random.normal(size=(1, industries))
    return random.poisson(np.exp(1 + ability + random.normal(size=(regions, industries)))).astype(float)


@pytest.mark.parametrize("measure", COUNTS)
@settings(max_examples=40)
@given(m=partly_known)
def test_each_measure_counts_regions_where_both_are_known(measure: str, m: np.ndarray):
    """Pair by pair, over the regions where both are known; NaN where the formula has no value."""
    size = m.shape[1]
    expected = np.full((size, size), np.nan)
    for i in range(size):
        for j in range(size):
            known = ~np.isnan(m[:, i]) & ~np.isnan(m[:, j])
            x, y = m[known, i], m[known, j]
            if np.nansum(m[:, i]) > 0 and np.nansum(m[:, j]) > 0:
                with np.errstate(invalid="ignore", divide="ignore"):
                    expected[i, j] = COUNTS[measure](x @ y, x.sum(), y.sum(), known.sum())
    expected[~np.isfinite(expected)] = np.nan
    np.testing.assert_allclose(proximity(m, measure=measure, diagonal=None), expected, rtol=1e-12)


@given(presences, st.randoms(use_true_random=False))
def test_order_of_industries_permutes_proximity(m: np.ndarray, random):
    """Renaming industries renames rows and columns; the order of regions does not matter."""
    columns = list(range(m.shape[1]))
    random.shuffle(columns)
    phi = proximity(m)
    np.testing.assert_array_equal(proximity(m[::-1][:, columns]), phi[np.ix_(columns, columns)])


@given(presences)
def test_regions_and_industries_change_places(m: np.ndarray):
    """Proximity of mᵀ is that of regions; what is asymmetric one way is transposed the other."""
    np.testing.assert_array_equal(proximity(m, measure="cosine"), proximity(m, measure="cosine").T)
    np.testing.assert_array_equal(co_occurrence(m), m.T @ m)
    a = proximity(m, measure="asymmetric", diagonal=None)
    np.testing.assert_allclose(np.fmin(a, a.T), proximity(m, diagonal=None))


def test_correlation_is_pearsons():
    """(1 + ρ) / 2 of the columns, NaN for one that does not vary, and refused where a cell is unknown."""
    x = panel(1)
    x[:, 4] = 7
    keep = np.arange(17) != 4
    found = proximity(x, measure="correlation", diagonal=None)
    np.testing.assert_allclose(found[np.ix_(keep, keep)], (1 + np.corrcoef(x[:, keep].T)) / 2)
    assert np.isnan(found[4]).all()
    x[0, 0] = np.nan
    with pytest.raises(PanelError):
        proximity(x, measure="correlation")


def test_single_precision_counts_are_exact():
    """float32 differs from float64 by the rounding of one division."""
    m = complexity(panel(2)).m
    np.testing.assert_allclose(proximity(m, dtype=np.float32), proximity(m), rtol=1e-7)


def test_unknown_measure_is_refused():
    """A slip in the name is an error."""
    with pytest.raises(PanelError):
        proximity(np.ones((2, 2)), measure="cosinus")  # type: ignore[arg-type]
    with pytest.raises(PanelError):
        relatedness_density(np.ones((2, 2)), nearest=0)


def test_all_neighbours_are_the_density_without_itself():
    """k as large as there are others gives the density with diagonal 0."""
    m = complexity(panel(3), dtype=np.float64).m
    np.testing.assert_allclose(
        relatedness_density(m, proximity(m), nearest=16), relatedness_density(m, proximity(m, diagonal=0))
    )


def test_inside_and_outside_are_the_two_halves():
    """Every known density is either of what is done or of what is not."""
    m = complexity(panel(4), dtype=np.float64).m
    density = relatedness_density(m)
    inside, outside = inside_density(m, density), outside_density(m, density)
    np.testing.assert_array_equal(np.where(np.isnan(inside), outside, inside), density)
    assert not (~np.isnan(inside) & ~np.isnan(outside)).any()


def test_relative_density_has_mean_0_and_deviation_1_over_the_options():
    """Each region's options are compared with one another."""
    m = complexity(panel(5), dtype=np.float64).m
    found = relative_density(m, relatedness_density(m))
    np.testing.assert_allclose(np.nanmean(found, axis=1), 0, atol=1e-12)
    np.testing.assert_allclose(np.nanstd(found, axis=1), 1)
    np.testing.assert_array_equal(np.isnan(found), m == 1)


def test_convention_of_econcomplex():
    """Diagonal 0, density in per cent, PCI on its own scale, raw COI, COG by the reach of the target."""
    found = complexity(panel(6), convention=ECONCOMPLEX, dtype=np.float64)
    m, absent = found.m, 1 - found.m
    phi = proximity(m, diagonal=0)
    np.testing.assert_array_equal(found.proximity, phi)
    np.testing.assert_allclose(found.density, 100 * (m @ phi) / phi.sum(axis=0))
    np.testing.assert_allclose([found.pci.mean(), found.pci.std()], [0, 1], atol=1e-12)
    assert np.corrcoef(found.pci, found.ubiquity)[0, 1] < 0
    np.testing.assert_allclose(found.coi, (found.density / 100 * absent) @ found.pci)
    expected = absent * (absent @ ((phi / phi.sum(axis=1, keepdims=True)) * found.pci).T)
    np.testing.assert_allclose(found.cog, expected, atol=1e-12)


def test_convention_of_econgeo():
    """EconGeo run in R gives the same relatedness, density (in per cent, its two decimals), kci and tci."""
    econgeo = json.loads((Path(__file__).parent / "data/econgeo.json").read_text(encoding="utf-8"))
    found = complexity(np.array(econgeo["x"], dtype=float), convention=ECONGEO, dtype=np.float64)
    np.testing.assert_allclose(found.proximity[0], econgeo["prob"], atol=1e-9)
    np.testing.assert_allclose(found.density[0], econgeo["density"], atol=0.005)
    np.testing.assert_allclose(found.eci, econgeo["kci"], atol=1e-8)
    np.testing.assert_allclose(found.pci, econgeo["tci"], atol=1e-8)
    for measure in ("association", "cosine", "jaccard"):
        phi = proximity(found.m, measure=measure, mass="co-occurrence", diagonal=0)
        np.testing.assert_allclose(phi[0], econgeo[measure], atol=1e-9)


def test_rounding_before_solving_moves_a_region():
    """EconGeo rounds its matrix to four digits first, which moves a kci by more than 0.3; nothing is here."""
    econgeo = json.loads((Path(__file__).parent / "data/econgeo.json").read_text(encoding="utf-8"))
    exact, rounded = np.array(econgeo["kci"]), np.array(econgeo["kci_rounded"])
    assert np.abs(exact - rounded).max() > 0.3
    found = complexity(np.array(econgeo["x"], dtype=float), convention=ECONGEO, dtype=np.float64)
    assert np.abs(found.eci - exact).max() < 1e-8


def test_mass_of_co_occurrences_is_for_one_set_of_industries():
    """Asked for where it has no meaning, it is refused."""
    m = complexity(panel(7)).m
    for wrong in (
        lambda: proximity(m, m, measure="cosine", mass="co-occurrence"),
        lambda: proximity(m, measure="correlation", mass="co-occurrence"),
        lambda: proximity(m, measure="probability"),
        lambda: proximity(m, measure="cosine", mass="weight"),  # type: ignore[arg-type]
    ):
        with pytest.raises(PanelError):
            wrong()


def test_industry_found_with_no_other_is_near_to_nothing():
    """Its proximities are 0, not unknown; an industry that no region does stays unknown."""
    m = np.array([[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 0]], dtype=float)
    found = proximity(m, measure="cosine", mass="co-occurrence", diagonal=0)
    nan = np.nan
    np.testing.assert_array_equal(
        found, [[0, 1, 0, nan], [1, 0, 0, nan], [0, 0, 0, nan], [nan, nan, nan, nan]]
    )


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.floats(1e-3, 1e6), st.randoms(use_true_random=False))
def test_scale_and_order_do_not_matter_to_complexity(seed: int, factor: float, random):
    """Another currency, another order of rows: the same indicators in that order."""
    x = panel(seed)
    rows = list(range(12))
    random.shuffle(rows)
    one, two = complexity(x, dtype=np.float64), complexity((factor * x)[rows], dtype=np.float64)
    if not np.array_equal(one.m[rows], two.m, equal_nan=True):
        return  # a quotient of exactly 1 may round to either side in another unit
    sign = np.sign(np.nansum(one.eci[rows] * two.eci)) or 1.0
    np.testing.assert_allclose(two.density, one.density[rows], atol=1e-9)
    np.testing.assert_allclose(sign * two.eci, one.eci[rows], atol=1e-6)


def test_sign_follows_the_guide():
    """`like` turns the sign; NaN in it is no guide; another length is refused."""
    x = panel(8)
    found = complexity(x).eci
    np.testing.assert_allclose(complexity(x, like=-found).eci, -found, atol=1e-9)
    np.testing.assert_allclose(complexity(x, like=np.full(12, np.nan)).eci, found, atol=1e-9)
    with pytest.raises(PanelError):
        complexity(x, like=np.ones(3))


def test_other_precisions_are_refused():
    """Half precision would not hold the counts."""
    with pytest.raises(PanelError):
        complexity(panel(9), dtype=np.float16)
