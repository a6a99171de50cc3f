"""Reading the tables that ship with this room, and where each of them comes from."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any


@dataclass(frozen=True, slots=True)
class Source:
    """Where a shipped table comes from: title, issuer, date of the data, route, note, date of the build."""

    table: str
    title: str
    issuer: str
    dated: str
    via: str
    note: str
    built: str
    sha256: str


@cache
def sources() -> tuple[Source, ...]:
    """Every built table with its source, in the order of `data/sources.toml`."""
    record = read_toml("sources.toml")
    return tuple(
        Source(table=name, **{key: str(value) for key, value in facts.items()})
        for name, facts in record.items()
    )


def data_file(name: str) -> Traversable:
    """A file of this room's data folder, also inside a zipped package."""
    return resources.files("liandong.reference").joinpath("data").joinpath(name)


def read_csv(name: str) -> Iterator[dict[str, str]]:
    """Rows of a shipped table."""
    text = data_file(name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def read_toml(name: str) -> dict[str, Any]:
    """A shipped TOML file."""
    return tomllib.loads(data_file(name).read_text(encoding="utf-8"))
