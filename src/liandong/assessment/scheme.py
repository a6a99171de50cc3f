"""A scheme of assessment as data: what counts, what is counted, what it is worth, what is taken off."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from liandong.assessment.formula import Formula, parse_formula
from liandong.errors import InputError, Text
from liandong.projects import MEASURES, STANDINGS, Type

BATCHES = ("signed", "landed", "started", "producing", "at_capacity")
COUNTED = (*BATCHES, "withdrawn")
FINAL = ("landed", "started", "funds", "statistics", "producing", "at_capacity")


@dataclass(frozen=True, slots=True)
class Threshold:
    """At least so much of a measure, as firm as `standing` says, for these types (all if none)."""

    measure: str
    standing: str
    at_least: Decimal
    unit: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is counted: a batch (projects that reached `of` in the period), or, with `reached`, its rate.

    points: a formula of value, target and weight; without a target it is not scored.
    """

    name: str
    of: str
    reached: str | None
    weight: Decimal
    target: Decimal | None
    points: Formula


@dataclass(frozen=True, slots=True)
class Penalty:
    """What is taken off: points for each project counted, at most so many (None: no limit)."""

    name: str
    counts: str
    points: Formula
    most: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme. source: on whose authority; note: what of it is not official."""

    name: str
    source: str
    note: str
    thresholds: tuple[Threshold, ...]
    excluded_kinds: tuple[str, ...]
    excluded_industries: tuple[str, ...]
    later_phases: bool
    local_investors: bool
    indicators: tuple[Indicator, ...]
    penalties: tuple[Penalty, ...]


def read_scheme(text: str, file: str = "scheme.toml") -> Scheme:
    """A scheme from TOML. Raises InputError naming the item and what would be right."""
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(Text("不是合格的 TOML。", f"not valid TOML: {error}."), file=file) from error
    try:
        return _scheme(tree)
    except (KeyError, TypeError, ValueError, InvalidOperation, AttributeError) as error:
        problem = Text(f"缺少或写错了:{error}。", f"missing or wrong: {error}.")
        raise InputError(problem, file=file) from error


@lru_cache
def shipped_scheme() -> Scheme:
    """Henan's three batches (三个一批): signing, start, production."""
    return read_scheme(shipped_text(), "three_batches.toml")


def shipped_text() -> str:
    """The shipped scheme as TOML, to write one's own from."""
    return files("liandong.assessment").joinpath("data/three_batches.toml").read_text("utf-8")


def load_scheme(path: Path) -> Scheme:
    """A scheme from a file."""
    return read_scheme(path.read_text("utf-8"), path.name)


def _scheme(tree: dict[str, Any]) -> Scheme:
    rules = tree.get("recognition", {})
    return Scheme(
        name=str(tree["name"]),
        source=str(tree["source"]),
        note=str(tree.get("note", "")),
        thresholds=tuple(_threshold(each) for each in rules.get("threshold", ())),
        excluded_kinds=tuple(Type(each).value for each in rules.get("excluded_kinds", ())),
        excluded_industries=tuple(str(each) for each in rules.get("excluded_industries", ())),
        later_phases=bool(rules.get("later_phases", True)),
        local_investors=bool(rules.get("local_investors", True)),
        indicators=tuple(_indicator(each) for each in tree.get("indicator", ())),
        penalties=tuple(_penalty(each) for each in tree.get("penalty", ())),
    )


def _threshold(each: dict[str, Any]) -> Threshold:
    _among(each["measure"], MEASURES, "measure")
    _among(each["standing"], [standing.value for standing in STANDINGS], "standing")
    kinds = tuple(Type(kind).value for kind in each.get("kinds", ()))
    return Threshold(
        each["measure"], each["standing"], Decimal(str(each["at_least"])), str(each["unit"]), kinds
    )


def _indicator(each: dict[str, Any]) -> Indicator:
    _among(each["of"], BATCHES, "of")
    reached = each.get("reached")
    if reached is not None:
        _among(reached, FINAL, "reached")
    target = each.get("target")
    return Indicator(
        str(each["name"]),
        each["of"],
        reached,
        Decimal(str(each.get("weight", 1))),
        None if target is None else Decimal(str(target)),
        parse_formula(str(each.get("points", "weight * min(1, value / target)"))),
    )


def _penalty(each: dict[str, Any]) -> Penalty:
    _among(each["counts"], COUNTED, "counts")
    most = each.get("most")
    return Penalty(
        str(each["name"]),
        each["counts"],
        parse_formula(str(each["points"]), frozenset({"count"})),
        None if most is None else Decimal(str(most)),
    )


def _among(value: Any, known: Any, name: str) -> None:
    if value not in known:
        listed = ", ".join(map(str, known))
        raise InputError(
            Text(f"“{value}”不可用。可用:{listed}。", f'"{value}" is not known; there are {listed}.'),
            field=name,
        )
