"""The backtest on real registrations: lift, recall and AUC with intervals, beside five baselines.

    python -m benchmarks.targets        needs the data packs (../shared, or LIANDONG_SHARED); ten minutes

Prints the table of docs/explanation/targets.md. Nothing is tuned on the windows that are reported.
"""

from __future__ import annotations

import resource
import tempfile
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.whole_job import PACKS, SHARED, peak
from liandong.examples import xuchang
from liandong.targets import load_weights
from liandong.targets.backtesting import Measured
from liandong.workspace import Workspace, backtesting


def main() -> None:
    folder = SHARED / "data" / "registry"
    if not folder.is_dir():
        print("the data packs are absent: nothing measured")
        return
    with tempfile.TemporaryDirectory() as work:
        workspace = Workspace.create(Path(work) / "xuchang", plan=xuchang.PLAN)
        workspace.import_firms([folder / name for name in PACKS], notes=("sampled",))
        workspace.registry.classify()
        started, cpu = perf_counter(), process_time()
        proof = backtesting.run(workspace.plan, workspace.registry, load_weights())
        seconds, cpu = perf_counter() - started, process_time() - cpu
    found = proof.found
    print("| ranked by | lift at 1 % | lift at 5 % | recall at 100 | AUC |\n|---|---|---|---|---|")
    for way in found.performances:
        cells = (way.lift_1, way.lift_5, way.recall, way.auc)
        print(f"| {way.way} | " + " | ".join(map(interval, cells)) + " |")
    print(
        f"\n{len(found.arrivals)} arrivals ({found.expected:.1f} expected), "
        f"learnt from {proof.learnt.arrivals} ({proof.learnt.expected:.1f}); "
        f"ratio to {found.best_factor}: {interval(found.ratio)}"
    )
    print(f"{seconds:.0f} s, {cpu:.0f} s of this process, {peak(resource.RUSAGE_SELF)} MB")


def interval(number: Measured) -> str:
    """1.34 (0.92–1.88)."""
    return f"{number.value:.2f} ({number.low:.2f}–{number.high:.2f})"


if __name__ == "__main__":
    main()
