"""Target lists as people work them: who moved when other weights were tried, what was decided, by whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from liandong.errors import InputError, Text
from liandong.targets import Target
from liandong.workspace import audit, changes, firms, policies
from liandong.workspace.changes import EditConflictError
from liandong.workspace.models import Account, TargetDecision
from liandong.workspace.ranking import ranking, soon

__all__ = ["ranking", "soon"]  # the lists themselves are the module's beside this one


@dataclass(frozen=True, slots=True)
class Move:
    """A target in a tried list: its rank there, and in the list as shipped (None if it was not on it)."""

    target: Target
    rank: int
    before: int | None


def moves(tried: Sequence[Target], shipped: Sequence[Target]) -> list[Move]:
    """Who moved when other weights were tried."""
    before = {each.firm.firm_id: rank for rank, each in enumerate(shipped, 1)}
    return [Move(each, rank, before.get(each.firm.firm_id)) for rank, each in enumerate(tried, 1)]


def target_of(chain: str, firm_id: str, source: str | None = None) -> Target | None:
    """One target of a chain's list; None if the firm is not on it."""
    return next((each for each in ranking(chain, source=source) if each.firm.firm_id == firm_id), None)


@dataclass(frozen=True, slots=True)
class Request:
    """A decision that somebody asks for. version: of the decision as seen, 0 where there was none."""

    chain: str
    firm_id: str
    node: str
    status: str
    version: int = 0
    officer: Account | None = None
    reason: str = ""
    until: date | None = None
    due: date | None = None
    score: str = ""


def decide(asked: Request) -> TargetDecision:
    """Assign a firm to an officer, leave it for later, or exclude it.

    Raises InputError where the officer or the reason is missing, EditConflictError if somebody decided since.
    """
    _check(asked)
    values: dict[str, Any] = {
        "node": asked.node,
        "status": asked.status,
        "officer": asked.officer,
        "unit": asked.officer.unit if asked.officer else "",
        "reason": asked.reason.strip(),
        "until": asked.until,
        "due": asked.due,
        "score": asked.score,
        "by": audit.actor().name,
    }
    with transaction.atomic():
        firm = firms.follow(asked.firm_id)
        known = TargetDecision.objects.filter(firm=firm, chain=asked.chain).first()
        if known is not None:
            changes.save(known, asked.version, "targets.decide", **values)
            return known
        try:
            with transaction.atomic():
                made = TargetDecision.objects.create(firm=firm, chain=asked.chain, **values)
        except IntegrityError:
            raise EditConflictError(TargetDecision.objects.get(firm=firm, chain=asked.chain)) from None
        audit.record("targets.decide", firm.pk, chain=asked.chain, after=values)
    return made


def decisions(chain: str) -> dict[str, TargetDecision]:
    """What was decided for a chain, by firm_id."""
    found = TargetDecision.objects.filter(chain=chain).select_related("officer", "firm")
    return {each.firm_id: each for each in found}


def officers() -> list[Account]:
    """Who can be given a firm to court."""
    roles = [role.value for role in policies.POLICIES["targets"].grants["change"]]
    return list(Account.objects.filter(archived=None, role__in=roles))


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """That a unit courts a firm, without its content."""

    unit: str
    since: str


@dataclass(frozen=True, slots=True)
class Courting:
    """Who courts a firm, as somebody may see it."""

    open: list[TargetDecision]
    hidden: list[Elsewhere]


def courting(person: Account, firm_id: str) -> Courting:
    """What was decided of a firm: in full for one's own unit, only that it exists for the others."""
    every = list(TargetDecision.objects.filter(firm=firm_id).select_related("officer"))
    if not policies.may(person, "targets.view"):
        return Courting([], [])
    shown = [each for each in every if visible(person, each)]
    hidden = [each for each in every if each not in shown and each.status == TargetDecision.Status.ASSIGNED]
    return Courting(shown, [Elsewhere(each.unit, f"{each.at:%Y-%m-%d}") for each in hidden])


def visible(person: Account, decision: TargetDecision) -> bool:
    """Whether a decision's content is open to somebody: their unit's, their own, or nobody's unit's."""
    if decision.officer_id == person.pk or not decision.unit:
        return True
    return policies.policy("targets").sees(person, decision.unit)


def _check(asked: Request) -> None:
    if asked.status not in TargetDecision.Status.values:
        raise InputError(Text("没有这种决定。", "There is no such decision."), field="status")
    if asked.status == TargetDecision.Status.ASSIGNED and asked.officer is None:
        raise InputError(Text("请选择由谁对接。", "Choose who is to court it."), field="officer")
    if asked.status != TargetDecision.Status.ASSIGNED and not asked.reason.strip():
        raise InputError(Text("请写明原因。", "Give the reason."), field="reason")
    if asked.status == TargetDecision.Status.NOT_NOW and asked.until is None:
        raise InputError(Text("请填写何时再看。", "Give the day to look again."), field="until")
