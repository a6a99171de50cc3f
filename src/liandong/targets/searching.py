"""Which of many names contain which of many words: whole columns at a time.

Names are read as one row of characters. Every pair of neighbours is looked up in a small table of how the
words begin; only where a word may begin is anything compared.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Rows = NDArray[np.int64]

SHORTEST = 2
"""Characters of the shortest word that can be looked for."""
_BLOCK = 200_000  # names at a time: bounds the memory
_SLOTS = 1 << 20  # of the table of beginnings: it fits the processor's cache


def containing(names: pa.Array, words: Sequence[str]) -> list[Rows]:
    """Per word the rows of the names that contain it, ascending.

    names: strings without nulls. words: distinct, of at least SHORTEST characters (ValueError otherwise).
    """
    if any(len(word) < SHORTEST for word in words) or len(set(words)) < len(words):
        raise ValueError("words must be distinct and of two characters or more")
    total = len(names) if words else 0
    found = [_hits(names.slice(first, _BLOCK), words, first, total) for first in range(0, total, _BLOCK)]
    hits = np.sort(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)
    hits = hits[np.diff(hits, prepend=-1) > 0]  # a name may hold a word twice
    word, row = np.divmod(hits, total or 1)
    return np.split(row, np.searchsorted(word, np.arange(1, len(words)))) if words else []


def _hits(names: pa.Array, words: Sequence[str], first: int, total: int) -> Rows:
    """Word × total + row of every place where a word stands in a name."""
    characters, ends = _characters(names)
    heads = np.array([word[:SHORTEST] for word in words]).view(np.uint32).reshape(-1, SHORTEST)
    slots = np.zeros(_SLOTS, dtype=bool)
    slots[_slot(heads[:, 0], heads[:, 1])] = True
    starts = np.flatnonzero(slots[_slot(characters[:-1], characters[1:])])
    pairs, beginning = np.unique(_pair(heads[:, 0], heads[:, 1]), return_inverse=True)
    begins = _pair(characters[starts], characters[starts + 1])
    head = np.minimum(np.searchsorted(pairs, begins), len(pairs) - 1)
    same = pairs[head] == begins
    starts, head = starts[same], head[same]
    rows = np.searchsorted(ends, starts, side="right")
    room = ends[rows] - starts  # a word must not run over into the next name
    lengths = np.array([len(word) for word in words])
    found = [np.empty(0, dtype=np.int64)]
    for length in np.unique(lengths).tolist():
        own = np.flatnonzero(lengths == length)
        wanted = np.array([words[number] for number in own.tolist()])
        order = np.argsort(wanted)
        wanted, own = wanted[order], own[order]
        may = np.zeros(len(pairs), dtype=bool)
        may[beginning[own]] = True
        here = np.flatnonzero(may[head] & (room >= length))
        texts = characters[starts[here, None] + np.arange(length)].view(f"U{length}").ravel()
        at = np.minimum(np.searchsorted(wanted, texts), len(wanted) - 1)
        stands = wanted[at] == texts
        found.append(own[at[stands]] * total + rows[here[stands]] + first)
    return np.concatenate(found)


def _characters(names: pa.Array) -> tuple[NDArray[np.uint32], Rows]:
    """All characters one after the other, and where each name ends."""
    ends = np.cumsum(np.asarray(pc.utf8_length(names)), dtype=np.int64)
    wide = names.cast(pa.large_string())
    _, offsets, data = wide.buffers()
    cuts = np.frombuffer(offsets, dtype=np.int64)[wide.offset : wide.offset + len(wide) + 1]
    text = memoryview(data)[cuts[0] : cuts[-1]] if data is not None and len(cuts) else b""
    return np.frombuffer(str(text, "utf-8").encode("utf-32-le"), dtype=np.uint32), ends


def _slot(first: NDArray[np.uint32], second: NDArray[np.uint32]) -> NDArray[np.uint32]:
    return (first * np.uint32(2654435761) + second * np.uint32(40503)) >> np.uint32(12)


def _pair(first: NDArray[np.uint32], second: NDArray[np.uint32]) -> NDArray[np.uint64]:
    return first.astype(np.uint64) << np.uint64(32) | second
