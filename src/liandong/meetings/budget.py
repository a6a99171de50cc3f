"""How long a search may go on, and the solver that keeps to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from time import perf_counter
from typing import Any

import pysolvers  # type: ignore[import-not-found]
from pysat.solvers import Solver


class Stopped(Exception):  # noqa: N818 - not an error: the search ends and keeps what it has
    """The budget is spent, or the caller asked to stop."""


class Budget:
    """What a search may use. conflicts: for runs that give the same result on every machine."""

    def __init__(
        self,
        *,
        seconds: float | None = None,
        conflicts: int | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self.started = perf_counter()
        self.seconds = seconds
        self.conflicts = conflicts
        self.used = 0
        self.cancelled = cancelled

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return perf_counter() - self.started

    @property
    def left(self) -> float | None:
        """Seconds left, None without a limit."""
        return None if self.seconds is None else max(0.0, self.seconds - self.elapsed)

    @property
    def conflicts_left(self) -> int | None:
        """Conflicts left, None without a limit."""
        return None if self.conflicts is None else max(0, self.conflicts - self.used)

    def check(self) -> None:
        """Raise Stopped if it is time to stop."""
        if self.left == 0 or self.conflicts_left == 0:
            raise Stopped
        if self.cancelled is not None and self.cancelled():
            raise Stopped


class Oracle:
    """One incremental SAT solver (CaDiCaL 1.9.5).

    A call runs until it is answered or the conflicts are spent: asking in short slices instead costs
    several times the time, because each call starts the solver's schedule of restarts anew. Who needs
    to stop it by the clock runs it in a process of its own (`worker`).
    """

    def __init__(self, clauses: Iterable[Sequence[int]], budget: Budget) -> None:
        self.budget = budget
        self._solver: Any = Solver(name="cadical195", bootstrap_with=clauses)
        self._seen = 0

    def add(self, clauses: Iterable[Sequence[int]]) -> None:
        """More clauses."""
        for clause in clauses:
            self._solver.add_clause(clause)

    def solve(self, assumptions: Sequence[int] = (), *, conflicts: int | None = None) -> bool | None:
        """Whether there is a model under the assumptions; None if `conflicts` did not suffice.

        Raises Stopped when the budget is spent.
        """
        self.budget.check()
        limits = [limit for limit in (conflicts, self.budget.conflicts_left) if limit is not None]
        if limits:
            self._solver.conf_budget(min(limits))
        try:
            answer: bool | None = self._solver.solve_limited(assumptions=assumptions)
        except pysolvers.error as error:  # what the solver makes of Ctrl-C
            raise KeyboardInterrupt from error
        total = self._solver.accum_stats()["conflicts"]
        self.budget.used += total - self._seen
        self._seen = total
        if answer is None and conflicts is None:
            raise Stopped
        return answer

    def model(self) -> list[int]:
        """The values found, literal by literal."""
        return list(self._solver.get_model())

    def core(self) -> list[int]:
        """Assumptions that cannot hold together."""
        return list(self._solver.get_core() or ())

    def close(self) -> None:
        """Give the memory back."""
        self._solver.delete()
