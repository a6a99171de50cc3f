"""A picture: one Vega-Lite definition, rendered offline wherever it is shown."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import vl_convert

from liandong.charts import fonts
from liandong.charts.theme import CONFIG

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
    layers: Sequence[alt.Chart], *, plot: tuple[float, float], alternative: str, note: str = ""
) -> Picture:
    """The layers in the house's look. plot: width and height of the drawing area;"""
    chart = alt.layer(*layers).properties(width=plot[0], height=plot[1]).configure(**CONFIG)
    definition = chart.to_dict()
    definition["description"] = clean(alternative)
    return Picture(definition, clean(alternative), note)


def rows(values: list[dict[str, Any]]) -> alt.InlineData:
    """Rows as the data of a layer, their strings cleaned."""
    return alt.InlineData(
        values=[{k: clean(v) if isinstance(v, str) else v for k, v in row.items()} for row in values]
    )


def clean(text: str) -> str:
    """The text with � for each character that XML cannot hold (controls, halves of surrogate pairs)."""
    return _NO_XML.sub("\ufffd", text)


def to_svg(shown: Picture, *, prefix: str = "") -> str:
    """The picture as SVG; text stays text in the family `fonts.FAMILY`.

    prefix: of the ids inside, so that several pictures can stand in one page.
    """
    fonts.register()
    svg: str = vl_convert.vegalite_to_svg(shown.definition, vl_version=_VEGA_LITE)
    # The renderer counts ids through the life of the process: count anew, the same picture the same text.
    names = {name: f"{prefix}id{i}" for i, name in enumerate(dict.fromkeys(_ID.findall(svg)))}
    return _REFERENCE.sub(lambda m: m[1] + names.get(m[2], m[2]) + m[3], svg)


def to_png(shown: Picture, *, scale: float = 2.5) -> bytes:
    """The picture as PNG; scale 2.5 prints at about 240 dots per inch across a page."""
    fonts.register()
    png: bytes = vl_convert.vegalite_to_png(shown.definition, vl_version=_VEGA_LITE, scale=scale)
    return png
