"""Assessment for programs: rates and points with the projects counted."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router

from liandong.assessment import assess, entries_by, rates
from liandong.errors import InputError, Text
from liandong.office.assessment.asking import KEYS
from liandong.office.shell.rest import needs
from liandong.workspace import assessing

router = Router()


@router.get("/rates", auth=needs("assessment.view"))
def list_rates(request: HttpRequest, since: date, until: date, on: date, by: str = "unit") -> dict[str, Any]:
    """Every rate of a period by group, each a figure with the projects that it counts."""
    person: Any = request.user
    groups = entries_by(assessing.entries(person), _key(by))
    return {
        "groups": [
            {
                "group": name,
                "rates": {key: each.to_dict() for key, each in rates(rows, since, until, on).items()},
            }
            for name, rows in groups.items()
        ]
    }


@router.get("/points", auth=needs("assessment.view"))
def list_points(request: HttpRequest, since: date, until: date, on: date, by: str = "unit") -> dict[str, Any]:
    """The points of each group under the scheme in use, line by line."""
    person: Any = request.user
    scheme, _ = assessing.scheme()
    found = []
    for name, rows in entries_by(assessing.entries(person), _key(by)).items():
        made = assess(rows, scheme, since, until, on)
        lines = [
            {
                "name": each.name,
                "formula": each.formula,
                "target": each.target,
                "value": each.value.to_dict(),
                "points": each.points.to_dict(),
            }
            for each in made.lines
        ]
        found.append({"group": name, "points": made.points.to_dict(), "lines": lines})
    return {"scheme": scheme.name, "groups": found}


def _key(by: str) -> str:
    if by not in KEYS:
        known = ", ".join(KEYS)
        raise InputError(Text(f"只能按 {known} 分组。", f"Projects are told apart by {known}."), field="by")
    return by
