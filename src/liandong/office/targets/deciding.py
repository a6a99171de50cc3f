"""Deciding on a target: assign, not now, exclude."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from liandong.errors import InputError, Text
from liandong.office.shell import problems
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import pick
from liandong.workspace import targets
from liandong.workspace.models import Account


@page("targets.change", methods=("POST",))
def decide(request: Request, chain: str, firm_id: str) -> HttpResponse:
    """Keep a decision; somebody else's that was quicker is not overwritten."""
    known = targets.decisions(chain).get(firm_id)
    if known is not None and not targets.visible(request.user, known):
        return problems.forbidden(request)
    found = targets.target_of(chain, firm_id)
    given = request.POST
    officer = (
        Account.objects.filter(pk=given["officer"], archived=None).first() if given.get("officer") else None
    )
    targets.decide(
        targets.Request(
            chain=chain,
            firm_id=firm_id,
            node=found.node if found else given.get("node", "")[:200],
            status=given.get("status", ""),
            version=int(given.get("version") or 0),
            officer=officer,
            reason=given.get("reason", "")[:500],
            until=_day(given.get("until", "")),
            due=_day(given.get("due", "")),
            score=str(found.score) if found else "",
        )
    )
    messages.success(request, pick("已记录。", "Noted."))
    return redirect("targets:chain", chain)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InputError(
            Text("日期应写成 2026-03-01。", "Write the date as 2026-03-01."), field="day"
        ) from None
