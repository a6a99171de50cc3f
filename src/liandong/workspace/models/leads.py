"""Leads before they are projects: their source, the clocks that run, who filed first, who disputes it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from liandong.workspace.models.accounts import Account
from liandong.workspace.models.common import Versioned


class Courted(models.Model):
    """A firm that is courted, as a unit names it. folded: the name for comparison; "" is not known."""

    firm_id = models.CharField(max_length=64, blank=True, db_index=True)
    party = models.TextField()
    folded = models.CharField(max_length=200, db_index=True)
    uscc = models.CharField(max_length=18, blank=True, db_index=True)
    group = models.CharField(max_length=120, blank=True, db_index=True)

    class Meta:
        abstract = True


class LeadRecord(Versioned, Courted):
    """A lead on the desk of a unit. answer: what the referrer was told where it is not followed."""

    class Status(models.TextChoices):
        """`project`: it became one."""

        OPEN = "open"
        PROJECT = "project"
        NOT_FOLLOWED = "not_followed"

    channel = models.CharField(max_length=20)
    referrer = models.TextField(blank=True)
    chain = models.TextField(blank=True)
    node = models.TextField(blank=True)
    what = models.TextField(blank=True)
    origin = models.CharField(max_length=6, blank=True, db_index=True)
    unit = models.CharField(max_length=80, blank=True, db_index=True)
    officer = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="leads")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.OPEN, db_index=True)
    reason = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    synthetic = models.BooleanField(default=False)
    received = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["-received", "-id"]

    def __str__(self) -> str:
        return self.party


class LeadClock(models.Model):
    """What must be done with a lead by when: respond, judge, reply to the referrer, report."""

    lead = models.ForeignKey(LeadRecord, on_delete=models.CASCADE, related_name="clocks")
    name = models.CharField(max_length=12)
    due = models.DateTimeField()
    met = models.DateTimeField(null=True)
    by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering: ClassVar = ["due", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["lead", "name"], name="one_clock_a_name")]
        indexes: ClassVar = [models.Index(fields=["met", "due"], name="clock_overdue")]

    def __str__(self) -> str:
        return f"{self.lead} {self.name}"


class FilingRecord(Versioned, Courted):
    """A unit's claim to follow a firm (首报首谈): it binds units of the government, never the firm."""

    lead = models.ForeignKey(LeadRecord, on_delete=models.PROTECT, null=True, related_name="filings")
    unit = models.CharField(max_length=80, db_index=True)
    what = models.TextField(blank=True)
    filed = models.DateField()
    evidence = models.TextField()
    released = models.DateField(null=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-filed", "-id"]

    def __str__(self) -> str:
        return f"{self.party} {self.unit}"


class FilingContact(models.Model):
    """A day on which the unit met or talked to the firm: without one, protection lapses."""

    filing = models.ForeignKey(FilingRecord, on_delete=models.CASCADE, related_name="contacts")
    on = models.DateField()
    what = models.TextField()
    by = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["on", "id"]

    def __str__(self) -> str:
        return self.what


class DisputeRecord(Versioned):
    """Two claims to one firm. ruling: the filing that holds; None while it waits."""

    earlier = models.ForeignKey(FilingRecord, on_delete=models.PROTECT, related_name="disputed")
    later = models.ForeignKey(FilingRecord, on_delete=models.PROTECT, related_name="disputes")
    claim = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    ruling = models.ForeignKey(FilingRecord, on_delete=models.PROTECT, null=True, related_name="won")
    reason = models.TextField(blank=True)
    opened = models.DateTimeField(auto_now_add=True)
    ruled = models.DateTimeField(null=True)
    by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering: ClassVar = ["-opened", "-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["earlier", "later"], name="one_dispute")]

    def __str__(self) -> str:
        return f"{self.earlier} – {self.later}"


class TripRecord(Versioned):
    """Going out to court (外出招商) or receiving who comes (接待): planned, then told what came of it."""

    class Kind(models.TextChoices):
        """Out or in."""

        OUTING = "outing"
        RECEPTION = "reception"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.TextField()
    place = models.TextField(blank=True)
    since = models.DateField(db_index=True)
    until = models.DateField()
    people = models.TextField(blank=True)
    firms = models.TextField(blank=True)
    purpose = models.TextField(blank=True)
    outcome = models.TextField(blank=True)
    unit = models.CharField(max_length=80, blank=True, db_index=True)
    synthetic = models.BooleanField(default=False)
    by = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-since", "-id"]

    def __str__(self) -> str:
        return self.title
