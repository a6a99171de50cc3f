"""A firm's profile: registration, honours, what is near it, what people wrote."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from liandong.errors import InputError, Text
from liandong.office.firms.words import capital, industry
from liandong.office.shell import problems
from liandong.office.shell.access import Request, page
from liandong.workspace import firms, policies, targets


@page("firms.view")
def firm(request: Request, firm_id: str) -> HttpResponse:
    """All that is known of one firm."""
    found = firms.profile(firm_id)
    if found is None:
        return problems.not_found(request)
    row = found.row or {}
    context = {
        "title": found.name,
        "profile": found,
        "row": row,
        "industry": industry(row.get("industry")),
        "capital": capital(row.get("capital")),
        "courting": targets.courting(request.user, firm_id),
        "may_change": policies.may(request.user, "firms.change"),
    }
    return render(request, "office/firms/firm.html", context)


@page("firms.change", methods=("POST",))
def tag(request: Request, firm_id: str) -> HttpResponse:
    """Put a word to a firm."""
    firms.tag(firm_id, request.POST.get("tag", ""))
    return redirect("firms:firm", firm_id)


@page("firms.change", methods=("POST",))
def untag(request: Request, firm_id: str) -> HttpResponse:
    """Take a word off a firm."""
    firms.untag(firm_id, request.POST.get("tag", ""))
    return redirect("firms:firm", firm_id)


@page("firms.change", methods=("POST",))
def note(request: Request, firm_id: str) -> HttpResponse:
    """Write down a contact."""
    firms.note(firm_id, request.POST.get("text", "")[:5000], _day(request.POST.get("on", "")))
    target = request.POST.get("next", "")
    if target and url_has_allowed_host_and_scheme(target, {request.get_host()}):
        return redirect(target)
    return redirect("firms:firm", firm_id)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(
            Text("日期应写成 2026-03-01。", "Write the date as 2026-03-01."), field="on"
        ) from None
