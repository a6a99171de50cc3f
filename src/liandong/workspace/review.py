"""Reviewing facts: accept, reject, correct within the gate, merge; conflicts side by side.

Everything a person says is a new `Review`; nothing is overwritten. Two people at one fact: who comes second
is told (`EditConflictError`), because each says what they saw (`seen`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from liandong.errors import InputError, Text
from liandong.facts import Fact, Ground, Reconciliation, reconcile, verify
from liandong.workspace import library
from liandong.workspace.changes import EditConflictError
from liandong.workspace.models import FactRecord, Review

CORRECTABLE = ("subject", "indicator", "value_text", "period", "region", "modality")
_GROUNDED = ("subject", "indicator", "period", "region")


def stamp(record: FactRecord) -> str:
    """What somebody has seen of a fact: when it was reviewed last."""
    return record.reviewed.isoformat() if record.reviewed else ""


def judge(
    fact_id: str, verdict: str, *, seen: str, note: str = "", successor: str | None = None
) -> FactRecord:
    """Accept, reject or reopen a fact as it was seen. Raises EditConflictError if it was reviewed since."""
    with transaction.atomic():
        record = FactRecord.objects.select_for_update().filter(pk=fact_id).first()
        if record is None:
            raise InputError(Text("没有这条事实。", "There is no such fact."), field=fact_id)
        if stamp(record) != seen:
            raise EditConflictError(record)
        library.review(fact_id, verdict, note=note, successor=successor)
        record.refresh_from_db()
    return record


def correct(fact_id: str, changes: Mapping[str, str], *, seen: str, note: str = "") -> Fact:
    """Put a corrected fact in the place of one. It must pass the gate like any other.

    changes: fields of `CORRECTABLE` as the person gives them; "" is unknown. A changed field must stand on
    the page: its place nearest to the quote becomes its ground.
    Raises InputError with the gate's reasons if it is refused; nothing is changed then.
    """
    before = library.fact(fact_id)
    page = library.page(before.page)
    given = {name: changes[name].strip() or None for name in CORRECTABLE if name in changes}
    altered = {name: value for name, value in given.items() if getattr(before, name) != value}
    if not altered:
        raise InputError(Text("没有改动。", "Nothing was changed."), field=fact_id)
    basis = dict(before.basis)
    for name in _GROUNDED:
        if name in altered:
            basis[name] = _ground(page.raw, altered[name], before)
    fact = before.but(**altered, basis=basis, origin="person")
    refused = verify(fact, page)
    if refused:
        reasons = "; ".join(refused)
        raise InputError(
            Text(
                f"这条更正没有通过核对:{reasons}。事实必须能从原文逐字得出。",
                f"The correction was refused: {reasons}. A fact must follow from the page's own characters.",
            )
        )
    with transaction.atomic():
        library.keep_fact(fact)
        judge(fact_id, Review.Verdict.REJECTED, seen=seen, note=note, successor=fact.id)
        library.review(fact.id, Review.Verdict.ACCEPTED, note=note)
    return fact


def merge(fact_id: str, into: str, *, seen: str, note: str = "") -> None:
    """Say that a fact says the same as another one, which stays. Raises InputError if they are one."""
    if fact_id == into or not FactRecord.objects.filter(pk=into).exists():
        raise InputError(
            Text("请选择另一条要保留的事实。", "Choose another fact, the one that stays."), field="into"
        )
    judge(fact_id, Review.Verdict.MERGED, seen=seen, note=note, successor=into)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the review of a page is."""

    reviewed: int
    total: int


def progress(page: str) -> Progress:
    """Of one page (sha256)."""
    facts = FactRecord.objects.filter(page=page)
    return Progress(facts.exclude(verdict="").count(), facts.count())


def reconciliation(*, accepted_only: bool = False) -> Reconciliation:
    """What all pages say together: statements with first and last seen, and conflicts."""
    records = FactRecord.objects.exclude(verdict__in=library.SET_ASIDE)
    if accepted_only:
        records = records.filter(verdict=Review.Verdict.ACCEPTED)
    return reconcile(library.facts_of(records), library.published())


def _ground(raw: str, value: str | None, fact: Fact) -> Ground:
    """Where a corrected field stands: within the quote, else nearest before it, else after it."""
    if value is None:
        return Ground("default")
    at = raw.find(value, fact.start, fact.end)
    if at >= 0:
        return Ground("stated", at, at + len(value))
    at = raw.rfind(value, 0, fact.start)
    if at < 0:
        at = raw.find(value, fact.end)
    if at < 0:
        raise InputError(Text(f"原文中没有“{value}”。", f'The page does not hold "{value}".'), field="value")
    return Ground("carried", at, at + len(value))
