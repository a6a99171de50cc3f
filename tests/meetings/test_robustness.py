from dataclasses import replace

from liandong.meetings import Robustness, schedule, simulate
from tests.meetings.test_replanning import EVENT


def test_without_no_shows_nothing_is_lost():
    """A day on which all come keeps the whole value and the schedule's own gaps."""
    found = schedule(EVENT)
    assert simulate(found, no_shows=0, days=10) == Robustness(10, 0, 1.0, 1.0, float(found.gaps or 0))


def test_the_same_seed_draws_the_same_days():
    """Simulations can be repeated; more no-shows keep less."""
    found = schedule(replace(EVENT, fairness=None))
    assert simulate(found, seed=3) == simulate(found, seed=3)
    assert simulate(found, no_shows=0.5).value_kept < simulate(found, no_shows=0.1).value_kept < 1
