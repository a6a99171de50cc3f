"""Look-up: a firm by any part of its name, alias or code, by its place, its trade, or nearly so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, Literal

import numpy as np
import pyarrow as pa

from liandong.errors import InputError, Text
from liandong.reference import find_division
from liandong.reference import industries as all_industries
from liandong.registry.codes import LENGTH, tidy_code
from liandong.registry.honours import title_of
from liandong.registry.index import Firms, Index, Mask
from liandong.registry.normalising import name_keys, normalise_name
from liandong.registry.selection import in_industry, in_region
from liandong.registry.similar import nearly, soundalikes

Matched = Literal["code", "stock_code", "name", "alias", "place", "industry", "scope", "similar", "filter"]
_SHORTEST_CODE = 4
_LONGEST_PLACE = 8


@dataclass(frozen=True, slots=True)
class Hit:
    """A firm found. matched: what holds the text: `code`, `stock_code`, `name`, `alias`, `scope` (or the
    products); `place`: a word of the text is where it is; `industry`: its industry's name holds the text;
    `similar`: a name or alias nearly holds it; `filter`: nothing was looked for.
    """

    firm_id: str
    uscc: str | None
    name: str
    region_text: str | None
    province: str | None
    prefecture: str | None
    industry: str | None
    stock_code: str | None
    founded: str | None
    status: str | None
    matched: Matched

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `liandong registry search`."""
        return asdict(self)


def search(index: Index, text: str, allowed: Mask | None, limit: int, offset: int) -> list[Hit]:
    """Hits from the surest to the widest, without the first `offset`, at most `limit`.

    allowed: per firm whether the filters let it through; None for no filter. Raises InputError for a text
    without a letter or digit, unless it is empty and something is filtered.
    """
    most = offset + limit
    if not text.strip() and allowed is not None:
        rows = np.flatnonzero(allowed)[offset:most].tolist()
        return _hits(index, [(row, "filter") for row in rows])
    key = normalise_name(text)
    if not key:
        raise InputError(
            Text(
                "请输入企业名称、代码或经营范围中的文字。",
                "give a part of a name, a code, or words of a scope.",
            ),
            field="text",
        )
    found: dict[int, Matched] = {}
    for row, matched in _stages(index, text.strip(), key, allowed, found):
        found.setdefault(row, matched)
        if len(found) >= most:
            break
    return _hits(index, list(found.items())[offset:most])


def mask(
    index: Index,
    *,
    regions: Sequence[str] | None = None,
    industries: Sequence[str] | None = None,
    status: Sequence[str] | None = None,
) -> Mask | None:
    """Per firm whether every filter lets it through; None if there is none.

    Raises InputError for an unknown code.
    """
    parts = []
    if regions is not None:
        parts.append(index.of("region", in_region(index.lists["region"], regions)))
    if industries is not None:
        parts.append(index.of("industry", in_industry(index.lists["industry"], industries)))
    if status is not None:
        parts.append(index.of("status", [each in status for each in index.lists["status"]]))
    return np.logical_and.reduce(parts) if parts else None


def bearing(index: Index, titles: set[str], firms: Sequence[int]) -> Mask:
    """Per firm whether its row states one of the titles, or it is among the firms (their rows)."""
    found = index.bearing([title_of(stated) in titles for stated in index.lists["honours"]])
    found[list(firms)] = True
    return found


def _hits(index: Index, found: list[tuple[int, Matched]]) -> list[Hit]:
    hits = []
    for row, (_, matched) in zip(index.show([at for at, _ in found]), found, strict=True):
        day = row.pop("founded")
        hits.append(Hit(**row, founded=day.isoformat() if day else None, matched=matched))
    return hits


