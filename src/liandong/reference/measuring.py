"""Units: what Chinese texts measure and count in.

A unit has a family (money, area, count …), a base and a multiplier: 1 亩 = 2000/3 平方米. Scales and
compounds are composed from the listed units, so 万元/亩 and 亿立方米 are units too:

    万元/亩  =  万 × 元  per  亩   →  family money/area, base 元/平方米
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from liandong.errors import InputError, Text
from liandong.reference.tables import read_toml

SCALES: dict[str, Decimal] = {
    "十": Decimal(10),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10_000),
    "亿": Decimal(100_000_000),
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: one `name` is `multiplier` times one `base`; only units of one base can be converted.

    multiplier is exact but for fractions such as 1 亩 = 2000/3 平方米, which have 28 digits.
    """

    name: str
    family: str
    base: str
    multiplier: Decimal
    aliases: tuple[str, ...] = ()


def units(family: str | None = None) -> tuple[Unit, ...]:
    """All listed units, in the order of the table, or those of one family. Compounds are not listed."""
    return tuple(each for each in _listed() if family in (None, each.family))


def unit(name: str) -> Unit:
    """The unit of a name, alias, scaled unit (万吨) or compound (元/平方米).

    Raises InputError if there is none.
    """
    found = find_unit(name)
    if found is None:
        raise InputError(
            Text(
                f"不认识计量单位“{name}”。请填写如“万元”“亩”“家”或“万元/亩”的单位。",
                f'"{name}" is no known unit. Give a unit such as 万元, 亩, 家 or 万元/亩.',
            ),
            field="unit",
        )
    return found


@lru_cache(maxsize=4096)
def find_unit(name: str) -> Unit | None:
    """The unit of a name, alias, scaled unit or compound; None if there is none."""
    name = fold(name)
    return _simple(name) or _compound(name)


@cache
def unit_words() -> dict[str, Unit]:
    """Every name and alias of a listed unit, after compatibility folding: what a reader looks for."""
    words: dict[str, Unit] = {}
    for each in _listed():
        for word in (each.name, *each.aliases):
            words.setdefault(fold(word), each)
    return words


def fold(text: str) -> str:
    """Unicode compatibility folding, without blanks: ㎡ → m2, ％ → %."""
    return unicodedata.normalize("NFKC", text).replace(" ", "")


def convert(value: Decimal, source: Unit, target: Unit) -> Decimal:
    """A value in another unit of the same base. Raises InputError where the bases differ."""
    if source.base != target.base:
        raise InputError(
            Text(
                f"“{source.name}”不能换算成“{target.name}”。",
                f"{source.name} cannot be converted to {target.name}.",
            ),
            field="unit",
        )
    return value * source.multiplier / target.multiplier


def _simple(name: str) -> Unit | None:
    """A listed unit, or one with scales before it: 万吨, 亿立方米, 百万千瓦时."""
    known = unit_words().get(name)
    if known:
        return known
    scale = Decimal(1)
    rest = name
    while rest and rest[0] in SCALES:
        scale *= SCALES[rest[0]]
        rest = rest[1:]
        known = unit_words().get(rest)
        if known:
            return Unit(name, known.family, known.base, known.multiplier * scale)
    return None


def _compound(name: str) -> Unit | None:
    """元/平方米, 吨每年, 元/平方米·月: one unit per one or more others."""
    top, *below = name.replace("每", "/").replace("·", "/").replace("∕", "/").split("/")
    parts = [_simple(part) for part in (top, *below)]
    if not below or None in parts:
        return None
    first, *rest = (part for part in parts if part)
    multiplier = first.multiplier
    for part in rest:
        multiplier /= part.multiplier
    return Unit(
        name,
        "/".join((first.family, *(part.family for part in rest))),
        "/".join((first.base, *(part.base for part in rest))),
        multiplier,
    )


@cache
def _listed() -> tuple[Unit, ...]:
    listed: list[Unit] = []
    for family, content in read_toml("units.toml").items():
        for name, base, multiplier, aliases in content.get("units", ()):
            listed.append(Unit(name, family, base, _number(multiplier), tuple(aliases)))
        listed += [Unit(word, family, word, Decimal(1)) for word in content.get("words", ())]
    return tuple(listed)


def _number(text: str) -> Decimal:
    numerator, _, denominator = text.partition("/")
    return Decimal(numerator) / Decimal(denominator or 1)
