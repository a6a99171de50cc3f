"""The office as it is started: a server and its worker, which may be killed at any moment."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from liandong.workspace import Workspace, current, store
from tests.office.conftest import Office

ROWS = 60_000
pytest.importorskip("playwright", reason="the browser's driver is not installed")

from liandong.workspace import importing, jobs  # noqa: E402 # Django is set up by the workspace
from liandong.workspace.models import Job  # noqa: E402
from tests.office.browser import served  # noqa: E402


def until(what: Callable[[], Any], seconds: float = 90) -> Any:
    """What is waited for, as soon as it is there."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = what()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError("it did not come")


def test_a_killed_import_leaves_nothing_and_starts_again(office: Office, tmp_path: Path):
    """Its worker is killed in the middle: the job is interrupted, the registry empty as before; then done."""
    table = "企业名称,所在地\n" + "".join(f"许昌测试{n}号机械有限公司【合成】,许昌市\n" for n in range(ROWS))
    preview = importing.send([table.encode()], "big.csv")
    Job.objects.filter(pk=preview.pk).update(status=Job.Status.DONE)
    office.workspace.registry.folder.rename(tmp_path / "kept")
    job = importing.confirm(Job.objects.get(pk=preview.pk))
    store.close_store()
    with served(office.folder, tmp_path / "log"):
        running = Job.objects.filter(pk=job.pk, status="running").values_list("worker", flat=True)
        mine = until(running.all().first)
        os.kill(int(mine.rpartition(":")[2]), signal.SIGKILL)
        until(lambda: Job.objects.filter(pk=job.pk, status="interrupted").exists())
        left = list((office.folder / "registry").glob("0*"))
        again = jobs.restart(Job.objects.get(pk=job.pk))
        until(lambda: Job.objects.filter(pk=again.pk, status="done").exists())
    current.forget()
    rows = Workspace(office.folder).registry.snapshot.rows
    assert (left, rows) == ([], ROWS)
