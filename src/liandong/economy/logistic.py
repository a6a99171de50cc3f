"""Logistic regression with a ridge, and effects of groups drawn towards none: what entry is fitted with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import expit

from liandong.economy.panel import Array, PanelError
from liandong.errors import Text

Groups = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """Log-odds: constant + x · slopes + effect of each grouping. effects: one array per grouping."""

    constant: float
    slopes: Array
    effects: tuple[Array, ...]

    def odds(self, x: Array, groups: Sequence[Groups | None] = ()) -> Array:
        """Log-odds of 1 for rows x (n, features); groups: those of the rows, None where theirs are new."""
        odds = self.constant + x @ self.slopes
        for effect, members in zip(self.effects, groups, strict=True):
            if members is not None:
                odds = odds + effect[members]
        return np.asarray(odds)


def fit_logistic(
    x: Array, y: Array, *, ridge: float, groups: Sequence[tuple[Groups, int]] = (), spread: float = 0.3
) -> Fitted:
    """Maximise Σ log p(y) − ridge/2 |slopes|² − |effects|² / (2 spread²) by L-BFGS.

    x: (n, features), best standardised. y: (n) of 0 and 1. groups: for each grouping the group of each row
    (from 0) and how many there are; the penalty is that of effects drawn from Normal(0, spread²).
    Raises PanelError where y does not vary: nothing can be learnt.
    """
    if y.size == 0 or y.min() == y.max():
        raise PanelError(Text("没有可学习的进入:全有或全无。", "nothing to learn: all enter, or none."))
    rate = float(y.mean())
    sizes = [count for _, count in groups]
    ends = np.cumsum([1 + x.shape[1], *sizes])
    prior = np.concatenate([[0.0], np.full(x.shape[1], ridge), np.full(sum(sizes), 1 / spread**2)])

    def loss(parameters: Array) -> tuple[float, Array]:
        odds = parameters[0] + x @ parameters[1 : ends[0]]
        for n, (members, _) in enumerate(groups):
            odds += parameters[ends[n] : ends[n + 1]][members]
        pull = prior * parameters
        value = np.logaddexp(0, odds).sum() - y @ odds + 0.5 * parameters @ pull
        error = expit(odds) - y
        slope = [np.array([error.sum()]), x.T @ error]
        slope += [np.bincount(members, weights=error, minlength=count) for members, count in groups]
        return float(value) / y.size, (np.concatenate(slope) + pull) / y.size

    start = np.zeros(prior.size)
    start[0] = np.log(rate / (1 - rate))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500, "gtol": 1e-7}).x
    effects = tuple(found[ends[n] : ends[n + 1]] for n in range(len(groups)))
    return Fitted(float(found[0]), found[1 : ends[0]], effects)
