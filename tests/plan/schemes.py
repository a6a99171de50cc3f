"""Plans of one chain, and registries of a few rows, as the tests of the room write them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from liandong.registry import Registry

HEAD = """\
[plan]
city = "411000"
name = "许昌市"
[[tier]]
key = "emerging"
name = "新兴产业"
[[chain]]
name = "电力装备"
english = "power equipment"
tier = "emerging"
"""
"""The beginning of a plan, as far as its one chain."""


def node_text(name: str, stage: str, industries: Sequence[str], supplies: Sequence[str] = ()) -> str:
    """One node of the chain, as TOML."""
    lines = [f'name = "{name}"', f'stage = "{stage}"', f"industries = {list(industries)}"]
    lines += [f"supplies = {list(supplies)}"] if supplies else []
    return "\n".join(["[[chain.node]]", *lines, ""])


def registry_of(
    folder: Path, columns: Sequence[str], rows: Iterable[Sequence[str | None]], **options: object
) -> Registry:
    """A registry of one CSV file, firms.csv."""
    path = folder / "firms.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *rows])
    registry = Registry(folder / "registry")
    registry.import_files([path], **options)  # type: ignore[arg-type]
    return registry
