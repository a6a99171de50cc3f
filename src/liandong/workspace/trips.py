"""Outings and receptions: planned, then told what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from liandong.errors import InputError, Text
from liandong.workspace import audit, changes, policies
from liandong.workspace.models import Account, TripRecord


@dataclass(frozen=True, slots=True)
class Plan:
    """A trip to be made, or guests to come. firms: whom to meet."""

    kind: str
    title: str
    place: str = ""
    people: str = ""
    firms: str = ""
    purpose: str = ""
    since: date | None = None
    until: date | None = None


def visible(person: Account) -> Any:
    """The plans of one's unit."""
    return policies.policy("leads").visible(person, TripRecord.objects.all())


def make(person: Account, plan: Plan) -> TripRecord:
    """Keep a plan. Raises InputError for no title, kind or day, or an end before its beginning."""
    if plan.kind not in TripRecord.Kind.values or not plan.title.strip():
        raise InputError(Text("请填写类别和标题。", "Give a kind and a title."), field="title")
    if plan.since is None or (plan.until or plan.since) < plan.since:
        raise InputError(Text("请填写起止日期。", "Give the first and the last day."), field="since")
    with transaction.atomic():
        made = TripRecord.objects.create(
            kind=plan.kind, title=plan.title.strip(), place=plan.place, people=plan.people, firms=plan.firms,
            purpose=plan.purpose, since=plan.since, until=plan.until or plan.since, unit=person.unit,
            by=audit.actor().name,
        )  # fmt: skip
        audit.record("leads.trip", made.pk, title=made.title, since=made.since)
    return made


def tell(trip: TripRecord, version: int, text: str) -> None:
    """What came of it. Raises InputError for no words, EditConflictError if somebody was quicker."""
    if not text.strip():
        raise InputError(Text("请填写结果。", "Say what came of it."), field="outcome")
    changes.save(trip, version, "leads.trip_outcome", outcome=text.strip())
