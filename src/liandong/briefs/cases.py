"""What the papers on projects are made of: projects as they are kept, trips, review meetings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from liandong.briefs.letterhead import Letterhead
from liandong.documents import Page
from liandong.errors import InputError, Text
from liandong.facts import Fact
from liandong.figures import Coverage, RecordRef
from liandong.projects import Condition, Project, Promise, Review, Side

Answer = Literal["clear", "flag", "unknown", "open"]


def record_of(project: Project) -> RecordRef:
    """Where a project is opened: the record that every count and every row of it leads to."""
    return RecordRef(f"project:{project.id}", 1)


@dataclass(frozen=True, slots=True)
class Check:
    """A line of due diligence. answer: `open` was not looked at, `unknown` was and not found out.

    by: what shows it. decision: on a red flag.
    """

    item: str
    answer: Answer
    by: str = ""
    on: date | None = None
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What stands in a project's way, who is to solve it by when, and the answer."""

    what: str
    owner: str
    due: date | None = None
    answer: str = ""
    answered: date | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A project with what is kept around it. place, chain: in words, "" unknown. about: what it makes.

    passed: ids of the promises that passed the fair-competition review, where not all of them did.
    """

    project: Project
    place: str = ""
    chain: str = ""
    about: str = ""
    review: Review | None = None
    conditions: tuple[Condition, ...] = ()
    checks: tuple[Check, ...] = ()
    problems: tuple[Problem, ...] = ()
    passed: frozenset[str] = frozenset()

    @property
    def promises(self) -> tuple[Promise, ...]:
        """What may be shown: promises of the government only once they were reviewed."""
        passed = "fair_competition" in self.project.reviews
        return tuple(
            promise
            for promise in self.project.promises
            if passed or promise.side is Side.FIRM or promise.id in self.passed
        )


@dataclass(frozen=True, slots=True)
class Stop:
    """A line of a trip's plan. time: as people write it (09:00–10:30). firm: a firm's name or ""."""

    day: date
    time: str
    place: str
    what: str
    firm: str = ""
    in_charge: str = ""


@dataclass(frozen=True, slots=True)
class Trip:
    """An outing (外出招商) or a reception (接待). cases: ids of the projects that it is about.

    party: who travels, or who comes, by office. hosts: who receives. arrangements: what is to be seen to,
    and by whom. record: where the plan is kept.
    """

    id: str
    kind: Literal["outing", "reception"]
    title: str
    since: date
    until: date
    purpose: str
    record: RecordRef
    unit: str = ""
    party: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    stops: tuple[Stop, ...] = ()
    cases: tuple[str, ...] = ()
    arrangements: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Hearing:
    """A review meeting (准入评审会). cases: ids of the projects on its agenda, in order.

    title: "" to be called by its day.
    """

    id: str
    title: str
    on: date
    place: str
    chair: str
    cases: tuple[str, ...]
    record: RecordRef


@dataclass(frozen=True, slots=True)
class Papers:
    """The content of every paper on projects.

    city: its name. date: ISO date of the paper. month: 2026-06, of the monthly report; "" is the month of the
    date. chosen: ids of the projects, trip or meeting that the paper is about, () for all (or the first).
    event: only what was signed at it. synthetic: whether the projects are invented, which every paper then
    says. records: how records are called in the list of sources. coverage: what the records are.
    """

    city: str
    date: str
    cases: tuple[Case, ...]
    trips: tuple[Trip, ...] = ()
    hearings: tuple[Hearing, ...] = ()
    month: str = ""
    chosen: tuple[str, ...] = ()
    event: str = ""
    synthetic: bool = False
    letterhead: Letterhead | None = None
    records: Mapping[RecordRef, str] = field(default_factory=dict)
    coverage: Coverage | None = None
    different: tuple[frozenset[str], ...] = ()
    pages: tuple[Page, ...] = ()
    facts: tuple[Fact, ...] = ()

    def case(self, id_: str) -> Case:
        """The project of that id. Raises InputError, with the ids that there are, for none."""
        found = next((each for each in self.cases if each.project.id == id_), None)
        if found is None:
            raise unknown_id(id_, [each.project.id for each in self.cases])
        return found


def unknown_id(id_: str, known: list[str]) -> InputError:
    """The error for an id that there is not."""
    named = "、".join(known) or "—"
    return InputError(
        Text(f"没有“{id_}”。有:{named}。", f'there is no "{id_}"; there are: {named}.'), field="of"
    )
