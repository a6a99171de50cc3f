"""Batches and rates: who reached a stage in a period, and how many of them came further by a day.

A batch is counted once a project, however many units share it. Withdrawn projects stay in it: a contract that
came to nothing is part of the truth. A project that was signed again is the first of its signings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from liandong.assessment.entry import Entry
from liandong.errors import Text
from liandong.figures import Basis, DerivedRef, Figure, RecordRef, Standing
from liandong.projects import Stage, Status, Step

IN_PLACE = ("省外到位资金", "实际使用外资")
FIRM = (Standing.REPORTED, Standing.VERIFIED)


@dataclass(frozen=True, slots=True)
class Batch:
    """Projects that reached `of` in a period, both days included, each once."""

    of: str
    since: date
    until: date
    entries: tuple[Entry, ...]

    def figure(self) -> Figure:
        """How many, each opened by its record."""
        return counted(self.entries, self.of, self.until)


RATES: Mapping[str, Text] = {
    "signed": Text("签约率", "signing rate"),
    "landed": Text("落地率", "landing rate"),
    "started": Text("开工率", "start rate"),
    "funds": Text("资金到位率", "rate of funds in place"),
    "statistics": Text("纳统率", "rate of entry into statistics"),
    "producing": Text("投产率", "production rate"),
    "at_capacity": Text("达产率", "rate at capacity"),
}
"""What share of a batch came so far; `signed` is of the projects that became known in the period."""


def batch(entries: Iterable[Entry], of: str, since: date, until: date) -> Batch:
    """The projects that reached a stage in the period. `signed` is the formal contract, never a framework;
    `withdrawn`: signed in the period and withdrawn since; `known`: entered as a lead in the period.
    """
    chosen: dict[str, Entry] = {}
    for each in entries:
        day = _day(each, of)
        if day is not None and since <= day <= until:
            chosen.setdefault(each.id, each)
    return Batch(of, since, until, tuple(chosen.values()))


def rate(found: Batch, reached: str, on: date) -> Figure:
    """The share of a batch, in %, that came so far by the day; unknown for an empty batch.

    Raises KeyError for a rate that there is not.
    """
    came = [each for each in found.entries if _CAME[reached](each, on)]
    whole, part = found.figure(), counted(came, reached, on)
    value = Decimal(100 * len(came)) / Decimal(len(found.entries)) if found.entries else None
    formula = f"100 × {reached} / {found.of}; {found.of} {found.since}–{found.until}, {reached} by {on}"
    return Figure(
        value,
        "%",
        f"{reached}_rate",
        basis=Basis(as_of=on.isoformat()),
        evidence=(DerivedRef(formula, ((reached, part), (found.of, whole))),),
    )


def rates(entries: Sequence[Entry], since: date, until: date, on: date) -> dict[str, Figure]:
    """Every rate: of signing among what became known in the period, else among what was signed."""
    known, signed = (batch(entries, of, since, until) for of in ("known", "signed"))
    return {name: rate(known if name == "signed" else signed, name, on) for name in RATES}


def counted(entries: Sequence[Entry], measure: str, on: date) -> Figure:
    """How many projects, each opened by its record."""
    return Figure(
        Decimal(len(entries)),
        "个",
        measure,
        basis=Basis(as_of=on.isoformat()),
        evidence=tuple(RecordRef(f"project:{each.id}", 1) for each in entries),
    )


def _day(entry: Entry, of: str) -> date | None:
    project = entry.project
    if of in ("signed", "withdrawn"):
        if of == "withdrawn" and project.status is not Status.WITHDRAWN:
            return None
        return min((m.done for m in project.milestones if m.step is Step.CONTRACT and m.done), default=None)
    if of == "known":
        return project.reached.get(Stage.LEAD) or min(project.reached.values(), default=None)
    return project.reached.get(Stage(of))


def _stage(stage: Stage) -> Callable[[Entry, date], bool]:
    return lambda each, on: any(at.reaches(stage) and day <= on for at, day in each.project.reached.items())


def _funds(each: Entry, on: date) -> bool:
    """Whether any funds in place were reported or verified, as of the day at the latest."""
    return any(
        figure.measure in IN_PLACE
        and figure.standing in FIRM
        and figure.value is not None
        and figure.value > 0
        and (figure.basis.as_of or figure.basis.cumulative or figure.basis.in_year or "")[:10]
        <= on.isoformat()
        for figure in each.project.amounts
    )


_CAME: Mapping[str, Callable[[Entry, date], bool]] = {
    "signed": lambda each, on: each.project.signed(on),
    "landed": _stage(Stage.LANDED),
    "started": _stage(Stage.STARTED),
    "funds": _funds,
    "statistics": lambda each, on: each.project.done(Step.STATISTICS, on),
    "producing": _stage(Stage.PRODUCING),
    "at_capacity": _stage(Stage.AT_CAPACITY),
}
