"""Work that takes longer than a page may: queued, run by the worker, watched, cancelled, started again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Job(models.Model):
    """A task with its parameters, how far it is, and how it ended."""

    class Status(models.TextChoices):
        """`interrupted`: the worker went away in the middle; nothing half-done is left, start it again."""

        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"
        INTERRUPTED = "interrupted"

    kind = models.CharField(max_length=40, db_index=True)
    params = models.JSONField(default=dict)
    subject = models.TextField(blank=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.QUEUED, db_index=True)
    by = models.CharField(max_length=80, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    started = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)
    beat = models.DateTimeField(null=True)
    worker = models.CharField(max_length=80, blank=True)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True)
    cancelling = models.BooleanField(default=False)
    result = models.JSONField(null=True)
    error = models.JSONField(null=True)

    class Meta:
        ordering: ClassVar = ["-created", "-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.status}"

    @property
    def active(self) -> bool:
        """Whether it is waiting or running."""
        return self.status in (self.Status.QUEUED, self.Status.RUNNING)
