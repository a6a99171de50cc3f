"""The command line: every step of the job as one command, for people and for scripts.

    init ─▶ add ─▶ registry import, classify ─▶ plan load ─▶ diagnose ─▶ targets ─▶ brief
            read, facts look at a page without keeping it; demo does all of it on the shipped example

Results go to stdout (`--json`: machine-readable and nothing else), progress and remarks to stderr. Exit
codes: 0 done, 1 the input is bad (nothing was changed), 2 the command was not understood.
"""

from liandong.cli.app import main

__all__ = ["main"]
