"""All addresses of the office, made from its own list of them, with an example for every part that varies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from liandong.office.shell.access import PUBLIC
from liandong.workspace import current, targets
from liandong.workspace.models import (
    Account,
    AuditEntry,
    ConditionRecord,
    DiligenceItem,
    DisputeRecord,
    EventRecord,
    FactRecord,
    FilingRecord,
    FollowUp,
    Invitee,
    Job,
    Judgement,
    LeadRecord,
    NotSameProject,
    PageRecord,
    ParcelRecord,
    ParkImport,
    ParkRecord,
    ProgrammeApplication,
    ProjectImport,
    ProjectRecord,
    PromiseRecord,
    ReviewMeeting,
    SavedView,
    ScheduleRun,
    SigningRecord,
    SitingCondition,
    SitingRecord,
    SitingRun,
    SuggestionRecord,
    Task,
    Token,
    TripRecord,
)
from tests.office.conftest import CHAIN

FOREIGN = ("account_", "mfa_")
"""Names of allauth's pages: they guard themselves."""

MODELS: dict[str, Any] = {
    "jobs:job": Job,
    "jobs:cancel": Job,
    "jobs:restart": Job,
    "firms:confirm": Job,
    "firms:undo_judgement": Judgement,
    **{
        f"events:{name}": EventRecord
        for name in (
            "event",
            "invitees",
            "invite",
            "wishes",
            "wish",
            "suggestions",
            "suggest",
            "schedule",
            "search",
            "run",
            "publish",
            "version",
            "handbook",
            "check_in",
            "signing",
            "sign",
            "follow_up",
            "task",
        )
    },
    "assessment:project": ProjectRecord,
    "programmes:decide": ProgrammeApplication,
    "events:agenda": Invitee,
    "events:answer": Invitee,
    "events:presence": Invitee,
    "events:stand_in": Invitee,
    "events:answer_suggestion": SuggestionRecord,
    "events:move": SigningRecord,
    "events:done": FollowUp,
    "parks:park": ParkRecord,
    "parks:edit_park": ParkRecord,
    "parks:parcel": ParcelRecord,
    "parks:edit_parcel": ParcelRecord,
    "parks:confirm": Job,
    "parks:undo": ParkImport,
    "parks:project": ProjectRecord,
    "parks:needs": ProjectRecord,
    "parks:place": ProjectRecord,
    "parks:release": SitingRecord,
    "parks:check": SitingRecord,
    "parks:close": SitingCondition,
    "parks:run": SitingRun,
    "accounts:account": Account,
    "accounts:archive": Account,
    "accounts:reset": Account,
    "accounts:take_second_factor": Account,
    "accounts:revoke": Token,
    "accounts:drop_view": SavedView,
    "projects:undo_import": ProjectImport,
    "projects:answer": Task,
    "projects:decide": DiligenceItem,
    "projects:vote": ReviewMeeting,
    "projects:conclude": ReviewMeeting,
    "projects:close": ConditionRecord,
    "projects:undo_judgement": NotSameProject,
    "leads:contact": FilingRecord,
    "leads:release": FilingRecord,
    "leads:reply": DisputeRecord,
    "leads:rule": DisputeRecord,
    "leads:outcome": TripRecord,
    **dict.fromkeys(
        ("projects:promise", "projects:review_promise", "projects:keep", "projects:suspend"), PromiseRecord
    ),
    "projects:take_out": PromiseRecord,
}
"""Whose number stands in an address; a new kind of address adds a line."""


@dataclass(frozen=True)
class Address:
    """A page: its name, an example of its path, the permission it needs, the methods it answers."""

    name: str
    path: str
    permission: str
    methods: tuple[str, ...]


def inventory() -> list[Address]:
    """Every page of the office; REST operations are in their OpenAPI description."""
    found = []
    for namespaces, pattern in _walk(get_resolver()):
        name = ":".join([*namespaces, pattern.name or ""])
        if namespaces[:1] == ["api"] or name.startswith(FOREIGN):
            continue
        view: Any = pattern.callback
        found.append(Address(name, _example(name, pattern), view.permission, view.methods))
    return found


def _walk(resolver: URLResolver, namespaces: tuple[str, ...] = ()) -> list[tuple[list[str], URLPattern]]:
    found: list[tuple[list[str], URLPattern]] = []
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            inner = (*namespaces, each.namespace) if each.namespace else namespaces
            found += _walk(each, inner)
        else:
            found.append((list(namespaces), each))
    return found


def _example(name: str, pattern: URLPattern) -> str:
    values = {part: _value(name, part) for part in pattern.pattern.converters}
    return reverse(name, kwargs=values)


def _value(name: str, part: str) -> object:
    """An example that is there in the furnished office."""
    match part:
        case "chain":
            return CHAIN
        case "sha256":
            return PageRecord.objects.values_list("pk", flat=True)[0]
        case "fact":
            return FactRecord.objects.values_list("pk", flat=True)[0]
        case "seq":
            return AuditEntry.objects.values_list("pk", flat=True)[0]
        case "firm_id":
            return _target() if name.startswith("targets") else _firm()
        case "region":
            return "许昌"
        case "run":
            return ScheduleRun.objects.values_list("pk", flat=True)[0]
        case "number":
            return 1
    if part == "pk" and name not in MODELS and name.startswith("projects:"):
        return ProjectRecord.objects.order_by("pk").values_list("pk", flat=True)[0]
    if part == "pk" and name not in MODELS and name.startswith("leads:"):
        return LeadRecord.objects.values_list("pk", flat=True)[0]
    first = MODELS[name].objects.values_list("pk", flat=True).first() if name in MODELS else None
    return 1 if first is None else first


def _target() -> str:
    return targets.ranking(CHAIN)[0].firm.firm_id


def _firm() -> str:
    return str(current.registry().firms(limit=1, columns=["firm_id"])[0][0].as_py())


__all__ = ["PUBLIC", "Address", "inventory"]
