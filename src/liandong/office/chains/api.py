"""Chains for programs: the plan and its diagnosis; figures carry their evidence."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from ninja.errors import HttpError

from liandong.office.shell.rest import needs
from liandong.workspace import chains, current

router = Router()


class ChainOut(Schema):
    """A chain of the plan."""

    name: str
    english: str
    tier: str
    chief: str | None
    leaders: list[str]
    nodes: list[str]


class PlanIn(Schema):
    """A plan as TOML, and the version that it was made from (0 where there was none)."""

    text: str
    version: int


@router.get("/", response=list[ChainOut], auth=needs("chains.view"))
def list_chains(request: HttpRequest) -> list[dict[str, Any]]:
    """The chains of the plan, in its order."""
    plan = current.plan()
    return [
        {
            "name": each.name,
            "english": each.english,
            "tier": each.tier.value,
            "chief": each.chief,
            "leaders": list(each.leaders),
            "nodes": [node.name for node in each.nodes],
        }
        for each in (plan.chains if plan else ())
    ]


@router.get("/plan", auth=needs("chains.export"))
def get_plan(request: HttpRequest) -> HttpResponse:
    """The plan as TOML; the header `X-Version` is for giving it back."""
    response = HttpResponse(chains.text(), content_type="application/toml; charset=utf-8")
    response["X-Version"] = str(current.plan_version() or 0)
    return response


@router.put("/plan", auth=needs("chains.change"))
def put_plan(request: HttpRequest, sent: PlanIn) -> dict[str, Any]:
    """Put a plan in place; 400 with its faults, 409 if somebody was quicker."""
    plan = chains.read(sent.text)
    chains.keep(plan, sent.version)
    return {"version": current.plan_version(), "remarks": [each.to_dict() for each in chains.remarks(plan)]}


@router.get("/{chain}/diagnosis", auth=needs("chains.view"))
def get_diagnosis(request: HttpRequest, chain: str) -> dict[str, Any]:
    """A chain's diagnosis: `{chain, nodes: [{node, status, advice, figures}]}`."""
    found = current.diagnosis(chain)
    if found is None:
        raise HttpError(404, "no such chain, or nothing to count")
    return found.to_dict()
