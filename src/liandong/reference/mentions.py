"""Mentions of places in running text, in one pass over it (Aho-Corasick).

What counts as a mention:

    full names (许昌市, 建安区, 许昌县)        wherever they stand, if one place is meant
    short names of prefectures (许昌)          unless they are everyday words (白银, 来宾)
    short names of county-level cities (长葛)  if one city bears them and they are no everyday words
    other short names of counties (鄢陵)       right after a larger place, or inside `within`
    a short name before 路, 街, 大道 …         never: it is a road

Of overlapping names the one that begins first counts, and of those the longest. Words that only contain a
place (黄河南岸, 复合肥, 大理石) stand in data/place_words.toml and hide it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import ahocorasick

from liandong.reference.atlas import Division
from liandong.reference.divisions import Context, context_codes, decide, inside, names, short_names
from liandong.reference.regions import Region, group_names, region_group
from liandong.reference.tables import read_toml

_ROAD = re.compile(r"[东西南北中]?(?:[一二三四五六七八九十]|第.)?(?:路|街|大道|大街|巷|弄|胡同|立交|高架)")
_VAGUE = re.compile(r".区|市中区|市辖区|城中区|城关区|开发区|新区|.城区")


@dataclass(frozen=True, slots=True)
class _Name:
    """A word: who bears it in full, who in short, whether the short name is a place when it stands alone.

    vague: a full name that many cities have (郊区); hides: not a place, and nothing inside it is one.
    """

    full: tuple[Division, ...] = ()
    short: tuple[Division, ...] = ()
    alone: bool = False
    vague: bool = False
    hides: bool = False


class _Hit(NamedTuple):
    start: int
    end: int
    name: _Name


def find_divisions(text: str, *, within: Context = None) -> list[tuple[int, int, Division]]:
    """Places mentioned in a text: (start, end, place), in order, without overlap.

    A name that several places bear is decided by the place right before it, by `within`, or by the places
    mentioned earlier in the text; undecided ones are left out. 河南省许昌市建安区 is three mentions, each for
    its own characters.
    """
    codes = context_codes(within)
    found: list[tuple[int, int, Division]] = []
    earlier: set[str] = set()
    consumed = 0
    for hit in _hits(text):
        if hit.start < consumed:
            continue
        before = found[-1] if found and found[-1][1] == hit.start else None
        place, closed = _decide(text, hit, before[2] if before else None, codes, earlier)
        if place:
            found.append((hit.start, hit.end, place))
            earlier.add(place.code)
        if place or closed:
            consumed = hit.end
    return found


def find_regions(text: str, *, within: Context = None) -> list[tuple[int, int, Region]]:
    """Places and named groups (长三角, 沪苏浙皖, 许昌) mentioned in a text: (start, end, region), in order.

    Names of groups that are directions too (许昌地处河南中部) are not looked for.
    """
    groups: list[tuple[int, int, Region]] = []
    for start, end, name in _longest(_group_automaton(), text):
        codes = region_group(name)
        if codes:
            groups.append((start, end, Region(name, codes)))
    for start, end in _letter_runs(text):
        codes = region_group(text[start:end])
        if codes:
            groups.append((start, end, Region(text[start:end], codes)))
    places = [
        (start, end, Region(text[start:end], (place.code,)))
        for start, end, place in find_divisions(text, within=within)
    ]
    chosen: list[tuple[int, int, Region]] = []
    for mention in sorted(groups + places, key=lambda each: (each[0], -each[1])):
        if not chosen or mention[0] >= chosen[-1][1]:
            chosen.append(mention)
    return chosen


def stands_as_place(short: str) -> bool:
    """Whether a county's short name is a place right after a larger one (长葛), not a plain word (合作)."""
    return len(short) > 1 and short not in _lexicon("common")


