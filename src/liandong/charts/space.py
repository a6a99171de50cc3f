"""The product space: industries near one another, and which of them the city has."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from liandong.charts import theme
from liandong.charts.labels import Point, place
from liandong.charts.picture import Picture, Plane, layer, literal, picture

_WIDTH, _HEIGHT, _MARGIN, _SIZE = 640.0, 440.0, 24.0, 10.0


@dataclass(frozen=True, slots=True)
class SpaceIndustry:
    """An industry at a place of the plane (any unit); present: whether the city has it, None unknown.

    number: how many firms, for its size; label: "" is not written, nor one that finds no room.
    """

    code: str
    x: float
    y: float
    present: bool | None
    number: int | None = None
    label: str = ""


def space(industries: Sequence[SpaceIndustry], edges: Sequence[tuple[str, str]]) -> Picture:
    """Discs for what is there, rings for what is not (dashed: not known); lines between neighbours."""
    plane = Plane(_WIDTH, _HEIGHT)
    across, down = _fitted([i.x for i in industries], _WIDTH), _fitted([i.y for i in industries], _HEIGHT)
    at = {i.code: (x, y) for i, x, y in zip(industries, across, down, strict=True)}
    lines = [
        {"x": at[one][0], "y": at[one][1], "x2": at[other][0], "y2": at[other][1]}
        for one, other in edges
        if one in at and other in at
    ]
    most = max((i.number or 0 for i in industries), default=0) or 1
    marks = [
        {
            "x": at[i.code][0],
            "y": at[i.code][1],
            "size": 40 + 360 * (i.number or 0) / most,
            "fill": theme.ACCENT if i.present else theme.PAPER,
            "present": i.present,
        }
        for i in industries
    ]
    first = sorted(industries, key=lambda i: not i.label)  # what has a label, then what is only in its way
    points = [
        Point(*at[i.code], math.sqrt((40 + 360 * (i.number or 0) / most) / math.pi), i.label) for i in first
    ]
    labels = [label for label in place(points, width=_WIDTH, height=_HEIGHT, size=_SIZE) if label.text]
    words = [{"x": label.x, "y": label.y, "said": label.text} for label in labels]
    leaders = [
        dict(zip(("x", "y", "x2", "y2"), label.leader, strict=True)) for label in labels if label.leader
    ]
    x, y = plane.x(), plane.y()
    ring = {"shape": "circle", "stroke": theme.ACCENT, "strokeWidth": 1, "opacity": 0.9}
    layers = [
        layer(lines, "rule", {"color": theme.LINE}, x=x, y=y, x2={"field": "x2"}, y2={"field": "y2"}),
        layer(
            [m for m in marks if m["present"] is not None],
            "point",
            ring,
            x=x,
            y=y,
            size=literal("size"),
            fill=literal("fill"),
        ),
        layer(
            [m for m in marks if m["present"] is None],
            "point",
            {**ring, "strokeDash": [2, 2], "fill": theme.PAPER},
            x=x,
            y=y,
            size=literal("size"),
        ),
        layer(leaders, "rule", {"color": theme.MUTED}, x=x, y=y, x2={"field": "x2"}, y2={"field": "y2"}),
        layer(words, "text", {"align": "left", "fontSize": _SIZE}, x=x, y=y, text={"field": "said"}),
    ]
    there = [i.label or i.code for i in industries if i.present]
    return picture(layers, plot=(_WIDTH, _HEIGHT), alternative="; ".join(there))


def _fitted(values: Sequence[float], size: float) -> list[float]:
    low, high = min(values, default=0.0), max(values, default=1.0)
    spread = (high - low) or 1.0
    return [_MARGIN + (value - low) / spread * (size - 2 * _MARGIN) for value in values]
