"""What is checked and agreed before a contract: due diligence, admission review, promises of both sides."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from liandong.projects import Side
from liandong.workspace.models.common import Archivable, Versioned
from liandong.workspace.models.projects import ProjectRecord


class DiligenceItem(Versioned):
    """A line of the checklist. result: "" is not looked at, `unknown` was looked at and not found out."""

    class Result(models.TextChoices):
        """What was found."""

        CLEAR = "clear"
        FLAG = "flag"
        UNKNOWN = "unknown"

    project = models.ForeignKey(ProjectRecord, on_delete=models.CASCADE, related_name="diligence")
    phase = models.CharField(max_length=10)
    item = models.CharField(max_length=24)
    result = models.CharField(max_length=8, choices=Result.choices, blank=True)
    evidence = models.TextField(blank=True)
    checked = models.DateField(null=True)
    decision = models.TextField(blank=True)
    decided = models.DateField(null=True)
    by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "phase", "item"], name="one_line_an_item")
        ]

    def __str__(self) -> str:
        return f"{self.phase} {self.item}"


class ReviewMeeting(Versioned):
    """An admission review (准入评审). introducing: the unit that presents, which has no vote."""

    project = models.ForeignKey(ProjectRecord, on_delete=models.CASCADE, related_name="meetings")
    introducing = models.CharField(max_length=80)
    held = models.DateField()
    deadline = models.DateField()
    materials = models.TextField(blank=True)
    pass_mark = models.PositiveSmallIntegerField(default=60)
    conclusion = models.CharField(max_length=12, blank=True)
    concluded = models.DateField(null=True)
    by = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["-held", "-id"]

    def __str__(self) -> str:
        return f"{self.project} {self.held}"


class OpinionRecord(models.Model):
    """A department that is asked, and what it answered. given: None while it has not."""

    meeting = models.ForeignKey(ReviewMeeting, on_delete=models.CASCADE, related_name="opinions")
    department = models.CharField(max_length=80, db_index=True)
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    veto = models.CharField(max_length=24, blank=True)
    condition = models.TextField(blank=True)
    text = models.TextField(blank=True)
    given = models.DateField(null=True)
    by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "department"], name="one_opinion_a_department")
        ]

    def __str__(self) -> str:
        return self.department


class ConditionRecord(models.Model):
    """What a review asked for, followed until it is closed."""

    meeting = models.ForeignKey(ReviewMeeting, on_delete=models.CASCADE, related_name="conditions")
    department = models.CharField(max_length=80)
    text = models.TextField()
    closed = models.DateField(null=True)
    evidence = models.TextField(blank=True)
    by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.text


class PromiseRecord(Versioned, Archivable):
    """A clause that one side owes. review: "" not reviewed, `passed`, `refused`; archived: taken out.

    measure, value, unit, currency, in_year: what is promised as a figure; outcome: what came of it, with the
    voucher that shows it. office: who answers for it, whoever sits there.
    """

    project = models.ForeignKey(ProjectRecord, on_delete=models.CASCADE, related_name="promises")
    side = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Side])
    kind = models.CharField(max_length=20)
    what = models.TextField()
    document = models.TextField(blank=True)
    office = models.CharField(max_length=80, blank=True)
    condition = models.TextField(blank=True)
    condition_met = models.DateField(null=True)
    due = models.DateField(null=True)
    done = models.DateField(null=True)
    evidence = models.TextField(blank=True)
    suspended = models.TextField(blank=True)
    legal_basis = models.TextField(blank=True)
    review = models.CharField(max_length=8, blank=True)
    reviewer = models.CharField(max_length=80, blank=True)
    reviewed = models.DateField(null=True)
    review_note = models.TextField(blank=True)
    measure = models.CharField(max_length=40, blank=True)
    value = models.DecimalField(max_digits=24, decimal_places=4, null=True)
    unit = models.CharField(max_length=20, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    in_year = models.CharField(max_length=21, blank=True)
    outcome = models.DecimalField(max_digits=24, decimal_places=4, null=True)
    outcome_standing = models.CharField(max_length=12, blank=True)
    outcome_source = models.TextField(blank=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["side", "due", "id"]
        indexes: ClassVar = [models.Index(fields=["done", "due"], name="promise_due")]

    def __str__(self) -> str:
        return self.what
