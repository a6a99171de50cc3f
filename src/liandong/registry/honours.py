"""Titles of firms."""

from __future__ import annotations

from functools import lru_cache

from liandong.errors import InputError, Text
from liandong.reference import find_honour


@lru_cache(maxsize=4096)
def title_of(text: str) -> str:
    """The title that a text names, as the reference writes it; the text itself if it names none."""
    found = find_honour(text)
    return found.title if found else text


def known_title(text: str) -> str:
    """The title that a text names. Raises InputError if the reference has none."""
    found = find_honour(text)
    if found is None:
        raise InputError(
            Text(f"没有荣誉“{text}”。", f'there is no honour "{text}".'),
            field="honour",
        )
    return found.title
