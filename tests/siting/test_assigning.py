from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from liandong.errors import Text
from liandong.siting import (
    Capacity,
    Problem,
    Status,
    all_second_best,
    assign,
    place_fast,
    read_gap,
    replan,
    violations,
)
from liandong.siting.polishing import polish
from tests.siting.small import every, problems, rank


@settings(max_examples=60, deadline=None)
@given(problems())
def test_assignment_is_the_best_of_all(problem: Problem):
    """The answer equals the best of all placements, and its bound is its objective."""
    found = assign(problem, 20)
    all_of_them = every(problem)
    if not all_of_them:
        assert (found.status, found.sites) == (Status.INFEASIBLE, ())
    else:
        assert violations(problem, found.sites) == []
        assert rank(problem, found.sites) == min(rank(problem, sites) for sites in all_of_them)
        assert (found.status, found.bound) == (Status.OPTIMAL, found.objective)


@settings(max_examples=40, deadline=None)
@given(problems(kinds=False))
def test_knapsacks_find_the_best_of_all(problem: Problem):
    """With one capacity a site the Lagrangian search gives the same optimum, gains and costs alike."""
    found = assign(problem, 20)
    all_of_them = every(problem)
    if not all_of_them:
        assert found.status is Status.INFEASIBLE
    else:
        assert rank(problem, found.sites) == min(rank(problem, sites) for sites in all_of_them)
        assert found.proven


@settings(max_examples=40, deadline=None)
@given(problems())
def test_fast_placement_breaks_no_rule(problem: Problem):
    """What the heuristic places is within all rules; only musts may lack a site, and then it says unknown."""
    found = place_fast(problem, 0.02)
    missing = {p for p, site in enumerate(found.sites) if site is None and p not in problem.optional}
    free = replace(problem, optional={**problem.optional, **dict.fromkeys(missing, 1)})
    assert violations(free, found.sites) == []
    assert found.status is (Status.UNKNOWN if missing else Status.FEASIBLE)


@settings(max_examples=40, deadline=None)
@given(problems())
def test_replan_moves_as_few_as_possible(problem: Problem):
    """Of all placements with as much placed, the re-plan moves fewest, and of those costs least."""
    all_of_them = every(problem)
    before = tuple(n % len(problem.sites) for n in range(len(problem.projects)))
    found = replan(problem, before, 20)
    if all_of_them:
        assert rank(problem, found.sites, before) == min(rank(problem, s, before) for s in all_of_them)
        assert found.moved == tuple(
            n for n, (old, new) in enumerate(zip(before, found.sites, strict=True)) if old != new
        )


@settings(max_examples=25, deadline=None)
@given(problems())
def test_second_best_is_the_best_plan_without_the_site(problem: Problem):
    """What the second best costs more equals the difference found by trying everything."""
    found = assign(problem, 20)
    if not found.sites:
        return
    sign = -1.0 if problem.maximise else 1.0
    for other in all_second_best(found, 60):
        optional = {n: w for n, w in problem.optional.items() if n != other.project}
        free = {p: s for p, s in problem.pinned.items() if p != other.project}
        rest = replace(problem, optional=optional, pinned=free)
        elsewhere = [s for s in every(rest) if s[other.project] != found.sites[other.project]]
        if not elsewhere:
            assert (other.site, other.extra) == (None, None)
        else:
            best = min(rank(rest, sites) for sites in elsewhere)[2]
            assert other.extra == pytest.approx(best - sign * found.objective)


def test_tolerance_never_overfills():
    """Whole-number capacities are kept exactly where the solver's tolerance would let them slip."""
    use = np.array([[1_000_000.0, 999_999.0, 2.0]])
    problem = Problem(
        ("s", "t"),
        ("a", "b", "c"),
        np.array([[0.0, 0.0, 0.0], [9.0, 9.0, 9.0]]),
        (Capacity(Text("电", "power"), (0,), use, 1_000_000.0),),
    )
    found = assign(problem, 10)
    assert (violations(problem, found.sites), found.objective, found.proven) == ([], 18.0, True)


def instance(seed: int, sites: int = 5, projects: int = 40) -> Problem:
    """A random instance with independent costs and uses, as in the published class c."""
    random = np.random.default_rng(seed)
    use = random.integers(5, 25, (sites, projects)).astype(float)
    cost = random.integers(10, 50, (sites, projects)).astype(float)
    room = np.floor(0.8 * use.sum(axis=1) / sites)
    capacities = tuple(
        Capacity(Text(str(n), str(n)), (n,), use[n : n + 1], float(room[n])) for n in range(sites)
    )
    names = tuple(map(str, range(max(sites, projects))))
    return Problem(names[:sites], names[:projects], cost, capacities)


def test_bound_and_objective_meet():
    """A small instance is solved to proven optimality; better placements arrive one by one."""
    seen = []
    found = assign(instance(3, 4, 24), 60, on_better=lambda each: seen.append(each.objective))
    assert found.proven
    assert seen == sorted(set(seen), reverse=True)
    assert seen[-1] == found.objective == found.bound


def test_cancel_ends_the_search():
    """A cancelled search returns at once with what it knows, and claims no proof."""
    found = assign(instance(1, 15, 120), 60, cancel=lambda: True)
    assert found.seconds < 10
    assert not found.proven


def test_time_limit_holds():
    """The search ends about when it should, with a placement that breaks no rule and an honest bound."""
    problem = instance(2, 15, 90)
    found = assign(problem, 4)
    assert found.seconds < 12
    assert violations(problem, found.sites) == []
    assert found.bound <= found.objective


def test_polishing_never_worsens():
    """A polished placement keeps the rules and costs no more."""
    problem = instance(5)
    start = place_fast(problem, 0.5)
    better = polish(problem, start.sites, 1.0)
    assert violations(problem, better) == []
    assert rank(problem, better) <= rank(problem, start.sites)


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "best"), [("a20200", 2339), pytest.param("c20200", 2391, marks=pytest.mark.soak)]
)
def test_published_instance_is_solved(shared: Path, name: str, best: int):
    """A published instance is proven optimal at the best value known; the limit is for a loaded machine."""
    problem = read_gap(shared / "data" / "gap" / f"{name}.txt")
    found = assign(problem, 600)
    assert (found.objective, found.bound, found.proven) == (best, best, True)
    assert violations(problem, found.sites) == []
