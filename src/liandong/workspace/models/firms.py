"""What people and the resolver judged of firms; the registry's rows themselves are never rewritten."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class FollowedFirm(models.Model):
    """A firm that people work on, copied from the registry so that it stays whatever is imported next."""

    firm_id = models.CharField(primary_key=True, max_length=64)
    name = models.TextField(db_index=True)
    uscc = models.CharField(max_length=18, null=True, blank=True)
    prefecture = models.CharField(max_length=6, null=True, blank=True, db_index=True)
    industry = models.CharField(max_length=4, null=True, blank=True, db_index=True)
    snapshot = models.CharField(max_length=40)
    record = models.JSONField(default=dict)
    since = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["name", "firm_id"]

    def __str__(self) -> str:
        return self.name


class FirmTag(models.Model):
    """A word by which people find firms again."""

    firm = models.ForeignKey(FollowedFirm, on_delete=models.PROTECT, related_name="tags")
    name = models.CharField(max_length=40, db_index=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["firm", "name"], name="one_tag_a_name")]

    def __str__(self) -> str:
        return self.name


class FirmNote(models.Model):
    """A contact with a firm, as noted: never changed, a later note corrects an earlier one."""

    firm = models.ForeignKey(FollowedFirm, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    on = models.DateField()
    by = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-on", "-id"]

    def __str__(self) -> str:
        return self.text


class Judgement(models.Model):
    """Whether two registered firms are one. Undone judgements stay, so that "not the same" is remembered."""

    class Verdict(models.TextChoices):
        """The three answers of the design."""

        SAME = "same"
        DIFFERENT = "different"
        UNSURE = "unsure"

    left = models.CharField(max_length=64, db_index=True)
    right = models.CharField(max_length=64, db_index=True)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    score = models.FloatField(null=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)
    undone = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.left} {self.verdict} {self.right}"
