"""Edits that cannot overwrite one another unseen."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils import timezone

from liandong.errors import InputError, Text
from liandong.workspace import audit
from liandong.workspace.models.common import Archivable, Versioned


class EditConflictError(InputError):
    """Somebody else has changed the record since it was read. current: the record as it is now."""

    def __init__(self, current: models.Model) -> None:
        self.current = current
        super().__init__(
            Text(
                "在您编辑期间,别人已修改了这条记录。您的修改没有保存;请对照后再提交。",
                "Somebody changed this record while you were editing it. Your change was not saved; "
                "compare and submit again.",
            )
        )


def save(record: Versioned, version: int, action: str, **values: Any) -> None:
    """Write values over the version that was read, and log what changed.

    Raises EditConflictError if the record has moved on since.
    """
    model = type(record)
    before = {name: getattr(record, name) for name in values}
    with transaction.atomic():
        written = model._default_manager.filter(pk=record.pk, version=version).update(
            version=version + 1, **values
        )
        if not written:
            raise EditConflictError(model._default_manager.get(pk=record.pk))
        changed = {name: value for name, value in values.items() if before[name] != value}
        audit.record(action, record.pk, before={name: before[name] for name in changed}, after=changed)
    record.refresh_from_db()


def archive(record: Archivable, action: str) -> None:
    """Put a record away; it stays readable."""
    with transaction.atomic():
        record.archived = timezone.now()
        record.save(update_fields=["archived"])
        audit.record(action, record.pk)
