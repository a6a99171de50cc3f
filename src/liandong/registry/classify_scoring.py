"""Which classes a phrase speaks for, and how strongly: an item of a scope, or a name.

A phrase reads its terms under the activity that governs it: making gives the class of the thing, trading the
wholesale class of the goods, mending and letting theirs.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from liandong.registry.classify_acts import (
    BREED,
    GROW,
    GROWING,
    INSTALL,
    MAKE,
    MINE,
    PRODUCE,
    RENT,
    REPAIR,
    RESEARCH,
    TRADE,
    chief,
)
from liandong.registry.classify_lexicon import (
    BUILDING,
    FARMING,
    MAKING,
    MINING,
    SERVING,
    TRADING,
    WEAK,
    Hit,
    Sense,
    goods_class,
)

OUTSIDE_FARMING = 0.4
"""What a class outside farming counts for a cooperative, whose members farm."""
DESIGNED_TOO = 0.4
"""What the design or development of a thing counts where it is made or built as well."""
MODIFIER = 0.4
"""A term before the head of its phrase, beside the head's 1."""
MOST_TERMS = 3
VAGUE = frozenset(
    (
        "设备",
        "机械",
        "机器",
        "装备",
        "机械设备",
        "机械厂",
        "机械制造",
        "机电设备",
        "专用设备",
        "仪器",
        "器材",
        "配件",
        "零件",
        "零部件",
        "零配件",
        "部件",
        "附件",
        "材料",
        "产品",
        "制品",
        "用品",
        "机电",
        "电器",
        "电子",
        "工具",
    )
)
"""Heads of phrases that say something alone, but little after another word."""

_FITS: dict[int, dict[int, float]] = {
    MAKE: {FARMING: 0.35, MINING: 0.3, MAKING: 1.0, BUILDING: 0.3, TRADING: 0.0, SERVING: 0.1},
    MINE: {FARMING: 0.1, MINING: 1.0, MAKING: 0.3, BUILDING: 0.2, TRADING: 0.0, SERVING: 0.2},
    GROWING: {FARMING: 1.0, MINING: 0.0, MAKING: 0.05, BUILDING: 0.2, TRADING: 0.0, SERVING: 0.2},
    TRADE: {FARMING: 0.0, MINING: 0.0, MAKING: 0.0, BUILDING: 0.15, TRADING: 1.0, SERVING: 0.15},
}
"""How far the sector of a class agrees with an activity; other activities: building and serving fully."""
_UNSAID = {FARMING: 0.5, MINING: 0.6, MAKING: 1.0, BUILDING: 1.0, TRADING: 0.8, SERVING: 1.0}
"""Where neither scope nor name says what is done."""
_OTHERWISE = {FARMING: 0.2, MINING: 0.1, MAKING: 0.1, BUILDING: 1.0, TRADING: 0.1, SERVING: 1.0}


class Reading(NamedTuple):
    """A class that a term speaks for, under an activity."""

    code: str
    score: float
    term: str


def read(hits: Iterable[Hit], acts: int, stem: int, cooperative: bool) -> Iterable[Reading]:
    """The classes that the terms of a phrase speak for; stem: where it ends without its activity words."""
    main = chief(acts)
    fits = _fits(main)
    if cooperative and main & TRADE:
        fits, main = _FITS[GROWING], main | GROWING
    factor = 1.0
    for count, hit in enumerate(reversed(tuple(hits))):
        if count == MOST_TERMS:
            return
        reach = factor * _length(hit) * (WEAK if vague(hit) else 1.0)
        strongest = 0.0
        for sense in hit.senses:
            if sense.needs and not sense.needs & (acts if main & TRADE else main):
                continue
            fit = _fit(sense, hit, fits, main, stem)
            strongest = max(strongest, sense.weight)
            if cooperative and sense.sector != FARMING:
                fit *= OUTSIDE_FARMING
            if fit:
                yield Reading(sense.code, sense.weight * fit * reach, hit.term)
            if fit < 0.5 and not sense.phrase:
                yield from _derived(sense, hit, main, acts, reach)
        if strongest >= 1 and not vague(hit):
            factor *= MODIFIER


def things(hits: Iterable[Hit], stem: int) -> dict[str, float]:
    """Class → how strongly the terms of a phrase name its thing, whatever is done with it; at most 1."""
    found: dict[str, float] = {}
    factor = 1.0
    for count, hit in enumerate(reversed(tuple(hits))):
        if count == MOST_TERMS:
            break
        for sense in hit.senses:
            if sense.sector != TRADING:
                weight = sense.weight * factor * (WEAK if vague(hit) else 1.0)
                found[sense.code] = max(found.get(sense.code, 0.0), weight)
        if any(sense.weight >= 1 for sense in hit.senses) and not vague(hit):
            factor *= MODIFIER
    return found


def vague(hit: Hit) -> bool:
    """Whether a term says little because another word before it makes it special: 油井专用设备."""
    return hit.start > 0 and hit.term in VAGUE


def _fit(sense: Sense, hit: Hit, fits: dict[int, float], main: int, stem: int) -> float:
    if sense.needs:
        return 1.0
    if sense.phrase:
        if sense.sector == SERVING and main & (MAKE | INSTALL) and hit.acts and not hit.acts & ~RESEARCH:
            return DESIGNED_TOO
        if sense.sector in (BUILDING, SERVING):
            return 1.0 if hit.end >= stem - 1 else 0.4
        if sense.sector == TRADING and hit.acts & TRADE:
            return fits[TRADING]
        return max(fits[sense.sector], 0.9 if hit.end >= stem and not main & TRADE else 0.3)
    fit = fits[sense.sector]
    if sense.sector == FARMING:
        if main & PRODUCE:
            fit = max(fit, 0.6)
        group = sense.code[:2]
        if main & GROWING and not main & TRADE:
            wanted = (GROW if group in ("01", "02") else 0) | (BREED if group in ("03", "04") else 0)
            fit = fit if not wanted or main & wanted else 0.15
    return fit


def _derived(sense: Sense, hit: Hit, main: int, acts: int, reach: float) -> Iterable[Reading]:
    """The class of those who trade, mend or let a thing."""
    column = "wholesale" if main & TRADE else "repair" if main & REPAIR else "rental" if main & RENT else ""
    if not column or sense.needs or hit.traded:
        return
    code = goods_class(sense.code, column)
    if code:
        yield Reading(code, sense.weight * reach * 0.85, hit.term)


@cache
def _fits(main: int) -> dict[int, float]:
    if not main:
        return _UNSAID
    return next((fits for group, fits in _FITS.items() if main & group), _OTHERWISE)


def _length(hit: Hit) -> float:
    """Longer terms say more."""
    return (0.6, 0.85, 1.0, 1.1, 1.15)[min(hit.end - hit.start, 5) - 1]
