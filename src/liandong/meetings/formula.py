"""Clauses and the two counters that everything is built from."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise


class Formula:
    """A growing conjunction of clauses over variables numbered from 1."""

    def __init__(self, top: int = 0) -> None:
        self.top = top
        self.clauses: list[list[int]] = []

    def new(self) -> int:
        """A fresh variable."""
        self.top += 1
        return self.top

    def add(self, *literals: int) -> None:
        """One clause: at least one of the literals holds."""
        self.clauses.append(list(literals))

    def any_of(self, literals: Sequence[int]) -> int:
        """A literal that is true exactly if one of the given ones is."""
        if len(literals) == 1:
            return literals[0]
        union = self.new()
        self.clauses.append([-union, *literals])
        self.clauses.extend([-literal, union] for literal in literals)
        return union

    def at_most_one(self, literals: Sequence[int]) -> None:
        """No two of the literals: pairs while they are few, a ladder beyond."""
        if len(literals) <= 6:
            for i, first in enumerate(literals):
                self.clauses.extend([-first, -second] for second in literals[i + 1 :])
            return
        seen = literals[0]
        for literal in literals[1:-1]:
            further = self.new()
            self.clauses += [[-seen, further], [-literal, further], [-seen, -literal]]
            seen = further
        self.add(-seen, -literals[-1])

    def count(self, literals: Sequence[int], most: int, *, both_ways: bool = False) -> list[int]:
        """Totalizer (Bailleux and Boufkhad 2003): output i is true if more than i literals are.

        Counts up to most + 1. Upper bounds need no more than that; both_ways adds "only if".
        """
        if len(literals) <= 1:
            return list(literals)
        half = len(literals) // 2
        left = self.count(literals[:half], most, both_ways=both_ways)
        right = self.count(literals[half:], most, both_ways=both_ways)
        outputs = [self.new() for _ in range(min(len(literals), most + 1))]
        last = len(outputs)
        for i in range(len(left) + 1):
            for j in range(len(right) + 1):
                if i + j > 0:
                    clause = [outputs[min(i + j, last) - 1]]
                    if i:
                        clause.append(-left[i - 1])
                    if j:
                        clause.append(-right[j - 1])
                    self.clauses.append(clause)
                if both_ways and i + j < last:
                    self.clauses.append([-outputs[i + j], *left[i : i + 1], *right[j : j + 1]])
        for lower, upper in pairwise(outputs):
            self.add(-upper, lower)
        return outputs

    def at_most(self, literals: Sequence[int], most: int, *, unless: Sequence[int] = ()) -> None:
        """No more than `most` of the literals, unless one of `unless` holds."""
        if len(literals) <= most:
            return
        if most == 0:
            self.clauses.extend([-literal, *unless] for literal in literals)
        elif most == 1 and not unless:
            self.at_most_one(literals)
        else:
            self.clauses.append([-self.count(literals, most)[most], *unless])
