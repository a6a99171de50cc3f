"""Firms of the registry as a table's rows: found by the search index, counted, read in slices.

A list of millions is never read whole: conditions give the numbers of rows, a slice reads what it shows. What
was found is kept for a while, because the next page of a list asks the same again.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from liandong.registry import normalise_name
from liandong.registry.codes import LENGTH, tidy_code
from liandong.registry.index import Index
from liandong.registry.searching import mask
from liandong.workspace import current
from liandong.workspace.models import FollowedFirm

COLUMNS = (
    "firm_id, uscc, name, province, prefecture, region_text, address, founded, capital, capital_text, "
    "insured, kind, status, scope, stock_code, products, honours, industry, industry_confidence, "
    "industry_source, source, source_row"
)
"""What is known of a firm."""
SORTS = ("name", "founded", "capital", "industry", "region_text")
FEW = 5_000
"""Names so few are compared one by one; more are in one pass over all."""
SORTED = 2_000
"""Rows sorted at first; a later page sorts more."""
Rows = NDArray[np.uint32]


class Kept(OrderedDict[Any, Any]):
    """What was found lately, by question; the oldest goes when it is more than `most` bytes or entries."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most, self._size, self._lock = most, 0, threading.Lock()

    def found(self, key: Hashable) -> Any:
        """What was kept, None if nothing was."""
        with self._lock:
            if key not in self:
                return None
            self.move_to_end(key)
            return self[key]

    def keep(self, key: Hashable, value: Any, size: int = 1) -> None:
        """Keep it; what is larger than a quarter of the room is not kept."""
        with self._lock:
            if size > self._most // 4 or key in self:
                return
            self[key], self._size = value, self._size + size
            while self._size > self._most:
                _, gone = self.popitem(last=False)
                self._size -= getattr(gone, "nbytes", 1)


_FOUND = Kept(64 * 1024 * 1024)
_RECORDS = Kept(4_000)
_CAPITAL = Kept(4)


@dataclass(frozen=True)
class FirmRows:
    """Firms of the registry that match, as a table's rows: counted and read in slices, nothing more.

    text: part of a name or alias, or a code. regions: GB/T 2260 codes. industries: GB/T 4754 codes of any
    level. firm_ids: only these. order: a field of SORTS, `-` before it for downwards.
    """

    text: str = ""
    regions: tuple[str, ...] | None = None
    industries: tuple[str, ...] | None = None
    firm_ids: tuple[str, ...] | None = None
    order: str = ""

    def __len__(self) -> int:
        """How many there are."""
        if current.snapshot_id() is None:
            return 0
        return current.registry().snapshot.rows if self._all else len(self._found())

    def __getitem__(self, key: slice) -> list[dict[str, Any]]:
        """Some of them: what a list shows of a firm (the columns of a hit, and `capital`)."""
        if current.snapshot_id() is None:
            return []
        start, stop = key.start or 0, len(self) if key.stop is None else min(int(key.stop), len(self))
        if self.order:
            numbers = self._sorted(stop)[start:stop].tolist()
        else:
            numbers = list(range(start, stop)) if self._all else self._found()[start:stop].tolist()
        capital = _capital()
        shown = current.registry().index.show(numbers)
        for row, number in zip(shown, numbers, strict=True):
            row["capital"] = None if np.isnan(capital[number]) else float(capital[number])
        return shown

    def but(self, **changes: Any) -> FirmRows:
        """The same with other conditions."""
        return replace(self, **changes)

    def sorted(self, field: str, down: bool) -> FirmRows:
        """The same in another order; unknown values last."""
        return self.but(order=f"{'-' if down else ''}{field}") if field in SORTS else self

    @property
    def _all(self) -> bool:
        return not self.text and self.regions is None and self.industries is None and self.firm_ids is None

    def _found(self) -> Rows:
        """Numbers of the rows, the closest names first, else in the order of the table."""
        key = (_pinned(), self.but(order=""))
        kept: Rows | None = _FOUND.found(key)
        if kept is not None:
            return kept
        index = current.registry().index
        allowed = mask(index, regions=self.regions, industries=self.industries)
        if self.firm_ids is not None:
            numbers = sorted(index.rows_of(self.firm_ids).values())
            rows = np.array(numbers, dtype=np.uint32)
        elif self.text:
            rows = _named(index, self.text)
        else:
            rows = np.flatnonzero(np.asarray(allowed)).astype(np.uint32)
        if self.firm_ids is not None and self.text:
            rows = rows[np.isin(rows, _named(index, self.text))]
        if allowed is not None and (self.text or self.firm_ids is not None):
            rows = rows[allowed[rows]]
        _FOUND.keep(key, rows, rows.nbytes)
        return rows

    def _sorted(self, most: int) -> Rows:
        """Numbers of the first rows in the order asked for; rows that are alike as in the table."""
        most = max(SORTED, 1 << (most - 1).bit_length()) if most else SORTED
        key = (_pinned(), self, most)
        kept: Rows | None = _FOUND.found(key)
        if kept is not None:
            return kept
        field = self.order.removeprefix("-")
        values = _column(field)
        rows = np.arange(len(values), dtype=np.uint32) if self._all else self._found()
        table = pa.table({"row": rows, "value": values if self._all else values.take(pa.array(rows))})
        known = table.filter(pc.is_valid(table["value"]))
        way = "descending" if self.order.startswith("-") else "ascending"
        first = pc.select_k_unstable(known, most, [("value", way), ("row", "ascending")])
        found: Rows = known["row"].take(first).to_numpy()
        if len(found) < most:  # unknown values last
            unknown = table["row"].filter(pc.is_null(table["value"])).to_numpy()
            found = np.concatenate([found, unknown[: most - len(found)]])
        found = np.asarray(found, dtype=np.uint32)
        _FOUND.keep(key, found, found.nbytes)
        return found


