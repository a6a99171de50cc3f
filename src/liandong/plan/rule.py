"""The rule from figures to a node's status and advice. Its numbers stand here and nowhere else."""

from __future__ import annotations

from enum import StrEnum

from liandong.figures import Coverage

INTERVAL = 0.9
"""Probability of the credible interval that a status is read from."""
STRONG = 1.2
"""Surely more than a fifth above the average region: strong."""
AVERAGE = 0.8
"""Surely not a fifth below the average region: present. Estimated below it, surely below 1: weak."""
HALF = 0.5
"""Surely at least half the average: present, though it may be above or below."""
FEW = 5
"""Fewer local firms than this are never strong: one closure would change the picture."""
INCOMPLETE = frozenset({"listed_firms_only", "sampled", "survivors_only", "synthetic"})
"""Notes of a coverage that show it to be incomplete."""


class Status(StrEnum):
    """How a node stands in the city."""

    STRONG = "strong"
    PRESENT = "present"
    WEAK = "weak"
    MISSING = "missing"
    UNSURE = "unsure"


class Advice(StrEnum):
    """强链, 补链, 延链."""

    STRENGTHEN = "strengthen"
    FILL = "fill"
    EXTEND = "extend"


def is_complete(coverage: Coverage | None) -> bool:
    """Whether the data are known to hold all they should: only then is what is not found not there."""
    if coverage is None or INCOMPLETE.intersection(coverage.notes):
        return False
    return coverage.cells is not None and coverage.complete_cells == coverage.cells


def status(
    firms: int | None, value: float | None, low: float | None, high: float | None, *, complete: bool
) -> Status:
    """The status of a node from its firms and its (shrunk) location quotient with interval.

    No firm: missing if the quotient is surely below the average and the coverage complete, else unsure.
    Some: strong if surely above STRONG with at least FEW firms; present if surely above AVERAGE; weak if
    surely below 1 and estimated below AVERAGE; present if surely above HALF; else unsure: the interval is
    too wide to say. Unknown figures are unsure.
    """
    if firms is None or value is None or low is None or high is None:
        return Status.UNSURE
    if firms == 0:
        return Status.MISSING if high < 1 and complete else Status.UNSURE
    if low >= STRONG and firms >= FEW:
        return Status.STRONG
    if low >= AVERAGE:
        return Status.PRESENT
    if high < 1 and value < AVERAGE:
        return Status.WEAK
    return Status.PRESENT if low >= HALF else Status.UNSURE


def advice(found: Status, firms: int | None, *, supplied_here: bool, supplies: bool) -> Advice | None:
    """What to do about a node; None where nothing is known of it.

    Where there are firms and they are not weak: strengthen. A gap (weak, missing, or not one firm found) that
    ends the chain (`supplies` no other node) while one of its suppliers is here: extend the chain to it. Any
    other gap: fill it.
    """
    if firms is None:
        return None
    if found not in (Status.WEAK, Status.MISSING) and firms > 0:
        return Advice.STRENGTHEN
    return Advice.EXTEND if supplied_here and not supplies else Advice.FILL
