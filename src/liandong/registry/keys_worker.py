"""One process that reads names: `python -m liandong.registry.keys_worker`; see keys."""

import os
import sys

from liandong.registry.keys import serve

if __name__ == "__main__":
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr
    serve(sys.stdin.buffer, answers)
