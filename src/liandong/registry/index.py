"""The search index of a snapshot, opened: which firms hold a text, exactly or nearly.

Nothing is loaded; the system keeps in memory what is asked for. Firms are numbers: their rows in the
snapshot.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from liandong.registry.codes import LENGTH
from liandong.registry.index_building import (
    BLOCK,
    BUCKETS,
    CHUNK,
    FORMAT,
    ROWS,
    SEPARATOR,
    buckets,
)

Firms = NDArray[np.uint32]
"""Rows of firms, ascending."""
Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]
"""Per firm of the snapshot yes or no."""
NONE: Firms = np.zeros(0, dtype=np.uint32)
_END = 0
_DISTINCT = 9
"""Where the eight bytes of a code begin that tell firms apart best."""
_BY_TABLE = 20
"""A list so many times longer than the other is looked up by bisection; else by a table of all firms."""


class Index:
    """An index folder. rows: firms in it; lists: the texts that `region`, `industry`, `status` number."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        facts = json.loads((folder / FORMAT).read_text(encoding="utf-8"))
        self.rows: int = facts["rows"]
        self.lists: dict[str, list[str]] = {
            name: facts[name] for name in ("region", "industry", "status", "honours")
        }
        self.lengths = self._array("lengths")
        self._pairs, self._starts, self._postings = map(self._array, ("pairs", "pair_starts", "postings"))
        self._texts, self._text_starts = _raw(folder / "texts.bin", np.uint16), self._array("starts")
        chars = self._array("chars")
        self._chars = {chr(point): number for number, point in enumerate(chars.tolist()) if number}
        self._characters = frozenset(self._chars)
        self._known = "".join(map(chr, chars.tolist()))
        self._stocks, self._stock_firms = self._array("stocks"), self._array("stock_firms")
        self._ids, self._id_firms = self._array("ids"), self._array("id_firms")
        bits = _raw(folder / "scope.bits", np.uint8)
        whole = self.rows // CHUNK * BUCKETS * CHUNK // BLOCK // 8  # bytes of the chunks that are full
        self._bits = bits[:whole].reshape(-1, BUCKETS, CHUNK // BLOCK // 8)
        self._last_bits = bits[whole:].reshape(BUCKETS, -1)
        self._scope_ends, self._scope_sizes = self._array("scope_ends"), self._array("scope_sizes")
        self._scopes = _raw(folder / "scope.zst", np.uint8)
        self._codec = pa.Codec("zstd")
        self._reader: Any = None
        self._sorted_codes: tuple[NDArray[np.uint64], NDArray[np.uint32]] | None = None
        self._batch = lru_cache(maxsize=256)(self._read_batch)

    def _array(self, name: str) -> NDArray[Any]:
        found: NDArray[Any] = np.load(self.folder / f"{name}.npy", mmap_mode="r" if self.rows else None)
        return found

    @property
    def characters(self) -> frozenset[str]:
        """All characters of names and aliases."""
        return self._characters

    # ---- codes

    def with_code(self, part: str) -> Iterator[int]:
        """Firms whose code holds a text, or whose identity is it, in the order of the table."""
        yield from map(int, self._id_firms[self._ids == part.lower().encode()])
        wanted = part.encode("ascii")
        if not self.rows or len(wanted) > LENGTH:
            return
        with (self.folder / "codes.bin").open("rb") as stream, _mapped(stream) as codes:
            at = codes.find(wanted)
            while at >= 0:
                firm, place = divmod(at, LENGTH)
                if place + len(wanted) <= LENGTH:
                    yield firm
                    at = codes.find(wanted, (firm + 1) * LENGTH)
                else:
                    at = codes.find(wanted, at + 1)

    def rows_of(self, ids: Sequence[str]) -> dict[str, int]:
        """firm_id → the firm's row, for the ids that are known here."""
        if not self.rows or not ids:
            return {}
        parts, order = self._by_code()
        codes = _raw(self.folder / "codes.bin", np.uint8)
        found: dict[str, int] = {}
        for each in ids:
            code = each.encode()
            if len(code) != LENGTH:
                other = self._id_firms[self._ids == each.lower().encode()]
                found |= {each: int(other[0])} if len(other) else {}
                continue
            part = np.frombuffer(code, dtype=np.uint64, count=1, offset=_DISTINCT)[0]
            low, high = np.searchsorted(parts, part, "left"), np.searchsorted(parts, part, "right")
            for firm in order[low:high].tolist():
                if codes[firm * LENGTH : (firm + 1) * LENGTH].tobytes() == code:
                    found[each] = int(firm)
                    break
        return found

    def _by_code(self) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
        """Eight bytes of every code in their order, and whose they are; sorted at the first question."""
        if self._sorted_codes is None:
            codes = _raw(self.folder / "codes.bin", np.uint8)[: self.rows * LENGTH].reshape(-1, LENGTH)
            parts = np.ascontiguousarray(codes[:, _DISTINCT : _DISTINCT + 8]).view(np.uint64).ravel()
            order = np.argsort(parts, kind="stable").astype(np.uint32)
            self._sorted_codes = parts[order], order
        return self._sorted_codes

    def with_stock_code(self, code: str) -> list[int]:
        """Firms of a stock code."""
        return [int(firm) for firm in self._stock_firms[self._stocks == code]]

    # ---- names

    def holding(self, key: str) -> Firms:
        """Firms whose name or alias may hold a normalised text: all that do, and few that do not."""
        lists = [self._list(pair) for pair in self._pairs_of(key)]
        if len(key) == 1:
            return self._beginning_pairs(key)
        return intersect(sorted(lists, key=len), self.rows) if lists else NONE

    def exactly(self, key: str) -> Firms:
        """Firms whose name or alias holds a normalised text: one pass over all names, whatever it is."""
        numbers = [self._chars.get(char, -1) for char in key]
        places = len(self._texts) - len(key) + 1
        if places < 1 or min(numbers) < 0:
            return NONE
        found = self._texts[:places] == numbers[0]
        for at, number in enumerate(numbers[1:], 1):
            found &= self._texts[at : places + at] == number
        firms = np.searchsorted(self._text_starts, np.flatnonzero(found), "right") - 1
        return firms[np.flatnonzero(np.diff(firms, prepend=-1))].astype(np.uint32)

    def first_in(self, key: str, firms: Firms) -> Mask:
        """Which of the firms have a name or alias that begins with the text's first character."""
        begins = self._list(self._number(_END, self._chars.get(key[0], -1)))
        return _among(firms, begins, self.rows)

    def sharing(self, key: str, most: int) -> tuple[Firms, Counts]:
        """Firms that share pairs of characters with a text, and how many; pairs of many firms say little.

        most: firms looked at, the rarest pairs first.
        """
        lists = sorted((self._list(pair) for pair in set(self._pairs_of(key))), key=len)
        chosen: list[Firms] = []
        total = 0
        for each in lists:
            if len(each) and total + len(each) <= most:
                chosen.append(each)
                total += len(each)
        if not chosen:
            return NONE, np.zeros(0, np.int64)
        both = np.sort(np.concatenate(chosen))
        at = np.flatnonzero(np.concatenate([[True], both[1:] != both[:-1]]))
        return both[at], np.diff(np.append(at, len(both)))

    def size(self, pair: str) -> int:
        """How many firms have two neighbouring characters in a name or alias."""
        first, second = (self._chars.get(char, -1) for char in pair)
        return len(self._list(self._number(first, second)))

    def followers(self, char: str) -> str:
        """The characters that stand behind one in some name."""
        low, high = self._range(char)
        return self._spell(np.asarray(self._pairs[low:high]) & 0xFFFF)

    def text(self, firm: int) -> list[str]:
        """The normalised name of a firm, and its aliases."""
        start, end = self._text_starts[firm], self._text_starts[firm + 1]
        return self._spell(self._texts[start + 1 : end - 1]).split("\0")

    def _spell(self, numbers: NDArray[Any]) -> str:
        return "".join([self._known[number] for number in numbers.tolist()])

    def _pairs_of(self, key: str) -> list[int]:
        numbers = [self._chars.get(char, -1) for char in key]
        return [self._number(*pair) for pair in pairwise(numbers)]

    @staticmethod
    def _number(first: int, second: int) -> int:
        return -1 if first < 0 or second < 0 else first << 16 | second

    def _list(self, pair: int) -> Firms:
        if pair < 0:
            return NONE
        at = int(np.searchsorted(self._pairs, np.uint32(pair)))
        if at == len(self._pairs) or self._pairs[at] != pair:
            return NONE
        found: Firms = self._postings[self._starts[at] : self._starts[at + 1]]
        return found

    def _range(self, char: str) -> tuple[int, int]:
        number = self._chars.get(char)
        if number is None:
            return 0, 0
        low, high = np.searchsorted(self._pairs, np.array([number << 16, (number << 16) + 0xFFFF], np.uint32))
        return int(low), int(high)

    def _beginning_pairs(self, char: str) -> Firms:
        low, high = self._range(char)
        return np.unique(self._postings[self._starts[low] : self._starts[high]])

    # ---- scopes

    def in_scope(self, text: str, allowed: Mask | None) -> Iterator[int]:
        """Firms whose products or scope hold a text of two characters or more, in the order of the table."""
        blocks = None
        for bucket in np.unique(buckets(text)).tolist():
            found = np.concatenate([self._bits[:, bucket, :].ravel(), self._last_bits[bucket]])
            blocks = found if blocks is None else blocks & found
        if blocks is None:
            return
        wanted, separator = text.encode(), SEPARATOR.encode()
        for block in np.flatnonzero(np.unpackbits(blocks)).tolist():
            first = block * BLOCK
            if allowed is not None and not allowed[first : first + BLOCK].any():
                continue
            data = self._scope_block(block)
            at, firm, counted = data.find(wanted), first, 0
            while at >= 0:
                firm += data.count(separator, counted, at)
                counted = at
                if allowed is None or allowed[firm]:
                    yield firm
                end = data.find(separator, at)
                at = data.find(wanted, end) if end >= 0 else -1

    def _scope_block(self, block: int) -> bytes:
        start, end = self._scope_ends[block], self._scope_ends[block + 1]
        packed = pa.py_buffer(self._scopes[start:end])
        return bytes(self._codec.decompress(packed, int(self._scope_sizes[block]), asbytes=True))

    # ---- filters

    def of(self, name: str, wanted: Sequence[bool]) -> Mask:
        """Per firm whether its `region`, `industry` or `status` is wanted. wanted: per entry of the list."""
        table = np.zeros(1 << 16, dtype=bool)
        table[: len(wanted)] = wanted
        found: Mask = table[self._array(name)]
        return found

    def bearing(self, wanted: Sequence[bool]) -> Mask:
        """Per firm whether its own row states one of the wanted honours. wanted: per entry of `honours`."""
        firms, titles = self._array("held")
        found = np.zeros(self.rows, dtype=bool)
        found[firms[np.array(wanted, dtype=bool)[titles]]] = True
        return found

    # ---- what a hit shows

    def show(self, firms: Sequence[int]) -> list[dict[str, Any]]:
        """The columns that a hit shows, of firms in the order given."""
        found = []
        for firm in firms:
            row = self._batch(firm // ROWS).slice(firm % ROWS, 1).to_pylist()[0]
            row["firm_id"] = row["firm_id"] or row["uscc"]
            found.append(row)
        return found

    def _read_batch(self, number: int) -> pa.RecordBatch:
        if self._reader is None:
            self._reader = pa.ipc.open_file(pa.memory_map(str(self.folder / "rows.arrow")))
        return self._reader.get_batch(number)


def intersect(lists: Sequence[Firms], rows: int) -> Firms:
    """Firms in all lists, which are ascending; the shortest list first."""
    found = lists[0]
    for other in lists[1:]:
        if not len(found):
            break
        found = found[_among(found, other, rows)]
    return found


def _among(firms: Firms, others: Firms, rows: int) -> Mask:
    """Which of the firms are among others; both ascending."""
    if not len(others):
        return np.zeros(len(firms), dtype=bool)
    if len(others) * _BY_TABLE < len(firms):
        found: Mask = np.zeros(len(firms), dtype=bool)
        at = np.minimum(np.searchsorted(firms, others), len(firms) - 1)
        found[at[firms[at] == others]] = True
        return found
    if len(firms) * _BY_TABLE > len(others):
        table = np.zeros(rows, dtype=bool)
        table[others] = True
        return np.asarray(table[firms])
    at = np.minimum(np.searchsorted(others, firms), len(others) - 1)
    same: Mask = others[at] == firms
    return same


def _raw(path: Path, kind: type[np.generic]) -> NDArray[Any]:
    if path.stat().st_size == 0:
        return np.zeros(0, dtype=kind)
    return np.memmap(path, dtype=kind, mode="r")


def _mapped(stream: Any) -> mmap.mmap:
    return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
