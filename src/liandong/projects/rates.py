"""Rates of a cohort: of the projects signed in a period, how many landed, started and produce by a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from liandong.figures import Basis, DerivedRef, Figure, RecordRef
from liandong.projects.milestones import Step
from liandong.projects.project import Project
from liandong.projects.stages import Stage

_LATER = (Stage.LANDED, Stage.STARTED, Stage.PRODUCING, Stage.AT_CAPACITY)


@dataclass(frozen=True, slots=True)
class Cohort:
    """Projects by the day of their formal contract, each once however many units share it.

    Withdrawn projects stay in: a contract that came to nothing is part of the truth.
    """

    since: date
    until: date
    projects: tuple[Project, ...]


def cohort(projects: Iterable[Project], since: date, until: date) -> Cohort:
    """The projects whose formal contract was signed in the period, both days included."""
    chosen: dict[str, Project] = {}
    for project in projects:
        day = _signed_on(project)
        if day is not None and since <= day <= until:
            chosen.setdefault(project.id, project)
    return Cohort(since, until, tuple(chosen.values()))


def rate(found: Cohort, stage: Stage, on: date) -> Figure:
    """The share of the cohort, in %, that had reached the stage by that day; unknown for an empty cohort.

    Evidence: numerator and denominator, each with the projects counted.
    """
    came = [project for project in found.projects if _reached(project, stage, on)]
    whole = counted(found.projects, "signed", on)
    part = counted(came, stage.value, on)
    value = None
    if found.projects:
        value = Decimal(100 * len(came)) / Decimal(len(found.projects))
    formula = f"100 × {stage.value} / signed; signed {found.since}–{found.until}, reached by {on}"
    return Figure(
        value,
        "%",
        f"{stage.value}_rate",
        basis=Basis(as_of=on.isoformat()),
        evidence=(DerivedRef(formula, ((stage.value, part), ("signed", whole))),),
    )


def rates(found: Cohort, on: date) -> dict[Stage, Figure]:
    """The rates of landing, start, production and capacity."""
    return {stage: rate(found, stage, on) for stage in _LATER}


def counted(projects: Sequence[Project], measure: str, on: date) -> Figure:
    """How many projects, each opened by its record."""
    return Figure(
        Decimal(len(projects)),
        "个",
        measure,
        basis=Basis(as_of=on.isoformat()),
        evidence=tuple(RecordRef(f"project:{project.id}", 1) for project in projects),
    )


def _signed_on(project: Project) -> date | None:
    return next((m.done for m in project.milestones if m.step is Step.CONTRACT), None)


def _reached(project: Project, stage: Stage, on: date) -> bool:
    """By that day, at that stage or a later one."""
    return any(at.reaches(stage) and day <= on for at, day in project.reached.items())
