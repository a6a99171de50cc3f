"""Location of many records at once: province, prefecture and county of today from what a register prints.

A register gives a province, a city (for municipalities often the district) and an address. City and province
are resolved once for each distinct pair; each pair has its own small automaton of the counties that ever lay
there, so that an address costs a few microseconds. Names of the past give the place of
today: 许昌县 is 建安区.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import ahocorasick

from liandong.reference.atlas import Division, atlas
from liandong.reference.divisions import division, find_division, inside, successor
from liandong.reference.mentions import find_divisions, stands_as_place

_REACH = 40
"""A county stands in the first characters of an address; what follows is streets and villages."""


class Location(NamedTuple):
    """Codes of today; None where unknown."""

    province: str | None
    prefecture: str | None
    county: str | None


@dataclass(frozen=True, slots=True)
class Locations:
    """Codes of today, one entry a record; None where unknown."""

    province: list[str | None]
    prefecture: list[str | None]
    county: list[str | None]


def locate_many(
    provinces: Sequence[str | None], cities: Sequence[str | None], addresses: Sequence[str | None]
) -> Locations:
    """Province, prefecture and county of each record, as they are today.

    The three sequences have one length. What the register names outranks the address; a county decides its
    prefecture (寿县, once of 六安, lies in 淮南). Raises ValueError if the lengths differ.
    """
    found = [
        locate(province, city, address)
        for province, city, address in zip(provinces, cities, addresses, strict=True)
    ]
    return Locations(
        province=[each.province for each in found],
        prefecture=[each.prefecture for each in found],
        county=[each.county for each in found],
    )


def locate(province: str | None, city: str | None, address: str | None) -> Location:
    """Province, prefecture and county of one record, as they are today."""
    frame = _frame(province or "", city or "")
    if not address or frame.location.county:
        return frame.location
    if frame.location.prefecture is None:
        return _from_address(address[:_REACH], frame.location)
    return _county(address[:_REACH], frame)


class _Frame(NamedTuple):
    """What a province and a city say, and the counties to look for in addresses there."""

    location: Location
    prefixes: tuple[str, ...]
    counties: Any


@lru_cache(maxsize=8192)
def _frame(province: str, city: str) -> _Frame:
    outer = _today(find_division(province)) if province else None
    place = _today(find_division(city, within=outer)) if city else None
    if place is None or (outer and place.province != outer.province):
        place = outer
    if place is None:
        return _Frame(Location(None, None, None), (), None)
    location = _location(place)
    if location.prefecture is None or location.county:
        return _Frame(location, (), None)
    return _Frame(location, *_counties(location.prefecture))


def _county(address: str, frame: _Frame) -> Location:
    """The frame's location with the county that the address names, if it names one."""
    prefix = 0
    for name in frame.prefixes:
        if address.startswith(name, prefix):
            prefix += len(name)
    best: tuple[int, int, Location] | None = None
    for end, (length, whole, location) in frame.counties.iter(address):
        start = end + 1 - length
        if (whole or start == prefix) and (best is None or (start, -length) < best[:2]):
            best = (start, -length, location)
    return best[2] if best else frame.location


@lru_cache(maxsize=512)
def _counties(prefecture: str) -> tuple[tuple[str, ...], Any]:
    """The names that may begin an address in a prefecture, and an automaton of its counties then and now."""
    place = division(prefecture)
    above = [division(place.province), *([place] if place.code != place.province else [])]
    prefixes = tuple(name for each in above for name in (each.name, each.short))
    automaton = ahocorasick.Automaton()
    nothing = (1, False, Location(None, None, None))
    automaton.add_word("\0", nothing)  # an automaton without words cannot be searched
    words: dict[str, tuple[bool, Division]] = {}
    for county in sorted(atlas().every(), key=lambda each: each.valid_to or 9999):
        today = _today(county) if county.level == "county" and inside(county, (prefecture,)) else None
        if today is None or today.level != "county":
            continue
        if county.short != county.name and county.short not in prefixes and stands_as_place(county.short):
            words[county.short] = (False, today)
        if county.name not in prefixes:
            words[county.name] = (True, today)
    for word, (whole, today) in words.items():
        automaton.add_word(word, (len(word), whole, _location(today)))
    automaton.make_automaton()
    return prefixes, automaton


@lru_cache(maxsize=65536)
def _from_address(address: str, known: Location) -> Location:
    """What the address itself says: its first place, made finer by the places nested in it."""
    chosen: Division | None = None
    for _, _, found in find_divisions(address, within=known.province):
        place = _today(found)
        if place is None or (known.province and place.province != known.province):
            continue
        if chosen is None or inside(place, (chosen.code,)):
            chosen = place
    return _location(chosen) if chosen else known


def _location(place: Division) -> Location:
    return Location(place.province, place.prefecture, place.code if place.level == "county" else None)


def _today(place: Division | None) -> Division | None:
    return successor(place) if place else None
