"""An event as people plan it: who comes, when the hall is open, what tables it has, who should meet whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property


class Session(StrEnum):
    """Half of a day; a meeting may ask for one, a slot lies in one."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EITHER = "either"


class AskedBy(StrEnum):
    """Which side wishes a meeting."""

    FIRST = "first"
    SECOND = "second"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Slot:
    """One time in which every table can hold one meeting. Breaks are no slots.

    day counts from 1; idle gaps are counted within a day. start and end are local times of the event's place,
    None where only the order of the slots is known.
    """

    day: int = 1
    session: Session = Session.MORNING
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Break:
    """A pause for everyone: no slot overlaps it, and no gap is counted for it."""

    start: datetime
    end: datetime
    name: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A place for one meeting at a time.

    kind: what a meeting may need (a private room, a screen); "" is a plain table. seats: how many people.
    x, y: metres on the plan of the hall, None where unknown (then walking counts changes of table).
    """

    name: str
    kind: str = ""
    seats: int = 4
    room: str = ""
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """One who meets others, at most one at a time.

    unavailable: slot numbers, counted from 1. most: meetings they accept at most, None for no limit.
    """

    id: str
    name: str = ""
    delegation: str = ""
    languages: tuple[str, ...] = ()
    sector: str = ""
    unavailable: frozenset[int] = frozenset()
    most: int | None = None

    @property
    def label(self) -> str:
        """What people call them."""
        return self.name or self.id


@dataclass(frozen=True, slots=True)
class Meeting:
    """A wish of two participants to sit at one table for one slot.

    priority: 1 (nice) to 5 (vital). must: the schedule is refused without it. slot, table: where it is
    locked, by number and name. forbidden: slot numbers. after: ids of meetings that take place strictly
    before this one. kind: the kind of table needed, "" for any. seats: people at the table.
    """

    id: str
    first: str
    second: str
    asked_by: AskedBy = AskedBy.BOTH
    priority: int = 3
    session: Session = Session.EITHER
    must: bool = False
    slot: int | None = None
    table: str | None = None
    forbidden: frozenset[int] = frozenset()
    after: tuple[str, ...] = ()
    kind: str = ""
    seats: int = 2

    @property
    def value(self) -> int:
        """What holding the meeting is worth: the priority, twice if both sides wish it."""
        return self.priority * (2 if self.asked_by is AskedBy.BOTH else 1)


@dataclass(frozen=True)
class Event:
    """A matchmaking event. Slots and tables are numbered from 1 in the order given.

    fairness: no one's idle gaps exceed another's by more than this; None for no such rule.
    interpreters: how many meetings without a common language can take place at once; None for no limit.
    """

    name: str
    participants: tuple[Participant, ...]
    meetings: tuple[Meeting, ...]
    tables: tuple[Table, ...]
    slots: tuple[Slot, ...]
    breaks: tuple[Break, ...] = ()
    fairness: int | None = None
    interpreters: int | None = None
    place: str = ""
    timezone: str = "Asia/Shanghai"
    origin: str = field(default="", compare=False)

    @cached_property
    def by_id(self) -> dict[str, Participant]:
        """Participants by id."""
        return {participant.id: participant for participant in self.participants}

    @cached_property
    def meetings_of(self) -> dict[str, tuple[int, ...]]:
        """Positions (from 0) of each participant's meetings."""
        found: dict[str, list[int]] = {participant.id: [] for participant in self.participants}
        for position, meeting in enumerate(self.meetings):
            found[meeting.first].append(position)
            found[meeting.second].append(position)
        return {participant: tuple(positions) for participant, positions in found.items()}

    @cached_property
    def position(self) -> dict[str, int]:
        """Position (from 0) of each meeting by its id."""
        return {meeting.id: position for position, meeting in enumerate(self.meetings)}

    @property
    def value(self) -> int:
        """What all meetings together are worth."""
        return sum(meeting.value for meeting in self.meetings)

    def needs_interpreter(self, meeting: Meeting) -> bool:
        """Whether the two sides have stated languages and share none."""
        first, second = self.by_id[meeting.first].languages, self.by_id[meeting.second].languages
        return bool(first and second and not set(first) & set(second))

    def pair(self, meeting: Meeting) -> str:
        """`A – B`: the two sides by name."""
        return f"{self.by_id[meeting.first].label} – {self.by_id[meeting.second].label}"
