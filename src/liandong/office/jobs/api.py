"""Jobs for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from ninja.pagination import paginate

from liandong.office.shell.rest import needs
from liandong.workspace import jobs
from liandong.workspace.models import Job

router = Router()


class JobOut(Schema):
    """A job: what it is about, how far it is, how it ended."""

    id: int
    kind: str
    subject: str
    status: str
    by: str
    created: datetime
    ended: datetime | None
    done: int
    total: int | None
    result: Any
    error: Any


@router.get("/", response=list[JobOut], auth=needs("jobs.view"))
@paginate
def list_jobs(request: HttpRequest, status: str | None = None) -> QuerySet[Job]:
    """Jobs, newest first."""
    found = Job.objects.all()
    return found.filter(status=status) if status else found


@router.get("/{int:pk}", response=JobOut, auth=needs("jobs.view"))
def get_job(request: HttpRequest, pk: int) -> Job:
    """One job."""
    return get_object_or_404(Job, pk=pk)


@router.post("/{int:pk}/cancel", response=JobOut, auth=needs("jobs.change"))
def cancel_job(request: HttpRequest, pk: int) -> Job:
    """Ask a job to stop."""
    found = get_object_or_404(Job, pk=pk)
    jobs.cancel(found)
    found.refresh_from_db()
    return found
