"""A siting case: projects with needs, parks and parcels with room and prices, and the rules between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from liandong.siting.problem import Relation
from liandong.siting.rules import Rule, Value


@dataclass(frozen=True, slots=True)
class Step:
    """An amount from a year on; None for the year: from the beginning; None for the amount: unknown."""

    amount: Decimal | None
    from_year: int | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """What a park or parcel has free of a resource, year by year. department: who confirms it."""

    place: str
    resource: str
    unit: str
    steps: tuple[Step, ...]
    department: str | None = None
    source: str | None = None
    as_of: date | None = None
    row: int = 0


@dataclass(frozen=True, slots=True)
class Need:
    """What a project needs of a resource, year by year."""

    resource: str
    unit: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Price:
    """Yuan per unit of a resource, once or a year. value None: unknown."""

    place: str
    resource: str
    value: Decimal | None
    yearly: bool
    as_of: date | None = None
    source: str | None = None
    row: int = 0


@dataclass(frozen=True, slots=True)
class Park:
    """A park. facts: what rules may ask of it (chemical_park, zone …); absent is unknown."""

    name: str
    facts: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A parcel or plant of a park."""

    name: str
    park: str
    facts: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Project:
    """A project to be placed.

    industries: GB/T 4754 codes, empty if unknown. must: it has to be placed; else priority (1–9) weighs what
    stays out. at: the parcel it has now; fixed: it may not leave it.
    """

    name: str
    industries: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    facts: Mapping[str, Value] = field(default_factory=dict)
    must: bool = True
    priority: int = 3
    at: str | None = None
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Two projects that want one park, or two. penalty: yuan; None if it must be."""

    first: str
    second: str
    relation: Relation
    penalty: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """Everything about a round of siting. years: how many years of yearly prices count as cost."""

    name: str
    parks: tuple[Park, ...]
    parcels: tuple[Parcel, ...]
    projects: tuple[Project, ...]
    rooms: tuple[Room, ...] = ()
    prices: tuple[Price, ...] = ()
    neighbours: tuple[Neighbours, ...] = ()
    rules: tuple[Rule, ...] = ()
    costs: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)
    years: int = 10
    file: str = ""

    @property
    def resources(self) -> tuple[str, ...]:
        """Every resource that somebody has or needs, in the order of their mention."""
        named = [room.resource for room in self.rooms]
        named += [need.resource for project in self.projects for need in project.needs]
        return tuple(dict.fromkeys(named))

    def rooms_at(self, parcel: Parcel, resource: str) -> tuple[Room, ...]:
        """The rooms that placing something on a parcel draws on: the parcel's own and its park's."""
        return tuple(
            room
            for room in self.rooms
            if room.resource == resource and room.place in (parcel.name, parcel.park)
        )


def amount_in(steps: tuple[Step, ...], year: int) -> Decimal | None:
    """The amount that holds in a year; None if unknown, 0 before the first step."""
    holding = [step for step in steps if step.from_year is None or step.from_year <= year]
    return max(holding, key=lambda step: step.from_year or 0).amount if holding else Decimal(0)


def years_of(case: Case) -> tuple[int, ...]:
    """The years in which something changes; at least one."""
    steps = [step for room in case.rooms for step in room.steps]
    steps += [step for project in case.projects for need in project.needs for step in need.steps]
    years = sorted({step.from_year for step in steps if step.from_year is not None})
    return (years[0] - 1, *years) if years else (0,)
