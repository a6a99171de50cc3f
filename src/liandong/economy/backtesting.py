"""How well chances of entry ranked and fitted what came: scores with intervals, beside simpler rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import logit

from liandong.economy.complexity import complexity
from liandong.economy.entry import EntryModel, LeakError, Transition
from liandong.economy.logistic import fit_logistic
from liandong.economy.panel import Array, PanelError
from liandong.errors import Text

_BINS = 10


@dataclass(frozen=True, slots=True)
class Measured:
    """A number with the bounds of its bootstrap interval (95 %, whole regions redrawn)."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Scores:
    """How a ranking did. auc: chance that an entry ranks above a non-entry. average_precision: mean precision
    at each entry. precision: share of entries among the first `top` of each region, mean over regions. lift:
    that over the share of entries. gain: auc less that of the baseline named in the backtest, None for
    itself.
    """

    auc: Measured
    average_precision: Measured
    precision: Measured
    lift: Measured
    gain: Measured | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """Whether 20 % means one in five. slope, constant of outcome on log-odds (1 and 0 if perfect); error:
    mean distance of chance and frequency over ten equally filled bins; bins: (mean chance, frequency, pairs).
    """

    slope: float
    constant: float
    error: float
    expected: float
    observed: float
    bins: tuple[tuple[float, float, int], ...]


@dataclass(frozen=True, slots=True)
class Backtest:
    """Scores by name of the ranking ("model" and the baselines), calibration of the model, pairs, entries."""

    scores: Mapping[str, Scores]
    calibration: Calibration
    pairs: int
    entries: int


def backtest(
    model: EntryModel,
    test: Transition,
    *,
    others: Mapping[str, Array] | None = None,
    same_regions: bool = True,
    top: int = 20,
    draws: int = 200,
    against: str = "density",
) -> Backtest:
    """Compare a fitted model with what came after, beside density alone, popularity and chance.

    test: a transition whose outcome begins after the last year of the model's training outcomes (with the
    same regions; other regions may be tested in the same years). others: further rankings (regions,
    industries).
    Raises LeakError where the model has been trained on the years that it is tested on.
    """
    until = model.trained_until
    if until is not None and same_regions and test.after.first <= until:
        raise LeakError(
            Text(
                f"模型训练到 {until} 年,检验期始于 {test.after.first} 年。",
                f"trained until {until}, tested from {test.after.first}: the model has seen the outcome.",
            )
        )
    chance = model.predict(test.before, same_regions=same_regions)
    entered = test.entered(model.threshold)
    cells = np.nonzero(~np.isnan(entered) & ~np.isnan(chance))
    y = entered[cells]
    if y.size == 0 or y.min() == y.max():
        raise PanelError(Text("检验期没有可比较的进入。", "nothing to compare: all enter, or none."))
    found = complexity(test.before.amounts, threshold=model.threshold)
    rankings = {
        "model": chance,
        "density": found.density,
        "popularity": np.broadcast_to(found.ubiquity, entered.shape),
        "random": np.random.default_rng(0).random(entered.shape),
        **(others or {}),
    }
    counts = _draws(cells[0], entered.shape[0], draws)
    numbers = {name: _numbers(y, np.asarray(s)[cells], cells[0], counts, top) for name, s in rankings.items()}
    base = numbers[against][0]
    scores = {name: _scores(rows, None if name == against else base) for name, rows in numbers.items()}
    return Backtest(scores, calibration(y, chance[cells]), int(y.size), int(y.sum()))


def calibration(y: Array, chance: Array) -> Calibration:
    """How chances and frequencies agree. y: (n) of 0 and 1; chance: (n) between 0 and 1."""
    odds = logit(np.clip(chance, 1e-6, 1 - 1e-6))
    line = fit_logistic(odds[:, None], y, ridge=1e-9)
    bins = []
    for part in np.array_split(np.argsort(chance, kind="stable"), _BINS):
        if part.size:
            bins.append((float(chance[part].mean()), float(y[part].mean()), int(part.size)))
    error = sum(abs(p - f) * n for p, f, n in bins) / y.size
    return Calibration(
        float(line.slopes[0]), line.constant, error, float(chance.mean()), float(y.mean()), tuple(bins)
    )


