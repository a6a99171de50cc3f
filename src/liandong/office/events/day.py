"""The day, at the width of a phone: agendas, who is here, who stands in; the ceremony; what follows."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from liandong.errors import InputError, Text
from liandong.meetings import agenda as agenda_of
from liandong.office.events.planning import ANSWERS, number
from liandong.office.events.views import event_or_404, source, tabs
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import language, pick, say
from liandong.workspace import events_day, events_kept, projects, targets
from liandong.workspace.models import Account, FollowUp, Invitee, ScheduleVersion, SigningRecord

CHOICE = 200
"""Projects that are offered for the ceremony."""


@page("events.view")
def agenda(request: Request, pk: int) -> HttpResponse:
    """One participant's meetings, as they were told last."""
    person = get_object_or_404(Invitee.objects.select_related("event"), pk=pk, event__archived=None)
    found = person.event
    last = ScheduleVersion.objects.filter(event=found).first()
    event = events_kept.event_of(found)
    rows = []
    if last is not None and person.code in event.by_id:
        rows = agenda_of(events_kept.schedule_of(event, last.placements, last.told), person.code)
    context = {
        "title": person.name,
        "person": person,
        "meetings": [
            (
                f"{each['start']:%m-%d %H:%M}" if each["start"] else str(each["slot"]),
                each["table"],
                each["partner"],
            )
            for each in rows
        ],
        "version": last,
        "answer": say(ANSWERS[person.answer]),
        "answers": [(key, say(text)) for key, text in ANSWERS.items()],
        **tabs(request, found, "invitees"),
    }
    return render(request, "office/events/agenda.html", context)


@page("events.view")
def check_in(request: Request, pk: int) -> HttpResponse:
    """Who is here, by delegation."""
    found = event_or_404(pk)
    people = found.invitees.filter(answer="accepted").order_by("delegation", "name", "pk")
    wanted = request.GET.get("q", "").strip()
    if wanted:
        people = people.filter(name__icontains=wanted)
    rows = list(people)
    context = {
        "title": found.name,
        "delegations": [(name, list(group)) for name, group in groupby(rows, lambda each: each.delegation)],
        "q": wanted,
        "slots": [
            (at, each["start"][11:16] if each["start"] else str(at)) for at, each in enumerate(found.slots, 1)
        ],
        "published": found.versions.exists(),
        **tabs(request, found, "check_in"),
    }
    return render(request, "office/events/check_in.html", context)


@page("events.day", methods=("POST",))
def presence(request: Request, pk: int) -> HttpResponse:
    """Here, late or absent."""
    person = get_object_or_404(Invitee.objects.select_related("event"), pk=pk)
    late = request.POST.get("late", "")
    events_day.check_in(
        person,
        request.POST.get("presence", ""),
        version=number(request.POST.get("version")),
        late=number(late) if late else None,
    )
    return redirect("events:check_in", person.event_id)


@page("events.day", methods=("POST",))
def stand_in(request: Request, pk: int) -> HttpResponse:
    """Who leads them instead."""
    person = get_object_or_404(Invitee.objects.select_related("event"), pk=pk)
    version = number(request.POST.get("version"))
    events_day.stand_in(person, request.POST.get("name", ""), version=version)
    messages.success(request, pick("已更换带队人。", "The stand-in is named."))
    return redirect("events:agenda", person.pk)


@page("events.view")
def signing(request: Request, pk: int) -> HttpResponse:
    """The order of the ceremony with the pre-checks; projects of other units show their unit alone."""
    found = event_or_404(pk)
    lines = list(found.signings.select_related("project"))
    said = events_day.checks(lines)
    open_ = set(
        projects.visible(request.user)
        .filter(pk__in=[x.project_id for x in lines])
        .values_list("pk", flat=True)
    )
    context = {
        "title": found.name,
        "lines": [
            {
                "line": each,
                "open": each.project_id in open_,
                "paper": say(events_day.PAPERS[each.paper]),
                "checks": [(say(c.name), c.passed, source(c.found(language()))) for c in said[each.pk]],
            }
            for each in lines
        ],
        "choice": projects.visible(request.user)
        .exclude(signings__event=found)
        .exclude(status="withdrawn")[:CHOICE],
        "papers": [(key, say(text)) for key, text in events_day.PAPERS.items()],
        **tabs(request, found, "signing"),
    }
    return render(request, "office/events/signing.html", context)


@page("events.sign", methods=("POST",))
def sign(request: Request, pk: int) -> HttpResponse:
    """One more line of the ceremony."""
    found = event_or_404(pk)
    project = get_object_or_404(projects.visible(request.user), pk=number(request.POST.get("project")))
    events_day.sign(found, project, request.POST.get("paper", ""), request.POST.get("signatory", ""))
    return redirect("events:signing", found.pk)


@page("events.sign", methods=("POST",))
def move(request: Request, pk: int) -> HttpResponse:
    """A line up, down, or off the list."""
    line = get_object_or_404(SigningRecord, pk=pk, project__in=projects.visible(request.user).values("pk"))
    where = request.POST.get("where")
    if where == "off":
        events_day.drop(line)
    else:
        events_day.move(line, up=where == "up")
    return redirect("events:signing", line.event_id)


@page("events.view")
def follow_up(request: Request, pk: int) -> HttpResponse:
    """What is to be done after the event, by when, by whom."""
    found = event_or_404(pk)
    today = timezone.localdate()
    tasks = found.follow_ups.select_related("owner", "wish__first", "wish__second")
    context = {
        "title": found.name,
        "tasks": [(each, each.done is None and each.due is not None and each.due < today) for each in tasks],
        "officers": targets.officers(),
        "wishes": found.wishes.filter(cancelled=False).select_related("first", "second")[:CHOICE],
        **tabs(request, found, "follow_up"),
    }
    return render(request, "office/events/follow_up.html", context)


@page("events.change", methods=("POST",))
def task(request: Request, pk: int) -> HttpResponse:
    """Set something to be done."""
    found, given = event_or_404(pk), request.POST
    wish = get_object_or_404(found.wishes, pk=number(given["wish"])) if given.get("wish") else None
    owner = (
        Account.objects.filter(pk=number(given["owner"]), archived=None).first()
        if given.get("owner")
        else None
    )
    events_day.follow_up(found, given.get("text", ""), wish=wish, owner=owner, due=_day(given.get("due", "")))
    return redirect("events:follow_up", found.pk)


@page("events.change", methods=("POST",))
def done(request: Request, pk: int) -> HttpResponse:
    """It is done, and this came of it."""
    found = get_object_or_404(FollowUp, pk=pk)
    version = number(request.POST.get("version"))
    events_day.finish(found, request.POST.get("answer", ""), timezone.localdate(), version=version)
    return redirect("events:follow_up", found.event_id)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InputError(
            Text("日期应写成 2026-03-01。", "Write the date as 2026-03-01."), field="due"
        ) from None
