"""An event's hall: slots across, tables down, a cell for each meeting held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from liandong.charts import theme
from liandong.charts.picture import Picture, Plane, layer, literal, picture

_CELL, _ROW, _LABEL, _HEAD = 64.0, 24.0, 64.0, 30.0
_SHADES = ("#dbe6f3", "#e4eee6", "#f6ead3", "#efe3ee", "#e6e8ea")


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting at a slot and a table, both from 0; group is shaded alike (a delegation, a session)."""

    slot: int
    table: int
    text: str
    group: str = ""


def timetable(slots: Sequence[str], tables: Sequence[str], sittings: Sequence[Sitting]) -> Picture:
    """The grid with a cell for each sitting; words that do not fit are cut."""
    plane = Plane(_LABEL + len(slots) * _CELL, _HEAD + len(tables) * _ROW)
    groups = {
        group: _SHADES[at % len(_SHADES)] for at, group in enumerate(dict.fromkeys(s.group for s in sittings))
    }

    def left(slot: int) -> float:
        return _LABEL + slot * _CELL

    def top(table: int) -> float:
        return _HEAD + table * _ROW

    boxes = [
        {
            "x": left(s.slot) + 1,
            "x2": left(s.slot + 1) - 1,
            "y": top(s.table) + 1,
            "y2": top(s.table + 1) - 1,
            "colour": groups[s.group],
            "tip": f"{slots[s.slot]} · {tables[s.table]} · {s.text}",
        }
        for s in sittings
    ]
    words = [
        {
            "x": left(s.slot) + _CELL / 2,
            "y": top(s.table) + _ROW / 2,
            "said": theme.wrap(s.text, _CELL - 6, 9, lines=1)[0],
        }
        for s in sittings
    ]
    heads = [{"x": left(at) + _CELL / 2, "y": _HEAD / 2, "said": slot} for at, slot in enumerate(slots)]
    names = [{"x": _LABEL - 8, "y": top(at) + _ROW / 2, "said": table} for at, table in enumerate(tables)]
    lines = [{"x": 0, "x2": plane.width, "y": top(at), "y2": top(at)} for at in range(len(tables) + 1)]
    x, y, text = plane.x(), plane.y(), {"field": "said"}
    layers = [
        layer(lines, "rule", {"color": theme.LINE}, x=x, x2={"field": "x2"}, y=y, y2={"field": "y2"}),
        layer(boxes, "rect", {}, x=x, x2={"field": "x2"}, y=y, y2={"field": "y2"}, color=literal("colour")),
        layer(words, "text", {"fontSize": 9}, x=x, y=y, text=text),
        layer(heads, "text", {"fontSize": 10, "color": theme.MUTED}, x=x, y=y, text=text),
        layer(names, "text", {"fontSize": 11, "align": "right"}, x=x, y=y, text=text),
    ]
    said = "; ".join(f"{slots[s.slot]} {tables[s.table]}: {s.text}" for s in sittings)
    return picture(layers, plot=(plane.width, plane.height), alternative=said)
