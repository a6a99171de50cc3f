"""A project as it stands: who, what, how far, which amounts, what is promised."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from liandong.figures import Figure
from liandong.projects.milestones import Milestone, Step
from liandong.projects.promises import Promise
from liandong.projects.stages import Stage, Status, Type


@dataclass(frozen=True, slots=True)
class Party:
    """The firm that invests: its id in the registry, its name, code and group, where known."""

    name: str
    firm_id: str | None = None
    uscc: str | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """What the rules of this room look at.

    reached: the day on which each stage was reached, for those that were. shared: units credited with
    it; the higher level still counts it once. region: code of where it lands. event: where it was signed.
    """

    id: str
    name: str
    kind: Type
    stage: Stage = Stage.LEAD
    status: Status = Status.ACTIVE
    party: Party | None = None
    products: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    region: str | None = None
    park: str | None = None
    unit: str = ""
    shared: tuple[str, ...] = ()
    event: str | None = None
    reached: dict[Stage, date] = field(default_factory=dict)
    milestones: tuple[Milestone, ...] = ()
    amounts: tuple[Figure, ...] = ()
    promises: tuple[Promise, ...] = ()
    reviews: frozenset[str] = frozenset()

    def done(self, step: Step, on: date | None = None) -> bool:
        """Whether the milestone is done (by that day)."""
        return any(
            m.step is step and m.done is not None and (on is None or m.done <= on) for m in self.milestones
        )

    def signed(self, on: date | None = None) -> bool:
        """Whether it counts as signed: a formal contract, never a framework or an intention alone."""
        return self.done(Step.CONTRACT, on)
