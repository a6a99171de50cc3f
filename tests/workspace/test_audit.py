"""The audit log cannot be changed, and what changes it behind its back is found."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from liandong.workspace import store

store.setup()

from liandong.workspace import audit  # noqa: E402 # models can be imported only once Django is set up
from liandong.workspace.models import AuditEntry, AuditHead  # noqa: E402


@pytest.fixture
def log(database: str) -> None:
    """Three entries of two people."""
    store.open_store(database)
    with audit.acting("wang", "10.0.0.8"):
        audit.record("library.add", "a", facts=3)
        audit.record("library.review", "b", before="", after="accepted")
    with audit.acting("li"):
        audit.record("firms.export", "c", rows=12, 说明="中文")


def run(sql: str) -> None:
    """Change the table itself, with the guards off, as somebody with the database's password could."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER audit_no_update")
            cursor.execute("DROP TRIGGER audit_no_delete")
        else:
            cursor.execute("ALTER TABLE workspace_auditentry DISABLE TRIGGER ALL")
        cursor.execute(sql)


@pytest.mark.usefixtures("log")
def test_entries_follow_one_another():
    """Each carries the hash of the one before it; the chain is whole."""
    entries = list(AuditEntry.objects.order_by("seq"))
    assert [each.previous for each in entries] == [audit.GENESIS, entries[0].hash, entries[1].hash]
    assert [each.by for each in entries] == ["wang", "wang", "li"]
    assert audit.verify() == audit.Verification(3, None)


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize("do", ["update", "delete"])
def test_the_database_refuses_to_change_the_log(do: str):
    """Neither an entry can be rewritten nor taken out."""
    entries = AuditEntry.objects.filter(seq=2)
    with pytest.raises(DatabaseError), transaction.atomic():
        entries.update(by="nobody") if do == "update" else entries._raw_delete(entries.db)
    assert audit.verify() == audit.Verification(3, None)


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize(
    ("sql", "broken"),
    [
        ("UPDATE workspace_auditentry SET action = 'x' WHERE seq = 2", 2),
        ("UPDATE workspace_auditentry SET by = 'li' WHERE seq = 1", 1),
        ("DELETE FROM workspace_auditentry WHERE seq = 2", 3),
        ("DELETE FROM workspace_auditentry WHERE seq = 3", 3),
        ("DELETE FROM workspace_auditentry", 1),
    ],
)
def test_tampering_is_found(sql: str, broken: int):
    """A changed, missing or cut-off entry, with the place where the chain breaks."""
    run(sql)
    assert audit.verify().broken == broken


@pytest.mark.usefixtures("log")
def test_what_is_rolled_back_was_never_logged():
    """An entry lives and dies with the change that it tells of."""
    with transaction.atomic():
        audit.record("library.add", "d")
        transaction.set_rollback(True)
    assert (AuditHead.objects.get().seq, audit.verify().entries) == (3, 3)
