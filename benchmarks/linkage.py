"""Identity: link on 100,000 × 100,000 corrupted names beside Splink; resolve on three million firms.

    python -m benchmarks linkage                              the race, ours alone
    python -m benchmarks.linkage --splink PYTHON              beside Splink 5 of that interpreter
    python -m benchmarks.linkage --self 3000000               one registry against itself, codes as they are
    python -m benchmarks.linkage --self 300000 --without-codes
    python -m benchmarks.linkage --fit                        fit data/linkage.toml on the tuning half

Names come from the registrations of the data packs; how they are corrupted stands in `_corruptions.py`, which
was fixed before the resolver was tuned. Half of the names, by the letters their brands begin with, is for
tuning, the other is reported on. Both get the same parsed columns; ours counts pairs from 0.5 on, Splink the
best of each right row from the threshold on that is best for it on the reported half itself.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from scipy.optimize import minimize

from benchmarks._corruptions import CORRUPTIONS, Race, half_of, make
from liandong.registry import blocking, comparing, linking, resolving
from liandong.registry.records import records

SHARED = Path(os.environ.get("LIANDONG_SHARED", Path(__file__).resolve().parents[2] / "shared"))
PACKS = ("henan", "yangtze_delta", "rest-1", "rest-2")
DRAWN = 1_200_000
"""Rows that names are taken from."""
SEEDS = (1, 2)
"""Of the tuning race and of the reported one."""
WEIGHTS = Path(linking.__file__).with_name("data") / "linkage.toml"


def registrations(columns: tuple[str, ...]) -> pa.Table:
    """All rows of the data packs."""
    folder = SHARED / "data" / "registry"
    return pa.concat_tables(
        [pq.read_table(folder / f"{name}.parquet", columns=list(columns)) for name in PACKS]
    )


def races(size: int) -> tuple[Race, Race]:
    """The tuning race and the reported one, of size × size rows."""
    table = registrations(("uscc", "name", "founded", "scope", "province", "city"))
    table = table.filter(
        pc.and_(
            pc.equal(pc.utf8_length(table["uscc"]), 18), pc.greater_equal(pc.utf8_length(table["name"]), 6)
        )
    )
    chosen = np.random.default_rng(7).choice(table.num_rows, min(DRAWN, table.num_rows), replace=False)
    halves: tuple[list[dict[str, Any]], list[dict[str, Any]]] = ([], [])
    seen: set[str] = set()
    for row in table.take(np.sort(chosen)).to_pylist():
        if row["name"] not in seen:
            seen.add(row["name"])
            halves[half_of(row["name"], row["province"], row["city"])].append(row)
    tuning, reported = (make(half, size, seed) for half, seed in zip(halves, SEEDS, strict=True))
    return tuning, reported


# ---- the race


def score(found: set[tuple[str, str]], truth: set[tuple[str, str]]) -> tuple[float, float, float]:
    """Precision, recall, F1."""
    hits = len(found & truth)
    precision, recall = hits / max(len(found), 1), hits / len(truth)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def ours(race: Race, parsed: list[pa.Table]) -> tuple[pa.Table, dict[str, float]]:
    """Every pair with any probability, and the seconds it took from parsed columns."""
    began, cpu = time.perf_counter(), time.process_time()
    i, j = blocking.pairs(*parsed)
    weight = linking.log_odds(*parsed, i, j)
    probability = linking.against_rivals(weight, i, j)
    seconds = {"seconds": time.perf_counter() - began, "cpu": time.process_time() - cpu}
    left, right = race.left["id"].take(pa.array(i)), race.right["id"].take(pa.array(j))
    return pa.table({"left_id": left, "right_id": right, "probability": probability}), seconds


def splink(python: str, parsed: list[pa.Table], folder: Path) -> tuple[pa.Table, dict[str, Any]]:
    """The pairs that Splink finds, the best of each right row; its seconds from parsed columns."""
    paths = [folder / name for name in ("left.parquet", "right.parquet", "found.parquet")]
    for table, path in zip(parsed, paths, strict=False):
        pq.write_table(table.rename_columns(["unique_id", *table.column_names[1:]]), path)
    peer = Path(__file__).with_name("_splink_peer.py")
    plain = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [python, str(peer), *map(str, paths)], check=True, stdout=subprocess.PIPE, text=True, env=plain
    )
    found = pq.read_table(paths[2])
    found = found.take(pc.sort_indices(found, sort_keys=[("match_weight", "descending")]))
    _, first = np.unique(np.array(found["unique_id_r"].to_pylist()), return_index=True)
    found = found.take(pa.array(np.sort(first)))
    names = {"unique_id_l": "left_id", "unique_id_r": "right_id", "match_weight": "weight"}
    return found.rename_columns([names.get(name, name) for name in found.column_names]), json.loads(
        done.stdout.splitlines()[-1]
    )


def at_least(found: pa.Table, column: str, least: float) -> set[tuple[str, str]]:
    """Pairs of at least this value."""
    kept = found.filter(pc.greater_equal(found[column], least))
    return set(zip(kept["left_id"].to_pylist(), kept["right_id"].to_pylist(), strict=True))


def best_threshold(found: pa.Table, column: str, truth: set[tuple[str, str]]) -> float:
    """The value from which pairs give the best F1."""
    values = np.asarray(found[column])
    order = np.argsort(-values, kind="stable")
    left, right = found["left_id"].to_pylist(), found["right_id"].to_pylist()
    hits = np.cumsum([(left[at], right[at]) in truth for at in order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + len(truth))
    return float(values[order][int(np.argmax(f1))])


def calibration(
    found: pa.Table, truth: set[tuple[str, str]]
) -> tuple[list[tuple[str, int, float, float]], float]:
    """Per tenth of probability above 0.1: pairs, mean probability, share that is right; expected error."""
    kept = found.filter(pc.greater_equal(found["probability"], 0.1))
    probability = np.asarray(kept["probability"])
    pairs = zip(kept["left_id"].to_pylist(), kept["right_id"].to_pylist(), strict=True)
    right = np.array([pair in truth for pair in pairs], dtype=float)
    rows, error = [], 0.0
    for tenth in range(1, 10):
        held = (probability >= tenth / 10) & (probability < (tenth + 1) / 10 + (tenth == 9))
        if held.any():
            mean, share = probability[held].mean(), right[held].mean()
            rows.append((f"{tenth / 10:.1f}", int(held.sum()), float(mean), float(share)))
            error += held.sum() / len(right) * abs(mean - share)
    return rows, error


def race(size: int, python: str | None) -> None:
    """Print the tables of the race."""
    _, reported = races(size)
    began = time.perf_counter()
    parsed = [records(table) for table in (reported.left, reported.right)]
    print(f"{size:,} × {size:,}, {len(reported.truth):,} pairs are one firm; names read in "
          f"{time.perf_counter() - began:.0f} s")  # fmt: skip
    print("| | precision | recall | F1 | s | CPU s |\n|---|---|---|---|---|---|")
    found, used = ours(reported, parsed)
    pairs = at_least(found, "probability", 0.5)
    _line("Liandong", score(pairs, reported.truth), used)
    if python:
        with tempfile.TemporaryDirectory() as name:
            peer, used = splink(python, parsed, Path(name))
        least = best_threshold(peer, "weight", reported.truth)
        _line(f"Splink {used['version']}", score(at_least(peer, "weight", least), reported.truth), used)
    rows, error = calibration(found, reported.truth)
    print(f"\ncalibration, expected error {error:.4f}")
    print("| from | pairs | mean probability | share right |\n|---|---|---|---|")
    for row in rows:
        print(f"| {row[0]} | {row[1]:,} | {row[2]:.3f} | {row[3]:.3f} |")
    print("\n| corruption | copies | found |\n|---|---|---|")
    partner = {right: left for left, right in reported.truth}
    for kind in (*CORRUPTIONS, "none", "three"):
        of = [
            key
            for key, done in reported.done.items()
            if (kind in done or (kind == "none" and not done) or (kind == "three" and len(done) == 3))
        ]
        hits = sum((partner[key], key) in pairs for key in of)
        print(f"| {kind} | {len(of):,} | {hits / max(len(of), 1):.3f} |")


def _line(name: str, found: tuple[float, float, float], used: dict[str, Any]) -> None:
    numbers = " | ".join(f"{each:.4f}" for each in found)
    print(f"| {name} | {numbers} | {used['seconds']:.0f} | {used['cpu']:.0f} |", flush=True)


# ---- one registry against itself


def within(size: int, codes: bool) -> None:
    """Resolve so many real rows; print seconds, memory, what was found."""
    table = registrations(("uscc", "name", "founded", "scope", "city"))
    if size < table.num_rows:
        table = table.take(np.sort(np.random.default_rng(11).choice(table.num_rows, size, replace=False)))
    coded = pc.equal(pc.utf8_length(table["uscc"]), 18)
    uscc = pc.if_else(coded, table["uscc"], pa.scalar(None, pa.string()))
    firms = pa.table(
        {
            "firm_id": [f"f{number}" for number in range(table.num_rows)],
            "name": table["name"],
            "uscc": uscc if codes else pa.nulls(table.num_rows, pa.string()),
            "prefecture": pc.if_else(
                pc.equal(table["city"], "N/A"), pa.scalar(None, pa.string()), table["city"]
            ),
            "founded": table["founded"],
            "scope": table["scope"],
        }
    )
    truth = uscc.to_pylist()
    del table
    began, cpu = time.perf_counter(), time.process_time()
    found = resolving.resolve(firms)
    seconds, used = time.perf_counter() - began, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    used += child.ru_utime + child.ru_stime
    clusters = len(set(found.canonical.values()))
    counts = (found.compared, found.identity.num_rows, clusters, found.doubts.num_rows)
    print(
        "| rows | codes | s | CPU s | peak GB | pairs | rows joined | firms they are | doubts |\n"
        + "|---" * 9
        + "|"
    )
    print(f"| {size:,} | {'as they are' if codes else 'none'} | {seconds:.0f} | {used:.0f} | {peak:.1f} | "
          + " | ".join(f"{each:,}" for each in counts) + " |")  # fmt: skip
    held: dict[str, set[str]] = {}
    for firm_id, canonical in found.canonical.items():
        code = truth[int(firm_id[1:])]
        if code:
            held.setdefault(canonical, set()).add(code)
    wrong = {canonical for canonical, several in held.items() if len(several) > 1}
    print(f"clusters that hold two valid codes: {len(wrong):,}")


# ---- fitting


def fit(size: int) -> None:
    """Fit the weights on the tuning half and write data/linkage.toml."""
    tuning, _ = races(size)
    tables = [records(table) for table in (tuning.left, tuning.right)]
    i, j = blocking.pairs(*tables)
    sides = comparing.sides(*tables)
    left, right = (np.array(table["id"].to_pylist(), dtype=object) for table in tables)
    match = np.array([pair in tuning.truth for pair in zip(left[i], right[j], strict=True)])
    draw = np.random.default_rng(3)
    names: list[str] = []
    parts, kept = [], []
    old = linking.log_odds(*tables, i, j)
    for start in range(0, len(i), 250_000):
        piece = slice(start, start + 250_000)
        values = comparing.features(*sides, i[piece], j[piece])
        names = [name for name in values if name != "one"]
        hard = match[piece] | (old[piece] > -9) | (draw.random(len(i[piece])) < 0.03)
        hard &= ~((values["other code"] > 0) & ~match[piece])
        weight = np.where(match[piece] | (old[piece] > -9), 1.0, 1 / 0.03)
        parts.append(np.column_stack([values[name] for name in names])[hard])
        kept.append(np.column_stack([match[piece], weight])[hard])
    x, known = np.concatenate(parts), np.concatenate(kept)
    spread = np.where(x.std(0) > 1e-9, x.std(0), 1.0)
    x = np.column_stack([np.ones(len(x)), x / spread])
    y, importance = known[:, 0], known[:, 1]

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = np.clip(x @ w, -40, 40)
        p = 1 / (1 + np.exp(-z))
        ridge = 5 * np.concatenate([[0], w[1:]])
        return float(importance @ (np.logaddexp(0, z) - y * z) + ridge @ w / 2), x.T @ (
            importance * (p - y)
        ) + ridge

    w = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    weights = {"one": w[0], **dict(zip(names, w[1:] / spread, strict=True))}
    _write(weights, 1.0, 0.0)
    linking.model.cache_clear()
    share = linking.against_rivals(linking.log_odds(*tables, i, j), i, j)
    odds = np.log(np.clip(share, 1e-12, None)) - np.log1p(-np.clip(share, None, 1 - 1e-12))
    done = minimize(
        lambda v: float(np.sum(np.logaddexp(0, v[0] * odds + v[1]) - match * (v[0] * odds + v[1]))),
        [1.0, 0.0],
        method="Nelder-Mead",
    ).x
    _write(weights, float(done[0]), float(done[1]))
    print(f"{len(i):,} pairs, {match.sum():,} of {len(tuning.truth):,} matches among them")


def _write(weights: dict[str, float], scale: float, shift: float) -> None:
    lines = [
        "# Log-odds per feature of `registry.comparing`, fitted by `python -m benchmarks.linkage --fit`",
        "# on its tuning half: a logistic model of single pairs, then scale and shift for the odds of a",
        "# pair against its rivals.",
        "",
        "[rivals]",
        f"scale = {scale:.3f}",
        f"shift = {shift:.3f}",
        "",
        "[weights]",
        *(f'"{name}" = {weight:.2f}' for name, weight in weights.items()),
    ]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=100_000, help="rows of each side")
    parser.add_argument("--splink", help="a Python interpreter that has Splink 5")
    parser.add_argument("--self", type=int, dest="within", help="rows of one registry against itself")
    parser.add_argument("--without-codes", action="store_true", help="as if no row had a code")
    parser.add_argument("--fit", action="store_true", help="fit data/linkage.toml on the tuning half")
    asked = parser.parse_args()
    if not (SHARED / "data" / "registry").is_dir():
        print("skipped: the registrations of the data packs are not here")
    elif asked.fit:
        fit(asked.size)
    elif asked.within:
        within(asked.within, not asked.without_codes)
    else:
        race(asked.size, asked.splink)


if __name__ == "__main__":
    main()
