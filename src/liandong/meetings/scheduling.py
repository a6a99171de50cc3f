"""The search for a schedule: most valuable meetings, then fewest idle gaps, then least walking.

A small event is tried on the spot. Otherwise the exact search runs in a process of its own, which
raises the bounds, while this process makes a first schedule at once and improves it by local search;
when the best schedule meets the bounds, or the budget ends, the other process is stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from time import perf_counter

from liandong.meetings.budget import Budget, Stopped, interrupts
from liandong.meetings.event import Event
from liandong.meetings.exact import Bounds, Exact, Reporter
from liandong.meetings.explaining import explain
from liandong.meetings.moving import Moves
from liandong.meetings.placing import place
from liandong.meetings.schedule import Placement, Schedule, Status, count_gaps
from liandong.meetings.tables import seat, walking, warm_up
from liandong.meetings.worker import Finished, Message, Worker

Better = Callable[[Schedule], None]

SMALL = 15_000  # meetings × slots of an event that is tried on the spot
ATTEMPT, ATTEMPT_WORK = 8_000, 24_000_000  # conflicts of that attempt; the same times meetings × slots
ATTEMPT_SECONDS = 1.5
EXPLAIN_SECONDS = 20.0  # for the reasons, once nothing is found to exist
TELL = 1.0  # seconds between better schedules that are handed to the caller
POLL = 0.1  # seconds between looks at the other process


def schedule(
    event: Event,
    *,
    time_limit: float | None = 60.0,
    conflicts: int | None = None,
    cancelled: Callable[[], bool] | None = None,
    on_better: Better | None = None,
    seed: int = 0,
) -> Schedule:
    """The best schedule of an event that can be found and proven within the limits.

    time_limit: seconds, None for none. conflicts: deterministic mode: the exact search alone, with a
    budget in conflicts of the solver, gives the same schedule on every machine (give time_limit=None,
    or the clock may end it first). cancelled: asked several times a second; True ends the search within
    a second, and so does Ctrl-C; the best schedule so far is kept. on_better: gets every better
    schedule as it is found, in the caller's thread. seed: another one searches in another order.
    """
    with interrupts() as interrupted:

        def stop() -> bool:
            return interrupted() or (cancelled is not None and cancelled())

        budget = Budget(seconds=time_limit, cancelled=stop, seed=seed)
        search = Search(event, budget, on_better=on_better, conflicts=conflicts)
        with suppress(Stopped):
            search.run()
    found = search.result()
    if found.status is Status.INFEASIBLE:
        with suppress(KeyboardInterrupt):
            return replace(found, reasons=explain(event, seconds=EXPLAIN_SECONDS))
    return found


class Search:
    """The best schedule so far and what is proven of it."""

    def __init__(
        self,
        event: Event,
        budget: Budget,
        *,
        on_better: Better | None = None,
        conflicts: int | None = None,
        published: Mapping[int, int] | None = None,
        tables: Mapping[int, int] | None = None,
    ) -> None:
        self.event, self.budget, self.on_better, self.conflicts = event, budget, on_better, conflicts
        self.published = dict(published or {})
        self.tables = dict(tables or {})
        self.slots: dict[int, int] | None = None
        self.rank: tuple[int, int, int] | None = None  # (−value, changes, gaps): less is better
        self.bounds = Bounds()
        self.used = 0
        self.feasible: bool | None = None
        self.moves: Moves | None = None
        self.told, self.news = -TELL, False

    def run(self) -> None:
        """Search until everything is proven; raises Stopped when the budget is spent."""
        self.budget.check()
        if self._size <= SMALL and self._attempt():
            return
        if self.slots is None:
            first = place(self.event, self.published)
            if first is not None:
                self.keep(first)
        if self._closed():
            return
        conflicts = None if self.conflicts is None else max(1, self.conflicts - self.used)
        worker = Worker(
            self.event,
            self.published,
            seconds=self.budget.left,
            conflicts=conflicts,
            seed=self.budget.seed,
        )
        try:
            warm_up()
            while not self._closed():
                wait = 0.0 if self._improve() else POLL
                for message in worker.messages(wait=wait):
                    self._hear(message)
                    if isinstance(message, Finished):
                        return
                self._tell()
                self.budget.check()
        finally:
            worker.stop()

    def keep(self, slots: dict[int, int]) -> None:
        """Remember a schedule if it is the best."""
        value = sum(self.event.meetings[meeting].value for meeting in slots)
        changes = sum(slots.get(meeting) != slot for meeting, slot in self.published.items())
        rank = -value, changes, count_gaps(self.event, slots)
        if self.rank is None or rank < self.rank:
            self.slots, self.rank = slots, rank
            self.news = True
            self._tell()

    def _tell(self) -> None:
        """Hand the best schedule over, not more often than every second: seating takes time."""
        if self.on_better is not None and self.news and self.budget.elapsed >= self.told + TELL:
            self.told, self.news = self.budget.elapsed, False
            self.on_better(self.result())

    def _attempt(self) -> bool:
        """A short exact search on the spot; True if it went to its end."""
        limit = min(ATTEMPT, ATTEMPT_WORK // max(1, self._size))
        if self.conflicts is not None:
            limit = min(limit, self.conflicts)
        seconds = (
            None if self.conflicts is not None else min(ATTEMPT_SECONDS, self.budget.left or ATTEMPT_SECONDS)
        )
        budget = Budget(
            seconds=seconds, conflicts=limit, cancelled=self.budget.cancelled, seed=self.budget.seed
        )
        search = Exact(self.event, budget, Reporter(self.keep, self._hear), published=self.published)
        try:
            self.feasible = search.run()
        except Stopped:
            return False
        finally:
            self.used += budget.used
        return True

    def _hear(self, message: Message) -> None:
        if isinstance(message, Bounds):
            self.bounds = message
        elif isinstance(message, Finished):
            self.feasible = message.feasible
            self.used += message.conflicts
            if message.failure:
                raise RuntimeError(message.failure)
        else:
            self.keep(message)

    def _closed(self) -> bool:
        """Whether the best schedule meets the bounds."""
        if self.rank is None:
            return False
        value, changes, gaps = self.rank
        least = self.bounds.gaps or 0, self.bounds.changes or 0
        if -value == self._most_value and (gaps, changes) == least:
            self.feasible = True
            return True
        return False

    @property
    def _size(self) -> int:
        return len(self.event.meetings) * len(self.event.slots)

    @property
    def _most_value(self) -> int:
        """What no schedule is worth more than."""
        return self.event.value if self.bounds.value is None else self.bounds.value

    def _improve(self) -> bool:
        """Local search for a moment; False where it has nothing to do."""
        if self.conflicts is not None or self.published or self.slots is None or self.rank is None:
            return False
        if self.rank[2] == 0:
            return False
        if self.moves is None:
            self.moves = Moves(self.event, self.slots, seed=self.budget.seed)
        elif self.moves.slots().keys() != self.slots.keys() or self.rank[2] < self.moves.best:
            self.moves.place(self.slots)
        end = perf_counter() + POLL

        def check() -> None:
            self.budget.check()
            if perf_counter() > end:
                raise _Pause

        with suppress(_Pause):
            self.moves.anneal(check, self.keep, best=self.rank[2])
        return True

    def result(self) -> Schedule:
        """What is known."""
        found = Schedule(
            self.event,
            Status.UNKNOWN,
            seconds=self.budget.elapsed,
            conflicts=self.used,
            value_bound=self._most_value,
        )
        if self.feasible is False and self.slots is None:
            return replace(found, status=Status.INFEASIBLE, value_bound=None)
        if self.slots is None or self.rank is None:
            return found
        tables = seat(self.event, self.slots, kept=self.tables)
        value, changes, gaps = self.rank
        best_value = -value == self._most_value
        bound = self.bounds.gaps if best_value and changes == (self.bounds.changes or 0) else None
        return replace(
            found,
            status=Status.OPTIMAL if self.feasible else Status.FEASIBLE,
            placements=tuple(
                Placement(self.event.meetings[meeting].id, slot + 1, tables[meeting] + 1)
                for meeting, slot in sorted(self.slots.items())
            ),
            value=-value,
            gaps=gaps,
            bound=bound or 0,
            walking=walking(self.event, self.slots, tables),
        )


class _Pause(Exception):  # noqa: N818 - not an error: a look at the other process is due
    """Local search rests for a moment."""
