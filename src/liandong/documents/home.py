"""The place that a page speaks for (我市, 全市), where nobody has said it: read off the names in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from liandong.documents.page import Span
from liandong.reference import Division, division, find_divisions

LEAST_MENTIONS = 3
LEAST_SHARE = 0.5
"""The home is named at least three times, and in half of all mentions of places of its level or below."""
TITLE_WEIGHT = 3
"""A name in the title counts as much as three in the article."""


def home_place(raw: str, title: Span | None, body: Sequence[Span]) -> str | None:
    """The name of the prefecture or province that the page is about; None where that is not plain.

    Districts and counties count for their prefecture: a city's page with all its counties is the city's. A
    page that names its province more often than any city is the province's.
    """
    mentions: Counter[str] = Counter()
    for span in body:
        mentions.update(_homes(raw[span.start : span.end]))
    if title is not None:
        for code in _homes(raw[title.start : title.end]):
            mentions[code] += TITLE_WEIGHT
    city = _leading({code: n for code, n in mentions.items() if not _is_province(code)})
    province = _leading({code: n for code, n in mentions.items() if _is_province(code)})
    if city is not None and mentions[city.code] > mentions[city.province]:
        return city.name
    return province.name if province is not None else None


def _homes(text: str) -> list[str]:
    """The prefecture of every place named, or the province where only that is."""
    return [place.prefecture or place.code for _, _, place in find_divisions(text)]


def _leading(mentions: dict[str, int]) -> Division | None:
    if not mentions:
        return None
    code, most = max(mentions.items(), key=lambda item: (item[1], item[0]))
    if most < LEAST_MENTIONS or most < LEAST_SHARE * sum(mentions.values()):
        return None
    return division(code)


def _is_province(code: str) -> bool:
    return code.endswith("0000")
