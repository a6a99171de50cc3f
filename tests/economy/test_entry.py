from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.economy import (
    EntryModel,
    Extra,
    LeakError,
    PanelError,
    Transition,
    Window,
    backtest,
    complexity,
    linkage_density,
)
from liandong.economy.backtesting import auc, average_precision, calibration
from liandong.economy.logistic import fit_logistic


def years(seed: int = 0, count: int = 4, regions: int = 60, industries: int = 40) -> list[Window]:
    """Regions drift towards what their hidden ability is near: entry follows relatedness."""
    random = np.random.default_rng(seed)
    ability, need = random.normal(size=(regions, 3)), random.normal(size=(industries, 3))
    size = np.exp(random.normal(size=(regions, 1)))
    pull = ability @ need.T
    state = random.normal(size=(regions, industries))
    windows = []
    for n in range(-20, count):  # the first twenty years wear the start off
        state = 0.9 * state + 0.05 * pull + 0.4 * random.normal(size=pull.shape)
        if n >= 0:
            windows.append(Window(random.poisson(size * np.exp(2 + state)).astype(float), 2000 + n, 2000 + n))
    return windows


def pairs(windows: list[Window]) -> list[Transition]:
    return [Transition(a, b) for a, b in pairwise(windows)]


@pytest.fixture(scope="module")
def transitions() -> list[Transition]:
    return pairs(years())


def test_chances_are_of_what_is_not_yet_done(transitions: list[Transition]):
    """Every pair below the threshold has a chance between 0 and 1, every other one is NaN."""
    before = transitions[-1].before
    chance = EntryModel().fit(transitions[:-1]).predict(before)
    np.testing.assert_array_equal(~np.isnan(chance), complexity(before.amounts).m == 0)
    known = chance[~np.isnan(chance)]
    assert ((known > 0) & (known < 1)).all()


def test_the_future_is_not_looked_at(transitions: list[Transition]):
    """Another outcome of the test period changes no chance."""
    model = EntryModel().fit(transitions[:-1])
    test = transitions[-1]
    shuffled = Transition(
        test.before, Window(test.after.amounts[::-1].copy(), test.after.first, test.after.last)
    )
    one, two = (model.predict(each.before) for each in (test, shuffled))
    np.testing.assert_array_equal(one, two)
    assert backtest(model, test, draws=20).scores["model"].auc.value > 0.6
    assert backtest(model, shuffled, draws=20).scores["model"].auc.value < 0.56


def test_better_than_density_alone(transitions: list[Transition]):
    """On a world where size and the quotient so far matter too, the model outranks density, and is
    calibrated.
    """
    found = backtest(EntryModel().fit(transitions[:-1]), transitions[-1], draws=100)
    gain = found.scores["model"].gain
    assert gain is not None
    assert gain.low > 0
    assert found.scores["density"].gain is None
    assert found.scores["random"].auc.value == pytest.approx(0.5, abs=0.05)
    assert found.calibration.error < 0.04  # ten bins of 167 pairs: chance alone gives 0.02
    assert found.calibration.slope == pytest.approx(1, abs=0.15)
    assert (found.pairs, found.entries) == (sum(n for *_, n in found.calibration.bins), found.entries)


def test_windows_that_overlap_are_a_leak():
    """An outcome that begins before the features end is refused."""
    one, two = years(count=2)
    with pytest.raises(LeakError):
        Transition(one, Window(two.amounts, one.last, two.last))


def test_a_feature_from_the_future_is_a_leak():
    """A feature dated after its window is refused."""
    one, two = years(count=2)
    with pytest.raises(LeakError):
        Window(one.amounts, 2000, 2000, {"later": Extra(two.amounts, 2001)})


def test_a_planted_leak_is_caught():
    """A feature made of the outcome, though dated as if it were old, tells itself: refused by name."""
    one, two = years(count=2)
    outcome = Transition(one, two).entered()
    told = np.nan_to_num(outcome) + np.random.default_rng(0).normal(scale=0.1, size=outcome.shape)
    before = Window(one.amounts, 2000, 2000, {"told": Extra(told, 2000)})
    with pytest.raises(LeakError) as caught:
        EntryModel().fit([Transition(before, two)])
    assert "told" in caught.value.text("en")


