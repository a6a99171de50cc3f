"""Events as kept: a workbook in, invitees and wishes, and the `meetings.Event` that is made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Q

from liandong.errors import InputError, Text
from liandong.meetings import (
    AskedBy,
    Break,
    Change,
    Event,
    Meeting,
    Participant,
    Placement,
    Schedule,
    Session,
    Slot,
    Status,
    Table,
    diff,
    read_event,
)
from liandong.workspace import audit
from liandong.workspace.models import (
    EventRecord,
    Invitee,
    ScheduleRun,
    ScheduleVersion,
    SuggestionRecord,
    WishRecord,
)

TERMS = ("slot", "table", "forbidden", "after", "kind", "seats")
"""What of a wish is kept in `terms`, in the words of `meetings.Meeting`."""
MOST_SLOTS = 400


def events() -> Any:
    """The events that are not put away, with how many are invited, how many accepted, how many wishes."""
    return EventRecord.objects.filter(archived=None).annotate(
        asked=Count("invitees", distinct=True),
        accepted=Count("invitees", filter=Q(invitees__answer="accepted"), distinct=True),
        published=Max("versions__number"),
    )


def import_file(path: Path, *, unit: str = "", synthetic: bool = False, name: str = "") -> EventRecord:
    """A new event of a workbook, .toml or .dzn file; all of it or nothing. Faults as in `read_event`."""
    return take_in(read_event(path), unit=unit, synthetic=synthetic, file=name or path.name)


def take_in(event: Event, *, unit: str = "", synthetic: bool = False, file: str = "") -> EventRecord:
    """Keep an event with its invitees and wishes."""
    days = [slot.start.date() for slot in event.slots if slot.start is not None]
    with transaction.atomic():
        made = EventRecord.objects.create(
            name=event.name,
            place=event.place,
            timezone=event.timezone,
            begins=min(days, default=None),
            slots=[_slot(each) for each in event.slots],
            breaks=[[each.start.isoformat(), each.end.isoformat(), each.name] for each in event.breaks],
            tables=[
                {"name": t.name, "kind": t.kind, "seats": t.seats, "room": t.room, "x": t.x, "y": t.y}
                for t in event.tables
            ],
            fairness=event.fairness,
            interpreters=event.interpreters,
            unit=unit,
            synthetic=synthetic,
            by=audit.actor().name,
        )
        people = Invitee.objects.bulk_create(
            Invitee(
                event=made,
                code=each.id,
                name=each.label,
                delegation=each.delegation,
                languages=list(each.languages),
                sector=each.sector,
                unavailable=sorted(each.unavailable),
                most=each.most,
                answer=Invitee.Answer.ACCEPTED,
            )
            for each in event.participants
        )
        by_code = {each.code: each for each in people}
        WishRecord.objects.bulk_create(
            _wish(made, each, by_code[each.first], by_code[each.second]) for each in event.meetings
        )
        audit.record("events.import", made.pk, file=file, invitees=len(people), wishes=len(event.meetings))
    return made


def create(
    name: str, place: str, day: date, *, begin: str, end: str, minutes: int, tables: int, unit: str
) -> EventRecord:
    """A new event of one day with equal slots and plain tables. Raises InputError for an impossible hall."""
    try:
        at, until = (datetime.fromisoformat(f"{day.isoformat()}T{text}") for text in (begin, end))
    except ValueError:
        raise InputError(Text("时刻应写成 09:30。", "Write a time as 09:30."), field="begin") from None
    slots: list[Slot] = []
    while minutes > 0 and at + timedelta(minutes=minutes) <= until and len(slots) <= MOST_SLOTS:
        session = Session.MORNING if at.hour < 12 else Session.AFTERNOON
        slots.append(Slot(1, session, at, at + timedelta(minutes=minutes)))
        at += timedelta(minutes=minutes)
    if not name.strip() or not slots or len(slots) > MOST_SLOTS or not 1 <= tables <= 500:
        raise InputError(
            Text("请填写名称、时段长度和桌数。", "Give a name, a length of slots and tables."), field="name"
        )
    hall = tuple(Table(f"T{number}") for number in range(1, tables + 1))
    return take_in(Event(name.strip(), (), (), hall, tuple(slots), place=place), unit=unit)


def invite(
    event: EventRecord, name: str, *, delegation: str = "", sector: str = "", head: str = ""
) -> Invitee:
    """One more invitee. Raises InputError without a name or for one who is invited already."""
    name = name.strip()
    if not name:
        raise InputError(Text("请填写名称。", "Give a name."), field="name")
    with transaction.atomic():
        EventRecord.objects.select_for_update().get(pk=event.pk)
        if Invitee.objects.filter(event=event, name=name).exists():
            raise InputError(Text(f"“{name}”已在邀请名单中。", f'"{name}" is invited already.'), field="name")
        made = Invitee.objects.create(
            event=event,
            code=_free_code(event, Invitee, "G"),
            name=name[:200],
            delegation=delegation.strip()[:120],
            sector=sector.strip()[:200],
            head=head.strip()[:80],
        )
        audit.record("events.invite", made.pk, event=event.pk)
    return made


def wish(
    event: EventRecord,
    first: Invitee,
    second: Invitee,
    *,
    priority: int = 3,
    asked_by: AskedBy = AskedBy.BOTH,
    must: bool = False,
    reasons: Sequence[str] = (),
) -> WishRecord:
    """A wish to meet. Raises InputError for one with themselves, or a pair that is there."""
    if first.pk == second.pk or first.event_id != event.pk or second.event_id != event.pk:
        raise InputError(Text("请选两个不同的参会方。", "Choose two different participants."), field="second")
    if not 1 <= priority <= 5:
        raise InputError(Text("优先级是 1 到 5。", "The priority is 1 to 5."), field="priority")
    pair = [first.pk, second.pk]
    with transaction.atomic():
        EventRecord.objects.select_for_update().get(pk=event.pk)
        if WishRecord.objects.filter(event=event, first__in=pair, second__in=pair, cancelled=False).exists():
            raise InputError(Text("这一对已有会谈意愿。", "These two wish to meet already."), field="second")
        made = WishRecord.objects.create(
            event=event,
            code=_free_code(event, WishRecord, "W"),
            first=first,
            second=second,
            priority=priority,
            asked_by=asked_by.value,
            must=must,
            reasons=list(reasons),
        )
        audit.record("events.wish", made.pk, event=event.pk)
    return made


def event_of(record: EventRecord, *, everybody: bool = False) -> Event:
    """The event as `meetings` plans it: those who accepted, with the wishes among them.

    everybody: also who has not answered yet (for suggestions); never who declined.
    """
    answers = [Invitee.Answer.ACCEPTED] + ([Invitee.Answer.INVITED] if everybody else [])
    people = {each.pk: each for each in record.invitees.filter(answer__in=answers).order_by("pk")}
    wishes = list(record.wishes.filter(cancelled=False, first__in=people, second__in=people))
    codes = frozenset(each.code for each in wishes)
    return Event(
        name=record.name,
        participants=tuple(_participant(each) for each in people.values()),
        meetings=tuple(_meeting(each, people, codes) for each in wishes),
        tables=tuple(Table(**each) for each in record.tables),
        slots=tuple(
            Slot(each["day"], Session(each["session"]), _time(each["start"]), _time(each["end"]))
            for each in record.slots
        ),
        breaks=tuple(
            Break(datetime.fromisoformat(start), datetime.fromisoformat(end), name)
            for start, end, name in record.breaks
        ),
        fairness=record.fairness,
        interpreters=record.interpreters,
        place=record.place,
        timezone=record.timezone,
        origin=f"event:{record.pk}",
    )


def placed(kept: Iterable[Sequence[Any]]) -> tuple[Placement, ...]:
    """Placements from JSON."""
    return tuple(Placement(str(meeting), int(slot), int(table)) for meeting, slot, table in kept)


def schedule_of(event: Event, kept: Iterable[Sequence[Any]], told: Mapping[str, Any]) -> Schedule:
    """A kept schedule as the room knows it. Meetings that the event no longer has are left out."""
    known = tuple(each for each in placed(kept) if each.meeting in event.position)
    return Schedule(
        event,
        Status(told.get("status", "unknown")),
        known,
        value=told.get("value"),
        value_bound=told.get("value_bound"),
        gaps=told.get("objective"),
        bound=told.get("bound"),
    )


def publish(run: ScheduleRun, note: str) -> ScheduleVersion:
    """Tell people a proposal: the next version. Raises InputError for an empty or outdated one."""
    with transaction.atomic():
        event = EventRecord.objects.select_for_update().get(pk=run.event_id)
        last = ScheduleVersion.objects.filter(event=event).first()
        if not run.placements:
            raise InputError(
                Text("没有可发布的排期。", "There is no schedule to publish."), field=str(run.pk)
            )
        if last is not None and last.at > run.at:
            raise InputError(
                Text("之后已发布过新版本,请重新排期。", "A later version was published; schedule anew."),
                field=str(run.pk),
            )
        made = ScheduleVersion.objects.create(
            event=event,
            number=(last.number if last else 0) + 1,
            placements=run.placements,
            told=run.told,
            note=note.strip()[:500],
            by=audit.actor().name,
        )
        audit.record("events.publish", event.pk, version=made.number, meetings=len(made.placements))
    return made


def changes_since(
    event: Event, before: ScheduleVersion | None, after: Iterable[Sequence[Any]]
) -> tuple[Change, ...]:
    """What a proposal changes of what people were told."""
    return diff(event, placed(before.placements) if before else (), placed(after))


def answer_suggestion(suggestion: SuggestionRecord, side: str, accepted: bool) -> WishRecord | None:
    """One side's answer; once both have accepted, a wish comes of it (priority by rank)."""
    with transaction.atomic():
        SuggestionRecord.objects.filter(pk=suggestion.pk).update(**{f"accepted_{side}": accepted})
        suggestion.refresh_from_db()
        audit.record("events.answer", suggestion.pk, side=side, accepted=accepted)
        answers = (suggestion.accepted_first, suggestion.accepted_second)
        pair = [suggestion.first_id, suggestion.second_id]
        there = WishRecord.objects.filter(event=suggestion.event, first__in=pair, second__in=pair)
        if answers != (True, True) or there.exists():
            return None
        every = SuggestionRecord.objects.filter(event=suggestion.event).count()
        return wish(
            suggestion.event,
            suggestion.first,
            suggestion.second,
            priority=5 - (suggestion.rank - 1) * 5 // max(1, every),
            reasons=suggestion.reasons,
        )


