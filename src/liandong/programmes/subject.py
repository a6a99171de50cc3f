"""A subject: the firm or project that asks, as far as anything is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from liandong.figures import Evidence, Figure, RecordRef
from liandong.programmes.model import QUALITIES


@dataclass(frozen=True, slots=True)
class Subject:
    """kind: `firm` or `project`. values: by the names of QUALITIES; absent or None is unknown.

    industry: a GB/T 4754 code (or a tuple of them); region: GB/T 2260 codes that it lies in, the
    finest last;
    honour: tuple of titles held; words: one text; founded: date; listed: bool; the rest: Decimal in the
    quality's base unit. evidence: where each value can be opened.
    """

    kind: str
    name: str
    values: Mapping[str, Any]
    evidence: Mapping[str, Evidence] = field(default_factory=dict)


def firm_subject(row: Mapping[str, Any], on: date | None) -> Subject:
    """A firm from a row of the registry (a dict of the snapshot's columns). on: the day for its age.

    A title that the row does not list is unknown, not absent: no register lists all titles.
    """
    values = {name: firm_value(name, row, on) for name in QUALITIES}
    record = RecordRef(str(row["source"]), int(row["source_row"]))
    known = {name: value for name, value in values.items() if value is not None}
    return Subject("firm", str(row["name"]), known, dict.fromkeys(known, record))


# What each quality is read from, so that a whole table is judged by the few columns that matter.
COLUMNS: dict[str, tuple[str, ...]] = {
    "industry": ("industry",),
    "region": ("province", "prefecture"),
    "honour": ("honours",),
    "words": ("name", "products", "scope"),
    "founded": ("founded",),
    "age": ("founded",),
    "capital": ("capital",),
    "listed": ("stock_code",),
}


def firm_value(quality: str, row: Mapping[str, Any], on: date | None) -> Any:
    """What a row of the registry says of a quality; None where it says nothing."""
    found = [row.get(column) for column in COLUMNS.get(quality, ())]
    match quality:
        case "industry" | "founded":
            return found[0]
        case "region":
            return tuple(code for code in found if code) or None
        case "honour":
            return tuple(found[0]) if found[0] else None
        case "words":
            return "\n".join(text for text in found if text)
        case "age":
            return None if found[0] is None or on is None else Decimal(_whole_years(found[0], on))
        case "capital":
            return None if found[0] is None else Decimal(str(found[0]))
        case "listed":
            return True if found[0] else None
        case _:
            return None


def _whole_years(start: date, end: date) -> int:
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def project_subject(name: str, values: Mapping[str, Any]) -> Subject:
    """A project: Figures for amounts (value and evidence are kept), texts and codes as they are.

    Raises KeyError for a name that no condition can ask, ValueError for a Figure of another unit.
    """
    plain: dict[str, Any] = {}
    evidence: dict[str, Evidence] = {}
    for key, value in values.items():
        quality = QUALITIES[key]
        if isinstance(value, Figure):
            if value.value is None:
                continue
            if value.unit != quality.unit:
                raise ValueError(f"{key} is counted in {quality.unit}, not {value.unit}")
            if value.evidence:
                evidence[key] = value.evidence[0]
            value = value.value
        if value is not None:
            plain[key] = value
    return Subject("project", name, plain, evidence)
