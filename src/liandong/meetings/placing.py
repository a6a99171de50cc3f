"""A first schedule at once: meeting by meeting, where the two sides wait least."""

from __future__ import annotations

from collections.abc import Mapping

from liandong.meetings.event import Event
from liandong.meetings.moving import Moves


def place(event: Event, published: Mapping[int, int] | None = None) -> dict[int, int] | None:
    """Meeting → slot by one pass over the meetings, the compulsory and valuable first.

    published: slots that meetings keep where they still can. A wish that finds no slot is left out; None if a
    compulsory meeting finds none or the gaps are not fair.
    """
    moves = Moves(event, {})
    order = _order(event)
    kept = published or {}
    for meeting in order:
        if meeting in kept and _free(event, moves, meeting, kept[meeting]):
            moves.add(meeting, kept[meeting])
    for meeting in order:
        if moves.at[meeting] >= 0:
            continue
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


def _free(event: Event, moves: Moves, meeting: int, slot: int) -> bool:
    """Whether the meeting can be added at the slot."""
    if not moves.domains[meeting] >> slot & 1:
        return False
    for side in moves.sides[meeting]:
        most = event.participants[side].most
        if moves.busy[side] >> slot & 1 or (most is not None and moves.busy[side].bit_count() >= most):
            return False
    if any(moves.load[room][slot] >= moves.rooms[room][1] for room in moves.rooms_of[meeting]):
        return False
    held = moves.at
    return all(held[earlier] < slot for earlier in moves.before[meeting]) and all(
        held[later] < 0 or held[later] > slot for later in moves.later[meeting]
    )


def _best_slot(event: Event, moves: Moves, meeting: int) -> int | None:
    sides = moves.sides[meeting]
    best: tuple[int, int, int] | None = None
    for slot in range(moves.count):
        if not _free(event, moves, meeting, slot):
            continue
        change = sum(moves.gaps(moves.busy[side] | 1 << slot) - moves.waits[side] for side in sides)
        crowd = sum(moves.load[room][slot] for room in moves.rooms_of[meeting])
        if best is None or (change, crowd, slot) < best:
            best = change, crowd, slot
    return None if best is None else best[2]
