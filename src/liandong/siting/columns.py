"""A good placement made better by whole loads: some sites at a time get new loads out of a pool.

A load is what one knapsack may hold. At Lagrangian prices each has a reduced cost, what it earns less than
the best load of its site, and a plan costs the bound plus the reduced costs of its loads. So a plan near the
bound is made of loads of small reduced cost, and of those there are few: they are listed once. Choosing among
them is a set partitioning problem, whose linear relaxation is as strong as the Lagrangian bound (Savelsbergh
1997); solved for some sites at a time it gives large neighbourhoods in little time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter, process_time

import numpy as np

from liandong.siting.highs import Indices, Model, solve
from liandong.siting.lagrangian import Bools, Floats, Knapsacks, knapsack_values

POOL = 60_000  # loads listed at most, about
_STATES = 400_000  # unfinished loads of a site; beyond it its list would take too long
_LEAST, _MOST = 60, 12_000  # loads in a neighbourhood, at least and at most
_EACH = 3.0  # seconds at most for one neighbourhood


@dataclass(frozen=True)
class Loads:
    """Loads of all sites. site, cost, reduced: (loads,); holds: (loads, projects)."""

    site: Indices
    cost: Floats
    reduced: Floats
    holds: Bools


def list_loads(
    k: Knapsacks,
    prices: Floats,
    pairs: Floats,
    *,
    most: int = POOL,
    stop: Callable[[], bool] = lambda: False,
) -> Loads:
    """All loads up to a reduced cost, which is the largest of a few tried that gives no more than `most`.

    pairs: (sites, projects) how far each pair's bound lies above the bound itself; a pair further than the
    reduced cost is in no such load.
    """
    values = knapsack_values(k, prices)
    found, width = Loads(*_nothing(k)), 1.0
    while width < 1e6 and not stop():
        parts = []
        for site in range(k.shape[0]):
            part = _loads_of(k, prices, site, float(values[site]), pairs[site] <= width, width)
            if part is None or stop():
                return found
            parts.append(part)
        if sum(len(part[0]) for part in parts) > most:
            return found
        same = sum(len(part[0]) for part in parts) == len(found.site) and width > 100
        sites = [np.full(len(part[0]), site) for site, part in enumerate(parts)]
        holds = np.concatenate([part[1] for part in parts])
        site_of = np.concatenate(sites).astype(np.int64)
        cost = (holds * k.cost[site_of]).sum(axis=1)
        found = Loads(site_of, cost, np.concatenate([part[0] for part in parts]), holds)
        if same:
            return found
        width *= 1.35
    return found


def _nothing(k: Knapsacks) -> tuple[Indices, Floats, Floats, Bools]:
    empty = np.zeros(0)
    return np.zeros(0, dtype=np.int64), empty, empty, np.zeros((0, k.shape[1]), dtype=bool)


def _loads_of(
    k: Knapsacks, prices: Floats, site: int, value: float, near: Bools, width: float
) -> tuple[Floats, Bools] | None:
    """Reduced costs and contents of a site's loads, project by project, all unfinished ones at once."""
    profit = prices - k.cost[site]
    projects = np.flatnonzero(near & k.open[site] & (k.use[site] <= k.room[site]))
    projects = projects[np.argsort(-profit[projects] / np.maximum(k.use[site, projects], 1))]
    room = int(k.room[site])
    ahead = np.zeros((len(projects) + 1, room + 1))  # the most that later projects add in so much room
    for number in range(len(projects) - 1, -1, -1):
        use, gain = int(k.use[site, projects[number]]), profit[projects[number]]
        ahead[number] = ahead[number + 1]
        better = ahead[number + 1][: room + 1 - use] + gain
        ahead[number][use:] = np.maximum(ahead[number][use:], better)
    left, earned = np.array([room]), np.zeros(1)
    holds = np.zeros((1, k.shape[1]), dtype=bool)
    enough = value - width - 1e-9
    for number, project in enumerate(projects):
        use, gain = int(k.use[site, project]), profit[project]
        stays = np.flatnonzero(earned + ahead[number + 1][left] >= enough)
        after = left - use
        takes = np.flatnonzero(
            (after >= 0) & (earned + gain + ahead[number + 1][np.maximum(after, 0)] >= enough)
        )
        if len(stays) + len(takes) > _STATES:
            return None
        with_it = holds[takes]
        with_it[:, project] = True
        holds = np.concatenate([holds[stays], with_it])
        earned = np.concatenate([earned[stays], earned[takes] + gain])
        left = np.concatenate([left[stays], after[takes]])
    return np.maximum(value - earned, 0.0), holds


