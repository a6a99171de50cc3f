"""Places: divisions named in a text and the words for the place that the page speaks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_TAIL = re.compile(r"(?:市|省|自治区|特别行政区|壮族自治区|回族自治区|维吾尔自治区|地区|盟|自治州)\Z")


@dataclass(frozen=True, slots=True)
class Place:
    """A division named at [start, end): its name as written and its short name, its level and its code."""

    start: int
    end: int
    name: str
    short: str
    level: str
    code: str


def places(text: str, start: int = 0, end: int | None = None, *, within: str = "") -> list[Place]:
    """The divisions named in a folded text between two offsets.

    within: the code of the page's place; the counties of a prefecture are known by their short names (阳新).
    """
    from liandong.reference.mentions import find_divisions

    part = text[start:end]
    found = [
        Place(start + a, start + b, part[a:b], short(part[a:b]), d.level, d.code)
        for a, b, d in find_divisions(part, within=_prefecture(within))
    ]
    taken = {place.start for place in found}
    for match in _groups().finditer(part):
        if start + match.start() not in taken:
            found.append(Place(start + match.start(), start + match.end(), match[0], match[0], "group", ""))
    return sorted(found, key=lambda place: place.start)


def _prefecture(code: str) -> str | None:
    """The prefecture of a page's place; none for a province: its counties are too many."""
    return f"{code[:4]}00" if code and not code.endswith("0000") else None


@lru_cache(maxsize=1)
def _groups() -> re.Pattern[str]:
    """Named groups of divisions: 长三角, 郑州都市圈."""
    from liandong.reference.regions import group_names

    names = sorted(group_names(), key=lambda name: (-len(name), name))
    return re.compile("(?:" + "|".join(map(re.escape, names)) + ")(?:地区)?")


def short(name: str) -> str:
    """许昌市 → 许昌, 河南省 → 河南; a county or district keeps its ending (石峰区, 淅川县)."""
    out = _TAIL.sub("", name)
    return out if len(out) >= 2 else name


@lru_cache(maxsize=256)
def default_place(region: str | None) -> str | None:
    """The short name of the page's region: 河南省许昌市 → 许昌."""
    if not region:
        return None
    parts = re.findall(r"[^省市区县州盟旗]+(?:自治区|自治州|省|市|区|县|州|盟|旗)", region)
    return short(parts[-1]) if parts else short(region)


@lru_cache(maxsize=256)
def province_of(region: str | None) -> str | None:
    """The short name of the province of the page's region: 河南省许昌市 → 河南, 许昌市 → 河南."""
    if not region:
        return None
    from liandong.reference.divisions import division, find_division

    found = find_division(region)
    return short_province(division(found.province).name) if found else None


def short_province(name: str) -> str:
    """内蒙古自治区 → 内蒙古, 广西壮族自治区 → 广西."""
    return re.sub(r"(?:省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区)\Z", "", name)


@lru_cache(maxsize=256)
def code_of(region: str | None) -> str:
    """The code of the page's region, empty where it is unknown."""
    from liandong.reference.divisions import find_division

    found = find_division(region) if region else None
    return found.code if found else ""
