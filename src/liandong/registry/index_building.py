"""The search index of a snapshot: built in one pass over its firms, in bounded memory, never changed after.

    texts.npy      per firm its name and aliases as character ids      rows.arrow   what a hit shows
    postings.npy   per pair of neighbouring characters the firms       codes.bin    18 bytes a firm
    scope.bits     per block of firms which pairs its scopes hold      scope.zst    the scopes, block by block
    region, industry, status, held: what is filtered by                format.json  version, lists, sizes

A pair (bigram) is the unit because brands have two characters. Scopes are long, so they have no postings: a
block of firms has a signature of 65,536 bits, and the few blocks that can hold a text are read.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from liandong.registry.codes import LENGTH
from liandong.registry.engines import THREADS
from liandong.registry.normalising import name_keys

VERSION = 1
"""Of the format: an index of another version is built anew beside the old one."""
FOLDER = f"search-{VERSION}"
FORMAT = "format.json"
BLOCK = 256
"""Firms of a block of scopes."""
CHUNK = 480 * BLOCK
"""Firms worked on at a time; a multiple of BLOCK and of eight blocks."""
ROWS = 512
"""Firms of a batch of rows.arrow: what is decompressed for one hit."""
BUCKETS = 1 << 16
IDENTITY = 21
"""Characters of a `firm_id` that is no code."""
SEPARATOR = "\x1e"
"""Between the scopes of two firms in a block."""
OTHER = np.iinfo(np.uint16).max
SHOWN = (
    "firm_id",
    "uscc",
    "name",
    "region_text",
    "province",
    "prefecture",
    "industry",
    "stock_code",
    "founded",
    "status",
)
_READ = (*SHOWN, "county", "name_key", "aliases", "products", "scope", "honours")
_FILTERED = ("region", "industry", "status")
_FOLLOWS_INDUSTRY = ("industry.npy", "rows.arrow", FORMAT)
"""What a classification changes; all other files are those of the snapshot before."""


def build(firms: Path, folder: Path, unchanged: Path | None = None) -> None:
    """Write the index of a table of firms into a new folder.

    unchanged: the index of a table that differs in the industries alone; what does not follow from them is
    linked from it, not built.
    """
    began = time.perf_counter()
    folder.mkdir()
    linked = _link(unchanged, folder) if unchanged else False
    with ExitStack() as stack:
        parts: list[Any] = [] if linked else [_Names(folder, stack), _Scopes(folder, stack)]
        parts += [_Rows(folder, stack), _Filters(folder)]
        if not linked:
            parts.append(_Codes(folder, stack))
        pool = stack.enter_context(ThreadPoolExecutor(THREADS))
        rows = 0
        for table in _chunks(firms):
            for done in [pool.submit(part.add, table, rows) for part in parts]:
                done.result()
            rows += table.num_rows
        facts: dict[str, Any] = {}
        for part in parts:
            facts |= part.finish(rows)
    facts |= {"version": VERSION, "rows": rows, "seconds": round(time.perf_counter() - began, 2)}
    (folder / FORMAT).write_text(json.dumps(facts, ensure_ascii=False) + "\n", encoding="utf-8")


def _link(unchanged: Path, folder: Path) -> bool:
    """The files of another index, the same on disk where the system can; False if there is none."""
    if not (unchanged / FORMAT).is_file():
        return False
    for file in unchanged.iterdir():
        if file.name in _FOLLOWS_INDUSTRY:
            continue
        try:
            os.link(file, folder / file.name)
        except OSError:  # a file system without links
            shutil.copyfile(file, folder / file.name)
    return True


def _chunks(firms: Path) -> Iterator[pa.Table]:
    """Tables of CHUNK firms, the last one shorter, whatever the row groups of the file."""
    held: list[pa.RecordBatch] = []
    count = 0
    with pq.ParquetFile(firms) as file:
        for batch in file.iter_batches(CHUNK, columns=list(_READ), use_threads=True):
            held.append(batch)
            count += batch.num_rows
            while count >= CHUNK:
                table = pa.Table.from_batches(held)
                yield table.slice(0, CHUNK).combine_chunks()
                held = table.slice(CHUNK).to_batches()
                count -= CHUNK
        if count:
            yield pa.Table.from_batches(held).combine_chunks()


class _Characters:
    """A small number per character, in the order of appearance; 0 is the end of a text."""

    def __init__(self) -> None:
        self._ids = np.zeros(0x110000, dtype=np.uint16)
        self._known = np.zeros(1, dtype=np.uint32)

    def ids(self, text: str) -> NDArray[np.uint16]:
        """One id per character. Characters beyond the 65,534th share the last id."""
        points = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
        found = self._ids[points]
        if (found == 0).any():
            new = np.unique(points[(found == 0) & (points != 0)])
            first = len(self._known)
            self._ids[new] = np.minimum(np.arange(first, first + len(new)), OTHER)
            self._known = np.concatenate([self._known, new])[:OTHER]
            found = self._ids[points]
        return found

    @property
    def known(self) -> NDArray[np.uint32]:
        """Code point per id."""
        return self._known


class _Names:
    """Names and aliases: their characters, and per pair of characters the firms that have it."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder, self._chars = folder, _Characters()
        self._texts = stack.enter_context((folder / "texts.bin").open("w+b"))
        self._spool = stack.enter_context((folder / "spool.bin").open("w+b"))
        self._lengths: list[NDArray[np.uint8]] = []
        self._sizes: list[NDArray[np.uint32]] = []
        self._runs: list[tuple[NDArray[np.uint32], NDArray[np.uint32]]] = []

    def add(self, table: pa.Table, before: int) -> None:
        keys = _column(table, "name_key")
        text = pc.binary_join_element_wise("", keys, _alias_keys(_column(table, "aliases")), "", "\0")
        sizes = np.asarray(pc.utf8_length(text)).astype(np.uint32)
        ids = self._chars.ids(_joined(text))
        ids.tofile(self._texts)
        self._sizes.append(sizes)
        self._lengths.append(np.minimum(np.asarray(pc.utf8_length(keys)), 255).astype(np.uint8))
        firm = np.repeat(np.arange(before, before + len(sizes), dtype=np.uint64), sizes)[:-1]
        pair = pairs(ids)
        both = (pair.astype(np.uint64) << np.uint64(32)) | firm
        both = both[pair != 0]  # from the end of one firm to the beginning of the next
        both.sort()
        both = both[np.concatenate([[True], both[1:] != both[:-1]])]
        distinct, counts = np.unique((both >> np.uint64(32)).astype(np.uint32), return_counts=True)
        self._runs.append((distinct, counts.astype(np.uint32)))
        (both & np.uint64(0xFFFFFFFF)).astype(np.uint32).tofile(self._spool)

    def finish(self, rows: int) -> dict[str, Any]:
        sizes = np.concatenate(self._sizes) if self._sizes else np.zeros(0, np.uint32)
        np.save(self._folder / "starts.npy", np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]))
        lengths = np.concatenate(self._lengths) if self._lengths else np.zeros(0, np.uint8)
        np.save(self._folder / "lengths.npy", lengths)
        np.save(self._folder / "chars.npy", self._chars.known)
        return {"pairs": self._merge()}

    def _merge(self) -> int:
        """The spooled runs, each sorted by pair and firm, as one: every pair's firms in ascending order."""
        empty = np.zeros(0, np.uint32)
        known = np.unique(np.concatenate([empty, *(run for run, _ in self._runs)]))
        total = np.zeros(len(known), dtype=np.int64)
        for run, counts in self._runs:
            total[np.searchsorted(known, run)] += counts
        starts = np.concatenate([[0], np.cumsum(total)])
        np.save(self._folder / "pairs.npy", known)
        np.save(self._folder / "pair_starts.npy", starts)
        postings = np.lib.format.open_memmap(
            self._folder / "postings.npy", mode="w+", dtype=np.uint32, shape=(int(starts[-1]),)
        )
        self._spool.seek(0)
        filled = starts[:-1].copy()
        for run, counts in self._runs:
            firms = np.fromfile(self._spool, dtype=np.uint32, count=int(counts.sum()))
            at = np.searchsorted(known, run)
            begins = np.concatenate([[0], np.cumsum(counts[:-1], dtype=np.int64)]) if len(run) else empty
            postings[np.repeat(filled[at] - begins, counts) + np.arange(len(firms))] = firms
            filled[at] += counts
        postings.flush()
        (self._folder / "spool.bin").unlink()
        return len(known)


