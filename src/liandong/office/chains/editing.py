"""Editing the plan: its whole text, checked before it is kept; nothing is lost when two people edit."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from liandong.errors import InputError, InputErrors
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import language, pick
from liandong.plan import Weight
from liandong.workspace import audit, chains, current
from liandong.workspace.changes import EditConflictError


@page("chains.change", methods=("GET", "POST"))
def edit(request: Request) -> HttpResponse:
    """The plan as TOML. “check” only says what is wrong; “save” keeps it."""
    text, version = chains.text(), current.plan_version() or 0
    faults: list[str] = []
    remarks: list[str] = []
    theirs = ""
    if request.method == "POST":
        text = request.POST.get("text", "").replace("\r\n", "\n")
        version = int(request.POST.get("version") or 0)
        try:
            plan = chains.read(text)
            remarks = [each.text(language()) for each in chains.remarks(plan) if each.weight is Weight.REMARK]
            if request.POST.get("do") == "save":
                chains.keep(plan, version)
                messages.success(request, pick("规划已保存。", "The plan was saved."))
                return redirect("chains:index")
        except EditConflictError as error:
            faults, theirs = [error.text(language())], chains.text()
            version = current.plan_version() or 0
        except InputError as error:
            found = error.faults if isinstance(error, InputErrors) else (error,)
            faults = [each.text(language()) for each in found]
    context = {
        "title": pick("编辑规划", "Edit the plan"),
        "text": text,
        "version": version,
        "faults": faults,
        "remarks": remarks,
        "theirs": theirs,
        "checked": request.method == "POST" and not faults,
    }
    status = 409 if theirs else 400 if faults else 200
    return render(request, "office/chains/edit.html", context, status=status)


@page("chains.export")
def export(request: Request) -> HttpResponse:
    """The plan as a TOML file."""
    audit.record("chains.export", "plan.toml", version=current.plan_version())
    response = HttpResponse(chains.text(), content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="plan.toml"'
    return response
