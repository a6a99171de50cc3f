"""The assignment problem: projects to sites under many capacities, as names, arrays and wishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liandong.errors import InputError, Text

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Relation(StrEnum):
    """What two projects want of each other."""

    TOGETHER = "together"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Wish:
    """Two projects (positions from 0) in one group of sites, or in two.

    penalty: what it costs to disregard the wish, in the unit of the costs; None if it must be kept.
    """

    first: int
    second: int
    relation: Relation
    penalty: float | None = None


@dataclass(frozen=True, eq=False)
class Capacity:
    """Room that some sites share: use of all projects placed on them stays within it.

    name: for people. sites: positions from 0. use: (len(sites), projects), at least 0. room: at least 0.
    """

    name: Text
    sites: tuple[int, ...]
    use: Floats
    room: float


@dataclass(frozen=True, eq=False)
class Problem:
    """Place every project on one site within all capacities at the least total cost.

    cost: (sites, projects), finite; what placing a project there costs. allowed: (sites, projects); nothing
    is ever placed where it is False. groups: the group (park) of each site, for wishes. optional: projects
    that may stay out, with the weight of having them in; all others must be placed. maximise: the costs
    are gains. pinned: projects that must go to a given site.
    Raises InputError if shapes differ or numbers are negative, not finite or not numbers.
    """

    sites: tuple[str, ...]
    projects: tuple[str, ...]
    cost: Floats
    capacities: tuple[Capacity, ...]
    allowed: Bools | None = None
    groups: tuple[int, ...] = ()
    wishes: tuple[Wish, ...] = ()
    optional: Mapping[int, int] = field(default_factory=dict)
    pinned: Mapping[int, int] = field(default_factory=dict)
    maximise: bool = False
    origin: str = ""

    def __post_init__(self) -> None:
        shape = (len(self.sites), len(self.projects))
        if self.allowed is None:
            object.__setattr__(self, "allowed", np.ones(shape, dtype=bool))
        if not self.groups:
            object.__setattr__(self, "groups", tuple(range(shape[0])))
        assert self.allowed is not None
        sound = (
            self.cost.shape == shape
            and self.allowed.shape == shape
            and bool(np.isfinite(self.cost).all())
            and len(self.groups) == shape[0]
            and all(
                each.use.shape == (len(each.sites), shape[1])
                and bool(np.isfinite(each.use).all())
                and bool((each.use >= 0).all())
                and each.room >= 0
                for each in self.capacities
            )
        )
        if not sound:
            raise InputError(
                Text(
                    "费用、用量和容量的行列数须与地块、项目一致,且不为负、不缺。",
                    "Costs, uses and capacities must match sites and projects, be known and not negative.",
                ),
                file=self.origin or None,
            )

    @property
    def open(self) -> Bools:
        """(sites, projects): allowed, not pinned elsewhere, and fitting each capacity by itself."""
        assert self.allowed is not None
        fits = self.allowed.copy()
        for project, site in self.pinned.items():
            fits[np.arange(len(self.sites)) != site, project] = False
        for each in self.capacities:
            rows = list(each.sites)
            fits[rows] &= each.use <= each.room
        return fits


class Status(StrEnum):
    """What is known of an assignment."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Result:
    """Where every project goes, and what is proven of it.

    sites: position of the site of each project, None where it stays out; empty if no placement is known.
    objective: total cost (penalties of disregarded wishes included). bound: no placement with as many
    optional projects costs less (gains: gives more); None if unknown. placed_weight: of the optional ones.
    moved: projects that left their earlier site, in a re-plan.
    """

    problem: Problem
    status: Status
    sites: tuple[int | None, ...] = ()
    objective: float | None = None
    bound: float | None = None
    placed_weight: int = 0
    moved: tuple[int, ...] = ()
    seconds: float = 0.0

    @property
    def proven(self) -> bool:
        """Whether optimality or infeasibility is proven."""
        return self.status in (Status.OPTIMAL, Status.INFEASIBLE)

    @property
    def gap(self) -> float | None:
        """How far the objective may be from the optimum, as a share of it; 0 if proven optimal."""
        if self.objective is None or self.bound is None:
            return None
        if self.objective == self.bound:
            return 0.0
        return abs(self.objective - self.bound) / max(abs(self.objective), 1e-9)

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the command line: agents numbered from 1 as in the file, null where one stays out."""
        return {
            "status": self.status.value,
            "assignment": [None if site is None else site + 1 for site in self.sites],
            "objective": _plain(self.objective),
            "bound": _plain(self.bound),
            "gap": self.gap,
            "proven": self.proven,
            "seconds": round(self.seconds, 3),
            "placements": [
                {"project": project, "site": None if site is None else self.problem.sites[site]}
                for project, site in zip(self.problem.projects, self.sites, strict=False)
            ],
            "moved": [self.problem.projects[project] for project in self.moved],
        }


def _plain(number: float | None) -> float | int | None:
    return int(number) if number is not None and float(number).is_integer() else number
