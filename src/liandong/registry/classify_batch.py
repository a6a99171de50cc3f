"""Firms by the thousand: names and scopes → scores of classes.

The name decides what thing, the scope what is done with it. Early items of the scope count more than late
ones, items that agree with the name more than others, goods that are sold beside something made half.

Whatever is read from text is read once, kept as numbers, and looked up when it comes again; what is done per
firm is done for all firms of a batch at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from liandong.reference import industries
from liandong.registry.classify_acts import (
    BUY,
    GROWING,
    MAKE,
    MINE,
    PROCESS,
    RESEARCH,
    RETAIL,
    SERVE,
    TRADE,
    WHOLESALE,
    chief,
)
from liandong.registry.classify_lexicon import Hit, Lexicon, retail_of_wholesale
from liandong.registry.classify_name import Kind, columns, terms_of
from liandong.registry.classify_ragged import Floats, Ints, Ragged, greatest, place_within
from liandong.registry.classify_scope import MOST_ITEMS, Item, Reader, clauses, strip_all
from liandong.registry.classify_scoring import MOST_TERMS, read, things

NAME = 1.0
"""What a strong term of the name counts, beside the first item's 1."""
AGREEMENT = 1.2
"""How much more an item counts that names the name's thing."""
LATER = np.array((1.0, 0.5, 0.36, 0.28, 0.22, 0.18, 0.15, 0.12))
"""What the items of a scope count, in their order; the last holds for the rest."""
SOLD_TOO = 0.5
"""What goods for sale count where the firm makes something before."""
NEARLY = 0.15
"""Of items that agree with the name nearly as well as the best, the first says what is done."""
MEMORY = 200_000
"""Items, and clauses, that are remembered at most."""

