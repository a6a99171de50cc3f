"""The Lagrangian bound of a one-capacity assignment problem, and what it rules out.

Relaxing "every project exactly one site" with prices λ leaves one knapsack a site (Fisher, Jaikumar and Van
Wassenhove 1986). Its bound is stronger than the linear relaxation's, and the knapsacks' tables also give, for
every project and site, a bound on any plan that puts this project there: what exceeds the best plan known
is fixed to "no" (Posta, Ferland and Michelon 2012).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

ROUNDING = 1e-6  # what floating-point sums may be off; bounds are lowered by it before they are used
_MIXING = 0.15  # weight of the newest knapsack answer in the running average (volume algorithm)


@dataclass(frozen=True)
class Knapsacks:
    """One capacity a site: cost, use (sites, projects), room (sites,); open says which pairs may be used."""

    cost: Floats
    use: Ints
    room: Ints
    open: Bools

    @property
    def shape(self) -> tuple[int, int]:
        """Sites, projects."""
        return self.cost.shape[0], self.cost.shape[1]


@dataclass(frozen=True)
class Bound:
    """A lower bound with the prices that give it, and bounds of every single pair.

    value: no plan costs less. pairs[i, j]: no plan that puts project j on site i costs less.
    """

    value: float
    prices: Floats
    pairs: Floats


def solve_knapsacks(k: Knapsacks, prices: Floats) -> tuple[float, Bools]:
    """The Lagrangian value at these prices, and what the knapsacks take."""
    tables = _Tables(k, prices)
    return float(prices.sum() - tables.value.sum()), tables.taken()


def knapsack_values(k: Knapsacks, prices: Floats) -> Floats:
    """(sites,): the most that each knapsack can hold of price minus cost."""
    value: Floats = _Tables(k, prices).value
    return value


def pair_bounds(k: Knapsacks, prices: Floats) -> Bound:
    """The bound at these prices and the bound of every pair; inf where a pair is closed or cannot fit."""
    tables = _Tables(k, prices)
    without, with_it = tables.forced()
    value = float(prices.sum() - tables.value.sum())
    # leaving j out of the other sites costs what they lose by it
    loss = np.maximum(tables.value[:, None] - without, 0.0)
    gain = tables.value[:, None] - with_it + (loss.sum(axis=0)[None, :] - loss)
    pairs = np.where(k.open, value + gain, np.inf)
    return Bound(value, prices, pairs)


def maximise(
    k: Knapsacks,
    prices: Floats,
    goal: float,
    *,
    steps: int,
    on_step: Callable[[Floats, Bools], float] | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> tuple[float, Floats]:
    """Raise the bound by subgradient steps along averaged knapsack answers; the best value and its prices.

    goal: the cost of a known plan (sets the step length). on_step: sees each knapsack answer with its prices
    (a repair heuristic) and returns the cheapest cost known now. stop: asked between the steps.
    """
    best, best_prices = -np.inf, prices
    average = np.zeros(k.shape)
    share, stale, current = 1.0, 0, prices.astype(float)
    for step in range(steps):
        value, taken = solve_knapsacks(k, current)
        if on_step is not None:
            goal = min(goal, on_step(current, taken))
        average = taken.astype(float) if step == 0 else (1 - _MIXING) * average + _MIXING * taken
        if value > best + 1e-9 * abs(value):
            stale = 0 if value > best + 1e-4 else stale + 1
            best, best_prices = value, current
        else:
            stale += 1
        if stale >= 20:
            share, stale = share * 0.6, 0
        slope = 1.0 - average.sum(axis=0)
        length = float(slope @ slope)
        if length < 1e-12 or share < 1e-3 or stop():
            break
        current = best_prices + share * max(goal - value, 1e-3) * slope / length
    return best, best_prices


class _Tables:
    """Knapsack tables of all sites at once: columns are used capacity, rows are sites.

    Only projects that pay at the given prices enter a site's knapsack; lists are padded to equal length with
    items of no use and no profit.
    """

    def __init__(self, k: Knapsacks, prices: Floats) -> None:
        self.k = k
        sites, _ = k.shape
        self.profit = np.where(k.open & (k.use <= k.room[:, None]), prices[None, :] - k.cost, -np.inf)
        pays = self.profit > 0
        self.length = int(pays.sum(axis=1).max(initial=0))
        order = np.argsort(~pays, axis=1, kind="stable")[:, : self.length]
        inside = np.take_along_axis(pays, order, axis=1)
        self.items = np.where(inside, order, -1).T
        self.item_use = np.where(inside, np.take_along_axis(k.use, order, axis=1), 0).T
        self.item_profit = np.where(inside, np.take_along_axis(self.profit, order, axis=1), 0.0).T
        self.width = int(k.room.max(initial=0)) + 1
        self.pad = int(k.use.max(initial=0)) if k.use.size else 0
        base = np.arange(sites)[:, None] * (self.pad + self.width) + self.pad + np.arange(self.width)[None, :]
        self.where = base
        self.forward = np.empty((self.length + 1, sites, self.width))
        self.forward[0] = 0.0
        self.took = np.empty((self.length, sites, self.width), dtype=bool)
        self._sweep(range(self.length), self.forward, self.took)
        self.value = self.forward[self.length][np.arange(sites), k.room]

    def _sweep(self, order: range, tables: Floats, took: Bools | None) -> None:
        """Fill tables[1:] item by item; tables[t + 1] knows the first t + 1 items of the order."""
        sites, _ = self.k.shape
        padded = np.full((sites, self.pad + self.width), -np.inf)
        flat = padded.ravel()
        for done, item in enumerate(order):
            padded[:, self.pad :] = tables[done]
            better = flat[self.where - self.item_use[item][:, None]] + self.item_profit[item][:, None]
            if took is not None:
                np.greater(better, tables[done], out=took[item])
            np.maximum(tables[done], better, out=tables[done + 1])

    def taken(self) -> Bools:
        """(sites, projects): what the knapsacks take."""
        sites, projects = self.k.shape
        chosen = np.zeros((sites, projects), dtype=bool)
        left, rows = self.k.room.copy(), np.arange(sites)
        for item in range(self.length - 1, -1, -1):
            takes = self.took[item, rows, left] & (self.items[item] >= 0)
            chosen[rows[takes], self.items[item][takes]] = True
            left = left - np.where(takes, self.item_use[item], 0)
        return chosen

    def forced(self) -> tuple[Floats, Floats]:
        """Knapsack values (sites, projects) with each project left out, and with it in (-inf: no room)."""
        sites, projects = self.k.shape
        rows = np.arange(sites)
        room = self.k.room
        without = np.repeat(self.value[:, None], projects, axis=1)
        rest = room[:, None] - self.k.use
        fits = (rest >= 0) & self.k.open
        full = self.forward[self.length]
        profit = np.where(np.isfinite(self.profit), self.profit, 0.0)
        with_it = np.where(fits, profit + full[rows[:, None], np.maximum(rest, 0)], -np.inf)
        backward = np.empty((self.length + 1, sites, self.width))
        backward[0] = 0.0
        self._sweep(range(self.length - 1, -1, -1), backward, None)
        columns = np.arange(self.width)[None, :]
        for item in range(self.length):
            project = self.items[item]
            real = project >= 0
            before, after = self.forward[item], backward[self.length - 1 - item]
            for target, amount in ((without, room), (with_it, room - self.item_use[item])):
                share = amount[:, None] - columns
                joined = before + np.take_along_axis(after, np.maximum(share, 0), axis=1)
                best = np.where(share >= 0, joined, -np.inf).max(axis=1)
                if target is with_it:
                    best = best + self.item_profit[item]
                target[rows[real], project[real]] = best[real]
        return without, with_it
