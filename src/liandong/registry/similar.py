"""Texts as people mistype them: another character of the same sound, two characters swapped, one wrong,
missing or too many.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
from rapidfuzz import fuzz, process

from liandong.registry.index import NONE, Counts, Firms, Index, Mask

_SHORT = 5
"""Up to so many characters one may be wrong, two beyond."""
_LOOKED_AT = 400_000
"""Firms that share pairs with a text: the rarest pairs first."""
_COMPARED = 400
"""Firms compared letter by letter: those that share most."""
_FEW = 40_000
"""A pair of fewer firms is worth following."""


def soundalikes(index: Index, key: str) -> Iterator[str]:
    """Texts that some name may hold and that sound like this one: one character replaced, of two both; then
    two neighbours swapped.
    """
    if not 2 <= len(key) <= 12:
        return
    seen = {key}
    for at, char in enumerate(key):
        for other in _same_sound(index, char):
            found = key[:at] + other + key[at + 1 :]
            if found not in seen and _there(index, found, at):
                seen.add(found)
                yield found
    if len(key) == 2:
        seconds = _same_sound(index, key[1])
        for first in _same_sound(index, key[0]):
            for found in (first + second for second in seconds):
                if found not in seen and index.size(found):
                    seen.add(found)
                    yield found
    for at in range(len(key) - 1):
        found = key[:at] + key[at + 1] + key[at] + key[at + 2 :]
        if found not in seen and all(index.size(found[i : i + 2]) for i in range(len(found) - 1)):
            seen.add(found)
            yield found


def nearly(index: Index, key: str, allowed: Mask | None) -> list[int]:
    """Firms whose name or alias holds the text with a few wrong characters, the closest first."""
    if len(key) < 3:
        return []
    errors = 1 if len(key) <= _SHORT else 2
    firms, shared = index.sharing(key, _LOOKED_AT)
    if len(key) == 3:
        firms, shared = _with_gap(index, key, firms, shared)
    if allowed is not None:
        firms, shared = firms[allowed[firms]], shared[allowed[firms]]
    if not len(firms):
        return []
    order = np.lexsort((firms, index.lengths[firms], -shared))[:_COMPARED]
    chosen = [int(firm) for firm in firms[order]]
    least = 100 * (1 - errors / len(key)) - 0.1
    ranked = []
    for firm in chosen:
        texts = [text for text in index.text(firm) if len(text) >= len(key) - errors]
        if texts:
            score = float(process.cdist([key], texts, scorer=fuzz.partial_ratio).max())
            if score >= least:
                ranked.append((-score, int(index.lengths[firm]), firm))
    return [firm for _, _, firm in sorted(ranked)]


def _with_gap(index: Index, key: str, firms: Firms, shared: np.ndarray) -> tuple[Firms, Counts]:
    """Also firms that hold the first and the last of three characters with another one between them."""
    found = [NONE]
    for middle in index.followers(key[0]):
        sizes = index.size(key[0] + middle), index.size(middle + key[2])
        if middle != key[1] and min(sizes) and sum(sizes) < _FEW:
            found.append(index.holding(key[0] + middle + key[2]))
    gap = np.setdiff1d(np.concatenate(found), firms)
    return np.concatenate([firms, gap]), np.concatenate([shared, np.ones(len(gap), np.int64)])


def _there(index: Index, text: str, at: int) -> bool:
    """Whether the pairs around a replaced character stand in some name."""
    return all(index.size(text[i : i + 2]) for i in (at - 1, at) if 0 <= i < len(text) - 1)


def _same_sound(index: Index, char: str) -> tuple[str, ...]:
    """Other characters of the index with a reading of this one, tones apart."""
    sounds = _sounds()
    found = {other for sound in sounds.get(char, ()) for other in _spelt().get(sound, ())}
    return tuple(sorted(found & index.characters - {char}))


@cache
def _sounds() -> dict[str, frozenset[str]]:
    """Readings of a character without tones."""
    import unicodedata

    from pypinyin.constants import PINYIN_DICT  # forty thousand characters: only where something is misspelt

    def plain(reading: str) -> str:
        marks = unicodedata.normalize("NFD", reading)
        return "".join(sign for sign in marks if not unicodedata.combining(sign))

    return {chr(point): frozenset(map(plain, said.split(","))) for point, said in PINYIN_DICT.items()}


@cache
def _spelt() -> dict[str, set[str]]:
    """Characters of a reading."""
    found: dict[str, set[str]] = {}
    for char, sounds in _sounds().items():
        for sound in sounds:
            found.setdefault(sound, set()).add(char)
    return found
