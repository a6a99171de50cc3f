"""The exact search in a process of its own, so that it can be stopped at once.

The worker reads one pickled task from stdin and writes pickled messages to
stdout. Only the parent process of this package talks to it.
"""

from __future__ import annotations

import ctypes
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO

from liandong.meetings.budget import Budget, Stopped
from liandong.meetings.counting import fewest_gaps
from liandong.meetings.event import Event
from liandong.meetings.exact import Bounds, Exact, Reporter

START = "from liandong.meetings.worker import main; main()"
GRACE_SECONDS = 30  # CPU time beyond the limit after which an orphaned worker ends itself


@dataclass(frozen=True, slots=True)
class Task:
    """What the worker is asked."""

    event: Event
    published: dict[int, int]
    seconds: float | None
    conflicts: int | None
    seed: int


@dataclass(frozen=True, slots=True)
class Finished:
    """The last message. feasible: None if the budget ended the search; failure: what went wrong, or ""."""

    feasible: bool | None
    conflicts: int
    failure: str = ""


Message = dict[int, int] | Bounds | Finished


class Worker:
    """A running worker, as its parent sees it."""

    def __init__(
        self,
        event: Event,
        published: Mapping[int, int],
        *,
        seconds: float | None,
        conflicts: int | None,
        seed: int = 0,
    ) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", START], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._messages: SimpleQueue[Message] = SimpleQueue()
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        pickle.dump(Task(event, dict(published), seconds, conflicts, seed), self._process.stdin)
        self._process.stdin.close()
        Thread(target=self._listen, args=(self._process.stdout,), daemon=True).start()

    def messages(self, *, wait: float = 0.0) -> Iterator[Message]:
        """What has arrived; waits up to so many seconds for the first message."""
        try:
            yield self._messages.get(timeout=wait) if wait else self._messages.get_nowait()
            while True:
                yield self._messages.get_nowait()
        except Empty:
            return

    def stop(self) -> None:
        """End the process at once."""
        self._process.kill()
        self._process.wait()

    def _listen(self, stream: IO[bytes]) -> None:
        while True:
            try:
                message: Message = pickle.load(stream)
            except (EOFError, pickle.UnpicklingError, ValueError, OSError):
                self._messages.put(Finished(None, 0, "the worker ended early"))
                return
            self._messages.put(message)
            if isinstance(message, Finished):
                return


def main() -> None:
    """Answer the task on stdin."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then stops this process
    output = sys.stdout.buffer
    sys.stdout = sys.stderr
    try:
        task: Task = pickle.load(sys.stdin.buffer)
    except (EOFError, pickle.UnpicklingError):
        return  # stopped before it began
    _limit(task.seconds)

    def send(message: Message) -> None:
        pickle.dump(message, output)
        output.flush()

    budget = Budget(seconds=task.seconds, conflicts=task.conflicts, seed=task.seed)
    counting = fewest_gaps if task.conflicts is None else partial(fewest_gaps, seconds=None)
    search = Exact(task.event, budget, Reporter(send, send), published=task.published, fewest_gaps=counting)
    feasible: bool | None = None
    failure = ""
    try:
        feasible = search.run()
    except Stopped:
        pass
    except Exception as error:
        failure = f"{type(error).__name__}: {error}"
    send(Finished(feasible, budget.used, failure))


DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux


def _limit(seconds: float | None) -> None:
    """An orphan must not run for ever (where the system knows such limits)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
    try:
        import resource
    except ImportError:
        return
    if seconds is not None:
        limit = int(seconds) + GRACE_SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
