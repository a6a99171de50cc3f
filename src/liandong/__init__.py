"""Liandong: industrial-transfer matchmaking, from a city's page to targets and sourced briefs.

page = liandong.read("page.html")
facts = liandong.extract(page)
workspace = liandong.Workspace("liandong-demo")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from liandong.documents import read
    from liandong.facts import extract
    from liandong.workspace import Workspace

__version__ = "0.1.0"
__all__ = ["Workspace", "extract", "read"]

_HOMES = {"read": "documents", "extract": "facts", "Workspace": "workspace"}


def __getattr__(name: str) -> Any:
    """The three doors on first use, so that `import liandong` stays quick and needs no Django."""
    if name not in _HOMES:
        raise AttributeError(f"module 'liandong' has no attribute {name!r}")
    return getattr(import_module(f"liandong.{_HOMES[name]}"), name)
