from datetime import UTC, datetime
from pathlib import Path

import icalendar
import pytest

from liandong.errors import InputError
from liandong.meetings import parse_dzn, read_event, schedule, to_ical, write_template
from tests.meetings.test_dzn import SMALL


def utc(hour: int, minute: int) -> datetime:
    return datetime(2026, 5, 18, hour, minute, tzinfo=UTC)


def test_the_calendar_is_valid_and_complete(tmp_path: Path):
    """Another library reads the calendar: every meeting with its times in UTC, sides and place."""
    write_template(tmp_path / "event.xlsx")
    text = to_ical(schedule(read_event(tmp_path / "event.xlsx")), now=datetime(2026, 5, 1, tzinfo=UTC))
    calendar = icalendar.Calendar.from_ical(text)
    entries = calendar.walk("VEVENT")
    assert [str(entry["SUMMARY"]) for entry in entries] == ["甲公司 – 乙公司", "甲公司 – 丙公司"]
    assert [(entry.decoded("DTSTART"), entry.decoded("DTEND")) for entry in entries] == [
        (utc(1, 0), utc(1, 20)),
        (utc(1, 20), utc(1, 40)),
    ]
    assert {str(entry["LOCATION"])[:10] for entry in entries} == {"会展中心 A 厅 A厅"[:10]}
    assert calendar.errors == []
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_a_participant_gets_their_own_meetings(tmp_path: Path):
    """The calendar of one participant has only the meetings they sit in."""
    write_template(tmp_path / "event.xlsx")
    found = schedule(read_event(tmp_path / "event.xlsx"))
    entries = icalendar.Calendar.from_ical(to_ical(found, "B2")).walk("VEVENT")
    assert [str(entry["SUMMARY"]) for entry in entries] == ["甲公司 – 丙公司"]


def test_slots_without_times_cannot_go_into_a_calendar():
    """A published instance has no clock times: InputError, not invented ones."""
    with pytest.raises(InputError):
        to_ical(schedule(parse_dzn(SMALL.replace("precedences = [{}, {1}]", "precedences = [{}, {}]"))))
