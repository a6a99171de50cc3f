"""Small random events, and the best schedule of each by trying all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations, product

from hypothesis import strategies as st

from liandong.meetings import (
    AskedBy,
    Event,
    Meeting,
    Participant,
    Placement,
    Session,
    Slot,
    Table,
    violations,
)


@st.composite
def events(draw: st.DrawFn, *, must: bool | None = None) -> Event:
    """Up to five meetings of up to five participants in up to five slots at up to two tables."""
    days = draw(st.sampled_from([1, 1, 2]))
    slots = tuple(
        Slot(
            day=1 + (number * days) // count,
            session=draw(st.sampled_from([Session.MORNING, Session.AFTERNOON])),
        )
        for count in [draw(st.integers(2, 5))]
        for number in range(count)
    )
    numbers = st.frozensets(st.integers(1, len(slots)), max_size=1)
    people = [
        Participant(
            id=name,
            unavailable=draw(numbers),
            most=draw(st.sampled_from([None, None, None, 1, 2])),
            languages=draw(st.sampled_from([(), ("zh",), ("en",), ("zh", "en")])),
        )
        for name in "abcde"[: draw(st.integers(2, 5))]
    ]
    pairs = [(one.id, other.id) for i, one in enumerate(people) for other in people[i + 1 :]]
    tables = draw(
        st.sampled_from(
            [(Table("T1"),), (Table("T1"), Table("T2")), (Table("T1"), Table("R1", kind="room", seats=6))]
        )
    )
    meetings: list[Meeting] = []
    for number in range(draw(st.integers(1, 5))):
        first, second = draw(st.sampled_from(pairs))
        earlier = [meeting.id for meeting in meetings]
        meetings.append(
            Meeting(
                id=f"m{number}",
                first=first,
                second=second,
                asked_by=draw(st.sampled_from(AskedBy)),
                priority=draw(st.integers(1, 3)),
                session=draw(
                    st.sampled_from([Session.EITHER, Session.EITHER, Session.MORNING, Session.AFTERNOON])
                ),
                must=draw(st.booleans()) if must is None else must,
                slot=draw(st.sampled_from([None, None, None, 1, 2])),
                table=draw(st.sampled_from([None, None, None, "T1"])),
                forbidden=draw(numbers),
                after=tuple(draw(st.sampled_from([[], [], earlier[-1:]]))),
                kind=draw(st.sampled_from(["", "", tables[-1].kind])),
                seats=draw(st.sampled_from([2, 2, tables[-1].seats])),
            )
        )
    return Event(
        name="small",
        participants=tuple(people),
        meetings=tuple(meetings),
        tables=tables,
        slots=slots,
        fairness=draw(st.sampled_from([None, None, 0, 1])),
        interpreters=draw(st.sampled_from([None, None, 0, 1])),
    )


def sound_schedules(event: Event) -> Iterator[tuple[Placement, ...]]:
    """Every choice of slots that keeps the rules, with one seating each."""
    choices = range(len(event.slots) + 1)
    for slots in product(choices, repeat=len(event.meetings)):
        if any(meeting.must and not slot for meeting, slot in zip(event.meetings, slots, strict=True)):
            continue
        seated = _seated(event, slots)
        if seated is not None and not violations(event, seated):
            yield seated


def _seated(event: Event, slots: tuple[int, ...]) -> tuple[Placement, ...] | None:
    placements: list[Placement] = []
    for slot in sorted(set(slots) - {0}):
        here = [meeting for meeting, at in zip(event.meetings, slots, strict=True) if at == slot]
        for tables in permutations(range(len(event.tables)), len(here)):
            if all(
                meeting.table in (None, event.tables[table].name)
                and meeting.kind in ("", event.tables[table].kind)
                and meeting.seats <= event.tables[table].seats
                for meeting, table in zip(here, tables, strict=True)
            ):
                placements += [
                    Placement(meeting.id, slot, table + 1)
                    for meeting, table in zip(here, tables, strict=True)
                ]
                break
        else:
            return None
    return tuple(placements)
