"""The Django app of the office."""

from __future__ import annotations

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """Templates, static files and template tags; the models are the workspace's."""

    name = "liandong.office"
    label = "office"

    def ready(self) -> None:
        """Listen at the entrance, and know the kinds of jobs."""
        from liandong.office import tasks
        from liandong.office.accounts import signals

        tasks.load()
        _ = signals
