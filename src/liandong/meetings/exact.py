"""The exact search, stage by stage: value, then changes from what was published, then idle gaps.

Each stage proves its optimum before the next one begins, and the next keeps it. Every schedule and
every bound on the way is reported at once, so whoever stops the search keeps the best.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from liandong.meetings.budget import Budget, Oracle
from liandong.meetings.cores import CoreSearch
from liandong.meetings.encoding import Encoding, encode
from liandong.meetings.event import Event
from liandong.meetings.schedule import count_gaps
from liandong.meetings.selection import Selection

MOST_LOSS = 400  # weight of wishes given up that is still counted exactly while gaps are minimised
MOST_COUNTED = 250  # gaps of all participants that can be required to be at least so many, in clauses


@dataclass(frozen=True, slots=True)
class Bounds:
    """No schedule has more value; none of that value has fewer changes; none of these has fewer gaps."""

    value: int | None = None
    changes: int | None = None
    gaps: int | None = None


@dataclass(frozen=True)
class Reporter:
    """Who hears of schedules (meeting → slot, positions from 0) and bounds."""

    schedule: Callable[[dict[int, int]], None]
    bounds: Callable[[Bounds], None]


def nothing_known(event: Event, held: Sequence[int]) -> int:
    """The bound of idle gaps where none is computed beforehand."""
    return 0


class Exact:
    """One search.

    published: meeting → slot that should stay if possible. fewest_gaps: gives a bound of the idle gaps of
    a set of meetings (`counting`), which helps a long search and is not worth its time in a short one.
    """

    def __init__(
        self,
        event: Event,
        budget: Budget,
        report: Reporter,
        *,
        published: Mapping[int, int] | None = None,
        fewest_gaps: Callable[[Event, Sequence[int]], int] = nothing_known,
    ) -> None:
        self.event, self.budget, self.report, self.fewest_gaps = event, budget, report, fewest_gaps
        self.published = dict(published or {})
        self.bounds = Bounds()
        self.optional = [position for position, meeting in enumerate(event.meetings) if not meeting.must]

    def run(self) -> bool:
        """Search to the end: True with the optimum proven, False if there is no schedule at all.

        Raises Stopped when the budget is spent.
        """
        self.budget.check()
        encoding = self._encode(self.optional, ())
        oracle = Oracle(encoding.formula, self.budget)
        exact, held = True, frozenset(range(len(self.event.meetings)))
        if self.optional:
            most = self._most_valuable(encoding, oracle)
            if most is None:
                return False
            held = most
            given_up = [position for position in self.optional if position not in held]
            loss = sum(self.event.meetings[position].value for position in given_up)
            oracle.close()
            exact = loss <= MOST_LOSS
            encoding = self._encode(self.optional if given_up and exact else (), () if exact else given_up)
            if given_up and exact:
                self._keep_value(encoding, loss)
            oracle = Oracle(encoding.formula, self.budget)
        else:
            self._bound(Bounds(value=self.event.value))
            if not oracle.solve():
                return False
            self.report.schedule(encoding.read(oracle.model()))
        if self.published:
            self._fewest_changes(encoding, oracle)
        choice = len(held) < len(self.event.meetings) and exact  # other sets may be worth as much
        return self._fewest_gaps(encoding, oracle, () if choice else sorted(held)) and exact

    def _encode(self, optional: Sequence[int], left_out: Sequence[int]) -> Encoding:
        return encode(
            self.event,
            optional=optional,
            left_out=left_out,
            symmetry=not self.published,
            check=self.budget.check,
        )

    def _bound(self, bounds: Bounds) -> None:
        if bounds != self.bounds:
            self.bounds = bounds
            self.report.bounds(bounds)

    def _most_valuable(self, encoding: Encoding, oracle: Oracle) -> frozenset[int] | None:
        """The best set of meetings, or None if the compulsory ones cannot be held."""
        selection = Selection(self.event)
        literal = {position: held for position, held in enumerate(encoding.held) if held is not None}
        position = {held: meeting for meeting, held in literal.items()}
        certain = frozenset(range(len(self.event.meetings))) - literal.keys()
        while True:
            proposal = selection.best(seconds=self.budget.left)
            self.budget.check()
            if proposal is None:
                return None
            wished, bound, closed = proposal
            self._bound(Bounds(value=bound))
            held = set(wished)
            while not oracle.solve([literal[meeting] for meeting in sorted(held - certain)]):
                core = [position[assumed] for assumed in oracle.core()]
                if not core:
                    return None
                selection.forbid(core)
                held.discard(min(core, key=lambda meeting: (self.event.meetings[meeting].value, meeting)))
            slots = encoding.read(oracle.model())
            self.report.schedule(slots)
            if sum(self.event.meetings[meeting].value for meeting in slots) >= bound and closed:
                return frozenset(slots)

    def _keep_value(self, encoding: Encoding, loss: int) -> None:
        """No more is given up than must be: a sum of weights, counted by its possible values."""
        formula = encoding.formula
        sums: dict[int, int] = {}
        for position in self.optional:
            held, weight = encoding.held[position], self.event.meetings[position].value
            assert held is not None
            targets = {min(lost + weight, loss + 1) for lost in (0, *sums)}
            following = {lost: formula.new() for lost in sorted(targets.union(sums))}
            formula.add(held, following[min(weight, loss + 1)])
            for lost, literal in sums.items():
                formula.add(-literal, following[lost])
                formula.add(held, -literal, following[min(lost + weight, loss + 1)])
            sums = following
        if loss + 1 in sums:
            formula.add(-sums[loss + 1])

    def _fewest_changes(self, encoding: Encoding, oracle: Oracle) -> None:
        """Published meetings stay where they are, as many as can; then that number is kept."""
        stays = {
            meeting: encoding.at.get((meeting, slot)) for meeting, slot in sorted(self.published.items())
        }
        literals = [literal for literal in stays.values() if literal is not None]
        moved_anyway = len(stays) - len(literals)
        search = CoreSearch(oracle, encoding.formula, [([-literal], 1) for literal in literals])
        best = len(literals)

        def on_model(model: list[int]) -> int:
            nonlocal best
            best = min(best, sum(model[literal - 1] < 0 for literal in literals))
            self._bound(Bounds(self.bounds.value, moved_anyway + search.lower))
            self.report.schedule(encoding.read(model))
            return best

        search.run(on_model)
        self._bound(Bounds(self.bounds.value, moved_anyway + search.lower))
        before = len(encoding.formula.clauses)
        encoding.formula.at_most([-literal for literal in literals], search.lower)
        oracle.add(encoding.formula.clauses[before:])

    def _fewest_gaps(self, encoding: Encoding, oracle: Oracle, held: Sequence[int]) -> bool:
        """Everyone is assumed to have no gap; what cannot be is paid for.

        held: the meetings held, if no other set will do. Their gaps are counted once the search takes long.
        """
        search = CoreSearch(oracle, encoding.formula, ((own, 1) for own in encoding.gaps))
        search.on_bound = lambda: self._bound(Bounds(self.bounds.value, self.bounds.changes, search.lower))
        best: int | None = None

        def on_model(model: list[int]) -> int:
            nonlocal best
            slots = encoding.read(model)
            gaps = count_gaps(self.event, slots)
            best = gaps if best is None else min(best, gaps)
            self.report.schedule(slots)
            return best

        def count() -> None:
            oracle.before_retry = lambda: None
            known = search.known = self.fewest_gaps(self.event, held)
            search.on_bound()
            beginnings = [literal for own in encoding.gaps for literal in own]
            if known and len(beginnings) <= MOST_COUNTED:
                encoding.formula.at_most([-literal for literal in beginnings], len(beginnings) - known)

        if held:
            oracle.before_retry = count
        self._bound(Bounds(self.bounds.value, self.bounds.changes, 0))
        return search.run(on_model)
