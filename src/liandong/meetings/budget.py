"""How long a search may go on, and the solver that keeps to it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter
from typing import Any

from pysat._utils import MainThread
from pysat.solvers import Solver

from liandong.meetings.formula import Formula

# On the main thread the solver would put its own handler of Ctrl-C in the place of `interrupts`, and jump out
# of the midst of its work.
MainThread.check = staticmethod(lambda: False)

PATIENCE, GROWTH = 30_000, 1.5  # conflicts of the first try of a call, and how they grow
SETTINGS: tuple[dict[str, int], ...] = (
    {},
    {"phase": 0, "stabilizeonly": 1},
    {"phase": 0, "seed": 1},
    {"stabilizeonly": 1, "seed": 2},
    {"seed": 3},
)


class Stopped(Exception):  # noqa: N818 - not an error: the search ends and keeps what it has
    """The budget is spent, or the caller asked to stop."""


@contextmanager
def interrupts() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C was pressed since, to be asked at safe places; only on the main thread.

    An exception out of the midst of a call leaves the solver in a state in which deleting it crashes.
    """
    heard = False

    def hear(*_: object) -> None:
        nonlocal heard
        heard = True

    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    before = signal.signal(signal.SIGINT, hear)
    try:
        yield lambda: heard
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL if before is None else before)


class Budget:
    """What a search may use. conflicts: for runs that give the same result on every machine.

    seed: chooses one of many equal ways to search.
    """

    def __init__(
        self,
        *,
        seconds: float | None = None,
        conflicts: int | None = None,
        cancelled: Callable[[], bool] | None = None,
        seed: int = 0,
    ) -> None:
        self.started = perf_counter()
        self.seconds = seconds
        self.conflicts = conflicts
        self.used = 0
        self.cancelled = cancelled
        self.seed = seed

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
    """One incremental SAT solver (CaDiCaL 1.9.5) over a formula that may grow.

    A call runs until it is answered or the conflicts are spent. It is never asked in short slices: each
    call starts the solver's schedule of restarts anew, and slices of a quarter of a second cost four
    times the conflicts. Who needs to stop it by the clock runs it in a process of its own (`worker`).

    Run times are heavy-tailed: the same question takes five seconds or a hundred, depending on chance.
    A call that has taken many conflicts is therefore begun again by a new solver with other settings,
    each time with more.
    """

    def __init__(self, formula: Formula, budget: Budget) -> None:
        self.budget = budget
        self.formula = formula
        self.before_retry: Callable[[], None] = lambda: None  # may add clauses to the formula
        self._tries = 0
        self._seen = 0
        self._begin()

    def add(self, clauses: Iterable[Sequence[int]]) -> None:
        """Clauses that have been added to the formula."""
        for clause in clauses:
            self._solver.add_clause(clause)

    def solve(self, assumptions: Sequence[int] = (), *, conflicts: int | None = None) -> bool | None:
        """Whether there is a model under the assumptions; None if `conflicts` did not suffice.

        Raises Stopped when the budget is spent.
        """
        while True:
            self.budget.check()
            patience = int(PATIENCE * GROWTH**self._tries)
            limits = [
                limit for limit in (conflicts, patience, self.budget.conflicts_left) if limit is not None
            ]
            answer = self._ask(assumptions, min(limits))
            if answer is not None or conflicts is not None:
                return answer
            self.budget.check()
            self._tries += 1
            self._solver.delete()
            self.before_retry()
            self._begin()

    def _ask(self, assumptions: Sequence[int], conflicts: int) -> bool | None:
        self._solver.conf_budget(conflicts)
        answer: bool | None = self._solver.solve_limited(assumptions=assumptions)
        total = self._solver.accum_stats()["conflicts"]
        self.budget.used += total - self._seen
        self._seen = total
        return answer

    def _begin(self) -> None:
        self._solver: Any = Solver(name="cadical195")
        self._seen = 0
        settings = dict(SETTINGS[self._tries % len(SETTINGS)])
        if self.budget.seed:
            settings["seed"] = settings.get("seed", 0) + len(SETTINGS) * self.budget.seed
        if settings:
            self._solver.configure(settings)
        self._solver.append_formula(self.formula.clauses)

    def model(self) -> list[int]:
        """The values found, literal by literal."""
        return list(self._solver.get_model())

    def core(self) -> list[int]:
        """Assumptions that cannot hold together."""
        return list(self._solver.get_core() or ())

    def close(self) -> None:
        """Give the memory back."""
        self._solver.delete()
