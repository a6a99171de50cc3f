"""The status signs ● ◐ ◔ ○ ◌ as shapes, so that they need no font and read the same in grey."""

from __future__ import annotations

from typing import Any

import altair as alt

from liandong.charts import theme
from liandong.charts.picture import rows


def status_signs(data: list[dict[str, Any]], *, x: Any, y: Any, radius: float = 6.0) -> list[alt.Chart]:
    """Layers that draw the sign of each row's `status` at its place: a ring (dashed for unsure), part filled.

    x, y: encodings of the place. Rows without a status have no sign.
    """
    marked = [
        {**row, "colour": theme.STATUS_COLOURS[row["status"]], "shape": theme.STATUS_SHAPES[row["status"]]}
        for row in data
        if row["status"]
    ]
    layers = []
    for unsure in (False, True):
        chosen = [row for row in marked if (row["status"] == "unsure") == unsure]
        if not chosen:
            continue
        base = alt.Chart(rows(chosen))
        dash: dict[str, Any] = {"strokeDash": [2, 2]} if unsure else {}
        ring = base.mark_point(
            shape="circle", size=3.1416 * radius**2, fill=theme.PAPER, strokeWidth=1.6, opacity=1, **dash
        )
        layers.append(ring.encode(x=x, y=y, stroke=alt.Stroke("colour:N", scale=None)))
        if not unsure:
            part = base.mark_point(size=4 * radius**2, stroke=None, filled=True, opacity=1)
            layers.append(
                part.encode(
                    x=x,
                    y=y,
                    fill=alt.Fill("colour:N", scale=None),
                    shape=alt.Shape("shape:N", scale=None),
                )
            )
    return layers
