"""An event as clauses: a meeting at a slot is a variable, an idle gap is another.

For every participant and slot `used` says whether they sit in a meeting; within a day `before` and
`after` say whether they did or will. A gap starts where a used slot follows an unused one with a used
one before; gaps are counted in unary. "No gap" is told twice, by the count and by the band between
first and last meeting, because the second propagates. Slots share tables: instead of counting meetings,
the participants of a small cover of all meetings are counted, each of whom can be in one at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from liandong.meetings.capacity import Capacity, capacities
from liandong.meetings.domains import domains, interchangeable
from liandong.meetings.event import Event
from liandong.meetings.formula import Formula

Grid = list[int | None]  # a literal per slot; None where it is false for certain


@dataclass
class Encoding:
    """The clauses of an event and what their variables mean (positions and slots from 0)."""

    formula: Formula
    at: dict[tuple[int, int], int]
    held: list[int | None]  # None for a meeting that must be held
    gaps: list[list[int]] = field(default_factory=list)  # per participant: i-th is true if more than i gaps

    def read(self, model: Sequence[int]) -> dict[int, int]:
        """Meeting → slot of a model."""
        return {meeting: slot for (meeting, slot), literal in self.at.items() if model[literal - 1] > 0}


def encode(
    event: Event,
    *,
    optional: Sequence[int] = (),
    left_out: Sequence[int] = (),
    symmetry: bool = False,
    gaps: bool = True,
    tables: bool = True,
    check: Callable[[], None] = lambda: None,
) -> Encoding:
    """The clauses of an event.

    gaps, tables: without them idle gaps are not counted, or any number of meetings fits in a slot.

    optional: positions of meetings that need not be held; left_out: of those that are not. All others are.
    symmetry: order interchangeable meetings (not with locks or hints from a published schedule).
    """
    encoder = _Encoder(event, set(optional), set(left_out), check)
    return encoder.build(symmetry=symmetry, gaps=gaps or event.fairness is not None, tables=tables)


class _Encoder:
    def __init__(
        self, event: Event, optional: set[int], left_out: set[int], check: Callable[[], None]
    ) -> None:
        self.event, self.optional, self.left_out, self.check = event, optional, left_out, check
        self.formula = Formula()
        self.slots = len(event.slots)
        self.domains = [
            () if position in left_out else slots
            for position, slots in enumerate(domains(event, optional | left_out))
        ]
        self.at: dict[tuple[int, int], int] = {}
        self.until: list[Grid] = []  # meeting is held in this slot or an earlier one
        self.used: list[Grid] = []
        # someone with one meeting has no gap, so where gaps must be fair no one has more than allowed
        alone = any(len(self._of(participant.id)) < 2 for participant in event.participants)
        self.most_gaps = event.fairness if alone and event.fairness is not None else len(event.slots)
        self.compared = event.fairness is not None and not alone

    def build(self, *, symmetry: bool, gaps: bool, tables: bool) -> Encoding:
        """All clauses."""
        held = [self._meeting(position) for position in range(len(self.event.meetings))]
        self._precedences(held)
        counts = []
        for participant in self.event.participants:
            self.check()
            self.used.append(self._presence(self._of(participant.id)))
            if gaps:
                counts.append(self._gaps(self._of(participant.id), self.used[-1]))
            self._acceptance(self._of(participant.id), held, participant.most)
        for capacity in capacities(self.event):
            if tables or not capacity.tables:
                self._capacity(capacity)
        if self.event.fairness is not None:
            self._fairness(counts, self.event.fairness)
        if symmetry:
            for group in interchangeable(self.event, self.optional | self.left_out):
                for earlier, later in pairwise(group):
                    self._strictly_before(earlier, later, ())
        return Encoding(self.formula, self.at, held, counts)

    def _of(self, participant: str) -> list[int]:
        return [m for m in self.event.meetings_of[participant] if m not in self.left_out]

    def _meeting(self, meeting: int) -> int | None:
        """One slot of the meeting's own, or none if it is optional."""
        until: Grid = [None] * self.slots
        self.until.append(until)
        if meeting in self.left_out:
            return None
        literals = []
        earlier: int | None = None
        for slot in range(self.slots):
            if slot in self.domains[meeting]:
                literal = self.at[meeting, slot] = self.formula.new()
                literals.append(literal)
                if earlier is None:
                    earlier = literal
                else:
                    union = self.formula.new()
                    self.formula.add(-earlier, -literal)
                    self.formula.add(-earlier, union)
                    self.formula.add(-literal, union)
                    self.formula.add(-union, earlier, literal)
                    earlier = union
            until[slot] = earlier
        if meeting not in self.optional:
            self.formula.clauses.append([earlier] if earlier is not None else [])
            return None
        if earlier is None:
            never = self.formula.new()
            self.formula.add(-never)
            return never
        return earlier

    def _precedences(self, held: list[int | None]) -> None:
        for later, meeting in enumerate(self.event.meetings):
            for name in meeting.after:
                earlier = self.event.position[name]
                if later in self.left_out or earlier in self.left_out:
                    continue
                absent = held[earlier]  # an order binds only if both meetings are held
                self._strictly_before(earlier, later, () if absent is None else (-absent,))

    def _strictly_before(self, earlier: int, later: int, unless: Sequence[int]) -> None:
        for slot in range(self.slots):
            held_by = self.until[later][slot]
            if held_by is None:
                continue
            before = self.until[earlier][slot - 1] if slot else None
            self.formula.clauses.append([-held_by, *([] if before is None else [before]), *unless])

    def _presence(self, meetings: Sequence[int]) -> Grid:
        used: Grid = []
        for slot in range(self.slots):
            literals = [self.at[meeting, slot] for meeting in meetings if (meeting, slot) in self.at]
            self.formula.at_most_one(literals)
            used.append(self.formula.any_of(literals) if literals else None)
        return used

    def _gaps(self, meetings: Sequence[int], used: Grid) -> list[int]:
        """Unary number of gaps of one participant, and what follows from it."""
        number = len(meetings)
        if number == 0:
            return []
        if not self.optional.intersection(meetings):
            self._exactly(used, number)
        if number == 1:
            return []
        starts: list[int] = []
        bands: list[tuple[int, int, int]] = []
        for first, last in self._days():
            before, after = (
                self._chain(used, range(first, last)),
                self._chain(used, range(last - 1, first - 1, -1)),
            )
            for slot in range(first + 1, last):
                here, begun, previous = used[slot], before[slot - 1], used[slot - 1]
                following = after[slot]
                if begun is not None and following is not None:
                    bands.append((begun, following, slot))
                if here is None or begun is None or begun == previous:
                    continue
                start = self.formula.new()
                self.formula.add(-start, here)
                self.formula.add(-start, begun)
                self.formula.clauses.append([-here, -begun, start, *([] if previous is None else [previous])])
                if previous is not None:
                    self.formula.add(-start, -previous)
                starts.append(start)
        gaps = self.formula.count(starts, min(number - 2, self.most_gaps), both_ways=self.compared)
        if len(gaps) > self.most_gaps:
            self.formula.add(-gaps.pop())
        if self.most_gaps == 0:
            return []
        if gaps:
            self._band(used, number, gaps[0], bands)
        return gaps

    def _band(self, used: Grid, number: int, gap: int, bands: list[tuple[int, int, int]]) -> None:
        """Without a gap every slot between first and last meeting of a day is used, so they lie close."""
        for begun, following, slot in bands:
            here = used[slot]
            self.formula.clauses.append([gap, -begun, -following, *([] if here is None else [here])])
        for first, last in self._days():
            for slot in range(first, last):
                for other in range(slot + number, last):
                    one, two = used[slot], used[other]
                    if one is not None and two is not None:
                        self.formula.add(gap, -one, -two)

    def _days(self) -> list[tuple[int, int]]:
        """[first, last) slot of each day."""
        bounds = [0]
        for slot in range(1, self.slots):
            if self.event.slots[slot].day != self.event.slots[slot - 1].day:
                bounds.append(slot)
        return list(zip(bounds, [*bounds[1:], self.slots], strict=True))

    def _chain(self, used: Grid, slots: Sequence[int]) -> dict[int, int | None]:
        """Per slot: whether it or one before it in the given order is used."""
        chain: dict[int, int | None] = {}
        so_far: int | None = None
        for slot in slots:
            here = used[slot]
            if here is not None:
                so_far = here if so_far is None else self.formula.any_of([so_far, here])
            chain[slot] = so_far
        return chain

    def _exactly(self, used: Grid, number: int) -> None:
        """All meetings are held, so exactly that many slots are used: counted from the left."""
        row: Grid = [None] * (number + 1)  # row[j]: at least j + 1 used so far
        for here in used:
            if here is None:
                continue
            if row[number - 1] is not None:
                self.formula.add(-row[number - 1], -here)  # type: ignore[operator]
            following = list(row)
            for j in range(number):
                if j and row[j - 1] is None:
                    break
                reached = self.formula.new()
                reasons = [here] if j == 0 else [here, row[j - 1]]
                stays = row[j]
                if stays is not None:
                    self.formula.add(-stays, reached)
                self.formula.clauses.append([reached, *(-reason for reason in reasons if reason is not None)])
                for reason in reasons:
                    if reason is not None:
                        self.formula.clauses.append([-reached, reason, *([] if stays is None else [stays])])
                following[j] = reached
            row = following
        full = row[number - 1]
        self.formula.clauses.append([] if full is None else [full])

    def _acceptance(self, meetings: Sequence[int], held: list[int | None], most: int | None) -> None:
        """No more meetings than the participant accepts or has slots for."""
        optional = [literal for meeting in meetings if (literal := held[meeting]) is not None]
        certain = len(meetings) - len(optional)
        room = len({slot for meeting in meetings for slot in self.domains[meeting]})
        limit = min(room, room if most is None else most) - certain
        if limit < 0:
            self.formula.clauses.append([])
        else:
            self.formula.at_most(optional, limit)

    def _capacity(self, capacity: Capacity) -> None:
        members = [meeting for meeting in capacity.meetings if meeting not in self.left_out]
        cover = self._cover(members)
        for slot in range(self.slots):
            self.check()
            literals = []
            for meetings in cover:
                here = [self.at[meeting, slot] for meeting in meetings if (meeting, slot) in self.at]
                if len(here) == 1:
                    literals.append(here[0])
                elif here:
                    seated = self.formula.new()
                    self.formula.clauses.extend([-literal, seated] for literal in here)
                    literals.append(seated)
            self.formula.at_most(literals, capacity.limit)

    def _cover(self, meetings: Sequence[int]) -> list[list[int]]:
        """The meetings in few groups, each around one participant, who can be in one meeting at a time."""
        around: dict[str, set[int]] = {}
        for position in meetings:
            meeting = self.event.meetings[position]
            around.setdefault(meeting.first, set()).add(position)
            around.setdefault(meeting.second, set()).add(position)
        groups = []
        while around:
            hub = max(around, key=lambda participant: len(around[participant]))
            group = around.pop(hub)
            if not group:
                break
            groups.append(sorted(group))
            for others in around.values():
                others -= group
        return groups

    def _fairness(self, gaps: list[list[int]], allowed: int) -> None:
        """Numbers of gaps differ by at most `allowed`: whoever has more forces everyone up."""
        if any(not own for own in gaps):
            for own in gaps:
                self.formula.clauses.extend([-further] for further in own[allowed:])
            return
        for level in range(max(map(len, gaps), default=0) - allowed):
            everyone = self.formula.new()
            for own in gaps:
                if level + allowed < len(own):
                    self.formula.add(-own[level + allowed], everyone)
                self.formula.clauses.append([-everyone, *own[level : level + 1]])
