"""Registry: import, count, panel and search over growing tables, beside what DuckDB needs to copy them.

    python -m benchmarks registry            synthetic firms: 30,000, 100,000, 300,000
    python -m benchmarks.registry --real     the registrations of the data packs, too
    python -m benchmarks.registry --large    ten million synthetic firms, too

Each import runs in a process of its own, so that its peak memory is its own. The floor is one read of the
input and one write of its columns as compressed Parquet by DuckDB, with the same threads and memory.
"""

from __future__ import annotations

import argparse
import json
import os
import random
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
from liandong.registry.index_building import FORMAT
from liandong.registry.synthetic import generate

SIZES = (30_000, 100_000, 300_000)
LARGE = 10_000_000
REPEATS = 5
TEXTS = 40
SHARED = Path(os.environ.get("LIANDONG_SHARED", Path(__file__).resolve().parents[2] / "shared"))
REAL = (
    ("henan.parquet",),
    ("henan.parquet", "yangtze_delta.parquet"),
    ("henan.parquet", "yangtze_delta.parquet", "rest-1.parquet", "rest-2.parquet"),
)
IMPORT = """
import json, resource, sys, time
from liandong.registry import Registry
began, cpu = time.perf_counter(), time.process_time()
report = Registry(sys.argv[1]).import_files(sys.argv[2:])
seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"rows": report.rows, "merged": report.merged, "peak": peak,
    "seconds": seconds, "cpu": cpu}))
"""


def floor(paths: Sequence[Path], folder: Path) -> float:
    """Seconds in which DuckDB reads the files and writes them again."""
    files = ", ".join(quote(str(path)) for path in paths)
    began = time.perf_counter()
    with connect(folder / "scratch") as connection:
        connection.execute("SET preserve_insertion_order = false")  # else three million rows need more memory
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


def measure(name: str, paths: Sequence[Path], folder: Path) -> Registry:
    """One line of the table, and the registry it is of."""
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
    folder_of_index = registry.index.folder
    built = json.loads((folder_of_index / FORMAT).read_text(encoding="utf-8"))["seconds"]
    size = sum(file.stat().st_size for file in folder_of_index.iterdir()) / 1e6
    print(
        f"| {name} | {rows:,} | {done['seconds']:.1f} | {done['cpu']:.1f} | {done['peak']:,.0f} "
        f"| {least:.1f} "
        f"| {registry.snapshot.path.stat().st_size / 1e6:,.0f} | {size:,.0f} | {built:.1f} "
        f"| {count:.0f} | {panel:.0f} |",
        flush=True,
    )
    return registry


def searches(registry: Registry) -> None:
    """Searches for parts of names taken at random, as they are and mistyped; the index warm."""
    rng = random.Random(5)
    rows = range(registry.snapshot.rows)
    names = [registry.index.text(row)[0] for row in rng.sample(rows, min(TEXTS, len(rows)))]
    letters = "".join(names)

    def part(size: int) -> list[str]:
        starts = [(name, rng.randrange(len(name) - size + 1)) for name in names if len(name) >= size]
        return [name[start : start + size] for name, start in starts]

    def mistyped(texts: list[str]) -> list[str]:
        at = [rng.randrange(len(text)) for text in texts]
        return [t[:i] + rng.choice(letters) + t[i + 1 :] for t, i in zip(texts, at, strict=True)]

    kinds = {f"{size} characters": part(size) for size in (2, 3, 6)} | {"whole name": names}
    kinds |= {f"{kind}, one wrong": mistyped(texts) for kind, texts in kinds.items()}
    kinds["6 characters, one missing"] = [text[:2] + text[3:] for text in part(6)]
    for text in ("许昌某某某某", "齉齉", "齉齉齉"):  # what is loaded once
        registry.search(text)
    print("\n| text | found | median ms | p95 ms | p95 CPU ms |\n|---|---|---|---|---|")
    for kind, texts in kinds.items():
        clock, cpu, found = [], [], 0
        for text in texts:
            began, work = time.perf_counter(), time.process_time()
            found += bool(registry.search(text))
            clock.append((time.perf_counter() - began) * 1000)
            cpu.append((time.process_time() - work) * 1000)
        print(
            f"| {kind} | {found} of {len(texts)} | {statistics.median(clock):.0f} | {percentile(clock):.0f} "
            f"| {percentile(cpu):.0f} |"
        )


def percentile(times: list[float]) -> float:
    """The 95th percentile."""
    return sorted(times)[int(len(times) * 0.95)]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--real", action="store_true", help="also the data packs")
    parser.add_argument("--large", action="store_true", help="also ten million synthetic firms")
    arguments = parser.parse_args()
    sizes = (*SIZES, LARGE) if arguments.large else SIZES
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, DuckDB {duckdb.__version__}")
    print(
        "| input | rows | import s | CPU s | peak MB | floor s | firms MB | index MB | index s "
        "| count ms | panel ms |\n|---|---|---|---|---|---|---|---|---|---|---|"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in sizes:
            path = folder / f"synthetic-{size}.parquet"
            pq.write_table(generate(size, seed=size), path)
            registry = measure(f"synthetic {size:,}", [path], folder)
        packs = SHARED / "data" / "registry"
        if arguments.real and packs.is_dir():
            for files in REAL:
                registry = measure(f"{len(files)} packs", [packs / file for file in files], folder)
        searches(registry)


if __name__ == "__main__":
    main()
