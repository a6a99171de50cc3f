"""A limit on the processor's time of a piece of work: other work on the machine is not the reader's."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from liandong.documents import read_bytes

LIMIT = 0.2


@contextmanager
def within_own_time(seconds: float = LIMIT) -> Iterator[None]:
    """Fails if what is done inside takes longer than so many seconds of this process's own time."""
    begun = time.process_time()
    yield
    spent = time.process_time() - begun
    assert spent < seconds, f"{spent:.3f} s"


def load() -> None:
    """The readers' libraries: their first import is no time of reading."""
    read_bytes(b"<html><body><p>a</p></body></html>", origin="x.html")
    read_bytes(b"a", origin="x")
