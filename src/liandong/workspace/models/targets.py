"""What people decided of ranked firms: who courts them, who is left for later, and why."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from liandong.workspace.models.accounts import Account
from liandong.workspace.models.common import Versioned
from liandong.workspace.models.firms import FollowedFirm


class TargetDecision(Versioned):
    """A firm for a chain, as decided: assigned to an officer, not now until a day, or excluded.

    score, reasons: as they stood when it was decided; the list itself is computed anew each time.
    """

    class Status(models.TextChoices):
        """What was decided."""

        ASSIGNED = "assigned"
        NOT_NOW = "not_now"
        EXCLUDED = "excluded"

    firm = models.ForeignKey(FollowedFirm, on_delete=models.PROTECT, related_name="decisions")
    chain = models.TextField()
    node = models.TextField()
    status = models.CharField(max_length=10, choices=Status.choices)
    officer = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="targets")
    unit = models.CharField(max_length=80, blank=True)
    reason = models.TextField(blank=True)
    until = models.DateField(null=True)
    due = models.DateField(null=True)
    score = models.CharField(max_length=20, blank=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["-at"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["firm", "chain"], name="one_decision")]

    def __str__(self) -> str:
        return f"{self.firm} {self.status}"
