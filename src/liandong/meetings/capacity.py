"""How many meetings fit in a slot: which sets of meetings compete for which number of tables.

A meeting may need a kind of table, so many seats, or one table by name. A slot's meetings can be seated
exactly if, for every union of such needs, no more meetings lie inside it than it has tables (Hall
1935). Where needs are nested or apart, as they are nearly always, the needs themselves suffice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from liandong.errors import InputError, Text
from liandong.meetings.event import Event, Meeting, Table

MOST_UNIONS = 512


@dataclass(frozen=True, slots=True)
class Capacity:
    """At most `limit` of these meetings at once.

    meetings, tables: positions from 0; no tables where interpreters are what is scarce.
    """

    meetings: tuple[int, ...]
    limit: int
    tables: tuple[int, ...] = ()


def suits(table: Table, meeting: Meeting) -> bool:
    """Whether the meeting can be held at the table."""
    if meeting.table is not None and meeting.table != table.name:
        return False
    return table.seats >= meeting.seats and meeting.kind in ("", table.kind)


def capacities(event: Event) -> tuple[Capacity, ...]:
    """Every competition for tables or interpreters that can be lost."""
    needs = [
        frozenset(index for index, table in enumerate(event.tables) if suits(table, meeting))
        for meeting in event.meetings
    ]
    found = []
    for union in _unions(set(needs)):
        inside = tuple(position for position, need in enumerate(needs) if need <= union)
        if len(inside) > len(union):
            found.append(Capacity(inside, len(union), tuple(sorted(union))))
    if event.interpreters is not None:
        foreign = tuple(
            position for position, meeting in enumerate(event.meetings) if event.needs_interpreter(meeting)
        )
        if len(foreign) > event.interpreters:
            found.append(Capacity(foreign, event.interpreters))
    return tuple(found)


def _unions(needs: set[frozenset[int]]) -> Iterable[frozenset[int]]:
    nested = all(not a & b or a <= b or b <= a for a, b in combinations(needs, 2))
    unions = set(needs)
    if not nested:
        for need in sorted(needs, key=sorted):
            unions |= {union | need for union in unions}
            if len(unions) > MOST_UNIONS:
                raise InputError(
                    Text(
                        f"会谈对桌子的要求组合超过 {MOST_UNIONS} 种,请减少指定的桌子。",
                        f"More than {MOST_UNIONS} combinations of table needs; lock fewer tables.",
                    ),
                    field="tables",
                )
    return sorted(unions, key=lambda union: (len(union), sorted(union)))
