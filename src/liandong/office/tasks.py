"""The kinds of jobs there are: importing a subject's module in the workspace names its tasks."""

from __future__ import annotations

from importlib import import_module

MODULES = ("reading", "importing", "park_imports", "siting_runs", "events_jobs")
"""Modules of `liandong.workspace` with `@jobs.task` functions. A subject with tasks adds its module here."""


def load() -> None:
    """Make all kinds known, in the web process as in the worker."""
    for name in MODULES:
        import_module(f"liandong.workspace.{name}")
