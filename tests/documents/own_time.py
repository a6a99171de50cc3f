"""A limit on the processor's time of a piece of work: other work on the machine is not the reader's."""

import time
from collections.abc import Callable
from typing import TypeVar

LIMIT = 0.2
TRIES = 3  # a library's first import and a crowded processor pass, what is slow stays slow

_T = TypeVar("_T")


def within_own_time(work: Callable[[], _T], seconds: float = LIMIT) -> _T:
    """What the work gives; fails if each of three runs takes longer than so much of this process's time."""
    spent = []
    for _ in range(TRIES):
        begun = time.process_time()
        try:
            return_value = work()
        finally:
            spent.append(time.process_time() - begun)
        if spent[-1] < seconds:
            return return_value
    raise AssertionError(f"{min(spent):.3f} s")
