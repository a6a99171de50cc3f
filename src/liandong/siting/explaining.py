"""Why nothing satisfies all musts: a smallest set of requirements that cannot be met together.

Implicit hitting sets (Ignatiev, Previti, Liffiton and Marques-Silva 2015): the smallest set that hits every
known way to give in is either the conflict itself, or can be met, and then shows a new way to give in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from time import perf_counter

import numpy as np

from liandong.errors import Text
from liandong.siting.highs import Answer, Model, solve
from liandong.siting.modelling import wish_rows
from liandong.siting.problem import Problem, Relation


class Kind(StrEnum):
    """What a requirement is about."""

    MUST = "must"
    CAPACITY = "capacity"
    WISH = "wish"
    PINNED = "pinned"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement: the position of its project, capacity or wish in the problem, and how to name it."""

    kind: Kind
    number: int
    text: Text


@dataclass(frozen=True, slots=True)
class Conflict:
    """Requirements that cannot be met together, though any of them given up makes the rest possible.

    smallest: whether it is proven that no conflict has fewer.
    """

    requirements: tuple[Requirement, ...]
    smallest: bool


def requirements(problem: Problem) -> tuple[Requirement, ...]:
    """Everything that a placement has to satisfy beside the bars, which nobody can give up."""
    names = problem.projects
    found = [
        Requirement(Kind.MUST, p, Text(f"{name} 必须安排", f"{name} must be placed"))
        for p, name in enumerate(names)
        if p not in problem.optional
    ]
    found += [
        Requirement(
            Kind.CAPACITY,
            n,
            Text(f"{each.name.zh} 不超过现有容量", f"{each.name.en} within what there is"),
        )
        for n, each in enumerate(problem.capacities)
    ]
    for n, wish in enumerate(problem.wishes):
        if wish.penalty is None:
            one, other = names[wish.first], names[wish.second]
            together = wish.relation is Relation.TOGETHER
            found.append(
                Requirement(
                    Kind.WISH,
                    n,
                    Text(
                        f"{one} 与 {other} 须{'同园' if together else '分开'}",
                        f"{one} and {other} {'in one park' if together else 'apart'}",
                    ),
                )
            )
    found += [
        Requirement(
            Kind.PINNED,
            p,
            Text(f"{names[p]} 固定在 {problem.sites[s]}", f"{names[p]} stays at {problem.sites[s]}"),
        )
        for p, s in problem.pinned.items()
    ]
    return tuple(found)


def explain(
    problem: Problem, time_limit: float = 60.0, *, cancel: Callable[[], bool] = lambda: False
) -> Conflict | None:
    """A smallest conflict of an infeasible problem; None if it can be satisfied, or if time ran out before
    anything was found.

    Where the proof of "smallest" takes too long, a conflict from which nothing can be left out is returned.
    """
    everything = requirements(problem)
    soft = _Soft(problem, everything, cancel)
    ends = perf_counter() + time_limit
    first = soft.give_in(frozenset(range(len(everything))), ends - perf_counter())
    if not (first.closed and first.x is None):
        return None
    ways: list[frozenset[int]] = []
    while perf_counter() < ends - 0.4 * time_limit and not cancel():
        held = _hitting(len(everything), ways, ends - perf_counter())
        if held is None:
            break
        answer = soft.give_in(held, 0.5 * (ends - perf_counter()))
        if answer.closed and answer.x is None:
            return Conflict(tuple(everything[n] for n in sorted(held)), smallest=True)
        if answer.x is None:
            break
        ways.append(soft.given_up(answer))
    held = _filtered(soft, len(everything), ends)
    return Conflict(tuple(everything[n] for n in sorted(held)), smallest=False)


def _filtered(soft: _Soft, count: int, ends: float) -> frozenset[int]:
    """Leave out what is not needed for the conflict, one by one; what time does not allow to try, stays."""
    held = frozenset(range(count))
    for number in range(count):
        answer = soft.give_in(held - {number}, min(5.0, ends - perf_counter()))
        if answer.closed and answer.x is None:
            held -= {number}
    return held


def _hitting(count: int, ways: list[frozenset[int]], seconds: float) -> frozenset[int] | None:
    """A smallest set with an element of every way."""
    model = Model(np.ones(count), np.ones(count), np.ones(count, dtype=bool))
    for way in ways:
        columns = np.array(sorted(way))
        model.row(columns, np.ones(len(columns)), low=1.0)
    if not ways:
        return frozenset()
    answer = solve(model, seconds)
    return (
        frozenset(np.flatnonzero(answer.x > 0.5).tolist()) if answer.closed and answer.x is not None else None
    )


class _Soft:
    """The problem with a switch for each requirement: on, it need not be met."""

    def __init__(
        self, problem: Problem, everything: tuple[Requirement, ...], cancel: Callable[[], bool]
    ) -> None:
        assert problem.allowed is not None
        self.cancel = cancel
        site, project = (part.astype(np.int64) for part in np.nonzero(problem.allowed))
        self.pairs, self.count = len(site), len(everything)
        columns = self.pairs + self.count
        cost = np.concatenate([np.zeros(self.pairs), np.ones(self.count)])
        self.model = Model(cost, np.ones(columns), np.ones(columns, dtype=bool))
        own = [np.flatnonzero(project == number) for number in range(len(problem.projects))]
        for each in own:
            self.model.row(each, np.ones(len(each)), high=1.0)
        group = np.array(problem.groups)[site] if len(site) else np.zeros(0, dtype=int)
        for number, requirement in enumerate(everything):
            switch = self.pairs + number
            n = requirement.number
            match requirement.kind:
                case Kind.MUST:
                    both = np.append(own[n], switch)
                    self.model.row(both, np.ones(len(both)), low=1.0)
                case Kind.CAPACITY:
                    self._capacity(problem, n, site, project, switch)
                case Kind.WISH:
                    wish = problem.wishes[n]
                    wish_rows(self.model, own[wish.first], own[wish.second], group, wish.relation, switch)
                case Kind.PINNED:
                    away = own[n][site[own[n]] != problem.pinned[n]]
                    both = np.append(away, switch)
                    self.model.row(both, np.append(np.ones(len(away)), -1.0), high=0.0)

    def _capacity(
        self,
        problem: Problem,
        number: int,
        site: np.ndarray[tuple[int], np.dtype[np.int64]],
        project: np.ndarray[tuple[int], np.dtype[np.int64]],
        switch: int,
    ) -> None:
        each = problem.capacities[number]
        row_of = np.full(len(problem.sites), -1)
        row_of[list(each.sites)] = range(len(each.sites))
        columns = np.flatnonzero(row_of[site] >= 0)
        use = each.use[row_of[site[columns]], project[columns]]
        excess = max(float(each.use.max(axis=0).sum()) - each.room, 0.0)
        self.model.row(np.append(columns, switch), np.append(use, -excess), high=each.room)

    def give_in(self, held: frozenset[int], seconds: float) -> Answer:
        """Meet all that is held and as much of the rest as possible; no point: the held ones conflict."""
        self.model.upper = np.ones(self.pairs + self.count)
        self.model.upper[[self.pairs + number for number in held]] = 0.0
        return solve(self.model, seconds, cancel=self.cancel)

    def given_up(self, answer: Answer) -> frozenset[int]:
        """The requirements that a point does not meet."""
        assert answer.x is not None
        return frozenset(np.flatnonzero(answer.x[self.pairs :] > 0.5).tolist())
