"""A picture: one Vega-Lite definition, rendered offline wherever it is shown."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import vl_convert

from liandong.charts import fonts
from liandong.charts.theme import CONFIG

Row = dict[str, Any]
Layer = dict[str, Any]

_VEGA_LITE = "6.4"
_ID = re.compile(r' id="([^"]+)"')
_REFERENCE = re.compile(r'( id="|url\(#|href="#)([^")]+)(["\)])')
# SVG and Word are XML; one of these in a name would abort the renderer, and the process with it.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart definition with what a reader who cannot see it needs.

    definition: Vega-Lite. alternative: the content in words. note: what must stand beneath the picture (the
    approval number of a map, or that it has none), "" for nothing.
    """

    definition: dict[str, Any]
    alternative: str
    note: str = ""

    def texts(self) -> str:
        """Every string of the definition's data and the note, to see which glyphs the picture needs."""
        return json.dumps(self.definition, ensure_ascii=False) + self.note


def picture(
    layers: Sequence[Layer], *, plot: tuple[float, float], alternative: str, note: str = ""
) -> Picture:
    """The layers, lowest first, in the house's look. plot: width and height of the drawing area."""
    definition: dict[str, Any] = {
        "$schema": f"https://vega.github.io/schema/vega-lite/v{_VEGA_LITE}.json",
        "description": clean(alternative),
        "config": CONFIG,
        "width": plot[0],
        "height": plot[1],
        "layer": list(layers),
    }
    return Picture(definition, clean(alternative), note)


def layer(values: Sequence[Row], mark: str, looks: dict[str, Any], /, **encoding: Any) -> Layer:
    """A layer of marks: one for each row, placed and coloured by the encoding. Strings are cleaned.

    A row's `tip` is what is told of its mark to who points at it, or has it read out.
    """
    told = any("tip" in row for row in values)
    if told:
        encoding["description"] = {"field": "tip", "type": "nominal"}
    cleaned = [{k: clean(v) if isinstance(v, str) else v for k, v in row.items()} for row in values]
    return {"data": {"values": cleaned}, "mark": {"type": mark, "aria": told, **looks}, "encoding": encoding}


def literal(field: str) -> dict[str, Any]:
    """An encoding by the field's own value: a colour, a shape, a size, an angle."""
    return {"field": field, "type": "nominal", "scale": None, "legend": None}


@dataclass(frozen=True, slots=True)
class Plane:
    """Pixels as positions: x rightwards, y downwards, no axes."""

    width: float
    height: float

    def x(self, field: str = "x") -> dict[str, Any]:
        """The encoding of a field as x."""
        scale = {"domain": [0, self.width], "nice": False, "zero": False}
        return {"field": field, "type": "quantitative", "axis": None, "scale": scale}

    def y(self, field: str = "y") -> dict[str, Any]:
        """The encoding of a field as y."""
        scale = {"domain": [self.height, 0], "nice": False, "zero": False}
        return {"field": field, "type": "quantitative", "axis": None, "scale": scale}


def clean(text: str) -> str:
    """The text with � for each character that XML cannot hold (controls, halves of surrogate pairs)."""
    return _NO_XML.sub("\ufffd", text)


def to_svg(shown: Picture, *, prefix: str = "") -> str:
    """The picture as SVG; text stays text in the family `fonts.FAMILY`.

    prefix: of the ids inside, so that several pictures can stand in one page.
    """
    svg = _svg(json.dumps(shown.definition))
    # The renderer counts ids through the life of the process: count anew, the same picture the same text.
    names = {name: f"{prefix}id{i}" for i, name in enumerate(dict.fromkeys(_ID.findall(svg)))}
    return _REFERENCE.sub(lambda m: m[1] + names.get(m[2], m[2]) + m[3], svg)


def to_png(shown: Picture, *, scale: float = 2.5) -> bytes:
    """The picture as PNG; scale 2.5 prints at about 240 dots per inch across a page."""
    png: bytes = vl_convert.svg_to_png(to_svg(shown), scale=scale)
    return png


@lru_cache(maxsize=64)  # Word and HTML show the same pictures
def _svg(definition: str) -> str:
    fonts.register()
    svg: str = vl_convert.vegalite_to_svg(definition, vl_version=_VEGA_LITE)
    return svg
