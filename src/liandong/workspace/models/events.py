"""Events: who is invited, who wishes to meet whom, what was scheduled, published, signed and followed up.

`workspace.events_kept` makes a `meetings.Event` of it. Slots, tables and placements are JSON in the words of
the event's sheets; placements are [meeting, slot, table], the numbers from 1.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from liandong.meetings import AskedBy, Session
from liandong.workspace.models.accounts import Account
from liandong.workspace.models.common import Archivable, Versioned
from liandong.workspace.models.projects import ProjectRecord


class EventRecord(Versioned, Archivable):
    """An event. slots: [{day, session, start, end}] in order; tables: [{name, kind, seats, room, x, y}]."""

    name = models.TextField(db_index=True)
    place = models.TextField(blank=True)
    timezone = models.CharField(max_length=40, default="Asia/Shanghai")
    begins = models.DateField(null=True, db_index=True)
    slots = models.JSONField(default=list)
    breaks = models.JSONField(default=list)
    tables = models.JSONField(default=list)
    fairness = models.PositiveIntegerField(null=True)
    interpreters = models.PositiveIntegerField(null=True)
    unit = models.CharField(max_length=80, blank=True)
    synthetic = models.BooleanField(default=False)
    by = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-begins", "-id"]

    def __str__(self) -> str:
        return self.name


class Invitee(Versioned):
    """One who is invited. head: who leads them; stand_in: who came instead, as told on the day.

    unavailable: slot numbers; most: meetings at most. late: the first slot in which they are here.
    """

    class Answer(models.TextChoices):
        """What came back."""

        INVITED = "invited"
        ACCEPTED = "accepted"
        DECLINED = "declined"

    class Presence(models.TextChoices):
        """On the day; "" is not known yet."""

        HERE = "here"
        LATE = "late"
        ABSENT = "absent"

    event = models.ForeignKey(EventRecord, on_delete=models.CASCADE, related_name="invitees")
    code = models.CharField(max_length=40)
    name = models.TextField()
    delegation = models.CharField(max_length=120, blank=True, db_index=True)
    languages = models.JSONField(default=list)
    sector = models.TextField(blank=True)
    unavailable = models.JSONField(default=list)
    most = models.PositiveIntegerField(null=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.INVITED)
    head = models.CharField(max_length=80, blank=True)
    stand_in = models.CharField(max_length=80, blank=True)
    presence = models.CharField(max_length=6, choices=Presence.choices, blank=True)
    late = models.PositiveIntegerField(null=True)
    seen = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["delegation", "name", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "code"], name="one_code_a_guest")]

    def __str__(self) -> str:
        return self.name


class WishRecord(models.Model):
    """A wish of two to meet, in the words of `meetings.Meeting`. reasons: why it was suggested, if it was."""

    event = models.ForeignKey(EventRecord, on_delete=models.CASCADE, related_name="wishes")
    code = models.CharField(max_length=40)
    first = models.ForeignKey(Invitee, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Invitee, on_delete=models.PROTECT, related_name="+")
    asked_by = models.CharField(max_length=6, default=AskedBy.BOTH.value)
    priority = models.PositiveSmallIntegerField(default=3)
    must = models.BooleanField(default=False)
    session = models.CharField(max_length=9, default=Session.EITHER.value)
    terms = models.JSONField(default=dict)
    reasons = models.JSONField(default=list)
    cancelled = models.BooleanField(default=False)
    outcome = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "code"], name="one_code_a_wish")]

    def __str__(self) -> str:
        return self.code


class SuggestionRecord(models.Model):
    """A pair that was suggested with its reasons, and what each side answered (None: not yet)."""

    event = models.ForeignKey(EventRecord, on_delete=models.CASCADE, related_name="suggestions")
    first = models.ForeignKey(Invitee, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Invitee, on_delete=models.CASCADE, related_name="+")
    rank = models.PositiveIntegerField()
    score = models.FloatField()
    reasons = models.JSONField(default=list)
    accepted_first = models.BooleanField(null=True)
    accepted_second = models.BooleanField(null=True)

    class Meta:
        ordering: ClassVar = ["rank"]

    def __str__(self) -> str:
        return str(self.rank)


class ScheduleRun(models.Model):
    """What a search found: a proposal until it is published. told: status, gaps, bound, value, reasons …"""

    event = models.ForeignKey(EventRecord, on_delete=models.CASCADE, related_name="runs")
    kind = models.CharField(max_length=8, default="schedule")
    placements = models.JSONField(default=list)
    told = models.JSONField(default=dict)
    by = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return str(self.pk)


class ScheduleVersion(models.Model):
    """A schedule that people were told: numbered from 1, never changed."""

    event = models.ForeignKey(EventRecord, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    placements = models.JSONField(default=list)
    told = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "number"], name="one_number_a_version")
        ]

    def __str__(self) -> str:
        return str(self.number)


class SigningRecord(Versioned):
    """A line of the signing ceremony. paper: `formal` contract or `framework` agreement; place: its order."""

    event = models.ForeignKey(EventRecord, on_delete=models.CASCADE, related_name="signings")
    project = models.ForeignKey(ProjectRecord, on_delete=models.PROTECT, related_name="signings")
    paper = models.CharField(max_length=9)
    place = models.PositiveIntegerField()
    signatory = models.CharField(max_length=80, blank=True)
    by = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["place", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "project"], name="signed_once_an_event")
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.project}"


class FollowUp(Versioned):
    """What somebody is to do after a meeting of the event."""

    event = models.ForeignKey(EventRecord, on_delete=models.CASCADE, related_name="follow_ups")
    wish = models.ForeignKey(WishRecord, on_delete=models.PROTECT, null=True, related_name="follow_ups")
    text = models.TextField()
    owner = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    due = models.DateField(null=True)
    done = models.DateField(null=True)
    answer = models.TextField(blank=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["done", "due", "id"]

    def __str__(self) -> str:
        return self.text
