"""What several subjects' records share: versions against lost edits, and archiving instead of deleting."""

from __future__ import annotations

from django.db import models


class Versioned(models.Model):
    """A record that two people may edit at once: `changes.save` writes only over the version one has read."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class Archivable(models.Model):
    """A record that is put away, never deleted."""

    archived = models.DateTimeField(null=True, blank=True, db_index=True)

    class Meta:
        abstract = True
