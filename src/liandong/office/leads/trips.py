"""Going out to court (外出招商) and receiving (接待): planned, then told what came of it."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from liandong.errors import InputError, Text
from liandong.office.projects import words
from liandong.office.shell import given, problems
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import language, pick, say
from liandong.workspace import policies
from liandong.workspace import trips as kept

KINDS = {"outing": Text("外出招商", "outing"), "reception": Text("接待", "reception")}
PER_PAGE = 50


@page("leads.view", methods=("GET", "POST"))
def trips(request: Request) -> HttpResponse:
    """Plans of one's unit, and a new one."""
    problem = ""
    may_change = policies.may(request.user, "leads.change")
    if request.method == "POST":
        if not may_change:
            return problems.forbidden(request)
        try:
            names = ("kind", "title", "place", "people", "firms", "purpose")
            texts: Any = {name: given.text(request, name, 2000) for name in names}
            plan = kept.Plan(
                **texts,
                since=given.day(request, "since"),
                until=given.day(request, "until"),
            )
            kept.make(request.user, plan)
            return redirect("leads:trips")
        except InputError as error:
            problem = error.problem(language())
    shown = Paginator(kept.visible(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": pick("外出招商与接待", "Outings and receptions"),
        "tab": "trips",
        "page": shown,
        "trips": [{"trip": each, "kind": say(KINDS[each.kind])} for each in shown],
        "kinds": words.options(KINDS),
        "problem": problem,
        "given": request.POST,
        "may_change": may_change,
    }
    return render(request, "office/leads/trips.html", context, status=400 if problem else 200)


@page("leads.change", methods=("POST",))
def outcome(request: Request, pk: int) -> HttpResponse:
    """What came of it."""
    found = get_object_or_404(kept.visible(request.user), pk=pk)
    version, text = given.number(request, "version"), given.text(request, "outcome")
    return given.tried(request, reverse("leads:trips"), lambda: kept.tell(found, version, text))
