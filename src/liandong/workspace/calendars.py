"""A calendar feed (RFC 5545) of what is due: tasks, milestones and promises of one's projects, trips."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone

from liandong.errors import Language
from liandong.projects import STEP_NAMES, Step
from liandong.workspace import policies, projects, trips
from liandong.workspace.models import Account, MilestoneRecord, PromiseRecord, Task

MOST = 500
BACK = 60
"""Days: what was due longer ago is found in the lists."""


def feed(person: Account, language: Language) -> str:
    """The calendar as text, CRLF line ends, lines folded at 75 octets."""
    stamp = f"{timezone.now():%Y%m%dT%H%M%SZ}"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Liandong//Office//ZH", "CALSCALE:GREGORIAN"]
    for key, since, until, words in _entries(person, language):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{key}@liandong",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{since:%Y%m%d}",
            f"DTEND;VALUE=DATE:{until + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(words)}",
            "END:VEVENT",
        ]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _entries(person: Account, language: Language) -> Iterator[tuple[str, date, date, str]]:
    since = timezone.localdate() - timedelta(days=BACK)
    mine = projects.visible(person).filter(officer=person).order_by().values("pk")
    for task in Task.objects.filter(owner=person, done=None, due__gte=since).order_by("due", "pk")[:MOST]:
        if task.due is not None:
            yield f"task-{task.pk}", task.due, task.due, task.text
    open_ = {"project__in": mine, "done": None, "due__gte": since}
    steps = MilestoneRecord.objects.filter(**open_).select_related("project")
    for step in steps.order_by("due", "pk")[:MOST]:
        if step.due is not None:
            words = f"{step.project.name} · {STEP_NAMES[Step(step.step)](language)}"
            yield f"milestone-{step.pk}", step.due, step.due, words
    promises = PromiseRecord.objects.filter(**open_, archived=None).select_related("project")
    for promise in promises.order_by("due", "pk")[:MOST]:
        if promise.due is not None:
            words = f"{promise.project.name} · {promise.what}"
            yield f"promise-{promise.pk}", promise.due, promise.due, words
    if policies.may(person, "leads.view"):
        for trip in trips.visible(person).filter(until__gte=since).order_by("since", "pk")[:MOST]:
            yield f"trip-{trip.pk}", trip.since, trip.until, trip.title


def _escaped(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return " ".join(plain.split())[:200]


def _folded(line: str) -> str:
    """At most 75 octets a line, never within a character."""
    parts: list[str] = []
    part = ""
    for character in line:
        if len((part + character).encode()) > (75 if not parts else 74):
            parts.append(part)
            part = ""
        part += character
    return "\r\n ".join([*parts, part])