def test_testing_on_trained_years_is_a_leak(transitions: list[Transition]):
    """A model is not tested on an outcome it has learnt from, in the same regions."""
    model = EntryModel().fit(transitions)
    with pytest.raises(LeakError):
        backtest(model, transitions[-1])
    assert backtest(model, transitions[-1], same_regions=False, draws=5).pairs > 0


def test_an_honest_extra_is_used():
    """A linkage that entry follows gets a slope of its own."""
    windows = years(count=3)
    random = np.random.default_rng(1)
    links = random.random((40, 40)) ** 4
    dated = [
        Window(
            w.amounts,
            w.first,
            w.last,
            {"suppliers": Extra(linkage_density(complexity(w.amounts).m, links), w.last)},
        )
        for w in windows
    ]
    model = EntryModel().fit(pairs(dated))
    assert model.names[-1] == "suppliers"
    assert set(model.slopes) == set(model.names)
    with pytest.raises(PanelError):
        model.predict(windows[-1])


def test_own_intercepts_are_drawn_towards_none(transitions: list[Transition]):
    """With effects, a region that entered more often than its features say has a higher chance next time."""
    plain, own = EntryModel().fit(transitions[:-1]), EntryModel(effects=0.5).fit(transitions[:-1])
    before = transitions[-1].before
    assert not np.allclose(plain.predict(before), own.predict(before), equal_nan=True)
    new = own.predict(before, same_regions=False)
    assert not np.allclose(own.predict(before), new, equal_nan=True)


def test_nothing_to_learn_is_an_error(transitions: list[Transition]):
    """No transition, or one in which nobody enters; predicting before fitting."""
    still = Transition(transitions[0].before, Window(transitions[0].before.amounts, 2001, 2001))
    for wrong in ([], [still]):
        with pytest.raises(PanelError):
            EntryModel().fit(wrong)
    with pytest.raises(PanelError):
        EntryModel().predict(transitions[0].before)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), min_size=2, max_size=30))
def test_auc_counts_pairs(rows: list[tuple[bool, int]]):
    """The share of (entry, non-entry) pairs in the right order, ties half."""
    y, score = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    one, zero = score[y == 1], score[y == 0]
    if one.size and zero.size:
        wins = (one[:, None] > zero).mean() + (one[:, None] == zero).mean() / 2
        assert auc(y, score) == pytest.approx(wins)
        twice = np.concatenate([y, y]), np.concatenate([score, score])
        assert average_precision(y, score, np.full(y.size, 2.0)) == pytest.approx(average_precision(*twice))


def test_average_precision_by_hand():
    """Entries at ranks 1 and 3 of 4: (1 + 2/3) / 2."""
    assert average_precision(np.array([1.0, 0, 1, 0]), np.array([4.0, 3, 2, 1])) == pytest.approx(
        (1 + 2 / 3) / 2
    )


def test_true_chances_are_calibrated():
    """Outcomes drawn with the stated chances: slope 1, constant 0, small error."""
    random = np.random.default_rng(0)
    chance = random.random(20_000)
    found = calibration((random.random(20_000) < chance).astype(float), chance)
    assert (found.slope, found.constant) == (pytest.approx(1, abs=0.05), pytest.approx(0, abs=0.05))
    assert found.error < 0.02
    bold = calibration((random.random(20_000) < 0.3 + 0.4 * chance).astype(float), chance)
    assert bold.slope < 0.6


def test_logistic_is_at_its_maximum():
    """At the fit the gradient of the penalised likelihood is 0."""
    random = np.random.default_rng(0)
    x = random.normal(size=(500, 3))
    y = (random.random(500) < 1 / (1 + np.exp(-x @ [1.0, -2, 0]))).astype(float)
    found = fit_logistic(x, y, ridge=2.0)
    error = 1 / (1 + np.exp(-found.odds(x))) - y
    np.testing.assert_allclose(x.T @ error + 2 * found.slopes, 0, atol=1e-2)
    assert error.sum() == pytest.approx(0, abs=1e-2)
