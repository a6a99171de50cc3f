"""Target lists as people work them: computed from plan and registry, decided on, weights to try."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from liandong.errors import InputError, Text
from liandong.facts import Fact
from liandong.plan import Diagnosis, Plan
from liandong.targets import Target, Weights, load_weights
from liandong.workspace import analysis, audit, changes, current, firms, library, policies
from liandong.workspace.changes import EditConflictError
from liandong.workspace.models import Account, FactRecord, TargetDecision

TOP = 100
KEPT = 32
FEW_FACTS = 5_000
_LOCK = threading.Lock()
_LISTS: OrderedDict[tuple[Any, ...], list[Target]] = OrderedDict()


def ranking(
    chain: str,
    *,
    node: str | None = None,
    source: str | None = None,
    points: Mapping[str, float] | None = None,
) -> list[Target]:
    """The best hundred for a chain; computed once for a plan, a snapshot and the questions asked.

    points: other weights than the shipped ones, by contribution. Raises InputError for an unknown node or
    region, or if there is no plan or registry.
    """
    plan, diagnosis = current.plan(), current.diagnosis(chain)
    if plan is None or diagnosis is None:
        raise InputError(
            Text(
                "需要规划和登记库才能排出靶向企业。",
                "Targets need a plan that has this chain, and a registry.",
            ),
            field=chain,
        )
    shipped = {name: weight.points for name, weight in load_weights().items()}
    points = {name: value for name, value in (points or {}).items() if shipped.get(name) != value}
    tried = tuple(sorted(points.items()))
    place = str(current.workspace().folder)
    key = (place, current.snapshot_id(), current.plan_version(), chain, node, source, tried)
    with _LOCK:
        found = _LISTS.get(key)
        if found is not None:
            _LISTS.move_to_end(key)
            return found
    found = _rank(plan, diagnosis, node, source, weights_with(points))
    with _LOCK:
        _LISTS[key] = found
        while len(_LISTS) > KEPT:
            _LISTS.popitem(last=False)
    return found


def weights_with(points: Mapping[str, float]) -> Weights:
    """The shipped weights with other points for some contributions. Raises InputError for a bad one."""
    weights = load_weights()
    for name, value in points.items():
        if name not in weights or not 0 <= value <= 100:
            raise InputError(Text("权重应在 0 到 100 之间。", "A weight is between 0 and 100."), field=name)
        weights[name] = replace(weights[name], points=value)
    return weights


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


def _rank(
    plan: Plan, diagnosis: Diagnosis, node: str | None, source: str | None, weights: Weights
) -> list[Target]:
    return analysis.targets(
        plan,
        current.registry(),
        diagnosis,
        node=node,
        source=source,
        top=TOP,
        facts=_facts_of(plan),
        weights=weights,
    )


def _facts_of(plan: Plan) -> list[Fact]:
    """The facts that a plan can quote: those of its sources' pages, or all where there are few."""
    records = FactRecord.objects.exclude(verdict__in=library.SET_ASIDE)
    if records.count() > FEW_FACTS:
        records = records.filter(page__title__in=[each.title for each in plan.sources])
    return library.facts_of(records)
