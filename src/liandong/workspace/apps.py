"""The Django app that holds the store's models."""

from __future__ import annotations

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    """One app for all that a city keeps; models are grouped by subject in `models`."""

    name = "liandong.workspace"
    label = "workspace"
