"""How long a search may go on: seconds, conflicts, or until someone says stop."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from time import perf_counter
from typing import Any

from pysat.solvers import Solver

SLICE_SECONDS = 0.25  # the solver cannot be interrupted: it is asked in slices of about this long
FIRST_SLICE = 1000  # conflicts


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
        self._cancelled = cancelled

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return perf_counter() - self.started

    @property
    def left(self) -> float:
        """Seconds left; infinite without a limit."""
        return float("inf") if self.seconds is None else self.seconds - self.elapsed

    def check(self) -> None:
        """Raise Stopped if it is time to stop."""
        if self.left <= 0 or (self.conflicts is not None and self.used >= self.conflicts):
            raise Stopped
        if self._cancelled is not None and self._cancelled():
            raise Stopped

    def part(self, seconds: float) -> Budget:
        """A smaller budget inside this one: the same caller, at most so many seconds."""
        return Budget(
            seconds=min(seconds, self.left),
            conflicts=None if self.conflicts is None else self.conflicts - self.used,
            cancelled=self._cancelled,
        )


class Oracle:
    """One incremental SAT solver (CaDiCaL 1.9.5) that stops when the budget does."""

    def __init__(self, clauses: Iterable[Sequence[int]], budget: Budget) -> None:
        self.budget = budget
        self._solver: Any = Solver(name="cadical195", bootstrap_with=clauses)
        self._slice = FIRST_SLICE
        self._seen = 0

    def add(self, clauses: Iterable[Sequence[int]]) -> None:
        """More clauses."""
        for clause in clauses:
            self._solver.add_clause(clause)

    def prefer(self, literals: Sequence[int]) -> None:
        """The values to try first."""
        self._solver.set_phases(literals)

    def solve(self, assumptions: Sequence[int] = (), *, conflicts: int | None = None) -> bool | None:
        """Whether there is a model under the assumptions; None if `conflicts` did not suffice.

        Raises Stopped when the budget is spent.
        """
        spent = 0
        while True:
            self.budget.check()
            portion = self._slice if conflicts is None else min(self._slice, conflicts - spent)
            if self.budget.conflicts is not None:
                portion = min(portion, max(1, self.budget.conflicts - self.budget.used))
            started = perf_counter()
            self._solver.conf_budget(portion)
            answer: bool | None = self._solver.solve_limited(assumptions=assumptions)
            taken = perf_counter() - started
            done = self._solver.accum_stats()["conflicts"]
            spent += done - self._seen
            self.budget.used += done - self._seen
            self._seen = done
            if answer is not None:
                return answer
            if self.budget.conflicts is None:  # else the slices must not depend on the machine
                self._slice = max(100, int(portion * min(2.0, max(0.5, SLICE_SECONDS / max(taken, 1e-3)))))
            if conflicts is not None and spent >= conflicts:
                return None

    def model(self) -> list[int]:
        """The values found, literal by literal."""
        return list(self._solver.get_model())

    def core(self) -> list[int]:
        """Assumptions that cannot hold together."""
        return list(self._solver.get_core() or ())

    def close(self) -> None:
        """Give the memory back."""
        self._solver.delete()
