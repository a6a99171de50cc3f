"""The city's plan in the store: kept whole, replaced whole, given back equal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields
from enum import StrEnum
from typing import Any, TypeVar

from django.db import models, transaction

from liandong.plan import (
    Assigned,
    Carrier,
    Chain,
    Edge,
    Node,
    Origin,
    PartnerKind,
    Place,
    Plan,
    Source,
    SourceRegion,
    Stage,
    Stated,
    Tie,
    Tier,
    TierKey,
)
from liandong.workspace import audit
from liandong.workspace.models import (
    CarrierRecord,
    ChainRecord,
    EdgeRecord,
    NodeRecord,
    PlanRecord,
    RegionRecord,
    SourceRecord,
    TieRecord,
    TierRecord,
)

T = TypeVar("T")

# The parts of a plan that hang on it directly: field of the dataclass, its type, its model.
_PARTS: tuple[tuple[str, type[Any], type[models.Model]], ...] = (
    ("sources", Source, SourceRecord),
    ("tiers", Tier, TierRecord),
    ("carriers", Carrier, CarrierRecord),
    ("regions", SourceRegion, RegionRecord),
    ("ties", Tie, TieRecord),
)
_CHAIN_PARTS: tuple[tuple[str, type[Any], type[models.Model]], ...] = (
    ("nodes", Node, NodeRecord),
    ("edges", Edge, EdgeRecord),
)
_ENUMS: dict[str, type[StrEnum]] = {"tier": TierKey, "stage": Stage, "kind": PartnerKind}


def keep_plan(plan: Plan) -> None:
    """Put the plan in place of the one that is there."""
    with transaction.atomic():
        before = PlanRecord.objects.order_by("-version").values_list("version", flat=True).first() or 0
        PlanRecord.objects.all().delete()
        record = PlanRecord.objects.create(
            city=plan.city,
            name=plan.name,
            slogan=plan.slogan,
            origin=asdict(plan.origin),
            version=before + 1,
        )
        audit.record("chains.plan", plan.name, version=record.version, chains=len(plan.chains))
        for name, _, model in _PARTS:
            _insert(model, getattr(plan, name), plan=record)
        for order, chain in enumerate(plan.chains):
            kept = ChainRecord.objects.create(plan=record, order=order, **_columns(chain, ("nodes", "edges")))
            for name, _, model in _CHAIN_PARTS:
                _insert(model, getattr(chain, name), chain=kept)


def stored_plan() -> Plan | None:
    """The plan of the workspace, None if none was loaded."""
    record = PlanRecord.objects.first()
    if record is None:
        return None
    chains = tuple(
        _item(Chain, kept, **{name: _items(kind, model, chain=kept) for name, kind, model in _CHAIN_PARTS})
        for kept in ChainRecord.objects.filter(plan=record)
    )
    parts: dict[str, Any] = {name: _items(kind, model, plan=record) for name, kind, model in _PARTS}
    return _item(Plan, record, chains=chains, **parts)


def _insert(model: type[models.Model], items: Iterable[Any], **owner: models.Model) -> None:
    rows = [model(order=order, **owner, **_columns(item)) for order, item in enumerate(items)]
    model._default_manager.bulk_create(rows)


def _columns(item: Any, left_out: tuple[str, ...] = ()) -> dict[str, Any]:
    """The fields of an item as the columns of its row; lists and origins as JSON."""
    columns = {f.name: getattr(item, f.name) for f in fields(item) if f.name not in left_out}
    columns["origin"] = asdict(item.origin)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in columns.items()}


def _items(kind: type[T], model: type[models.Model], **owner: models.Model) -> tuple[T, ...]:
    return tuple(_item(kind, row) for row in model._default_manager.filter(**owner))


def _item(kind: type[T], row: models.Model, **parts: Any) -> T:
    """The row as an item: the inverse of `_columns`."""
    values: dict[str, Any] = dict(parts)
    for f in fields(kind):  # type: ignore[arg-type] # kind is always one of the plan's dataclasses
        if f.name in parts:
            continue
        value = getattr(row, f.name)
        if f.name == "origin":
            value = _origin(value)
        elif isinstance(value, list):
            value = tuple(value)
        elif f.name in _ENUMS or (kind is Tier and f.name == "key"):
            value = _ENUMS.get(f.name, TierKey)(value)
        values[f.name] = value
    return kind(**values)


def _origin(data: dict[str, Any]) -> Origin:
    return Origin(
        stated=tuple(Stated(**item) for item in data["stated"]),
        assigned=tuple(
            Assigned(item["field"], item["why"], Place(**item["place"])) for item in data["assigned"]
        ),
        place=Place(**data["place"]),
        lines=data.get("lines", {}),
    )
