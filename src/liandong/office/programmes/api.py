"""Programmes for programs: what there is, whether it is in effect, what a project qualifies for."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from ninja.errors import HttpError

from liandong.office.shell.rest import needs
from liandong.programmes import in_effect
from liandong.workspace import applying, programming, projects

router = Router()


@router.get("/", auth=needs("programmes.view"))
def list_programmes(request: HttpRequest) -> dict[str, Any]:
    """Programmes with status, review, term, and what keeps each from being in effect."""
    today = timezone.localdate()
    return {
        "items": [
            {
                "name": each.name,
                "kind": each.kind.value,
                "issuer": each.issuer,
                "number": each.number,
                "status": each.status.value,
                "review": each.review.value,
                "valid_from": each.valid_from,
                "valid_to": each.valid_to,
                "hindrances": [{"zh": text.zh, "en": text.en} for text in in_effect(each, today)],
            }
            for each in programming.stored()
        ]
    }


@router.get("/match/{int:project}", auth=needs("programmes.view"))
def match_project(request: HttpRequest, project: int) -> dict[str, Any]:
    """What a project qualifies for, condition by condition; `counts` only what is in effect and met."""
    person: Any = request.user
    found = projects.visible(person).filter(pk=project).first()
    if found is None:
        raise HttpError(404, "no such project")
    matches = applying.for_project(programming.stored(), found, timezone.localdate())
    return {"items": [each.to_dict() for each in matches]}
