"""The city's talent plans, funds and policies, as the text that states their rules; who applied for them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from liandong.workspace.models.common import Versioned
from liandong.workspace.models.projects import ProjectRecord


class ProgrammesRecord(models.Model):
    """The workspace's programmes as TOML; there is at most one. file: what it was loaded from."""

    file = models.TextField()
    text = models.TextField()
    loaded = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.file


class ProgrammeApplication(Versioned):
    """An application for a programme. promised, granted: yuan, None is unknown; document: what shows it."""

    class Status(models.TextChoices):
        """How far it is."""

        PREPARED = "prepared"
        SUBMITTED = "submitted"
        GRANTED = "granted"
        REFUSED = "refused"

    programme = models.CharField(max_length=200, db_index=True)
    project = models.ForeignKey(ProjectRecord, on_delete=models.PROTECT, related_name="applications")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PREPARED)
    promised = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    granted = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    document = models.TextField(blank=True)
    submitted = models.DateField(null=True)
    decided = models.DateField(null=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "project"], name="applied_once")
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.project}"