def auc(y: Array, score: Array, weight: Array | None = None) -> float:
    """Area under the ROC curve; ties count half. weight: (n), how often each pair counts."""
    w = np.ones(y.size) if weight is None else weight
    order = np.argsort(score, kind="stable")
    ends = np.flatnonzero(np.diff(score[order], append=np.inf))
    return _auc_of(y[order], w[order], ends)


def average_precision(y: Array, score: Array, weight: Array | None = None) -> float:
    """Σ over entries of the precision down to them, ties together, over the entries."""
    w = np.ones(y.size) if weight is None else weight
    order = np.argsort(-score, kind="stable")
    ends = np.flatnonzero(np.diff(score[order], append=np.inf))
    return _precision_of(y[order], w[order], ends)


def _auc_of(y: Array, w: Array, ends: np.ndarray) -> float:
    ones = np.diff(np.cumsum(w * y)[ends], prepend=0.0)
    zeros = np.diff(np.cumsum(w * (1 - y))[ends], prepend=0.0)
    whole = ones.sum() * zeros.sum()
    return float(ones @ (np.cumsum(zeros) - zeros / 2) / whole) if whole > 0 else np.nan


def _precision_of(y: Array, w: Array, ends: np.ndarray) -> float:
    hits, seen = np.cumsum(w * y)[ends], np.cumsum(w)[ends]
    precision = np.divide(hits, seen, out=np.zeros_like(hits), where=seen > 0)
    return float(np.diff(hits, prepend=0.0) @ precision / hits[-1]) if hits[-1] > 0 else np.nan


def _numbers(y: Array, score: Array, region: np.ndarray, counts: Array, top: int) -> Array:
    """(measures, 1 + draws): the measures as they are, then on every redrawn set of regions."""
    up = np.argsort(score, kind="stable")
    ends_up = np.flatnonzero(np.diff(score[up], append=np.inf))
    down = up[::-1]
    ends_down = np.flatnonzero(np.diff(score[down], append=np.inf))
    first = _of_first(y, score, region, counts.shape[1], top)
    listed = ~np.isnan(first)
    out = np.empty((4, counts.shape[0]))
    for n, times in enumerate(counts):
        w = times[region]
        out[0, n] = _auc_of(y[up], w[up], ends_up)
        out[1, n] = _precision_of(y[down], w[down], ends_down)
        out[2, n] = first[listed] @ times[listed] / times[listed].sum()
        out[3, n] = out[2, n] * w.sum() / (w @ y)
    return out


def _scores(rows: Array, base: Array | None) -> Scores:
    ranked, average, first, lift = (_measured(row) for row in rows)
    return Scores(ranked, average, first, lift, None if base is None else _measured(rows[0] - base))


def _of_first(y: Array, score: Array, region: np.ndarray, regions: int, top: int) -> Array:
    """Share of entries among the first `top` of each region (all, if it has fewer); NaN without any."""
    order = np.lexsort((-score, region))
    starts = np.searchsorted(region[order], np.arange(regions + 1))
    out = np.full(regions, np.nan)
    for r in range(regions):
        chosen = order[starts[r] : min(starts[r] + top, starts[r + 1])]
        if chosen.size:
            out[r] = y[chosen].mean()
    return out


def _draws(region: np.ndarray, regions: int, draws: int) -> Array:
    """How often each region is drawn: once each first, then with replacement among those with pairs."""
    present = np.unique(region)
    random = np.random.default_rng(0)
    counts = np.zeros((draws + 1, regions))
    counts[0, present] = 1
    for n in range(1, draws + 1):
        counts[n] = np.bincount(random.choice(present, present.size), minlength=regions)
    return counts


def _measured(row: Array) -> Measured:
    low, high = np.nanquantile(row[1:], (0.025, 0.975))
    return Measured(float(row[0]), float(low), float(high))
