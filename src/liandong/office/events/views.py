"""Pages of events: the list, a new one, one event and how far it is."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from liandong.errors import InputError, Text
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import day, language, pick
from liandong.office.shell.listing import Column, Filter, Listing
from liandong.workspace import events_kept, policies
from liandong.workspace.models import EventRecord


def source(text: object) -> SafeString:
    """Words that people wrote."""
    return format_html('<span lang="zh">{}</span>', text or "—")


EVENTS = Listing(
    "events.events",
    Text("活动", "Events"),
    columns=(
        Column(
            "name",
            Text("活动", "event"),
            lambda each: format_html(
                '<a href="{}" lang="zh">{}</a>', reverse("events:event", args=[each.pk]), each.name
            ),
            lambda each: each.name,
            sort="name",
        ),
        Column("begins", Text("日期", "date"), lambda each: day(each.begins) or "—", sort="begins"),
        Column("place", Text("地点", "place"), lambda each: source(each.place)),
        Column("asked", Text("邀请", "invited"), lambda each: str(each.asked), sort="asked", numeric=True),
        Column(
            "accepted",
            Text("确认", "accepted"),
            lambda each: str(each.accepted),
            sort="accepted",
            numeric=True,
        ),
        Column(
            "published",
            Text("排期版本", "schedule"),
            lambda each: str(each.published or "—"),
            sort="published",
            numeric=True,
        ),
    ),
    filters=(Filter("q", Text("名称", "name"), lambda rows, text: rows.filter(name__icontains=text)),),
    empty=Text("还没有活动。新建一个,或导入活动表。", "No events yet. Make one, or import a workbook."),
    order="-begins",
    template="office/events/index.html",
)


class FileForm(forms.Form):
    """An event's workbook."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"] = forms.FileField(
            label=pick("活动表", "Workbook"),
            widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.toml,.dzn"}),
            help_text=pick(
                "工作表:活动、时段、桌子、参会方、会谈意愿。",
                "Sheets: event, slots, tables, participants, wishes.",
            ),
        )


class EventForm(forms.Form):
    """An event of one day with equal slots."""

    prefix = "event"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clock = forms.TextInput(attrs={"type": "time"})
        self.fields["name"] = forms.CharField(label=pick("名称", "Name"), max_length=200)
        self.fields["place"] = forms.CharField(label=pick("地点", "Place"), max_length=200, required=False)
        self.fields["day"] = forms.DateField(
            label=pick("日期", "Date"), widget=forms.DateInput(attrs={"type": "date"})
        )
        self.fields["begin"] = forms.CharField(label=pick("开始", "From"), widget=clock, initial="09:00")
        self.fields["end"] = forms.CharField(
            label=pick("结束", "Until"), widget=forms.TextInput(attrs={"type": "time"}), initial="11:30"
        )
        self.fields["minutes"] = forms.IntegerField(
            label=pick("每场分钟", "Minutes a meeting"), initial=20, min_value=5, max_value=240
        )
        self.fields["tables"] = forms.IntegerField(
            label=pick("桌数", "Tables"), initial=10, min_value=1, max_value=500
        )


@page("events.view")
def index(request: Request) -> HttpResponse:
    """All events."""
    may = policies.may(request.user, "events.change")
    return EVENTS.answer(request, events_kept.events(), may_change=may)


@page("events.change", methods=("GET", "POST"))
def new(request: Request) -> HttpResponse:
    """Make an event, of a workbook or of a few words."""
    sent = request.FILES.get("file")
    files = FileForm(request.POST, request.FILES) if sent is not None else FileForm()
    form = EventForm(request.POST) if request.method == "POST" and sent is None else EventForm()
    made: EventRecord | None = None
    try:
        if sent is not None and files.is_valid():
            made = _import(request, sent)
        elif form.is_bound and form.is_valid():
            given = form.cleaned_data
            made = events_kept.create(unit=request.user.unit, **given)
    except InputError as error:
        (files if sent is not None else form).add_error(None, error.text(language()))
    if made is not None:
        messages.success(request, pick("已建立。", "It is made."))
        return redirect("events:event", made.pk)
    context = {"title": pick("新建活动", "New event"), "files": files, "form": form}
    return render(request, "office/events/new.html", context)


@page("events.view")
def event(request: Request, pk: int) -> HttpResponse:
    """One event: what is done, what is next, each number opening its list."""
    found = get_object_or_404(events_kept.events(), pk=pk)
    context = {
        "title": found.name,
        "event": found,
        "wishes": found.wishes.filter(cancelled=False).count(),
        "suggested": found.suggestions.count(),
        "versions": found.versions.all(),
        "signings": found.signings.count(),
        "open": found.follow_ups.filter(done=None).count(),
        "here": found.invitees.filter(presence="here").count(),
        **tabs(request, found, "event"),
    }
    return render(request, "office/events/event.html", context)


def tabs(request: Request, found: EventRecord, tab: str) -> dict[str, Any]:
    """What every page of an event shows above its content."""
    return {
        "event": found,
        "tab": tab,
        **{
            f"may_{name}": policies.may(request.user, f"events.{name}")
            for name in ("change", "day", "sign", "export")
        },
    }


def event_or_404(pk: int) -> EventRecord:
    """An event that is not put away."""
    return get_object_or_404(EventRecord, pk=pk, archived=None)


def _import(request: Request, sent: Any) -> EventRecord:
    """The event of a file that was sent."""
    suffix = Path(sent.name).suffix.lower()
    if suffix not in (".xlsx", ".toml", ".dzn"):
        raise InputError(
            Text("须为 .xlsx、.toml 或 .dzn。", "It is to be .xlsx, .toml or .dzn."), file=sent.name
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"event{suffix}"
        path.write_bytes(sent.read())
        return events_kept.import_file(path, unit=request.user.unit, name=sent.name)
