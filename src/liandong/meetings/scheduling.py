"""The search for a schedule: most valuable meetings, then fewest idle gaps, then least walking."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from liandong.meetings.budget import Budget, Oracle, Stopped
from liandong.meetings.cores import CoreSearch
from liandong.meetings.encoding import Encoding, encode
from liandong.meetings.event import Event
from liandong.meetings.schedule import Placement, Schedule, Status, count_gaps
from liandong.meetings.tables import seat, walking

Better = Callable[[Schedule], None]


def schedule(
    event: Event,
    *,
    time_limit: float | None = 60.0,
    conflicts: int | None = None,
    cancelled: Callable[[], bool] | None = None,
    on_better: Better | None = None,
) -> Schedule:
    """The best schedule of an event that can be found and proven within the limits.

    time_limit: seconds, None for none. conflicts: a budget in conflicts of the solver instead, which
    gives the same schedule on every machine. cancelled: asked several times a second; True ends the
    search within a second, and so does Ctrl-C; the best schedule so far is kept. on_better: gets every
    better schedule as it is found.
    """
    budget = Budget(seconds=time_limit, conflicts=conflicts, cancelled=cancelled)
    search = _Search(event, budget, on_better)
    with suppress(Stopped, KeyboardInterrupt):
        search.run()
    return search.result()


class _Search:
    def __init__(self, event: Event, budget: Budget, on_better: Better | None) -> None:
        self.event, self.budget, self.on_better = event, budget, on_better
        self.slots: dict[int, int] | None = None
        self.gaps: int | None = None
        self.bound: int | None = None
        self.infeasible = False
        self.proven = False

    def run(self) -> None:
        self.budget.check()
        encoding = encode(self.event, symmetry=True, check=self.budget.check)
        self.fewest_gaps(encoding)

    def fewest_gaps(self, encoding: Encoding) -> None:
        """Gaps from below, keeping every better schedule on the way."""
        oracle = Oracle(encoding.formula.clauses, self.budget)
        if not oracle.solve():
            self.infeasible = True
            return
        self.bound = 0
        self.keep(encoding.read(oracle.model()))
        search = CoreSearch(oracle, encoding.formula, ((own, 1) for own in encoding.gaps))

        def on_model(model: Sequence[int]) -> int:
            self.bound = search.lower
            return self.keep(encoding.read(model))

        try:
            self.proven = search.run(on_model)
        finally:
            self.bound = search.lower

    def keep(self, slots: dict[int, int]) -> int:
        gaps = count_gaps(self.event, slots)
        if self.gaps is None or gaps < self.gaps:
            self.slots, self.gaps = slots, gaps
            if self.on_better is not None:
                self.on_better(self.result())
        return self.gaps

    def result(self) -> Schedule:
        found = Schedule(
            self.event,
            Status.UNKNOWN,
            bound=self.bound,
            seconds=self.budget.elapsed,
            conflicts=self.budget.used,
        )
        if self.infeasible:
            return replace(found, status=Status.INFEASIBLE, bound=None)
        if self.slots is None:
            return found
        tables = seat(self.event, self.slots)
        placements = tuple(
            Placement(self.event.meetings[meeting].id, slot + 1, tables[meeting] + 1)
            for meeting, slot in sorted(self.slots.items())
        )
        return replace(
            found,
            status=Status.OPTIMAL if self.proven else Status.FEASIBLE,
            placements=placements,
            value=sum(self.event.meetings[meeting].value for meeting in self.slots),
            value_bound=self.event.value,
            gaps=self.gaps,
            walking=walking(self.event, self.slots, tables),
        )
