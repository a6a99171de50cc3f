"""The workspace: what a city keeps, and the façade through which it is worked with.

    pages ──▶ library ──┐
    plan.toml ──▶ city ─┼──▶ Workspace ──▶ diagnose, targets, brief
    firm tables ──▶ registry ┘

Django models hold pages, facts, reviews, the plan and judgements (SQLite in the folder, or PostgreSQL); the
registry is immutable Parquet beside them. No domain logic lives here: the workspace brings rooms together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from liandong.workspace.briefing import BRIEFS, About
    from liandong.workspace.configuration import Configuration
    from liandong.workspace.workspace import Added, Workspace

__all__ = ["BRIEFS", "About", "Added", "Configuration", "Workspace"]

_HOMES = {
    "About": "briefing",
    "Added": "workspace",
    "BRIEFS": "briefing",
    "Configuration": "configuration",
    "Workspace": "workspace",
}


def __getattr__(name: str) -> Any:
    """Public names on first use: Django imports this package while it is still setting up the models."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"liandong.workspace.{_HOMES[name]}"), name)
