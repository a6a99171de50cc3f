"""The searches for better plans, each by itself."""

from itertools import product

import numpy as np
import pytest

from liandong.siting.columns import list_loads, reload
from liandong.siting.lagrangian import Knapsacks, maximise, pair_bounds
from liandong.siting.tabu import tabu


def correlated(seed: int, sites: int = 4, projects: int = 16) -> Knapsacks:
    """Dear where it uses little, as in the published class d."""
    random = np.random.default_rng(seed)
    use = random.integers(1, 101, (sites, projects))
    cost = (111 - use + random.integers(-10, 11, (sites, projects))).astype(float)
    room = (0.8 * use.sum(axis=1) / sites).astype(np.int64)
    return Knapsacks(cost, use, room, np.ones((sites, projects), dtype=bool))


def cost_of(k: Knapsacks, sites: tuple[int, ...]) -> float:
    """What a plan costs. Fails if it overfills a site."""
    used = [sum(int(k.use[s, p]) for p, s in enumerate(sites) if s == site) for site in range(k.shape[0])]
    assert all(amount <= room for amount, room in zip(used, k.room, strict=True))
    return sum(float(k.cost[s, p]) for p, s in enumerate(sites))


def test_loads_are_all_of_so_small_a_reduced_cost():
    """The list holds all sets of projects that fit a site and earn little less than the best, no other."""
    k = correlated(1, 3, 9)
    _, prices = maximise(k, k.cost.min(axis=0), 600.0, steps=60)
    bounds = pair_bounds(k, prices)
    loads = list_loads(k, prices, bounds.pairs - bounds.value, most=100)
    widest = loads.reduced.max()
    expected = set()
    for site in range(3):
        fitting = [
            (sum(prices[p] - k.cost[site, p] for p in range(9) if taken[p]), taken)
            for taken in product((False, True), repeat=9)
            if sum(k.use[site, p] for p in range(9) if taken[p]) <= k.room[site]
        ]
        best = max(earned for earned, _ in fitting)
        expected |= {(site, taken) for earned, taken in fitting if best - earned <= widest + 1e-9}
    listed = {(int(s), tuple(map(bool, held))) for s, held in zip(loads.site, loads.holds, strict=True)}
    assert len(listed) == len(loads.site) <= 100
    assert listed == expected


def test_searches_give_cheaper_plans_within_the_capacities():
    """Tabu search reports ever cheaper sound plans from an unsound start; loads improve on its first one."""
    k = correlated(2)
    seen: list[tuple[int, ...]] = []
    tabu(k, k.cost.argmin(axis=0).tolist(), 0.5, on_better=seen.append)
    costs = [cost_of(k, sites) for sites in seen]
    assert costs == sorted(set(costs), reverse=True)
    _, prices = maximise(k, k.cost.min(axis=0), costs[-1], steps=100)
    bounds = pair_bounds(k, prices)
    loads = list_loads(k, prices, bounds.pairs - bounds.value, most=3000)
    better = reload(k, prices, loads, seen[0], 1.0)
    assert bounds.value <= cost_of(k, better) <= costs[0]


def test_closed_pairs_are_not_used():
    """A pair that is closed is in no plan that tabu search reports."""
    k = correlated(3)
    open_pairs = np.random.default_rng(3).random(k.shape) < 0.8
    open_pairs[0] = True
    k = Knapsacks(k.cost, k.use, k.room, open_pairs)
    seen: list[tuple[int, ...]] = []
    tabu(k, [0] * k.shape[1], 0.5, on_better=seen.append)
    assert seen
    assert all(open_pairs[site, project] for sites in seen for project, site in enumerate(sites))


@pytest.fixture
def chains():
    """The compiled search; it comes with the extra `fast`."""
    return pytest.importorskip(
        "liandong.siting.chains", reason="Numba is not installed", exc_type=ImportError
    )


def test_chains_give_ever_cheaper_plans_within_the_capacities(chains):
    """From plans that overfill sites, down to the optimum of a small case, cheaper than the plan known."""
    k = correlated(4, 3, 10)
    plans = [plan for plan in product(range(3), repeat=10) if all(fits(k, plan))]
    best = min(sum(k.cost[site, project] for project, site in enumerate(plan)) for plan in plans)
    seen: list[tuple[int, ...]] = []
    search = chains.Chains(k, k.cost, [tuple(k.cost.argmin(axis=0).tolist())], 1.0)
    search.search(
        20.0, best=plans[0], on_better=seen.append, stop=lambda: bool(seen) and cost_of(k, seen[-1]) <= best
    )
    costs = [cost_of(k, plan) for plan in seen]
    assert costs == sorted(set(costs), reverse=True)
    assert costs[-1] == best


def test_chains_use_no_closed_pair(chains):
    """A pair that is closed is in no plan that is reported."""
    k = correlated(3)
    open_pairs = np.random.default_rng(3).random(k.shape) < 0.8
    open_pairs[0] = True
    k = Knapsacks(k.cost, k.use, k.room, open_pairs)
    seen: list[tuple[int, ...]] = []
    search = chains.Chains(k, np.where(open_pairs, k.cost, np.inf), [(0,) * k.shape[1]], 1.0)
    search.search(20.0, on_better=seen.append, stop=lambda: bool(seen))
    assert seen
    assert all(open_pairs[site, project] for sites in seen for project, site in enumerate(sites))


def fits(k: Knapsacks, plan: tuple[int, ...]) -> list[bool]:
    """Which sites a plan does not overfill."""
    chosen = np.array(plan)
    return [k.use[site, chosen == site].sum() <= k.room[site] for site in range(k.shape[0])]
