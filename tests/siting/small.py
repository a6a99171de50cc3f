"""Small problems for properties, and their answers by trying everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, product

import numpy as np
from hypothesis import strategies as st

from liandong.errors import Text
from liandong.siting import Capacity, Problem, Relation, Wish, total_cost, violations
from liandong.siting.explaining import Kind, requirements

Sites = tuple[int | None, ...]


@st.composite
def problems(draw: st.DrawFn, *, tight: bool = False, kinds: bool = True) -> Problem:
    """Up to 3 sites and 4 projects with capacities, bars, wishes, options and pins."""
    sites, projects = draw(st.integers(1, 3)), draw(st.integers(1, 4))

    def table(low: int, high: int) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        cells = draw(st.lists(st.integers(low, high), min_size=sites * projects, max_size=sites * projects))
        return np.array(cells, dtype=float).reshape(sites, projects)

    capacities = [
        Capacity(
            Text(f"c{site}", f"c{site}"),
            (site,),
            table(0, 4)[:1],
            float(draw(st.integers(0, 3 if tight else 9))),
        )
        for site in range(sites)
    ]
    if kinds and sites > 1:
        shared = Capacity(Text("park", "park"), (0, 1), table(0, 3)[:2], float(draw(st.integers(0, 8))))
        capacities.append(shared)
    wishes = ()
    if kinds and projects > 1 and draw(st.booleans()):
        relation = draw(st.sampled_from(list(Relation)))
        penalty = draw(st.sampled_from([None, 2.0, 5.0]))
        wishes = (Wish(0, 1, relation, penalty),)
    optional = {0: draw(st.integers(1, 3))} if kinds and draw(st.booleans()) else {}
    pinned = {projects - 1: 0} if kinds and draw(st.booleans()) else {}
    return Problem(
        sites=tuple(f"s{n}" for n in range(sites)),
        projects=tuple(f"p{n}" for n in range(projects)),
        cost=table(0, 9),
        capacities=tuple(capacities),
        allowed=table(0, 4) > 0,
        groups=tuple(n // 2 for n in range(sites)),
        wishes=wishes,
        optional=optional,
        pinned=pinned,
        maximise=draw(st.booleans()) and not wishes,
    )


def every(problem: Problem) -> list[Sites]:
    """Every placement that keeps the rules."""
    choices = [*range(len(problem.sites)), None]
    placements = product(choices, repeat=len(problem.projects))
    return [sites for sites in placements if not violations(problem, sites)]


def rank(problem: Problem, sites: Sites, before: Sequence[int | None] | None = None) -> tuple[float, ...]:
    """What `assign` minimises, level by level."""
    weight = sum(w for project, w in problem.optional.items() if sites[project] is not None)
    sign = -1.0 if problem.maximise else 1.0
    stays = sum(old is not None and old == new for old, new in zip(before or (), sites, strict=False))
    return (-weight, -stays, sign * total_cost(problem, sites))


def smallest_conflict(problem: Problem) -> int | None:
    """How many requirements the smallest conflict has, by trying all subsets; None if there is none."""
    everything = requirements(problem)
    for size in range(len(everything) + 1):
        for held in combinations(range(len(everything)), size):
            if not every(only(problem, held)):
                return size
    return None


def only(problem: Problem, held: Sequence[int]) -> Problem:
    """The problem with no other requirements than those held."""
    kept = [requirements(problem)[n] for n in held]
    musts = {each.number for each in kept if each.kind is Kind.MUST}
    return replace(
        problem,
        capacities=tuple(problem.capacities[e.number] for e in kept if e.kind is Kind.CAPACITY),
        wishes=tuple(problem.wishes[e.number] for e in kept if e.kind is Kind.WISH),
        pinned={e.number: problem.pinned[e.number] for e in kept if e.kind is Kind.PINNED},
        optional={n: 1 for n in range(len(problem.projects)) if n not in musts},
    )
