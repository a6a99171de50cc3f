"""Meetings: everyone who should talk, talks, and nobody waits in between.

    pairs with reasons ─▶ suggest ─▶ wishes ─┐
    workbook, .toml, .dzn ─▶ Event ──────────┴─▶ schedule ─▶ Schedule ─▶ workbook, calendars, versions
                                                    │  ▲
                              proof, or why it ◀────┘  └──── event day: no-shows, late arrivals, walk-ins
                              cannot be done

The most valuable meetings first, then the fewest idle gaps, then the least walking. A result says what is
proven: the optimum, a bound, or a smallest set of wishes that cannot be met together. `checking` judges any
schedule without sharing a line with the code that makes them.
"""

from liandong.meetings.answering import read_suggestions, with_wishes, write_suggestions
from liandong.meetings.calendar import to_ical
from liandong.meetings.checking import confirm, violations
from liandong.meetings.dzn import parse_dzn
from liandong.meetings.event import AskedBy, Break, Event, Meeting, Participant, Session, Slot, Table
from liandong.meetings.explaining import explain
from liandong.meetings.frames import agenda, meetings_frame, timetable, unheld
from liandong.meetings.publishing import Change, Version, diff, publish, versions
from liandong.meetings.reading import read_event
from liandong.meetings.replanning import News, replan, revise, unmoved
from liandong.meetings.robustness import Robustness, simulate
from liandong.meetings.schedule import Placement, Reason, Schedule, Status
from liandong.meetings.scheduling import schedule
from liandong.meetings.suggesting import Pair, Suggestion, suggest, wishes
from liandong.meetings.toml import write_toml
from liandong.meetings.workbook import write_schedule, write_template

__all__ = [
    "AskedBy",
    "Break",
    "Change",
    "Event",
    "Meeting",
    "News",
    "Pair",
    "Participant",
    "Placement",
    "Reason",
    "Robustness",
    "Schedule",
    "Session",
    "Slot",
    "Status",
    "Suggestion",
    "Table",
    "Version",
    "agenda",
    "confirm",
    "diff",
    "explain",
    "meetings_frame",
    "parse_dzn",
    "publish",
    "read_event",
    "read_suggestions",
    "replan",
    "revise",
    "schedule",
    "simulate",
    "suggest",
    "timetable",
    "to_ical",
    "unheld",
    "unmoved",
    "versions",
    "violations",
    "wishes",
    "with_wishes",
    "write_schedule",
    "write_suggestions",
    "write_template",
    "write_toml",
]
