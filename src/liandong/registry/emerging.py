"""Strategic emerging industries (战略性新兴产业): tags of firms by class and product words.

The 9 industries and their 40 parts are those of the national classification of 2018. Which class of
GB/T 4754-2017 belongs to which part is our own mapping, not the official concordance: a class that is such an
industry as a whole tags by itself (`whole`); of a class that is one only in part, a firm is tagged if its
name, scope or products hold a product word (`part`). A tag says what a firm may do by its registration.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from liandong.errors import InputError, Text
from liandong.registry.engines import quote

TAGS = pa.list_(pa.string())
"""Codes of the tags of a firm, in order."""
_TEXTS = ("name", "scope", "products")


class EmergingIndustry(NamedTuple):
    """An industry (code 1 … 9) or a part of one (1.1 … 9.2). parent: the industry of a part."""

    code: str
    name: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Tag:
    """A part that a firm belongs to. basis: its whole class, or a part of it, by the words found."""

    industry: EmergingIndustry
    basis: Literal["whole", "part"]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Rule:
    emerging: str
    classes: tuple[str, ...]
    words: tuple[str, ...]


def emerging_industry(code: str) -> EmergingIndustry:
    """The industry or part with a code. Raises InputError for an unknown one."""
    found = _industries().get(code)
    if found is None:
        raise InputError(
            Text(f"没有战略性新兴产业“{code}”。", f'there is no strategic emerging industry "{code}".'),
            field="emerging",
        )
    return found


def emerging_industry_list() -> tuple[EmergingIndustry, ...]:
    """The 9 industries and their 40 parts, in order."""
    return tuple(_industries().values())


def emerging_industries(industry: str | None, *texts: str | None) -> tuple[Tag, ...]:
    """The tags of one firm, each part once, in order; the evidence is the class or the words.

    industry: its class of GB/T 4754-2017; None or a shorter code has no tags. texts: name, scope, products.
    """
    text = " ".join(each for each in texts if each)
    found: dict[str, Tag] = {}
    for rule in _rules():
        if industry not in rule.classes:
            continue
        words = tuple(word for word in rule.words if word in text)
        if rule.words and not words:
            continue
        known = found.get(rule.emerging)
        if known is None or (known.words and not rule.words):
            found[rule.emerging] = Tag(_industries()[rule.emerging], "part" if rule.words else "whole", words)
    return tuple(found[code] for code in sorted(found))


def emerging_column(table: pa.Table) -> pa.ChunkedArray:
    """The codes of the tags of every firm (`TAGS`); empty where it has none, null where its class is unknown.

    table: the columns industry, name, scope and, where known, products.
    """
    tagged = {code: np.zeros(table.num_rows, dtype=bool) for code in _industries()}
    for rule in _rules():
        here = _true(pc.is_in(table["industry"], pa.array(rule.classes)))
        if rule.words and here.any():
            at = np.flatnonzero(here)
            here[at] = _holds(table.take(pa.array(at)), rule.words)
        tagged[rule.emerging] |= here
    codes = [code for code, found in tagged.items() if found.any()]
    marks = np.array([tagged[code] for code in codes]).reshape(len(codes), table.num_rows)
    firm, which = np.nonzero(marks.T)
    ends = np.concatenate(([0], np.cumsum(np.bincount(firm, minlength=table.num_rows))))
    values = pa.array(codes, pa.string()).take(pa.array(which))
    unknown = pc.is_null(table["industry"]).combine_chunks()
    lists = pa.ListArray.from_arrays(pa.array(ends, pa.int32()), values)
    return pa.chunked_array([pc.if_else(unknown, pa.scalar(None, TAGS), lists)], TAGS)


def emerging_condition(code: str) -> str:
    """SQL over `firms` that holds for the firms with a tag; of an industry: with any of its parts."""
    emerging_industry(code)
    either = []
    for rule in _rules():
        if code in (rule.emerging, rule.emerging.split(".")[0]):
            condition = f"industry IN ({', '.join(map(quote, rule.classes))})"
            if rule.words:
                text = f"concat_ws(' ', {', '.join(_TEXTS)})"
                words = " OR ".join(f"contains({text}, {quote(word)})" for word in rule.words)
                condition = f"({condition} AND ({words}))"
            either.append(condition)
    return f"({' OR '.join(either)})"


def _holds(table: pa.Table, words: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    pattern = "|".join(words)
    found = np.zeros(table.num_rows, dtype=bool)
    for name in _TEXTS:
        if name in table.column_names:
            found |= _true(pc.match_substring_regex(table[name], pattern))
    return found


def _true(column: pa.ChunkedArray) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.array(pc.fill_null(column, False).to_numpy(zero_copy_only=False), dtype=bool)


@cache
def _industries() -> dict[str, EmergingIndustry]:
    return {
        row["code"]: EmergingIndustry(
            row["code"], row["name"], row["code"][0] if "." in row["code"] else None
        )
        for row in _table("emerging.csv")
    }


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(row["emerging"], tuple(row["classes"].split()), tuple((row["words"] or "").split()))
        for row in _table("emerging_classes.csv")
    )


def _table(name: str) -> list[dict[str, str]]:
    text = resources.files("liandong.registry").joinpath("data").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
