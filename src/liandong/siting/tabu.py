"""Tabu search for one capacity a site: shifts and swaps that may overfill a site for a while, at a price.

The price of overfilling rises while the placement is too full and falls while it is not, so the search swings
through the border where the best placements are (Díaz and Fernández 2001). All moves of a step are weighed at
once as arrays.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from liandong.siting.lagrangian import Knapsacks

_SWAPPED = 24  # projects whose swaps are weighed in a step
_CLOSED = 1e9


def swing(
    k: Knapsacks,
    start: NDArray[np.int64],
    seconds: float,
    *,
    on_better: Callable[[NDArray[np.int64], float], bool],
    cost: float,
    seed: int = 1,
    cancel: Callable[[], bool] = lambda: False,
) -> None:
    """Search from a placement for better ones than `cost`; on_better sees each, and True ends the search."""
    search = _Swing(k, start, np.random.default_rng(seed))
    ends, step, last, best_place = perf_counter() + seconds, 0, 0, start.copy()
    while step % 64 or (perf_counter() < ends and not cancel()):
        step += 1
        search.step(step)
        if search.full == 0.0 and search.cost < cost - 1e-9:
            cost, last, best_place = search.cost, step, search.where.copy()
            if on_better(best_place, cost):
                return
        if step - last > 6000:
            last = step
            search.restart(best_place)


class _Swing:
    """The placement, what each site holds, and which pairs are tabu until when."""

    def __init__(self, k: Knapsacks, start: NDArray[np.int64], random: np.random.Generator) -> None:
        self.k, self.random = k, random
        sites, projects = k.shape
        self.price = np.where(k.open, k.cost, _CLOSED)
        self.use = k.use.astype(float)
        self.room = k.room.astype(float)
        self.tabu = np.zeros((sites, projects), dtype=np.int64)
        self.columns = np.arange(projects)
        self.weight = 1.0
        self._set(start)

    def _set(self, where: NDArray[np.int64]) -> None:
        self.where = where.copy()
        self.load = np.bincount(where, weights=self.use[where, self.columns], minlength=len(self.room))
        self._tally()

    def _tally(self) -> None:
        self.over = np.maximum(self.load - self.room, 0.0)
        self.full = float(self.over.sum())
        self.cost = float(self.price[self.where, self.columns].sum())

    def restart(self, where: NDArray[np.int64]) -> None:
        """Begin again near a placement: a few projects are thrown about."""
        where = where.copy()
        for project in self.random.choice(self.columns, max(2, len(self.columns) // 12), replace=False):
            where[project] = self.random.choice(np.flatnonzero(self.k.open[:, project]))
        self.tabu[:] = 0
        self._set(where)

    def step(self, now: int) -> None:
        """The best move that is not tabu, a shift or a swap."""
        here = self.where
        own = self.use[here, self.columns]
        relief = np.maximum(self.load[here] - own - self.room[here], 0.0) - self.over[here]
        strain = np.maximum(self.load[:, None] + self.use - self.room[:, None], 0.0) - self.over[:, None]
        gain = self.price - self.price[here, self.columns] + self.weight * (strain + relief)
        gain[here, self.columns] = _CLOSED
        barred = self.tabu > now
        gain[barred] = _CLOSED
        best = int(np.argmin(gain))
        site, project = divmod(best, gain.shape[1])
        shift = float(gain[site, project])
        some = self.random.choice(self.columns, min(_SWAPPED, len(self.columns)), replace=False)
        one, other, swap = self._best_swap(some, own, barred)
        until = now + int(self.random.integers(8, 20))
        if swap < shift:
            to_one, to_other = int(here[other]), int(here[one])
            self._move(one, to_one, until)
            self._move(other, to_other, until)
        else:
            self._move(project, site, until)
        self._tally()
        self.weight = min(50.0, max(0.05, self.weight * (1.04 if self.full > 0 else 0.97)))

    def _best_swap(
        self, some: NDArray[np.int64], own: NDArray[np.float64], barred: NDArray[np.bool_]
    ) -> tuple[int, int, float]:
        here = self.where
        there, mine = here[None, :], here[some][:, None]
        moved = self.price[there, some[:, None]] + self.price[mine, self.columns[None, :]]
        gain = moved - self.price[here[some], some][:, None] - self.price[here, self.columns][None, :]
        at_mine = (
            self.load[mine] - own[some][:, None] + self.use[mine, self.columns[None, :]] - self.room[mine]
        )
        at_there = self.load[there] - own[None, :] + self.use[there, some[:, None]] - self.room[there]
        strain = np.maximum(at_mine, 0.0) - self.over[mine] + np.maximum(at_there, 0.0) - self.over[there]
        gain = gain + self.weight * strain
        no = (mine == there) | barred[there, some[:, None]] | barred[mine, self.columns[None, :]]
        gain[no] = _CLOSED
        best = int(np.argmin(gain))
        row, other = divmod(best, gain.shape[1])
        return int(some[row]), other, float(gain[row, other])

    def _move(self, project: int, site: int, until: int) -> None:
        old = int(self.where[project])
        self.tabu[old, project] = until
        self.load[old] -= self.use[old, project]
        self.load[site] += self.use[site, project]
        self.where[project] = site
