"""Divisions: places by code and by name, today and in any year since 1980.

A name is looked up as people write it (许昌, 许昌市, 河南许昌, 许昌市建安区, 许昌县). A name that several
places bear is decided by what stands before it, by `within`, or by rank; where that does not decide, the
answer is None and never a guess.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from liandong.errors import InputError, Text
from liandong.reference.atlas import LEVELS, RECORD_BEGINS, RECORD_ENDS, Division, DivisionLevel, atlas
from liandong.reference.tables import read_toml

Context = str | Division | Sequence[str] | None
"""Where a name was met: a division, its code, or several codes."""

_EARTH_RADIUS = 6371.0088  # kilometres, mean radius (IUGG)
_SEPARATORS = " \t\u3000·•,，、/-—>›|"
_FILLERS = ("省直辖县级行政区划", "自治区直辖县级行政区划", "市辖区")
_AUTONOMOUS = ("自治州", "自治县", "自治旗")


def division(code: str, *, year: int | None = None) -> Division:
    """The division of a six-digit code: as it is today (or was last), or as it was at the end of a year.

    Raises InputError for a code that no division ever had, or had not in that year.
    """
    for version in reversed(atlas().versions.get(code, ())):
        if year is None or version.existed(year):
            return version
    when = ("", "") if year is None else (f"(在 {year} 年)", f" (in {year})")
    raise InputError(
        Text(
            f"没有行政区划代码“{code}”{when[0]}。请填写六位 GB/T 2260 代码,如 411000。",
            f'There is no division with the code "{code}"{when[1]}. '
            "Give a six-digit code of GB/T 2260 such as 411000.",
        ),
        field="division",
    )


def is_division(code: str) -> bool:
    """Whether a division has or had this code."""
    return code in atlas().versions


def all_divisions(
    level: DivisionLevel | None = None, *, within: Context = None, year: int | None = None
) -> tuple[Division, ...]:
    """All divisions of today, or of a year, in the order of their codes; of one level; inside a place."""
    codes = context_codes(within)
    return tuple(
        each
        for each in _ordered()
        if (each.current if year is None else each.existed(year))
        and level in (None, each.level)
        and (not codes or each.code in codes or inside(each, codes))
    )


def successor(place: Division) -> Division | None:
    """What the place is today: itself, or what followed it in all changes; None where that is unknown."""
    seen: set[tuple[str, str]] = set()
    while not place.current:
        following = place.successor
        if following is None or (place.code, place.name) in seen:
            return None
        seen.add((place.code, place.name))
        versions = atlas().versions[following]
        after = (place.valid_to or RECORD_ENDS) + 1
        place = next((each for each in versions if each.existed(after)), versions[-1])
    return place


def distance(here: Division, there: Division) -> float | None:
    """Great-circle kilometres between two places (haversine); None if a point is unknown."""
    if None in (here.longitude, here.latitude, there.longitude, there.latitude):
        return None
    east, north, east_there, north_there = (
        math.radians(degrees or 0.0)
        for degrees in (here.longitude, here.latitude, there.longitude, there.latitude)
    )
    chord = (
        math.sin((north_there - north) / 2) ** 2
        + math.cos(north) * math.cos(north_there) * math.sin((east_there - east) / 2) ** 2
    )
    return 2 * _EARTH_RADIUS * math.asin(math.sqrt(chord))


def inside(place: Division, codes: Iterable[str]) -> bool:
    """Whether a division lies inside one of the divisions with these codes (then, or as coded today)."""
    return not atlas().lineage[place.code, place.name].isdisjoint(codes)


@lru_cache(maxsize=65536)
def _find(text: str, codes: frozenset[str], year: int | None) -> Division | None:
    return decide(candidates(text), codes, year) or _chain(text, codes, year)


def find_division(text: str, *, within: Context = None, year: int | None = None) -> Division | None:
    """The place that a whole text names, or None if it names none or several that nothing tells apart.

    text: a name (许昌, 许昌市, 许昌县, 豫) or names from large to small (河南许昌, 河南省许昌市建安区).
    within: where it was met; of several places with this name those inside are meant. It never hides a place
    that alone bears the name (上海 met in Henan is 上海).
    year: the places of the end of that year only. Without it, places of today come before those of the past.
    """
    return _find(text.strip(_SEPARATORS).removeprefix("中国"), context_codes(within), year)


def context_codes(within: Context) -> frozenset[str]:
    """The codes of a context."""
    if within is None:
        return frozenset()
    if isinstance(within, Division):
        return frozenset({within.code})
    return frozenset({within} if isinstance(within, str) else within)


@cache
def names() -> dict[str, tuple[Division, ...]]:
    """Every full name and what bears it, today or once; today's autonomous places by their usual name too."""
    found: dict[str, list[Division]] = defaultdict(list)
    for place in atlas().every():
        found[place.name].append(place)
    for place in atlas().every():
        alias = _alias(place) if place.current else None
        if alias and not any(other.current for other in found.get(alias, ())):
            found[alias].append(place)
    return {name: tuple(places) for name, places in found.items()}


