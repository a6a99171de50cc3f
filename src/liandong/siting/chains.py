"""Ejection chains and path relinking for one capacity a site, compiled.

Walking from one good plan towards another gives a new beginning; shifts, and shifts that eject a second
project to a third site or back, make a local optimum of it (Yagiura, Ibaraki and Glover 2004, 2006). Sites
may be overfilled at a price each, which rises at optima that overfill and falls at others, so that the walks
cross between plans that keep the capacities. Good optima make up the next beginnings. Only the few best sites
of each project are tried.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter, thread_time
from typing import Any, NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from liandong.siting.lagrangian import Floats, Ints, Knapsacks

NEAR = 5  # sites of each project that are tried
KEPT = 40  # good plans of a searcher, between which it walks
WORKERS = 2
_SLICE = 0.1  # seconds of a call to compiled code, about: how soon a search hears that it is over
_RISE, _FALL = 0.02, 0.02  # of the prices of overfilled capacity, after each local optimum
_FIRST_PRICE = 2.0  # of overfilled capacity, in multiples of what a unit of it is worth
_TINY = 1e-7
Plan = tuple[int, ...]
compiled: Callable[[Any], Any] = numba.njit(cache=True, nogil=True)


class _Ground(NamedTuple):
    """A plan being changed: site of each project, room left, and who is on which site."""

    where: Ints
    left: Floats
    members: Ints  # (sites, projects): the first `held` of a row
    held: Ints
    place: Ints  # of a project among the members of its site


class Chains:
    """Searchers that keep what they have learnt from one call of `search` to the next."""

    def __init__(self, k: Knapsacks, bounds: Floats, starts: Sequence[Plan], unit_price: float) -> None:
        """bounds: (sites, projects) of the pairs: the lower, the better a site. starts: plans to begin with,
        which may overfill sites. unit_price: what a unit of capacity is worth, about.
        """
        cost = np.where(k.open, k.cost, 10.0 * np.abs(k.cost).max() + 10.0)
        near = np.argsort(bounds, axis=0, kind="stable")[:NEAR].T.astype(np.int64).copy()
        self._data = cost, k.use.astype(float), k.room.astype(float), near, cost.min(axis=0)
        self._open = k.open
        sites, projects = k.shape
        self._searchers: list[tuple[Ints, Floats, NDArray[np.uint64]]] = []
        for seed in range(WORKERS):
            random = np.random.default_rng(seed)
            chosen = [starts[number % len(starts)] for number in range(KEPT)]
            kept = np.array(chosen, dtype=np.int64)
            again = random.random(kept.shape) < 0.02 * seed  # searchers differ
            other = near[np.arange(projects), random.integers(0, near.shape[1], kept.shape)]
            kept[again] = other[again]
            prices = np.full(sites, max(_FIRST_PRICE * unit_price, 0.1))
            state = np.array([88172645463325252 + 977 * seed], dtype=np.uint64)
            self._searchers.append((kept, prices, state))

    def search(
        self,
        seconds: float,
        *,
        best: Plan | None = None,
        on_better: Callable[[Plan], None] = lambda plan: None,
        stop: Callable[[], bool] = lambda: False,
    ) -> None:
        """Search until the time is over or stop says so.

        on_better sees, in the caller's thread, each plan that keeps the capacities and costs less than `best`
        and those before.
        """
        ends, over = perf_counter() + seconds, threading.Event()
        cost, everyone = self._data[0], np.arange(self._open.shape[1])
        known = np.inf if best is None else float(cost[list(best), everyone].sum())
        news: queue.SimpleQueue[tuple[float, Ints]] = queue.SimpleQueue()

        def run(number: int) -> None:
            kept, prices, state = self._searchers[number]
            if best is not None:
                kept[0] = best
            found, rounds = np.empty(kept.shape[1], dtype=np.int64), 1
            while not over.is_set() and perf_counter() < ends:
                began = thread_time()
                value = _rounds(rounds, *self._data, prices, kept, found, state, known)
                took = max(thread_time() - began, 1e-4)
                rounds = max(1, min(4 * rounds, int(rounds * _SLICE / took)))
                if value < known - _TINY and self._open[found, everyone].all():
                    news.put((value, found.copy()))

        with ThreadPoolExecutor(WORKERS) as threads:
            running = [threads.submit(run, number) for number in range(WORKERS)]
            while not (news.empty() and all(each.done() for each in running)):
                try:  # the caller hears of plans in its own thread
                    value, plan = news.get(timeout=_SLICE / 2)
                except queue.Empty:
                    value = np.inf
                if value < known - _TINY:
                    known = value
                    on_better(tuple(plan.tolist()))
                if stop():
                    over.set()
            for each in running:
                each.result()


@compiled
def _rounds(  # type: ignore[no-untyped-def]
    number, cost, use, room, near, least, prices, kept, found, state, known
):
    """Local optima, one a round; `found` becomes the cheapest that keeps the capacities and costs less than
    `known`; returns its cost.
    """
    sites, projects = cost.shape
    ground = _Ground(
        np.empty(projects, np.int64),
        np.empty(sites, np.float64),
        np.empty((sites, projects), np.int64),
        np.zeros(sites, np.int64),
        np.empty(projects, np.int64),
    )
    order, best = np.arange(projects), known
    for _ in range(number):
        one, other = _random(state, kept.shape[0]), _random(state, kept.shape[0])
        _fill(kept[one], use, room, ground)
        apart = (kept[one] != kept[other]).sum()
        if apart < 4:
            for _step in range(3 + _random(state, max(2, projects // 8))):
                project = _random(state, projects)
                _move(project, near[project, _random(state, near.shape[1])], use, ground)
        else:
            steps = max(1, apart // 5 + _random(state, max(1, apart // 2)))
            _walk(kept[other], steps, cost, use, prices, ground)
        for last in range(projects - 1, 0, -1):
            at = _random(state, last + 1)
            order[last], order[at] = order[at], order[last]
        _descend(cost, use, near, least, prices, order, ground)
        value = _cost(ground.where, cost)
        overfilled = -min(ground.left.min(), 0.0)
        if overfilled == 0 and value < best - 1e-7:
            best = value
            found[:] = ground.where
        _keep(value + _penalty(ground.left, prices), cost, use, room, prices, kept, ground)
        for site in range(sites):
            if overfilled == 0:
                prices[site] *= 1 - _FALL
            elif ground.left[site] < 0:
                prices[site] *= 1 + _RISE * -ground.left[site] / overfilled
    return best


@compiled
def _descend(cost, use, near, least, prices, order, ground):  # type: ignore[no-untyped-def]
    """Take the best chain that begins with each project in turn, until none of them pays."""
    where, left, members, count, _place = ground
    idle, at = 0, 0
    while idle < len(order):
        first = order[at]
        at = at + 1 if at + 1 < len(order) else 0
        home = where[first]
        freed = left[home] + use[home, first]
        out = _over(freed, prices[home]) - _over(left[home], prices[home]) - cost[home, first]
        best, to, second, then = -1e-7, -1, -1, -1
        for site in near[first]:
            if site == home:
                continue
            rest = left[site] - use[site, first]
            now = _over(left[site], prices[site])
            change = out + cost[site, first]
            total = change + _over(rest, prices[site]) - now
            if total < best:
                best, to, second = total, site, -1
            for number in range(count[site]):
                ejected = members[site, number]
                after = rest + use[site, ejected]
                base = change - cost[site, ejected] + _over(after, prices[site]) - now
                if base + least[ejected] >= best:
                    continue
                total = base + cost[home, ejected]
                total += _over(freed - use[home, ejected], prices[home]) - _over(freed, prices[home])
                if total < best:
                    best, to, second, then = total, site, ejected, home
                for third in near[ejected]:
                    total = base + cost[third, ejected]
                    if third in (site, home) or total >= best:
                        continue
                    more = left[third] - use[third, ejected]
                    total += _over(more, prices[third]) - _over(left[third], prices[third])
                    if total < best:
                        best, to, second, then = total, site, ejected, third
        if to < 0:
            idle += 1
            continue
        idle = 0
        _move(first, to, use, ground)
        if second >= 0:
            _move(second, then, use, ground)


@compiled
def _walk(goal, steps, cost, use, prices, ground):  # type: ignore[no-untyped-def]
    """Some steps towards another plan, the cheapest first."""
    where, left = ground.where, ground.left
    for _ in range(steps):
        best, chosen = np.inf, -1
        for project in range(len(goal)):
            site, home = goal[project], where[project]
            if site == home:
                continue
            change = cost[site, project] - cost[home, project]
            rest, freed = left[site] - use[site, project], left[home] + use[home, project]
            change += _over(rest, prices[site]) - _over(left[site], prices[site])
            change += _over(freed, prices[home]) - _over(left[home], prices[home])
            if change < best:
                best, chosen = change, project
        if chosen < 0:
            return
        _move(chosen, goal[chosen], use, ground)


@compiled
def _keep(value, cost, use, room, prices, kept, ground):  # type: ignore[no-untyped-def]
    """Put the plan in the place of the worst kept, if it is better at today's prices and not among them."""
    worst, dearest = 0, -np.inf
    left = np.empty(len(room), np.float64)
    for number in range(kept.shape[0]):
        plan = kept[number]
        if (plan == ground.where).all():
            return
        left[:] = room
        for project in range(len(plan)):
            left[plan[project]] -= use[plan[project], project]
        price = _cost(plan, cost) + _penalty(left, prices)
        if price > dearest:
            worst, dearest = number, price
    if value < dearest:
        kept[worst] = ground.where


