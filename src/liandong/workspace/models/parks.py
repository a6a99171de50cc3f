"""Parks and parcels: what they are, what they have free, what it costs, who may come, and who came.

`facts` holds the cells of a park's sheet by the names of `siting.fields` (numbers as text, days in ISO); what
is absent is unknown. Rules are the texts of the sheet; `workspace.parks` makes a `siting.Case` of it all.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from liandong.workspace.models.common import Archivable, Versioned
from liandong.workspace.models.projects import ProjectRecord


class ParkImport(models.Model):
    """A sheet of parks that was taken in. before: what it replaced, so that it can be taken back."""

    file = models.TextField()
    parks = models.PositiveIntegerField()
    parcels = models.PositiveIntegerField()
    before = models.JSONField(default=dict)
    by = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)
    undone = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return self.file


class Place(Versioned, Archivable):
    """What parks and parcels share. as_of, source: when and by whom its facts were stated."""

    name = models.CharField(max_length=120, unique=True)
    facts = models.JSONField(default=dict)
    further = models.JSONField(default=dict)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    note = models.TextField(blank=True)
    as_of = models.DateField(null=True)
    source = models.TextField(blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class ParkRecord(Place):
    """A park. unit: who manages it; carrier: the carrier of the plan that it is, if it is one."""

    unit = models.CharField(max_length=80, blank=True)
    carrier = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["name"]


class ParcelRecord(Place):
    """A parcel or plant. kind: `land` or `plant`; area in mu, None if unknown: both as `facts` say."""

    park = models.ForeignKey(ParkRecord, on_delete=models.PROTECT, related_name="parcels")
    kind = models.CharField(max_length=5, default="land", db_index=True)
    area = models.DecimalField(max_digits=14, decimal_places=4, null=True)

    class Meta:
        ordering: ClassVar = ["park__name", "name"]


class OfPlace(models.Model):
    """What belongs to a park or to one of its parcels (`parcel` is then set)."""

    park = models.ForeignKey(ParkRecord, on_delete=models.CASCADE, related_name="+")
    parcel = models.ForeignKey(ParcelRecord, on_delete=models.CASCADE, null=True, related_name="+")
    resource = models.CharField(max_length=40)
    as_of = models.DateField(null=True)
    source = models.TextField(blank=True)
    row = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True
        ordering: ClassVar = ["id"]

    @property
    def place(self) -> str:
        """The name of the parcel or park."""
        return self.parcel.name if self.parcel is not None else self.park.name


class RoomRecord(OfPlace):
    """What a place has free of a resource. steps: [[amount as text or null, from year or null], …]."""

    unit = models.CharField(max_length=20)
    steps = models.JSONField(default=list)
    department = models.CharField(max_length=80, blank=True)

    def __str__(self) -> str:
        return f"{self.resource} {self.unit}"


class PriceRecord(OfPlace):
    """Yuan a unit, once or a year; value None is unknown."""

    value = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    yearly = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.resource


class AdmissionRule(Versioned, Archivable):
    """A rule of admission as its table states it. fields: all that its conditions name."""

    code = models.CharField(max_length=60, unique=True)
    aspect = models.CharField(max_length=12)
    title = models.TextField()
    places = models.JSONField(default=list)
    when = models.TextField(blank=True)
    require = models.TextField(blank=True)
    fields = models.JSONField(default=list)
    otherwise = models.CharField(max_length=12)
    condition = models.TextField(blank=True)
    department = models.CharField(max_length=80)
    source = models.TextField()
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    file = models.TextField(blank=True)
    row = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["aspect", "code"]

    def __str__(self) -> str:
        return self.code


class SitingNeeds(Versioned):
    """What a project needs of a place. facts: chemical, investment and tax in 10,000 yuan; absent is unknown.

    needs: [[resource, unit, [[amount as text or null, from year or null], …]], …].
    """

    project = models.OneToOneField(ProjectRecord, on_delete=models.CASCADE, related_name="siting_needs")
    facts = models.JSONField(default=dict)
    needs = models.JSONField(default=list)
    source = models.TextField(blank=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.project)


class SitingRecord(Versioned):
    """A project on a parcel. findings: what admission said when it was placed; released: when it left."""

    project = models.ForeignKey(ProjectRecord, on_delete=models.PROTECT, related_name="sitings")
    parcel = models.ForeignKey(ParcelRecord, on_delete=models.PROTECT, related_name="sitings")
    verdict = models.CharField(max_length=12)
    findings = models.JSONField(default=list)
    since = models.DateField()
    released = models.DateField(null=True)
    reason = models.TextField(blank=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-since", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["project"], condition=Q(released=None), name="one_place_a_project"
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["admitted", "conditional"]), name="only_the_admitted_are_placed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} @ {self.parcel}"


class SitingCondition(Versioned):
    """A condition under which a project was placed, and how it was met."""

    siting = models.ForeignKey(SitingRecord, on_delete=models.CASCADE, related_name="conditions")
    text = models.JSONField(default=dict)
    department = models.CharField(max_length=80, blank=True)
    rule = models.CharField(max_length=60, blank=True)
    closed = models.DateField(null=True)
    evidence = models.TextField(blank=True)
    by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.department


class ControlCheck(models.Model):
    """Planned against actual of a control value, at completion or at the check of capacity (标准地监管).

    planned: what the supervision agreement says; actual: None until somebody has measured it.
    """

    siting = models.ForeignKey(SitingRecord, on_delete=models.CASCADE, related_name="checks")
    step = models.CharField(max_length=12)
    control = models.CharField(max_length=24)
    planned = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    actual = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    unit = models.CharField(max_length=20)
    on = models.DateField()
    voucher = models.TextField()
    by = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.step} {self.control}"


class SitingRun(models.Model):
    """What a run of the assignment found: who goes where, what the second best costs, what conflicts."""

    job = models.PositiveBigIntegerField(null=True)
    result = models.JSONField(default=dict)
    by = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return str(self.pk)
