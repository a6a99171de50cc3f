"""A funnel: how many of a cohort have come how far; counts by stage, not shares of one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from liandong.charts import theme
from liandong.charts.picture import Picture, Plane, layer, picture

_ROW, _LABEL, _BAR, _NUMBER = 30.0, 110.0, 380.0, 90.0


@dataclass(frozen=True, slots=True)
class FunnelStage:
    """A stage and how many have reached it; None where that is not known."""

    name: str
    reached: int | None


def funnel(stages: Sequence[FunnelStage]) -> Picture:
    """Bars from the middle, the first stage on top; an unknown count has no bar and shows —."""
    plane = Plane(_LABEL + _BAR + _NUMBER, max(len(stages), 1) * _ROW)
    most = max((stage.reached or 0 for stage in stages), default=0) or 1
    middle = _LABEL + _BAR / 2
    bars, names, numbers = [], [], []
    for row, stage in enumerate(stages):
        y = (row + 0.5) * _ROW
        names.append({"x": _LABEL - 12, "y": y, "said": stage.name})
        said = "—" if stage.reached is None else f"{stage.reached:,}"
        numbers.append({"x": _LABEL + _BAR + 12, "y": y, "said": said})
        if stage.reached:
            half = _BAR / 2 * stage.reached / most
            bars.append(
                {
                    "x": middle - half,
                    "x2": middle + half,
                    "y": y - 10,
                    "y2": y + 10,
                    "tip": f"{stage.name} {said}",
                }
            )
    x, y_of, text = plane.x(), plane.y(), {"field": "said"}
    layers = [
        layer(bars, "rect", {"color": theme.ACCENT}, x=x, x2={"field": "x2"}, y=y_of, y2={"field": "y2"}),
        layer(names, "text", {"align": "right", "fontSize": 13}, x=x, y=y_of, text=text),
        layer(numbers, "text", {"align": "left", "fontSize": 13}, x=x, y=y_of, text=text),
    ]
    told = "; ".join(f"{n['said']} {c['said']}" for n, c in zip(names, numbers, strict=True))
    return picture(layers, plot=(plane.width, plane.height), alternative=told)
