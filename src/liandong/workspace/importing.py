"""Firm tables in: looked at first, then imported by a background job; undone in one step."""

from __future__ import annotations
