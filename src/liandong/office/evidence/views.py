"""The evidence drawer: the sentence in its page, or the query with the records that it counted."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from liandong.briefs.vocabulary import coverage_words
from liandong.errors import InputError
from liandong.figures import AssumptionRef, DerivedRef, Evidence, FactRef, Figure, QueryRef, RecordRef
from liandong.figures import render as render_figure
from liandong.office.shell import figures, problems
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import language
from liandong.workspace import evidence

ROWS = 20
AROUND = 120
DIGITS = 4
"""Decimals of what was computed; what a source says is shown as it says it."""


@page("city.view")
def fact(request: Request, fact: str) -> HttpResponse:
    """One fact: its fields, the quote in its page, what was said of it, where else it was seen."""
    shown = evidence.fact(fact, around=AROUND)
    if shown is None:
        return problems.not_found(request)
    title = " · ".join(part for part in (shown.record.subject, shown.record.indicator) if part)
    return _drawer(request, title, {"facts": [shown]})


@page("city.view")
def figure(request: Request) -> HttpResponse:
    """A figure that the office has signed into the address, with all that it stands on."""
    found = figures.figure_of(request.GET.get("f", ""))
    if found is None:
        return problems.not_found(request)
    context = {"figure": _figure(found), "depth": 0}
    return _drawer(request, figures.measure_name(found.measure), context)


def _drawer(request: Request, title: str, context: dict[str, Any]) -> HttpResponse:
    template = "office/evidence/drawer.html" if request.htmx else "office/evidence/page.html"
    return render(request, template, {"title": title, **context})


def _figure(found: Figure, depth: int = 0) -> dict[str, Any]:
    tongue = language()
    computed = any(isinstance(each, DerivedRef) for each in found.evidence)
    return {
        "name": figures.measure_name(found.measure),
        "text": render_figure(found, tongue, digits=DIGITS if computed else None),
        "interval": _interval(found),
        "basis": found.basis.as_of or found.basis.in_year or found.basis.cumulative,
        "coverage": coverage_words(found.coverage, tongue) if found.coverage else "",
        "evidence": [_evidence(each, depth) for each in found.evidence],
    }


def _interval(found: Figure) -> str:
    if found.low is None and found.high is None:
        return ""
    low, high = (("—" if bound is None else f"{bound:.3g}") for bound in (found.low, found.high))
    return f"{low} – {high}"


def _evidence(ref: Evidence, depth: int) -> dict[str, Any]:
    match ref:
        case FactRef(fact_id):
            return {"kind": "fact", "fact": evidence.fact(fact_id, around=AROUND), "id": fact_id}
        case RecordRef(source, row):
            return {"kind": "record", "source": source, "row": row}
        case QueryRef():
            return _query(ref)
        case AssumptionRef(file, line):
            return {"kind": "assumption", "file": file, "line": line}
        case DerivedRef(formula, inputs):
            return {
                "kind": "derived",
                "formula": formula,
                "inputs": [
                    {"symbol": name, "name": figures.measure_name(name), **_input(value, depth + 1)}
                    for name, value in inputs
                ],
            }


def _input(value: Figure | Evidence, depth: int) -> dict[str, Any]:
    if isinstance(value, Figure):
        return {"figure": _figure(value, depth)}
    return {"evidence": _evidence(value, depth)}


def _query(ref: QueryRef) -> dict[str, Any]:
    """The query as evidence; its records are read again from the snapshot that it names."""
    shown: dict[str, Any] = {
        "kind": "query",
        "sql": ref.expression,
        "snapshot": ref.snapshot,
        "rows": ref.rows,
    }
    try:
        shown["records"] = evidence.records(ref, ROWS)
    except InputError as error:
        shown["problem"] = error.text(language())
    return shown
