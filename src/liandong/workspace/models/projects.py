"""Projects from lead to production: what they are, how far, which amounts, milestones and passages.

What the rules say is in `liandong.projects`; here is only what is kept. Columns that lists sort and filter by
(`signed`, `next_due`, `moved`) repeat what the rows beneath say; `workspace.projects` keeps them true.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from liandong.projects import STANDINGS, Stage, Status, Step, Type
from liandong.workspace.models.accounts import Account
from liandong.workspace.models.common import Archivable, Versioned
from liandong.workspace.models.leads import Courted, LeadRecord


class ProjectImport(models.Model):
    """A workbook of projects that was taken in, so that it can be taken back."""

    file = models.TextField()
    rows = models.PositiveIntegerField()
    by = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)
    undone = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return self.file


class ProjectRecord(Versioned, Archivable, Courted):
    """A project. `party`: the firm that invests; origin, region: codes of where it comes from and lands.

    since: day it reached its stage; moved: day anything happened; next_due: the earliest open due day;
    signed: day of the formal contract, never of a framework agreement. synthetic: made up as an example.
    """

    name = models.TextField(db_index=True)
    kind = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Type])
    stage = models.CharField(
        max_length=12, choices=[(each.value, each.value) for each in Stage], default=Stage.LEAD.value
    )
    status = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in Status], default=Status.ACTIVE.value
    )
    status_reason = models.TextField(blank=True)
    lead = models.ForeignKey(LeadRecord, on_delete=models.PROTECT, null=True, related_name="projects")
    origin = models.CharField(max_length=6, blank=True, db_index=True)
    region = models.CharField(max_length=6, blank=True, db_index=True)
    chain = models.CharField(max_length=80, blank=True, db_index=True)
    node = models.CharField(max_length=80, blank=True)
    industries = models.JSONField(default=list)
    products = models.JSONField(default=list)
    park = models.TextField(blank=True)
    event = models.TextField(blank=True)
    unit = models.CharField(max_length=80, blank=True)
    shared = models.JSONField(default=list)
    officer = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="projects")
    synthetic = models.BooleanField(default=False)
    batch = models.ForeignKey(ProjectImport, on_delete=models.PROTECT, null=True, related_name="projects")
    since = models.DateField()
    moved = models.DateField()
    next_due = models.DateField(null=True)
    signed = models.DateField(null=True, db_index=True)
    created = models.DateField(db_index=True)
    by = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["-moved", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["archived", "stage", "next_due"], name="project_board"),
            models.Index(fields=["unit", "stage", "next_due"], name="project_unit_board"),
            models.Index(fields=["archived", "moved"], name="project_moved"),
            models.Index(fields=["status", "next_due"], name="project_due"),
        ]

    def __str__(self) -> str:
        return self.name


class StagePassage(models.Model):
    """A move to a stage. waived: what lacked when it was passed without, with who allowed it and why."""

    project = models.ForeignKey(ProjectRecord, on_delete=models.CASCADE, related_name="passages")
    stage = models.CharField(max_length=12)
    on = models.DateField()
    waived = models.JSONField(default=list)
    waiver = models.CharField(max_length=80, blank=True)
    reason = models.TextField(blank=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["on", "id"]
        indexes: ClassVar = [models.Index(fields=["stage", "on"], name="passage_stage")]

    def __str__(self) -> str:
        return f"{self.project} {self.stage}"


class MilestoneRecord(models.Model):
    """A step beside the stages: due, done, and the voucher that shows it."""

    project = models.ForeignKey(ProjectRecord, on_delete=models.CASCADE, related_name="milestones")
    step = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Step])
    due = models.DateField(null=True)
    done = models.DateField(null=True)
    voucher = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["project", "step"], name="one_milestone")]
        indexes: ClassVar = [models.Index(fields=["done", "due"], name="milestone_due")]

    def __str__(self) -> str:
        return self.step


class AmountRecord(Archivable):
    """An amount on its two axes, measure and standing, with period and currency: never changed, replaced.

    as_of, in_year, cumulative: ISO, "" where it is not that kind. source: where it is said; voucher: what
    verifies it.
    """

    project = models.ForeignKey(ProjectRecord, on_delete=models.CASCADE, related_name="amounts")
    measure = models.CharField(max_length=40)
    standing = models.CharField(max_length=12, choices=[(each.value, each.value) for each in STANDINGS])
    value = models.DecimalField(max_digits=24, decimal_places=4, null=True)
    unit = models.CharField(max_length=20)
    currency = models.CharField(max_length=3, blank=True)
    as_of = models.CharField(max_length=21, blank=True)
    in_year = models.CharField(max_length=21, blank=True)
    cumulative = models.CharField(max_length=21, blank=True)
    source = models.TextField(blank=True)
    voucher = models.TextField(blank=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["measure", "standing", "id"]
        indexes: ClassVar = [
            models.Index(
                fields=["measure", "standing", "unit", "currency", "as_of", "in_year", "cumulative"],
                name="amount_kind",
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(standing="verified") | ~Q(voucher=""), name="verified_names_its_voucher"
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.standing}"


class NotSameProject(models.Model):
    """Somebody judged that two projects are not one: remembered, and can be undone."""

    left = models.ForeignKey(ProjectRecord, on_delete=models.CASCADE, related_name="+")
    right = models.ForeignKey(ProjectRecord, on_delete=models.CASCADE, related_name="+")
    same = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)
    undone = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.left} – {self.right}"
