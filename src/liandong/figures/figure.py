"""The Figure and what it stands on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from liandong.figures.evidence import Evidence, QueryRef, evidence_from_dict, evidence_to_dict


class Standing(StrEnum):
    """How firm a figure is. Published facts are actual or planned; a project's amounts have the rest."""

    ACTUAL = "actual"
    PLANNED = "planned"
    CLAIMED = "claimed"
    CONTRACTED = "contracted"
    FILED = "filed"
    REPORTED = "reported"
    VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class Basis:
    """When a figure holds: at a date, in a period, or cumulated up to a date.

    as_of, in_year and cumulative are ISO dates, months, years or `start/end`; None is unknown.
    """

    as_of: str | None = None
    in_year: str | None = None
    cumulative: str | None = None

    def to_dict(self) -> dict[str, str]:
        """Only what is known."""
        named = {"as_of": self.as_of, "in_year": self.in_year, "cumulative": self.cumulative}
        return {name: value for name, value in named.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a figure stands on, so that nobody reads more into it.

    source: the data (a pack, a page, a register). last_date: the newest record. rows: records in reach of the
    query. complete_cells of cells: province-years present of those that should be. notes: limits in words,
    as codes that `briefs` and the office translate (`listed_firms_only`, `sampled`, `survivors_only` …).
    """

    source: str
    last_date: str | None = None
    rows: int | None = None
    complete_cells: int | None = None
    cells: int | None = None
    notes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """All fields; None is unknown."""
        return {
            "source": self.source,
            "last_date": self.last_date,
            "rows": self.rows,
            "complete_cells": self.complete_cells,
            "cells": self.cells,
            "notes": list(self.notes),
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Coverage:
        """The inverse of `to_dict`."""
        return cls(**{**data, "notes": tuple(data.get("notes", ()))})


class IncompatibleFiguresError(ValueError):
    """Two figures that differ in unit, measure, standing, basis or currency were put together."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with everything that makes it usable.

    value: Decimal, or None for unknown (never 0 for unknown).
    unit: as written (家, 元, %, 亩), "" for dimensionless.
    measure: what is measured (count, output, 总投资, location_quotient …).
    low, high: bounds of an interval or a range in the unit of value, if there is one.
    """

    value: Decimal | None
    unit: str
    measure: str
    standing: Standing = Standing.ACTUAL
    basis: Basis = Basis()
    currency: str | None = None
    coverage: Coverage | None = None
    evidence: tuple[Evidence, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None

    def __post_init__(self) -> None:
        for name in ("value", "low", "high"):
            number = getattr(self, name)
            if number is None:
                continue
            if not isinstance(number, Decimal):
                raise TypeError(f"Figure.{name} is a Decimal or None, not {type(number).__name__}")
            if not number.is_finite():
                raise ValueError(f"Figure.{name} is finite; unknown is None")

    @property
    def known(self) -> bool:
        """Whether there is a value."""
        return self.value is not None

    def with_evidence(self, *evidence: Evidence) -> Figure:
        """The same figure with other evidence."""
        return replace(self, evidence=evidence)

    def to_dict(self) -> dict[str, Any]:
        """The JSON of design §3; numbers are decimal strings, so that nothing is rounded on the way."""
        data: dict[str, Any] = {
            "value": _text(self.value),
            "unit": self.unit,
            "measure": self.measure,
            "standing": self.standing.value,
            "as_of": self.basis.as_of or self.basis.in_year or self.basis.cumulative,
            "basis": self.basis.to_dict(),
            "currency": self.currency,
            "coverage": self.coverage.to_dict() if self.coverage else None,
            "evidence": [evidence_to_dict(item) for item in self.evidence],
        }
        if self.low is not None or self.high is not None:
            data |= {"low": _text(self.low), "high": _text(self.high)}
        return data

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Figure:
        """The inverse of `to_dict`."""
        return cls(
            value=_decimal(data["value"]),
            unit=data["unit"],
            measure=data["measure"],
            standing=Standing(data["standing"]),
            basis=Basis(**data["basis"]),
            currency=data["currency"],
            coverage=Coverage.from_dict(data["coverage"]) if data["coverage"] else None,
            evidence=tuple(evidence_from_dict(item) for item in data["evidence"]),
            low=_decimal(data.get("low")),
            high=_decimal(data.get("high")),
        )


def count(
    rows: int,
    query: QueryRef,
    *,
    unit: str = "家",
    measure: str = "count",
    as_of: str | None = None,
    coverage: Coverage | None = None,
) -> Figure:
    """A counted figure: how many records a query found."""
    return Figure(
        Decimal(rows), unit, measure, basis=Basis(as_of=as_of), coverage=coverage, evidence=(query,)
    )


def _text(number: Decimal | None) -> str | None:
    return None if number is None else format(number, "f")


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
