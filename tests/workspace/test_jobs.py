"""Jobs: claimed once, told at most once a second, stopped when asked, interrupted when their worker dies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from liandong.errors import InputError, Text
from liandong.workspace import store

store.setup()

from liandong.workspace import audit, jobs  # noqa: E402 # models can be imported only once Django is set up
from liandong.workspace.models import Job  # noqa: E402


@pytest.fixture(autouse=True)
def kinds(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty store, and four tasks of this test."""
    store.open_store(database)
    monkeypatch.setattr(jobs, "KINDS", {})
    monkeypatch.setattr(jobs, "WRITE_EVERY", 0.0)

    @jobs.task("good", Text("好", "good"))
    def good(params: Mapping[str, Any], progress: jobs.Progress) -> dict[str, Any]:
        progress(1, 2)
        return {"by": audit.actor().name, **params}

    @jobs.task("bad", Text("坏", "bad"))
    def bad(params: Mapping[str, Any], progress: jobs.Progress) -> None:
        raise InputError(Text("文件是空的。", "The file is empty."), file="a.csv")

    @jobs.task("broken", Text("错", "broken"))
    def broken(params: Mapping[str, Any], progress: jobs.Progress) -> None:
        raise ZeroDivisionError("division")

    @jobs.task("stopped", Text("停", "stopped"))
    def stopped(params: Mapping[str, Any], progress: jobs.Progress) -> None:
        jobs.cancel(Job.objects.get(status=Job.Status.RUNNING))
        progress(1, None)
        raise AssertionError("went on")


def done(kind: str) -> Job:
    """A job of a kind, queued by wang and run."""
    with audit.acting("wang"):
        jobs.enqueue(kind, {"n": 1})
    job = jobs.claim("here:1")
    assert job is not None
    return jobs.run(job)


def test_a_job_acts_for_who_queued_it():
    """Its result is kept, its progress at the end is all of it."""
    job = done("good")
    assert (job.status, job.result, job.done, job.total) == ("done", {"by": "wang", "n": 1}, 2, 2)


def test_bad_input_fails_a_job_in_words():
    """Both languages, with the file."""
    job = done("bad")
    assert (job.status, job.error) == (
        "failed",
        {"zh": "a.csv: 文件是空的。", "en": "a.csv: The file is empty."},
    )


def test_a_fault_of_the_program_is_told_and_raised():
    """It fails the job and reaches the log."""
    with pytest.raises(ZeroDivisionError):
        done("broken")
    assert Job.objects.get().status == "failed"


def test_a_job_stops_at_its_next_report():
    """Somebody asked for it."""
    assert done("stopped").status == "cancelled"


def test_a_job_that_waits_is_cancelled_at_once():
    """No worker takes it any more."""
    jobs.cancel(jobs.enqueue("good", {}))
    assert (Job.objects.get().status, jobs.claim("here:1")) == ("cancelled", None)


def test_a_job_is_claimed_once():
    """The oldest first, by one worker."""
    first, second = jobs.enqueue("good", {}), jobs.enqueue("good", {})
    assert [jobs.claim("a"), jobs.claim("b"), jobs.claim("c")] == [first, second, None]


def test_what_a_dead_worker_did_is_interrupted_and_can_start_again():
    """Its running job only; a new job with the same parameters takes its place."""
    jobs.enqueue("good", {"n": 7}, subject="表")
    job = jobs.claim("dead:1")
    assert job is not None
    assert (jobs.interrupt("alive:2"), jobs.interrupt("dead:1")) == (0, 1)
    job.refresh_from_db()
    again = jobs.restart(job)
    assert (job.status, again.status, again.params, again.subject) == (
        "interrupted",
        "queued",
        {"n": 7},
        "表",
    )


def test_a_worker_that_was_not_heard_of_for_a_minute_is_dead():
    """Wherever it was."""
    jobs.enqueue("good", {})
    jobs.claim("far:1")
    Job.objects.update(beat=timezone.now() - timedelta(seconds=61))
    assert (jobs.interrupt_stale(), Job.objects.get().status) == (1, "interrupted")
