"""Promises of both sides: written, judged, reviewed, mended, kept, beside their outcome."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from liandong.errors import InputError
from liandong.office.projects import shared, words
from liandong.office.shell import given
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import language, say
from liandong.projects import MEASURES, STATE_NAMES, Side, Step
from liandong.workspace import agreements, amounts, policies, projects
from liandong.workspace.changes import EditConflictError
from liandong.workspace.models import ProjectRecord, PromiseRecord


@page("projects.view")
def promises(request: Request, pk: int) -> HttpResponse:
    """One ledger: what each side owes, how it stands, what came of it."""
    record = shared.of(request, pk)
    standing = projects.promises_of(record)
    context = {
        **shared.head(request, record, "promises"),
        "sides": [
            {
                "name": say(words.SIDES[side.value]),
                "promises": [_shown(each) for each in standing if each.side == side],
            }
            for side in (Side.GOVERNMENT, Side.FIRM)
        ],
        "passed": agreements.fair_competition(standing),
        "contract": next(
            (each for each in record.milestones.all() if each.step == Step.CONTRACT.value), None
        ),
        "may_review": policies.may(request.user, "projects.review"),
        "taken_out": [each for each in record.promises.all() if each.archived is not None],
    }
    return render(request, "office/projects/promises.html", context)


@page("projects.change", methods=("GET", "POST"))
def add(request: Request, pk: int) -> HttpResponse:
    """Another promise of the draft agreement."""
    record = shared.of(request, pk)
    return _form(request, record, None)


@page("projects.change", methods=("GET", "POST"))
def mend(request: Request, pk: int) -> HttpResponse:
    """Other words for a promise; its review begins anew."""
    found = get_object_or_404(PromiseRecord, pk=pk, archived=None)
    return _form(request, shared.of(request, found.project_id), found)


@page("projects.review", methods=("POST",))
def review(request: Request, pk: int) -> HttpResponse:
    """The fair-competition review of one promise."""
    found = _found(request, pk)

    def keep() -> None:
        agreements.review(
            found,
            given.number(request, "version"),
            given.text(request, "verdict"),
            given.text(request, "note"),
            given.text(request, "legal_basis"),
        )

    return given.tried(request, _ledger(found), keep)


@page("projects.change", methods=("POST",))
def keep(request: Request, pk: int) -> HttpResponse:
    """What came of a promise."""
    found = _found(request, pk)

    def told() -> None:
        agreements.keep(
            found,
            given.number(request, "version"),
            done=given.day(request, "done"),
            evidence=given.text(request, "evidence"),
            condition_met=given.day(request, "condition_met"),
            outcome=given.text(request, "outcome", 40),
            standing=given.text(request, "standing", 12),
            source=given.text(request, "source", 500),
        )

    return given.tried(request, _ledger(found), told)


@page("projects.change", methods=("POST",))
def suspend(request: Request, pk: int) -> HttpResponse:
    """Suspended, with a reason."""
    found, version = _found(request, pk), given.number(request, "version")
    reason = given.text(request, "reason")
    return given.tried(request, _ledger(found), lambda: agreements.suspend(found, version, reason))


@page("projects.change", methods=("POST",))
def take_out(request: Request, pk: int) -> HttpResponse:
    """Not promised after all."""
    found, version = _found(request, pk), given.number(request, "version")
    reason = given.text(request, "reason")
    return given.tried(request, _ledger(found), lambda: agreements.take_out(found, version, reason))


def draft_of(values: Any, due: Any) -> agreements.Draft:
    """A promise as a form has sent it."""
    names = (
        "side", "kind", "what", "document", "office", "condition", "legal_basis", "measure", "value", "unit",
        "in_year",
    )  # fmt: skip
    texts: Any = {name: values.get(name, "").strip()[: given.LONGEST] for name in names}
    return agreements.Draft(due=due, **texts)


def _form(request: Request, record: ProjectRecord, found: PromiseRecord | None) -> HttpResponse:
    problem, shown = "", _values(found)
    if request.method == "POST":
        shown = request.POST
        try:
            draft = draft_of(request.POST, given.day(request, "due"))
            if found is None:
                agreements.add(record, draft)
            else:
                agreements.mend(found, given.number(request, "version"), draft)
            return redirect(shared.address(record.pk, "promises"))
        except EditConflictError:
            raise
        except InputError as error:
            problem = error.problem(language())
    context = {
        **shared.head(request, record, "promises"),
        "promise": found,
        "values": shown,
        "problem": problem,
        "verdicts": _verdicts(found) if found else [],
        "side_choices": words.options(words.SIDES),
        "kinds": words.options(agreements.KINDS),
        "measures": words.options(MEASURES),
        "units": list(amounts.UNITS),
    }
    return render(request, "office/projects/promise.html", context, status=400 if problem else 200)


def _values(found: PromiseRecord | None) -> Any:
    if found is None:
        return {}
    names = ("side", "kind", "what", "document", "office", "condition", "legal_basis", "measure", "in_year")
    values = {name: getattr(found, name) for name in names}
    value = amounts.plain(found.value)
    return values | {
        "due": found.due.isoformat() if found.due else "",
        "value": "" if value is None else f"{value:f}",
        "unit": found.unit,
    }


def _shown(record: PromiseRecord) -> dict[str, Any]:
    rule = agreements.rule_of(record)
    state = rule.state(timezone.localdate())
    return {
        "promise": record,
        "kind": say(agreements.KINDS[record.kind]) if record.kind in agreements.KINDS else record.kind,
        "state": state.value,
        "state_name": say(STATE_NAMES[state]),
        "review": say(words.REVIEWS[record.review]),
        "verdicts": _verdicts(record),
        "reviewed": record.side == Side.GOVERNMENT or bool(agreements.verdicts(record)),
        "promised": rule.amount,
        "outcome": rule.outcome,
        "measure": words.measure(record.measure),
        "period": words.period(rule.amount) if rule.amount else "",
        "unit": "万元" if record.currency == "CNY" else record.unit,
    }


def _verdicts(record: PromiseRecord) -> list[dict[str, Any]]:
    return [
        {"refused": each.refused, "text": each.text(language()), "basis": each.basis}
        for each in agreements.verdicts(record)
    ]


def _found(request: Request, pk: int) -> PromiseRecord:
    found = get_object_or_404(PromiseRecord.objects.select_related("project"), pk=pk, archived=None)
    shared.of(request, found.project_id)
    return found


def _ledger(found: PromiseRecord) -> str:
    return f"{shared.address(found.project_id, 'promises')}#p{found.pk}"
