"""Schedules as frames: lists of dicts, one per row, for sheets, pictures and documents."""

from __future__ import annotations

from typing import Any

from liandong.meetings.schedule import Schedule

Frame = list[dict[str, Any]]


def meetings_frame(found: Schedule) -> Frame:
    """One row per meeting held, in order of time and table."""
    event = found.event
    rows = []
    for placement in sorted(found.placements, key=lambda each: (each.slot, each.table)):
        meeting = event.meetings[event.position[placement.meeting]]
        slot, table = event.slots[placement.slot - 1], event.tables[placement.table - 1]
        rows.append(
            {
                "slot": placement.slot,
                "start": slot.start,
                "end": slot.end,
                "table": table.name,
                "room": table.room,
                "meeting": meeting.id,
                "first": event.by_id[meeting.first].label,
                "second": event.by_id[meeting.second].label,
                "priority": meeting.priority,
            }
        )
    return rows


def timetable(found: Schedule) -> Frame:
    """One row per slot, one column per table, the two sides in the cell."""
    event = found.event
    cells = {
        (p.slot, p.table): event.pair(event.meetings[event.position[p.meeting]]) for p in found.placements
    }
    return [
        {"slot": number, "start": slot.start, "end": slot.end}
        | {table.name: cells.get((number, column)) for column, table in enumerate(event.tables, start=1)}
        for number, slot in enumerate(event.slots, start=1)
    ]


def agenda(found: Schedule, participant: str | None = None) -> Frame:
    """One row per participant and meeting, by participant and time; or one participant's, by id."""
    event = found.event
    held = {placement.meeting: placement for placement in found.placements}
    rows = []
    for person in event.participants:
        if participant not in (None, person.id):
            continue
        own = [event.meetings[m] for m in event.meetings_of[person.id] if event.meetings[m].id in held]
        for meeting in sorted(own, key=lambda each: held[each.id].slot):
            placement = held[meeting.id]
            slot, table = event.slots[placement.slot - 1], event.tables[placement.table - 1]
            partner = event.by_id[meeting.second if meeting.first == person.id else meeting.first]
            rows.append(
                {
                    "participant": person.label,
                    "delegation": person.delegation,
                    "slot": placement.slot,
                    "start": slot.start,
                    "end": slot.end,
                    "table": table.name,
                    "room": table.room,
                    "partner": partner.label,
                    "meeting": meeting.id,
                }
            )
    return rows


def unheld(found: Schedule) -> Frame:
    """One row per wish without a place."""
    event = found.event
    return [
        {
            "meeting": m.id,
            "first": event.by_id[m.first].label,
            "second": event.by_id[m.second].label,
            "priority": m.priority,
        }
        for m in (event.meetings[event.position[name]] for name in found.unheld)
    ]
