"""The cockpit, the search over everything, the language switch."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from liandong.office.projects import watching
from liandong.office.shell.access import Request, page, public
from liandong.office.shell.language import COOKIE, pick
from liandong.workspace import cockpit

YEAR = 365 * 24 * 3600


@page("cockpit.view")
def index(request: Request) -> HttpResponse:
    """Chain health, freshness, my tasks, recent documents."""
    found = cockpit.overview(request.user)
    context = {"title": pick("驾驶舱", "Cockpit"), **found, **watching.shown(found)}
    return render(request, "office/cockpit/index.html", context)


@page("cockpit.view")
def search(request: Request) -> HttpResponse:
    """Firms, facts and pages with the words asked for."""
    text = request.GET.get("q", "").strip()
    context = {"title": pick("搜索", "Search"), "text": text, **cockpit.search(text)}
    return render(request, "office/cockpit/search.html", context)


@public
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language and stay on the page."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}):
        target = "/"
    response = redirect(target)
    if request.method != "POST":
        return response
    chosen = "en" if request.POST.get("language") == "en" else "zh"
    response.set_cookie(COOKIE, chosen, max_age=YEAR, samesite="Lax", httponly=True)
    return response
