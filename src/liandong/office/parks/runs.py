"""Rounds of siting: chosen projects on chosen parks, what is proven of the plan, and what conflicts."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from liandong.office.parks import words
from liandong.office.parks.views import tabs
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import language, pick
from liandong.workspace import placing, siting_runs
from liandong.workspace.models import ParkRecord, ProjectRecord, SitingRun

CHOICE = 300
"""Projects that are offered for a round."""


@page("parks.site", methods=("GET", "POST"))
def runs(request: Request) -> HttpResponse:
    """Choose projects and parks; rounds so far."""
    if request.method == "POST":
        chosen = [_number(each) for each in request.POST.getlist("projects")]
        hosts = [_number(each) for each in request.POST.getlist("parks")]
        return redirect("jobs:job", siting_runs.start(request.user, chosen, hosts).pk)
    context = {
        "title": pick("选址测算", "Rounds of siting"),
        "projects": placing.projects(request.user).exclude(siting_needs=None)[:CHOICE],
        "hosts": ParkRecord.objects.filter(archived=None),
        "runs": SitingRun.objects.all()[:20],
        **tabs(request, "runs"),
    }
    return render(request, "office/parks/runs.html", context)


@page("parks.site")
def run(request: Request, pk: int) -> HttpResponse:
    """What a round found. Projects of other units are counted, not named."""
    found = get_object_or_404(SitingRun, pk=pk)
    result: dict[str, Any] = found.result
    ids = [each["project"] for each in (*result["placements"], *result["stuck"])]
    open_ = dict(placing.projects(request.user).filter(pk__in=ids).values_list("pk", "version"))
    placements = [
        each | {"version": open_[each["project"]]}
        for each in result["placements"]
        if each["project"] in open_
    ]
    stuck = [_stuck(each) for each in result["stuck"] if each["project"] in open_]
    context = {
        "title": pick("选址测算结果", "Result of a round"),
        "run": found,
        "result": result,
        "placements": placements,
        "stuck": stuck,
        "hidden": len(ids) - len(placements) - len(stuck),
        "conflict": [words.source(each[language()]) for each in result["conflict"]],
        "exists": ProjectRecord.objects.filter(pk__in=ids).count(),
        **tabs(request, "runs"),
    }
    return render(request, "office/parks/run.html", context)


def _stuck(each: dict[str, Any]) -> dict[str, Any]:
    reasons = [
        {**reason, "words": words.source(reason[language()]), "sign": words.verdict(reason["verdict"])}
        for reason in each["reasons"]
    ]
    return {**each, "reasons": reasons}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0
