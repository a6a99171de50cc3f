"""Parsed keys of names, whole columns at a time: what identity is decided on.

The grammar of `names` reads each distinct name once, in as many processes as there are cores where that is
worth their start.
"""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import IO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.ipc as ipc

from liandong.registry.names import parse_name

PARTS = pa.schema([(name, pa.string()) for name in ("place", "brand", "trade", "form", "branch")])
"""The parts of names, as `parse_name` tells them; null where a name has none."""

WORTHWHILE = 60_000
"""Names below which starting processes takes longer than it saves."""
_MOST = 400_000
"""Names that one process reads at a time: bounds the memory of a question and its answer."""


def name_parts(names: pa.Array | pa.ChunkedArray, *, workers: int | None = None) -> pa.Table:
    """`parse_name` over a column of names: columns of PARTS, in its order; nulls give nulls.

    workers: processes; by default one per core for large columns.
    """
    encoded = pc.dictionary_encode(_whole(names))
    distinct = encoded.dictionary
    if workers is None:
        workers = _cores() if len(distinct) >= WORTHWHILE else 1
    size = min(_MOST, -(-len(distinct) // workers)) or 1
    chunks = [distinct.slice(start, size) for start in range(0, len(distinct), size)]
    if workers > 1 and len(chunks) > 1 and sys.executable:
        with ThreadPoolExecutor(workers) as threads:
            parsed = list(threads.map(_elsewhere, chunks))
    else:
        parsed = [parse(chunk) for chunk in chunks]
    table = pa.concat_tables([pa.Table.from_batches([each]) for each in parsed] or [PARTS.empty_table()])
    return table.combine_chunks().take(encoded.indices)


def parse(names: pa.Array) -> pa.RecordBatch:
    """The parts of a few names, in this process."""
    rows = [parse_name(name) for name in names.to_pylist()]
    columns = [pa.array([getattr(row, field) for row in rows], pa.string()) for field in PARTS.names]
    return pa.RecordBatch.from_arrays(columns, schema=PARTS)


def serve(source: IO[bytes], sink: IO[bytes]) -> None:
    """Read one Arrow stream of names, answer with one of their parts."""
    with ipc.open_stream(source) as reader:
        answers = [parse(batch.column(0)) for batch in reader]
    with ipc.new_stream(sink, PARTS) as writer:
        for answer in answers:
            writer.write_batch(answer)


def _elsewhere(names: pa.Array) -> pa.RecordBatch:
    """The parts of names from a process of its own: no thread or lock of the caller comes along."""
    question = io.BytesIO()
    batch = pa.record_batch([names], names=["name"])
    with ipc.new_stream(question, batch.schema) as writer:
        writer.write_batch(batch)
    command = [sys.executable, "-P", "-m", "liandong.registry.keys_worker"]
    with contextlib.suppress(OSError, subprocess.CalledProcessError, pa.ArrowInvalid):
        done = subprocess.run(command, input=question.getbuffer(), stdout=subprocess.PIPE, check=True)
        with ipc.open_stream(done.stdout) as reader:
            answer = reader.read_all().combine_chunks().to_batches()
        if len(answer) == 1 and answer[0].num_rows == len(names):
            return answer[0]
    return parse(names)


def _whole(names: pa.Array | pa.ChunkedArray) -> pa.Array:
    return names.combine_chunks() if isinstance(names, pa.ChunkedArray) else names


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
