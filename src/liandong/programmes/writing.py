"""Programmes → programmes.toml: what is unknown is left out, so that it reads back as it was."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import tomli_w

from liandong.plan.writing import origin_table, without_blanks
from liandong.programmes.model import QUALITIES, Comparison, Condition, Programme, Review, Standing

_PLAIN = ("name", "english", "kind", "issuer", "number", "valid_from", "valid_to", "legal_basis")


def dump(programmes: Iterable[Programme]) -> str:
    """The programmes as TOML; `parse(dump(programmes)) == programmes`."""
    return tomli_w.dumps({"programme": [_programme(each) for each in programmes]})


def _programme(programme: Programme) -> dict[str, Any]:
    head = {name: getattr(programme, name) for name in _PLAIN} | {"subjects": programme.subjects}
    if programme.status is not Standing.UNKNOWN:
        head["status"] = programme.status
    if programme.review is not Review.UNKNOWN:
        head["review"] = programme.review
    benefit = programme.benefit
    head |= {"benefit": benefit.text, "unit": benefit.unit}
    if benefit.amount is not None:
        head["amount"] = _number(benefit.amount)
    conditions = [_condition(each) for each in programme.conditions]
    return without_blanks(head | origin_table(programme.origin) | {"condition": conditions})


def _condition(condition: Condition) -> dict[str, Any]:
    table: dict[str, Any] = {"field": condition.quality, "test": condition.test}
    if condition.test in (Comparison.AT_LEAST, Comparison.AT_MOST):
        bound = condition.values[0]
        table["value"] = bound if condition.quality == "founded" else _number(Decimal(bound))
        table["unit"] = QUALITIES[condition.quality].unit
    elif condition.test is Comparison.IS:
        table["value"] = condition.values[0]
    else:
        table["values"] = list(condition.values)
    table |= {"either": condition.either, "note": condition.note}
    return without_blanks(table | origin_table(condition.origin))


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
