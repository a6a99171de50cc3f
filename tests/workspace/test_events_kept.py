"""Events in the store: a workbook in, answers, schedules kept and published, the day, the ceremony."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from liandong.errors import InputError
from liandong.meetings import read_event, write_template
from liandong.workspace import Workspace, events_day, events_jobs, events_kept
from liandong.workspace.changes import EditConflictError
from liandong.workspace.models import (
    EventRecord,
    Invitee,
    ProjectRecord,
    ScheduleRun,
    ScheduleVersion,
    SuggestionRecord,
    WishRecord,
)

DAY = date(2026, 6, 1)


def quiet(done: int, total: int | None = None) -> None:
    """Progress that nobody reads."""


@pytest.fixture
def fair(database: str, tmp_path: Path) -> EventRecord:
    """The template's event: three participants, two wishes, three slots, two tables."""
    Workspace.create(tmp_path / "w")
    write_template(tmp_path / "event.xlsx")
    return events_kept.import_file(tmp_path / "event.xlsx")


def test_the_store_gives_back_the_event(fair: EventRecord, tmp_path: Path):
    """Participants, wishes, tables, slots and breaks are those of the workbook."""
    stated, kept = read_event(tmp_path / "event.xlsx"), events_kept.event_of(fair)
    assert (kept.participants, kept.meetings, kept.tables, kept.slots, kept.breaks) == (
        stated.participants,
        stated.meetings,
        stated.tables,
        stated.slots,
        stated.breaks,
    )


def test_a_schedule_is_a_proposal_until_it_is_published(fair: EventRecord):
    """A run changes nothing that people were told; publishing makes version 1, then 2 with its changes."""
    events_jobs.arrange({"event": fair.pk, "seconds": 5}, quiet)
    first = ScheduleRun.objects.get()
    assert (first.told["status"], ScheduleVersion.objects.count()) == ("optimal", 0)
    one = events_kept.publish(first, "初版")
    Invitee.objects.filter(code="B2").update(presence="absent")
    events_jobs.rearrange({"event": fair.pk, "now": 1}, quiet)
    second = ScheduleRun.objects.first()
    assert second is not None
    changed = events_kept.changes_since(events_kept.event_of(fair), one, second.placements)
    two = events_kept.publish(second, "乙缺席")
    assert ([each.kind for each in changed], one.number, two.number) == (["dropped"], 1, 2)


def test_an_outdated_proposal_is_not_published(fair: EventRecord):
    """Two proposals; once one is told, the older is refused."""
    events_jobs.arrange({"event": fair.pk, "seconds": 5}, quiet)
    events_jobs.arrange({"event": fair.pk, "seconds": 5}, quiet)
    newer, older = ScheduleRun.objects.all()
    events_kept.publish(newer, "")
    with pytest.raises(InputError):
        events_kept.publish(older, "")


def test_who_declined_is_not_planned(fair: EventRecord):
    """Declining takes a participant and their wishes out of the plan, not out of the record."""
    guest = Invitee.objects.get(code="B1")
    events_day.answer(guest, "declined", version=guest.version)
    event = events_kept.event_of(fair)
    assert ([each.id for each in event.participants], [each.id for each in event.meetings]) == (
        ["A1", "B2"],
        ["W2"],
    )


def test_a_pair_wishes_once(fair: EventRecord):
    """The same two, in either order, are refused a second time; nobody meets themselves."""
    one, other = Invitee.objects.get(code="A1"), Invitee.objects.get(code="B1")
    for first, second in ((one, other), (other, one), (one, one)):
        with pytest.raises(InputError):
            events_kept.wish(fair, first, second)


def test_a_suggestion_becomes_a_wish_when_both_accept(fair: EventRecord):
    """One side's yes is not enough; the reasons stay with the wish."""
    one, other = Invitee.objects.get(code="B1"), Invitee.objects.get(code="B2")
    made = SuggestionRecord.objects.create(
        event=fair, first=one, second=other, rank=1, score=60.0, reasons=["同一环节"]
    )
    assert events_kept.answer_suggestion(made, "first", True) is None
    wish = events_kept.answer_suggestion(made, "second", True)
    assert wish is not None
    assert (wish.priority, wish.reasons, WishRecord.objects.count()) == (5, ["同一环节"], 3)


def test_two_people_check_in_one_guest(fair: EventRecord):
    """The second, with the old version, is told; late needs the slot from which they are here."""
    guest = Invitee.objects.get(code="B1")
    version = guest.version
    events_day.check_in(guest, "here", version=version)
    with pytest.raises(EditConflictError):
        events_day.check_in(guest, "absent", version=version)
    with pytest.raises(InputError):
        events_day.check_in(guest, "late", version=guest.version)


def test_the_ceremony_has_an_order_and_checks(fair: EventRecord):
    """A formal contract without review is flagged with what lacks; a firm that signed before is named."""
    common = {"kind": "new_land", "party": "甲公司", "folded": "甲公司", "by": "t"}
    days = {"since": DAY, "moved": DAY, "created": DAY}
    ProjectRecord.objects.create(name="旧项目", signed=DAY, **common, **days)
    new = ProjectRecord.objects.create(name="新项目", **common, **days)
    other = ProjectRecord.objects.create(
        name="别的", kind="new_land", party="乙", folded="乙", by="t", **days
    )
    first = events_day.sign(fair, new, "formal")
    second = events_day.sign(fair, other, "framework")
    events_day.move(second, up=True)
    lines = list(fair.signings.select_related("project"))
    said = events_day.checks(lines)
    assert [each.project.name for each in lines] == ["别的", "新项目"]
    assert [check.passed for check in said[first.pk]] == [False, False]
    assert "旧项目" in said[first.pk][0].found.zh
    assert [check.passed for check in said[second.pk]] == [True, None]
    with pytest.raises(InputError):
        events_day.sign(fair, new, "formal")


def test_a_new_event_has_equal_slots(fair: EventRecord):
    """From nine to ten by twenty minutes: three slots; an impossible hall is refused."""
    made = events_kept.create("会", "厅", DAY, begin="09:00", end="10:00", minutes=20, tables=2, unit="")
    assert (len(made.slots), [each["name"] for each in made.tables]) == (3, ["T1", "T2"])
    with pytest.raises(InputError):
        events_kept.create("会", "厅", DAY, begin="09:00", end="09:10", minutes=20, tables=2, unit="")
