"""A timeline: what was due and what was done, a row a milestone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from liandong.charts import theme
from liandong.charts.picture import Picture, layer, picture
from liandong.errors import Language

_ROW, _WIDTH = 28.0, 480.0
_WORDS = {"zh": ("应完成", "已完成"), "en": ("due", "done")}


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step with the day it is due and the day it was done; None where there is none."""

    name: str
    due: date | None
    done: date | None


def timeline(milestones: Sequence[Milestone], *, language: Language = "zh") -> Picture:
    """A ring for what is due, a disc for what was done, a line between the two; rows in the order given."""
    rows = [
        {
            "name": m.name,
            "due": m.due.isoformat() if m.due else None,
            "done": m.done.isoformat() if m.done else None,
        }
        for m in milestones
    ]
    days = [day for row in rows for key in ("due", "done") if (day := row[key])]
    y = {
        "field": "name",
        "type": "nominal",
        "sort": [m.name for m in milestones],
        "axis": {"title": None, "ticks": False, "domain": False, "labelLimit": 200, "labelPadding": 12},
    }
    scale = {"domain": [min(days), max(days)], "nice": True} if days else {}

    def x(field: str) -> dict[str, object]:
        axis = {"title": None, "format": "%Y-%m"}
        return {
            "field": field,
            "type": "temporal",
            "timeUnit": "utcyearmonthdate",
            "scale": scale,
            "axis": axis,
        }

    both = [row for row in rows if row["due"] and row["done"]]
    layers = [
        layer(both, "rule", {"color": theme.EDGE, "strokeWidth": 2}, x=x("due"), x2={"field": "done"}, y=y),
        layer(
            [row for row in rows if row["due"]],
            "point",
            {"shape": "circle", "size": 90, "stroke": theme.ACCENT, "fill": theme.PAPER, "opacity": 1},
            x=x("due"),
            y=y,
        ),
        layer(
            [row for row in rows if row["done"]],
            "point",
            {"shape": "circle", "size": 60, "fill": theme.ACCENT, "stroke": None, "opacity": 1},
            x=x("done"),
            y=y,
        ),
    ]
    due, done = _WORDS[language]
    said = "; ".join(f"{r['name']}: {due} {r['due'] or '—'}, {done} {r['done'] or '—'}" for r in rows)
    return picture(layers, plot=(_WIDTH, max(len(rows), 1) * _ROW), alternative=said)
