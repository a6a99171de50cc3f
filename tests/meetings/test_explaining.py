from dataclasses import replace

from hypothesis import given, settings

from liandong.meetings import Event, Meeting, Participant, Session, Slot, Status, Table, explain, schedule
from liandong.meetings.budget import Budget
from liandong.meetings.explaining import _possible, rules
from tests.meetings.small import events, sound_schedules

SLOTS = (Slot(), Slot(session=Session.AFTERNOON))


def event(*meetings: Meeting, tables: int = 2, **people: Participant) -> Event:
    names = sorted({side for meeting in meetings for side in (meeting.first, meeting.second)})
    participants = tuple(people.get(name, Participant(name)) for name in names)
    return Event("e", participants, meetings, tuple(Table(f"T{n}") for n in range(tables)), SLOTS)


def test_too_many_meetings_are_named():
    """Three compulsory meetings of one participant in two slots clash, and nothing else is blamed."""
    wanted = event(
        *(Meeting(f"m{n}", "甲", side, must=True) for n, side in enumerate("bcd")), Meeting("x", "b", "c")
    )
    assert [reason.text.en for reason in explain(wanted)] == [
        "meeting m0 (甲 – b) must be held",
        "meeting m1 (甲 – c) must be held",
        "meeting m2 (甲 – d) must be held",
    ]


def test_the_words_say_who_and_when():
    """Someone away in the afternoon cannot hold a compulsory afternoon meeting."""
    wanted = event(
        Meeting("m", "a", "b", must=True, session=Session.AFTERNOON),
        b=Participant("b", "乙公司", unavailable=frozenset({2})),
    )
    assert [reason.text.zh for reason in explain(wanted)] == [
        "会谈 m(a – 乙公司)要在下午",
        "乙公司 在时段 2 不能到场",
        "会谈 m(a – 乙公司)必须举行",
    ]


def test_tables_are_blamed_when_they_are_short():
    """Three pairs and one table in two slots: the table is in the set."""
    wanted = event(*(Meeting(a + b, a, b, must=True) for a, b in ("ab", "cd", "ef")), tables=1)
    assert next(reason.text.en for reason in explain(wanted)) == "there are only 1 tables in a slot"


def test_an_infeasible_event_comes_with_its_reasons():
    """`schedule` hands the smallest clash over with the verdict."""
    wanted = event(*(Meeting(f"m{n}", "a", side, must=True) for n, side in enumerate("bcd")))
    found = schedule(wanted)
    assert (found.status, found.reasons) == (Status.INFEASIBLE, explain(wanted))


@settings(max_examples=60, deadline=None)
@given(events(must=True))
def test_reasons_clash_and_none_is_superfluous(small: Event):
    """The named rules cannot hold together; without any one of them the others can. No clash, no reasons."""
    found = explain(small)
    assert bool(found) != any(True for _ in sound_schedules(small))
    blamed = [rule for rule in rules(small) if rule.reason in found]
    assert [rule.reason for rule in blamed] == list(found)
    if found:
        assert not _possible(small, blamed, Budget())
        assert all(_possible(small, [r for r in blamed if r is not rule], Budget()) for rule in blamed)


def test_a_possible_event_has_no_reasons():
    """Nothing clashes where a schedule exists."""
    assert explain(replace(event(Meeting("m", "a", "b", must=True)), fairness=0)) == ()
