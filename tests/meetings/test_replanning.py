import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liandong.errors import InputError
from liandong.meetings import (
    Event,
    Meeting,
    News,
    Participant,
    Placement,
    Slot,
    Status,
    Table,
    confirm,
    replan,
    revise,
    schedule,
    unmoved,
)
from liandong.meetings.checking import idle_gaps
from tests.meetings.small import events, sound_schedules

EVENT = Event(
    "e",
    tuple(Participant(name) for name in "abcd"),
    (Meeting("ab", "a", "b"), Meeting("ac", "a", "c"), Meeting("ad", "a", "d"), Meeting("bc", "b", "c")),
    (Table("T1"), Table("T2")),
    tuple(Slot() for _ in range(5)),
)
PUBLISHED = (Placement("ab", 1, 1), Placement("ac", 2, 1), Placement("ad", 3, 1), Placement("bc", 4, 2))


def test_no_news_changes_nothing():
    """Without news the published schedule stays, gaps or not."""
    assert replan(EVENT, PUBLISHED, News()).placements == PUBLISHED


def test_a_no_show_moves_no_one():
    """Whoever does not come takes their meetings along; all others stay at slot and table."""
    assert replan(EVENT, PUBLISHED, News(absent=frozenset({"d"}))).placements == tuple(
        placement for placement in PUBLISHED if placement.meeting != "ad"
    )


def test_a_late_arrival_is_moved_alone():
    """Only the meeting that cannot be as published moves."""
    found = replan(EVENT, PUBLISHED, News(late={"d": 4}))
    assert found.status is Status.OPTIMAL
    assert unmoved(PUBLISHED, found.placements) == (3, 4)
    assert {p.meeting: p.slot for p in found.placements}["ad"] in (4, 5)


def test_what_has_begun_stays():
    """From slot 3 on, meetings of slots 1 and 2 are where they were, even of someone who has left since."""
    found = replan(EVENT, PUBLISHED, News(now=3, absent=frozenset({"a"})))
    assert found.placements == (Placement("ab", 1, 1), Placement("ac", 2, 1), Placement("bc", 4, 2))


def test_a_walk_in_gets_a_place_without_moving_others():
    """A new participant's wish is held in a free slot; a locked meeting stays."""
    news = News(walk_ins=(Participant("e"),), wishes=(Meeting("ae", "a", "e"),), locked=frozenset({"bc"}))
    found = replan(EVENT, PUBLISHED, news)
    assert confirm(found) == ()
    assert unmoved(PUBLISHED, found.placements) == (4, 4)
    assert found.unheld == ()


def test_news_of_strangers_is_refused():
    """An id that is not in the event is bad input."""
    with pytest.raises(InputError) as caught:
        replan(EVENT, PUBLISHED, News(absent=frozenset({"z"})))
    assert caught.value.field == "absent"


@settings(max_examples=60, deadline=None)
@given(events(must=False), st.integers(1, 3), st.data())
def test_changes_are_the_fewest_at_the_best_value(event: Event, now: int, data: st.DataObject):
    """Of the schedules with the most value the re-plan has the fewest changes, then gaps."""
    published = schedule(event, time_limit=None).placements
    news = News(
        now=now,
        absent=frozenset(data.draw(st.sets(st.sampled_from([p.id for p in event.participants]), max_size=1))),
    )
    changed = revise(event, published, news)
    found = replan(event, published, news, time_limit=None)
    assert confirm(found) == ()
    assert (cost(changed, published, found.placements), found.proven) == (
        min(cost(changed, published, placements) for placements in sound_schedules(changed)),
        True,
    )


def cost(event: Event, published: tuple, placements: tuple) -> tuple[int, int, int]:
    now = {placement.meeting: placement.slot for placement in placements}
    value = sum(meeting.value for meeting in event.meetings if meeting.id in now)
    moved = sum(now.get(p.meeting) != p.slot for p in published if p.meeting in event.position)
    return -value, moved, sum(idle_gaps(event, placements).values())