class _Scopes:
    """Products and scopes: a signature of the pairs in each block, and the texts."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        self._bits = stack.enter_context((folder / "scope.bits").open("wb"))
        self._texts = stack.enter_context((folder / "scope.zst").open("wb"))
        self._codec = pa.Codec("zstd", 1)
        self._ends: list[int] = [0]
        self._sizes: list[int] = []

    def add(self, table: pa.Table, before: int) -> None:
        text = pc.binary_join_element_wise(
            pc.fill_null(_column(table, "products"), ""), pc.fill_null(_column(table, "scope"), ""), "\n"
        )
        held = np.zeros((BUCKETS, -(-len(text) // BLOCK)), dtype=bool)
        for block, start in enumerate(range(0, len(text), BLOCK)):
            data = SEPARATOR.join(text.slice(start, BLOCK).to_pylist())
            held[buckets(data), block] = True
            raw = data.encode()
            packed = self._codec.compress(raw)
            self._texts.write(packed)
            self._ends.append(self._ends[-1] + len(packed))
            self._sizes.append(len(raw))
        np.packbits(held, axis=1).tofile(self._bits)

    def finish(self, rows: int) -> dict[str, Any]:
        np.save(self._folder / "scope_ends.npy", np.array(self._ends, dtype=np.int64))
        np.save(self._folder / "scope_sizes.npy", np.array(self._sizes, dtype=np.int64))
        return {}


class _Codes:
    """The codes, 18 bytes each, zeros where there is none; the identities that are no codes; stock codes."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        self._stream = stack.enter_context((folder / "codes.bin").open("wb"))
        self._stocks: list[tuple[str, int]] = []
        self._ids: list[NDArray[np.bytes_]] = []
        self._id_firms: list[NDArray[np.uint32]] = []

    def add(self, table: pa.Table, before: int) -> None:
        self._stream.write(_joined(pc.fill_null(_column(table, "uscc"), "\0" * LENGTH)).encode())
        stocks = _column(table, "stock_code")
        for at in pc.indices_nonzero(pc.is_valid(stocks)).to_pylist():
            self._stocks.append((stocks[at].as_py(), before + at))
        firm, code = _column(table, "firm_id"), pc.fill_null(_column(table, "uscc"), "")
        other = pc.not_equal(firm, code)
        self._ids.append(np.array(firm.filter(other).to_pylist(), dtype=f"S{IDENTITY}"))
        self._id_firms.append((np.flatnonzero(np.asarray(other)) + before).astype(np.uint32))

    def finish(self, rows: int) -> dict[str, Any]:
        np.save(self._folder / "stocks.npy", np.array([code for code, _ in self._stocks], dtype=np.str_))
        np.save(self._folder / "stock_firms.npy", np.array([at for _, at in self._stocks], dtype=np.uint32))
        np.save(self._folder / "ids.npy", np.concatenate([np.zeros(0, f"S{IDENTITY}"), *self._ids]))
        np.save(self._folder / "id_firms.npy", np.concatenate([np.zeros(0, np.uint32), *self._id_firms]))
        return {}


