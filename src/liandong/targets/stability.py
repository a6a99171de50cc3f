"""Rank stability: how the list changes when the weights are not quite what someone thought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liandong.targets.setting import Setting

SEED = 20250619
POOL = 20
"""Firms considered per place on the list: nobody further behind comes up."""


@dataclass(frozen=True, slots=True)
class Stability:
    """Of a firm on a list of K: in what share of the draws it stays on it, and its rank in nine of ten."""

    share: float
    low: int
    high: int

    def to_dict(self) -> dict[str, Any]:
        """The JSON of a target's stability."""
        return {"share": self.share, "low": self.low, "high": self.high}


def stabilities(points: Sequence[Mapping[str, float]], setting: Setting, top: int) -> list[Stability | None]:
    """Of the first `top` firms (points by contribution, best first), how firmly each stands on the list.

    Every weight is multiplied by a random factor (log-normal, the weight's own uncertainty or the setting's
    noise), each firm's share of it kept; the same draws every time.
    """
    chosen = points[:top]
    if not setting.draws or not chosen:
        return [None] * len(chosen)
    names = tuple(setting.weights)
    shares = np.array([[each[name] for name in names] for each in points[: POOL * top]])
    spread = np.array([setting.weights[name].uncertainty or setting.noise for name in names])
    random = np.random.default_rng(SEED)
    factors = np.exp(random.normal(size=(setting.draws, len(names))) * spread)
    ranks = _ranks(shares @ factors.T)[: len(chosen)]
    low, high = np.quantile(ranks, [0.05, 0.95], axis=1, method="nearest")
    kept = (ranks <= top).mean(axis=1)
    return [
        Stability(round(float(share), 3), int(first), int(last))
        for share, first, last in zip(kept, low, high, strict=True)
    ]


def _ranks(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """Rank (from 1) of each firm in each draw; equal scores keep their order."""
    order = np.argsort(-scores, axis=0, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(1, len(scores) + 1)[:, None], axis=0)
    return ranks
