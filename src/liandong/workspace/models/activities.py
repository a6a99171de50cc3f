"""What happened, what is to be done, what people were told."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from liandong.workspace.models.accounts import Account
from liandong.workspace.models.common import Versioned
from liandong.workspace.models.leads import LeadRecord, TripRecord
from liandong.workspace.models.projects import ProjectRecord


class Activity(models.Model):
    """An entry of a timeline: written by people (note, visit, call) or by what they do (stage, amount).

    Never changed: a later entry corrects an earlier one. data: of an entry by the office, for its words.
    """

    project = models.ForeignKey(ProjectRecord, on_delete=models.CASCADE, null=True, related_name="activities")
    lead = models.ForeignKey(LeadRecord, on_delete=models.CASCADE, null=True, related_name="activities")
    trip = models.ForeignKey(TripRecord, on_delete=models.SET_NULL, null=True, related_name="activities")
    kind = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["-on", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["project", "-on", "-id"], name="activity_project"),
            models.Index(fields=["lead", "-on", "-id"], name="activity_lead"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.text}"


class Task(Versioned):
    """What somebody is to do about a project: a task, a problem (with its answer), a leader's instruction."""

    class Kind(models.TextChoices):
        """`instruction`: 批示."""

        TASK = "task"
        PROBLEM = "problem"
        INSTRUCTION = "instruction"

    project = models.ForeignKey(ProjectRecord, on_delete=models.CASCADE, related_name="tasks")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    text = models.TextField()
    owner = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="tasks")
    office = models.CharField(max_length=80, blank=True)
    due = models.DateField(null=True)
    done = models.DateField(null=True)
    answer = models.TextField(blank=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["done", "due", "id"]
        indexes: ClassVar = [
            models.Index(fields=["owner", "done", "due"], name="task_owner"),
            models.Index(fields=["done", "due"], name="task_due"),
        ]

    def __str__(self) -> str:
        return self.text


class Notice(models.Model):
    """Something that somebody is told in the office. kind: what happened; text: of whom or what."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20)
    text = models.TextField()
    address = models.TextField()
    by = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)
    read = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [models.Index(fields=["account", "read", "-at"], name="notice_unread")]

    def __str__(self) -> str:
        return f"{self.kind} {self.text}"


class ProjectDocument(models.Model):
    """A document of a project: its bytes lie in `files/` under their sha256."""

    project = models.ForeignKey(ProjectRecord, on_delete=models.CASCADE, related_name="documents")
    title = models.TextField()
    file = models.TextField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    by = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return self.title