@cache
def short_names() -> dict[str, tuple[Division, ...]]:
    """Every short name (许昌, 建安; 豫 and 沪 for provinces) and what bears it, today or once."""
    found: dict[str, list[Division]] = defaultdict(list)
    for place in atlas().every():
        if place.short != place.name:
            found[place.short].append(place)
    versions = atlas().versions
    for letter, code in read_toml("region_groups.toml")["letters"].items():
        found[letter].append(versions[code][-1])
    for short, code in read_toml("divisions.toml")["shorts"].items():
        found[short].append(versions[code][-1])
    return {name: tuple(places) for name, places in found.items()}


def candidates(name: str) -> tuple[Division, ...]:
    """All places that bear a name: in full if any do, else in short."""
    return names().get(name) or short_names().get(name, ())


def decide(places: Sequence[Division], codes: Iterable[str] = (), year: int | None = None) -> Division | None:
    """The one place meant among those that bear a name, or None.

    In this order: those of the year (else today's before past ones); those inside the context; the highest
    level, unless the name is contested. Past ones count as one place if they became one.
    """
    if year is not None:
        year = min(max(year, RECORD_BEGINS), RECORD_ENDS)
        places = [each for each in places if each.existed(year)]
    here = [each for each in places if _belongs(each, codes)] if codes else []
    places = here or places
    if year is None:
        places = [each for each in places if each.current] or places
    if len(places) > 1:
        places = _highest(places, bool(here))
    if len(places) > 1 and not places[0].current:
        latest = max(places, key=lambda each: each.valid_to or 0)
        lines = {successor(each) for each in places}
        places = [latest] if len(lines) == 1 and None not in lines else places
    return places[0] if len(places) == 1 else None


def _belongs(place: Division, codes: Iterable[str]) -> bool:
    """Whether the context means the place: 许昌 in 许昌 is the city, 吉林 in 吉林省 not the province."""
    return inside(place, codes) or (place.code in codes and place.level != "province")


def _highest(places: Sequence[Division], in_context: bool) -> Sequence[Division]:
    """Those of the highest level, unless the name in short is used as much for a lower one elsewhere."""
    top = min(LEVELS.index(each.level) for each in places)
    highest = [each for each in places if LEVELS.index(each.level) == top]
    if in_context or len(highest) != 1 or highest[0].short not in _contested():
        return highest
    return places


@cache
def _contested() -> frozenset[str]:
    return frozenset(read_toml("divisions.toml")["contested"])


@cache
def _ordered() -> tuple[Division, ...]:
    return tuple(sorted(atlas().every(), key=lambda each: (each.code, each.valid_to or 9999)))


def _alias(place: Division) -> str | None:
    """恩施州 for 恩施土家族苗族自治州, 彭水县 for 彭水苗族土家族自治县."""
    return place.short + place.name[-1] if place.name.endswith(_AUTONOMOUS) else None


def _chain(text: str, codes: frozenset[str], year: int | None) -> Division | None:
    """The last of several names from large to small, each inside the one before, that fill the whole text."""
    for cut in range(len(text) - 1, 1, -1):
        outer = _find(text[:cut].rstrip(_SEPARATORS), codes, year)
        if outer is None:
            continue
        rest = text[cut:].lstrip(_SEPARATORS)
        if not rest or rest in _FILLERS:
            return outer
        for filler in _FILLERS:
            rest = rest.removeprefix(filler).lstrip(_SEPARATORS)
        inner = [each for each in candidates(rest) if inside(each, (outer.code,))]
        found = decide(inner, (), year)
        if found:
            return found
    return None
