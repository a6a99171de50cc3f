"""Background work: any subject names its tasks, the office queues them, one worker runs them.

    @task("library.read", Text("读取资料", "read a page"))
    def read_job(params, progress): ...

A task calls `progress(done, total)` as often as it likes: it is written at most once a second, in no
transaction, and raises `CancelledError` once somebody has asked to stop. Tasks are all-or-nothing by
themselves: killed at any moment they leave nothing behind and can be started again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from liandong.errors import InputError, Text
from liandong.workspace import audit
from liandong.workspace.models import Job

WRITE_EVERY = 1.0
STALE_AFTER = timedelta(seconds=60)

Progress = Callable[[int, int | None], None]
Task = Callable[[Mapping[str, Any], Progress], Any]


class CancelledError(Exception):
    """Somebody asked this job to stop."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job: its name for people, and what it runs."""

    name: Text
    run: Task = field(compare=False)


KINDS: dict[str, Kind] = {}


def task(kind: str, name: Text) -> Callable[[Task], Task]:
    """Name a function as the task of a kind. It takes the parameters (JSON) and a progress function."""

    def register(function: Task) -> Task:
        KINDS[kind] = Kind(name, function)
        return function

    return register


def enqueue(kind: str, params: Mapping[str, Any], *, subject: str = "") -> Job:
    """Put a job in the queue. subject: what it is about, for people. Raises KeyError for an unknown kind."""
    KINDS[kind]
    with transaction.atomic():
        job = Job.objects.create(kind=kind, params=dict(params), subject=subject, by=audit.actor().name)
        audit.record("jobs.queue", job.pk, kind=kind, about=subject)
    return job


def claim(worker: str) -> Job | None:
    """Take the oldest job that waits, so that no other worker takes it too; None if there is none."""
    waiting = Job.objects.filter(status=Job.Status.QUEUED).order_by("created", "id")
    for job in waiting[:5]:
        now = timezone.now()
        taken = Job.objects.filter(pk=job.pk, status=Job.Status.QUEUED).update(
            status=Job.Status.RUNNING, worker=worker, started=now, beat=now, cancelling=False
        )
        if taken:
            job.refresh_from_db()
            return job
    return None


def run(job: Job) -> Job:
    """Do a claimed job and write down how it ended."""
    with audit.acting(job.by or "system"):
        try:
            result = KINDS[job.kind].run(job.params, Reporter(job))
        except CancelledError:
            return _end(job, Job.Status.CANCELLED)
        except InputError as error:
            return _end(job, Job.Status.FAILED, error={"zh": error.text("zh"), "en": error.text("en")})
        except Exception as error:
            words = f"{type(error).__name__}: {error}"
            _end(job, Job.Status.FAILED, error={"zh": f"程序错误:{words}", "en": f"Internal error: {words}"})
            raise
        return _end(job, Job.Status.DONE, result=result)


class Reporter:
    """The progress function of one job."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._written = 0.0

    def __call__(self, done: int, total: int | None = None) -> None:
        """Say how far the job is. Raises CancelledError if it is to stop."""
        now = time.monotonic()
        if now - self._written < WRITE_EVERY:
            return
        self._written = now
        mine = Job.objects.filter(pk=self._job.pk)
        mine.update(done=done, total=total, beat=timezone.now())
        if mine.filter(cancelling=True).exists():
            raise CancelledError


def outcome(job: Job) -> dict[str, Any]:
    """What a finished task says for people: by habit it returns `{"zh", "en", "address", "lines"}`."""
    result = job.result if isinstance(job.result, dict) else {}
    text = Text(result.get("zh", ""), result.get("en", ""))
    return {"text": text, "address": result.get("address", ""), "lines": result.get("lines", [])}


def cancel(job: Job) -> None:
    """Ask a job to stop: one that waits is cancelled at once, one that runs stops at its next report."""
    with transaction.atomic():
        audit.record("jobs.cancel", job.pk)
        waiting = Job.objects.filter(pk=job.pk, status=Job.Status.QUEUED)
        if not waiting.update(status=Job.Status.CANCELLED, ended=timezone.now()):
            Job.objects.filter(pk=job.pk, status=Job.Status.RUNNING).update(cancelling=True)


def restart(job: Job) -> Job:
    """Queue an ended job once more, as a new one."""
    if job.active:
        raise InputError(Text("任务还没有结束。", "The job has not ended yet."), field=str(job.pk))
    return enqueue(job.kind, job.params, subject=job.subject)


def interrupt(worker: str) -> int:
    """Mark what a worker was doing when it went away; returns how many jobs that were."""
    gone = Job.objects.filter(status=Job.Status.RUNNING, worker=worker)
    stopped = gone.filter(cancelling=True).update(status=Job.Status.CANCELLED, ended=timezone.now())
    return stopped + gone.update(status=Job.Status.INTERRUPTED, ended=timezone.now())


def is_cancelling(worker: str) -> bool:
    """Whether what a worker does is to stop."""
    return Job.objects.filter(status=Job.Status.RUNNING, worker=worker, cancelling=True).exists()


def beat(worker: str) -> None:
    """Say that a worker is alive and still at its job."""
    Job.objects.filter(status=Job.Status.RUNNING, worker=worker).update(beat=timezone.now())


def interrupt_stale() -> int:
    """Mark running jobs whose worker has not been heard of for a minute."""
    gone = Job.objects.filter(status=Job.Status.RUNNING, beat__lt=timezone.now() - STALE_AFTER)
    return gone.update(status=Job.Status.INTERRUPTED, ended=timezone.now())


def _end(job: Job, status: Job.Status, **values: Any) -> Job:
    values |= {"status": status, "ended": timezone.now()}
    if status is Job.Status.DONE:
        last = Job.objects.get(pk=job.pk)
        values["done"] = last.total if last.total is not None else last.done
    Job.objects.filter(pk=job.pk, status=Job.Status.RUNNING).update(**values)
    job.refresh_from_db()
    return job
