"""The least weight of wishes to give up, from below: unsatisfiable cores, each paid for once.

Every wish is assumed. Where they cannot all hold the solver names a few that cannot hold together (a
core); the least weight among them must be given up, which raises the bound, and from then on "how many
of these" is counted and assumed to be as low as known (OLL: Andres et al. 2012; Morgado et al. 2014).
Cores of one round are kept apart until the rest is satisfiable (Berg and Järvisalo 2017): that gives a
schedule in every round, so an upper bound too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from liandong.meetings.budget import Oracle
from liandong.meetings.formula import Formula

MINIMISE_UP_TO = 80  # literals of a core that are tried one by one
MINIMISE_CONFLICTS = 200
EXHAUST_CONFLICTS = 2000


class CoreSearch:
    """Least weight of violated wishes; `lower` is proven at any time."""

    def __init__(self, oracle: Oracle, formula: Formula, counts: Iterable[tuple[Sequence[int], int]]) -> None:
        """counts: unary numbers (output i is true if more than i) to be kept low, each with its weight."""
        self.oracle = oracle
        self.formula = formula
        self.assumed: dict[int, int] = {}
        self.sums: dict[
            int, tuple[Sequence[int], int]
        ] = {}  # assumed literal → its count's outputs and index
        self.known = 0  # what is proven elsewhere to be given up at least
        self.paid = 0
        self.on_bound: Callable[[], None] = lambda: None
        for outputs, weight in counts:
            self._assume(outputs, 0, weight)

    @property
    def lower(self) -> int:
        """The weight that must be given up, as far as is proven."""
        return max(self.paid, self.known)

    def run(self, on_model: Callable[[list[int]], int]) -> bool:
        """Search until the optimum is proven (True) or it is proven that nothing holds at all (False).

        on_model gets each model and returns the best cost known so far; the search ends when the bound
        meets it. Raises Stopped when the budget is spent.
        """
        upper: int | None = None
        threshold = max(self.assumed.values(), default=1)
        while True:
            cores: list[tuple[list[int], int]] = []
            while True:
                literals = [literal for literal, weight in self.assumed.items() if weight >= threshold]
                if self.oracle.solve(literals):
                    upper = on_model(self.oracle.model())
                    break
                core = self.oracle.core()
                if not core:
                    return False
                cores.append(self._pay(self._minimised(core)))
                if upper is not None and self.lower >= upper:
                    return True
            if upper <= self.lower:
                return True
            for core, weight in cores:
                self._count(core, weight)
            if not cores:
                lighter = [weight for weight in self.assumed.values() if weight < threshold]
                if not lighter:
                    return True
                threshold = max(lighter)

    def _minimised(self, core: list[int]) -> list[int]:
        """A smaller core, by leaving out one literal after the other as long as that is cheap."""
        if not 1 < len(core) <= MINIMISE_UP_TO:
            return core
        kept = list(core)
        for literal in sorted(core, key=abs):
            if len(kept) == 1 or literal not in kept:
                continue
            fewer = [other for other in kept if other != literal]
            if self.oracle.solve(fewer, conflicts=MINIMISE_CONFLICTS) is False:
                kept = self.oracle.core() or fewer
        return kept

    def _pay(self, core: list[int]) -> tuple[list[int], int]:
        weight = min(self.assumed[literal] for literal in core)
        self.paid += weight
        self.on_bound()
        for literal in core:
            self.assumed[literal] -= weight
            if not self.assumed[literal]:
                del self.assumed[literal]
        return core, weight

    def _count(self, core: list[int], weight: int) -> None:
        """From now on it is counted how many of the core are given up, and one is free."""
        for literal in core:
            if literal in self.sums:
                outputs, index = self.sums[literal]
                self._assume(outputs, index + 1, weight)
        if len(core) == 1:
            return
        before = len(self.formula.clauses)
        outputs = self.formula.count([-literal for literal in core], len(core) - 1)
        self.oracle.add(self.formula.clauses[before:])
        index = 1
        while index < len(outputs):  # is giving up one of them even enough?
            if self.oracle.solve([-outputs[index]], conflicts=EXHAUST_CONFLICTS) is not False:
                break
            self.paid += weight
            index += 1
        self._assume(outputs, index, weight)

    def _assume(self, outputs: Sequence[int], index: int, weight: int) -> None:
        if index < len(outputs):
            literal = -outputs[index]
            self.sums[literal] = outputs, index
            self.assumed[literal] = self.assumed.get(literal, 0) + weight
