"""Regions: a place or a named group of places (长三角, 郑州都市圈, 沪苏浙皖), as codes to count over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from liandong.errors import InputError, Text
from liandong.reference.divisions import Context, candidates, find_division
from liandong.reference.tables import read_toml

_JOINTS = re.compile(r"[、,，;；\s]+|和|及|与")


@dataclass(frozen=True, slots=True)
class Region:
    """A name and the codes of provinces, prefectures or counties that make it up."""

    name: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegionGroup:
    """A named group: its members, the document that names them, and where the group differs from it."""

    name: str
    aliases: tuple[str, ...]
    codes: tuple[str, ...]
    source: str | None
    note: str | None


def region_groups() -> tuple[RegionGroup, ...]:
    """All named groups."""
    return _groups()


def region_group(name: str) -> tuple[str, ...] | None:
    """The codes of a named group, or of provinces given by their letters (沪苏浙皖); else None."""
    found = find_group(name)
    if found:
        return found.codes
    letters = _letters()
    spelt = len(name) > 1 and len(set(name)) == len(name) and all(letter in letters for letter in name)
    if spelt and not candidates(name):  # 新津 is a district, not 新疆 and 天津
        return tuple(letters[letter] for letter in name)
    return None


def find_group(name: str) -> RegionGroup | None:
    """The group of this name or alias, or None."""
    return group_names().get(name)


def resolve_region(name: str, *, within: Context = None) -> Region:
    """What a name stands for: a group, a place, or several of them joined by 、.

    Raises InputError for a name that is neither or that several places bear.
    """
    name = name.strip()
    found = _codes(name, within)
    if found is None and (parts := [part for part in _JOINTS.split(name) if part]) and len(parts) > 1:
        gathered = [_codes(part, within) for part in parts]
        if None not in gathered:
            found = tuple(dict.fromkeys(code for codes in gathered for code in codes or ()))
    if found is None:
        raise InputError(
            Text(
                f"不认识地区“{name}”,或有多个同名地区。请填写全称(如“河南省许昌市”)或区域名称(如“长三角”)。",
                f'"{name}" is no known region, or several bear the name. '
                "Give the full name such as 河南省许昌市, or a group such as 长三角.",
            ),
            field="region",
        )
    return Region(name, found)


@cache
def group_names() -> dict[str, RegionGroup]:
    """Every name and alias of a group."""
    return {name: group for group in _groups() for name in (group.name, *group.aliases)}


def _codes(name: str, within: Context) -> tuple[str, ...] | None:
    place = find_division(name, within=within) if len(name) > 1 or name in _letters() else None
    return region_group(name) or ((place.code,) if place else None)


@cache
def _groups() -> tuple[RegionGroup, ...]:
    return tuple(
        RegionGroup(
            name=entry["name"],
            aliases=tuple(entry.get("aliases", ())),
            codes=tuple(entry["codes"]),
            source=entry.get("source"),
            note=entry.get("note"),
        )
        for entry in read_toml("region_groups.toml")["group"]
    )


@cache
def _letters() -> dict[str, str]:
    letters: dict[str, str] = read_toml("region_groups.toml")["letters"]
    return letters