@compiled
def _fill(plan, use, room, ground):  # type: ignore[no-untyped-def]
    where, left, members, count, place = ground
    left[:] = room
    count[:] = 0
    for project in range(len(plan)):
        site = plan[project]
        where[project] = site
        left[site] -= use[site, project]
        members[site, count[site]] = project
        place[project] = count[site]
        count[site] += 1


@compiled
def _move(project, site, use, ground):  # type: ignore[no-untyped-def]
    where, left, members, count, place = ground
    home = where[project]
    left[home] += use[home, project]
    left[site] -= use[site, project]
    last = members[home, count[home] - 1]
    members[home, place[project]] = last
    place[last] = place[project]
    count[home] -= 1
    members[site, count[site]] = project
    place[project] = count[site]
    count[site] += 1
    where[project] = site


@compiled
def _over(left, price):  # type: ignore[no-untyped-def]
    return -left * price if left < 0 else 0.0


@compiled
def _penalty(left, prices):  # type: ignore[no-untyped-def]
    total = 0.0
    for site in range(len(left)):
        total += _over(left[site], prices[site])
    return total


@compiled
def _cost(plan, cost):  # type: ignore[no-untyped-def]
    total = 0.0
    for project in range(len(plan)):
        total += cost[plan[project], project]
    return total


@compiled
def _random(state, below):  # type: ignore[no-untyped-def]
    """A whole number from 0 to below it (xorshift, Marsaglia 2003)."""
    x = state[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    state[0] = x
    return np.int64(x % np.uint64(below))
