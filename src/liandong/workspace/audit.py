"""The audit log: every change and export, with who, when and from where; append-only and chained.

    with audit.acting("zhang", address="10.0.0.8"):
        audit.record("library.accept", fact.id, before=..., after=...)

Each entry carries the hash of the one before it; the database itself refuses to change or delete an entry
(triggers of the migration), and `verify` finds what was changed behind its back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from liandong.workspace.models import AuditEntry, AuditHead

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: the name of an account (or `cli`, `system`), and the network address if there is one."""

    name: str
    address: str = ""


CLI = Actor("cli")
_ACTOR: ContextVar[Actor] = ContextVar("actor", default=CLI)


@contextmanager
def acting(name: str, address: str = "") -> Iterator[None]:
    """Within it, changes are recorded as this actor's."""
    mark = _ACTOR.set(Actor(name, address))
    try:
        yield
    finally:
        _ACTOR.reset(mark)


def act_as(name: str, address: str = "") -> None:
    """From now on, in this context, changes are recorded as this actor's."""
    _ACTOR.set(Actor(name, address))


def actor() -> Actor:
    """Who acts now."""
    return _ACTOR.get()


def record(action: str, subject: object, **details: Any) -> AuditEntry:
    """Append an entry, in the transaction of the change it tells of: both are kept, or neither.

    action: `subject.verb`. details: anything JSON can hold; by habit `before` and `after`.
    """
    with transaction.atomic():
        head, _ = AuditHead.objects.select_for_update().get_or_create(pk=1, defaults={"hash": GENESIS})
        now = timezone.now().astimezone(UTC)
        entry = AuditEntry(
            seq=head.seq + 1,
            at=now,
            by=actor().name,
            address=actor().address,
            action=action,
            subject=str(subject)[:80],
            details=json.loads(json.dumps(details, ensure_ascii=False, default=str)),
            previous=head.hash,
        )
        entry.hash = _hash(entry)
        entry.save(force_insert=True)
        AuditHead.objects.filter(pk=1).update(seq=entry.seq, hash=entry.hash)
    return entry


@dataclass(frozen=True, slots=True)
class Verification:
    """What reading the chain found. broken: the first entry that does not fit, None if all do."""

    entries: int
    broken: int | None

    @property
    def intact(self) -> bool:
        """Whether nothing was changed, left out or put in."""
        return self.broken is None


def verify() -> Verification:
    """Read the whole chain again."""
    expected, last, read = GENESIS, 0, 0
    for entry in AuditEntry.objects.order_by("seq").iterator():
        if entry.seq != last + 1 or entry.previous != expected or entry.hash != _hash(entry):
            return Verification(read, entry.seq)
        expected, last, read = entry.hash, entry.seq, read + 1
    head = AuditHead.objects.filter(pk=1).first()
    if head is not None and (head.seq != last or head.hash != expected):
        return Verification(read, last + 1)
    return Verification(read, None)


def _hash(entry: AuditEntry) -> str:
    at: datetime = entry.at.astimezone(UTC)
    parts = [entry.seq, at.isoformat(), entry.by, entry.address, entry.action, entry.subject, entry.details]
    text = json.dumps([entry.previous, *parts], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
