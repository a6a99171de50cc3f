"""Figures as people write them: 1,549家, 1,000亿元, 3.4万亩; 100 billion yuan, 1,549 firms."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from liandong.errors import Language
from liandong.figures.figure import Figure, Standing

UNKNOWN = "—"
_CHINESE_STEPS = ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万"))
_ENGLISH_STEPS = ((Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))
_ENGLISH_UNITS = {
    "家": "firms",
    "元": "yuan",
    "%": "%",
    "个": "",
    "项": "items",
    "名": "persons",
    "人": "persons",
    "亩": "mu",
    "位": "",
    "个百分点": "percentage points",
    "平方公里": "km²",
    "平方米": "m²",
    "公里": "km",
    "千米": "km",
    "吨": "t",
    "分": "points",
}
_STANDINGS = {
    Standing.PLANNED: ("计划", "planned"),
    Standing.CLAIMED: ("自报", "claimed"),
    Standing.CONTRACTED: ("合同", "contracted"),
    Standing.FILED: ("备案", "filed"),
    Standing.REPORTED: ("上报", "reported"),
}


def render_number(value: Decimal, language: Language = "zh", *, digits: int | None = None) -> str:
    """The number with thousands separators, in 万 / 亿 from 10,000 in Chinese (million / billion in English
    from a million), without losing a digit unless `digits` after the point are asked for.

    Counts below 100,000 stay whole in Chinese (1,549; 15,490), as people read them.
    """
    steps, least = (
        (_CHINESE_STEPS, Decimal(100_000)) if language == "zh" else (_ENGLISH_STEPS, Decimal(10) ** 6)
    )
    scaled, word = value, ""
    if abs(value) >= least:
        for size, name in steps:
            if abs(value) >= size:
                scaled, word = value / size, name
                break
    if digits is not None:
        scaled = scaled.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    text = f"{scaled:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if not word:
        return text
    return f"{text}{word}" if language == "zh" else f"{text} {word}"


def render(figure: Figure, language: Language = "zh", *, digits: int | None = None) -> str:
    """Value, unit and standing in one short text; — for unknown. Planned never looks actual."""
    if figure.value is None:
        return UNKNOWN
    number = render_number(figure.value, language, digits=digits)
    if language == "zh":
        text = number + figure.unit
    else:
        unit = _ENGLISH_UNITS.get(figure.unit, figure.unit)
        text = number + unit if unit in ("", "%") else f"{number} {unit}"
    tag = _STANDINGS.get(figure.standing)
    if tag is None:
        return text
    return f"{text} ·{tag[0]}·" if language == "zh" else f"{text} ·{tag[1]}·"
