"""How many idle gaps there must be, by counting alone: a bound that clauses find hard to see.

Where nearly every place of every slot is taken, someone has to wait because the numbers do not come out
otherwise (a pigeonhole argument, which resolution proves only at length). Participants are counted by kind:
those without a gap choose one of the runs of slots in which all their meetings have room, those with a gap
spread over whatever slots they can use. A slot takes two people per table. The fewest gaps are a small
integer program (HiGHS, in SciPy); any bound of it is a bound of the schedule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, inf, isfinite

import numpy as np

from liandong.meetings.capacity import capacities
from liandong.meetings.domains import domains
from liandong.meetings.event import Event

MOST_RUNS = 20_000  # runs over all kinds; more is not tried
SECONDS = 2.0
NODES = 1_000  # of branch and bound: ends it at the same place on every machine


@dataclass(frozen=True, slots=True)
class Kind:
    """Participants who can be exchanged as far as counting goes.

    number: of meetings. open: slots some meeting can use. certain: slots of meetings that have no other.
    runs: ways to hold all meetings without a gap.
    """

    number: int
    open: frozenset[int]
    certain: frozenset[int]
    runs: frozenset[frozenset[int]]


def fewest_gaps(event: Event, held: Sequence[int], *, seconds: float | None = SECONDS) -> int:
    """A lower bound of the idle gaps if these meetings (positions) are held.

    seconds: None for a result that does not depend on the machine. 0 where the event is too large to be
    counted, or nothing was found in time.
    """
    kinds = _kinds(event, held)
    if not kinds or sum(len(kind.runs) for kind in kinds) > MOST_RUNS:
        return 0
    days = [slot.day for slot in event.slots]
    firsts = {slot for slot, day in enumerate(days) if not slot or day != days[slot - 1]}
    bound = _program(kinds, _places(event, held), firsts).bound(seconds)
    return 0 if bound is None else max(0, ceil(bound - 1e-6))


def _kinds(event: Event, held: Sequence[int]) -> Counter[Kind]:
    chosen = set(held)
    slots = domains(event, set(range(len(event.meetings))) - chosen)
    kinds: Counter[Kind] = Counter()
    for meetings in event.meetings_of.values():
        own = [frozenset(slots[meeting]) for meeting in meetings if meeting in chosen]
        if own:
            runs = frozenset(run for run in _runs(event, len(own)) if _fits(own, run))
            certain = frozenset(slot for each in own if len(each) == 1 for slot in each)
            kinds[Kind(len(own), frozenset().union(*own), certain, runs)] += 1
    return kinds


def _places(event: Event, held: Sequence[int]) -> int:
    """Meetings that a slot can take at most."""
    return min((c.limit for c in capacities(event) if set(held) <= set(c.meetings)), default=len(held))


def _runs(event: Event, number: int) -> Iterator[frozenset[int]]:
    """Sets of so many slots without a gap: one run in every day that is used."""
    days: dict[int, list[int]] = {}
    for slot, each in enumerate(event.slots):
        days.setdefault(each.day, []).append(slot)

    def choose(rest: list[list[int]], left: int) -> Iterator[frozenset[int]]:
        if not left:
            yield frozenset()
        elif rest:
            today, *later = rest
            room = sum(map(len, later))
            for length in range(max(0, left - room), min(left, len(today)) + 1):
                starts = range(len(today) - length + 1) if length else range(1)
                for others in choose(later, left - length):
                    for start in starts:
                        yield others | frozenset(today[start : start + length])

    return choose(list(days.values()), number)


def _fits(own: Sequence[frozenset[int]], run: frozenset[int]) -> bool:
    """Whether every meeting has a slot of its own in the run (augmenting paths)."""
    taken: dict[int, int] = {}

    def seat(meeting: int, seen: set[int]) -> bool:
        for slot in own[meeting] & run:
            if slot not in seen:
                seen.add(slot)
                if slot not in taken or seat(taken[slot], seen):
                    taken[slot] = meeting
                    return True
        return False

    return all(seat(meeting, set()) for meeting in range(len(own)))


class _Program:
    """Columns and rows of an integer program that is minimised; no column is below 0."""

    def __init__(self) -> None:
        self.cost: list[float] = []
        self.whole: list[float] = []
        self.entries: list[tuple[int, int, float]] = []
        self.least: list[float] = []
        self.most: list[float] = []

    def column(self, cost: float = 0.0, *, whole: bool = True) -> int:
        """A new column, whole or continuous."""
        self.cost.append(cost)
        self.whole.append(float(whole))
        return len(self.cost) - 1

    def row(self, terms: Sequence[tuple[int, float]], least: float = 0.0, most: float = 0.0) -> None:
        """least ≤ sum of the terms (column, factor) ≤ most."""
        self.entries.extend((len(self.least), column, factor) for column, factor in terms)
        self.least.append(least)
        self.most.append(most)

    def bound(self, seconds: float | None) -> float | None:
        """What no solution is below; None if nothing is known in time or there is no solution."""
        from scipy.optimize import Bounds, LinearConstraint, milp  # slow to import, and rarely needed
        from scipy.sparse import csr_array

        rows, columns, factors = zip(*self.entries, strict=True)
        matrix = csr_array((factors, (rows, columns)), shape=(len(self.least), len(self.cost)))
        found = milp(
            np.array(self.cost),
            integrality=np.array(self.whole),
            bounds=Bounds(0, np.inf),
            constraints=LinearConstraint(matrix, self.least, self.most),
            options={"node_limit": NODES} | ({} if seconds is None else {"time_limit": max(0.1, seconds)}),
        )
        bound = found.mip_dual_bound
        return None if bound is None or not isfinite(bound) else float(bound)


def _program(kinds: Counter[Kind], places: int, firsts: set[int]) -> _Program:
    """How many of each kind take each run, how many wait, and in which slots they are."""
    program = _Program()
    present: dict[int, list[tuple[int, float]]] = {slot: [] for kind in kinds for slot in kind.open}
    for kind, members in kinds.items():
        gaps, waiting = program.column(1.0), program.column()
        program.row([(gaps, 1.0), (waiting, -1.0)], most=inf)
        runs = {run: program.column() for run in sorted(kind.runs, key=sorted)}
        program.row([(waiting, 1.0), *((column, 1.0) for column in runs.values())], members, members)
        spread = {slot: program.column(whole=False) for slot in sorted(kind.open)}
        program.row([(waiting, -float(kind.number)), *((column, 1.0) for column in spread.values())])
        for slot, column in spread.items():
            program.row([(column, 1.0), (waiting, -1.0)], 0.0 if slot in kind.certain else -inf)
            present[slot].append((column, 1.0))
        if kind.certain:  # who is bound to some slots may have to wait more than once: gaps ≥ runs − days
            begun = []
            for slot, column in spread.items():
                run = program.column(whole=False)
                before = [] if slot in firsts or slot - 1 not in spread else [(spread[slot - 1], 1.0)]
                program.row([(run, 1.0), (column, -1.0), *before], most=inf)
                begun.append((run, -1.0))
            program.row([(gaps, 1.0), (waiting, float(len(firsts))), *begun], most=inf)
        for slots, column in runs.items():
            for slot in slots:
                present[slot].append((column, 1.0))
    for terms in present.values():
        meetings = program.column()
        program.row([*terms, (meetings, -2.0)])  # two people each
        program.row([(meetings, 1.0)], most=places)
    return program
