from pathlib import Path

import pytest
from hypothesis import given, settings

from liandong.meetings import Event, Status, confirm, read_event, schedule
from liandong.meetings.checking import idle_gaps
from tests.meetings.small import events, sound_schedules


@settings(max_examples=60, deadline=None)
@given(events(must=True))
def test_gaps_are_the_fewest(event: Event):
    """With all meetings compulsory the proven number of gaps is that of trying all schedules, or none exists."""
    fewest = min((gaps(event, placements) for placements in sound_schedules(event)), default=None)
    found = schedule(event, time_limit=None)
    assert confirm(found) == ()
    assert (found.status, found.gaps) == (
        (Status.INFEASIBLE, None) if fewest is None else (Status.OPTIMAL, fewest)
    )


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
