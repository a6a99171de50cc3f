"""Local search: meetings change slots along chains, so that every schedule on the way keeps the rules.

A meeting that moves from slot s to t pushes whoever its two sides meet at t back to s, and so on: a
Kempe chain of the two slots. Chains keep "one meeting at a time" by construction; tables, availability
and precedences are checked. Simulated annealing over chains, started near participants who wait. It
proves nothing, and it is quick: a participant's day is one integer, and gaps are counted by its bits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import exp
from random import Random

from liandong.meetings.capacity import capacities
from liandong.meetings.domains import domain
from liandong.meetings.event import Event

LONGEST_CHAIN = 12
HOT, COLD = 0.7, 0.12
CYCLE = 120_000  # moves from hot to cold


class Moves:
    """A schedule that changes by chains. Meetings, participants and slots are positions from 0."""

    def __init__(self, event: Event, slots: Mapping[int, int], *, seed: int = 0) -> None:
        self.random = Random(seed)
        index = {participant.id: number for number, participant in enumerate(event.participants)}
        self.event = event
        self.count = len(event.slots)
        self.sides = [(index[meeting.first], index[meeting.second]) for meeting in event.meetings]
        self.domains = [sum(1 << slot for slot in domain(event, meeting)) for meeting in event.meetings]
        days: dict[int, int] = {}
        for number, slot in enumerate(event.slots):
            days[slot.day] = days.get(slot.day, 0) | 1 << number
        self.days = list(days.values())
        self.inner = sum(day & ~(day & -day) for day in self.days)  # slots that are not the first of a day
        self.rooms = [(set(capacity.meetings), capacity.limit) for capacity in capacities(event)]
        self.rooms_of = [
            [room for room, (members, _) in enumerate(self.rooms) if meeting in members]
            for meeting in range(len(event.meetings))
        ]
        self.before: list[list[int]] = [[] for _ in event.meetings]
        self.later: list[list[int]] = [[] for _ in event.meetings]
        for number, meeting in enumerate(event.meetings):
            for name in meeting.after:
                self.before[number].append(event.position[name])
                self.later[event.position[name]].append(number)
        self.place(slots)

    def place(self, slots: Mapping[int, int]) -> None:
        """Start again from a schedule."""
        self.at = [slots.get(meeting, -1) for meeting in range(len(self.event.meetings))]
        self.who = [[-1] * self.count for _ in self.event.participants]
        self.busy = [0] * len(self.event.participants)
        self.load = [[0] * self.count for _ in self.rooms]
        for meeting, slot in slots.items():
            for side in self.sides[meeting]:
                self.who[side][slot] = meeting
                self.busy[side] |= 1 << slot
            for room in self.rooms_of[meeting]:
                self.load[room][slot] += 1
        self.waits = [self.gaps(busy) for busy in self.busy]
        self.total = sum(self.waits)
        self.best = self.total  # the fewest gaps since then
        self.done = 0

    def add(self, meeting: int, slot: int) -> None:
        """One more meeting; the caller sees to it that there is room."""
        self.at[meeting] = slot
        for room in self.rooms_of[meeting]:
            self.load[room][slot] += 1
        for side in self.sides[meeting]:
            self.who[side][slot] = meeting
            self.busy[side] |= 1 << slot
            self._count(side)

    def _count(self, side: int) -> None:
        gaps = self.gaps(self.busy[side])
        self.total += gaps - self.waits[side]
        self.waits[side] = gaps

    def gaps(self, busy: int) -> int:
        """Idle gaps of one participant, from the bits of their slots."""
        runs = (busy & ~((busy << 1) & self.inner)).bit_count()
        for day in self.days:
            if busy & day:
                runs -= 1
        return runs

    def slots(self) -> dict[int, int]:
        """Meeting → slot."""
        return {meeting: slot for meeting, slot in enumerate(self.at) if slot >= 0}

    def fair(self) -> bool:
        """Whether the numbers of gaps are as close as the event asks."""
        allowed = self.event.fairness
        return allowed is None or not self.waits or max(self.waits) - min(self.waits) <= allowed

    def anneal(
        self,
        check: Callable[[], None],
        on_better: Callable[[dict[int, int]], None],
        *,
        best: int,
    ) -> None:
        """Improve until there is no gap or check raises; the next call goes on from there.

        best: only schedules with fewer gaps than that are handed to on_better.
        """
        while best:
            if self.done % 512 == 0:
                check()
            heat = HOT * (COLD / HOT) ** (self.done % CYCLE / CYCLE)
            self.done += 1
            chosen = self._choose()
            if chosen is None:
                continue
            chain = self._chain(*chosen)
            if chain is None:
                continue
            change = self._change(chain, *chosen)
            if change <= 0 or self.random.random() < exp(-change / heat):
                self._move(chain, *chosen)
                if self.total < best and self.fair():
                    self.best = best = self.total
                    on_better(self.slots())

    def _choose(self) -> tuple[int, int] | None:
        """A meeting and where to move it: mostly of someone who waits, next to another meeting of theirs."""
        random = self.random
        side = random.randrange(len(self.busy))
        if random.random() < 0.8:
            for _ in range(20):
                if self.waits[side]:
                    break
                side = random.randrange(len(self.busy))
        busy = self.busy[side]
        if not busy:
            return None
        meetings = [meeting for meeting in self.who[side] if meeting >= 0]
        meeting = random.choice(meetings)
        slots = self.domains[meeting] & ~(1 << self.at[meeting])
        if random.random() < 0.7:
            rest = busy & ~(1 << self.at[meeting])
            slots &= (rest << 1 | rest >> 1) & ~rest
        if not slots:
            return None
        skip = random.randrange(slots.bit_count())
        while skip:
            slots &= slots - 1
            skip -= 1
        return meeting, (slots & -slots).bit_length() - 1

    def _chain(self, meeting: int, target: int) -> list[int] | None:
        """The meetings that change between the two slots; None if one may not or they are too many."""
        source = self.at[meeting]
        chain, seen = [meeting], {meeting}
        for moved in chain:
            goal = target if self.at[moved] == source else source
            if not self.domains[moved] >> goal & 1:
                return None
            for side in self.sides[moved]:
                pushed = self.who[side][goal]
                if pushed >= 0 and pushed not in seen:
                    if len(chain) == LONGEST_CHAIN:
                        return None
                    seen.add(pushed)
                    chain.append(pushed)
        if not self._seated(chain, source, target) or not self._ordered(chain, source, target):
            return None
        return chain

    def _seated(self, chain: list[int], source: int, target: int) -> bool:
        change: dict[int, int] = {}
        for moved in chain:
            step = 1 if self.at[moved] == source else -1
            for room in self.rooms_of[moved]:
                change[room] = change.get(room, 0) + step
        return all(
            self.load[room][target] + step <= self.rooms[room][1]
            and self.load[room][source] - step <= self.rooms[room][1]
            for room, step in change.items()
        )

    def _ordered(self, chain: list[int], source: int, target: int) -> bool:
        def slot(meeting: int) -> int:
            if meeting not in chain:
                return self.at[meeting]
            return target if self.at[meeting] == source else source

        return all(
            all(slot(earlier) < slot(moved) for earlier in self.before[moved] if self.at[earlier] >= 0)
            and all(slot(moved) < slot(later) for later in self.later[moved] if self.at[later] >= 0)
            for moved in chain
        )

    def _change(self, chain: list[int], _: int, target: int) -> int:
        """What the chain does to the number of gaps."""
        both = 1 << self.at[chain[0]] | 1 << target
        change = 0
        seen = set()
        for moved in chain:
            for side in self.sides[moved]:
                held = self.busy[side] & both
                if side not in seen and held != both:
                    seen.add(side)
                    change += self.gaps(self.busy[side] ^ both) - self.waits[side]
        return change

    def _move(self, chain: list[int], _: int, target: int) -> None:
        source = self.at[chain[0]]
        for moved in chain:
            for side in self.sides[moved]:
                self.who[side][self.at[moved]] = -1
            for room in self.rooms_of[moved]:
                self.load[room][self.at[moved]] -= 1
        touched = set()
        for moved in chain:
            slot = self.at[moved] = target if self.at[moved] == source else source
            for side in self.sides[moved]:
                self.who[side][slot] = moved
                touched.add(side)
            for room in self.rooms_of[moved]:
                self.load[room][slot] += 1
        for side in touched:
            held = (self.who[side][source] >= 0) << source | (self.who[side][target] >= 0) << target
            self.busy[side] = self.busy[side] & ~(1 << source | 1 << target) | held
            self._count(side)
