"""Processes that classify beside this one: each reads chunks as lines of JSON and answers likewise.

They are plain interpreters, not forks: no thread or lock of the caller comes along, and a script without
a main guard is not run again. They live until the caller ends, whose end closes their input. A worker that
fails leaves its chunk to the caller.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import IO, Any

Chunk = tuple[Sequence[str | None], Sequence[str | None]]
Classify = Callable[[Sequence[str | None], Sequence[str | None]], list[list[Any]]]

WORTHWHILE = 40_000
"""Rows below which starting processes takes longer than it saves."""

_log = logging.getLogger(__name__)
_lock = threading.Lock()
_started: list[subprocess.Popen[bytes]] = []


def default_workers(rows: int) -> int:
    """One process per usable core for a large table, otherwise this one alone."""
    return len(os.sched_getaffinity(0)) if rows >= WORTHWHILE and hasattr(os, "sched_getaffinity") else 1


def run(classify: Classify, chunks: Sequence[Chunk], workers: int) -> Iterator[list[list[Any]]]:
    """The results of classify for the chunks, in their order, from so many processes; 1 is this process."""
    if workers <= 1 or len(chunks) <= 1 or not sys.executable:
        for names, scopes in chunks:
            yield classify(names, scopes)
        return
    with _lock:
        alone = threading.Lock()
        free: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
        for process in _processes(workers):
            free.put(process)

        def work(chunk: Chunk) -> list[list[Any]]:
            process = free.get()
            try:
                return _ask(process, chunk)
            except (OSError, ValueError):
                _log.warning("a classifying process failed with status %s", process.poll())
                with alone:
                    return classify(*chunk)
            finally:
                free.put(process)

        with ThreadPoolExecutor(workers) as threads:
            yield from threads.map(work, chunks)


def serve(source: IO[bytes], sink: IO[bytes], classify: Classify) -> None:
    """Answer every line of names and scopes with a line of candidates, until the source ends."""
    for line in source:
        names, scopes = json.loads(line)
        sink.write(json.dumps(classify(names, scopes), separators=(",", ":")).encode() + b"\n")
        sink.flush()


def _ask(process: subprocess.Popen[bytes], chunk: Chunk) -> list[list[Any]]:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(chunk, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
    process.stdin.flush()
    answer: list[list[Any]] = json.loads(process.stdout.readline())
    return answer


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
            process.stdin.close()
        process.terminate()
