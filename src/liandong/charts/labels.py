"""Where the labels of a map stand: beside their points, or a little off with a leader, never on another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from liandong.charts.theme import text_width

Rectangle = tuple[float, float, float, float]  # left, top, right, bottom in pixels, y downwards
_NEAR = 3.0
_LEADERS = (14.0, 28.0, 44.0)  # how far off a label may stand, at the end of a leader


@dataclass(frozen=True, slots=True)
class Point:
    """A circle in pixels with its label."""

    x: float
    y: float
    radius: float
    label: str

    @property
    def box(self) -> Rectangle:
        """The square around the circle."""
        return (self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)


@dataclass(frozen=True, slots=True)
class Label:
    """A text from its left end, centred on y; leader: the line from the circle to it, if it stands off."""

    text: str
    x: float
    y: float
    leader: tuple[float, float, float, float] | None = None


def place(points: Sequence[Point], *, width: float, height: float, size: float) -> list[Label]:
    """A label for each point, in the order given; a point whose label finds no room gets none."""
    used: list[Rectangle] = []
    labels = []
    for i, point in enumerate(points):
        circles = [other.box for j, other in enumerate(points) if j != i]
        for box, leader in _candidates(point, size):
            inside = box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height
            if inside and not any(overlap(box, other) for other in [*circles, *used]):
                used.append(box)
                labels.append(Label(point.label, box[0], (box[1] + box[3]) / 2, leader))
                break
    return labels


def overlap(a: Rectangle, b: Rectangle) -> bool:
    """Whether two rectangles share an area."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _candidates(
    point: Point, size: float
) -> list[tuple[Rectangle, tuple[float, float, float, float] | None]]:
    """Right, left, above, below; then the eight winds at the end of a leader."""
    near = [(_at(point, dx, dy, point.radius + _NEAR, size), None) for dx, dy in _WINDS[:4]]
    far = [
        (
            _at(point, dx, dy, point.radius + away, size),
            (
                point.x + dx * point.radius,
                point.y + dy * point.radius,
                point.x + dx * (point.radius + away - 2),
                point.y + dy * (point.radius + away - 2),
            ),
        )
        for away in _LEADERS
        for dx, dy in _WINDS
    ]
    return [*near, *far]


_SLANT = 0.7071
_WINDS = (
    (1.0, 0.0),
    (-1.0, 0.0),
    (0.0, -1.0),
    (0.0, 1.0),
    (_SLANT, -_SLANT),
    (-_SLANT, -_SLANT),
    (_SLANT, _SLANT),
    (-_SLANT, _SLANT),
)


def _at(point: Point, dx: float, dy: float, away: float, size: float) -> Rectangle:
    """The label's rectangle whose near side or corner lies so far from the centre in that direction."""
    wide, tall = text_width(point.label, size), size * 1.25
    x, y = point.x + dx * away, point.y + dy * away
    left = x if dx > 0 else x - wide if dx < 0 else x - wide / 2
    top = y if dy > 0 and dx == 0 else y - tall if dy < 0 and dx == 0 else y - tall / 2
    return (left, top, left + wide, top + tall)
