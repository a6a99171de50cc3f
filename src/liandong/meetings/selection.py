"""Which wishes can be held at most: a small linear model proposes, the clauses dispose.

The model knows only numbers (a participant's slots, a session's places) and is solved by branch and bound
(HiGHS, in SciPy). What it proposes is tried with clauses; a set that cannot be held together comes back
as a core and is forbidden to the model (implicit hitting sets: Davies and Bacchus 2011). The model's
value is a bound at any time; when a proposal can be held it is the best there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from liandong.meetings.capacity import capacities
from liandong.meetings.domains import domain
from liandong.meetings.event import Event

Row = tuple[frozenset[int], int]  # at most so many of these meetings (positions from 0)


class Selection:
    """The most valuable set of meetings that the numbers and the cores so far allow."""

    def __init__(self, event: Event) -> None:
        self.event = event
        self.domains = [domain(event, meeting) for meeting in event.meetings]
        self.rows: list[Row] = list(self._numbers())

    def forbid(self, core: Iterable[int]) -> None:
        """Not all of these together."""
        members = frozenset(core)
        self.rows.append((members, len(members) - 1))

    def best(self, *, seconds: float | None = None) -> tuple[frozenset[int], int, bool] | None:
        """Meetings, an upper bound of the value, and whether the meetings reach it.

        None if the compulsory meetings alone break a row, or nothing was found in time.
        """
        from scipy.optimize import Bounds, milp  # slow to import, and rarely needed

        number = len(self.event.meetings)
        if not number:
            return frozenset(), 0, True
        values = np.array([meeting.value for meeting in self.event.meetings], dtype=float)
        options = {} if seconds is None else {"time_limit": max(0.1, seconds)}
        found = milp(
            -values,
            integrality=np.ones(number),
            bounds=Bounds(
                np.array([float(meeting.must) for meeting in self.event.meetings]), np.ones(number)
            ),
            constraints=[self._constraint()] if self.rows else [],
            options=options,
        )
        if found.x is None:
            return None
        held = frozenset(int(position) for position in np.flatnonzero(found.x > 0.5))
        value = int(sum(self.event.meetings[position].value for position in held))
        dual = found.mip_dual_bound
        bound = value if dual is None else int(np.floor(-dual + 1e-6))
        return held, max(bound, value), bound <= value

    def _constraint(self) -> Any:
        from scipy.optimize import LinearConstraint
        from scipy.sparse import csr_array

        rows = [row for row, (members, _) in enumerate(self.rows) for _ in members]
        columns = [member for members, _ in self.rows for member in sorted(members)]
        shape = (len(self.rows), len(self.event.meetings))
        matrix = csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
        return LinearConstraint(matrix, -np.inf, np.array([float(limit) for _, limit in self.rows]))

    def _numbers(self) -> Iterable[Row]:
        """Rows that follow from counting slots and tables."""
        never = frozenset(position for position, slots in enumerate(self.domains) if not slots)
        if never:
            yield never, 0
        for participant in self.event.participants:
            meetings = self.event.meetings_of[participant.id]
            if participant.most is not None and len(meetings) > participant.most:
                yield frozenset(meetings), participant.most
            yield from self._within(meetings, 1)
        for capacity in capacities(self.event):
            yield from self._within(capacity.meetings, capacity.limit)

    def _within(self, meetings: Sequence[int], places: int) -> Iterable[Row]:
        """For every set of slots that is some meeting's domain: no more meetings inside than places."""
        spans = {frozenset(self.domains[meeting]) for meeting in meetings}
        spans.add(frozenset(slot for span in spans for slot in span))
        for span in spans:
            inside = frozenset(meeting for meeting in meetings if span.issuperset(self.domains[meeting]))
            if len(inside) > len(span) * places:
                yield inside, len(span) * places
