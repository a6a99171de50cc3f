"""How charts look: colours and signs of ui.md, one font, nothing that carries no meaning."""

from __future__ import annotations

import unicodedata
from typing import Any

from liandong.charts.fonts import FAMILY
from liandong.charts.frames import Stage, Status
from liandong.errors import Text

INK = "#1b2733"
MUTED = "#5b6b7a"
LINE = "#dde3e8"
EDGE = "#9aa7b2"
PAPER = "#ffffff"
WASH = "#f5f7f9"
ACCENT = "#1f4e8c"

STATUS_COLOURS: dict[Status, str] = {
    "strong": "#2c7a57",
    "present": "#5f8f77",
    "weak": "#b97a12",
    "missing": "#b23b3b",
    "unsure": "#7b8894",
}
STATUS_SIGNS: dict[Status, str] = {"strong": "●", "present": "◐", "weak": "◔", "missing": "○", "unsure": "◌"}
STATUS_WORDS: dict[Status, Text] = {
    "strong": Text("强", "strong"),
    "present": Text("有", "present"),
    "weak": Text("弱", "weak"),
    "missing": Text("缺", "missing"),
    "unsure": Text("待核", "unsure"),
}
STAGE_WORDS: dict[Stage, Text] = {
    "upstream": Text("上游", "Upstream"),
    "midstream": Text("中游", "Midstream"),
    "downstream": Text("下游", "Downstream"),
}
# The filled part of each sign as a path in [-1, 1]², drawn over a ring: shapes need no font.
STATUS_SHAPES: dict[Status, str] = {
    "strong": "M0,-1A1,1,0,1,1,0,1A1,1,0,1,1,0,-1Z",
    "present": "M0,-1A1,1,0,0,0,0,1Z",
    "weak": "M0,0L0,-1A1,1,0,0,1,1,0Z",
    "missing": "M0,0Z",
    "unsure": "M0,0Z",
}

CONFIG: dict[str, Any] = {
    "font": FAMILY,
    "background": PAPER,
    "padding": 4,
    "view": {"stroke": None},
    "text": {"font": FAMILY, "color": INK},
    "axis": {
        "labelFont": FAMILY,
        "titleFont": FAMILY,
        "labelColor": INK,
        "titleColor": MUTED,
        "titleFontWeight": "normal",
        "gridColor": LINE,
        "domainColor": EDGE,
        "tickColor": EDGE,
        "labelFontSize": 12,
        "titleFontSize": 12,
    },
}


def text_width(text: str, size: float) -> float:
    """About how wide the text prints, in the unit of size: Chinese one em a character, others about half."""
    return size * sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.56 for c in text)


def wrap(text: str, width: float, size: float, *, lines: int = 2) -> list[str]:
    """The text in at most `lines` of the width, broken at spaces or Chinese characters, cut with …."""
    rows, row = [], ""
    for word in _words(text):
        if row and text_width(row + word.rstrip(), size) > width:
            rows.append(row.rstrip())
            row = ""
        row += word
    rows.append(row.rstrip())
    if len(rows) <= lines:
        return rows
    last = rows[lines - 1]
    while last and text_width(last + "…", size) > width:
        last = last[:-1]
    return [*rows[: lines - 1], last + "…"]


def _words(text: str) -> list[str]:
    """Pieces that stay together: a Latin word with the space behind it, or one Chinese character."""
    words: list[str] = []
    for c in text:
        joins = words and not _wide(c) and not _wide(words[-1][-1]) and not words[-1].endswith(" ")
        if joins:
            words[-1] += c
        else:
            words.append(c)
    return words


def _wide(c: str) -> bool:
    return unicodedata.east_asian_width(c) in "WF"