def record(firm_id: str) -> dict[str, Any] | None:
    """A firm's row in the live registry with all that is known (COLUMNS); None if it is not in it."""
    return records((firm_id,)).get(firm_id)


def records(firm_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Rows of firms by their ids; those that the registry does not know are left out.

    A firm that was followed at this snapshot has its row in the store, which is quicker to read.
    """
    snapshot = current.snapshot_id()
    if snapshot is None:
        return {}
    pinned = _pinned()
    found = {each: row for each in firm_ids if (row := _RECORDS.found((pinned, each))) is not None}
    open_ = [each for each in firm_ids if each not in found]
    if not open_:
        return found
    new = {each: _dated(row) for each, row in _followed(snapshot, open_)}
    for number in current.registry().index.rows_of([each for each in open_ if each not in new]).values():
        row = current.registry().query(f"SELECT {COLUMNS} FROM firms LIMIT 1 OFFSET {number}").to_pylist()[0]
        new[row["firm_id"]] = row
    missing = [each for each in open_ if each not in new]
    if missing:  # engines that keep no order, and ids that the index does not tell apart
        ids = ", ".join(_quoted(each) for each in missing)
        sql = f"SELECT {COLUMNS} FROM firms WHERE firm_id IN ({ids})"
        new |= {row["firm_id"]: row for row in current.registry().query(sql).to_pylist()}
    for firm_id, row in new.items():
        _RECORDS.keep((pinned, firm_id), row)
    return found | {each: new[each] for each in open_ if each in new}


def _followed(snapshot: str, firm_ids: Sequence[str]) -> list[tuple[str, dict[str, Any]]]:
    kept = FollowedFirm.objects.filter(pk__in=firm_ids, snapshot=snapshot).exclude(record={})
    return list(kept.values_list("pk", "record"))


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    """A kept row with its day of founding as a date again."""
    return {**row, "founded": date.fromisoformat(row["founded"]) if row["founded"] else None}


def _named(index: Index, text: str) -> Rows:
    """Firms whose name or alias holds a text, or whose code it is; the closest names first."""
    code = tidy_code(text)
    coded: list[int] = []
    if code.isascii() and code:
        coded = list(index.with_code(code)) if len(code) == LENGTH else []
        coded += index.with_stock_code(code)
    key = normalise_name(text)
    rows = index.holding(key) if key else np.zeros(0, dtype=np.uint32)
    if len(rows) <= FEW:
        names = {row: index.text(row) for row in rows.tolist()}
        held = [row for row, each in names.items() if any(key in name for name in each)]
        ordered = sorted(
            held, key=lambda row: (_far(names[row][0], key), len(names[row][0]), names[row], row)
        )
        rows = np.array(ordered, dtype=np.uint32)
    else:
        rows = index.exactly(key) if len(key) > 2 else np.asarray(rows)
        rows = rows[np.lexsort((rows, index.lengths[rows], ~index.first_in(key, rows)))]
    if not coded:
        return rows
    first = np.array(list(dict.fromkeys(coded)), dtype=np.uint32)
    return np.concatenate([first, rows[~np.isin(rows, first)]])


def _far(name: str, key: str) -> int:
    """0 for the name itself, 1 for one that begins with the text, 2 for one that holds it."""
    return 0 if name == key else 1 if name.startswith(key) else 2


def _pinned() -> tuple[str, str | None]:
    return str(current.workspace().folder), current.snapshot_id()


def _column(name: str) -> pa.ChunkedArray:
    return pq.read_table(current.registry().snapshot.path, columns=[name], use_threads=False)[name]


def _capital() -> NDArray[np.float64]:
    """Registered capital of every firm of the snapshot, NaN where it is unknown; read once."""
    kept: NDArray[np.float64] | None = _CAPITAL.found(_pinned())
    if kept is None:
        kept = _column("capital").to_numpy()
        _CAPITAL.keep(_pinned(), kept)
    return kept


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
