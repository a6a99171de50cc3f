"""A project's page: how far it is, what blocks its next stage, timeline, amounts, tasks; and moving it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from liandong.errors import InputError, Text
from liandong.office.projects import shared, views, words
from liandong.office.shell import given
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import language
from liandong.projects import MEASURES, STAGE_NAMES, STANDINGS, STATUS_NAMES
from liandong.reference import find_division
from liandong.workspace import amounts, dues, policies, projects, timeline
from liandong.workspace.changes import EditConflictError
from liandong.workspace.models import Account, Task

ENTRIES = 30


@page("projects.view")
def project(request: Request, pk: int) -> HttpResponse:
    """One project."""
    record = shared.of(request, pk)
    following = projects.following(record)
    lacks = projects.lacking(record)
    entries = list(record.activities.all()[: ENTRIES + 1])
    tasks = list(record.tasks.select_related("owner"))
    today = timezone.localdate()
    context: dict[str, Any] = {
        **shared.head(request, record, "project"),
        "next_stage": following,
        "next_name": words.stage(following.value) if following else "",
        "stage_options": [(each, name) for each, name in words.options(STAGE_NAMES) if each != record.stage],
        "lacks": [each.text(language()) for each in lacks],
        "may_waive": policies.may(request.user, "projects.waive"),
        "may_instruct": policies.may(request.user, "projects.instruct"),
        "statuses": words.options(STATUS_NAMES),
        "origin": words.place(record.origin),
        "region": words.place(record.region),
        "amounts": [
            {"record": each, "figure": amounts.figure(each), "period": words.period(amounts.figure(each))}
            for each in amounts.of(record)
        ],
        "measures": MEASURES,
        "standings": {each.value: name for each, name in STANDINGS.items()},
        "units": list(amounts.UNITS),
        "periods": words.options(amounts.PERIODS),
        "tasks": [
            {
                "task": each,
                "kind": words.TASKS[each.kind](language()),
                "late": each.due and not each.done and each.due < today,
            }
            for each in tasks
        ],
        "notes": words.options(timeline.NOTES),
        "timeline": words.timeline(entries[:ENTRIES]),
        "more": len(entries) > ENTRIES,
        "officers": views.officers(),
        "documents": list(record.documents.all()),
    }
    return render(request, "office/projects/project.html", context)


@page("projects.change", methods=("GET", "POST"))
def edit(request: Request, pk: int) -> HttpResponse:
    """What is known of it."""
    record = shared.of(request, pk)
    problem = ""
    if request.method == "POST":
        try:
            projects.edit(record, given.number(request, "version"), **_columns(request))
        except EditConflictError:
            raise
        except InputError as error:
            problem = error.text(language())
        else:
            return given.tried(request, shared.address(pk), lambda: None)
    context = {
        **shared.head(request, record, "project"),
        "officers": views.officers(),
        "problem": problem,
        "given": request.POST if problem else None,
        "industries": ", ".join(record.industries),
        "products": ", ".join(record.products),
        "origin": words.place(record.origin),
        "region": words.place(record.region),
        "chains": [name for name, _ in views.chains()],
    }
    return render(request, "office/projects/edit.html", context, status=400 if problem else 200)


@page("projects.change", methods=("POST",))
def stage(request: Request, pk: int) -> HttpResponse:
    """Move it to a stage, through the gates."""
    record = shared.of(request, pk)

    def move() -> None:
        projects.advance(
            request.user,
            record,
            given.number(request, "version"),
            given.text(request, "stage"),
            waive=bool(request.POST.get("waive")),
            reason=given.text(request, "reason"),
        )

    back = request.POST.get("back") == "board"
    address = reverse("projects:board") if back else shared.address(pk)
    return given.tried(request, address, move)


@page("projects.change", methods=("POST",))
def status(request: Request, pk: int) -> HttpResponse:
    """Active, stalled or withdrawn."""
    record = shared.of(request, pk)
    version, chosen = given.number(request, "version"), given.text(request, "status")
    reason = given.text(request, "reason")
    return given.tried(
        request, shared.address(pk), lambda: projects.set_status(record, version, chosen, reason)
    )


@page("projects.change", methods=("POST",))
def milestone(request: Request, pk: int) -> HttpResponse:
    """When a step is due, was done, and what shows it."""
    record = shared.of(request, pk)

    def keep() -> None:
        projects.set_milestone(
            record,
            given.number(request, "version"),
            given.text(request, "step"),
            due=given.day(request, "due"),
            done=given.day(request, "done"),
            voucher=given.text(request, "voucher", 500),
        )

    return given.tried(request, shared.address(pk) + "#milestones", keep)


@page("projects.change", methods=("POST",))
def amount(request: Request, pk: int) -> HttpResponse:
    """Another amount."""
    record = shared.of(request, pk)
    names = ("measure", "standing", "value", "unit", "period", "when", "source", "voucher")
    texts: Any = {name: given.text(request, name, 500) for name in names}
    entry = amounts.Entry(**texts)
    return given.tried(request, shared.address(pk) + "#amounts", lambda: amounts.add(record, entry))


@page("projects.note", methods=("POST",))
def note(request: Request, pk: int) -> HttpResponse:
    """A quick note: what happened."""
    record = shared.of(request, pk)

    def keep() -> None:
        timeline.note(
            given.text(request, "kind"),
            given.text(request, "text"),
            project=record,
            on=given.day(request, "on"),
        )

    return given.tried(request, shared.address(pk) + "#timeline", keep)


@page("projects.note", methods=("POST",))
def task(request: Request, pk: int) -> HttpResponse:
    """A task, a problem, or a leader's instruction."""
    record, kind = shared.of(request, pk), given.text(request, "kind")
    if kind == Task.Kind.INSTRUCTION and not policies.may(request.user, "projects.instruct"):
        return given.tried(request, shared.address(pk), _may_not_instruct)

    def keep() -> None:
        chosen = given.text(request, "owner", 12)
        owner = Account.objects.filter(pk=chosen, archived=None).first() if chosen.isdecimal() else None
        timeline.task(
            record,
            kind,
            given.text(request, "text"),
            owner=owner,
            office=given.text(request, "office", 80),
            due=given.day(request, "due"),
        )
        dues.refresh(record)

    return given.tried(request, shared.address(pk) + "#tasks", keep)


