"""The word lists of the grammar: read once from `data/`, compiled into patterns where they are used."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words(name: str) -> dict[str, Any]:
    """The table `data/<name>.toml`."""
    return tomllib.loads(files("liandong.facts").joinpath("data", f"{name}.toml").read_text("utf-8"))


@cache
def text(name: str) -> str:
    """The file `data/<name>` as it is."""
    return files("liandong.facts").joinpath("data", name).read_text("utf-8")


def any_of(terms: Iterable[str]) -> str:
    """A pattern that matches the longest of the terms."""
    ordered = sorted(set(terms), key=lambda term: (-len(term), term))
    return "(?:" + "|".join(map(re.escape, ordered)) + ")"
