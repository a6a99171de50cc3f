"""The Fact: one statement of a page, with the exact characters that make it."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a fact is about (design §2)."""

    INDICATOR = "indicator"
    RECOGNITION = "recognition"
    RANK = "rank"
    PROGRAM = "program"
    CARRIER = "carrier"
    COOPERATION = "cooperation"
    FUND = "fund"
    PROJECT = "project"
    EVENT = "event"
    PERSON = "person"
    POSITIONING = "positioning"
    META = "meta"


@dataclass(frozen=True, slots=True)
class Ground:
    """How a field came to be: stated in, or carried from, raw[start:end]; or a default without a place."""

    how: str  # stated | carried | default
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact as the contract has it.

    basis: maps subject, indicator, unit, period, region and modality to their Ground.
    value: decimal string in base units, `a~b`, `a/b` or `a:b:c`, or None. value_start, value_end: the
    number's characters, None where there is no number. start, end: the quote's characters in the page's raw
    text.
    """

    page: str
    kind: Kind
    subject: str
    indicator: str
    quote: str
    start: int
    end: int
    value: str | None = None
    unit: str | None = None
    value_text: str | None = None
    qualifier: str | None = None
    period: str | None = None
    region: str | None = None
    modality: str = "actual"
    value_start: int | None = None
    value_end: int | None = None
    parent: str | None = None
    basis: dict[str, Ground] = field(default_factory=dict)
    origin: str = "rules@1"
    id: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            object.__setattr__(self, "id", self.identity())

    def identity(self) -> str:
        """Sixteen hex digits of what the fact says and where: the same page gives the same ids."""
        parts = (
            self.page,
            self.kind,
            self.subject,
            self.indicator,
            self.value,
            self.unit,
            self.value_text,
            self.period,
            self.region,
            self.modality,
            self.start,
            self.end,
            self.value_start,
            self.value_end,
        )
        return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]

    def but(self, **changes: Any) -> Fact:
        """The same fact with changes, and the id that belongs to them."""
        return replace(self, **{"id": "", **changes})

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `liandong facts`."""
        data = asdict(self)
        data["kind"] = self.kind.value
        return {"id": data.pop("id"), **data}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Fact:
        """The inverse of `to_dict`."""
        basis = {name: Ground(**ground) for name, ground in data.get("basis", {}).items()}
        return cls(**{**data, "kind": Kind(data["kind"]), "basis": basis})
