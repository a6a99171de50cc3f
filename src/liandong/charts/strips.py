"""Chains as strips: a sign a node, a row a chain, for the whole system at a glance."""

from __future__ import annotations

from collections.abc import Sequence

from liandong.charts import theme
from liandong.charts.frames import Status
from liandong.charts.picture import Picture, Plane, layer, picture
from liandong.charts.signs import status_signs
from liandong.errors import Language

_ROW, _STEP, _LABEL = 30.0, 26.0, 170.0


def status_strip(strips: Sequence[tuple[str, Sequence[Status]]], *, language: Language = "zh") -> Picture:
    """The strips in the order given: a name and the status of each of its nodes, in their order."""
    longest = max((len(statuses) for _, statuses in strips), default=1)
    plane = Plane(_LABEL + longest * _STEP + 10, max(len(strips), 1) * _ROW)
    names = [
        {"name": name, "x": _LABEL - 14, "y": (row + 0.5) * _ROW} for row, (name, _) in enumerate(strips)
    ]
    signs = [
        {"status": status, "x": _LABEL + (at + 0.5) * _STEP, "y": (row + 0.5) * _ROW}
        for row, (_, statuses) in enumerate(strips)
        for at, status in enumerate(statuses)
    ]
    words = {"align": "right", "fontSize": 13, "limit": _LABEL - 16}
    layers = [
        layer(names, "text", words, x=plane.x(), y=plane.y(), text={"field": "name"}),
        *status_signs(signs, x=plane.x(), y=plane.y(), radius=7.5),
    ]
    said = "; ".join(
        f"{name}: {', '.join(theme.STATUS_WORDS[status](language) for status in statuses)}"
        for name, statuses in strips
    )
    return picture(layers, plot=(plane.width, plane.height), alternative=said)