_DEFAULTS = {
    Kind.WORKS: MAKE,
    Kind.COOPERATIVE: GROWING,
    Kind.FARM: GROWING,
    Kind.TRADER: TRADE,
    Kind.SHOP: TRADE,
}
"""What is done with things of which the scope does not say it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What spoke for a class: one entry per term, firm and class. item: its number, or -1 for the name."""

    firm: Ints
    item: Ints
    term: Ints
    code: Ints
    points: Floats


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of classes of a batch. firm, code, points: entries in the order of firm and code; code counts
    from 0 in `codes()`. agreed: per firm, how far name and scope name one thing, 0–1."""

    firms: int
    firm: Ints
    code: Ints
    points: Floats
    agreed: Floats
    evidence: Evidence


@cache
def codes() -> tuple[str, ...]:
    """The classes of the standard, in order."""
    return tuple(sorted(entry.code for entry in industries("class")))


class Scorer:
    """Scores names and scopes with a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._reader = Reader(lexicon)
        self._forget()

    def score(self, names: pa.Array, scopes: pa.Array) -> Scores:
        """What names and scopes speak for; text arrays of one length, null where a text is missing."""
        if len(self._items) > MEMORY or len(self._clauses) > MEMORY:
            self._forget()
        count = len(names)
        named, kinds = self._names(names)
        firm, item, acts = self._scopes(scopes)
        only_retail = _only_retail(firm, acts, count)
        default = np.where(np.bincount(firm, minlength=count) > 0, TRADE, 0)
        for kind, usual in _DEFAULTS.items():
            default[kinds == kind] = usual
        acts = self._by_kind(kinds[firm], item, acts)
        acts = np.where(acts == 0, default[firm], acts)
        reading = self._read_items(item, _telling(acts), kinds[firm] == Kind.COOPERATIVE)
        speaks = self._reading_sizes(reading) > 0
        firm, item, acts, reading = firm[speaks], item[speaks], acts[speaks], reading[speaks]
        agreed = self._agreement(named[firm], item) * np.where(_sold_too(firm, acts), SOLD_TOO, 1.0)
        best = greatest(agreed, firm, count)
        acts_of_name = _nearest(firm, acts, np.where(_sold_too(firm, acts), 0.0, agreed), default)
        farms = (kinds == Kind.COOPERATIVE) | (kinds == Kind.FARM)
        acts_of_name[farms] |= GROWING
        name_reading = self._read_names(named, _telling(acts_of_name), kinds == Kind.COOPERATIVE)
        evidence = self._evidence(
            np.r_[firm, np.arange(count)],
            np.r_[item, np.full(count, -1)],
            np.r_[reading, name_reading],
            np.r_[_weights(firm, acts, agreed), np.full(count, NAME)],
            (kinds == Kind.SHOP) | only_retail,
        )
        return Scores(count, *_summed(evidence), best, evidence)

    def item(self, number: int) -> str:
        """The text of an item."""
        return self._items[number].text

    def term(self, number: int) -> str:
        """A term of the evidence."""
        return self._terms[number]

    # ---- what is read once

    def _forget(self) -> None:
        self._reader.forget()
        self._clauses: dict[str, int] = {}
        self._clause_items = Ragged("q", "q")
        self._items: list[Item] = []
        self._item_numbers: dict[str, int] = {}
        self._item_things = Ragged("q", "d")
        self._item_goods = Ragged("b")
        self._names_known: dict[tuple[tuple[str, bool, int], ...], int] = {(): 0}
        self._name_phrases: list[tuple[tuple[Hit, ...], int]] = [((), 0)]
        self._name_things = Ragged("q", "d")
        self._name_things.add(())
        self._readings: dict[int, int] = {}
        self._name_readings: dict[int, int] = {}
        self._reading_codes = Ragged("q", "d", "q")
        self._terms: list[str] = []
        self._term_numbers: dict[str, int] = {}

    def _names(self, names: pa.Array) -> tuple[Ints, npt.NDArray[np.int8]]:
        """The number of what each name says, and its kind."""
        texts, kinds = columns(names)
        found = np.empty(len(texts), dtype=np.int64)
        for place, text in enumerate(texts):
            hits, size = terms_of(text, self._lexicon)
            key = tuple([(h.term, h.start > 0, min(size - h.end, 2)) for h in hits[-MOST_TERMS:]])
            number = self._names_known.get(key)
            if number is None:
                number = self._names_known[key] = len(self._name_phrases)
                self._name_phrases.append((hits[-MOST_TERMS:], size))
                self._name_things.add(_numbered(things(hits, size)))
            found[place] = number
        return found, kinds

    def _scopes(self, scopes: pa.Array) -> tuple[Ints, Ints, Ints]:
        """Firm, item and what governs it, of the first items of every scope."""
        lists = clauses(strip_all(scopes))
        firm_of_clause = pc.list_parent_indices(lists).to_numpy()
        coded = pc.list_flatten(lists).dictionary_encode()
        numbers = np.array([self._clause(text) for text in coded.dictionary.to_pylist()], dtype=np.int64)
        if not len(numbers):
            return (np.empty(0, np.int64),) * 3
        clause, (item, acts) = self._clause_items.take(numbers[coded.indices.to_numpy()])
        firm = firm_of_clause[clause].astype(np.int64)
        early = place_within(firm) < MOST_ITEMS
        return firm[early], item[early], acts[early]

    def _clause(self, text: str) -> int:
        number = self._clauses.get(text)
        if number is None:
            governed = [(self._number(item), acts) for item, acts in self._reader.clause(text)]
            number = self._clauses[text] = self._clause_items.add(governed)
        return number

    def _number(self, item: Item) -> int:
        number = self._item_numbers.get(item.text)
        if number is None:
            number = self._item_numbers[item.text] = len(self._items)
            self._items.append(item)
            self._item_things.add(_numbered(things(item.hits, item.stem)))
            self._item_goods.add([(not item.after and not any(hit.phrase for hit in item.hits),)])
        return number

    def _read_items(self, item: Ints, acts: Ints, cooperative: npt.NDArray[np.bool_]) -> Ints:
        keys, back = np.unique((item << 17) | (acts << 1) | cooperative, return_inverse=True)
        return np.array([self._read_item(key) for key in keys.tolist()], dtype=np.int64)[back]

    def _read_item(self, key: int) -> int:
        number = self._readings.get(key)
        if number is None:
            item = self._items[key >> 17]
            number = self._readings[key] = self._read(item.hits, key, item.stem)
        return number

    def _read_names(self, named: Ints, acts: Ints, cooperative: npt.NDArray[np.bool_]) -> Ints:
        keys, back = np.unique((named << 17) | (acts << 1) | cooperative, return_inverse=True)
        return np.array([self._read_name(key) for key in keys.tolist()], dtype=np.int64)[back]

    def _read_name(self, key: int) -> int:
        number = self._name_readings.get(key)
        if number is None:
            hits, size = self._name_phrases[key >> 17]
            number = self._name_readings[key] = self._read(hits, key, size)
        return number

    def _read(self, hits: tuple[Hit, ...], key: int, stem: int) -> int:
        """The number of what a phrase says; key: the activity and whether of a cooperative, in 17 bits."""
        found = read(hits, key >> 1 & 0xFFFF, stem, bool(key & 1))
        return self._reading_codes.add(
            [(_place_of()[code], score, self._term(term)) for code, score, term in found]
        )

    def _term(self, term: str) -> int:
        number = self._term_numbers.get(term)
        if number is None:
            number = self._term_numbers[term] = len(self._terms)
            self._terms.append(term)
        return number

    # ---- what is done for all firms at a time

    def _by_kind(self, kind: npt.NDArray[np.int8], item: Ints, acts: Ints) -> Ints:
        """A trader sells what it makes, by its own name, and what stands before a service it offers; a works
        processes what it buys up."""
        sells = (kind == Kind.TRADER) | (kind == Kind.SHOP)
        goods = self._item_goods.take(item)[1][0].astype(bool)
        offers = (acts != 0) & (acts & ~(SERVE | RESEARCH) == 0) & goods
        works = (kind == Kind.WORKS) & (acts == TRADE | BUY)
        return np.where(sells & ((acts & MAKE != 0) | offers), TRADE, np.where(works, PROCESS, acts))

    def _reading_sizes(self, reading: Ints) -> Ints:
        ends = self._reading_codes.ends()
        return ends[reading + 1] - ends[reading]

    def _agreement(self, named: Ints, item: Ints) -> Floats:
        """Per item how far it names what the name does: 1 for the same class, less for group or division."""
        pair, (code, weight) = self._name_things.take(named)
        other, (code_2, weight_2) = self._item_things.take(item[pair])
        one = code[other]
        return greatest(_near(one, code_2) * np.minimum(weight[other], weight_2), pair[other], len(item))

    def _evidence(
        self, firm: Ints, item: Ints, reading: Ints, weight: Floats, retail: npt.NDArray[np.bool_]
    ) -> Evidence:
        entry, (code, score, term) = self._reading_codes.take(reading)
        firm = firm[entry]
        code = np.where(retail[firm], _retail()[code], code)
        return Evidence(firm, item[entry], term, code, weight[entry] * score)


