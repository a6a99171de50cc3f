"""Which column of a file is which field of a firm."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from liandong.errors import InputError, Text
from liandong.registry.normalising import narrow

RESERVED = "registry_"
"""Columns that begin so are ours (where a rejected row came from, an export's own columns); never mapped."""

_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]")
_SIGNS = re.compile(r"[^\w]|_")


@cache
def known_columns() -> Mapping[str, tuple[str, ...]]:
    """Per field the names of columns that mean it, best first."""
    text = files("liandong.registry").joinpath("data/columns.toml").read_text(encoding="utf-8")
    return {field: tuple(names) for field, names in tomllib.loads(text).items()}


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Per field the positions of the columns that hold it, best first; `names` are all of the file."""

    names: tuple[str, ...]
    positions: dict[str, tuple[int, ...]]

    def as_columns(self) -> dict[str, str]:
        """Column → field, for people."""
        return {self.names[i]: field for field, found in self.positions.items() for i in found}

    def unmapped(self) -> tuple[str, ...]:
        """Columns that no field takes."""
        taken = {i for found in self.positions.values() for i in found}
        return tuple(name for i, name in enumerate(self.names) if i not in taken and name)

    def header(self, field: str) -> str:
        """The best column of a field, as the file calls it."""
        return self.names[self.positions[field][0]]


def map_columns(names: Sequence[str], explicit: Mapping[str, str] | None = None) -> ColumnMap:
    """Field positions by the explicit mapping {column: field}, then by the names the world uses.

    An explicit column takes its field alone; "" as field leaves a column out. Columns that the file does not
    have are ignored here: `check_mapping` says so for all files together.
    """
    explicit = explicit or {}
    said: dict[str, list[int]] = {}
    ranked: dict[str, list[tuple[int, int]]] = {}
    for position, name in enumerate(names):
        if name in explicit:
            if explicit[name]:
                said.setdefault(explicit[name], []).append(position)
            continue
        if name.lower().startswith(RESERVED):
            continue
        found = _field_of(name)
        if found:
            field, rank = found
            ranked.setdefault(field, []).append((rank, position))
    positions = {field: tuple(p for _, p in sorted(found)) for field, found in ranked.items()}
    positions |= {field: tuple(found) for field, found in said.items()}
    return ColumnMap(
        tuple(names), {field: positions[field] for field in known_columns() if field in positions}
    )


def check_mapping(explicit: Mapping[str, str], columns: Mapping[str, Sequence[str]]) -> None:
    """Refuse a mapping to a field that does not exist or from a column that no file has.

    columns: per file what it has. Raises InputError.
    """
    fields = tuple(known_columns())
    for column, field in explicit.items():
        if field and field not in fields:
            raise InputError(
                Text(
                    f"没有字段“{field}”。可用字段:{'、'.join(fields)}。",
                    f'there is no field "{field}". Fields: {", ".join(fields)}.',
                ),
                field=column,
            )
        if not any(column in names for names in columns.values()):
            found = "、".join(dict.fromkeys(name for names in columns.values() for name in names if name))
            raise InputError(
                Text(
                    f"文件中没有列“{column}”。找到的列:{found}。",
                    f'no file has a column "{column}". Columns found: {found}.',
                ),
                file=", ".join(columns),
                field=column,
            )


def header_unit(name: str) -> str:
    """The unit in a header: 注册资本(万元) gives 万元; empty if there is none."""
    match = re.search(r"\(([^()]*[元圆币])\)|[（_/,:-]\s*([万亿]?元)\s*\)?$", narrow(name))
    return (match[1] or match[2]) if match else ""


def same_column(name: str) -> str:
    """The name of a column without what may differ: width, case, blanks, signs, what is in brackets."""
    return _SIGNS.sub("", _BRACKETS.sub("", narrow(name).lower()))


def _field_of(name: str) -> tuple[str, int] | None:
    """The field a column name means and how well (0 is best)."""
    table = _lookup()
    plain = narrow(name).lower()
    for key in (_SIGNS.sub("", plain), _SIGNS.sub("", _BRACKETS.sub("", plain))):
        if key and key in table:
            return table[key]
    return None


@cache
def _lookup() -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for field, names in known_columns().items():
        for rank, name in enumerate(names):
            found.setdefault(_SIGNS.sub("", narrow(name).lower()), (field, rank))
    return found
