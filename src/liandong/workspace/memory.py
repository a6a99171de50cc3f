"""Memory that a large computation has left behind, given back to the system.

Arrow and the C library keep what was freed for the next time; a server that has ranked three million firms
once would hold hundreds of megabytes for it ever after.
"""

from __future__ import annotations

import ctypes
import gc

import pyarrow as pa

_ARENA_MAX = -8
"""The parameter of glibc's mallopt: how many arenas threads may open."""


def few_arenas() -> None:
    """Have a server's threads share their room: each would keep its own for what it freed."""
    tune = getattr(ctypes.CDLL(None), "mallopt", None)
    if tune is not None:
        tune(_ARENA_MAX, 2)


def give_back() -> None:
    """Let go of what is free. Takes tens of milliseconds: after something large, not after every page."""
    gc.collect()
    pa.default_memory_pool().release_unused()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc has it, others manage by themselves
    if trim is not None:
        trim(0)
