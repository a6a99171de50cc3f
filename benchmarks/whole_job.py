"""The whole job on real registrations: import, classification, diagnosis, targets; seconds and memory.

    python -m benchmarks.whole_job        needs the data packs (../shared, or LIANDONG_SHARED)

The budget of the first version: import, classification and diagnosis of 707,214 firms in 4 minutes and 3 GB.
"""

from __future__ import annotations

import os
import resource
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from liandong.examples import xuchang
from liandong.workspace import Workspace

SHARED = Path(os.environ.get("LIANDONG_SHARED", Path(__file__).resolve().parents[2] / "shared"))
PACKS = ("henan.parquet", "yangtze_delta.parquet")


def main() -> None:
    folder = SHARED / "data" / "registry"
    if not folder.is_dir():
        print("the data packs are absent: nothing measured")
        return
    with tempfile.TemporaryDirectory() as work:
        workspace = Workspace.create(Path(work) / "xuchang", plan=xuchang.PLAN)
        files = [folder / name for name in PACKS]
        steps: list[tuple[str, Callable[[], Any]]] = [
            ("import", lambda: workspace.import_firms(files, notes=("sampled",))),
            ("classify", workspace.registry.classify),
            ("diagnose all chains", workspace.diagnoses),
            ("targets of one chain", lambda: workspace.targets("电力装备", source="长三角", top=50)),
            ("… of another", lambda: workspace.targets("超硬材料", source="长三角", top=50)),
            ("rivals", lambda: workspace.compare("电力装备")),
            ("history", lambda: workspace.history("电力装备")),
        ]
        print("| step | seconds | CPU seconds | peak memory so far, MB (this process / largest child) |")
        print("|---|---|---|---|")
        total = 0.0
        for name, step in steps:
            started, cpu = perf_counter(), process_time()
            step()
            seconds, cpu = perf_counter() - started, process_time() - cpu
            total += seconds
            own, child = peak(resource.RUSAGE_SELF), peak(resource.RUSAGE_CHILDREN)
            print(f"| {name} | {seconds:.1f} | {cpu:.1f} | {own} / {child} |")
        print(f"| total | {total:.1f} | | {workspace.registry.snapshot.rows:,} firms |")


def peak(whose: int) -> int:
    """Largest resident memory in MB."""
    return resource.getrusage(whose).ru_maxrss // 1024


if __name__ == "__main__":
    main()
