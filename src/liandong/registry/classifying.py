"""Classification of a snapshot: firms without an industry get one, batch by batch, as a new snapshot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from liandong.registry.coverage import cover
from liandong.registry.schema import FIRMS, INDUSTRY, complete
from liandong.registry.store import FIRMS as FIRMS_FILE
from liandong.registry.store import Snapshot, Store

Progress = Callable[[int, int | None], None]
BATCH = 122_880
"""Firms classified at a time."""


@dataclass(frozen=True, slots=True)
class ClassificationReport:
    """What a classification did. classified: firms with an industry afterwards; unknown: without."""

    snapshot: str
    rows: int
    classified: int
    given: int
    unknown: int

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `liandong registry classify`."""
        return asdict(self)


def classify_snapshot(
    store: Store,
    live: Snapshot,
    *,
    progress: Progress | None = None,
    again: bool = False,
) -> ClassificationReport:
    """Write and publish the snapshot with industries; sources and coverage stay those of the snapshot."""
    known = given = done = 0
    with store.writing() as building:
        path = building / FIRMS_FILE
        with pq.ParquetWriter(path, FIRMS, compression="zstd") as writer:
            for batch in pq.ParquetFile(live.path).iter_batches(BATCH, use_threads=False):
                table = pa.Table.from_batches([complete(batch)]).cast(FIRMS)
                table = _classified(table, again, done, live.rows, progress)
                writer.write_table(table, row_group_size=BATCH)
                known += table.num_rows - table["industry"].null_count
                given += pc.sum(pc.equal(table["industry_source"], "given")).as_py() or 0
                done += table.num_rows
                if progress:
                    progress(done, live.rows)
        snapshot = Snapshot(
            id=store.next_id(live.id[5:]),
            path=path,
            rows=live.rows,
            created=datetime.now().astimezone().isoformat(timespec="seconds"),
            sources=live.sources,
            coverage=cover(path, live.sources),
            parent=live.id,
            made_by="classify",
            details={"classified": known, "given": given},
        )
        store.publish(building, snapshot, same_firms=True)
    return ClassificationReport(snapshot.id, live.rows, known, given, live.rows - known)


def _classified(table: pa.Table, again: bool, before: int, rows: int, progress: Progress | None) -> pa.Table:
    """The rows with industries in the columns of INDUSTRY, in their order.

    before, rows: firms done before these, and of how many, for the progress.
    """
    source = table["industry_source"]
    open_rows = pc.is_null(source)
    if again:
        open_rows = pc.fill_null(pc.not_equal(source, "given"), True)
    todo = table.filter(open_rows)
    if todo.num_rows == 0:
        return table
    from liandong.registry.classify import classify_table  # with its lexicon: only where it is used

    tell = (lambda done, _: progress(before + done, rows)) if progress else None
    found = classify_table(todo.drop_columns(list(INDUSTRY)), progress=tell)
    found = found.select(FIRMS.names).cast(FIRMS)
    rest = table.filter(pc.invert(open_rows))
    places = pa.concat_arrays(
        [_as_array(pc.indices_nonzero(open_rows)), _as_array(pc.indices_nonzero(pc.invert(open_rows)))]
    )
    return pa.concat_tables([found, rest]).take(pc.array_sort_indices(places))


def _as_array(column: Any) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
