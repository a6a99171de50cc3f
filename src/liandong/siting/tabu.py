"""Tabu search over shifts and swaps that may overfill sites for a while, for one capacity a site.

All shifts and all swaps are priced at once in arrays and kept up to date; the cheapest is taken, and what
moved stays put for a few steps. Overfilling has a price that rises while something is overfilled and falls
while nothing is, so that the search crosses between plans that keep the capacities (strategic oscillation:
Díaz and Fernández 2001).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from liandong.siting.lagrangian import Knapsacks

LARGEST = 1_200  # projects; the table of swaps has the square of it
_STAY = (3, 8)  # steps for which a moved project stays, at least and below
_FALL, _RISE = 0.9, 1.005  # of the price of overfilling, after a step
Singles = NDArray[np.float32]
Indices = NDArray[np.int64]


def tabu(
    k: Knapsacks,
    start: Sequence[int],
    seconds: float,
    *,
    seed: int = 1,
    on_better: Callable[[tuple[int, ...]], None] = lambda sites: None,
    cancel: Callable[[], bool] = lambda: False,
) -> None:
    """Search until the time is over; on_better sees each plan that keeps the capacities and costs less.

    start: the site of every project; sites may be overfilled.
    """
    random, ends = np.random.default_rng(seed), perf_counter() + seconds
    moves, best = _Moves(k, np.array(start)), np.inf
    projects = len(start)
    rest, price, step = np.zeros(projects, dtype=np.int64), 1.0, 0
    swaps = np.empty((projects, projects), dtype=np.float32)
    shifts = np.empty(k.shape, dtype=np.float32)
    while True:
        step += 1
        if step % 64 == 0 and (perf_counter() > ends or cancel()):
            return
        stays = np.where(rest > step, moves.never, np.float32(0))
        np.multiply(moves.swap_excess, np.float32(price), out=swaps)
        swaps += moves.swap_cost
        swaps += stays
        swaps += stays[:, None]
        np.add(moves.in_excess, moves.out_excess, out=shifts)
        shifts *= np.float32(price)
        shifts += moves.shift_cost
        shifts += stays
        swap, shift = int(swaps.argmin()), int(shifts.argmin())
        if shifts.flat[shift] <= swaps.flat[swap]:
            site, project = divmod(shift, projects)
            moved = {project: site}
        else:
            one, other = divmod(swap, projects)
            moved = {one: int(moves.where[other]), other: int(moves.where[one])}
        moves.make(moved)
        for project in moved:
            rest[project] = step + random.integers(*_STAY)
        sound = bool(moves.left.min() >= 0 and moves.own.max() < moves.never)
        if sound and moves.cost() < best - 1e-6:
            best = moves.cost()
            on_better(tuple(int(site) for site in moves.where))
        price = min(max(price * (_FALL if sound else _RISE), 0.02), 100.0)


class _Moves:
    """A plan with what every shift and swap would change in cost and in what is overfilled.

    Tables are single precision: whole numbers up to 16 million are exact in it.
    """

    def __init__(self, k: Knapsacks, where: Indices) -> None:
        sites, projects = k.shape
        self.never = np.float32(10.0 * np.abs(k.cost).max() + 10.0)  # dearer than any move
        self.costs = np.where(k.open, k.cost, self.never).astype(np.float32)
        self.exact, self.use = k.cost, k.use.astype(np.float32)
        self.where, everything = where.copy(), np.arange(projects)
        self.left = k.room.astype(np.float32)
        np.subtract.at(self.left, where, self.use[where, everything])
        self.own, self.own_use = self.costs[where, everything], self.use[where, everything]
        # row j of `ahead`: what project j costs on each other's site, less what it costs now, transposed
        self.ahead = self.costs[where] - self.own[:, None]
        self.swap_cost = self.ahead + self.ahead.T
        self.swap_cost[where[:, None] == where[None, :]] = np.inf
        self.shift_cost = self.costs - self.own
        self.shift_cost[where, everything] = np.inf
        self.excess = np.empty((projects, projects), dtype=np.float32)
        self.swap_excess = np.empty_like(self.excess)
        self.in_excess = np.empty((sites, projects), dtype=np.float32)
        self.out_excess = np.empty(projects, dtype=np.float32)
        self._overfilled(everything, np.arange(sites))

    def cost(self) -> float:
        """What the plan costs."""
        return float(self.exact[self.where, np.arange(len(self.where))].sum())

    def make(self, moved: dict[int, int]) -> None:
        """Put projects on other sites."""
        touched = np.unique([*(int(self.where[project]) for project in moved), *moved.values()])
        for project, site in moved.items():
            self.left[self.where[project]] += self.own_use[project]
            self.where[project] = site
            self.own[project], self.own_use[project] = self.costs[site, project], self.use[site, project]
            self.left[site] -= self.own_use[project]
        for project, site in moved.items():
            self.ahead[project] = self.costs[site] - self.own[project]
            self.ahead[:, project] = self.costs[self.where, project] - self.own
            self.shift_cost[:, project] = self.costs[:, project] - self.own[project]
            self.shift_cost[site, project] = np.inf
        for project, site in moved.items():
            both = self.ahead[project] + self.ahead[:, project]
            both[self.where == site] = np.inf
            self.swap_cost[project] = both
            self.swap_cost[:, project] = both
        self._overfilled(np.flatnonzero(np.isin(self.where, touched)), touched)

    def _overfilled(self, projects: Indices, sites: Indices) -> None:
        """Renew what moves do to overfilled sites, where these projects or sites take part."""
        left = self.left[self.where[projects]]
        now = np.maximum(-left, 0)
        freed = left + self.own_use[projects]
        excess = np.maximum(self.use[self.where[projects]] - freed[:, None], 0) - now[:, None]
        self.excess[projects] = excess
        both = excess + self.excess[:, projects].T
        self.swap_excess[projects] = both
        self.swap_excess[:, projects] = both.T
        self.out_excess[projects] = np.maximum(-freed, 0) - now
        room = self.left[sites]
        self.in_excess[sites] = np.maximum(self.use[sites] - room[:, None], 0) - np.maximum(-room, 0)[:, None]
