from pathlib import Path

import pytest
from hypothesis import given, settings

from liandong.meetings import Event, Meeting, Participant, Slot, Table, read_event
from liandong.meetings.checking import idle_gaps
from liandong.meetings.counting import fewest_gaps
from tests.meetings.small import events, sound_schedules


@settings(max_examples=60, deadline=None)
@given(events(must=True))
def test_counting_never_promises_more_gaps_than_there_must_be(event: Event):
    """The bound is at most the gaps of every schedule that holds all meetings."""
    fewest = min((sum(idle_gaps(event, p).values()) for p in sound_schedules(event)), default=None)
    bound = fewest_gaps(event, range(len(event.meetings)))
    assert fewest is None or 0 <= bound <= fewest


def test_a_full_hall_makes_people_wait():
    """One table and three slots: whoever has two of the three meetings of a chain cannot all sit on."""
    people = tuple(Participant(name) for name in "abc")
    pairs = (Meeting("1", "a", "b"), Meeting("2", "b", "c"), Meeting("3", "c", "a"))
    event = Event("hall", people, pairs, (Table("T1"),), tuple(Slot() for _ in range(3)))
    assert fewest_gaps(event, range(3)) == 1


@pytest.mark.parametrize(
    ("name", "bound"),
    [("forumt-14crafe.original", 5), ("tic-13crafc.fixed020-Forb", 5), ("forumt-14crafc.prec25", 5)],
)
def test_crowded_published_instances_are_counted(shared: Path, name: str, bound: int):
    """Counting alone gives the optimum of instances whose slots are nearly full."""
    event = read_event(shared / "data" / "b2b" / "instances" / f"{name}.dzn")
    assert fewest_gaps(event, range(len(event.meetings))) == bound
