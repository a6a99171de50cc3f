"""Pairs → clusters of one firm each, the surest pair first, never against a code or a judgement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


class Clusters:
    """Rows 0 … n-1, each at first alone.

    codes: valid codes, None where a row has none; two different ones are never in one cluster.
    apart: pairs of rows that are never in one cluster.
    """

    def __init__(self, codes: Sequence[str | None], apart: Iterable[tuple[int, int]] = ()) -> None:
        self._head = list(range(len(codes)))
        self._code = list(codes)
        self._members: dict[int, list[int]] = {}
        self._apart: dict[int, set[int]] = {}
        for one, other in apart:
            self._apart.setdefault(one, set()).add(other)
            self._apart.setdefault(other, set()).add(one)

    def find(self, row: int) -> int:
        """The smallest row of a row's cluster."""
        head = row
        while self._head[head] != head:
            head = self._head[head]
        while self._head[row] != head:
            self._head[row], row = head, self._head[row]
        return head

    def join(self, one: int, other: int) -> bool:
        """Make one cluster of two, if nothing speaks against it; whether they are one now."""
        a, b = sorted((self.find(one), self.find(other)))
        if a == b:
            return True
        if not self._may(a, b):
            return False
        if self._code[a] is None:
            self._code[a] = self._code[b]
        self._head[b] = a
        self._members.setdefault(a, [a]).extend(self._members.pop(b, [b]))
        return True

    def labels(self) -> list[int]:
        """The smallest row of each row's cluster."""
        return [self.find(row) for row in range(len(self._head))]

    def _may(self, a: int, b: int) -> bool:
        if self._code[a] is not None and self._code[b] is not None and self._code[a] != self._code[b]:
            return False
        if not self._apart:
            return True
        theirs = set(self._members.get(b, [b]))
        return all(theirs.isdisjoint(self._apart.get(row, ())) for row in self._members.get(a, [a]))
