"""Evidence: where a figure can be opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from liandong.figures.figure import Figure


@dataclass(frozen=True, slots=True)
class FactRef:
    """A fact, and with it the exact characters of its page."""

    fact_id: str


@dataclass(frozen=True, slots=True)
class RecordRef:
    """One row of a source: a registry import, a reference table, a sheet. row counts from 1."""

    source: str
    row: int


@dataclass(frozen=True, slots=True)
class QueryRef:
    """A query that anyone can run again: SQL over the table `firms` of a registry snapshot.

    expression: the query. snapshot: id of the snapshot it ran on. rows: how many records it counted.
    """

    expression: str
    snapshot: str
    rows: int


@dataclass(frozen=True, slots=True)
class DerivedRef:
    """A formula over named inputs: Figures, or evidence where the input is a whole table."""

    formula: str
    inputs: tuple[tuple[str, Figure | Evidence], ...]


@dataclass(frozen=True, slots=True)
class AssumptionRef:
    """What a planner assigned: the file and line where it stands. line counts from 1."""

    file: str
    line: int


Evidence = FactRef | RecordRef | QueryRef | DerivedRef | AssumptionRef


def evidence_to_dict(evidence: Evidence) -> dict[str, Any]:
    """The JSON form: `type` and the fields of the reference."""
    match evidence:
        case FactRef(fact_id):
            return {"type": "fact", "fact_id": fact_id}
        case RecordRef(source, row):
            return {"type": "record", "source": source, "row": row}
        case QueryRef(expression, snapshot, rows):
            return {"type": "query", "expression": expression, "snapshot": snapshot, "rows": rows}
        case AssumptionRef(file, line):
            return {"type": "assumption", "file": file, "line": line}
        case DerivedRef(formula, inputs):
            return {
                "type": "derived",
                "formula": formula,
                "inputs": {name: _input_to_dict(value) for name, value in inputs},
            }


def evidence_from_dict(data: dict[str, Any]) -> Evidence:
    """The inverse of `evidence_to_dict`. Raises ValueError on an unknown type."""
    match data:
        case {"type": "fact", "fact_id": fact_id}:
            return FactRef(fact_id)
        case {"type": "record", "source": source, "row": row}:
            return RecordRef(source, row)
        case {"type": "query", "expression": expression, "snapshot": snapshot, "rows": rows}:
            return QueryRef(expression, snapshot, rows)
        case {"type": "assumption", "file": file, "line": line}:
            return AssumptionRef(file, line)
        case {"type": "derived", "formula": formula, "inputs": inputs}:
            return DerivedRef(
                formula, tuple((name, _input_from_dict(value)) for name, value in inputs.items())
            )
    raise ValueError(f"not an evidence: {data!r}")


def _input_to_dict(value: Figure | Evidence) -> dict[str, Any]:
    from liandong.figures.figure import Figure  # a figure holds evidence and evidence may hold figures

    return value.to_dict() if isinstance(value, Figure) else evidence_to_dict(value)


def _input_from_dict(data: dict[str, Any]) -> Figure | Evidence:
    from liandong.figures.figure import Figure

    return evidence_from_dict(data) if "type" in data else Figure.from_dict(data)
