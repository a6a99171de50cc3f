"""What charts are drawn from: small rows that any room can fill without charts knowing that room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Stage = Literal["upstream", "midstream", "downstream"]
Status = Literal["strong", "present", "weak", "missing", "unsure"]

STAGES: tuple[Stage, ...] = ("upstream", "midstream", "downstream")
STATUSES: tuple[Status, ...] = ("strong", "present", "weak", "missing", "unsure")


@dataclass(frozen=True, slots=True)
class ChainNode:
    """A node of a chain as drawn: firms and quotient are None where unknown."""

    name: str
    stage: Stage
    status: Status
    firms: int | None = None
    quotient: float | None = None


@dataclass(frozen=True, slots=True)
class ChainEdge:
    """`supplier` delivers to `buyer`; both are names of nodes."""

    supplier: str
    buyer: str


@dataclass(frozen=True, slots=True)
class QuotientBar:
    """A location quotient with the bounds of its interval; None where unknown."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """A place (degrees east and north) and how many targets come from it."""

    place: str
    longitude: float
    latitude: float
    number: int


@dataclass(frozen=True, slots=True)
class Destination:
    """The place that courts, marked by a star."""

    place: str
    longitude: float
    latitude: float
