"""Which table: within a slot, so that people walk little from one meeting to the next.

The slots are given; any set of meetings that shares a slot can be seated (`capacity` saw to it). Seats
are improved slot by slot, each an assignment problem solved exactly against the neighbours' present
seats, until nothing moves.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from time import perf_counter

import numpy as np

from liandong.meetings.capacity import suits
from liandong.meetings.event import Event, Table

ROUNDS = 20
SECONDS = 0.3  # after which no further round begins
_BARRED = 1e9


def warm_up() -> None:
    """Import what seating needs, so that the end of a search does not wait for it."""
    import scipy.optimize  # noqa: F401 - takes up to a second


def distance(one: Table, other: Table) -> float:
    """Metres along the aisles between two tables; where no position is known, 1 for any change of table."""
    if one.x is None or one.y is None or other.x is None or other.y is None:
        return float(one.name != other.name)
    return abs(one.x - other.x) + abs(one.y - other.y)


def walking(event: Event, slots: Mapping[int, int], tables: Mapping[int, int]) -> float:
    """What all participants walk from meeting to meeting within each day."""
    return sum(
        distance(event.tables[tables[earlier]], event.tables[tables[later]])
        for earlier, later in _steps(event, slots)
    )


def seat(
    event: Event,
    slots: Mapping[int, int],
    *,
    kept: Mapping[int, int] | None = None,
    seconds: float = SECONDS,
) -> dict[int, int]:
    """Meeting → table, both as positions from 0.

    kept: tables that meetings should keep if they can (a published schedule); keeping goes before walking.
    seconds: after which no further round begins.
    """
    from scipy.optimize import linear_sum_assignment  # slow to import, and only needed in the end

    far = np.array([[distance(one, other) for other in event.tables] for one in event.tables]).reshape(
        len(event.tables), len(event.tables)
    )
    neighbours: dict[int, list[int]] = {meeting: [] for meeting in slots}
    for earlier, later in _steps(event, slots):
        neighbours[earlier].append(later)
        neighbours[later].append(earlier)
    by_slot: dict[int, list[int]] = {}
    for meeting, slot in sorted(slots.items()):
        by_slot.setdefault(slot, []).append(meeting)
    allowed = {
        meeting: np.array([suits(table, event.meetings[meeting]) for table in event.tables])
        for meeting in slots
    }
    move = 1.0 + 2 * float(far.max(initial=0.0)) * max(map(len, neighbours.values()), default=0) * len(slots)
    tables: dict[int, int] = {}
    best, started = float("inf"), perf_counter()
    for _ in range(ROUNDS):
        for slot in sorted(by_slot):
            meetings = by_slot[slot]
            cost = np.zeros((len(meetings), len(event.tables)))
            for row, meeting in enumerate(meetings):
                for other in neighbours[meeting]:
                    if other in tables:
                        cost[row] += far[tables[other]]
                if kept and meeting in kept:
                    cost[row] += move
                    cost[row, kept[meeting]] -= move
                cost[row, ~allowed[meeting]] = _BARRED * move
            for row, column in zip(*linear_sum_assignment(cost), strict=True):
                tables[meetings[row]] = int(column)
        total = walking(event, slots, tables)
        if total >= best - 1e-9:
            break
        best = total
        if perf_counter() - started > seconds:
            break
    return tables


def _steps(event: Event, slots: Mapping[int, int]) -> list[tuple[int, int]]:
    """Pairs of meetings that a participant has one after the other on a day."""
    steps = []
    for meetings in event.meetings_of.values():
        own = sorted((slots[meeting], meeting) for meeting in meetings if meeting in slots)
        steps += [
            (earlier, later)
            for (slot, earlier), (following, later) in pairwise(own)
            if event.slots[slot].day == event.slots[following].day
        ]
    return steps
