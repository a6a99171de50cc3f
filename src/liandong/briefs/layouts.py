"""Layouts of Word documents as data: page, type and spacing of each named style."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

_A4 = (21.0, 29.7)


@dataclass(frozen=True, slots=True)
class Look:
    """A style. size in points; before, after in points; line in multiples, or exactly in points.

    indent: of the first line, in characters. font: of Chinese text; "" is the embedded one.
    colour: ink, muted, accent or red.
    """

    size: float
    before: float = 0.0
    after: float = 0.0
    line: float = 1.15
    exactly: float = 0.0
    indent: float = 0.0
    bold: bool = False
    keep: bool = False
    align: Literal["left", "center", "right"] = "left"
    colour: Literal["ink", "muted", "accent", "red"] = "ink"
    font: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A page of A4 with its margins in centimetres, its styles, and how pages are numbered.

    page: "of" writes the title and page n of m to the right; "dashes" — n — at the outer edge, as official
    papers have it. turned: whether the page lies.
    """

    top: float
    bottom: float
    left: float
    right: float
    foot: float
    page: Literal["of", "dashes"]
    turned: bool = False
    styles: dict[str, Look] = field(default_factory=dict)

    @property
    def paper(self) -> tuple[float, float]:
        """Width and height of the page, in centimetres."""
        return (_A4[1], _A4[0]) if self.turned else _A4

    @property
    def width(self) -> float:
        """Of the text, in centimetres."""
        return self.paper[0] - self.left - self.right


@lru_cache(maxsize=8)
def layout(name: str) -> Layout:
    """The layout of that name in `data/layouts.toml`. Raises KeyError for one that is not there."""
    tables = tomllib.loads(files("liandong.briefs").joinpath("data", "layouts.toml").read_text("utf-8"))
    table = tables[name]
    base = tables.get(table.pop("like", ""), {})
    return _layout({**base, **table, "styles": {**base.get("styles", {}), **table.get("styles", {})}})


def _layout(table: dict[str, Any]) -> Layout:
    looks = {name: Look(**look) for name, look in table["styles"].items()}
    return Layout(**{**table, "styles": looks})