def _stages(
    index: Index, text: str, key: str, allowed: Mask | None, found: dict[int, Matched]
) -> Iterator[tuple[int, Matched]]:
    """Rows and what matched, from the surest stage to the widest. found: what the caller has so far."""

    def let(firms: Firms) -> Firms:
        return firms if allowed is None else firms[allowed[firms]]

    code = tidy_code(text)
    if code.isascii() and code.isalnum():
        coded = index.with_code(code) if len(code) >= _SHORTEST_CODE else iter(())
        yield from ((row, "code") for row in coded if allowed is None or allowed[row])
        if len(code) == LENGTH and found:
            return
    if code.isascii():
        stocks = index.with_stock_code(code.split(".")[0])
        yield from ((row, "stock_code") for row in stocks if allowed is None or allowed[row])
    yield from _named(index, key, let(index.holding(key)))
    yield from _of_words(index, text, key, let)
    if not found and len(key) > 1:
        for other in soundalikes(index, key):
            yield from ((row, "similar") for row, _ in _named(index, other, let(index.holding(other))))
    if len(key) > 1 and not key.isdigit():
        yield from ((row, "industry") for row in np.flatnonzero(_in_trade(index, key, allowed)).tolist())
        yield from ((row, "scope") for row in index.in_scope(text, allowed))
    if not found:
        yield from ((row, "similar") for row in nearly(index, key, allowed))


def _named(
    index: Index, key: str, firms: Firms, words: tuple[str, ...] = ()
) -> Iterator[tuple[int, Matched]]:
    """Firms whose name or alias holds the text: those that begin with it, then short names, then in order.

    words: others that a name or alias must hold, too.
    """
    for row in _ranked(index, key, firms):
        name, *aliases = index.text(row)
        for matched, text in (("name", name), *(("alias", alias) for alias in aliases)):
            if key in text and all(word in text for word in words):
                yield row, matched  # type: ignore[misc]
                break


def _ranked(index: Index, key: str, firms: Firms) -> Iterator[int]:
    """Firms with a name or alias that begins like the text first, then the others; short names first."""
    begins = index.first_in(key, firms)
    for part in (firms[begins], firms[~begins]):
        lengths = index.lengths[part]
        for length in np.flatnonzero(np.bincount(lengths)):
            yield from part[lengths == length].tolist()


def _of_words(
    index: Index, text: str, key: str, let: Callable[[Firms], Firms]
) -> Iterator[tuple[int, Matched]]:
    """Firms of which each word is in the name, or is where the firm is, or what it does."""
    words = [normalise_name(word) for word in text.split()]
    words = [word for word in words if word]
    if len(words) == 1:
        place = _leading_place(key)
        words = [place, key[len(place) :]] if place else words
    places = {word: _at(index, word) for word in words}
    if len(words) == 1:
        mask = places[words[0]]
        if mask is not None:
            yield from ((row, "place") for row in let(np.flatnonzero(mask).astype(np.uint32)).tolist())
        return
    names = [word for word in words if places[word] is None]
    masks = [mask for mask in places.values() if mask is not None]
    there = np.logical_and.reduce(masks) if masks else None
    if names:
        names.sort(key=lambda word: len(index.holding(word)))
        firms = let(index.holding(names[0]))
        firms = firms if there is None else firms[there[firms]]
        others = tuple(names[1:])
        yield from (
            (row, "place" if masks else matched) for row, matched in _named(index, names[0], firms, others)
        )
        if there is not None and len(names) == 1:
            trade = np.flatnonzero(_in_trade(index, names[0], there)).astype(np.uint32)
            yield from ((row, "industry") for row in let(trade).tolist())
    elif there is not None:
        yield from ((row, "place") for row in let(np.flatnonzero(there).astype(np.uint32)).tolist())


def _leading_place(key: str) -> str | None:
    """The longest beginning that is a place, if two characters or more remain."""
    for size in range(min(_LONGEST_PLACE, len(key) - 2), 1, -1):
        if find_division(key[:size]) is not None:
            return key[:size]
    return None


def _at(index: Index, word: str) -> Mask | None:
    """Per firm whether it is at the place of that name; None if the word is no place."""
    place = find_division(word) if len(word) > 1 else None
    if place is None:
        return None
    return index.of("region", in_region(index.lists["region"], (place.code,)))


@cache
def _trades() -> list[tuple[str, str]]:
    """Code and normalised name of every industry."""
    entries = all_industries()
    keys = name_keys(pa.array([each.name for each in entries])).to_pylist()
    return [(each.code, key) for each, key in zip(entries, keys, strict=True)]


def _in_trade(index: Index, key: str, allowed: Mask | None) -> Mask:
    """Per firm whether its industry's name holds the text."""
    codes = {code for code, name in _trades() if key in name}
    if not codes:
        return np.zeros(index.rows, dtype=bool)
    found = index.of("industry", [code in codes for code in index.lists["industry"]])
    return found if allowed is None else found & allowed
