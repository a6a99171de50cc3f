"""Timelines: what people write of leads and projects, what they do with them, tasks, and who is told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from liandong.errors import InputError, Text
from liandong.workspace import audit, changes, policies
from liandong.workspace.models import Account, Activity, LeadRecord, Notice, ProjectRecord, Task, TripRecord

NOTES = {
    "note": Text("记录", "note"),
    "visit": Text("走访", "visit"),
    "call": Text("电话", "call"),
    "meeting": Text("会谈", "meeting"),
    "reception": Text("接待", "reception"),
}
"""What people write; the other kinds are written by what they do."""
_MENTION = re.compile(r"@([\w.-]{1,80})")


def log(
    kind: str,
    *,
    project: ProjectRecord | None = None,
    lead: LeadRecord | None = None,
    text: str = "",
    on: date | None = None,
    trip: TripRecord | None = None,
    **data: Any,
) -> Activity:
    """Put an entry on a timeline, as the one who acts."""
    return Activity.objects.create(
        project=project,
        lead=lead,
        trip=trip,
        kind=kind,
        text=text,
        on=on or timezone.localdate(),
        data=data,
        by=audit.actor().name,
    )


def note(
    kind: str,
    text: str,
    *,
    project: ProjectRecord | None = None,
    lead: LeadRecord | None = None,
    on: date | None = None,
) -> Activity:
    """Write down what happened; who is mentioned (@name) and may see it is told.

    Raises InputError for an empty text, another kind than `NOTES`, or a day to come.
    """
    if kind not in NOTES or not text.strip():
        raise InputError(Text("请填写内容。", "Write something."), field="text")
    if on is not None and on > timezone.localdate():
        raise InputError(Text("日期还没有到。", "That day is still to come."), field="on")
    with transaction.atomic():
        made = log(kind, project=project, lead=lead, text=text.strip(), on=on)
        subject = _subject(project, lead)
        audit.record("projects.note", subject, kind=kind, note=made.pk)
        if project is not None:
            ProjectRecord.objects.filter(pk=project.pk).update(moved=timezone.localdate())
        named = Account.objects.filter(username__in=_MENTION.findall(text), archived=None)
        owner = project or lead
        unit = owner.unit if owner is not None else ""
        subject_policy = "leads" if project is None else "projects"
        sees = [each for each in named if policies.policy(subject_policy).sees(each, unit)]
        tell(sees, "mention", text.strip()[:200], subject)
    return made


def task(
    project: ProjectRecord,
    kind: str,
    text: str,
    *,
    owner: Account | None = None,
    office: str = "",
    due: date | None = None,
) -> Task:
    """Something to do: a task, a problem, an instruction (批示), which has a due day.

    Raises InputError where the text, who is to do it, or the due day is missing.
    """
    if kind not in Task.Kind.values or not text.strip():
        raise InputError(Text("请填写内容。", "Write what is to be done."), field="text")
    if owner is None and not office.strip():
        raise InputError(Text("请填写由谁办理。", "Say who is to do it."), field="owner")
    if due is None:
        raise InputError(Text("请填写期限。", "Give the day it is due."), field="due")
    with transaction.atomic():
        made = Task.objects.create(
            project=project,
            kind=kind,
            text=text.strip(),
            owner=owner,
            office=office.strip(),
            due=due,
            by=audit.actor().name,
        )
        log(kind, project=project, text=made.text, due=str(due), to=str(owner or office))
        audit.record("projects.task", f"project:{project.pk}", kind=kind, task=made.pk, due=due)
        if owner is not None:
            tell([owner], kind, made.text[:200], f"project:{project.pk}")
    return made


def answer(found: Task, version: int, text: str) -> None:
    """Say what was done. Raises InputError without words, EditConflictError if somebody was quicker."""
    if not text.strip():
        raise InputError(Text("请填写办理结果。", "Say what was done."), field="answer")
    with transaction.atomic():
        changes.save(found, version, "projects.answer", done=timezone.localdate(), answer=text.strip())
        log("answered", project=found.project, text=text.strip(), of=found.text[:200])
        asker = Account.objects.filter(username=found.by, archived=None)
        tell(asker, "answered", text.strip()[:200], f"project:{found.project_id}")


def tell(people: Iterable[Account], kind: str, text: str, subject: str) -> None:
    """Put a notice before people, but not before the one who acts. subject: `project:7`, `lead:3` …"""
    actor = audit.actor().name
    Notice.objects.bulk_create(
        Notice(account=each, kind=kind, text=text, address=subject, by=actor)
        for each in people
        if each.username != actor
    )


def unread(account: Account) -> int:
    """How many notices somebody has not read."""
    return Notice.objects.filter(account=account, read=None).count()


def read_all(account: Account) -> None:
    """All notices count as read."""
    Notice.objects.filter(account=account, read=None).update(read=timezone.now())


def supervisors(unit: str) -> list[Account]:
    """Who is told of what a unit leaves undone: leaders, and the bureau's own of that unit."""
    found = Account.objects.filter(archived=None, role__in=[policies.Role.LEADER.value])
    mine = [each for each in found if each.unit == unit]
    return mine or list(found)


def _subject(project: ProjectRecord | None, lead: LeadRecord | None) -> str:
    if project is not None:
        return f"project:{project.pk}"
    return f"lead:{lead.pk}" if lead is not None else ""
