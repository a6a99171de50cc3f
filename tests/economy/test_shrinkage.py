from __future__ import annotations

import numpy as np
import pytest

from liandong.economy import Panel, Shrinkage, location_quotient

CODES = ("3811", "3812", "3821", "3823", "3831", "3911", "3912", "3973")


def panel(seed: int = 0, regions: int = 40) -> Panel:
    """Counts whose rates really are nested: division, group, class."""
    random = np.random.default_rng(seed)
    rate = np.ones((regions, len(CODES)))
    for digits, spread in ((2, 0.3), (3, 0.5), (4, 0.2)):
        units = sorted({code[:digits] for code in CODES})
        factor = random.gamma(1 / spread**2, spread**2, (regions, len(units)))
        rate *= factor[:, [units.index(code[:digits]) for code in CODES]]
    size = random.integers(50, 3000, (regions, 1))
    return Panel(tuple(f"r{n}" for n in range(regions)), CODES, random.poisson(rate * size / len(CODES)))


def test_mean_lies_between_own_quotient_and_prior():
    """The shrunk quotient is a weighted mean of what the class shows and what its parents lead to expect."""
    data = panel()
    fitted = Shrinkage.fit(data)
    found = fitted.quotient(data, ["3823"])
    raw = location_quotient(data).value[:, data.column("3823")]
    low, high = np.minimum(raw, found.prior), np.maximum(raw, found.prior)
    assert ((found.quotient.value >= low - 1e-12) & (found.quotient.value <= high + 1e-12)).all()
    assert ((found.quotient.low < found.quotient.value) & (found.quotient.value < found.quotient.high)).all()


def test_shrunk_quotients_are_nearer_the_truth():
    """Estimated from one tenth of the firms, shrunk quotients err less than raw ones."""
    random = np.random.default_rng(1)
    full = panel(2)
    thin = Panel(full.regions, full.industries, random.binomial(full.values.astype(int), 0.05))
    fitted = Shrinkage.fit(thin)
    truth, raw = location_quotient(full).value, location_quotient(thin).value
    shrunk = np.column_stack([fitted.quotient(thin, [code]).quotient.value for code in CODES])
    assert ((shrunk - truth) ** 2).mean() < 0.8 * ((raw - truth) ** 2).mean()


def test_nothing_is_used_twice():
    """Own, group and division are disjoint and together the divisions of the codes."""
    data = panel()
    found = Shrinkage.fit(data).quotient(data, ["3821", "3821", "382"])
    everything = data.coarsen("division").values[:, 0]
    np.testing.assert_array_equal(found.own.counts + found.group.counts + found.division.counts, everything)
    np.testing.assert_array_equal(found.group.counts, 0)


def test_unseen_class_follows_its_parents():
    """A class with no firm anywhere expected gets its group's rate, not 0."""
    data = panel()
    values = np.column_stack([data.values, np.zeros(len(data.regions))])
    wider = Panel(data.regions, (*CODES, "3829"), values)
    found = Shrinkage.fit(wider).quotient(wider, ["3829"])
    np.testing.assert_allclose(found.quotient.value, found.prior)


def test_identical_siblings_pull_as_hard_as_their_numbers_allow():
    """Where every class has its parents' rate the strength grows with the firms counted."""
    few, many = (
        Shrinkage.fit(Panel(("a", "b"), CODES, np.outer([size, 2 * size], np.ones(len(CODES)))))
        for size in (10.0, 1000.0)
    )
    assert few.own == pytest.approx(30, rel=0.5)
    assert many.own == pytest.approx(100 * few.own, rel=0.05)


def test_a_handful_of_firms_proves_no_equality():
    """Fifty-eight firms spread by chance alone leave the interval of a class with three of them wide."""
    random = np.random.default_rng(3)
    thin = Panel(
        tuple(f"r{n}" for n in range(6)), CODES, random.poisson(58 / 6 / len(CODES), (6, len(CODES)))
    )
    found = Shrinkage.fit(thin).quotient(thin, ["3823"]).quotient
    assert (found.high / found.low).min() > 1.5


def test_strengths_recover_the_spread():
    """With many firms the fitted class strength is near the one the counts were drawn with."""
    random = np.random.default_rng(5)
    rates = random.gamma(4.0, 1 / 4.0, (400, len(CODES)))
    data = Panel(
        tuple(f"r{n}" for n in range(400)), CODES, random.poisson(rates * random.integers(20, 200, (400, 1)))
    )
    fitted = Shrinkage.fit(data)
    assert fitted.own == pytest.approx(4, rel=0.5)
