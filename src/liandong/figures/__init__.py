"""Figures: the one way a number travels.

A Figure is a value with what makes it usable: unit, measure, standing (how firm), basis (when), currency,
coverage (what it stands on) and evidence (where it can be opened).

    sentence ── FactRef ──┐
    row ─────── RecordRef ┤
    query ───── QueryRef  ├──▶ Figure ──▶ sum, difference, ratio ──▶ Figure (DerivedRef keeps the inputs)
    planner ─── AssumptionRef

None is unknown and stays unknown; figures that differ in measure, standing, basis, unit or currency are never
added. `render` writes them as people do (亿, 万); `to_dict` / `from_dict` are the JSON of every contract.
"""

from liandong.figures.arithmetic import add, difference, ratio, total
from liandong.figures.evidence import (
    AssumptionRef,
    DerivedRef,
    Evidence,
    FactRef,
    QueryRef,
    RecordRef,
    evidence_from_dict,
    evidence_to_dict,
)
from liandong.figures.figure import Basis, Coverage, Figure, IncompatibleFiguresError, Standing, count
from liandong.figures.rendering import render, render_number

__all__ = [
    "AssumptionRef",
    "Basis",
    "Coverage",
    "DerivedRef",
    "Evidence",
    "FactRef",
    "Figure",
    "IncompatibleFiguresError",
    "QueryRef",
    "RecordRef",
    "Standing",
    "add",
    "count",
    "difference",
    "evidence_from_dict",
    "evidence_to_dict",
    "ratio",
    "render",
    "render_number",
    "total",
]
