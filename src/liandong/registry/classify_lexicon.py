"""The lexicon of activities: which words say which class of GB/T 4754-2017.

`data/activities_*.csv` holds, per class, the terms of its trade. A line is `code,terms`; terms are divided by
blanks:

    水稻        strong: the thing alone tells the class
    农业?       weak: a hint
    屠宰!       a whole phrase that already says what is done
    小麦+加工   the thing tells this class only together with that activity

One Aho-Corasick pass finds the leftmost longest terms of a text.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import NamedTuple

import ahocorasick

from liandong.registry.classify_acts import ACTS, INSTALL, NEEDS, TRADE, acts_at_end
from liandong.registry.normalising import narrow

STRONG, WEAK, INSIDE = 1.0, 0.35, 0.8
FARMING, MINING, MAKING, BUILDING, TRADING, SERVING = range(6)
"""Sectors that activities agree or disagree with: 01–05, 06–12, 13–43, 44–50, 51–52, 53–97."""
_FIRST_DIVISION_AFTER = (
    (6, FARMING),
    (13, MINING),
    (44, MAKING),
    (51, BUILDING),
    (53, TRADING),
    (98, SERVING),
)


@dataclass(frozen=True, slots=True)
class Sense:
    """One class that a term can mean. needs: activities of which one must govern; 0 for any."""

    code: str
    sector: int
    weight: float
    phrase: bool
    needs: int


class Hit(NamedTuple):
    """A term found at [start, end) of a text; acts: what it says is done; phrase: whether it says so.

    traded: whether it names goods of trade."""

    start: int
    end: int
    term: str
    senses: tuple[Sense, ...]
    acts: int
    phrase: bool
    traded: bool


_hit = tuple.__new__  # a third of the time of calling Hit


class Lexicon:
    """Terms and their senses, searched together."""

    def __init__(self, senses: dict[str, tuple[Sense, ...]]) -> None:
        self.senses = senses
        self._automaton = ahocorasick.Automaton()
        for word in ACTS:  # 销售电工器材 does not hold 售电
            self._automaton.add_word(word, (len(word), None))
        for term, meanings in senses.items():
            phrase = any(sense.phrase for sense in meanings)
            traded = any(sense.sector == TRADING for sense in meanings)
            acts = acts_at_end(term) if phrase or term in ACTS else 0
            self._automaton.add_word(term, (len(term), (term, meanings, acts, phrase, traded)))
        self._automaton.make_automaton()

    def find(self, text: str) -> list[Hit]:
        """The leftmost longest terms of a text, in its order; the text is narrow and in capitals."""
        return [
            _hit(Hit, (last + 1 - length, last + 1, *found))
            for last, (length, found) in self._automaton.iter_long(text)
            if found
        ]


def sector_of(code: str) -> int:
    """The sector of a class."""
    division = int(code[:2])
    return next(sector for after, sector in _FIRST_DIVISION_AFTER if division < after)


def plain(text: str) -> str:
    """Half-width and in capitals: how terms and texts are compared."""
    return narrow(text).upper()


@cache
def lexicon() -> Lexicon:
    """The shipped lexicon."""
    gathered: dict[str, dict[tuple[str, int], Sense]] = {}
    for file in _files():
        for code, written in _lines(file):
            term, sense = _sense(code, written)
            known = gathered.setdefault(term, {}).get((code, sense.needs))
            if known is None or known.weight < sense.weight:
                gathered[term][code, sense.needs] = sense
    senses = {term: tuple(senses.values()) for term, senses in gathered.items()}
    senses = {term: meanings + _built(term, senses) for term, meanings in senses.items()}
    return Lexicon(senses | _things_of_goods(senses))


@cache
def terms() -> frozenset[str]:
    """The terms of the shipped lexicon alone: for those who ask only whether a word is one of a trade."""
    written = {written for file in _files() for _, written in _lines(file)}
    return frozenset(plain(each.rstrip("?!").partition("+")[0]) for each in written)


def _built(term: str, senses: dict[str, tuple[Sense, ...]]) -> tuple[Sense, ...]:
    """市政工程设计, where it is built too (…设计、施工), is the building of 市政工程."""
    return tuple(
        Sense(sense.code, BUILDING, sense.weight, False, INSTALL)
        for sense in senses.get(term.removesuffix("设计"), ())
        if term.endswith("设计") and sense.sector == BUILDING
    )


def _things_of_goods(senses: dict[str, tuple[Sense, ...]]) -> dict[str, tuple[Sense, ...]]:
    """Terms that only trade knows, with the senses of the thing at their end: 服装销售 is 服装, too."""
    known = {
        term: kept
        for term, meanings in senses.items()
        if (kept := tuple(sense for sense in meanings if sense.sector != TRADING))
    }
    things = Lexicon(known)
    found: dict[str, tuple[Sense, ...]] = {}
    for term, meanings in senses.items():
        if term in known:
            continue
        inside = things.find(term)
        if inside:
            added = tuple(
                Sense(sense.code, sense.sector, sense.weight * INSIDE, False, sense.needs)
                for sense in inside[-1].senses
                if not sense.phrase
            )
            found[term] = meanings + added
    return found


def words(kind: str) -> tuple[str, ...]:
    """Words of `data/formulas.toml`."""
    text = resources.files("liandong.registry").joinpath("data/formulas.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)[kind].split())


@cache
def trade_of_making() -> dict[str, dict[str, str]]:
    """Code or its beginning → {wholesale, repair, rental}: who trades, mends or lets the goods."""
    return {row["goods"]: row for row in _table("goods_trade.csv")}


@cache
def retail_of_wholesale() -> dict[str, str]:
    """Wholesale class → the retail class of the same goods."""
    return {row["wholesale"]: row["retail"] for row in _table("goods_retail.csv")}


@cache
def goods_class(code: str, column: str) -> str | None:
    """What `trade_of_making` says of a class, by the longest beginning of its code that has an entry."""
    table = trade_of_making()
    for length in (4, 3, 2):
        found = table.get(code[:length])
        if found and found[column]:
            return found[column]
    return None


def _sense(code: str, written: str) -> tuple[str, Sense]:
    weight, phrase, needs = STRONG, False, 0
    if written.endswith("?"):
        written, weight = written[:-1], WEAK
    elif written.endswith("!"):
        written, phrase = written[:-1], True
    term, plus, activity = written.partition("+")
    if plus:
        needs = NEEDS.get(activity) or ACTS[activity]
    term, sector = plain(term), sector_of(code)
    if sector in (BUILDING, SERVING, TRADING) and not needs:
        phrase = phrase or bool(acts_at_end(term) & (TRADE if sector == TRADING else -1))
    return term, Sense(code, sector, weight, phrase, needs)


def _files() -> list[Traversable]:
    folder = resources.files("liandong.registry").joinpath("data")
    return sorted(
        (file for file in folder.iterdir() if file.name.startswith("activities_")), key=lambda file: file.name
    )


def _lines(file: Traversable) -> Iterator[tuple[str, str]]:
    for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()):
        for written in row["terms"].split():
            yield row["code"], written


def _table(name: str) -> list[dict[str, str]]:
    text = resources.files("liandong.registry").joinpath("data").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
