"""Where the boxes of a chain stand and how its edges run: pure geometry, in pixels, y downwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from liandong.charts.frames import STAGES, ChainEdge, ChainNode

Point = tuple[float, float]
Columns = tuple[tuple[str, ...], ...]
_SWEEPS = 8
_STEPS = 14


@dataclass(frozen=True, slots=True)
class Box:
    """A node's rectangle: left, top, width, height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """The height of its centre line."""
        return self.y + self.height / 2

    @property
    def right(self) -> float:
        """Its right side."""
        return self.x + self.width


def columns(nodes: Sequence[ChainNode], edges: Sequence[ChainEdge]) -> Columns:
    """Names by stage, each column ordered so that few edges cross.

    Barycentre sweeps (Sugiyama, Tagawa, Toda 1981) from the order given; that order stays where no sweep
    beats it.
    """
    order: Columns = tuple(tuple(n.name for n in nodes if n.stage == stage) for stage in STAGES)
    best, fewest = order, crossings(order, edges)
    for sweep in range(_SWEEPS):
        if fewest == 0:
            break
        for column in range(len(order)) if sweep % 2 == 0 else reversed(range(len(order))):
            order = _sorted_by_neighbours(order, column, edges)
        found = crossings(order, edges)
        if found < fewest:
            best, fewest = order, found
    return best


def crossings(order: Columns, edges: Sequence[ChainEdge]) -> int:
    """How many pairs of edges between the same two columns cross."""
    place = _places(order)
    spans = [
        tuple(sorted((place[e.supplier], place[e.buyer])))
        for e in edges
        if place[e.supplier][0] != place[e.buyer][0]
    ]
    return sum(
        1
        for i, (a, b) in enumerate(spans)
        for c, d in spans[i + 1 :]
        if a[0] == c[0] and b[0] == d[0] and (a[1] - c[1]) * (b[1] - d[1]) < 0
    )


def boxes(
    order: Columns, *, width: float, gap: float, height: float, space: float, top: float
) -> dict[str, Box]:
    """A box for each name: columns fill the width with gaps between them, each centred on the tallest."""
    wide = (width - gap * (len(order) - 1)) / len(order)
    tallest = max((len(column) for column in order), default=0)
    total = tallest * height + max(tallest - 1, 0) * space
    placed = {}
    for i, column in enumerate(order):
        used = len(column) * height + max(len(column) - 1, 0) * space
        start = top + (total - used) / 2
        for j, name in enumerate(column):
            placed[name] = Box(i * (wide + gap), start + j * (height + space), wide, height)
    return placed


def route(edge: ChainEdge, order: Columns, placed: dict[str, Box]) -> list[Point]:
    """The edge as a smooth line from supplier to buyer; through a column it runs between the boxes."""
    place = _places(order)
    here, there = place[edge.supplier][0], place[edge.buyer][0]
    a, b = placed[edge.supplier], placed[edge.buyer]
    if here == there:
        return _loop(a, b)
    ends = ((a.right, a.middle), (b.x, b.middle)) if here < there else ((a.x, a.middle), (b.right, b.middle))
    between = order[min(here, there) + 1 : max(here, there)]
    if not any(between):
        return _curve(*ends)
    crossed = [placed[name] for column in between for name in column]
    height = _free_height(crossed, (a.middle + b.middle) / 2)
    left, right = min(box.x for box in crossed), max(box.right for box in crossed)
    first, last = ((left, height), (right, height)) if here < there else ((right, height), (left, height))
    return [*_curve(ends[0], first), *_curve(last, ends[1])]


def _places(order: Columns) -> dict[str, tuple[int, int]]:
    return {name: (i, j) for i, column in enumerate(order) for j, name in enumerate(column)}


def _sorted_by_neighbours(order: Columns, column: int, edges: Sequence[ChainEdge]) -> Columns:
    place = _places(order)
    linked: dict[str, list[float]] = {name: [] for name in order[column]}
    for edge in edges:
        for one, other in ((edge.supplier, edge.buyer), (edge.buyer, edge.supplier)):
            if one in linked and place[other][0] != column:
                row = place[other]
                linked[one].append((row[1] + 0.5) / len(order[row[0]]))
    size = len(order[column])
    rank = {
        name: sum(found) / len(found) if found else (j + 0.5) / size
        for j, (name, found) in enumerate(linked.items())
    }
    return (*order[:column], tuple(sorted(order[column], key=lambda name: rank[name])), *order[column + 1 :])


def _curve(start: Point, end: Point) -> list[Point]:
    """A cubic that leaves and arrives level."""
    middle = (start[0] + end[0]) / 2
    return _bezier(start, (middle, start[1]), (middle, end[1]), end)


def _loop(a: Box, b: Box) -> list[Point]:
    """Between two boxes of one column: out of the right side and back into it, beside the middle ports."""
    reach = a.right + 30
    port = a.height / 4 * (1 if a.y < b.y else -1)
    start, end = a.middle + port, b.middle - port
    return _bezier((a.right, start), (reach, start), (reach, end), (b.right, end))


def _bezier(p: Point, q: Point, r: Point, s: Point) -> list[Point]:
    def at(t: float, i: int) -> float:
        u = 1 - t
        return u**3 * p[i] + 3 * u * u * t * q[i] + 3 * u * t * t * r[i] + t**3 * s[i]

    return [(at(k / _STEPS, 0), at(k / _STEPS, 1)) for k in range(_STEPS + 1)]


def _free_height(crossed: list[Box], wanted: float) -> float:
    """The middle of the gap between boxes that lies nearest to the wanted height."""
    ordered = sorted(crossed, key=lambda box: box.y)
    margin = 8.0
    gaps = [ordered[0].y - margin, ordered[-1].y + ordered[-1].height + margin]
    gaps += [
        (one.y + one.height + other.y) / 2 for one, other in pairwise(ordered) if other.y > one.y + one.height
    ]
    return min(gaps, key=lambda gap: abs(gap - wanted))
