"""One classifying process: `python -m liandong.registry.classify_worker`; see classify_workers."""

import gc
import os
import sys

from liandong.registry.classify import candidates
from liandong.registry.classify_workers import serve

if __name__ == "__main__":
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr
    gc.disable()  # nothing here refers to itself; the collector would only walk the memory of items
    serve(sys.stdin.buffer, answers, candidates)
