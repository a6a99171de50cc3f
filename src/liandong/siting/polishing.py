"""A good placement made better: some sites at a time are emptied and filled again exactly by HiGHS."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter, process_time

import numpy as np

from liandong.siting.highs import solve
from liandong.siting.modelling import Pairs, build
from liandong.siting.problem import Bools, Problem

_EACH = 2.0  # seconds at most for one neighbourhood
_LEAST, _MOST = 24, 400  # open pairs of a neighbourhood, at first and at most


def polish(
    problem: Problem,
    sites: Sequence[int | None],
    seconds: float,
    *,
    worthwhile: Bools | None = None,
    strengthen: Callable[[Pairs], None] = lambda pairs: None,
    on_better: Callable[[tuple[int | None, ...]], bool] = lambda sites: False,
    seed: int = 1,
    cancel: Callable[[], bool] = lambda: False,
) -> tuple[int | None, ...]:
    """The placement after improving neighbourhoods until the time is over.

    sites: a placement that keeps the rules. worthwhile: (sites, projects) pairs to be tried; all open ones by
    default. strengthen: adds valid rows. on_better: sees each better placement; True ends the search. The
    size of the neighbourhoods follows what can be solved quickly.
    """
    random, ends = np.random.default_rng(seed), perf_counter() + seconds
    tried = problem.open if worthwhile is None else worthwhile & problem.open
    present = np.array([-1 if site is None else site for site in sites])
    size = 120.0
    while perf_counter() < ends and not cancel():
        free = _neighbourhood(tried, present, size, random)
        mask = np.zeros_like(tried)
        mask[present[present >= 0], np.flatnonzero(present >= 0)] = True
        mask |= free
        pairs = build(problem, mask)
        strengthen(pairs)
        start = pairs.point([None if site < 0 else int(site) for site in present])
        before = float(pairs.cost @ start)
        began = process_time()
        answer = solve(pairs.model, min(_EACH, ends - perf_counter()), start=start, cancel=cancel)
        took = process_time() - began
        size = min(_MOST, size * 1.15) if answer.closed and took < 0.3 else size
        size = max(_LEAST, size * 0.8) if not answer.closed or took > 1.0 else size
        if answer.x is not None and float(pairs.cost @ answer.x) < before - 1e-6:
            placed = pairs.sites(answer.x)
            present = np.array([-1 if site is None else site for site in placed])
            if on_better(placed):
                break
    return tuple(None if site < 0 else int(site) for site in present)


def _neighbourhood(
    tried: Bools,
    present: np.ndarray[tuple[int], np.dtype[np.int64]],
    size: float,
    random: np.random.Generator,
) -> Bools:
    """Pairs between some sites and the projects on them: sites are added until there are enough pairs.

    A site is added with the odds of how many projects already chosen could also go there.
    """
    free = np.zeros_like(tried)
    chosen = [int(random.integers(len(tried)))]
    while len(chosen) < len(tried):
        projects = np.isin(present, chosen) | (present < 0)
        block = np.ix_(np.array(chosen), np.flatnonzero(projects))
        free = np.zeros_like(tried)
        free[block] = tried[block]
        if free.sum() >= size:
            break
        odds = tried[:, projects].sum(axis=1) + 0.5
        odds[chosen] = 0.0
        chosen.append(int(random.choice(len(tried), p=odds / odds.sum())))
    return free
