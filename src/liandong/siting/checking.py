"""Does a placement keep the rules? Judged from the problem alone, exactly, sharing no solver code."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from liandong.errors import Text
from liandong.siting.problem import Problem, Relation


def violations(problem: Problem, sites: Sequence[int | None]) -> list[Text]:
    """Every rule that a placement breaks; empty if it breaks none."""
    found = []
    if len(sites) != len(problem.projects):
        return [Text("项目数不符。", "The number of projects differs.")]
    assert problem.allowed is not None
    for project, site in enumerate(sites):
        name = problem.projects[project]
        if site is None:
            if project not in problem.optional:
                found.append(Text(f"{name} 没有去处。", f"{name} has no site."))
        elif not problem.allowed[site, project]:
            found.append(
                Text(
                    f"{name} 不得进入 {problem.sites[site]}。",
                    f"{name} is barred from {problem.sites[site]}.",
                )
            )
        elif problem.pinned.get(project, site) != site:
            found.append(Text(f"{name} 离开了固定地块。", f"{name} left the site it is fixed to."))
    for each in problem.capacities:
        used = sum(
            (
                Fraction(float(each.use[row, project]))
                for row, site in enumerate(each.sites)
                for project, chosen in enumerate(sites)
                if chosen == site
            ),
            Fraction(0),
        )
        if used > Fraction(each.room):
            found.append(Text(f"{each.name.zh} 超出容量。", f"{each.name.en}: more than there is."))
    for wish in problem.wishes:
        if wish.penalty is None and disregarded(problem, wish.first, wish.second, wish.relation, sites):
            one, other = problem.projects[wish.first], problem.projects[wish.second]
            found.append(
                Text(f"{one} 与 {other} 的相邻要求未满足。", f"The wish of {one} and {other} is not kept.")
            )
    return found


def disregarded(
    problem: Problem, first: int, second: int, relation: Relation, sites: Sequence[int | None]
) -> bool:
    """Whether two projects that are both placed stand otherwise than their wish says."""
    one, other = sites[first], sites[second]
    if one is None or other is None:
        return False
    return (problem.groups[one] == problem.groups[other]) != (relation is Relation.TOGETHER)


def total_cost(problem: Problem, sites: Sequence[int | None]) -> float:
    """The cost of a placement: of each project on its site, and of the wishes disregarded."""
    cost = sum(float(problem.cost[s, p]) for p, s in enumerate(sites) if s is not None)
    sign = -1.0 if problem.maximise else 1.0
    return cost + sign * sum(
        wish.penalty
        for wish in problem.wishes
        if wish.penalty is not None and disregarded(problem, wish.first, wish.second, wish.relation, sites)
    )