def _decide(
    text: str, hit: _Hit, before: Division | None, codes: frozenset[str], earlier: set[str]
) -> tuple[Division | None, bool]:
    """The place meant by a hit, and whether its characters are spent in any case."""
    name = hit.name
    if name.full:
        nested = _nested(name.full, before)
        if nested or not name.vague:
            return nested or decide(name.full, codes) or decide(_in(name.full, earlier)), True
        place = decide(_in(name.full, codes)) if codes else None
        if place:
            return place, True
    if name.short and not _ROAD.match(text, hit.end):
        nested = _nested(name.short, before)
        if nested:
            return nested, True
        if name.alone:
            provinces = [each for each in name.short if each.level == "province"]
            return decide(provinces or name.short, codes) or decide(_in(name.short, earlier)), True
        if codes:
            places = [each for each in _in(name.short, codes) if not each.name.endswith("区")]
            place = decide(places)
            if place:
                return place, True
    return None, name.hides


def _nested(places: tuple[Division, ...], before: Division | None) -> Division | None:
    """The one among the places that lies inside the place named right before."""
    return decide(_in(places, (before.code,))) if before else None


def _in(places: Iterable[Division], codes: Iterable[str]) -> list[Division]:
    return [each for each in places if inside(each, codes)]


def _hits(text: str) -> list[_Hit]:
    """All names in the text, first by start, then longest first."""
    hits = [_Hit(end + 1 - length, end + 1, name) for end, (length, name) in _automaton().iter(text)]
    if len(hits) > 1:
        hits.sort(key=lambda hit: (hit.start, -hit.end))
    return hits


def _longest(automaton: Any, text: str) -> list[tuple[int, int, str]]:
    """Words in the text without overlap: first by start, then longest."""
    hits = sorted((end + 1 - len(word), -end - 1, word) for end, word in automaton.iter(text))
    chosen: list[tuple[int, int, str]] = []
    for start, negative_end, word in hits:
        if not chosen or start >= chosen[-1][1]:
            chosen.append((start, -negative_end, word))
    return chosen


@cache
def _automaton() -> Any:
    words: dict[str, _Name] = {}
    everyday, common = _lexicon("everyday"), _lexicon("common")
    full = names()
    short = {word: _beyond(word, places, common) for word, places in short_names().items()}
    for word in full.keys() | {word for word in short if len(word) > 1}:
        in_full, in_short = full.get(word, ()), short.get(word, ())
        words[word] = _Name(
            full=in_full,
            short=in_short,
            alone=word not in everyday and _stands_alone(in_short),
            vague=bool(_VAGUE.fullmatch(word)) or word in everyday,
        )
    for word in _lexicon("hiding"):
        known = words.get(word, _Name())
        words[word] = _Name(known.full, known.short, False, known.vague, hides=True)
    automaton = ahocorasick.Automaton()
    for word, name in words.items():
        automaton.add_word(word, (len(word), name))
    automaton.make_automaton()
    return automaton


@cache
def _lexicon(part: str) -> frozenset[str]:
    return frozenset(read_toml("place_words.toml")[part])


def _beyond(word: str, places: tuple[Division, ...], common: frozenset[str]) -> tuple[Division, ...]:
    """Those that bear a short name and are meant by it in a text; of a common word, no county."""
    return tuple(each for each in places if each.level != "county") if word in common else places


def _stands_alone(places: tuple[Division, ...]) -> bool:
    """Whether a short name needs no larger place before it."""
    today = [each for each in places if each.current]
    if any(each.level != "county" for each in today):
        return True
    return len(today) == 1 and today[0].name.endswith("市")


@cache
def _group_automaton() -> Any:
    automaton = ahocorasick.Automaton()
    directions = frozenset(read_toml("region_groups.toml")["directions"])
    for name in group_names().keys() - directions:
        automaton.add_word(name, name)
    automaton.make_automaton()
    return automaton


@cache
def _letter_run() -> re.Pattern[str]:
    letters = "".join(read_toml("region_groups.toml")["letters"])
    return re.compile(rf"(?<![\u4e00-\u9fff])[{letters}]{{3,}}(?![\u4e00-\u9fff])|[沪苏浙皖]{{3,4}}")


def _letter_runs(text: str) -> list[tuple[int, int]]:
    """Runs of three or more one-character province names that stand for the provinces together."""
    return [match.span() for match in _letter_run().finditer(text)]
