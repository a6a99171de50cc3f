"""Pages of jobs; what is running renews itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from liandong.errors import Text
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import language, moment, say
from liandong.office.shell.listing import Column, Filter, Listing
from liandong.workspace import jobs, policies
from liandong.workspace.models import Job

STATUSES = {
    Job.Status.QUEUED: Text("排队", "waiting"),
    Job.Status.RUNNING: Text("进行中", "running"),
    Job.Status.DONE: Text("完成", "done"),
    Job.Status.FAILED: Text("失败", "failed"),
    Job.Status.CANCELLED: Text("已取消", "cancelled"),
    Job.Status.INTERRUPTED: Text("中断", "interrupted"),
}


def kind_words(job: Job) -> str:
    """A job's kind for people."""
    return say(jobs.KINDS[job.kind].name) if job.kind in jobs.KINDS else job.kind


def status_words(job: Job) -> str:
    """A job's status for people, with how far it is."""
    words = say(STATUSES[Job.Status(job.status)])
    if job.status == Job.Status.RUNNING and job.total:
        words += f" {100 * job.done // job.total}%"
    return words


def _link(job: Job) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse("jobs:job", args=[job.pk]), kind_words(job))


JOBS = Listing(
    "jobs.jobs",
    Text("后台任务", "Jobs"),
    columns=(
        Column("kind", Text("任务", "job"), _link),
        Column(
            "subject",
            Text("对象", "about"),
            lambda job: format_html('<span lang="zh">{}</span>', job.subject),
        ),
        Column("status", Text("状态", "status"), status_words, sort="status"),
        Column("by", Text("发起人", "by"), lambda job: format_html('<span lang="zh">{}</span>', job.by)),
        Column("created", Text("时间", "when"), lambda job: moment(job.created), sort="created"),
    ),
    filters=(
        Filter(
            "status",
            Text("状态", "status"),
            lambda rows, value: rows.filter(status=value),
            lambda: [(status.value, say(words)) for status, words in STATUSES.items()],
        ),
    ),
    empty=Text("还没有后台任务。", "No jobs yet."),
    order="-created",
)


@page("jobs.view")
def index(request: Request) -> HttpResponse:
    """All jobs, newest first."""
    return JOBS.answer(request, Job.objects.all())


@page("jobs.view")
def badge(request: Request) -> HttpResponse:
    """How many jobs are under way, for the head of every page."""
    active = Job.objects.filter(status__in=(Job.Status.QUEUED, Job.Status.RUNNING)).count()
    return render(request, "office/jobs/badge.html", {"active": active})


@page("jobs.view")
def job(request: Request, pk: int) -> HttpResponse:
    """One job; asked by itself while it runs, only the part that changes."""
    found = get_object_or_404(Job, pk=pk)
    template = "office/jobs/state.html" if request.htmx else "office/jobs/job.html"
    response = render(request, template, context(found, request))
    if request.htmx and not found.active:
        response["HX-Refresh"] = "true"
    return response


def context(found: Job, request: Request) -> dict[str, Any]:
    """What the page of a job shows."""
    said = jobs.outcome(found)
    return {
        "title": kind_words(found),
        "job": found,
        "status": status_words(found),
        "error": (found.error or {}).get(language(), ""),
        "result": {**said, "text": say(said["text"])},
        "may_change": policies.may(request.user, "jobs.change"),
    }


@page("jobs.change", methods=("POST",))
def cancel(request: Request, pk: int) -> HttpResponse:
    """Ask it to stop."""
    jobs.cancel(get_object_or_404(Job, pk=pk))
    return redirect("jobs:job", pk)


@page("jobs.change", methods=("POST",))
def restart(request: Request, pk: int) -> HttpResponse:
    """Once more, as a new job."""
    return redirect("jobs:job", jobs.restart(get_object_or_404(Job, pk=pk)).pk)
