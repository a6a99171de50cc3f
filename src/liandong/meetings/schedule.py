"""Who sits where and when, how good it is, and how good it could be at best."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

from liandong.errors import Text
from liandong.meetings.event import Event


class Status(StrEnum):
    """What is known when the search ends."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, order=True)
class Placement:
    """A meeting (by id) at a slot and a table, both numbered from 1."""

    meeting: str
    slot: int
    table: int


@dataclass(frozen=True, slots=True)
class Reason:
    """One of the things that cannot hold together."""

    text: Text
    participants: tuple[str, ...] = ()
    meetings: tuple[str, ...] = ()
    slots: tuple[int, ...] = ()


@dataclass(frozen=True)
class Schedule:
    """The result of a search.

    value / value_bound: worth of the meetings held, and of the best conceivable set. gaps / bound: idle
    gaps over all participants, and their least conceivable number given the value. walking: metres (or
    changes of table where no positions are known). gaps, value and walking are None without a schedule;
    bounds are None where nothing is known. seconds: of searching, conflicts: of the solver.
    """

    event: Event
    status: Status
    placements: tuple[Placement, ...] = ()
    value: int | None = None
    value_bound: int | None = None
    gaps: int | None = None
    bound: int | None = None
    walking: float | None = None
    seconds: float = 0.0
    conflicts: int = 0
    reasons: tuple[Reason, ...] = ()

    @property
    def proven(self) -> bool:
        """Whether nothing better exists, or nothing at all."""
        return self.status in (Status.OPTIMAL, Status.INFEASIBLE)

    @property
    def gap(self) -> int | None:
        """Idle gaps above the bound."""
        return None if self.gaps is None or self.bound is None else self.gaps - self.bound

    @property
    def unheld(self) -> tuple[str, ...]:
        """Ids of the meetings that found no place."""
        held = {placement.meeting for placement in self.placements}
        return tuple(meeting.id for meeting in self.event.meetings if meeting.id not in held)

    def slots(self) -> dict[int, int]:
        """Meeting → slot, both as positions from 0."""
        return {self.event.position[p.meeting]: p.slot - 1 for p in self.placements}

    def to_dict(self) -> dict[str, Any]:
        """The result for programs; meetings, slots and tables numbered from 1 as in the event."""
        return {
            "status": str(self.status),
            "objective": self.gaps,
            "bound": self.bound,
            "proven": self.proven,
            "seconds": round(self.seconds, 3),
            "meetings": [
                {
                    "meeting": self.event.position[placement.meeting] + 1,
                    "slot": placement.slot,
                    "table": placement.table,
                }
                for placement in self.placements
            ],
            "value": self.value,
            "value_bound": self.value_bound,
            "walking": self.walking,
            "unheld": [self.event.position[meeting] + 1 for meeting in self.unheld],
            "reasons": [{"zh": reason.text.zh, "en": reason.text.en} for reason in self.reasons],
        }


def gaps_by_participant(event: Event, slots: Mapping[int, int]) -> dict[str, int]:
    """Idle gaps of each participant: runs of free slots between two meetings of a day, each counted once."""
    found = {}
    for participant, meetings in event.meetings_of.items():
        busy = sorted(slots[meeting] for meeting in meetings if meeting in slots)
        found[participant] = sum(
            later - earlier > 1 and event.slots[later].day == event.slots[earlier].day
            for earlier, later in pairwise(busy)
        )
    return found


def count_gaps(event: Event, slots: Mapping[int, int]) -> int:
    """Idle gaps of all participants together."""
    return sum(gaps_by_participant(event, slots).values())
