from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.economy import (
    PanelError,
    coagglomeration,
    ellison_glaeser,
    group_coagglomeration,
    plant_herfindahl,
)


def plants(seed: int, count: int = 60) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    return random.lognormal(size=count), random.integers(0, 3, count), random.integers(0, 5, count)


def panel_of(sizes: np.ndarray, industry: np.ndarray, region: np.ndarray) -> np.ndarray:
    x = np.zeros((5, 3))
    np.add.at(x, (region, industry), sizes)
    return x


@given(st.integers(0, 10_000))
def test_index_equals_its_formula(seed: int):
    """γ = (G − (1 − Σ t²) H) / ((1 − Σ t²)(1 − H)), plant by plant."""
    sizes, industry, region = plants(seed)
    x = panel_of(sizes, industry, region)
    found = ellison_glaeser(x, sizes=sizes, industry=industry)
    t = x.sum(1) / x.sum()
    for i in range(3):
        z = sizes[industry == i] / sizes[industry == i].sum()
        g = ((x[:, i] / x[:, i].sum() - t) ** 2).sum()
        h = (z**2).sum()
        assert found.gamma[i] == pytest.approx((g - (1 - (t**2).sum()) * h) / ((1 - (t**2).sum()) * (1 - h)))
    np.testing.assert_allclose(plant_herfindahl(sizes, industry, 3), found.plants)


def test_chance_has_no_cluster():
    """Plants thrown at regions of known size: γ is 0 on average and z has mean 0 and deviation 1."""
    random = np.random.default_rng(0)
    t = np.array([0.4, 0.3, 0.2, 0.1])
    sizes = random.lognormal(size=40)
    industry = np.zeros(40, dtype=int)
    gammas, zs = [], []
    for _ in range(1500):
        region = random.choice(4, 40, p=t)
        x = np.bincount(region, weights=sizes, minlength=4)[:, None]
        found = ellison_glaeser(x, sizes=sizes, industry=industry, reference=t)
        gammas.append(found.gamma[0])
        zs.append(found.z[0])
    assert np.mean(gammas) == pytest.approx(0, abs=0.004)
    assert (np.mean(zs), np.std(zs)) == (pytest.approx(0, abs=0.1), pytest.approx(1, abs=0.1))


def test_one_plant_has_no_index():
    """An industry of a single plant cannot cluster; an empty one has no place."""
    x = np.array([[5.0, 1, 0], [0, 1, 0]])
    gamma = ellison_glaeser(x, plants=np.array([1.0, 0.5, np.nan])).gamma
    np.testing.assert_array_equal(np.isnan(gamma), [True, False, True])


def test_sizes_of_plants_are_needed():
    """Without plant sizes γ would be the raw concentration: refused."""
    with pytest.raises(PanelError):
        ellison_glaeser(np.ones((2, 2)))
    with pytest.raises(PanelError):
        plant_herfindahl([1.0, -1.0], [0, 0], 1)
    with pytest.raises(PanelError):
        plant_herfindahl([1.0], [2], 2)


@given(st.integers(0, 10_000))
def test_coagglomeration_is_symmetric_and_free_of_plants(seed: int):
    """γᶜ_ij = γᶜ_ji; its diagonal is G / (1 − Σ t²)."""
    x = panel_of(*plants(seed))
    found = coagglomeration(x)
    np.testing.assert_allclose(found, found.T)
    t = x.sum(1) / x.sum()
    raw = ellison_glaeser(x, plants=np.full(3, 0.1)).raw
    np.testing.assert_allclose(np.diagonal(found), raw / (1 - (t**2).sum()))


@given(st.integers(0, 10_000))
def test_group_index_is_the_weighted_mean_of_its_pairs(seed: int):
    """γᶜ of a group = Σ_{i≠j} w_i w_j γᶜ_ij / (1 − Σ w²) (Ellison, Glaeser & Kerr 2010)."""
    sizes, industry, region = plants(seed)
    x = panel_of(sizes, industry, region)
    reference = np.array([3.0, 1, 2, 2, 1])
    w = x.sum(0) / x.sum()
    pairs = coagglomeration(x, reference=reference)
    expected = (w @ pairs @ w - (w**2) @ np.diagonal(pairs)) / (1 - (w**2).sum())
    found = group_coagglomeration(x, plant_herfindahl(sizes, industry, 3), reference=reference)
    assert found == pytest.approx(expected)
