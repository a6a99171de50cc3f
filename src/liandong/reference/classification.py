"""Industries: GB/T 4754-2017, 20 sections, 97 divisions, 473 groups, 1,381 classes.

Codes are text (leading zeros matter): a section is a letter, a division two digits, a group three, a class
four. The table is read at the first question, in about ten milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from liandong.errors import InputError, Text
from liandong.reference.tables import read_csv

Level = Literal["section", "division", "group", "class"]

MANUFACTURING: tuple[str, ...] = tuple(str(code) for code in range(13, 44))
"""The divisions of section C, manufacturing: 13 to 43."""


@dataclass(frozen=True, slots=True)
class Industry:
    """One entry of GB/T 4754-2017; `parent` is None for a section, `section` is its letter."""

    code: str
    name: str
    level: Level
    parent: str | None
    section: str


@dataclass(frozen=True, slots=True)
class IndustryDisagreement:
    """A difference that a compared source shows against our table.

    difference: `name_differs`, `missing_in_source` (source_name is None) or `extra_in_source` (our_name is
    None: the code does not exist in the table).
    """

    code: str
    our_name: str | None
    source: str
    difference: Literal["name_differs", "missing_in_source", "extra_in_source"]
    source_name: str | None


def industry(code: str) -> Industry:
    """The entry of a code. Raises InputError for a code that the standard does not have."""
    found = _table().get(code)
    if found is None:
        raise InputError(
            Text(
                f"“{code}”不是 GB/T 4754-2017 的行业代码。"
                "请填写门类字母,或二、三、四位数字代码(文本,保留前导零)。",
                f'"{code}" is not a code of GB/T 4754-2017. '
                "Give a section letter, or two, three or four digits as text with leading zeros.",
            ),
            field="industry",
        )
    return found


def find_industry(code: str) -> Industry | None:
    """The entry of a code, or None."""
    return _table().get(code)


def is_industry(code: str) -> bool:
    """Whether the standard has this code, at any level."""
    return code in _table()


def industries(level: Level | None = None) -> tuple[Industry, ...]:
    """All entries in the order of the standard, or those of one level."""
    return _of_level(level)


def members(code: str) -> tuple[str, ...]:
    """All class codes (four digits) under a section, division, group or class; a class gives itself.

    Raises InputError for a code that the standard does not have.
    """
    industry(code)
    return _members()[code]


def industry_disagreements() -> tuple[IndustryDisagreement, ...]:
    """Where the sources that the table was made from differ in code or name, in their order."""
    return _disagreements()


@cache
def _table() -> dict[str, Industry]:
    table: dict[str, Industry] = {}
    for row in read_csv("gbt4754_2017.csv"):
        code, parent = row["code"], row["parent"] or None
        section = table[parent].section if parent else code
        table[code] = Industry(code, row["name"], row["level"], parent, section)  # type: ignore[arg-type]
    return table


@cache
def _of_level(level: Level | None) -> tuple[Industry, ...]:
    return tuple(entry for entry in _table().values() if level in (None, entry.level))


@cache
def _members() -> dict[str, tuple[str, ...]]:
    gathered: dict[str, list[str]] = {code: [] for code in _table()}
    for entry in _of_level("class"):
        for ancestor in (entry.code, entry.code[:3], entry.code[:2], entry.section):
            gathered[ancestor].append(entry.code)
    return {code: tuple(classes) for code, classes in gathered.items()}


@cache
def _disagreements() -> tuple[IndustryDisagreement, ...]:
    table = _table()
    return tuple(
        IndustryDisagreement(
            code=row["code"],
            our_name=table[row["code"]].name if row["code"] in table else None,
            source=row["source"],
            difference=row["difference"],  # type: ignore[arg-type]
            source_name=row["name"] or None,
        )
        for row in read_csv("gbt4754_2017_disagreements.csv")
    )
