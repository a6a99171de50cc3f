"""The cockpit for programs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from liandong.office.shell.rest import needs
from liandong.workspace import cockpit

router = Router()


@router.get("/", auth=needs("cockpit.view"))
def overview(request: HttpRequest) -> dict[str, Any]:
    """Counts, chain health, how fresh the registry is."""
    person: Any = request.user
    found = cockpit.overview(person)
    firms, coverage = found["firms"], found["coverage"]
    return {
        "facts": found["facts"],
        "pages": found["pages"],
        "firms": firms.to_dict() if firms else None,
        "coverage": coverage.to_dict() if coverage else None,
        "snapshot": found["snapshot"],
        "chains": [{"chain": each.diagnosis.chain, "nodes": each.counts} for each in found["chains"]],
        "tasks": [{"firm_id": each.firm_id, "chain": each.chain, "due": each.due} for each in found["tasks"]],
    }
