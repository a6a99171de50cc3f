"""The day itself: people do not come, come late, come unannounced, and as little as possible changes.

What has begun stays as it is. From now on the most valuable meetings are held with the fewest changes
of what was published; only then gaps count. A change is a published meeting at another slot; tables are
kept where they can be.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from liandong.errors import InputError, Text
from liandong.meetings.budget import Budget, Stopped, interrupts
from liandong.meetings.event import Event, Meeting, Participant
from liandong.meetings.schedule import Placement, Schedule
from liandong.meetings.scheduling import Better, Search


@dataclass(frozen=True)
class News:
    """What happened. now: the first slot (from 1) that can still be changed.

    absent: participants who do not come any more. late: participant → first slot in which they are here.
    locked: meetings that must not move. walk_ins, wishes: participants and meetings that were not planned.
    cancelled: meetings that are off.
    """

    now: int = 1
    absent: frozenset[str] = frozenset()
    late: Mapping[str, int] | None = None
    locked: frozenset[str] = frozenset()
    walk_ins: tuple[Participant, ...] = ()
    wishes: tuple[Meeting, ...] = ()
    cancelled: frozenset[str] = frozenset()


def replan(
    event: Event,
    published: Sequence[Placement],
    news: News,
    *,
    time_limit: float | None = 10.0,
    conflicts: int | None = None,
    cancelled: Callable[[], bool] | None = None,
    on_better: Better | None = None,
) -> Schedule:
    """The schedule from now on; limits and stopping as in `schedule`.

    Raises InputError for ids in the news that the event does not know. The result's event is the changed
    one: meetings of the absent are gone, what has begun is locked.
    """
    changed = revise(event, published, news)
    at = {placement.meeting: placement for placement in published if placement.meeting in changed.position}
    with interrupts() as interrupted:

        def stop() -> bool:
            return interrupted() or (cancelled is not None and cancelled())

        search = Search(
            changed,
            Budget(seconds=time_limit, cancelled=stop),
            on_better=on_better,
            conflicts=conflicts,
            published={changed.position[name]: placement.slot - 1 for name, placement in at.items()},
            tables={changed.position[name]: placement.table - 1 for name, placement in at.items()},
        )
        with suppress(Stopped):
            search.run()
    return search.result()


def revise(event: Event, published: Sequence[Placement], news: News) -> Event:
    """The event after the news: who is gone, what is locked, what is no longer possible."""
    _known(event, news)
    at = {placement.meeting: placement for placement in published}
    begun = {name for name, placement in at.items() if placement.slot < news.now}
    late = news.late or {}
    past = frozenset(range(1, news.now))
    participants = []
    for participant in (*event.participants, *news.walk_ins):
        closed = participant.unavailable
        if participant.id in late:
            closed |= frozenset(range(1, late[participant.id]))
        participants.append(replace(participant, unavailable=closed))
    meetings = []
    for meeting in (*event.meetings, *news.wishes):
        if meeting.id in begun:
            placement = at[meeting.id]
            meetings.append(
                replace(
                    meeting,
                    slot=placement.slot,
                    table=event.tables[placement.table - 1].name,
                    must=True,
                    after=(),
                    forbidden=frozenset(),
                    seats=0,
                    kind="",
                )
            )
        elif not news.absent & {meeting.first, meeting.second} and meeting.id not in news.cancelled:
            locked = meeting.id in news.locked and meeting.id in at
            meetings.append(
                replace(
                    meeting,
                    slot=at[meeting.id].slot if locked else meeting.slot,
                    must=meeting.must or locked,
                    forbidden=meeting.forbidden | past,
                )
            )
    left = {meeting.id for meeting in meetings}
    held_by: set[tuple[str, int]] = {
        (side, at[m.id].slot) for m in meetings if m.id in begun for side in (m.first, m.second)
    }
    return replace(
        event,
        participants=tuple(
            # who was late or away and yet met someone was there
            replace(p, unavailable=frozenset(s for s in p.unavailable if (p.id, s) not in held_by))
            for p in participants
        ),
        meetings=tuple(replace(m, after=tuple(e for e in m.after if e in left)) for m in meetings),
        fairness=None,  # what has happened cannot be made fair any more
    )


def _known(event: Event, news: News) -> None:
    people = event.by_id.keys() | {participant.id for participant in news.walk_ins}
    meetings = event.position.keys() | {meeting.id for meeting in news.wishes}
    asked = {side for meeting in news.wishes for side in (meeting.first, meeting.second)}
    for field, names, known in (
        ("absent", news.absent, people),
        ("late", frozenset(news.late or {}), people),
        ("wishes", asked, people),
        ("locked", news.locked, meetings),
        ("cancelled", news.cancelled, meetings),
    ):
        for name in sorted(names - known):
            raise InputError(Text(f"活动里没有“{name}”。", f'"{name}" is not in the event.'), field=field)


def unmoved(before: Sequence[Placement], after: Sequence[Placement]) -> tuple[int, int]:
    """How many meetings of both schedules kept their slot, and how many there are."""
    old = {placement.meeting: placement.slot for placement in before}
    both = [placement for placement in after if placement.meeting in old]
    return sum(old[placement.meeting] == placement.slot for placement in both), len(both)
