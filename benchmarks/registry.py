"""Registry: import, count, panel and search over growing tables, beside what DuckDB needs to copy them.

    python -m benchmarks registry            synthetic firms: 30,000, 100,000, 300,000
    python -m benchmarks.registry --real     the registrations of the data packs, too

Each import runs in a process of its own, so that its peak memory is its own. The floor is one read of the
input and one write of its columns as compressed Parquet by DuckDB, with the same threads and memory.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from liandong.registry import Registry
from liandong.registry.engines import connect, quote
from liandong.registry.synthetic import generate

SIZES = (30_000, 100_000, 300_000)
REPEATS = 5
SEARCHES = ("瑞泰", "恒昌机", "瑞泰机械设备", "没有这样的企业")
SHARED = Path(os.environ.get("LIANDONG_SHARED", Path(__file__).resolve().parents[2] / "shared"))
REAL = (
    ("henan.parquet",),
    ("henan.parquet", "yangtze_delta.parquet"),
    ("henan.parquet", "yangtze_delta.parquet", "rest-1.parquet", "rest-2.parquet"),
)
IMPORT = """
import json, resource, sys, time
from liandong.registry import Registry
began = time.perf_counter()
report = Registry(sys.argv[1]).import_files(sys.argv[2:])
seconds = time.perf_counter() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"rows": report.rows, "merged": report.merged, "seconds": seconds, "peak": peak}))
"""


def floor(paths: Sequence[Path], folder: Path) -> float:
    """Seconds in which DuckDB reads the files and writes them again."""
    files = ", ".join(quote(str(path)) for path in paths)
    began = time.perf_counter()
    with connect(folder / "scratch") as connection:
        connection.execute(
            f"COPY (SELECT * FROM read_parquet([{files}])) TO {quote(str(folder / 'floor.parquet'))} "
            "(FORMAT parquet, COMPRESSION zstd)"
        )
    return time.perf_counter() - began


def median(work: Callable[[], object]) -> float:
    """Median milliseconds of some runs, the first (which opens files) left out."""
    times = []
    for _ in range(REPEATS + 1):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times[1:])


def measure(name: str, paths: Sequence[Path], folder: Path) -> None:
    """One line of the table."""
    target = folder / f"registry-{name}"
    command = [sys.executable, "-c", IMPORT, str(target), *map(str, paths)]
    done = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    rows = sum(pq.read_metadata(path).num_rows for path in paths)
    assert done["rows"] + done["merged"] == rows, "a row was lost"
    least = floor(paths, folder)
    registry = Registry(target)
    place = next(iter(registry.stats().by_prefecture))
    figure = registry.count(regions=(place,))
    assert registry.query(figure.evidence[0].expression)[0][0].as_py() == figure.value  # type: ignore[union-attr]
    count = median(lambda: registry.query(figure.evidence[0].expression))  # type: ignore[union-attr]
    panel = median(lambda: registry.panel("division"))
    search = max(median(lambda text=text: registry.search(text)) for text in SEARCHES)
    print(
        f"| {name} | {rows:,} | {done['seconds']:.1f} | {rows / done['seconds']:,.0f} | {done['peak']:,.0f} "
        f"| {least:.1f} | {count:.0f} | {panel:.0f} | {search:.0f} |",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--real", action="store_true", help="also the data packs")
    arguments = parser.parse_args()
    print(
        f"{os.cpu_count()} cores, DuckDB {duckdb.__version__}; search: the slowest of {len(SEARCHES)} texts"
    )
    print(
        "| input | rows | import s | rows/s | peak MB | floor s | count ms | panel ms | search ms |\n"
        "|---|---|---|---|---|---|---|---|---|"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in SIZES:
            path = folder / f"synthetic-{size}.parquet"
            pq.write_table(generate(size, seed=size), path)
            measure(f"synthetic {size:,}", [path], folder)
        packs = SHARED / "data" / "registry"
        if arguments.real and packs.is_dir():
            for files in REAL:
                measure(f"{len(files)} packs", [packs / file for file in files], folder)


if __name__ == "__main__":
    main()
