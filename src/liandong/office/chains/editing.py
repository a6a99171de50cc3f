"""Editing the plan: a chain by form, or the whole text; checked before it is kept, nothing is lost when two
people edit."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from liandong.errors import InputError, InputErrors
from liandong.office.chains.forms import ChainForm, Nodes, initial
from liandong.office.shell import problems
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import language, pick
from liandong.plan import Chain, Plan, Weight
from liandong.workspace import audit, chain_edits, chains, current
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


@page("chains.change", methods=("GET", "POST"))
def edit_chain(request: Request, chain: str) -> HttpResponse:
    """A chain by form: its head, its nodes in rows."""
    plan = current.plan()
    if plan is None or chain not in [each.name for each in plan.chains]:
        return problems.not_found(request)
    return _by_form(request, plan, plan.chain(chain))


@page("chains.change", methods=("GET", "POST"))
def new_chain(request: Request) -> HttpResponse:
    """One more chain; the plan itself is begun as text."""
    plan = current.plan()
    return redirect("chains:edit") if plan is None else _by_form(request, plan, None)


def _by_form(request: Request, plan: Plan, chain: Chain | None) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    version = current.plan_version() or 0
    rows = chain_edits.rows_of(chain) if chain else []
    form = ChainForm(sent, head=chain_edits.head_of(chain) if chain else None, initial={"version": version})
    nodes = Nodes(sent, prefix="node", initial=initial(rows))
    status, theirs = 200, False
    if sent is not None:
        status = 400
        if form.is_valid() and nodes.is_valid():
            kept = [each for each in nodes if each not in nodes.deleted_forms]
            found = [each.row() for each in kept if each.initial or each.has_changed()]
            try:
                made = chain_edits.edited(plan, chain, form.head(), found, form.cleaned_data["why"])
                chains.keep(chains.read(chains.written(made)), form.cleaned_data["version"])
            except EditConflictError as error:
                form.add_error(None, error.text(language()))
                form.data = {**sent.dict(), "version": version}
                status, theirs = 409, True
            except InputError as error:
                faults = error.faults if isinstance(error, InputErrors) else (error,)
                for each in faults:
                    form.add_error(None, f"{each.field or ''} {each.problem(language())}".strip())
            else:
                messages.success(request, pick("已保存。", "Saved."))
                return redirect("chains:chain", form.head().name)
    context = {
        "title": pick("新建产业链", "New chain") if chain is None else chain.name,
        "chain": chain,
        "form": form,
        "nodes": nodes,
        "theirs": theirs,
        "back": reverse("chains:chain", args=[chain.name]) if chain else reverse("chains:index"),
    }
    return render(request, "office/chains/form.html", context, status=status)


@page("chains.export")
def export(request: Request) -> HttpResponse:
    """The plan as a TOML file."""
    audit.record("chains.export", "plan.toml", version=current.plan_version())
    response = HttpResponse(chains.text(), content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="plan.toml"'
    return response
