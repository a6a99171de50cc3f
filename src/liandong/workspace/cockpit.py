"""What the cockpit shows: counts that lead somewhere, chain health, one's own tasks, what is new."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.utils import timezone

from liandong.errors import InputError
from liandong.figures import Coverage
from liandong.plan import Diagnosis
from liandong.registry import Hit
from liandong.workspace import current, leads, library, library_search, pipeline, policies, projects
from liandong.workspace.models import Account, FactRecord, PageRecord, TargetDecision

RECENT = 6
FOUND = 10
GLANCE = 100
STATUSES = ("strong", "present", "weak", "missing", "unsure")


@dataclass(frozen=True, slots=True)
class Health:
    """A chain's nodes by status."""

    diagnosis: Diagnosis
    counts: dict[str, int]


def overview(account: Account) -> dict[str, Any]:
    """All that the cockpit shows to somebody."""
    snapshot = current.snapshot_id()
    registry = current.registry() if snapshot else None
    coverage: Coverage | None = registry.snapshot.coverage if registry else None
    try:
        diagnoses = current.diagnoses()
    except InputError:
        diagnoses = []
    verdicts = dict(FactRecord.objects.order_by().values_list("verdict").annotate(n=Count("pk")))
    return {
        "facts": {
            "all": sum(verdicts.values()),
            "accepted": verdicts.get("accepted", 0),
            "open": verdicts.get("", 0),
        },
        "pages": PageRecord.objects.count(),
        "firms": registry.count() if registry else None,
        "coverage": coverage,
        "registry_age": _age(coverage.last_date if coverage else None),
        "snapshot": snapshot,
        "chains": [_health(each) for each in diagnoses],
        "tasks": tasks(account),
        "recent": _recent(),
        "has_plan": current.plan_version() is not None,
        **pipeline_of(account),
    }


def pipeline_of(account: Account) -> dict[str, Any]:
    """The projects that somebody may see, as a whole: funnel, months, what needs somebody, origins."""
    seen = projects.visible(account)
    return {
        "funnel": pipeline.funnel(seen),
        "months": pipeline.months(seen),
        "attention": pipeline.attention(seen),
        "origins": pipeline.origins(seen),
        "todo": pipeline.mine(account),
        "late_leads": leads.overdue(account).count() if policies.may(account, "leads.view") else 0,
    }


def tasks(account: Account) -> list[TargetDecision]:
    """Firms that somebody is to court, what is due first."""
    if not policies.may(account, "targets.view"):
        return []
    mine = TargetDecision.objects.filter(officer=account, status=TargetDecision.Status.ASSIGNED)
    return list(mine.select_related("firm").order_by("due", "at")[:20])


def search(text: str) -> dict[str, Any]:
    """Firms, facts and pages with some words; the first few of each."""
    if not text:
        return {"firms": [], "facts": [], "pages": []}
    return {
        "firms": _firms(text),
        "facts": _facts(text),
        "pages": list(library_search.pages(text)[:FOUND]),
    }


def _facts(text: str) -> list[FactRecord]:
    """The first few; a word that stands in half of the library is not sorted for them."""
    few = list(library_search.facts(text, most=GLANCE).select_related("page").defer("page__raw")[:FOUND])
    if len(few) == FOUND:
        return few
    return list(library_search.facts(text).select_related("page").defer("page__raw")[:FOUND])


def _firms(text: str) -> list[Hit]:
    if current.snapshot_id() is None:
        return []
    try:
        return current.registry().search(text, limit=FOUND)
    except InputError:  # nothing in it to search for
        return []


def _health(diagnosis: Diagnosis) -> Health:
    found = Counter(node.status.value for node in diagnosis.nodes)
    return Health(diagnosis, {status: found[status] for status in STATUSES if found[status]})


def _recent() -> list[PageRecord]:
    pages = library.with_counts(PageRecord.objects.defer("raw", "body"))
    return list(pages.order_by("-added")[:RECENT])


def _age(day: str | None) -> int | None:
    """Days since an ISO date, None if it is unknown."""
    try:
        return (timezone.localdate() - date.fromisoformat(day or "")).days
    except ValueError:
        return None
