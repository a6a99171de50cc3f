"""One capacity a site: Lagrangian bound, fixing, and HiGHS on the core that is left.

Pairs whose own bound lies above a target cannot be in a plan that cheap. So the core below a target is small,
and whatever is best in it and within the target is best at large; else the target is a new bound. Each
knapsack's optimum at the best prices is added as a row, which gives HiGHS's linear relaxation the strength of
the Lagrangian bound at every node.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from math import ceil
from time import perf_counter
from typing import Any

import numpy as np

from liandong.siting import columns, lagrangian
from liandong.siting.heuristic import improve
from liandong.siting.highs import Model, solve
from liandong.siting.lagrangian import Knapsacks
from liandong.siting.modelling import Pairs, build
from liandong.siting.polishing import polish
from liandong.siting.problem import Floats, Problem
from liandong.siting.tabu import LARGEST, tabu

WIDEST = 20_000  # columns of a knapsack table; beyond it the tables no longer fit the processor's cache
STEPS = 600
_SETS = 6  # sets of prices that give rows to HiGHS
STEP = 0.25  # share of the time for one question at the bound
CLOSE = 0.001  # gap below which the rest of the time goes into the question at the bound
SETTLED = 2  # questions at the bound that must be settled for a larger core to be tried early
CORE = 2.5  # open pairs a project in the first core
WORTHWHILE = 6  # open pairs a project that polishing tries
FAR, UNLIKELY = 0.0015, 0.05  # gap above which questions are seldom settled, and their share of the time
SLICES = (0.2, 0.12, 0.06)  # shares of the time for moves, loads and pairs at a stretch
LONG = 20  # seconds of a search that may take the ten for compiling when chains are first used
SMALL = 400  # pairs of a case that HiGHS settles sooner than moves find anything
STARTS = 200  # last knapsack answers, some of which moves begin with
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
        self._round = 1
        self._answers: list[tuple[int, ...]] = []
        self._unit_price = 1.0
        self._chains: Any = None  # Chains of compiled code, where there is Numba

    def run(self) -> bool:
        """Search until proven, out of time or cancelled; True if proven (infeasible: best is None)."""
        pairs = build(self.problem)
        linear = solve(_relaxed(pairs.model), self.left(), cancel=self.cancel)
        if linear.closed and linear.x is None:
            return True
        if linear.row_prices is None:
            return False
        self.bound = _up(linear.bound)
        prices, rooms = np.split(linear.row_prices, [len(self.problem.projects)])
        self._unit_price = float(np.abs(rooms).mean())
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
            reduced = self.k.cost - at[None, :]
            inside = np.where(taken, reduced, np.inf).argmin(axis=0)
            held: lagrangian.Bools = np.asarray(taken.any(axis=0))
            self._answers.append(tuple(np.where(held, inside, reduced.argmin(axis=0)).tolist()))
            del self._answers[:-STARTS]
            if len(seen) % 40 == 0:
                start = [int(site) if there else None for site, there in zip(inside, held, strict=True)]
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
        self.prices = [np.round(each, 4) for each in (prices, *(seen[pick] for pick in picks))]
        return prices

    def _climb(self, bounds: lagrangian.Bound) -> bool:
        settled, width, most = 0, 1.0, float(bounds.pairs[np.isfinite(bounds.pairs)].max(initial=-np.inf))
        large = self.k.cost.size > SMALL or self.best is None
        if large and self.left() > 0 and not self.cancel():
            self._search_moves(bounds, 0.1 * self.seconds)
        near = not large or self.best is None or self.cost - self.bound <= FAR * abs(self.cost)
        step = (STEP if near else UNLIKELY) * self.seconds
        while self.bound < min(self.cost, most) and self.left() > 0 and not self.cancel():
            # is there a plan near the bound? The core is smallest there
            target = min(self.cost - 1, self.bound + width - 1)
            if not self._core(bounds, target, step, cut=True):
                break
            width, settled = width * 2, settled + 1
        share = CORE
        if self.best is not None and self.bound < self.cost:
            self._refine(bounds, 0.08 * self.left())
            if settled < SETTLED:
                # better plans are worth more than cores that would not be closed
                self._refine(bounds, 0.9 * self.left(), enough=CLOSE)
        while self.bound < self.cost and self.left() > 0 and not self.cancel():
            target = min(self.cost - 1, _quantile(bounds.pairs, int(share * len(self.problem.projects))))
            target = max(target, self.bound)
            if not self._core(bounds, target, 0.5 * self.left()):
                break
            share *= 1.6
        if self.cost - self.bound <= CLOSE * abs(self.cost) and self.bound < self.cost:
            self._core(bounds, min(self.cost - 1, self.bound), self.left(), cut=True)
        if self.best is not None and self.bound < self.cost:
            self._refine(bounds, self.left())
        return self.bound >= self.cost

    def _core(self, bounds: lagrangian.Bound, target: float, seconds: float, *, cut: bool = False) -> bool:
        """Search among the pairs whose bounds lie within the target; True if that was settled.

        cut: only plans that cost no more than the target are wanted.
        """
        mask = bounds.pairs <= target + 1e-6
        if self.best is not None and not cut:
            mask[[site for site in self.best if site is not None], np.arange(len(self.best))] = True
        pairs = build(self.problem, mask)
        core = Knapsacks(self.k.cost, self.k.use, self.k.room, mask)
        for prices in self.prices:
            _add_rows(pairs, prices, lagrangian.knapsack_values(core, prices))
        if cut:
            pairs.model.row(np.arange(len(pairs.cost)), pairs.cost, high=target)
        start = None if self.best is None or cut else pairs.point(self.best)
        answer = solve(
            pairs.model,
            min(seconds, self.left()),
            start=start,
            on_better=lambda x: self._offer(pairs.sites(x)),
            cancel=self.cancel,
        )
        if answer.x is not None:
            self._offer(pairs.sites(answer.x))
        # plans that use what was left out, or were cut off, cost more than the target; the others cost at
        # least what HiGHS proved
        above = float(np.floor(target + 1e-6) + 1)
        inside = np.inf if answer.closed and answer.x is None else _up(answer.bound)
        others = above if cut or (np.isfinite(bounds.pairs) & ~mask).any() else np.inf
        self.bound = min(max(self.bound, min(inside, others)), self.cost)
        return answer.closed

    def _refine(self, bounds: lagrangian.Bound, seconds: float, enough: float = 0.0) -> None:
        """Improve the best plan by neighbourhoods of three kinds in turn, each kept up while it pays.

        enough: the gap at which it ends early, as a share of the cost.
        """
        ends = min(self.ends, perf_counter() + seconds)
        above = np.maximum(bounds.pairs - bounds.value, 0.0)
        if self.cost - self.bound <= enough * abs(self.cost) or self.cancel():
            return
        loads = columns.list_loads(
            self.k, bounds.prices, above, stop=lambda: perf_counter() > ends or self.cancel()
        )
        kinds = [self._search_moves, self._search_loads(loads), self._polish]
        turn, idle = 0, 0
        while perf_counter() < ends and self.cost - self.bound > enough * abs(self.cost):
            if self.cancel():
                break
            before = self.cost
            self._round += 1
            # rounds become longer where nothing is found any more
            each = SLICES[turn] * self.seconds * (1 + idle / 6)
            kinds[turn](bounds, min(each, ends - perf_counter()))
            idle = 0 if self.cost < before else idle + 1
            turn = turn if self.cost < before else (turn + 1) % len(kinds)

    def _search_loads(self, loads: columns.Loads) -> Callable[[lagrangian.Bound, float], None]:
        def search(bounds: lagrangian.Bound, seconds: float) -> None:
            if self.best is not None and len(loads.site):
                columns.reload(
                    self.k,
                    bounds.prices,
                    loads,
                    [site for site in self.best if site is not None],
                    seconds,
                    on_better=self._better,
                    seed=self._round,
                    cancel=self.cancel,
                )

        return search

    def _search_moves(self, bounds: lagrangian.Bound, seconds: float) -> None:
        if self.seconds >= LONG and find_spec("numba"):
            self._search_chains(bounds, seconds)
            return
        if len(self.problem.projects) > LARGEST:
            return
        best = self.best or tuple(np.argmin(bounds.pairs, axis=0).tolist())
        start = [int(site) for site in best if site is not None]
        tabu(
            self.k,
            start,
            seconds,
            seed=self._round,
            on_better=self._offer,
            cancel=lambda: self.cancel() or self.bound >= self.cost,
        )

    def _search_chains(self, bounds: lagrangian.Bound, seconds: float) -> None:
        from liandong.siting.chains import KEPT, Chains  # Numba takes a second to import

        if self._chains is None:
            picks = np.linspace(0, len(self._answers) - 1, KEPT).astype(int).tolist()
            starts = [self._answers[pick] for pick in picks]
            self._chains = Chains(self.k, bounds.pairs, starts, self._unit_price)
        self._chains.search(
            seconds,
            best=None if self.best is None else tuple(int(site) for site in self.best if site is not None),
            on_better=self._offer,
            stop=lambda: self.cancel() or self.bound >= self.cost,
        )

    def _better(self, sites: tuple[int | None, ...]) -> bool:
        """Take note of a plan; True if nothing is left to be gained."""
        self._offer(sites)
        return self.cost <= self.bound

    def _polish(self, bounds: lagrangian.Bound, seconds: float) -> None:
        assert self.best is not None
        worthwhile = bounds.pairs <= _quantile(bounds.pairs, WORTHWHILE * len(self.problem.projects))
        rows = [(prices, lagrangian.knapsack_values(self.k, prices)) for prices in self.prices[:3]]

        def strengthen(pairs: Pairs) -> None:
            for prices, most in rows:
                _add_rows(pairs, prices, most)

        polish(
            self.problem,
            self.best,
            seconds,
            worthwhile=worthwhile,
            strengthen=strengthen,
            on_better=self._better,
            seed=self._round,
            cancel=self.cancel,
        )

    def _offer(self, sites: tuple[int | None, ...]) -> None:
        if None in sites:
            return
        cost = float(
            sum(self.k.cost[site, project] for project, site in enumerate(sites) if site is not None)
        )
        if cost < self.cost:
            self.best, self.cost = sites, cost
            self.found(sites, self.bound)


def _add_rows(pairs: Pairs, prices: Floats, most: Floats) -> None:
    """Σ (price - cost) x ≤ the knapsack's optimum, site by site."""
    for site in range(len(most)):
        columns = np.flatnonzero(pairs.site == site)
        pays = prices[pairs.project[columns]] - pairs.cost[columns]
        pairs.model.row(columns, pays, high=float(most[site]) + 1e-5)


def _quantile(pairs: Floats, count: int) -> float:
    """The bound below which there are about so many pairs."""
    known = pairs[np.isfinite(pairs)]
    return float(np.partition(known, count)[count]) if count < len(known) else float(known.max(initial=0.0))


def _relaxed(model: Model) -> Model:
    return Model(model.cost, model.upper, np.zeros(len(model.cost), dtype=bool), model._rows)


def _up(bound: float) -> float:
    return float(ceil(bound - lagrangian.ROUNDING)) if np.isfinite(bound) else bound
