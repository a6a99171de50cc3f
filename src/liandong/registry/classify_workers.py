"""Processes that classify beside this one: each reads record batches of an Arrow stream and answers likewise.

They are plain interpreters, not forks: no thread or lock of the caller comes along, and a script without
a main guard is not run again. They live until the caller ends, whose end closes their input. A worker that
fails leaves its chunk to the caller.
"""

from __future__ import annotations

import atexit
import contextlib
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import IO

import pyarrow as pa

Classify = Callable[[pa.Array, pa.Array], pa.Array]
"""Names and scopes → candidates."""

WORTHWHILE = 40_000
"""Rows below which starting processes takes longer than it saves."""

_log = logging.getLogger(__name__)
_lock = threading.Lock()
_started: list[subprocess.Popen[bytes]] = []


def default_workers(rows: int) -> int:
    """One process per usable core for a large table, otherwise this one alone."""
    return len(os.sched_getaffinity(0)) if rows >= WORTHWHILE and hasattr(os, "sched_getaffinity") else 1


def run(classify: Classify, chunks: Sequence[pa.RecordBatch], workers: int) -> Iterator[pa.Array]:
    """The results of classify for the chunks, in their order, from so many processes; 1 is this process."""
    if workers <= 1 or len(chunks) <= 1 or not sys.executable:
        for chunk in chunks:
            yield classify(*chunk.columns)
        return
    with _lock:
        alone = threading.Lock()
        free: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
        for process in _processes(workers):
            free.put(process)

        def work(chunk: pa.RecordBatch) -> pa.Array:
            process = free.get()
            try:
                return _ask(process, chunk)
            except (OSError, pa.ArrowException):
                _log.warning("a classifying process failed with status %s", process.poll())
                with alone:
                    return classify(*chunk.columns)
            finally:
                free.put(process)

        with ThreadPoolExecutor(workers) as threads:
            yield from threads.map(work, chunks)


def serve(source: IO[bytes], sink: IO[bytes], classify: Classify) -> None:
    """Answer every batch of names and scopes with a batch of candidates, until the source ends."""
    while source.peek(1):  # type: ignore[attr-defined]
        _send(sink, pa.RecordBatch.from_arrays([classify(*_receive(source).columns)], ["industries"]))


def _ask(process: subprocess.Popen[bytes], chunk: pa.RecordBatch) -> pa.Array:
    assert process.stdin is not None
    assert process.stdout is not None
    _send(process.stdin, chunk)
    return _receive(process.stdout).column(0)


def _send(sink: IO[bytes], batch: pa.RecordBatch) -> None:
    """One stream of one batch, behind its length."""
    memory = pa.BufferOutputStream()
    with pa.ipc.new_stream(memory, batch.schema) as writer:
        writer.write_batch(batch)
    stream = memory.getvalue()
    sink.write(stream.size.to_bytes(8, "little"))
    sink.write(stream)
    sink.flush()


def _receive(source: IO[bytes]) -> pa.RecordBatch:
    size = int.from_bytes(source.read(8), "little")  # 0 where the other end is gone, which is no stream
    with pa.ipc.open_stream(source.read(size)) as reader:
        return reader.read_next_batch()


def _processes(count: int) -> list[subprocess.Popen[bytes]]:
    _started[:] = [process for process in _started if process.poll() is None]
    while len(_started) < count:
        _started.append(
            subprocess.Popen(
                [sys.executable, "-P", "-m", "liandong.registry.classify_worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
        )
    return _started[:count]


@atexit.register
def _end() -> None:
    for process in _started:
        if process.stdin is not None:
            with contextlib.suppress(OSError):  # one that failed has no other end
                process.stdin.close()
        process.terminate()
