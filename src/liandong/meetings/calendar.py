"""Schedules as iCalendar (RFC 5545), for one participant or all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from liandong.errors import InputError, Text
from liandong.meetings.schedule import Schedule

OCTETS = 75  # a content line is folded beyond


def to_ical(found: Schedule, participant: str | None = None, *, now: datetime | None = None) -> str:
    """The meetings as calendar text; of one participant if their id is given.

    now: the time stamp of the entries. Times are written in UTC, so that no time zone definition is needed.
    Raises InputError if slots have no times.
    """
    event = found.event
    zone = ZoneInfo(event.timezone)
    stamp = _utc(now or datetime.now(UTC))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Liandong//Meetings//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(event.name)}",
    ]
    for placement in sorted(found.placements, key=lambda each: (each.slot, each.table)):
        meeting = event.meetings[event.position[placement.meeting]]
        if participant not in (None, meeting.first, meeting.second):
            continue
        slot, table = event.slots[placement.slot - 1], event.tables[placement.table - 1]
        if slot.start is None or slot.end is None:
            raise InputError(
                Text("时段没有时刻,不能写日历。", "Slots without times cannot go into a calendar."),
                field="slots",
            )
        key = hashlib.sha256(f"{event.name}\0{meeting.id}".encode()).hexdigest()[:24]
        where = " ".join(part for part in (event.place, table.room, table.name) if part)
        lines += [
            "BEGIN:VEVENT",
            f"UID:{key}@liandong",
            f"DTSTAMP:{stamp}",
            f"DTSTART:{_utc(slot.start.replace(tzinfo=zone))}",
            f"DTEND:{_utc(slot.end.replace(tzinfo=zone))}",
            f"SUMMARY:{_text(event.pair(meeting))}",
            f"LOCATION:{_text(where)}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, escaped)
    return text


def _folded(line: str) -> Iterator[str]:
    """Lines of at most 75 octets; a character is never cut."""
    part, size, limit = "", 0, OCTETS
    for character in line:
        width = len(character.encode())
        if size + width > limit:
            yield part
            part, size = " ", 1
        part += character
        size += width
    yield part
