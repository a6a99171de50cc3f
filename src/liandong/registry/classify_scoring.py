"""Which classes a name and a scope speak for, and how strongly.

The name decides what thing, the scope what is done with it. Each item of the scope, and the name, reads
its terms under the activity that governs it: making gives the class of the thing, trading the wholesale
class of the goods, mending and letting theirs. Early items count more than late ones, and items that agree
with the name more than others.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from liandong.registry.classify_acts import (
    BREED,
    GROW,
    GROWING,
    MAKE,
    MINE,
    PRODUCE,
    RENT,
    REPAIR,
    RESEARCH,
    RETAIL,
    SERVE,
    TRADE,
    WHOLESALE,
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
    Lexicon,
    Sense,
    goods_class,
    retail_of_wholesale,
)
from liandong.registry.classify_name import Kind, read_name
from liandong.registry.classify_scope import Governed, Item, Reader

NAME = 1.0
"""What a strong term of the name counts, beside the first item's 1."""
AGREEMENT = 1.2
"""How much more an item counts that names the name's thing."""
LATER = (1.0, 0.5, 0.36, 0.28, 0.22, 0.18, 0.15, 0.12)
"""What the items of a scope count, in their order; the last holds for the rest."""
SOLD_TOO = 0.5
"""What goods for sale count where the firm makes something before."""
OUTSIDE_FARMING = 0.4
"""What a class outside farming counts for a cooperative, whose members farm."""
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
_OTHERWISE = {FARMING: 0.2, MINING: 0.1, MAKING: 0.1, BUILDING: 1.0, TRADING: 0.1, SERVING: 1.0}


class Reading(NamedTuple):
    """A class that a term speaks for, under an activity."""

    code: str
    score: float
    term: str


class Verdict(NamedTuple):
    """Scores of classes. agreed: how far name and scope name one thing, 0–1; evidence: (term, place, code,
    points) of all that counted."""

    scores: dict[str, float]
    agreed: float
    evidence: tuple[tuple[str, str, str, float], ...]


class Scorer:
    """Scores names and scopes with a lexicon."""

    MEMORY = 200_000

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._reader = Reader(lexicon)
        self._readings: dict[tuple[str, int, bool], tuple[Reading, ...]] = {}
        self._things: dict[str, dict[str, float]] = {}

    def score(self, name: str, scope: str | None, *, explain: bool = False) -> Verdict:
        """What name and scope speak for."""
        trade = read_name(name, self._lexicon)
        items = self._reader.read(scope)
        named = things(trade.hits, trade.size)
        chosen = self._substantive(items, trade.kind)
        scores: dict[str, float] = {}
        evidence: list[tuple[str, str, str, float]] = []
        made = False
        best, nearest = 0.0, chosen[0][1] if chosen else self._default(trade.kind, items)
        for place, (item, acts, readings) in enumerate(chosen):
            agreed = agreement(named, self._item_things(item)) if named else 0.0
            if agreed > best + 0.15:
                best, nearest = agreed, acts
            weight = LATER[min(place, len(LATER) - 1)] * (1 + AGREEMENT * agreed)
            if made and chief(acts) & TRADE:
                weight *= SOLD_TOO
            made = made or bool(chief(acts) & (MAKE | MINE | GROWING))
            _add(scores, readings, weight, item.text, evidence if explain else None)
        if trade.hits:
            if trade.kind in (Kind.COOPERATIVE, Kind.FARM):
                nearest |= GROWING
            readings = tuple(read(trade.hits, nearest, trade.size, trade.kind is Kind.COOPERATIVE))
            _add(scores, readings, NAME, name, evidence if explain else None)
        if trade.kind is Kind.SHOP or _only_retail(items):
            scores = _as_retail(scores)
        return Verdict(scores, best, tuple(evidence))

    def _substantive(self, items: list[Governed], kind: Kind) -> list[tuple[Item, int, tuple[Reading, ...]]]:
        """The items that speak for a class, with their activity."""
        default = self._default(kind, items)
        found = []
        for governed in items:
            acts = _by_kind(governed, kind) or default
            readings = self._read_item(governed.item, acts, kind is Kind.COOPERATIVE)
            if readings:
                found.append((governed.item, acts, readings))
        return found

    def _read_item(self, item: Item, acts: int, cooperative: bool) -> tuple[Reading, ...]:
        key = (item.text, acts, cooperative)
        found = self._readings.get(key)
        if found is None:
            if len(self._readings) >= self.MEMORY:
                self._readings.clear()
            found = tuple(read(item.hits, acts, item.stem, cooperative))
            self._readings[key] = found
        return found

    def _item_things(self, item: Item) -> dict[str, float]:
        found = self._things.get(item.text)
        if found is None:
            if len(self._things) >= self.MEMORY:
                self._things.clear()
            found = self._things[item.text] = things(item.hits, item.stem)
        return found

    @staticmethod
    def _default(kind: Kind, items: list[Governed]) -> int:
        """What is done with things of which the scope does not say it."""
        if kind is Kind.WORKS:
            return MAKE
        if kind in (Kind.COOPERATIVE, Kind.FARM):
            return GROWING
        if kind in (Kind.TRADER, Kind.SHOP):
            return TRADE
        return TRADE if items else MAKE


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


def agreement(one: dict[str, float], other: dict[str, float]) -> float:
    """How far two phrases name one thing: 1 for the same class, less for the same group or division."""
    best = 0.0
    for code, weight in one.items():
        for code_2, weight_2 in other.items():
            if code[:2] == code_2[:2]:
                near = 1.0 if code == code_2 else 0.7 if code[:3] == code_2[:3] else 0.45
                best = max(best, near * min(weight, weight_2))
    return best


def _fit(sense: Sense, hit: Hit, fits: dict[int, float], main: int, stem: int) -> float:
    if sense.needs:
        return 1.0
    if sense.phrase:
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
    return next((fits for group, fits in _FITS.items() if main & group), _OTHERWISE)


def _length(hit: Hit) -> float:
    """Longer terms say more."""
    return (0.6, 0.85, 1.0, 1.1, 1.15)[min(hit.end - hit.start, 5) - 1]


def _by_kind(governed: Governed, kind: Kind) -> int:
    """A trader sells what it makes, by its own name; and what stands before a service it offers, too."""
    if kind not in (Kind.TRADER, Kind.SHOP):
        return governed.acts
    offers = governed.acts and not governed.acts & ~(SERVE | RESEARCH)
    if governed.acts & MAKE or (offers and _goods(governed)):
        return TRADE
    return governed.acts


def _goods(governed: Governed) -> bool:
    return not governed.item.after and not any(hit.phrase for hit in governed.item.hits)


def _add(
    scores: dict[str, float],
    readings: Iterable[Reading],
    weight: float,
    place: str,
    evidence: list[tuple[str, str, str, float]] | None,
) -> None:
    for reading in readings:
        points = weight * reading.score
        scores[reading.code] = scores.get(reading.code, 0.0) + points
        if evidence is not None:
            evidence.append((reading.term, place, reading.code, points))


def _only_retail(items: list[Governed]) -> bool:
    """Whether whatever the scope says is sold is sold by retail alone."""
    acts = [governed.acts for governed in items if governed.acts & TRADE]
    return bool(acts) and all(act & RETAIL and not act & WHOLESALE for act in acts)


def _as_retail(scores: dict[str, float]) -> dict[str, float]:
    """Wholesale classes become the retail classes of their goods."""
    changed: dict[str, float] = {}
    table = retail_of_wholesale()
    for code, score in scores.items():
        target = table.get(code, code)
        changed[target] = changed.get(target, 0.0) + score
    return changed
