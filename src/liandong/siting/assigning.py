"""`assign`: the placement of least cost, with its bound and proof."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import ceil
from time import perf_counter

import numpy as np

from liandong.siting.checking import total_cost, violations
from liandong.siting.heuristic import improve
from liandong.siting.highs import Answer, solve
from liandong.siting.knapsacks import Search, as_knapsacks
from liandong.siting.modelling import Pairs, build
from liandong.siting.problem import Floats, Problem, Result, Status

Cancel = Callable[[], bool]
Better = Callable[[Result], None]


def assign(
    problem: Problem,
    time_limit: float = 60.0,
    *,
    on_better: Better | None = None,
    cancel: Cancel = lambda: False,
    before: Sequence[int | None] | None = None,
) -> Result:
    """Place all that must be placed, then as much weight of the optional as possible, then at least cost.

    time_limit: seconds. on_better: sees each better placement. cancel: asked several times a second; True
    ends the search with what is known. before: an earlier placement; then, before cost, as few projects as
    possible leave the site they had there.
    The result says what is proven: the optimum, a bound, or that nothing satisfies all musts (`explain` says
    why).
    """
    started = perf_counter()

    def report(sites: tuple[int | None, ...], bound: float) -> None:
        if on_better is not None:
            on_better(replace(_result(problem, sites, bound, before), seconds=perf_counter() - started))

    knapsacks = None if before is not None else as_knapsacks(problem)
    if knapsacks is not None:
        search = Search(problem, knapsacks, time_limit, cancel, report)
        proven = search.run()
        found = _result(problem, search.best, search.bound, before, closed=proven)
    else:
        found = _by_levels(problem, started + time_limit, cancel, report, before)
    return replace(found, seconds=perf_counter() - started)


def replan(
    problem: Problem,
    before: Sequence[int | None],
    time_limit: float = 60.0,
    *,
    cancel: Cancel = lambda: False,
) -> Result:
    """Place everything anew with as few moves as possible, then at least cost.

    before: the site that each project has, None where it has none. Like `assign`, it first places as
    much of the optional as possible; what is already built belongs into `problem.pinned`.
    """
    return assign(problem, time_limit, cancel=cancel, before=before)


def place_fast(
    problem: Problem, time_limit: float = 10.0, *, seed: int = 1, cancel: Cancel = lambda: False
) -> Result:
    """A good placement without proof, for problems too large for `assign`. Some musts may remain without a
    site; the status is then `unknown` and the placement holds what could be placed.
    """
    started = perf_counter()
    sites = improve(problem, time_limit, seed=seed, cancel=cancel, patience=10**9)
    missing = any(site is None and project not in problem.optional for project, site in enumerate(sites))
    found = replace(_result(problem, sites, -np.inf, None), seconds=perf_counter() - started)
    return replace(found, status=Status.UNKNOWN) if missing else found


def _by_levels(
    problem: Problem,
    ends: float,
    cancel: Cancel,
    report: Callable[[tuple[int | None, ...], float], None],
    before: Sequence[int | None] | None,
) -> Result:
    """One objective after the other, each kept as a row while the next is improved."""
    pairs = build(problem)
    levels = []
    if problem.optional:
        levels.append(-pairs.weight)
    if before is not None:
        levels.append(pairs.moved(before))
    start = _start(problem, before, max(0.0, ends - perf_counter()), cancel)
    point = None if start is None else pairs.point(start)
    if start is not None:
        report(start, -np.inf)
    proven = True
    for level in levels:
        pairs.model.cost = level
        answer = _solve_soundly(pairs, 0.5 * (ends - perf_counter()), point, None, cancel)
        if answer.x is None:
            return _result(problem, None, -np.inf, before, closed=answer.closed)
        proven &= answer.closed
        point = _whole(pairs, answer.x)
        pairs.model.row(np.arange(len(level)), level, high=float(np.round(level @ point)))
    pairs.model.cost = pairs.cost
    answer = _solve_soundly(
        pairs, ends - perf_counter(), point, lambda x: _report_sound(pairs, x, report), cancel
    )
    if answer.x is None:
        return _result(problem, None, -np.inf, before, closed=answer.closed)
    return _result(problem, pairs.sites(answer.x), answer.bound, before, closed=answer.closed and proven)


def _report_sound(pairs: Pairs, x: Floats, report: Callable[[tuple[int | None, ...], float], None]) -> None:
    sites = pairs.sites(x)
    if not violations(pairs.problem, sites):
        report(sites, -np.inf)


def _start(
    problem: Problem, before: Sequence[int | None] | None, seconds: float, cancel: Cancel
) -> tuple[int | None, ...] | None:
    sites = improve(problem, min(2.0, 0.1 * seconds), start=before, patience=60, cancel=cancel)
    return None if violations(problem, sites) else sites


def _solve_soundly(
    pairs: Pairs,
    seconds: float,
    point: Floats | None,
    on_better: Callable[[Floats], None] | None,
    cancel: Cancel,
) -> Answer:
    """Solve; where the solver's tolerance let a capacity be broken, forbid that placement and solve again."""
    ends = perf_counter() + seconds
    while True:
        answer = solve(pairs.model, ends - perf_counter(), start=point, on_better=on_better, cancel=cancel)
        if answer.x is None:
            return answer
        sites = pairs.sites(answer.x)
        if not violations(pairs.problem, sites):
            return answer
        if perf_counter() > ends:
            return Answer(point, answer.bound, False)
        chosen = np.flatnonzero(pairs.point(sites)[: len(pairs.site)])
        pairs.model.row(chosen, np.ones(len(chosen)), high=len(chosen) - 1.0)


def _whole(pairs: Pairs, x: Floats) -> Floats:
    return pairs.point(pairs.sites(x))


def _result(
    problem: Problem,
    sites: tuple[int | None, ...] | None,
    bound: float,
    before: Sequence[int | None] | None,
    *,
    closed: bool = False,
) -> Result:
    """The result for people: signs turned back for gains, whole bounds for whole costs."""
    if sites is None:
        return Result(problem, Status.INFEASIBLE if closed else Status.UNKNOWN)
    objective = total_cost(problem, sites)
    inner = -objective if problem.maximise else objective
    whole = bool((problem.cost == np.floor(problem.cost)).all()) and all(
        wish.penalty is None or float(wish.penalty).is_integer() for wish in problem.wishes
    )
    if closed:
        bound = inner
    elif np.isfinite(bound):
        bound = min(ceil(bound - 1e-6) if whole else bound, inner)
    known = np.isfinite(bound)
    moved = tuple(
        project
        for project, (old, new) in enumerate(zip(before or (), sites, strict=False))
        if old is not None and old != new
    )
    return Result(
        problem,
        Status.OPTIMAL if closed else Status.FEASIBLE,
        sites,
        objective,
        (-bound if problem.maximise else bound) if known else None,
        sum(weight for project, weight in problem.optional.items() if sites[project] is not None),
        moved,
    )
