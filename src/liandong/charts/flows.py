"""Flows between columns, as source region → chain → park (a Sankey diagram)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from liandong.charts import theme
from liandong.charts.picture import Picture, Plane, layer, literal, picture

_COLUMN, _BAR, _HEIGHT, _GAP = 210.0, 12.0, 340.0, 10.0
_SHADES = ("#1f4e8c", "#2c7a57", "#b97a12", "#7b5ea7", "#5b6b7a", "#b23b3b")
_STEPS = 24


@dataclass(frozen=True, slots=True)
class Flow:
    """So many from a name in one column to a name in the next."""

    column: int
    source: str
    target: str
    number: int


def flows(columns: int, found: Sequence[Flow]) -> Picture:
    """Bars as high as what passes through them, bands between; the order is that of size.

    columns: how many there are, at least 2. A name stands for one bar a column.
    """
    weight: dict[tuple[int, str], int] = defaultdict(int)
    entering: dict[tuple[int, str], int] = defaultdict(int)
    for flow in found:
        weight[(flow.column, flow.source)] += flow.number
        entering[(flow.column + 1, flow.target)] += flow.number
    size = {key: max(weight.get(key, 0), entering.get(key, 0)) for key in {*weight, *entering}}
    plane = Plane((columns - 1) * _COLUMN + _BAR + 130, _HEIGHT)
    scale, tops = _stack(columns, size)
    shades = {
        name: _SHADES[at % len(_SHADES)]
        for at, name in enumerate(dict.fromkeys(n for (c, n), _ in _ordered(size) if c == 0))
    }
    out, into = dict(tops), dict(tops)
    bands: list[dict[str, object]] = []
    for flow in sorted(
        found, key=lambda f: (f.column, tops[(f.column, f.source)], tops[(f.column + 1, f.target)])
    ):
        left, right = (flow.column, flow.source), (flow.column + 1, flow.target)
        high = flow.number * scale
        colour = shades.get(flow.source, theme.EDGE)
        x1, x2 = flow.column * _COLUMN + _BAR, (flow.column + 1) * _COLUMN
        name = f"{flow.column}{flow.source}{flow.target}"
        for step in range(_STEPS + 1):
            t = step / _STEPS
            ease = t * t * (3 - 2 * t)
            y = out[left] + (into[right] - out[left]) * ease
            bands.append({"band": name, "x": x1 + (x2 - x1) * t, "y": y, "y2": y + high, "colour": colour})
        out[left] += high
        into[right] += high
    bars = [
        {"x": c * _COLUMN, "x2": c * _COLUMN + _BAR, "y": tops[(c, n)], "y2": tops[(c, n)] + s * scale}
        for (c, n), s in size.items()
    ]
    words = [
        {"x": c * _COLUMN + _BAR + 5, "y": tops[(c, n)] + s * scale / 2, "said": f"{n} {s}"}
        for (c, n), s in size.items()
    ]
    x, y_of = plane.x(), plane.y()
    layers = [
        layer(
            bands,
            "area",
            {"opacity": 0.28},
            x=x,
            y=y_of,
            y2={"field": "y2"},
            detail={"field": "band"},
            color=literal("colour"),
        ),
        layer(bars, "rect", {"color": theme.INK}, x=x, x2={"field": "x2"}, y=y_of, y2={"field": "y2"}),
        layer(words, "text", {"align": "left", "fontSize": 12}, x=x, y=y_of, text={"field": "said"}),
    ]
    said = "; ".join(f"{f.source} → {f.target}: {f.number}" for f in found)
    return picture(layers, plot=(plane.width, plane.height), alternative=said)


def _ordered(size: dict[tuple[int, str], int]) -> list[tuple[tuple[int, str], int]]:
    return sorted(size.items(), key=lambda item: (item[0][0], -item[1], item[0][1]))


def _stack(columns: int, size: dict[tuple[int, str], int]) -> tuple[float, dict[tuple[int, str], float]]:
    """Pixels a unit, and where each bar begins."""
    scales = []
    for column in range(columns):
        inside = [s for (c, _), s in size.items() if c == column]
        if inside:
            scales.append((_HEIGHT - _GAP * (len(inside) - 1)) / max(sum(inside), 1))
    scale = max(min(scales, default=1.0), 0.01)
    tops: dict[tuple[int, str], float] = {}
    used: dict[int, float] = defaultdict(float)
    for key, s in _ordered(size):
        tops[key] = used[key[0]]
        used[key[0]] += s * scale + _GAP
    return scale, tops
