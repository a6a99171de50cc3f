"""Economy against ecomplexity: the same panels, equal columns, then time, memory and a floor.

    python benchmarks/economy.py [--peer]

The floor is three matrix products in double precision of the sizes that complexity needs (proximity, density,
outlook gain), measured on this machine. With --peer, ecomplexity and pandas must be installed;
equality of all columns is checked before its time is printed.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import resource
import statistics
import time
import warnings
from collections.abc import Callable

import numpy as np

from liandong.economy import Shrinkage, complexity
from liandong.economy.panel import Array, Panel

SIZES = ((100, 400), (300, 1400), (1000, 1400))
REPEATS = 3
COLUMNS = ("rca", "m", "diversity", "ubiquity", "eci", "pci", "density", "coi", "cog")
PEER_COLUMNS = ("rca", "mcp", "diversity", "ubiquity", "eci", "pci", "density", "coi", "cog")


def panel(regions: int, industries: int) -> Array:
    """Counts whose rates mix the ranks of region and industry: a nested matrix, as real ones are."""
    random = np.random.default_rng(regions * industries)
    ability = random.normal(size=(regions, 1))
    need = random.normal(size=(1, industries))
    noise = random.normal(size=(regions, industries))
    return random.poisson(np.exp(1 + ability + noise - 0.5 * np.maximum(need - ability, 0) ** 2)).astype(
        float
    )


def seconds(work: Callable[[], object]) -> float:
    """Median of some runs."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def floor(x: Array) -> float:
    """Three products: (I, R) (R, I), (R, I) (I, I), (R, I) (I, I)."""
    m = (x > 1).astype(float)
    square = np.random.default_rng(0).random((x.shape[1], x.shape[1]))
    return seconds(lambda: (m.T @ m, m @ square, m @ square))


def peer(x: Array) -> tuple[float, dict[str, Array]]:
    """ecomplexity on the same panel: seconds of its fastest run, and its columns as matrices."""
    import pandas
    from ecomplexity import ecomplexity

    regions, industries = x.shape
    frame = pandas.DataFrame(
        {
            "t": 0,
            "r": np.repeat(np.arange(regions), industries),
            "i": np.tile(np.arange(industries), regions),
            "v": x.ravel(),
        }
    )
    names = {"time": "t", "loc": "r", "prod": "i", "val": "v"}
    best, found = np.inf, None
    for _ in range(2):
        start = time.perf_counter()
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            found = ecomplexity(frame, names, check_logsupermodularity=False, verbose=False)
        best = min(best, time.perf_counter() - start)
    assert found is not None
    found = found.sort_values(["r", "i"])
    return best, {name: found[name].to_numpy(float).reshape(x.shape) for name in PEER_COLUMNS}


def widest_difference(x: Array, other: dict[str, Array]) -> float:
    """Largest absolute difference over all columns, each spread to (regions, industries)."""
    ours = complexity(x)
    widest = 0.0
    for name, its in zip(COLUMNS, PEER_COLUMNS, strict=True):
        mine = getattr(ours, name)
        if name in ("diversity", "eci", "coi"):
            mine = mine[:, None]
        widest = max(widest, float(np.nanmax(np.abs(np.broadcast_to(mine, x.shape) - other[its]))))
    return widest


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", action="store_true", help="compare with ecomplexity")
    arguments = parser.parse_args()
    head = "| regions × industries | liandong s | floor s | × floor |"
    print(head + (" ecomplexity s | ratio | widest difference |" if arguments.peer else ""))
    print("|---|---|---|---|" + ("---|---|---|" if arguments.peer else ""))
    for regions, industries in SIZES:
        x = panel(regions, industries)
        least = floor(x)
        line = ""
        if arguments.peer:
            its, columns = peer(x)
            difference = widest_difference(x, columns)
            assert difference < 1e-5, difference
        ours = seconds(lambda x=x: complexity(x))
        line = f"| {regions} × {industries} | {ours:.3f} | {least:.3f} | {ours / least:.1f} |"
        print(line + (f" {its:.1f} | {its / ours:.0f} | {difference:.0e} |" if arguments.peer else ""))
    codes = tuple(f"{code:04d}" for code in range(1300, 2700))
    data = Panel(tuple(map(str, range(300))), codes, panel(300, 1400))
    fitting = seconds(lambda: Shrinkage.fit(data))
    print(f"\nshrinkage, 300 × 1400: {fitting:.3f} s")
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
