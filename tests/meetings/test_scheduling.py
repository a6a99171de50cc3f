from pathlib import Path

import pytest
from hypothesis import given, settings

from liandong.meetings import Event, Status, confirm, read_event, schedule
from liandong.meetings.checking import idle_gaps
from tests.meetings.small import events, sound_schedules


@settings(max_examples=60, deadline=None)
@given(events(must=True))
def test_gaps_are_the_fewest(event: Event):
    """With all meetings compulsory the gaps are the fewest of all schedules, or no schedule exists."""
    fewest = min((gaps(event, placements) for placements in sound_schedules(event)), default=None)
    found = schedule(event, time_limit=None)
    assert confirm(found) == ()
    assert (found.status, found.gaps) == (
        (Status.INFEASIBLE, None) if fewest is None else (Status.OPTIMAL, fewest)
    )


@settings(max_examples=150, deadline=None)
@given(events())
def test_value_comes_before_gaps(event: Event):
    """The proven schedule has the most value that trying all finds, and of those the fewest gaps."""
    best = max(((value(event, p), -gaps(event, p)) for p in sound_schedules(event)), default=None)
    found = schedule(event, time_limit=None)
    assert confirm(found) == ()
    assert found.proven
    assert (None if best is None else best) == (None if found.gaps is None else (found.value, -found.gaps))


def value(event: Event, placements: tuple) -> int:
    held = {placement.meeting for placement in placements}
    return sum(meeting.value for meeting in event.meetings if meeting.id in held)


def gaps(event: Event, placements: tuple) -> int:
    return sum(idle_gaps(event, placements).values())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("forum-13.fixed040-Forb", (Status.OPTIMAL, 49)),
        ("tic-12crafc.original", (Status.OPTIMAL, 0)),
        ("forum-13.prec25", (Status.INFEASIBLE, None)),
    ],
)
def test_published_instances_are_closed(shared: Path, name: str, expected: tuple):
    """Instances of the published benchmark are proven optimal or infeasible."""
    found = schedule(read_event(shared / "data" / "b2b" / "instances" / f"{name}.dzn"), time_limit=30)
    assert (confirm(found), found.status, found.gaps) == ((), *expected)
