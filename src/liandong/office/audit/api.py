"""The audit log for programs: read only."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router, Schema
from ninja.pagination import paginate

from liandong.office.shell.rest import needs
from liandong.workspace import audit
from liandong.workspace.models import AuditEntry

router = Router()


class EntryOut(Schema):
    """One entry."""

    seq: int
    at: datetime
    by: str
    address: str
    action: str
    subject: str
    details: Any
    previous: str
    hash: str


@router.get("/", response=list[EntryOut], auth=needs("audit.view"))
@paginate
def list_entries(
    request: HttpRequest, by: str | None = None, action: str | None = None
) -> QuerySet[AuditEntry]:
    """The log, newest first."""
    found = AuditEntry.objects.all()
    if by:
        found = found.filter(by=by)
    return found.filter(action__startswith=action) if action else found


@router.get("/verification", auth=needs("audit.view"))
def verification(request: HttpRequest) -> dict[str, Any]:
    """Whether the chain is whole; `broken` is the first entry that does not fit."""
    found = audit.verify()
    return {"entries": found.entries, "intact": found.intact, "broken": found.broken}
