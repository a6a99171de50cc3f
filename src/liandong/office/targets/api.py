"""Targets for programs: ranked lists with reasons, and what was decided."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.errors import HttpError

from liandong.office.shell.rest import Limit, Offset, needs
from liandong.workspace import targets
from liandong.workspace.models import Account, TargetDecision

router = Router()


class DecisionIn(Schema):
    """assigned (officer), not_now (reason, until) or excluded (reason). version: as read, 0 where none."""

    status: str
    node: str = ""
    officer: str | None = None
    reason: str = ""
    until: date | None = None
    due: date | None = None
    version: int = 0


@router.get("/{chain}", auth=needs("targets.view"))
def list_targets(
    request: HttpRequest,
    chain: str,
    node: str | None = None,
    source: str | None = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> dict[str, Any]:
    """A chain's ranked list; each target with its contributions and, where open to you, its decision."""
    found = targets.ranking(chain, node=node, source=source)
    decided = targets.decisions(chain)
    person: Any = request.user
    items = []
    for rank, each in enumerate(found[offset : offset + limit], offset + 1):
        decision = decided.get(each.firm.firm_id)
        items.append({"rank": rank, **each.to_dict(), "decision": _out(person, decision)})
    return {"count": len(found), "items": items}


@router.post("/{chain}/{firm_id}/decision", auth=needs("targets.change"))
def decide(request: HttpRequest, chain: str, firm_id: str, sent: DecisionIn) -> dict[str, Any] | None:
    """Keep a decision; 409 if somebody was quicker."""
    person: Any = request.user
    known = targets.decisions(chain).get(firm_id)
    if known is not None and not targets.visible(person, known):
        raise HttpError(403, "another unit courts this firm")
    found = targets.target_of(chain, firm_id)
    officer = Account.objects.filter(username=sent.officer, archived=None).first() if sent.officer else None
    asked = targets.Request(
        chain=chain,
        firm_id=firm_id,
        node=found.node if found else sent.node,
        status=sent.status,
        version=sent.version,
        officer=officer,
        reason=sent.reason,
        until=sent.until,
        due=sent.due,
        score=str(found.score) if found else "",
    )
    return _out(person, targets.decide(asked))


def _out(person: Account, decision: TargetDecision | None) -> dict[str, Any] | None:
    if decision is None:
        return None
    if not targets.visible(person, decision):
        return {"unit": decision.unit, "since": decision.at.date()}
    return {
        "status": decision.status,
        "officer": decision.officer.username if decision.officer else None,
        "unit": decision.unit,
        "reason": decision.reason,
        "until": decision.until,
        "due": decision.due,
        "by": decision.by,
        "at": decision.at,
        "version": decision.version,
    }
