"""Pages, the facts they state, and what people said of those facts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class PageRecord(models.Model):
    """A page as read; the original bytes lie in `files/` under the same sha256."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    raw = models.TextField()
    body = models.JSONField()
    encoding = models.CharField(max_length=40)
    origin = models.TextField()
    title = models.TextField(null=True)
    title_span = models.JSONField(null=True)
    published = models.CharField(max_length=40, null=True)
    published_span = models.JSONField(null=True)
    source = models.TextField(null=True)
    source_span = models.JSONField(null=True)
    credits = models.JSONField(default=list)
    region = models.TextField(null=True)
    added = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=80, default="", blank=True)

    class Meta:
        ordering: ClassVar = ["added", "sha256"]
        indexes: ClassVar = [
            models.Index(fields=["added", "sha256"], name="pages_added"),
            models.Index(fields=["region", "sha256"], name="pages_by_region"),
        ]

    def __str__(self) -> str:
        return self.title or self.origin


class FactRecord(models.Model):
    """A fact that passed the gate; columns are the contract's fields, and what its newest review says.

    verdict: empty until somebody has reviewed it.
    """

    id = models.CharField(primary_key=True, max_length=16)
    page = models.ForeignKey(PageRecord, on_delete=models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=20, db_index=True)
    subject = models.TextField()
    indicator = models.TextField()
    value = models.TextField(null=True)
    unit = models.CharField(max_length=40, null=True)
    value_text = models.TextField(null=True)
    qualifier = models.TextField(null=True)
    period = models.CharField(max_length=40, null=True)
    region = models.TextField(null=True)
    modality = models.CharField(max_length=10)
    quote = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    value_start = models.PositiveIntegerField(null=True)
    value_end = models.PositiveIntegerField(null=True)
    parent = models.CharField(max_length=16, null=True)
    basis = models.JSONField(default=dict)
    origin = models.CharField(max_length=80)
    verdict = models.CharField(max_length=10, default="", blank=True)
    reviewed = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["page", "start", "end", "id"]
        indexes: ClassVar = [
            models.Index(fields=["verdict", "kind"], name="facts_by_verdict"),
            models.Index(fields=["subject", "indicator"], name="facts_by_subject"),
            models.Index(fields=["page", "start", "end", "id"], name="facts_in_order"),
            models.Index(fields=["page", "verdict"], name="facts_by_page"),
            models.Index(fields=["-reviewed"], name="facts_reviewed"),
            models.Index(fields=["verdict", "page", "start", "end", "id"], name="facts_by_state"),
            models.Index(fields=["kind", "page", "start", "end", "id"], name="facts_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.indicator} {self.value_text or ''}".strip()


class Review(models.Model):
    """What a person said of a fact. Never changed: the newest one counts, the older ones are its history."""

    class Verdict(models.TextChoices):
        """Accepted as it stands, rejected (by a correction: `successor` is the fact in its place), merged
        into another fact that says the same, or open again."""

        ACCEPTED = "accepted"
        REJECTED = "rejected"
        MERGED = "merged"
        OPEN = "open"

    fact = models.ForeignKey(FactRecord, on_delete=models.PROTECT, related_name="reviews")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    by = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)
    note = models.TextField(default="", blank=True)
    successor = models.ForeignKey(
        FactRecord, on_delete=models.PROTECT, null=True, related_name="predecessors"
    )

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.fact_id} {self.verdict}"
