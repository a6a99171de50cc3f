"""Events for programs: lists, one event's schedule as published, check-in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.errors import HttpError

from liandong.meetings import meetings_frame
from liandong.office.shell.rest import Limit, Offset, needs
from liandong.workspace import events_day, events_kept
from liandong.workspace.models import EventRecord, Invitee, ScheduleVersion

router = Router()


class PresenceIn(Schema):
    """here, late (from a slot on) or absent. version: as read."""

    presence: str
    version: int
    late: int | None = None


@router.get("/", auth=needs("events.view"))
def list_events(request: HttpRequest, limit: Limit = 100, offset: Offset = 0) -> dict[str, Any]:
    """Events with how many were invited and accepted, and the number of the last published schedule."""
    rows = events_kept.events()
    items = [
        {
            "id": each.pk,
            "name": each.name,
            "place": each.place,
            "begins": each.begins,
            "invited": each.asked,
            "accepted": each.accepted,
            "version": each.published,
        }
        for each in rows[offset : offset + limit]
    ]
    return {"count": rows.count(), "items": items}


@router.get("/{int:event}/schedule", auth=needs("events.view"))
def get_schedule(request: HttpRequest, event: int) -> dict[str, Any]:
    """What people were told last: who sits where and when."""
    found = _event(event)
    last = ScheduleVersion.objects.filter(event=found).first()
    if last is None:
        return {"version": None, "meetings": []}
    shown = events_kept.schedule_of(events_kept.event_of(found), last.placements, last.told)
    return {"version": last.number, "published": last.at, "meetings": meetings_frame(shown)}


@router.get("/{int:event}/invitees", auth=needs("events.view"))
def list_invitees(request: HttpRequest, event: int, limit: Limit = 100, offset: Offset = 0) -> dict[str, Any]:
    """Who is invited, what they answered, whether they are here."""
    rows = _event(event).invitees.all()
    items = [
        {
            "id": each.pk,
            "code": each.code,
            "name": each.name,
            "delegation": each.delegation,
            "answer": each.answer,
            "presence": each.presence,
            "late": each.late,
            "version": each.version,
        }
        for each in rows[offset : offset + limit]
    ]
    return {"count": rows.count(), "items": items}


@router.post("/presence/{int:invitee}", auth=needs("events.day"))
def check_in(request: HttpRequest, invitee: int, sent: PresenceIn) -> dict[str, Any]:
    """Check somebody in; 409 if somebody else was quicker."""
    found = Invitee.objects.select_related("event").filter(pk=invitee).first()
    if found is None:
        raise HttpError(404, "no such invitee")
    events_day.check_in(found, sent.presence, version=sent.version, late=sent.late)
    return {"presence": found.presence, "version": found.version}


def _event(pk: int) -> EventRecord:
    found = EventRecord.objects.filter(pk=pk, archived=None).first()
    if found is None:
        raise HttpError(404, "no such event")
    return found