@page("projects.note", methods=("POST",))
def answer(request: Request, pk: int) -> HttpResponse:
    """What was done about it."""
    found = get_object_or_404(Task.objects.select_related("project"), pk=pk)
    record = shared.of(request, found.project_id)

    def keep() -> None:
        timeline.answer(found, given.number(request, "version"), given.text(request, "answer"))
        dues.refresh(record)

    return given.tried(request, shared.address(record.pk) + "#tasks", keep)


def _may_not_instruct() -> None:
    raise InputError(Text("批示由领导作出。", "Instructions are given by leaders."), field="kind")


def _columns(request: Request) -> dict[str, Any]:
    chosen = given.text(request, "officer", 12)
    officer = Account.objects.filter(pk=chosen, archived=None).first() if chosen.isdecimal() else None
    return {
        "name": given.text(request, "name", 200),
        "chain": given.text(request, "chain", 80),
        "node": given.text(request, "node", 80),
        "industries": given.words(request, "industries"),
        "products": given.words(request, "products"),
        "origin": _code(given.text(request, "origin", 80), "origin"),
        "region": _code(given.text(request, "region", 80), "region"),
        "park": given.text(request, "park", 200),
        "event": given.text(request, "event", 200),
        "group": given.text(request, "group", 120),
        "officer": officer,
    }


def _code(text: str, name: str) -> str:
    """The code of a place by name; "" for nothing. Raises InputError for a place that nobody knows."""
    if not text or text == "—":
        return ""
    found = find_division(text)
    if found is None:
        raise InputError(Text(f"不认识“{text}”。", f'"{text}" is no known place.'), field=name)
    return found.code
