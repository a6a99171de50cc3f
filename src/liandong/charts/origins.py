"""Where targets come from: circles sized by number over prefecture outlines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from liandong.charts import theme
from liandong.charts.boundaries import Boundaries, drawn
from liandong.charts.frames import Destination, Origin
from liandong.charts.labels import Point, place
from liandong.charts.picture import Layer, Picture, Plane, layer, literal, picture
from liandong.charts.projection import Frame, frame_around
from liandong.errors import Language, Text

WIDTH = 640.0
_HEIGHTS = (260.0, 460.0)
_MARGIN = 60.0
_SIZE = 12.0
_LARGEST = 20.0  # radius in pixels of the largest number
_STAR = "M0,-1L0.29,-0.4L0.95,-0.31L0.48,0.15L0.59,0.81L0,0.5L-0.59,0.81L-0.48,0.15L-0.95,-0.31L-0.29,-0.4Z"
_UNAPPROVED = Text(
    "边界为内部参考，未经审定（无审图号），不得公开使用。",
    "Boundaries for internal reference: not an approved map, not for publication.",
)
_SKETCH = Text(
    "位置示意图（经纬网），非地图，不得公开使用。",
    "A sketch of positions on a graticule: not a map, not for publication.",
)
_APPROVED = Text("审图号：{}", "Map approval number: {}")


def origin_map(
    origins: Sequence[Origin],
    destination: Destination | None = None,
    *,
    boundaries: Boundaries | None = None,
    language: Language = "zh",
) -> Picture:
    """A circle a place, its area in proportion to the number; the destination is a star.

    boundaries: `default_boundaries()` or `read_boundaries(...)`; None draws a graticule. What kind of map it
    is stands in the picture's note, which must be shown with it. Labels that find no room are left out,
    least number first. Raises ValueError if there is neither an origin nor a destination.
    """
    ordered = sorted(origins, key=lambda o: (-o.number, o.place))
    places: list[Origin | Destination] = [*ordered, *([destination] if destination else [])]
    if not places:
        raise ValueError("a map needs a place")
    longitude = np.array([p.longitude for p in places])
    latitude = np.array([p.latitude for p in places])
    frame = frame_around(longitude, latitude, width=WIDTH, heights=_HEIGHTS, margin=_MARGIN)
    x, y = frame.place(longitude, latitude)
    largest = max((o.number for o in ordered), default=1)
    points = [
        Point(
            float(x[i]),
            float(y[i]),
            max(_LARGEST * (o.number / largest) ** 0.5, 3.0),
            f"{o.place} {o.number}",
        )
        for i, o in enumerate(ordered)
    ]
    star = Point(float(x[-1]), float(y[-1]), 9.0, destination.place) if destination else None
    background = _outlines(boundaries, frame) if boundaries else _graticule(frame)
    head = {"zh": "靶向企业来源地", "en": "Where targets come from"}[language]
    said = "; ".join(f"{o.place} {o.number}" for o in ordered)
    return picture(
        [*background, *_points(points, star, frame)],
        plot=(frame.width, frame.height),
        alternative=f"{head}: {said}",
        note=_note(boundaries, language),
    )


def _note(boundaries: Boundaries | None, language: Language) -> str:
    if boundaries is None:
        return _SKETCH(language)
    if boundaries.approval is None:
        return _UNAPPROVED(language)
    return _APPROVED(language).format(boundaries.approval)


def _outlines(boundaries: Boundaries, frame: Frame) -> list[Layer]:
    return [
        *_shapes(drawn(boundaries.areas, frame), fill=theme.WASH, stroke="#cdd5dc", width=0.6),
        *_shapes(drawn(boundaries.outlines, frame), fill=None, stroke=theme.EDGE, width=1.1),
    ]


def _graticule(frame: Frame) -> list[Layer]:
    """Meridians and parallels, every two degrees, with their numbers at the lower and left edges."""
    fine = np.linspace(0, 1, 80)
    lines: list[dict[str, Any]] = []
    names: list[dict[str, Any]] = []
    for degree in range(70, 142, 2):
        meridian = shapely.LineString(np.column_stack((np.full(80, degree), 15 + 40 * fine)))
        for line in drawn((meridian,), frame):
            lines.append(line)
            x, y = max(line["coordinates"], key=lambda point: point[1])
            if y > frame.height - 1 and x < frame.width - 40:
                names.append({"x": x, "y": y, "text": f"{degree}°E"})
    for degree in range(16, 56, 2):
        parallel = shapely.LineString(np.column_stack((70 + 70 * fine, np.full(80, degree))))
        for line in drawn((parallel,), frame):
            lines.append(line)
            x, y = min(line["coordinates"], key=lambda point: point[0])
            if x < 1 and 20 < y < frame.height - 20:
                names.append({"x": x, "y": y, "text": f"{degree}°N"})
    looks = {"fontSize": 10, "color": theme.MUTED, "align": "left", "baseline": "bottom", "dx": 3, "dy": -3}
    plane = Plane(frame.width, frame.height)
    return [
        *_shapes(lines, fill=None, stroke=theme.LINE, width=1),
        layer(names, "text", looks, x=plane.x(), y=plane.y(), text={"field": "text"}),
    ]


def _shapes(shapes: list[dict[str, Any]], *, fill: str | None, stroke: str, width: float) -> list[Layer]:
    if not shapes:
        return []
    features = [{"type": "Feature", "geometry": shape} for shape in shapes]
    drawn_shapes = layer(features, "geoshape", {"fill": fill, "stroke": stroke, "strokeWidth": width})
    return [{**drawn_shapes, "projection": {"type": "identity", "scale": 1, "translate": [0, 0]}}]


def _points(points: list[Point], star: Point | None, frame: Frame) -> list[Layer]:
    plane = Plane(frame.width, frame.height)
    at: dict[str, Any] = {"x": plane.x(), "y": plane.y()}
    to: dict[str, Any] = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    layers = []
    if star:
        ways = [
            {"x": p.x, "y": p.y, "x2": star.x, "y2": star.y} for p in points if (p.x, p.y) != (star.x, star.y)
        ]
        layers.append(layer(ways, "rule", _WAY, **at, **to))
    circles = [{"x": p.x, "y": p.y, "size": 3.1416 * p.radius**2, "tip": p.label} for p in points]
    layers.append(layer(circles, "point", _CIRCLE, **at, size=literal("size")))
    if star:
        layers.append(layer([{"x": star.x, "y": star.y}], "point", _MARK, **at))
    placed = place([*([star] if star else []), *points], width=frame.width, height=frame.height, size=_SIZE)
    leaders = [
        dict(zip(("x", "y", "x2", "y2"), label.leader, strict=True)) for label in placed if label.leader
    ]
    layers.append(layer(leaders, "rule", {"color": theme.INK, "strokeWidth": 0.7}, **at, **to))
    texts = [{"x": label.x, "y": label.y, "text": label.text} for label in placed]
    for looks in (_HALO, _LABEL):
        layers.append(layer(texts, "text", looks, **at, text={"field": "text"}))
    return layers


_WAY = {"color": theme.ACCENT, "opacity": 0.3, "strokeWidth": 1}
_CIRCLE = {
    "shape": "circle",
    "filled": True,
    "fill": theme.ACCENT,
    "fillOpacity": 0.55,
    "stroke": theme.PAPER,
    "strokeWidth": 1,
    "opacity": 1,
}
_MARK = {
    "shape": _STAR,
    "size": 330,
    "fill": "#b23b3b",
    "stroke": theme.PAPER,
    "strokeWidth": 1,
    "opacity": 1,
}
_LABEL = {"align": "left", "baseline": "middle", "fontSize": _SIZE, "color": theme.INK}
# Beneath each label, so that no line crosses it.
_HALO = {**_LABEL, "color": theme.PAPER, "stroke": theme.PAPER, "strokeWidth": 3}
