"""Weights learnt from past expansions: a logistic regression that may only add, with its uncertainty.

What is learnt is how the contributions that a register of the past can speak of share the points that they
have together. The others (fit, products, ties …) stay as they were: nothing is known of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.optimize import minimize

from liandong.targets.backtesting import Window, came
from liandong.targets.features import Array
from liandong.targets.past import FEATURES, past
from liandong.targets.weights import MOST_SIZE, Weights

OTHERS = 4000
"""Candidates drawn per city beside those that came."""
RIDGE = 0.3
"""Penalty on squared coefficients: a factor that little speaks for stays small."""
REFITS = 40
SEED = 20250619


@dataclass(frozen=True, slots=True)
class Learnt:
    """Weights with their uncertainty, how many arrivals they rest on, and the coefficients before scaling."""

    weights: Weights
    arrivals: int
    expected: float
    coefficients: dict[str, float]


@dataclass(frozen=True)
class _Sample:
    """shares: (rows, FEATURES) in 0 … 1; came: 1 or 0; weight; group: brand of those that came, else -1."""

    shares: Array
    came: Array
    weight: Array
    group: NDArray[np.int64]


def learn(
    weights: Weights,
    firms: pa.Table,
    expansions: pa.Table,
    windows: Sequence[Window],
    *,
    sources: Sequence[str],
    province: str,
    cap_size: bool = True,
) -> Learnt:
    """The weights with the points of FEATURES shared anew, as the windows' arrivals speak for each.

    weights: where zero, full and scale of each feature are taken from, and the points of all others.
    cap_size: hold registered capital (with listing) below MOST_SIZE of all points, however well it predicts.
    Raises ValueError if nobody came.
    """
    sample = _sample(weights, firms, expansions, windows, sources, province)
    coefficients = _fit(sample, np.ones(len(sample.came)))
    random = np.random.default_rng(SEED)
    groups = int(sample.group.max()) + 1
    refits = np.array([_fit(sample, _drawn(random, groups)[sample.group]) for _ in range(REFITS)])
    spread = np.std(np.log(np.maximum(refits, 1e-3)), axis=0)
    together = sum(weights[name].points for name in FEATURES)
    points = coefficients / max(coefficients.sum(), 1e-9) * together
    if cap_size:
        points = _capped(points, weights)
    learnt = {
        name: replace(weights[name], points=round(float(value), 2), uncertainty=round(float(sd), 2))
        for name, value, sd in zip(FEATURES, points, spread, strict=True)
    }
    return Learnt(
        {name: learnt.get(name, weight) for name, weight in weights.items()},
        int(sample.came.sum()),
        float(sample.weight[sample.came > 0].sum()),
        dict(zip(FEATURES, np.round(coefficients, 3).tolist(), strict=True)),
    )


def _sample(
    weights: Weights,
    firms: pa.Table,
    expansions: pa.Table,
    windows: Sequence[Window],
    sources: Sequence[str],
    province: str,
) -> _Sample:
    random = np.random.default_rng(SEED)
    shares: list[Array] = []
    arrived: list[Array] = []
    mass: list[Array] = []
    group: list[NDArray[np.int64]] = []
    brands: dict[str, int] = {}
    for window in windows:
        known = past(firms, window.day, sources, province)
        for city, own in came(known, expansions, window.until).items():
            values = known.features(city)
            table = np.stack([weights[name].share(values[name]) for name in FEATURES], axis=1)
            others = random.choice(len(table), min(OTHERS, len(table)), replace=False)
            rows = [row for row, _, _ in own]
            confidence = np.array([each for _, _, each in own])
            shares += [table[rows], table[others]]
            arrived += [np.ones(len(rows)), np.zeros(len(others))]
            mass += [confidence, np.full(len(others), 20 * confidence.sum() / len(others))]
            mine = [brands.setdefault(brand, len(brands)) for _, brand, _ in own]
            group += [np.array(mine), np.full(len(others), -1)]
    if not shares:
        raise ValueError("nobody came in these windows")
    return _Sample(
        np.concatenate(shares),
        np.concatenate(arrived),
        np.concatenate(mass),
        np.concatenate(group),
    )


def _drawn(random: np.random.Generator, groups: int) -> Array:
    """How often each brand is drawn in a bootstrap; the others (last) always once."""
    return np.append(random.multinomial(groups, np.full(groups, 1 / groups)), 1).astype(float)


def _fit(sample: _Sample, times: Array) -> Array:
    """Coefficients of FEATURES, none negative, of a logistic regression with an intercept."""
    weight = sample.weight * times

    def loss(theta: Array) -> tuple[float, Array]:
        z = sample.shares @ theta[1:] + theta[0]
        error = weight * (1 / (1 + np.exp(-z)) - sample.came)
        value = (weight * (np.logaddexp(0, z) - sample.came * z)).sum() + RIDGE * (theta[1:] ** 2).sum()
        return float(value), np.concatenate([[error.sum()], sample.shares.T @ error + 2 * RIDGE * theta[1:]])

    start = np.concatenate([[-3.0], np.zeros(len(FEATURES))])
    bounds = [(None, None), *[(0.0, None)] * len(FEATURES)]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    return np.asarray(found.x[1:])


def _capped(points: Array, weights: Weights) -> Array:
    """Capital held so that size stays below MOST_SIZE of everything; the rest goes to the others."""
    everything = sum(weight.points for weight in weights.values())
    most = max(MOST_SIZE * everything - weights["listed"].points, 0.0)
    at = FEATURES.index("capital")
    surplus = points[at] - most
    if surplus <= 0:
        return points
    others = np.delete(np.arange(len(points)), at)
    shared = points.copy()
    shared[at] = most
    total = points[others].sum()
    shared[others] += surplus * (points[others] / total if total > 0 else 1 / len(others))
    return np.floor(shared * 100) / 100
