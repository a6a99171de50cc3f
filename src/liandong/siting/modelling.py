"""A Problem as rows for HiGHS: one variable for each pair of project and site that is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from liandong.siting.highs import Indices, Model
from liandong.siting.problem import Bools, Floats, Problem, Relation


@dataclass(frozen=True)
class Pairs:
    """The model of a problem. Variables are the open pairs (site[k], project[k]), then one a soft wish."""

    problem: Problem
    model: Model
    site: Indices
    project: Indices
    cost: Floats
    weight: Floats

    def sites(self, x: Floats) -> tuple[int | None, ...]:
        """The placement that a point stands for."""
        chosen: list[int | None] = [None] * len(self.problem.projects)
        for k in np.flatnonzero(x[: len(self.site)] > 0.5):
            chosen[self.project[k]] = int(self.site[k])
        return tuple(chosen)

    def point(self, sites: Sequence[int | None]) -> Floats:
        """The point of a placement; its wishes are filled in."""
        from liandong.siting.checking import disregarded

        x = np.zeros(len(self.model.cost))
        placed = np.array([-1 if site is None else site for site in sites])
        x[: len(self.site)] = placed[self.project] == self.site
        soft = [wish for wish in self.problem.wishes if wish.penalty is not None]
        for number, wish in enumerate(soft):
            broken = disregarded(self.problem, wish.first, wish.second, wish.relation, sites)
            x[len(self.site) + number] = float(broken)
        return x

    def moved(self, before: Sequence[int | None]) -> Floats:
        """Objective that counts the projects leaving the site they had, up to a constant."""
        had = np.array([-1 if site is None else site for site in before])
        stays = (had[self.project] == self.site) & (had[self.project] >= 0)
        return np.concatenate([-stays.astype(float), np.zeros(len(self.model.cost) - len(self.site))])


def build(problem: Problem, open_pairs: Bools | None = None) -> Pairs:
    """The pairs and rows of a problem; open_pairs narrows it down."""
    open_pairs = problem.open if open_pairs is None else open_pairs
    site, project = (part.astype(np.int64) for part in np.nonzero(open_pairs))
    soft = [wish for wish in problem.wishes if wish.penalty is not None]
    sign = -1.0 if problem.maximise else 1.0
    penalties = np.array([wish.penalty for wish in soft], dtype=float)
    cost = np.concatenate([sign * problem.cost[site, project], penalties])
    integer = np.concatenate([np.ones(len(site), dtype=bool), np.zeros(len(soft), dtype=bool)])
    model = Model(cost, np.ones(len(cost)), integer)
    weight = np.zeros(len(cost))
    own = [np.flatnonzero(project == number) for number in range(len(problem.projects))]
    for number, columns in enumerate(own):
        optional = number in problem.optional
        model.row(columns, np.ones(len(columns)), 0.0 if optional else 1.0, 1.0)
        weight[columns] = problem.optional.get(number, 0)
    for each in problem.capacities:
        row_of = np.full(len(problem.sites), -1)
        row_of[list(each.sites)] = range(len(each.sites))
        columns = np.flatnonzero(row_of[site] >= 0)
        use = each.use[row_of[site[columns]], project[columns]]
        model.row(columns[use > 0], use[use > 0], high=each.room)
    group = np.array(problem.groups)
    soft_column = {id(wish): len(site) + number for number, wish in enumerate(soft)}
    for wish in problem.wishes:
        wish_rows(
            model, own[wish.first], own[wish.second], group[site], wish.relation, soft_column.get(id(wish))
        )
    return Pairs(problem, model, site, project, cost, weight)


def wish_rows(
    model: Model, first: Indices, second: Indices, group: Indices, relation: Relation, column: int | None
) -> None:
    """The rows of a wish between two lists of columns; column: a switch that lets it be disregarded."""
    slack = np.array([] if column is None else [column], dtype=np.int64)
    ones = -np.ones(len(slack))
    for number in np.unique(group[np.concatenate([first, second])]):
        here = first[group[first] == number]
        if relation is Relation.TOGETHER:
            # first in this group and second placed elsewhere
            other = second[group[second] != number]
        else:
            other = second[group[second] == number]
        columns = np.concatenate([here, other, slack])
        model.row(columns, np.concatenate([np.ones(len(here) + len(other)), ones]), high=1.0)
