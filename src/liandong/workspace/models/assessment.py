"""What assessments rest on: the scheme as text, targets of a year, agreements between places."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from liandong.workspace.models.common import Archivable, Versioned
from liandong.workspace.models.projects import ProjectRecord


class SchemeRecord(Versioned):
    """The scheme in use, as TOML; there is at most one. Without any, the shipped one is in use."""

    text = models.TextField()
    by = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.pk} v{self.version}"


class AnnualTarget(Versioned):
    """What a unit, chain or officer is to reach in a year. batch: what is counted (`signed`, `started` …)."""

    class Key(models.TextChoices):
        """By what its holder is known; a district is a unit."""

        UNIT = "unit"
        CHAIN = "chain"
        OFFICER = "officer"

    year = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=8, choices=Key.choices)
    holder = models.CharField(max_length=80)
    batch = models.CharField(max_length=12)
    value = models.PositiveIntegerField()
    by = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["-year", "key", "holder", "batch"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["year", "key", "holder", "batch"], name="one_target")
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.holder} {self.batch}"


class SharingAgreement(Versioned, Archivable):
    """A party's share of a project. of: credit, tax, output or investment; formula: in its words."""

    project = models.ForeignKey(ProjectRecord, on_delete=models.PROTECT, related_name="sharings")
    party = models.CharField(max_length=80)
    of = models.CharField(max_length=10, default="credit")
    percent = models.DecimalField(max_digits=6, decimal_places=3)
    agreement = models.TextField()
    formula = models.TextField(blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["project_id", "of", "id"]

    def __str__(self) -> str:
        return f"{self.party} {self.percent}%"
