"""What the second best would cost: each placement against the best plan that avoids it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

from liandong.siting.assigning import assign
from liandong.siting.problem import Result, Status


@dataclass(frozen=True, slots=True)
class Alternative:
    """A project away from its site: where it would go, what all of the plan would cost more, who else moves.

    extra: None if there is no other plan (then proven says whether that is certain). least_extra: it is at
    least this much, even where the other plan is not proven best.
    """

    project: int
    site: int | None
    extra: float | None
    least_extra: float | None
    others: tuple[int, ...]
    proven: bool

    def to_dict(self, result: Result) -> dict[str, Any]:
        """The JSON of the command line."""
        names = result.problem
        return {
            "project": names.projects[self.project],
            "site": None if self.site is None else names.sites[self.site],
            "extra": self.extra,
            "least_extra": self.least_extra,
            "others_moved": [names.projects[other] for other in self.others],
            "proven": self.proven,
        }


def second_best(
    result: Result,
    project: int,
    time_limit: float = 10.0,
    *,
    cancel: Callable[[], bool] = lambda: False,
) -> Alternative:
    """The best plan in which a placed project does not have the site that it has in `result`.

    Gains count as negative costs. Raises ValueError if the project is not placed.
    """
    problem, site = result.problem, result.sites[project]
    if site is None or result.objective is None:
        raise ValueError("only a placed project has an alternative")
    assert problem.allowed is not None
    allowed = problem.allowed.copy()
    allowed[site, project] = False
    optional = {number: weight for number, weight in problem.optional.items() if number != project}
    other = assign(
        replace(
            problem,
            allowed=allowed,
            # it is asked where else the project would go, so it does not stay out
            optional=optional,
            pinned={p: s for p, s in problem.pinned.items() if p != project},
        ),
        time_limit,
        cancel=cancel,
    )
    if other.objective is None:
        return Alternative(project, None, None, None, (), other.status is Status.INFEASIBLE)
    sign = -1.0 if problem.maximise else 1.0
    least = None
    if other.bound is not None:
        least = max(0.0, sign * (other.bound - result.objective)) if not optional else None
    moved = tuple(
        number
        for number, (old, new) in enumerate(zip(result.sites, other.sites, strict=True))
        if number != project and old != new
    )
    return Alternative(
        project, other.sites[project], sign * (other.objective - result.objective), least, moved, other.proven
    )


def all_second_best(
    result: Result, time_limit: float = 60.0, *, cancel: Callable[[], bool] = lambda: False
) -> tuple[Alternative, ...]:
    """`second_best` of every placed project, as far as the time allows."""
    ends, found = perf_counter() + time_limit, []
    placed = [project for project, site in enumerate(result.sites) if site is not None]
    for done, project in enumerate(placed):
        left = ends - perf_counter()
        if left <= 0 or cancel():
            break
        found.append(second_best(result, project, max(1.0, left / (len(placed) - done)), cancel=cancel))
    return tuple(found)
