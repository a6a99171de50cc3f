"""Economy against its peers: the same panels, equal columns, then time, memory, growth and a floor.

    python benchmarks/economy.py [--peers] [--sizes 300x1400x10,…] [--shared ../shared] [--plot FILE.svg]

Each contestant runs in a process of its own, on the same input, after a warm-up on a small panel: seconds of
the processor and of the clock for all years, and peak memory; ratios are of the processor's seconds, which
other work on the machine disturbs less (for one thread of linear algebra each, set OPENBLAS_NUM_THREADS=1).
Ours is the median of five runs, or of three where they take over five seconds; a peer's is its only run, for
it takes minutes. The columns of each peer's last year are compared with ours in its convention before its
time is printed. The floor is the machine's own: three matrix products in single precision of the sizes that
complexity needs (proximity, density, outlook gain).

With --peers, those of ecomplexity, econcomplex and economic-complexity that are installed take part, where
they can: a run over --limit seconds is ended and said to be.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from liandong.economy import ECONCOMPLEX, Shrinkage, complexity, complexity_table
from liandong.economy.panel import Array, Panel

ROOT = Path(__file__).resolve().parents[1]
SIZES = "300x1400x10,3000x1400x5,3000x5000x1"
GROWTH = ((150, 700), (300, 1400), (600, 2800), (1200, 2800), (2400, 2800))
COLUMNS = ("rca", "m", "diversity", "ubiquity", "eci", "pci", "density", "coi", "cog")
OURS = ("arrays", "arrays float64", "pandas")
PEERS = {
    "ecomplexity": "ecomplexity",
    "econcomplex": "econcomplex",
    "economic-complexity": "economic_complexity",
}
# economic-complexity has no coi, iterates eci and pci twenty times, and defines its gain otherwise
COMPARED = {"economic-complexity": ("rca", "density")}
Years = list[Array]


def panel(regions: int, industries: int, seed: int = 0) -> Array:
    """Counts whose rates mix the ranks of region and industry: a nested matrix, as real ones are."""
    random = np.random.default_rng(regions * industries + seed)
    ability = random.normal(size=(regions, 1))
    need = random.normal(size=(1, industries))
    noise = random.normal(size=(regions, industries))
    return random.poisson(np.exp(1 + ability + noise - 0.5 * np.maximum(need - ability, 0) ** 2)).astype(
        float
    )


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """Median of five runs, of three where they are long."""
    times: list[float] = []
    while len(times) < (3 if sum(times) > 5 else 5):
        start = clock()
        work()
        times.append(clock() - start)
    return statistics.median(times)


def floor(x: Array) -> float:
    """Three products: (I, R) (R, I), (R, I) (I, I), (R, I) (I, I)."""
    m = (x > 1).astype(np.float32)
    square = np.random.default_rng(0).random((x.shape[1], x.shape[1])).astype(np.float32)
    return seconds(lambda: (m.T @ m, m @ square, m @ square))


def frame(years: Years) -> Any:
    """The years as one long pandas frame, every pair a row."""
    import pandas

    regions, industries = years[0].shape
    return pandas.DataFrame(
        {
            "year": np.repeat(np.arange(len(years)), regions * industries),
            "region": np.tile(np.repeat([f"{110000 + r}" for r in range(regions)], industries), len(years)),
            "industry": np.tile([f"{i:04d}" for i in range(industries)], regions * len(years)),
            "value": np.concatenate([x.ravel() for x in years]),
        }
    )


def runner(name: str, years: Years) -> Callable[[], dict[str, Array]]:
    """What a contestant does: all years, all its columns; returns those of the last year as matrices."""
    match name:
        case "arrays" | "arrays float64":
            kind = np.float32 if name == "arrays" else np.float64
            return lambda: _columns_of([complexity(x, dtype=kind) for x in years][-1], years[-1].shape)
        case "pandas":
            data = frame(years)
            return lambda: _last(complexity_table(data, period="year"), years[-1].shape)
        case "ecomplexity":
            return _ecomplexity(years)
        case "econcomplex":
            return _econcomplex(years)
        case "economic-complexity":
            return _economic_complexity(years)
    raise SystemExit(f"no contestant {name}")


def _columns_of(found: Any, shape: tuple[int, int]) -> dict[str, Array]:
    columns = {}
    for name in COLUMNS:
        values = getattr(found, name)
        columns[name] = np.broadcast_to(
            values[:, None] if name in ("diversity", "eci", "coi") else values, shape
        )
    return columns


def _last(table: Any, shape: tuple[int, int], m: str = "m") -> dict[str, Array]:
    size = shape[0] * shape[1]
    return {
        name: table[m if name == "m" else name].to_numpy()[-size:].astype(float).reshape(shape)
        for name in COLUMNS
    }


def _ecomplexity(years: Years) -> Callable[[], dict[str, Array]]:
    from ecomplexity import ecomplexity

    data = frame(years)
    names = {"time": "year", "loc": "region", "prod": "industry", "val": "value"}

    def run() -> dict[str, Array]:
        found = ecomplexity(data, names, check_logsupermodularity=False, verbose=False)
        return _last(found.sort_values(["year", "region", "industry"]), years[-1].shape, "mcp")

    return run


def _econcomplex(years: Years) -> Callable[[], dict[str, Array]]:
    from econcomplex import compute_complexity

    data = frame(years)
    names = {"time": "year", "loc": "region", "act": "industry", "val": "value"}
    return lambda: _last(compute_complexity(data, names), years[-1].shape, "mcp")


def _economic_complexity(years: Years) -> Callable[[], dict[str, Array]]:
    import economic_complexity as peer

    data = frame(years)

    def run() -> dict[str, Array]:
        for _, part in data.groupby("year"):
            rca = peer.rca(part.pivot(index="region", columns="industry", values="value"))
            _, pci = peer.complexity(rca)
            phi = peer.proximity(rca)
            density = peer.relatedness(rca, proximities=phi)
            peer.opportunity_gain(rca, pci=pci, proximities=phi)
        return {"rca": rca.to_numpy(), "density": density.to_numpy()}

    return run


def child(name: str, source: str, answer: Path) -> None:
    """Run one contestant in this process; leave its columns in a file and print seconds and megabytes."""
    warnings.simplefilter("ignore")
    years = data_of(source)
    if name == "floor":
        print(json.dumps({"cpu": floor(years[0]) * len(years), "wall": 0, "megabytes": 0}))
        return
    runner(name, [panel(60, 80)])()
    work = runner(name, years)
    wall, cpu = [], []
    while len(wall) < (1 if name not in OURS else 3 if sum(wall) > 5 else 5):
        start = time.perf_counter(), time.process_time()
        columns = work()
        wall.append(time.perf_counter() - start[0])
        cpu.append(time.process_time() - start[1])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    np.savez(answer, **columns)
    print(
        "\n" + json.dumps({"cpu": statistics.median(cpu), "wall": statistics.median(wall), "megabytes": peak})
    )


def data_of(source: str) -> Years:
    """Synthetic years for RxIxT, or the real trade panel of a folder of data packs."""
    if Path(source).is_dir():
        import pyarrow.parquet as pq

        table = pq.read_table(Path(source) / "data/panels/oec/world_trade_1998_2000.parquet")
        return [Panel.from_table(table, region="country", industry="product", value="value").values]
    regions, industries, years = (int(part) for part in source.split("x"))
    return [panel(regions, industries, seed) for seed in range(years)]


def contest(
    name: str, source: str, limit: float, folder: Path
) -> tuple[dict[str, float] | str, dict[str, Array]]:
    """Seconds and megabytes of a contestant, or why there are none; and its columns."""
    answer = folder / f"{name.replace(' ', '_')}.npz"
    command = [sys.executable, __file__, "--child", name, source, str(answer)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return f"over {limit:.0f} s", {}
    if done.returncode:
        return f"ended ({done.returncode})", {}
    columns = dict(np.load(answer)) if answer.exists() else {}
    return json.loads(done.stdout.strip().splitlines()[-1]), columns


def widest(name: str, source: str, its: dict[str, Array]) -> tuple[float, float]:
    """Largest absolute difference from ours in single and double precision, in the peer's convention."""
    x = data_of(source)[-1]
    convention = {} if name == "ecomplexity" else {"convention": ECONCOMPLEX}
    out = []
    for kind in (np.float32, np.float64):
        ours = _columns_of(complexity(x, dtype=kind, **convention), x.shape)
        if name == "economic-complexity":
            ours["density"] = ours["density"] / 100
        compared = COMPARED.get(name, COLUMNS)
        scale = {"density": 100.0} if name == "econcomplex" else {}
        out.append(max(float(np.nanmax(np.abs(ours[c] - its[c]))) / scale.get(c, 1.0) for c in compared))
    return out[0], out[1]


