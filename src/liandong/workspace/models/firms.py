"""What people and the resolver judged of firms; the registry's rows themselves are never rewritten."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


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
