"""Where the known packages are not right: what they do, in their own lines, and what we answer.

The peers are not installed for the suite; each defect is written out as the peer computes it (with its place
in the peer's code), and benchmarks/economy.py runs the peers themselves.
"""

from __future__ import annotations

import numpy as np

from liandong.economy import complexity, proximity, relatedness_density


def panel(seed: int, regions: int = 12, industries: int = 17) -> np.ndarray:
    random = np.random.default_rng(seed)
    ability = random.normal(size=(regions, 1)) + random.normal(size=(1, industries))
    return random.poisson(np.exp(1 + ability + random.normal(size=(regions, industries)))).astype(float)


def turning_years() -> tuple[np.ndarray, np.ndarray]:
    """Two years, nearly alike, over which the correlation of the second eigenvector with diversity turns."""
    for seed in range(400):
        x = panel(seed, 8, 13)
        random = np.random.default_rng(seed)
        later = x + random.poisson(0.15, x.shape)
        one, two = complexity(x), complexity(later)
        alike = abs(np.corrcoef(one.eci, two.eci)[0, 1])
        if np.isnan(one.eci).any() or np.isnan(two.eci).any() or alike < 0.9:
            continue
        if one.eci @ two.eci < 0:
            return x, later
    raise AssertionError("no such years")


def test_nearest_neighbours_are_weighted():
    """ecomplexity sums presence unweighted and divides by nothing; a density of k neighbours exceeds 1."""
    m = complexity(panel(1), dtype=np.float64).m
    phi = proximity(m)
    distance = 1 - phi
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")[:, :3]
    # calc_density.py: density_p = np.nansum(rca_knn_p, axis=1), although num_p was weighted just above
    theirs = np.stack([np.nansum(m[:, row], axis=1) for row in nearest], axis=1)
    assert theirs.max() == 3
    weight = np.take_along_axis(phi, nearest, axis=1)
    ours = relatedness_density(m, phi, nearest=3)
    expected = np.stack([m[:, row] @ w / w.sum() for row, w in zip(nearest, weight, strict=True)], axis=1)
    np.testing.assert_allclose(ours, expected, atol=1e-12)
    assert 0 <= ours.min() <= ours.max() <= 1 + 1e-12


def test_an_empty_unit_takes_only_itself_out():
    """ecomplexity standardises with eci.mean() and eci.std(): one NaN makes all of them NaN."""
    x = panel(2)
    hollow = np.vstack([x, np.zeros(x.shape[1])])
    found = complexity(hollow)
    raw = found.eci * 1.0
    assert np.isnan((raw - raw.mean()) / raw.std()).all()
    np.testing.assert_allclose(found.eci[:-1], complexity(x).eci, atol=1e-9)
    assert np.isnan(found.eci[-1])


def test_one_sign_serves_regions_and_industries():
    """econcomplex signs ECI by diversity and PCI by ubiquity; where they disagree, complex regions do simple
    industries."""
    for seed in range(500):
        found = complexity(panel(seed, 8, 13), dtype=np.float64)
        alive = ~np.isnan(found.pci)
        eci_sign = np.sign(np.corrcoef(found.eci, found.diversity)[0, 1])
        pci_sign = -np.sign(np.corrcoef(found.pci[alive], found.ubiquity[alive])[0, 1])
        if eci_sign != pci_sign:
            break
    mean_of_what_is_done = (found.m @ np.nan_to_num(found.pci)) / found.m.sum(axis=1)
    theirs = eci_sign * pci_sign * mean_of_what_is_done
    assert np.corrcoef(theirs, found.eci)[0, 1] < -0.99
    np.testing.assert_allclose(mean_of_what_is_done, found.eci, atol=1e-9)


def test_unknown_is_not_zero():
    """ecomplexity and economic-complexity fill NaN with 0: a region whose cell is unknown would lack it."""
    x = panel(3)
    unknown = x.copy()
    unknown[2, 3] = np.nan
    filled = np.nan_to_num(unknown)
    found = complexity(unknown)
    assert (np.isnan(found.rca[2, 3]), complexity(filled).rca[2, 3]) == (True, 0.0)
    others = np.arange(x.shape[0]) != 2
    truth, ours, theirs = (complexity(v).rca[others, 3] for v in (x, unknown, filled))
    assert np.abs(ours - truth).max() < np.abs(theirs - truth).max()