class _Rows:
    """What a hit shows, in small compressed batches; `firm_id` only where it is not the code."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._sink = stack.enter_context(pa.OSFile(str(folder / "rows.arrow"), "wb"))
        self._writer: Any = None

    def add(self, table: pa.Table, before: int) -> None:
        shown = table.select(list(SHOWN))
        own = pc.equal(shown["firm_id"], shown["uscc"])
        firm = pc.if_else(pc.fill_null(own, False), pa.scalar(None, pa.string()), shown["firm_id"])
        shown = shown.set_column(0, "firm_id", firm)
        if self._writer is None:
            options = pa.ipc.IpcWriteOptions(compression="zstd")
            self._writer = pa.ipc.new_file(self._sink, shown.schema, options=options)
        self._writer.write_table(shown, max_chunksize=ROWS)

    def finish(self, rows: int) -> dict[str, Any]:
        if self._writer is not None:
            self._writer.close()
        return {}


class _Filters:
    """Per firm the number of its region, industry and status in a list; and who bears which honour."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lists: dict[str, dict[str, int]] = {name: {} for name in (*_FILTERED, "honours")}
        self._parts: dict[str, list[NDArray[np.uint16]]] = {name: [] for name in _FILTERED}
        self._held: list[NDArray[np.uint32]] = []

    def add(self, table: pa.Table, before: int) -> None:
        places = [pc.fill_null(_column(table, name), "") for name in ("province", "prefecture", "county")]
        columns = {"region": pc.binary_join_element_wise(*places, " ")}
        columns |= {name: pc.fill_null(_column(table, name), "") for name in ("industry", "status")}
        for name, column in columns.items():
            self._parts[name].append(self._numbered(name, column).astype(np.uint16))
        honours = _column(table, "honours")
        if honours.null_count < len(honours):
            firm = np.asarray(pc.list_parent_indices(honours)).astype(np.uint32) + np.uint32(before)
            title = self._numbered("honours", pc.list_flatten(honours)).astype(np.uint32)
            self._held.append(np.stack([firm, title]))

    def _numbered(self, name: str, column: pa.Array) -> NDArray[np.int64]:
        known = self._lists[name]
        distinct = pc.dictionary_encode(column)
        numbers = [min(known.setdefault(text, len(known)), OTHER) for text in distinct.dictionary.to_pylist()]
        found: NDArray[np.int64] = np.array(numbers, dtype=np.int64)[np.asarray(distinct.indices)]
        return found

    def finish(self, rows: int) -> dict[str, Any]:
        for name, parts in self._parts.items():
            _save(self._folder / f"{name}.npy", np.concatenate([np.zeros(0, np.uint16), *parts]))
        held = np.concatenate([np.zeros((2, 0), np.uint32), *self._held], axis=1)
        _save(self._folder / "held.npy", held)
        return {name: list(known)[:OTHER] for name, known in self._lists.items()}


