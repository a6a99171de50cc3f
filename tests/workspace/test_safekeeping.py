"""A backup made in the middle of work is whole, and a workspace comes back from it equal."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from liandong.errors import InputError
from liandong.workspace import Workspace, safekeeping, store
from liandong.workspace.models import AuditEntry
from tests.workspace.conftest import new_database


@pytest.fixture
def workspace(made_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A copy of the example, on SQLite."""
    monkeypatch.delenv(store.DATABASE_VARIABLE, raising=False)
    shutil.copytree(made_once, tmp_path / "work")
    return Workspace(tmp_path / "work")


def test_a_workspace_comes_back_equal(workspace: Workspace, tmp_path: Path):
    """Facts, plan, firms and originals."""
    kept = (workspace.facts(), workspace.plan, workspace.registry.snapshot.rows)
    files = sorted(path.name for path in (workspace.folder / "files").iterdir())
    safekeeping.backup(workspace.folder, tmp_path / "copy.tar.gz")
    safekeeping.restore(tmp_path / "copy.tar.gz", tmp_path / "back")
    again = Workspace(tmp_path / "back")
    assert (again.facts(), again.plan, again.registry.snapshot.rows) == kept
    assert sorted(path.name for path in (again.folder / "files").iterdir()) == files


def test_a_backup_in_the_middle_of_work_is_one_moment(workspace: Workspace, tmp_path: Path):
    """Another thread writes on; the copy holds an unbroken beginning of its log."""
    from liandong.workspace import audit

    stop, wrote = threading.Event(), threading.Event()

    def work() -> None:
        while not stop.is_set():
            audit.record("test.write", "x")
            wrote.set()
        store.close_store()

    worker = threading.Thread(target=work)
    worker.start()
    wrote.wait(10)
    safekeeping.backup(workspace.folder, tmp_path / "copy.tar.gz")
    stop.set()
    worker.join()
    written = AuditEntry.objects.count()
    safekeeping.restore(tmp_path / "copy.tar.gz", tmp_path / "back")
    Workspace(tmp_path / "back")
    found = audit.verify()
    assert (found.intact, 0 < found.entries <= written) == (True, True)


def test_a_damaged_copy_leaves_nothing_behind(workspace: Workspace, tmp_path: Path):
    """It is refused by its list of sha256, and the folder stays absent."""
    copy = tmp_path / "copy.tar.gz"
    safekeeping.backup(workspace.folder, copy)
    data = bytearray(copy.read_bytes())
    data[len(data) // 2] ^= 0xFF
    copy.write_bytes(bytes(data))
    with pytest.raises(InputError):
        safekeeping.restore(copy, tmp_path / "back")
    assert ((tmp_path / "back").exists(), list(tmp_path.glob(".back-*"))) == (False, [])


def test_nothing_is_overwritten(workspace: Workspace, tmp_path: Path):
    """Neither a file that is there nor a folder in use."""
    safekeeping.backup(workspace.folder, tmp_path / "copy.tar.gz")
    with pytest.raises(InputError):
        safekeeping.backup(workspace.folder, tmp_path / "copy.tar.gz")
    with pytest.raises(InputError):
        safekeeping.restore(tmp_path / "copy.tar.gz", workspace.folder)


@pytest.fixture
def on_postgresql(
    made_once: Path, tmp_path: Path, cluster: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Workspace]:
    """The example with its store in a PostgreSQL of its own."""
    shutil.copytree(made_once, tmp_path / "work", ignore=shutil.ignore_patterns("store.sqlite3*"))
    monkeypatch.setenv(
        store.DATABASE_VARIABLE, new_database(cluster, f"kept_{os.getpid()}_{abs(hash(tmp_path))}")
    )
    workspace = Workspace(tmp_path / "work")
    workspace.load_plan(tmp_path / "work" / "plan.toml")
    workspace.add([tmp_path / "work" / "page.txt"])
    yield workspace
    store.close_store()


def test_a_workspace_on_postgresql_comes_back_equal(
    on_postgresql: Workspace, cluster: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Into another, empty database: facts, plan, log, and the index of the search."""
    from liandong.workspace import audit, library_search

    copy, back = tmp_path / "copy.tar.gz", tmp_path / "back"
    kept = (on_postgresql.facts(), on_postgresql.plan, on_postgresql.registry.snapshot.rows)
    entries, found = audit.verify().entries, library_search.facts("电力装备").count()
    safekeeping.backup(on_postgresql.folder, copy)
    monkeypatch.setenv(
        store.DATABASE_VARIABLE, new_database(cluster, f"back_{os.getpid()}_{abs(hash(tmp_path))}")
    )
    safekeeping.restore(copy, back)
    again = Workspace(back)
    log = audit.verify()
    assert (again.facts(), again.plan, again.registry.snapshot.rows) == kept
    assert (log.intact, log.entries, library_search.facts("电力装备").count()) == (True, entries, found)
    assert found > 0


def test_a_copy_goes_back_to_where_it_fits(
    on_postgresql: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Not over a database that is in use, nor into SQLite; nothing is left of the attempt."""
    copy, back = tmp_path / "copy.tar.gz", tmp_path / "back"
    before = on_postgresql.facts()
    safekeeping.backup(on_postgresql.folder, copy)
    with pytest.raises(InputError):
        safekeeping.restore(copy, back)
    assert (on_postgresql.facts(), back.exists()) == (before, False)
    monkeypatch.delenv(store.DATABASE_VARIABLE)
    with pytest.raises(InputError):
        safekeeping.restore(copy, back)
    assert (back.exists(), list(tmp_path.glob(".back-*"))) == (False, [])
