"""Schedules: searched for in the background, looked at, compared with what people were told, published."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from liandong.briefs import Handbook, event_handbook
from liandong.errors import InputError, Text
from liandong.meetings import Schedule, timetable
from liandong.office.events.planning import number
from liandong.office.events.views import event_or_404, source, tabs
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import language, pick, say
from liandong.workspace import audit, events_jobs, events_kept
from liandong.workspace.models import Job, ScheduleRun, ScheduleVersion

STATUS = {
    "optimal": Text("已证明最优", "proven optimal"),
    "feasible": Text("可行,未证明最优", "feasible, not proven optimal"),
    "infeasible": Text("已证明无法安排", "proven impossible"),
    "unknown": Text("未找到", "nothing found"),
}


@page("events.view")
def schedule(request: Request, pk: int) -> HttpResponse:
    """Proposals and versions; a search may be started and stopped."""
    found = event_or_404(pk)
    kinds = ("events.schedule", "events.replan")
    running = Job.objects.filter(
        kind__in=kinds, params__event=found.pk, status__in=(Job.Status.QUEUED, Job.Status.RUNNING)
    )
    context = {
        "title": found.name,
        "runs": [
            (each, say(STATUS[each.told["status"]]), len(each.placements)) for each in found.runs.all()[:20]
        ],
        "versions": [(each, len(each.placements)) for each in found.versions.all()],
        "running": running,
        **tabs(request, found, "schedule"),
    }
    return render(request, "office/events/schedule.html", context)


@page("events.change", methods=("POST",))
def search(request: Request, pk: int) -> HttpResponse:
    """Search for a schedule, or re-plan from a slot on."""
    found = event_or_404(pk)
    if request.POST.get("now"):
        now = number(request.POST["now"])
        if not 1 <= now <= len(found.slots):
            raise InputError(Text("没有这个时段。", "There is no such slot."), field="now")
        if not found.versions.exists():
            raise InputError(Text("还没有发布过排期。", "Nothing was published yet."), field="now")
        job = events_jobs.start("events.replan", found, now=now)
    else:
        job = events_jobs.start("events.schedule", found, seconds=number(request.POST.get("seconds", "60")))
    return redirect("jobs:job", job.pk)


@page("events.view")
def run(request: Request, pk: int, run: int) -> HttpResponse:
    """A proposal: the hall, what it changes of what people were told, what found no place and why."""
    found = event_or_404(pk)
    made = get_object_or_404(ScheduleRun, pk=run, event=found)
    event = events_kept.event_of(found)
    last = ScheduleVersion.objects.filter(event=found).first()
    shown = events_kept.schedule_of(event, made.placements, made.told)
    changed = events_kept.changes_since(event, last, made.placements) if last else ()
    context = {
        "title": pick("排期方案", "Proposal"),
        "run": made,
        "status": say(STATUS[made.told["status"]]),
        "changes": [source(each.text(language())) for each in changed],
        "last": last,
        "stale": last is not None and last.at > made.at,
        "reasons": [source(each[language()]) for each in made.told.get("reasons", [])],
        **_hall(shown),
        **tabs(request, found, "schedule"),
    }
    return render(request, "office/events/run.html", context)


@page("events.change", methods=("POST",))
def publish(request: Request, pk: int, run: int) -> HttpResponse:
    """Tell people a proposal."""
    found = event_or_404(pk)
    made = get_object_or_404(ScheduleRun.objects.select_related("event"), pk=run, event=found)
    version = events_kept.publish(made, request.POST.get("note", ""))
    messages.success(
        request, pick(f"已发布第 {version.number} 版。", f"Version {version.number} is published.")
    )
    return redirect("events:version", found.pk, version.number)


@page("events.view")
def version(request: Request, pk: int, number: int) -> HttpResponse:
    """What people were told: the hall, and what changed since the version before."""
    found = event_or_404(pk)
    made = get_object_or_404(ScheduleVersion, event=found, number=number)
    before = ScheduleVersion.objects.filter(event=found, number=number - 1).first()
    event = events_kept.event_of(found, everybody=True)
    changed = events_kept.changes_since(event, before, made.placements) if before else ()
    context = {
        "title": pick(f"排期第 {number} 版", f"Schedule, version {number}"),
        "version": made,
        "before": before,
        "changes": [source(each.text(language())) for each in changed],
        **_hall(events_kept.schedule_of(event, made.placements, made.told)),
        **tabs(request, found, "schedule"),
    }
    return render(request, "office/events/version.html", context)


@page("events.export")
def handbook(request: Request, pk: int) -> HttpResponse:
    """The handbook of the last version: the hall, every agenda, signs for the tables; as a Word document."""
    found = event_or_404(pk)
    last = ScheduleVersion.objects.filter(event=found).first()
    if last is None:
        raise InputError(Text("还没有发布过排期。", "Nothing was published yet."), field=found.name)
    shown = events_kept.schedule_of(events_kept.event_of(found), last.placements, last.told)
    day = found.begins.isoformat() if found.begins else last.at.date().isoformat()
    with tempfile.TemporaryDirectory() as folder:
        (path,) = event_handbook(
            Handbook(shown, day, last.number), language=language(), formats=("docx",), directory=Path(folder)
        )
        body = path.read_bytes()
    audit.record("events.export", found.pk, version=last.number)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="handbook-{found.pk}-v{last.number}.docx"'
    return response


def _hall(shown: Schedule) -> dict[str, Any]:
    """Slots × tables, and the wishes without a place."""
    event = shown.event
    rows = timetable(shown)
    return {
        "tables": [table.name for table in event.tables],
        "hall": [
            {
                "slot": row["slot"],
                "start": f"{row['start']:%m-%d %H:%M}" if row["start"] else "",
                "cells": [row[table.name] for table in event.tables],
            }
            for row in rows
        ],
        "unheld": [event.pair(event.meetings[event.position[name]]) for name in shown.unheld],
        "held": len(shown.placements),
    }
