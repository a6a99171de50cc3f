"""Where a meeting can be, before anything is searched."""

from __future__ import annotations

from liandong.meetings.event import Event, Meeting, Session


def domain(event: Event, meeting: Meeting) -> tuple[int, ...]:
    """Slots (from 0) in which both sides can come and the meeting is allowed."""
    closed = (
        meeting.forbidden | event.by_id[meeting.first].unavailable | event.by_id[meeting.second].unavailable
    )
    return tuple(
        index
        for index, slot in enumerate(event.slots)
        if meeting.slot in (None, index + 1)
        and meeting.session in (Session.EITHER, slot.session)
        and index + 1 not in closed
    )


def domains(event: Event, uncertain: set[int]) -> list[tuple[int, ...]]:
    """The domain of every meeting, narrowed along the precedences between meetings that are held for certain.

    uncertain: positions of the others.
    """
    found = [domain(event, meeting) for meeting in event.meetings]
    changed = True
    while changed:
        changed = False
        for later, meeting in enumerate(event.meetings):
            for name in meeting.after:
                earlier = event.position[name]
                if later in uncertain or earlier in uncertain:
                    continue
                start, end = min(found[earlier], default=-1), max(found[later], default=len(event.slots))
                narrowed = (
                    tuple(slot for slot in found[earlier] if slot < end),
                    tuple(slot for slot in found[later] if slot > start),
                )
                if narrowed != (found[earlier], found[later]):
                    found[earlier], found[later] = narrowed
                    changed = True
    return found


def interchangeable(event: Event, apart: set[int]) -> list[list[int]]:
    """Groups of meetings of one participant with guests who have no other and are alike.

    Exchanging the slots of two such meetings changes nothing, so one order may be demanded. apart:
    positions of meetings that are left alone.
    """
    ordered = {event.position[name] for meeting in event.meetings for name in meeting.after}
    groups: dict[tuple[object, ...], list[int]] = {}
    for position, meeting in enumerate(event.meetings):
        if position in apart or position in ordered or meeting.after or meeting.slot is not None:
            continue
        for host, guest in ((meeting.first, meeting.second), (meeting.second, meeting.first)):
            if len(event.meetings_of[guest]) == 1:
                alike = event.by_id[guest]
                key = (
                    host,
                    meeting.session,
                    meeting.forbidden,
                    meeting.kind,
                    meeting.seats,
                    meeting.table,
                    alike.unavailable,
                    alike.languages,
                )
                groups.setdefault(key, []).append(position)
                break
    return [group for group in groups.values() if len(group) > 1]
