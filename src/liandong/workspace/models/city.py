"""The city's plan: the same items as `liandong.plan`, one row each, in the order of the plan.

`origin` of each row says who states it: quotes with their facts, and what the planner assigned, with file
and line.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class PlanRecord(models.Model):
    """The workspace's plan; there is at most one. version: counts up with every plan that is kept."""

    city = models.CharField(max_length=6)
    name = models.TextField()
    slogan = models.TextField(null=True)
    origin = models.JSONField(default=dict)
    loaded = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.name


class PlanItem(models.Model):
    """What all items of a plan share."""

    order = models.PositiveIntegerField()
    origin = models.JSONField(default=dict)

    class Meta:
        abstract = True
        ordering: ClassVar = ["order"]


class SourceRecord(PlanItem):
    """A document that the plan quotes."""

    plan = models.ForeignKey(PlanRecord, on_delete=models.CASCADE, related_name="sources")
    key = models.TextField()
    title = models.TextField()
    file = models.TextField(null=True)
    published = models.CharField(max_length=40, null=True)

    def __str__(self) -> str:
        return self.title


class TierRecord(PlanItem):
    """A tier of the industry system."""

    plan = models.ForeignKey(PlanRecord, on_delete=models.CASCADE, related_name="tiers")
    key = models.CharField(max_length=20)
    name = models.TextField()
    promised = models.PositiveIntegerField(null=True)

    def __str__(self) -> str:
        return self.name


class ChainRecord(PlanItem):
    """An industry chain."""

    plan = models.ForeignKey(PlanRecord, on_delete=models.CASCADE, related_name="chains")
    name = models.TextField()
    english = models.TextField()
    tier = models.CharField(max_length=20)
    chief = models.TextField(null=True)
    leaders = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.name


class NodeRecord(PlanItem):
    """A link of a chain."""

    chain = models.ForeignKey(ChainRecord, on_delete=models.CASCADE, related_name="nodes")
    name = models.TextField()
    stage = models.CharField(max_length=20)
    industries = models.JSONField(default=list)
    words = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.name


class EdgeRecord(PlanItem):
    """One node supplies another of the same chain."""

    chain = models.ForeignKey(ChainRecord, on_delete=models.CASCADE, related_name="edges")
    supplier = models.TextField()
    user = models.TextField()

    def __str__(self) -> str:
        return f"{self.supplier} → {self.user}"


class CarrierRecord(PlanItem):
    """A carrier of the plan."""

    plan = models.ForeignKey(PlanRecord, on_delete=models.CASCADE, related_name="carriers")
    name = models.TextField()
    english = models.TextField()
    form = models.TextField()
    host = models.TextField(null=True)
    location = models.TextField(null=True)
    industries = models.JSONField(default=list)
    chains = models.JSONField(default=list)
    partners = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.name


class RegionRecord(PlanItem):
    """A region that the city courts."""

    plan = models.ForeignKey(PlanRecord, on_delete=models.CASCADE, related_name="regions")
    name = models.TextField()
    firms = models.PositiveIntegerField(null=True)
    industries = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.name


class TieRecord(PlanItem):
    """A tie with a partner elsewhere."""

    plan = models.ForeignKey(PlanRecord, on_delete=models.CASCADE, related_name="ties")
    holder = models.TextField()
    partner = models.TextField()
    kind = models.CharField(max_length=20)
    what = models.TextField()
    region = models.TextField(null=True)

    def __str__(self) -> str:
        return f"{self.holder} – {self.partner}"
