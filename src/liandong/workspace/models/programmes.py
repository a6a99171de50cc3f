"""The city's talent plans, funds and policies, as the text that states their rules."""

from __future__ import annotations

from django.db import models


class ProgrammesRecord(models.Model):
    """The workspace's programmes as TOML; there is at most one. file: what it was loaded from."""

    file = models.TextField()
    text = models.TextField()
    loaded = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.file
