"""The status signs ● ◐ ◔ ○ ◌ as shapes, so that they need no font and read the same in grey."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from liandong.charts import theme
from liandong.charts.picture import Layer, Row, layer, literal


def status_signs(data: Sequence[Row], *, x: Any, y: Any, radius: float = 6.0) -> list[Layer]:
    """Layers that draw the sign of each row's `status` at its place: a ring (dashed for unsure), part filled.

    x, y: encodings of the place. Rows without a status have no sign.
    """
    marked = [
        {**row, "colour": theme.STATUS_COLOURS[row["status"]], "shape": theme.STATUS_SHAPES[row["status"]]}
        for row in data
        if row["status"]
    ]
    sure = [row for row in marked if row["status"] != "unsure"]
    unsure = [row for row in marked if row["status"] == "unsure"]
    ring = {
        "shape": "circle",
        "size": 3.1416 * radius**2,
        "fill": theme.PAPER,
        "strokeWidth": 1.6,
        "opacity": 1,
    }
    part = {"size": 4 * radius**2, "stroke": None, "filled": True, "opacity": 1}
    place, colour = {"x": x, "y": y}, literal("colour")
    layers = []
    if sure:
        layers.append(layer(sure, "point", ring, **place, stroke=colour))
        layers.append(layer(sure, "point", part, **place, fill=colour, shape=literal("shape")))
    if unsure:
        layers.append(layer(unsure, "point", {**ring, "strokeDash": [2, 2]}, **place, stroke=colour))
    return layers