def _numbered(found: dict[str, float]) -> list[tuple[int, float]]:
    return [(_place_of()[code], weight) for code, weight in found.items()]


def _near(one: Ints, other: Ints) -> Floats:
    """1 for the same class, less for the same group or division, 0 for strangers."""
    group, division = shorter(3)[0], shorter(2)[0]
    return np.select(
        [one == other, group[one] == group[other], division[one] == division[other]], [1.0, 0.7, 0.45], 0.0
    )


def _weights(firm: Ints, acts: Ints, agreed: Floats) -> Floats:
    """What each item counts: by its place, its agreement with the name, and what stands before it."""
    place = np.minimum(place_within(firm), len(LATER) - 1)
    return LATER[place] * (1 + AGREEMENT * agreed) * np.where(_sold_too(firm, acts), SOLD_TOO, 1.0)


def _sold_too(firm: Ints, acts: Ints) -> npt.NDArray[np.bool_]:
    """Whether an item is goods for sale behind something that the firm makes."""
    chiefs = _chiefs()[acts]
    makes = chiefs & (MAKE | MINE | GROWING) != 0
    before = np.cumsum(makes) - makes
    since_first = before - before[np.arange(len(firm)) - place_within(firm)]
    return np.asarray((since_first > 0) & (chiefs & TRADE != 0))


def _nearest(firm: Ints, acts: Ints, agreed: Floats, default: Ints) -> Ints:
    """Per firm what is done with the thing of its name: what governs the first item that agrees with it."""
    found, best = default.copy(), greatest(agreed, firm, len(default))
    agrees = np.flatnonzero(agreed >= best[firm] - NEARLY)[::-1]
    found[firm[agrees]] = acts[agrees]
    return found


def _telling(acts: Ints) -> Ints:
    """What of the activities tells a phrase's class: the chief one; with trade, its kind."""
    chiefs = _chiefs()[acts]
    return np.where(chiefs & TRADE != 0, acts, chiefs)


def _only_retail(firm: Ints, acts: Ints, count: int) -> npt.NDArray[np.bool_]:
    """Whether whatever the scope says is sold is sold by retail alone."""
    sold = acts & TRADE != 0
    retail = sold & (acts & RETAIL != 0) & (acts & WHOLESALE == 0)
    sales = np.bincount(firm[sold], minlength=count)
    return np.asarray((sales > 0) & (np.bincount(firm[retail], minlength=count) == sales))


def _summed(evidence: Evidence) -> tuple[Ints, Ints, Floats]:
    """Firm, class and points, each pair of firm and class once, in order."""
    size = len(codes())
    keys, back = np.unique(evidence.firm * size + evidence.code, return_inverse=True)
    points = np.bincount(back, weights=evidence.points, minlength=len(keys)).astype(float)
    return keys // size, keys % size, points


@cache
def shorter(length: int) -> tuple[Ints, tuple[str, ...]]:
    """Per class the number of its code of a shorter length, and those codes."""
    cut = [code[:length] for code in codes()]
    names = sorted(set(cut))
    return np.searchsorted(names, cut), tuple(names)


@cache
def _place_of() -> dict[str, int]:
    return {code: place for place, code in enumerate(codes())}


@cache
def _retail() -> Ints:
    """Wholesale classes become the retail classes of their goods."""
    table = retail_of_wholesale()
    return np.array([_place_of()[table.get(code, code)] for code in codes()])


@cache
def _chiefs() -> Ints:
    return np.array([chief(acts) for acts in range(1 << 15)])