def _participant(each: Invitee) -> Participant:
    closed = frozenset(each.unavailable)
    return Participant(
        each.code, each.name, each.delegation, tuple(each.languages), each.sector, closed, each.most
    )


def _meeting(each: WishRecord, people: Mapping[int, Invitee], codes: frozenset[str]) -> Meeting:
    terms = dict(each.terms)
    return Meeting(
        id=each.code,
        first=people[each.first_id].code,
        second=people[each.second_id].code,
        asked_by=AskedBy(each.asked_by),
        priority=each.priority,
        session=Session(each.session),
        must=each.must,
        slot=terms.get("slot"),
        table=terms.get("table"),
        forbidden=frozenset(terms.get("forbidden", ())),
        after=tuple(code for code in terms.get("after", ()) if code in codes),
        kind=terms.get("kind", ""),
        seats=terms.get("seats", 2),
    )


def _wish(event: EventRecord, each: Meeting, first: Invitee, second: Invitee) -> WishRecord:
    terms = {name: getattr(each, name) for name in TERMS}
    terms |= {"forbidden": sorted(each.forbidden), "after": list(each.after)}
    return WishRecord(
        event=event,
        code=each.id,
        first=first,
        second=second,
        asked_by=each.asked_by.value,
        priority=each.priority,
        must=each.must,
        session=each.session.value,
        terms={name: value for name, value in terms.items() if value not in (None, "", [])},
    )


def _slot(each: Slot) -> dict[str, Any]:
    return {
        "day": each.day,
        "session": each.session.value,
        "start": each.start.isoformat() if each.start else None,
        "end": each.end.isoformat() if each.end else None,
    }


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _free_code(event: EventRecord, model: type[Invitee] | type[WishRecord], letter: str) -> str:
    taken = set(model.objects.filter(event=event).values_list("code", flat=True))
    number = len(taken) + 1
    while f"{letter}{number}" in taken:
        number += 1
    return f"{letter}{number}"
