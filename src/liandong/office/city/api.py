"""Cities for programs: the profile from accepted facts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from liandong.office.shell.rest import needs
from liandong.workspace import profile

router = Router()


@router.get("/", response=list[str], auth=needs("city.view"))
def list_cities(request: HttpRequest) -> list[str]:
    """Cities that pages speak for."""
    return profile.regions()


@router.get("/{region}", auth=needs("city.view"))
def get_city(request: HttpRequest, region: str) -> dict[str, Any]:
    """A city's profile: sections of statements, each with the facts behind it."""
    found = profile.of(region)
    return {
        "region": found.region,
        "accepted": found.accepted,
        "pending": found.pending,
        "cultivation": [_series(each) for each in found.cultivation],
        "sections": {name: [_series(each) for each in every] for name, every in found.sections.items()},
    }


def _series(series: profile.Series) -> dict[str, Any]:
    return {
        "subject": series.subject,
        "indicator": series.indicator,
        "statements": [
            {
                "value": each.value,
                "value_text": each.value_text,
                "unit": each.facts[0].unit,
                "period": each.facts[0].period,
                "modality": each.facts[0].modality,
                "first_seen": each.first_seen,
                "last_seen": each.last_seen,
                "facts": [fact.id for fact in each.facts],
            }
            for each in series.statements
        ],
    }
