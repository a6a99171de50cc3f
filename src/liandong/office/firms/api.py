"""Firms for programs: search, one firm, tags and notes, sending a table."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import File, Router, Schema, UploadedFile
from ninja.errors import HttpError

from liandong.office.jobs.api import JobOut
from liandong.office.shell.rest import Limit, Offset, needs
from liandong.workspace import firms, importing
from liandong.workspace.firm_rows import FirmRows
from liandong.workspace.models import Job

router = Router()


class TagIn(Schema):
    """A tag."""

    name: str


class NoteIn(Schema):
    """A contact with a firm."""

    text: str
    on: date | None = None


@router.get("/", auth=needs("firms.view"))
def list_firms(
    request: HttpRequest,
    q: str = "",
    region: str | None = None,
    industry: str | None = None,
    tag: str | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Firms of the registry; region: a place or a group of places by name; industry: a code of GB/T 4754."""
    rows = FirmRows(text=q)
    if region:
        rows = rows.but(regions=firms.regions_named(region))
    if industry:
        rows = rows.but(industries=(industry,))
    if tag:
        rows = rows.but(firm_ids=firms.tagged(tag))
    return {"count": len(rows), "items": rows[offset : offset + limit]}


@router.post("/imports", response={202: JobOut}, auth=needs("firms.import"))
def send_table(request: HttpRequest, file: File[UploadedFile], notes: str = "") -> tuple[int, Job]:
    """Send a firm table; a job looks at it. Confirm that job to import it. notes: limits, with commas."""
    return 202, importing.send(file.chunks(), file.name or "firms.csv", notes=tuple(notes.split(",")))


@router.post("/imports/{int:job}/confirm", response={202: JobOut}, auth=needs("firms.import"))
def confirm_import(request: HttpRequest, job: int) -> tuple[int, Job]:
    """Import what was looked at."""
    found = Job.objects.filter(pk=job).first()
    if found is None:
        raise HttpError(404, "no such job")
    return 202, importing.confirm(found)


@router.get("/{firm_id}", auth=needs("firms.view"))
def get_firm(request: HttpRequest, firm_id: str) -> dict[str, Any]:
    """One firm with its tags and notes."""
    found = firms.profile(firm_id)
    if found is None:
        raise HttpError(404, "no such firm")
    return {
        "firm_id": firm_id,
        "name": found.name,
        "registration": found.row,
        "tags": [each.name for each in found.tags],
        "notes": [{"on": each.on, "by": each.by, "text": each.text} for each in found.notes],
        "facts": [each.pk for each in found.facts],
    }


@router.post("/{firm_id}/tags", auth=needs("firms.change"))
def add_tag(request: HttpRequest, firm_id: str, sent: TagIn) -> dict[str, Any]:
    """Put a word to a firm."""
    firms.tag(firm_id, sent.name)
    return {"tags": [each.name for each in (firms.profile(firm_id) or _gone()).tags]}


@router.post("/{firm_id}/notes", auth=needs("firms.change"))
def add_note(request: HttpRequest, firm_id: str, sent: NoteIn) -> dict[str, Any]:
    """Write down a contact."""
    firms.note(firm_id, sent.text, sent.on)
    return {"ok": True}


def _gone() -> firms.Profile:
    raise HttpError(404, "no such firm")
