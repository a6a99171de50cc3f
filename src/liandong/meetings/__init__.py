"""Meetings: everyone who should talk, talks, and nobody waits in between.

    pairs with reasons ─▶ suggest ─▶ wishes ─┐
    workbook, .toml, .dzn ─▶ Event ──────────┴─▶ schedule ─▶ Schedule ─▶ workbook, calendars, versions
                                                    │  ▲
                              proof, or why it ◀────┘  └──── event day: no-shows, late arrivals, walk-ins
                              cannot be done

The most valuable meetings first, then the fewest idle gaps, then the least walking. A result says what
is proven: the optimum, a bound, or the smallest set of wishes that cannot be met together. `checking`
judges any schedule without sharing a line with the code that makes them.
"""

from liandong.meetings.checking import confirm, violations
from liandong.meetings.event import AskedBy, Break, Event, Meeting, Participant, Session, Slot, Table
from liandong.meetings.reading import read_event
from liandong.meetings.schedule import Placement, Reason, Schedule, Status
from liandong.meetings.scheduling import schedule

__all__ = [
    "AskedBy",
    "Break",
    "Event",
    "Meeting",
    "Participant",
    "Placement",
    "Reason",
    "Schedule",
    "Session",
    "Slot",
    "Status",
    "Table",
    "confirm",
    "read_event",
    "schedule",
    "violations",
]