def reload(
    k: Knapsacks,
    prices: Floats,
    loads: Loads,
    start: Sequence[int],
    seconds: float,
    *,
    on_better: Callable[[tuple[int, ...]], bool] = lambda sites: False,
    seed: int = 1,
    cancel: Callable[[], bool] = lambda: False,
) -> tuple[int, ...]:
    """The placement after improving neighbourhoods until the time is over.

    start: the site of every project. on_better: sees each better placement; True ends the search. How many
    loads a neighbourhood has follows what can be solved quickly.
    """
    random, ends = np.random.default_rng(seed), perf_counter() + seconds
    values = knapsack_values(k, prices)
    present = np.array(start)
    linked = _links(k, loads)
    size, idle = 300.0, 0
    while perf_counter() < ends and not cancel():
        chosen, pool = _neighbourhood(k, loads, linked, present, values, prices, size, random)
        if not len(pool):
            size = min(_MOST, size * 1.1)
            idle += 1
            if idle > 200:
                break
            continue
        began = process_time()
        better, closed = _choose(
            k, loads, pool, chosen, present, random, min(_EACH, ends - perf_counter()), cancel
        )
        took = process_time() - began
        if closed and took < 0.4:
            size = min(_MOST, size * 1.25)
        elif not closed or took > 1.2:
            size = max(_LEAST, size * 0.7)
        idle = 0
        if better is None:
            continue
        cheaper = _cost(k, better) < _cost(k, present)
        present = better
        if cheaper and on_better(tuple(int(site) for site in present)):
            break
    return tuple(int(site) for site in present)


def _cost(k: Knapsacks, present: Indices) -> float:
    return float(k.cost[present, np.arange(len(present))].sum())


def _links(k: Knapsacks, loads: Loads) -> Floats:
    """(sites, projects): how much of a site's loads hold a project."""
    linked = np.zeros(k.shape)
    weight = np.exp(-loads.reduced)
    for site in range(k.shape[0]):
        own = loads.site == site
        total = max(float(weight[own].sum()), 1e-9)
        linked[site] = weight[own] @ loads.holds[own] / total
    return linked


def _neighbourhood(
    k: Knapsacks,
    loads: Loads,
    linked: Floats,
    present: Indices,
    values: Floats,
    prices: Floats,
    size: float,
    random: np.random.Generator,
) -> tuple[Indices, Indices]:
    """Some sites, and the loads they could have of what is on them now.

    Sites are added until there are enough loads, with the odds of how often their loads hold what the
    sites chosen so far have. Loads that alone cost more than the sites' present loads do together are left
    out: they are in nothing better.
    """
    sites = k.shape[0]
    own = k.cost[present, np.arange(len(present))] - prices[np.arange(len(present))]
    spent = np.maximum(values + np.bincount(present, own, minlength=sites), 0.0)
    odds = spent + 0.3
    chosen = [int(random.choice(sites, p=odds / odds.sum()))]
    pool = np.zeros(0, dtype=np.int64)
    while True:
        free = np.isin(present, chosen)
        within = np.flatnonzero(np.isin(loads.site, chosen) & (loads.reduced <= spent[chosen].sum() + 1e-6))
        pool = within[~(loads.holds[within] @ (~free).astype(np.float32) > 0)]
        if len(pool) >= size or len(chosen) == sites:
            return np.array(sorted(chosen)), pool[np.argsort(loads.reduced[pool])][:_MOST]
        odds = linked[:, free].sum(axis=1) * (0.5 + spent) + 1e-3
        odds[chosen] = 0.0
        chosen.append(int(random.choice(sites, p=odds / odds.sum())))


def _choose(
    k: Knapsacks,
    loads: Loads,
    pool: Indices,
    chosen: Indices,
    present: Indices,
    random: np.random.Generator,
    seconds: float,
    cancel: Callable[[], bool],
) -> tuple[Indices | None, bool]:
    """The best choice of one load a site, or None if nothing other is as good; whether that is settled."""
    free = np.flatnonzero(np.isin(present, chosen))
    now = (present[free][None, :] == chosen[:, None]).astype(bool)
    holds = np.concatenate([loads.holds[np.ix_(pool, free)], now])
    site = np.concatenate([loads.site[pool], chosen])
    cost = (holds * k.cost[np.ix_(site, free)]).sum(axis=1)
    before = float(cost[len(pool) :].sum())
    # of equally good choices any may come out: that moves the search along
    shaken = cost + random.random(len(cost)) * 0.9 / len(chosen) * (random.random() < 0.5)
    model = Model(shaken, np.ones(len(cost)), np.ones(len(cost), dtype=bool))
    for number in chosen:
        columns = np.flatnonzero(site == number)
        model.row(columns, np.ones(len(columns)), 1.0, 1.0)
    for number in range(len(free)):
        columns = np.flatnonzero(holds[:, number])
        model.row(columns, np.ones(len(columns)), 1.0, 1.0)
    start = np.concatenate([np.zeros(len(pool)), np.ones(len(chosen))])
    solved = solve(model, seconds, start=start, cancel=cancel)
    if solved.x is None:
        return None, solved.closed
    taken = np.flatnonzero(solved.x > 0.5)
    if float(cost[taken].sum()) > before + 1e-6 or (taken >= len(pool)).all():
        return None, solved.closed
    result = present.copy()
    for each in taken:
        result[free[holds[each]]] = site[each]
    return result, solved.closed
