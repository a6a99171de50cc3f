"""Due diligence of a project: the checklist before talks, and again before signing."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from liandong.office.projects import shared, words
from liandong.office.shell import given
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import say
from liandong.projects import ITEMS, PHASE_NAMES, RESULT_NAMES, Phase
from liandong.workspace import diligence, policies
from liandong.workspace.models import DiligenceItem


@page("projects.view")
def checklist(request: Request, pk: int) -> HttpResponse:
    """Both phases, what was found with its evidence."""
    record = shared.of(request, pk)
    context = {
        **shared.head(request, record, "diligence"),
        "phases": [
            {
                "code": phase.value,
                "name": say(PHASE_NAMES[phase]),
                "passed": diligence.passed(record, phase),
                "lines": [
                    {
                        "line": line,
                        "name": say(ITEMS[line.item]),
                        "result": say(RESULT_NAMES[line.result]),
                    }
                    for line in diligence.checklist(record, phase)
                ],
            }
            for phase in Phase
        ],
        "results": words.options({key: text for key, text in RESULT_NAMES.items() if key}),
        "may_decide": policies.may(request.user, "projects.waive"),
    }
    return render(request, "office/projects/diligence.html", context)


@page("projects.change", methods=("POST",))
def check(request: Request, pk: int) -> HttpResponse:
    """What was found of an item."""
    record = shared.of(request, pk)

    def keep() -> None:
        diligence.check(
            record,
            given.text(request, "phase"),
            given.text(request, "item"),
            given.number(request, "version"),
            result=given.text(request, "result"),
            evidence=given.text(request, "evidence"),
            checked=given.day(request, "checked"),
        )

    anchor = f"#{given.text(request, 'phase', 12)}-{given.text(request, 'item', 24)}"
    return given.tried(request, shared.address(pk, "diligence") + anchor, keep)


@page("projects.waive", methods=("POST",))
def decide(request: Request, pk: int) -> HttpResponse:
    """The written decision on a red flag."""
    found = get_object_or_404(DiligenceItem, pk=pk)
    record = shared.of(request, found.project_id)
    version, decision = given.number(request, "version"), given.text(request, "decision")
    return given.tried(
        request,
        shared.address(record.pk, "diligence"),
        lambda: diligence.decide(found, version, decision),
    )
