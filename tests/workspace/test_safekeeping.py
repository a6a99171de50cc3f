"""A backup made in the middle of work is whole, and a workspace comes back from it equal."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from liandong.errors import InputError
from liandong.workspace import Workspace, safekeeping, store
from liandong.workspace.models import AuditEntry


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