def compare(source: str, peers: list[str], limit: float) -> None:
    """One table: all contestants on one input."""
    print(f"\n### {'trade, 1998 to 2000' if Path(source).is_dir() else source}\n", flush=True)
    print(
        "| contestant | CPU s | wall s | × floor | peak MB | arrays × faster | pandas × faster | differs by |"
    )
    print("|---|---|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        least = contest("floor", source, limit, folder)[0]
        assert isinstance(least, dict), least
        print(f"| floor | {least['cpu']:.3f} | | 1 | | | | |", flush=True)
        ours: dict[str, float] = {}
        for contestant in (*OURS, *peers):
            found, columns = contest(contestant, source, limit, folder)
            if isinstance(found, str):
                print(f"| {contestant} | {found} | | | | | | |", flush=True)
                continue
            taken = found["cpu"]
            cells = [f"{taken:.2f}", f"{found['wall']:.2f}", f"{taken / least['cpu']:.1f}"]
            cells.append(f"{found['megabytes']:.0f}")
            if contestant in OURS:
                ours[contestant] = taken
                cells += ["", "", ""]
            else:
                single, double = widest(contestant, source, columns)
                cells += [f"{taken / ours[k]:.0f}" for k in ("arrays", "pandas")]
                cells.append(f"{single:.0e}, {double:.0e}")
            print(f"| {contestant} | " + " | ".join(cells) + " |", flush=True)


def growth(plot: Path | None) -> None:
    """Seconds and ratio to the floor over sizes; drawn, if a file is named."""
    rows = []
    print("\n### growth\n\n| regions × industries | arrays s | floor s | × floor |\n|---|---|---|---|")
    for regions, industries in GROWTH:
        x = panel(regions, industries)
        ours, least = seconds(lambda x=x: complexity(x)), floor(x)
        print(f"| {regions} × {industries} | {ours:.3f} | {least:.3f} | {ours / least:.1f} |", flush=True)
        work = regions * industries * industries
        rows += [{"products": work, "seconds": s, "of": n} for n, s in (("liandong", ours), ("floor", least))]
    if plot is not None:
        import altair as alt

        chart = alt.Chart(alt.Data(values=rows)).mark_line(point=True)
        scale = alt.Scale(type="log")
        chart.encode(
            alt.X("products:Q", scale=scale, title="regions × industries²"),
            alt.Y("seconds:Q", scale=scale),
            alt.Color("of:N", title=None),
        ).properties(width=420, height=240).save(str(plot))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peers", action="store_true", help="compare with the peers that are installed")
    parser.add_argument("--sizes", default=SIZES, help="RxIxT, with commas; empty for none")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--limit", type=float, default=300, help="seconds that a contestant may take")
    parser.add_argument("--plot", type=Path, help="draw the growth curve here")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        child(arguments.child[0], arguments.child[1], Path(arguments.child[2]))
        return
    peers = [name for name, module in PEERS.items() if arguments.peers and importlib.util.find_spec(module)]
    sources = [size for size in arguments.sizes.split(",") if size]
    for source in sources:
        compare(source, peers, arguments.limit)
    if (arguments.shared / "data").is_dir():
        compare(str(arguments.shared), peers, arguments.limit)
    growth(arguments.plot)
    codes = tuple(f"{code:04d}" for code in range(1300, 2700))
    data = Panel(tuple(map(str, range(300))), codes, panel(300, 1400))
    print(f"\nshrinkage, 300 × 1400: {seconds(lambda: Shrinkage.fit(data)):.3f} s")


if __name__ == "__main__":
    main()