def pairs(ids: NDArray[np.uint16]) -> NDArray[np.uint32]:
    """Each character with its follower: one less than characters."""
    return (ids[:-1].astype(np.uint32) << np.uint32(16)) | ids[1:]


def buckets(text: str) -> NDArray[np.uint32]:
    """Per pair of neighbouring characters the two bits of a signature that stand for it together.

    Two, because a rare pair that shares its bit with a common one would be looked for in every block.
    """
    points = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    mixed: NDArray[np.uint32] = points[:-1] * np.uint32(0x9E3779B1) ^ points[1:]
    factors = np.array([[0x85EBCA6B], [0xC2B2AE35]], dtype=np.uint32)
    return ((mixed * factors) >> np.uint32(16)).ravel()


def _alias_keys(aliases: pa.Array) -> pa.Array:
    """Normalised aliases, each behind a sign of the end: "\\0A\\0B"; empty where there is none."""
    if aliases.null_count == len(aliases):
        return pa.repeat(pa.scalar(""), len(aliases))
    keys = pa.ListArray.from_arrays(aliases.offsets, name_keys(aliases.values))
    joined = pc.binary_join(keys, "\0")
    return pc.if_else(pc.is_valid(aliases), pc.binary_join_element_wise("", joined, "\0"), "")


def _joined(column: pa.Array) -> str:
    """All texts of a column one behind the other."""
    column = pc.cast(column, pa.large_string())
    _, offsets, data = column.buffers()
    bounds = np.frombuffer(offsets, dtype=np.int64)
    start, end = int(bounds[column.offset]), int(bounds[column.offset + len(column)])
    return str(data.slice(start, end - start).to_pybytes(), "utf-8") if data is not None else ""


def _column(table: pa.Table, name: str) -> pa.Array:
    column = table[name]
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _save(path: Path, array: NDArray[Any]) -> None:
    """Write a file anew, also where a link to another index stands."""
    path.unlink(missing_ok=True)
    np.save(path, array)
