"""One capacity a site: Lagrangian bound, fixing, and HiGHS on the core that is left.

Raising a target from the bound: pairs whose own bound lies above the target cannot be in a plan that cheap,
so the core below a target is small, and whatever is optimal in it within the target is optimal at large; if
the core has nothing, the target is a new bound. Each knapsack's optimum at the best prices is added as a row,
which gives HiGHS's linear relaxation the strength of the Lagrangian bound at every node.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from time import perf_counter

import numpy as np

from liandong.siting import lagrangian
from liandong.siting.heuristic import improve
from liandong.siting.highs import Model, solve
from liandong.siting.lagrangian import Knapsacks
from liandong.siting.modelling import Pairs, build
from liandong.siting.problem import Floats, Problem

WIDEST = 20_000  # columns of a knapsack table; beyond it the tables no longer fit the processor's cache
STEPS = 600
_SETS = 6  # sets of prices that give rows to HiGHS
Found = Callable[[tuple[int | None, ...], float], None]


def as_knapsacks(problem: Problem) -> Knapsacks | None:
    """The problem with one whole-number capacity a site, or None if it is not of that kind."""
    sites = len(problem.sites)
    if problem.wishes or problem.optional or len(problem.capacities) != sites:
        return None
    owners = [each.sites for each in problem.capacities]
    if sorted(owners) != [(site,) for site in range(sites)]:
        return None
    use, room = np.zeros(problem.cost.shape), np.zeros(sites)
    for each in problem.capacities:
        use[each.sites[0]], room[each.sites[0]] = each.use[0], np.floor(each.room)
    if (
        not (use == np.floor(use)).all()
        or room.max() > WIDEST
        or not (problem.cost == np.floor(problem.cost)).all()
    ):
        return None
    cost = -problem.cost if problem.maximise else problem.cost
    return Knapsacks(cost, use.astype(np.int64), room.astype(np.int64), problem.open)


class Search:
    """A search in progress; costs are minimised here. bound and best say what is known at any time."""

    def __init__(
        self, problem: Problem, knapsacks: Knapsacks, seconds: float, cancel: Callable[[], bool], found: Found
    ) -> None:
        self.problem, self.k = problem, knapsacks
        self.ends = perf_counter() + seconds
        self.seconds, self.cancel, self.found = seconds, cancel, found
        self.best: tuple[int | None, ...] | None = None
        self.cost = np.inf
        self.bound = -np.inf
        self.prices: list[Floats] = []

    def run(self) -> bool:
        """Search until proven, out of time or cancelled; True if proven (infeasible: best is None)."""
        pairs = build(self.problem)
        linear = solve(_relaxed(pairs.model), self.left(), cancel=self.cancel)
        if linear.closed and linear.x is None:
            return True
        if linear.row_prices is None:
            return False
        self.bound = _up(linear.bound)
        prices = linear.row_prices[: len(self.problem.projects)]
        self._offer(improve(self.problem, min(2.0, 0.05 * self.seconds), guide=self.k.cost - prices[None, :]))
        prices = self._raise(prices)
        return self._climb(lagrangian.pair_bounds(self.k, prices))

    def left(self) -> float:
        """Seconds that remain."""
        return self.ends - perf_counter()

    def _raise(self, prices: Floats) -> Floats:
        seen: list[Floats] = []

        def watch(at: Floats, taken: lagrangian.Bools) -> float:
            seen.append(at)
            if len(seen) % 40 == 0:
                start = [
                    int(np.argmax(taken[:, p])) if taken[:, p].any() else None for p in range(taken.shape[1])
                ]
                self._offer(
                    improve(self.problem, 1.0, start=start, guide=self.k.cost - at[None, :], patience=2)
                )
            return self.cost if np.isfinite(self.cost) else self.bound + 0.01 * abs(self.bound)

        goal = self.cost if np.isfinite(self.cost) else self.bound + 0.01 * abs(self.bound)
        ends = perf_counter() + 0.3 * self.seconds
        value, prices = lagrangian.maximise(
            self.k,
            prices,
            goal,
            steps=STEPS,
            on_step=watch,
            stop=lambda: perf_counter() > ends or self.cancel(),
        )
        self.bound = max(self.bound, _up(value))
        picks: list[int] = (
            np.linspace(0.3 * len(seen), len(seen) - 1, _SETS - 1).astype(int).tolist() if seen else []
        )
        self.prices = [prices, *(seen[pick] for pick in picks)]
        return prices

    def _climb(self, bounds: lagrangian.Bound) -> bool:
        width = 2.0
        while self.bound < self.cost and self.left() > 0 and not self.cancel():
            target = min(self.cost - 1, self.bound + width - 1)
            last = target >= self.cost - 1
            outcome = self._core(bounds, target, self.left() if last else 0.4 * self.left())
            if outcome == "nothing":
                self.bound, width = max(self.bound, target + 1), width * 2
            elif outcome == "optimal":
                self.bound = self.cost
            elif last:
                break
            else:
                width = max(width * 2, self.cost - self.bound if np.isfinite(self.cost) else width * 2)
        return self.best is not None and self.bound >= self.cost

    def _core(self, bounds: lagrangian.Bound, target: float, seconds: float) -> str:
        """Search the plans of at most the target's cost: "nothing", "optimal" or "open"."""
        mask = bounds.pairs <= target + 1e-6
        core = Knapsacks(self.k.cost, self.k.use, self.k.room, mask)
        pairs = build(self.problem, mask)
        if not mask.any(axis=0).all():
            return "nothing"
        pairs.model.row(np.arange(len(pairs.cost)), pairs.cost, high=target)
        for prices in self.prices:
            _add_knapsack_rows(pairs, core, prices)
        before = self.cost
        answer = solve(
            pairs.model, seconds, on_better=lambda x: self._offer(pairs.sites(x)), cancel=self.cancel
        )
        if answer.x is not None:
            self._offer(pairs.sites(answer.x))
        if answer.closed:
            return "nothing" if answer.x is None else "optimal"
        if np.isfinite(answer.bound):
            self.bound = max(self.bound, min(_up(answer.bound), target + 1))
        return "better" if self.cost < before else "open"

    def _offer(self, sites: tuple[int | None, ...]) -> None:
        if None in sites:
            return
        cost = float(
            sum(self.k.cost[site, project] for project, site in enumerate(sites) if site is not None)
        )
        if cost < self.cost:
            self.best, self.cost = sites, cost
            self.found(sites, self.bound)


def _add_knapsack_rows(pairs: Pairs, core: Knapsacks, prices: Floats) -> None:
    """Σ (price - cost) x ≤ the knapsack's optimum, site by site."""
    rounded = np.round(prices, 4)
    most = lagrangian.knapsack_values(core, rounded)
    for site in range(len(most)):
        columns = np.flatnonzero(pairs.site == site)
        pairs.model.row(
            columns, rounded[pairs.project[columns]] - pairs.cost[columns], high=float(most[site]) + 1e-5
        )


def _relaxed(model: Model) -> Model:
    return Model(model.cost, model.upper, np.zeros(len(model.cost), dtype=bool), model._rows)


def _up(bound: float) -> float:
    return float(ceil(bound - lagrangian.ROUNDING)) if np.isfinite(bound) else bound
