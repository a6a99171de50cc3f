"""Which rows of two tables are one firm, with calibrated probabilities.

    tables ── records ──▶ blocking ──▶ comparing ──▶ odds of a pair ──▶ against its rivals ──▶ probability

A firm stands in each table once: a row that resembles three others is surely not all of them, so the odds of
a pair are weighed against those of all pairs of its two rows. Weights stand in data/linkage.toml and are
fitted by the benchmark on names that it does not report on.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from liandong.errors import InputError, Text
from liandong.registry import blocking, comparing
from liandong.registry.records import records

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Progress = Callable[[int, int | None], None]

LINKS = pa.schema([("left_id", pa.string()), ("right_id", pa.string()), ("probability", pa.float64())])
LEAST = 0.5
"""Pairs below this probability are not given unless asked for."""
_BATCH = 250_000
_UTMOST = 30.0
"""Log-odds are not told apart beyond."""


def link(
    left: pa.Table,
    right: pa.Table,
    *,
    min_probability: float = LEAST,
    workers: int | None = None,
    progress: Progress | None = None,
) -> pa.Table:
    """Rows of two tables that are the same firm: LINKS, the likeliest first.

    left, right: id, name and any of uscc, city (name or GB/T 2260 code), founded (date or ISO text), scope;
    each id once. Each table is taken to hold a firm once. min_probability: pairs below are left out.
    workers: processes that read names. progress: told pairs compared and of how many.

    Two rows with different valid codes are never linked. The probability is calibrated on corrupted copies of
    registered names (docs/explanation/identity.md); its tables shared 60 % of their firms. Raises InputError
    for a missing column or an id that stands twice.
    """
    for table in (left, right):
        _check_ids(table)
    a, b = (records(table, workers=workers) for table in (left, right))
    i, j = blocking.pairs(a, b)
    weight = log_odds(a, b, i, j, progress=progress)
    probability = against_rivals(weight, i, j)
    keep = np.flatnonzero(probability >= min_probability)
    i, j, probability = i[keep], j[keep], probability[keep]
    order = np.lexsort((j, i, -probability))
    ids = [table["id"].combine_chunks().cast(pa.string()) for table in (a, b)]
    return pa.table(
        [ids[0].take(pa.array(i[order])), ids[1].take(pa.array(j[order])), pa.array(probability[order])],
        schema=LINKS,
    )


def log_odds(
    left: pa.Table, right: pa.Table, i: Ints, j: Ints, *, progress: Progress | None = None
) -> Floats:
    """Log-odds that each pair (i of left, j of right; tables of `records`) is one firm, its rivals aside.

    Minus infinity for two different valid codes.
    """
    weights = model()["weights"]
    one, other = comparing.sides(left, right)
    found = np.zeros(len(i))
    done = 0
    for some, others in blocking.chunks(i, j, _BATCH):
        values = comparing.features(one, other, some, others)
        total = sum((weight * values[name] for name, weight in weights.items()), np.zeros(len(some)))
        total[values["other code"] > 0] = -np.inf
        found[done : done + len(some)] = total
        done += len(some)
        if progress:
            progress(done, len(i))
    return found


def against_rivals(weight: Floats, i: Ints, j: Ints) -> Floats:
    """Probability of each pair where a row of either side is in one pair at most."""
    if len(i) == 0:
        return np.zeros(0)
    odds = np.exp(np.clip(weight, -_UTMOST, _UTMOST))
    odds[np.isneginf(weight)] = 0
    rivals = np.bincount(i, odds)[i] + np.bincount(j, odds)[j] - 2 * odds
    with np.errstate(divide="ignore"):
        share = np.log(odds) - np.log1p(np.maximum(rivals, 0))
    scale, shift = (float(model()["rivals"][name]) for name in ("scale", "shift"))
    return probability_of(scale * share + shift)


def probability_of(log_odds: Floats) -> Floats:
    """The probability for log-odds; 0 for minus infinity."""
    found: Floats = 1 / (1 + np.exp(-np.clip(log_odds, -_UTMOST, _UTMOST)))
    found[np.isneginf(log_odds)] = 0
    return found


@cache
def model() -> dict[str, dict[str, float]]:
    """`weights` per feature and `rivals` (scale, shift)."""
    text = files("liandong.registry").joinpath("data/linkage.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _check_ids(table: pa.Table) -> None:
    """Raise InputError for an id that stands twice."""
    if "id" not in table.column_names:
        return  # `records` says what is missing
    counted = pc.value_counts(table["id"])
    counted = counted.filter(
        pc.or_(pc.greater(counted.field(1), 1), pc.is_null(counted.field(0)))
    ).to_pylist()
    for entry in counted[:1]:
        raise InputError(
            Text(
                f"编号“{entry['values']}”缺失或重复。每行需要不同的 id。",
                f'the id "{entry["values"]}" is missing or stands twice. Each row needs its own id.',
            ),
            field="id",
        )
