"""A first schedule at once: meeting by meeting, where the two sides wait least."""

from __future__ import annotations

from liandong.meetings.event import Event
from liandong.meetings.moving import Moves


def place(event: Event) -> dict[int, int] | None:
    """Meeting → slot by one pass over the meetings, the compulsory and valuable first.

    A wish that finds no slot is left out; None if a compulsory meeting finds none or the gaps are not fair.
    """
    moves = Moves(event, {})
    for meeting in _order(event):
        slot = _best_slot(event, moves, meeting)
        if slot is None:
            if event.meetings[meeting].must:
                return None
            continue
        moves.add(meeting, slot)
    return moves.slots() if moves.fair() else None


def _order(event: Event) -> list[int]:
    """Earlier meetings before those that follow them; else the least free first."""
    moves = Moves(event, {})
    ranked = sorted(
        range(len(event.meetings)),
        key=lambda m: (
            not event.meetings[m].must,
            -event.meetings[m].value,
            moves.domains[m].bit_count(),
            m,
        ),
    )
    order: dict[int, None] = {}

    def visit(meeting: int, path: frozenset[int]) -> None:
        if meeting in order or meeting in path:
            return
        for earlier in moves.before[meeting]:
            visit(earlier, path | {meeting})
        order[meeting] = None

    for meeting in ranked:
        visit(meeting, frozenset())
    return list(order)


def _best_slot(event: Event, moves: Moves, meeting: int) -> int | None:
    sides = moves.sides[meeting]
    for side in sides:
        most = event.participants[side].most
        if most is not None and moves.busy[side].bit_count() >= most:
            return None
    first = max((moves.at[earlier] for earlier in moves.before[meeting]), default=-1)
    last = min(
        (moves.at[later] for later in moves.later[meeting] if moves.at[later] >= 0), default=moves.count
    )
    best: tuple[int, int, int] | None = None
    for slot in range(first + 1, last):
        if not moves.domains[meeting] >> slot & 1 or any(moves.busy[side] >> slot & 1 for side in sides):
            continue
        if any(moves.load[room][slot] >= moves.rooms[room][1] for room in moves.rooms_of[meeting]):
            continue
        change = sum(moves.gaps(moves.busy[side] | 1 << slot) - moves.waits[side] for side in sides)
        crowd = sum(moves.load[room][slot] for room in moves.rooms_of[meeting])
        if best is None or (change, crowd, slot) < best:
            best = change, crowd, slot
    return None if best is None else best[2]
