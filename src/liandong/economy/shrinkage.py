"""Thin classes borrow from their group and division: empirical Bayes along GB/T 4754.

A city of 4,183 sampled firms cannot fill 1,381 classes. The rate of a class in a region (its location
quotient) is drawn towards what the rest of its group shows there, that towards the rest of its division, that
towards 1. How strongly is learnt from the panel: where siblings differ much, they say little of one another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from liandong.economy.panel import Array, Panel
from liandong.economy.specialisation import Quotient, expected_amounts, rate_interval

_WEAKEST, _STRONGEST = 1e-3, 1e6
_SURE = 1.645
"""Standard errors of pure chance (95 %, one-sided) that a spread must exceed to be told from none."""


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Counts of one level beside the rate that the levels above lead to expect. Arrays over regions."""

    counts: Array
    expected: Array


@dataclass(frozen=True, slots=True, eq=False)
class Shrunk:
    """A quotient drawn towards its parents, with all that it was computed from. Arrays over regions.

    own, group, division: the node itself, the rest of its groups, the rest of its divisions. prior: the
    rate that group and division lead to expect. quotient: posterior mean and interval.
    """

    own: Pool
    group: Pool
    division: Pool
    prior: Array
    quotient: Quotient


@dataclass(frozen=True, slots=True)
class Shrinkage:
    """How many expected firms the parents' word is worth: at division, group and class.

    The rate of a unit is Gamma with the parents' rate as mean and this as inverse scale (Clayton, Kaldor
    1987).
    """

    division: float
    group: float
    own: float

    @classmethod
    def fit(cls, panel: Panel) -> Shrinkage:
        """Learn the strengths from a panel of GB/T classes by moments, from the division down.

        Var(x) = E·μ + E²·μ/κ, summed over all cells: κ = Σ E²μ / max(Σ ((x − E·μ)² − E·μ), s), kept in a sane
        range. s = 1.645 √Σ (E·μ + 2 (E·μ)²) is the spread that chance alone may hide (the variance of the sum
        if x were Poisson): a small panel that shows no differences does not prove that there are none.
        """
        classes = [code for code in panel.industries if len(code) == 4]
        expected = Panel(panel.regions, panel.industries, np.nan_to_num(expected_amounts(panel.values)))
        at = {level: _at(panel, expected, classes, digits) for level, digits in _LEVELS.items()}
        division = _strength(at["division"], np.ones_like(at["division"].counts))
        of_division = _rate(division, 1.0, _minus(at["division"], at["group"]))
        group = _strength(at["group"], of_division)
        of_group = _rate(group, of_division, _minus(at["group"], at["class"]))
        return cls(division, group, _strength(at["class"], of_group))

    def quotient(self, panel: Panel, codes: Iterable[str], *, interval: float = 0.9) -> Shrunk:
        """The shrunk location quotient of a set of GB/T codes in every region of the panel.

        codes: classes, groups or divisions; overlap counts once. A code of the panel belongs to the set if it
        begins with one of them. The siblings are all other codes of the panel in the same groups, then
        divisions, so that nothing is used twice.
        """
        expected = expected_amounts(panel.values)
        wanted = tuple(sorted(set(codes)))
        own = _members(panel, wanted)
        group = _members(panel, tuple(code[:3] for code in wanted)) & ~own
        division = _members(panel, tuple(code[:2] for code in wanted)) & ~own & ~group
        pools = [
            Pool(panel.values[:, where].sum(axis=1), expected[:, where].sum(axis=1))
            for where in (own, group, division)
        ]
        prior = _rate(self.group, _rate(self.division, 1.0, pools[2]), pools[1])
        mean = _rate(self.own, prior, pools[0])
        low, high = rate_interval(
            pools[0].counts, pools[0].expected, interval, shape=self.own * prior, rate=self.own
        )
        return Shrunk(pools[0], pools[1], pools[2], prior, Quotient(mean, pools[0].expected, low, high))


_LEVELS = {"division": 2, "group": 3, "class": 4}


def _at(panel: Panel, expected: Panel, classes: list[str], digits: int) -> Pool:
    """For every class, the counts of the unit of `digits` digits that it belongs to: (regions, classes)."""
    units = sorted({code[:digits] for code in classes})
    within: dict[str, list[str]] = {unit: [] for unit in units}
    for code in panel.industries:
        if code[:digits] in within:
            within[code[:digits]].append(code)
    members: dict[str, list[str]] = {unit: within[unit] for unit in units}
    positions = {unit: at for at, unit in enumerate(units)}
    place = [positions[code[:digits]] for code in classes]
    return Pool(panel.unions(members).values[:, place], expected.unions(members).values[:, place])


def _minus(whole: Pool, part: Pool) -> Pool:
    return Pool(np.maximum(whole.counts - part.counts, 0.0), np.maximum(whole.expected - part.expected, 0.0))


def _rate(strength: float, prior: Array | float, pool: Pool) -> Array:
    return np.asarray((strength * prior + pool.counts) / (strength + pool.expected))


def _strength(pool: Pool, prior: Array) -> float:
    mean = pool.expected * prior
    hidden = _SURE * np.sqrt(np.nansum(mean + 2 * mean**2))
    spread = max(np.nansum((pool.counts - mean) ** 2 - mean), hidden)
    if spread <= 0:
        return _STRONGEST
    return float(np.clip(np.nansum(pool.expected**2 * prior) / spread, _WEAKEST, _STRONGEST))


def _members(panel: Panel, prefixes: tuple[str, ...]) -> np.ndarray:
    return np.array([code.startswith(prefixes) for code in panel.industries], dtype=bool)
