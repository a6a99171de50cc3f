"""Which industries a region will enter next: an estimator that learns from what regions entered before.

    amounts then ── features ──┐
                               ├─ fit ──▶ EntryModel ── predict(amounts now) ──▶ chance of entry
    presence later ─ entered ──┘

A feature may only say what was known when the future began; a leak is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from liandong.economy.complexity import complexity
from liandong.economy.logistic import Fitted, Groups, fit_logistic
from liandong.economy.panel import Array, PanelError, as_values
from liandong.economy.specialisation import location_quotient
from liandong.errors import Text

_Rows = tuple[tuple[str, ...], Array, Array, tuple[Groups, Groups]]

TELLTALE = 0.98
"""A feature that by itself ranks entries this well (AUC) has seen the future."""


class LeakError(PanelError):
    """Something from the time of the outcome, or after it, is among what is to predict it."""


@dataclass(frozen=True, slots=True, eq=False)
class Extra:
    """A further feature of each pair: (regions, industries), NaN unknown. known: the last year it speaks
    of.
    """

    values: Array
    known: int


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """Amounts of the years first to last (regions, industries), and further features known by then."""

    amounts: Array
    first: int
    last: int
    extras: Mapping[str, Extra] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "amounts", as_values(self.amounts))
        if self.last < self.first:
            raise PanelError(Text("时间窗的末年早于首年。", f"a window from {self.first} to {self.last}."))
        for name, extra in self.extras.items():
            if np.shape(extra.values) != self.amounts.shape:
                raise PanelError(
                    Text(f"特征“{name}”形状不符。", f'"{name}" is {np.shape(extra.values)}.'), industry=name
                )
            if extra.known > self.last:
                raise LeakError(
                    Text(
                        f"特征“{name}”到 {extra.known} 年才可知,时间窗止于 {self.last} 年。",
                        f'"{name}" is known in {extra.known} only, the window ends in {self.last}.',
                    )
                )


@dataclass(frozen=True, slots=True, eq=False)
class Transition:
    """What was there before, and what came after. Raises LeakError if the two overlap in time."""

    before: Window
    after: Window

    def __post_init__(self) -> None:
        if self.after.first <= self.before.last:
            raise LeakError(
                Text(
                    f"结果期始于 {self.after.first} 年,而特征期止于 {self.before.last} 年:两期重叠。",
                    f"the outcome begins in {self.after.first}, the features end in {self.before.last}.",
                )
            )
        if self.before.amounts.shape != self.after.amounts.shape:
            raise PanelError(Text("前后两期的形状不同。", "before and after have different shapes."))

    def entered(self, threshold: float = 1.0) -> Array:
        """1 where the quotient rose to the threshold, 0 where it stayed below; NaN elsewhere and unknown.

        A region or industry that is empty before or after gives no chance to enter.
        """
        was = location_quotient(self.before.amounts).value
        later = location_quotient(self.after.amounts).value
        with np.errstate(invalid="ignore"):
            chance = (was < threshold) & ~np.isnan(later)
            return np.where(chance, (later >= threshold).astype(np.float64), np.nan)


class EntryModel:
    """Logistic regression of entry on relatedness density, the quotient so far, linkages, complexity, size.

    Features of a pair, each standardised over the pairs that could be entered, window by window: log-odds of
    relatedness density (Hidalgo et al. 2007); the quotient, log and itself; amounts of the region and of the
    industry (log); diversity and ubiquity (log-odds); ECI, PCI and their product; every extra of the windows,
    such as `linkage_density`, with what is unknown at the mean. With `effects`, regions and industries that
    enter or are entered more often than that have their own intercept, drawn towards none, where the same
    regions (industries) are predicted.

    ridge: weight of |slopes|²/2 against the log-likelihood. effects: standard deviation of the intercepts; 0
    for none. threshold: the quotient from which a region does an industry.
    """

    def __init__(self, *, ridge: float = 1.0, effects: float = 0.0, threshold: float = 1.0) -> None:
        self.ridge = ridge
        self.effects = effects
        self.threshold = threshold
        self.names: tuple[str, ...] = ()
        self.trained_until: int | None = None
        self._fitted: Fitted | None = None
        self._slope = 1.0

    def fit(self, transitions: Sequence[Transition]) -> EntryModel:
        """Learn from one or more transitions with the same units and extras, in the order of time; returns
        itself.

        With two or more, log-odds are drawn towards their mean as far as those learnt without the last
        transition were too bold on it: chances stay calibrated where times change.
        Raises LeakError where a feature by itself tells the outcome (AUC ≥ 0.98): no honest one does;
        PanelError where there is nothing to learn or the transitions' extras differ.
        """
        if not transitions:
            raise PanelError(Text("没有可学习的时期。", "no transitions to learn from."))
        parts = [self._rows(each) for each in transitions]
        if len({names for names, *_ in parts}) > 1:
            raise PanelError(Text("各时期的特征不同。", "the transitions have different features."))
        self.names = parts[0][0]
        x, y = np.vstack([part[1] for part in parts]), np.concatenate([part[2] for part in parts])
        self._refuse_telltales(x, y)
        shape = transitions[0].before.amounts.shape
        self._fitted = self._learn(parts, shape)
        self._slope = 1.0
        if len(parts) > 1:
            self._slope = self._slope_out_of_time(parts, shape)
        self.trained_until = max(each.after.last for each in transitions)
        return self

    @property
    def slopes(self) -> dict[str, float]:
        """Change of the log-odds of entry for one deviation of each feature."""
        return dict(zip(self.names, self._ready().slopes.tolist(), strict=True))

    def predict(self, before: Window, *, same_regions: bool = True) -> Array:
        """Chance of entry after the window: (regions, industries); NaN where done already, empty or unknown.

        same_regions: whether rows are the regions learnt from; only then their own intercepts are used.
        """
        fitted = self._ready()
        names, x, cells = features(before, self.threshold)
        if names != self.names:
            raise PanelError(Text("特征与训练时不同。", f"features {names}, trained on {self.names}."))
        groups: list[Groups | None] = []
        if self.effects > 0:
            groups = [cells[0] if same_regions else None, cells[1]]
        out = np.full(before.amounts.shape, np.nan)
        odds = fitted.odds(x, groups)
        out[cells] = expit(odds.mean() + self._slope * (odds - odds.mean()))
        return out

    def _learn(self, parts: Sequence[_Rows], shape: tuple[int, ...]) -> Fitted:
        x, y = np.vstack([part[1] for part in parts]), np.concatenate([part[2] for part in parts])
        groups: list[tuple[Groups, int]] = []
        if self.effects > 0:
            for axis in (0, 1):
                groups.append((np.concatenate([part[3][axis] for part in parts]), shape[axis]))
        return fit_logistic(x, y, ridge=self.ridge, groups=groups, spread=self.effects or 1.0)

    def _slope_out_of_time(self, parts: Sequence[_Rows], shape: tuple[int, ...]) -> float:
        """How far log-odds learnt from the past carry: learn without the last transition, see how it fares
        there.
        """
        _, x, y, cells = parts[-1]
        odds = self._learn(parts[:-1], shape).odds(x, cells if self.effects > 0 else ())
        return float(np.clip(fit_logistic(odds[:, None], y, ridge=self.ridge).slopes[0], 0.1, 1.0))

    def _rows(self, transition: Transition) -> _Rows:
        names, x, cells = features(transition.before, self.threshold)
        y = transition.entered(self.threshold)[cells]
        known = ~np.isnan(y)
        return names, x[known], y[known], (cells[0][known], cells[1][known])

    def _refuse_telltales(self, x: Array, y: Array) -> None:
        entered = int(y.sum())
        if not 0 < entered < y.size:
            return
        for name, column in zip(self.names, x.T, strict=True):
            rank = _ranks(column)[y == 1].sum() - entered * (entered + 1) / 2
            auc = rank / (entered * (y.size - entered))
            if max(auc, 1 - auc) >= TELLTALE and y.size >= 100:
                raise LeakError(
                    Text(
                        f"特征“{name}”单独就能说出结果(AUC {auc:.3f}):它来自未来。",
                        f'"{name}" alone tells the outcome (AUC {auc:.3f}): it comes from the future.',
                    )
                )

    def _ready(self) -> Fitted:
        if self._fitted is None:
            raise PanelError(Text("模型尚未训练。", "the model is not fitted yet."))
        return self._fitted


def features(before: Window, threshold: float = 1.0) -> tuple[tuple[str, ...], Array, tuple[Groups, Groups]]:
    """Names, standardised features (pairs, features), and the row and column of every pair not yet done."""
    x = before.amounts
    found = complexity(x, threshold=threshold)
    cells = np.nonzero(found.m == 0)
    r, i = cells
    quotient = found.rca[cells]
    known = np.nan_to_num(x)
    done = np.nan_to_num(found.m)
    eci, pci = found.eci[r], found.pci[i]
    columns: dict[str, npt.NDArray[Any]] = {
        "density": _log_odds(found.density[cells]),
        "quotient": quotient,
        "log_quotient": np.log(quotient + 0.02),
        "region_size": np.log1p(known.sum(axis=1))[r],
        "industry_size": np.log1p(known.sum(axis=0))[i],
        "diversity": _log_odds(done.mean(axis=1))[r],
        "ubiquity": _log_odds(done.mean(axis=0))[i],
        "eci": eci,
        "pci": pci,
        "eci_pci": eci * pci,
    }
    columns |= {
        name: np.asarray(extra.values, dtype=np.float64)[cells] for name, extra in before.extras.items()
    }
    matrix = np.stack([_standardised(values.astype(np.float64)) for values in columns.values()], axis=1)
    return tuple(columns), matrix, (r, i)


def linkage_density(m: npt.NDArray[Any], links: Array) -> Array:
    """How much of an industry's links (suppliers or users) a region has: Σ_j l_ij m_rj / Σ_j l_ij, j ≠ i.

    m: (regions, industries). links: (industries, industries), non-negative, such as the input coefficients
    between the industries' sectors. Unknown presence is left out of both sums. NaN for an industry without
    links.
    """
    near = np.nan_to_num(np.asarray(links, dtype=np.float64)).copy()
    np.fill_diagonal(near, 0.0)
    presence = np.asarray(m, dtype=np.float64)
    known = ~np.isnan(presence)
    reach = known.astype(np.float64) @ near.T
    out = np.full(presence.shape, np.nan)
    np.divide(np.nan_to_num(presence) @ near.T, reach, out=out, where=reach > 0)
    return out


def _log_odds(share: npt.NDArray[Any]) -> Array:
    return np.asarray(np.log((share + 0.01) / (1.01 - share)), dtype=np.float64)


def _ranks(values: npt.NDArray[Any]) -> Array:
    """Ranks from 1; equal values share their mean rank. (Importing scipy.stats for it takes a second.)"""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(count) - (count - 1) / 2)[place])


def _standardised(values: Array) -> Array:
    """Mean 0 and deviation 1 over the known ones; unknown at the mean; 0 for what does not vary."""
    known = ~np.isnan(values)
    if not known.any():
        return np.zeros(values.size)
    deviation = values[known].std()
    centred = np.where(known, values - values[known].mean(), 0.0)
    return centred / deviation if deviation > 1e-12 else np.zeros(values.size)
