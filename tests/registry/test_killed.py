"""An import killed at any moment leaves the registry as it was."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from liandong.registry import Registry
from liandong.registry.synthetic import generate
from tests.conftest import ROOT

IMPORT = (
    "import sys; from liandong.registry import Registry; Registry(sys.argv[1]).import_files(sys.argv[2:])"
)


def _start(folder: Path, path: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", IMPORT, str(folder), str(path)], cwd=ROOT / "src")


@pytest.mark.parametrize(
    ("kills", "firms"), [(3, 20_000), pytest.param(50, 100_000, marks=pytest.mark.soak)], ids=["few", "fifty"]
)
def test_killed_at_random_moments(tmp_path: Path, kills: int, firms: int) -> None:
    """After SIGKILL the snapshot of before is live, or the new one is; either is whole, and imports go on."""
    registry = Registry(tmp_path / "registry")
    pq.write_table(generate(2_000, seed=1), tmp_path / "first.parquet")
    pq.write_table(generate(firms, seed=2), tmp_path / "second.parquet")
    before = registry.import_files([tmp_path / "first.parquet"]).snapshot
    began = time.monotonic()
    assert _start(registry.folder, tmp_path / "second.parquet").wait() == 0
    whole = time.monotonic() - began
    after = Registry(registry.folder).snapshot.rows
    Registry(registry.folder).undo()

    moments = random.Random(1)
    killed = 0
    for _ in range(kills):
        process = _start(registry.folder, tmp_path / "second.parquet")
        time.sleep(moments.uniform(whole * 0.3, whole * 1.05))
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        found = Registry(registry.folder)
        rows = found.query("SELECT count(*) FROM firms")[0][0].as_py()
        assert (found.snapshot.id == before, rows) in ((True, 2_000), (False, after))
        if found.snapshot.id != before:
            found.undo()
    assert killed > 0
    Registry(registry.folder).import_files([tmp_path / "second.parquet"])
    left = [
        each.name
        for each in registry.folder.iterdir()
        if each.name.startswith((".building", "current.json."))
    ]
    assert left == []
