"""Location quotients as bars from the average region (1), with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from liandong.charts import theme
from liandong.charts.frames import QuotientBar
from liandong.charts.picture import Picture, layer, literal, picture
from liandong.charts.signs import status_signs
from liandong.errors import Language

_WIDTH, _ROW = 330.0, 28.0
_LABELS = 210.0
_LOG_FROM = 8.0  # a linear axis hides what lies below 1 once the longest bar is this many times the average
_TICKS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


def quotient_bars(bars: Sequence[QuotientBar], *, language: Language = "zh") -> Picture:
    """One bar a row in the order given: the value, its interval as a whisker, a reference line at 1.

    The axis is logarithmic, with bars that start at 1, once a value or bound exceeds 8; bounds beyond the
    axis are drawn to its end. An unknown value has no bar and shows —; nor has 0 a bar on a
    logarithmic axis, where it has no place.
    """
    upper = max((n for bar in bars for n in (bar.value, bar.high) if n is not None), default=1.0)
    logarithmic = upper > _LOG_FROM
    low, high = _domain(bars, upper) if logarithmic else (0.0, max(upper * 1.05, 1.5))
    data = [_row(bar, low, high, 1.0 if logarithmic else 0.0) for bar in bars]
    scale = {"type": "log" if logarithmic else "linear", "domain": [low, high], "nice": False}
    title = {"zh": "区位商（1 = 平均地区）", "en": "Location quotient (1 = average region)"}[language]
    axis: dict[str, Any] = {"title": title, "format": "~g", "tickCount": 6}
    if logarithmic:
        axis["values"] = [tick for tick in _TICKS if low <= tick <= high]
    labels = {"title": None, "labelLimit": _LABELS, "labelPadding": 22, "ticks": False, "domain": False}
    y = {"field": "label", "type": "nominal", "sort": [bar.label for bar in bars], "axis": labels}

    def x(field: str) -> dict[str, Any]:
        return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}

    placed = [bar.value is not None and (bar.value > 0 or not logarithmic) for bar in bars]
    known = [d for d, has_bar in zip(data, placed, strict=True) if has_bar]
    bounded = [d for d in data if d["low"] is not None and d["high"] is not None]
    line, tick = {"color": theme.INK, "strokeWidth": 1.2}, {"color": theme.INK, "size": 8, "thickness": 1.2}
    words = {"align": "left", "fontSize": 12}
    layers = [
        layer(
            known,
            "bar",
            {"height": 13, "opacity": 0.85},
            x=x("value"),
            x2={"field": "start"},
            y=y,
            color=literal("colour"),
        ),
        layer(bounded, "rule", line, x=x("low"), x2={"field": "high"}, y=y),
        layer(bounded, "tick", tick, x=x("low"), y=y),
        layer(bounded, "tick", tick, x=x("high"), y=y),
        layer([{"one": 1}], "rule", {"color": theme.INK, "strokeDash": [4, 3]}, x=x("one")),
        layer(data, "text", words, x={"value": _WIDTH + 10}, y=y, text={"field": "words"}),
        *status_signs(data, x={"value": -12}, y=y, radius=5.5),
    ]
    said = "; ".join(f"{d['label']} {d['words']}" for d in data)
    return picture(
        layers,
        plot=(_WIDTH, max(len(bars), 1) * _ROW),
        alternative=f"{title}: {said}",
    )


def _domain(bars: Sequence[QuotientBar], upper: float) -> tuple[float, float]:
    """Ends of a logarithmic axis: the ticks around what is shown, from 0.05 at the least."""
    positive = [n for bar in bars for n in (bar.value, bar.low) if n]
    lower = max(min([*positive, 1.0]), _TICKS[2])
    return (
        max((t for t in _TICKS if t <= lower), default=_TICKS[2]),
        min((t for t in _TICKS if t >= upper), default=upper),
    )


def _row(bar: QuotientBar, low: float, high: float, start: float) -> dict[str, Any]:
    def within(number: float | None) -> float | None:
        return None if number is None else min(max(number, low), high)

    return {
        "label": bar.label,
        "value": within(bar.value),
        "start": start,
        "low": within(bar.low),
        "high": within(bar.high),
        "words": _words(bar),
        "tip": f"{bar.label} {_words(bar)}",
        "status": bar.status,
        "colour": theme.STATUS_COLOURS[bar.status] if bar.status else theme.ACCENT,
    }


def _words(bar: QuotientBar) -> str:
    if bar.value is None:
        return "—"
    if bar.low is None or bar.high is None:
        return f"{bar.value:.2f}"
    return f"{bar.value:.2f} [{bar.low:.2f}, {bar.high:.2f}]"
