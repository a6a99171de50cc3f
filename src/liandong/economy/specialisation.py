"""What a region does more of than others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import gammaincinv

from liandong.economy.panel import Array, Panel, PanelError, as_values, divide
from liandong.errors import Text

# Jeffreys' prior of a Poisson rate: Gamma(1/2, 0). It adds half a firm of evidence and no opinion.
JEFFREYS = 0.5
_FITS = 500
_CLOSE = 1e-13


@dataclass(frozen=True, slots=True, eq=False)
class Quotient:
    """Location quotients with the amounts expected of an average region.

    value, expected: (regions, industries). low, high: bounds of the credible interval, if one was asked.
    """

    value: Array
    expected: Array
    low: Array | None = None
    high: Array | None = None


def shares(x: Array | Panel) -> Array:
    """Each industry's share of its region, x_ri / Σ_i x_ri.

    x: (regions, industries); a region with an unknown cell has no known total: its shares are NaN, like those
    of an empty region.
    """
    values = as_values(x)
    return divide(values, values.sum(axis=1, keepdims=True))


def location_quotient(x: Array | Panel, *, interval: float | None = None) -> Quotient:
    """Share of an industry in a region over its share everywhere (Balassa 1965; Isard 1960).

    LQ = x / E with E = (total of region) · (total of industry) / (total of all).

    x: (regions, industries), non-negative; NaN means unknown and stays unknown. With unknown cells E is the
    quasi-independent fit: a_r · b_i such that the totals over the known cells agree (Goodman 1968), so an
    unknown cell weighs on neither side. Without unknown cells that is the formula above.
    interval: probability of the central credible interval of a rate under which x is Poisson(rate · E), with
    Jeffreys' Gamma(1/2) prior; None for none. For counts only. E is taken as known.
    Returns values of x's shape, dimensionless; 1 is the average region.
    Raises PanelError naming the region or industry if one is negative or duplicated.

    An empty region or industry has no quotient: NaN, not 0.
    """
    values = as_values(x)
    expected = expected_amounts(values)
    value = divide(values, expected)
    if interval is None:
        return Quotient(value, expected)
    low, high = rate_interval(values, expected, interval)
    return Quotient(value, expected, low, high)


def presence(x: Array | Panel, *, threshold: float = 1.0) -> Array:
    """1 where the location quotient is at least the threshold, 0 below, NaN where it is unknown: x's
    shape.
    """
    value = location_quotient(x).value
    with np.errstate(invalid="ignore"):
        return np.where(np.isnan(value), np.nan, (value >= threshold).astype(np.float64))


def per_head(x: Array | Panel, population: Array) -> Array:
    """RPOP: amount a head over the amount a head everywhere, (x_ri / P_r) / (x_i / P): x's shape.

    population: (regions), positive, NaN unknown; a region of unknown population is NaN and in neither total.
    An industry's unknown cells, with their population, are left out of its total. NaN for an empty industry.
    As presence_test="rpop" in ecomplexity.
    """
    values = as_values(x)
    heads = np.asarray(population, dtype=np.float64)
    if heads.shape != (values.shape[0],) or (heads <= 0).any():
        raise PanelError(
            Text(
                "人口应为每个地区一个正数。",
                f"one positive population a region is needed, not {heads.shape}.",
            )
        )
    known = ~np.isnan(values) & ~np.isnan(heads)[:, None]
    everyone = np.where(known, heads[:, None], 0.0).sum(axis=0)
    rate = divide(np.where(known, values, 0.0).sum(axis=0), everyone)
    return divide(values / heads[:, None], np.broadcast_to(rate, values.shape))


def symmetric_quotient(quotient: Array) -> Array:
    """(LQ − 1) / (LQ + 1): between −1 (none) and 1, 0 for the average (Dalum, Laursen & Villumsen 1998)."""
    return np.asarray((quotient - 1) / (quotient + 1))


def bootstrap_quotient(
    x: Array | Panel, *, interval: float = 0.9, draws: int = 500, seed: int = 0
) -> Quotient:
    """Location quotient with the percentile interval of a parametric bootstrap: every cell redrawn as
    Poisson(x).

    Unlike `location_quotient(interval=…)` the totals vary with the cells; a cell of 0 stays 0, so its
    interval is [0, 0]: for such use the other one. x: (regions, industries) of counts, all known. Takes
    draws × cells × 4 bytes. Raises PanelError for an unknown cell or an interval outside (0, 1).
    """
    values = as_values(x)
    if np.isnan(values).any():
        raise PanelError(Text("自助法不允许空缺。", "the bootstrap needs all cells known."))
    _require_probability(interval)
    random = np.random.default_rng(seed)
    found = np.stack([_ratio(random.poisson(values).astype(np.float64)) for _ in range(draws)])
    tail = (1 - interval) / 2
    low, high = _quantiles(found, tail), _quantiles(found, 1 - tail)
    expected = expected_amounts(values)
    return Quotient(divide(values, expected), expected, low, high)


def _ratio(values: Array) -> npt.NDArray[np.float32]:
    return divide(values, expected_amounts(values)).astype(np.float32)


def _quantiles(found: npt.NDArray[np.float32], q: float) -> Array:
    """Over the draws, NaN where none has a value."""
    alive = ~np.isnan(found).all(axis=0)
    out = np.full(found.shape[1:], np.nan)
    out[alive] = np.nanquantile(found[:, alive], q, axis=0)
    return out


def expected_amounts(values: Array) -> Array:
    """What each region would have of each industry if all had the same mix; NaN where x is unknown.

    The quasi-independent fit of the known cells, by iterative proportional fitting; exact in one step if all
    are known.
    """
    known = ~np.isnan(values)
    amounts = np.where(known, values, 0.0)
    of_region = amounts.sum(axis=1)
    of_industry = amounts.sum(axis=0)
    if known.all():
        everything = of_region.sum()
        outer = np.outer(of_region, of_industry)
        return outer / everything if everything > 0 else np.zeros_like(outer)
    mask = known.astype(np.float64)
    b = of_industry.copy()
    for _ in range(_FITS):
        a = divide(of_region, mask @ b, empty=0.0)
        fitted = divide(of_industry, mask.T @ a, empty=0.0)
        done = np.abs(fitted - b).max(initial=0.0) <= _CLOSE * np.abs(b).max(initial=1.0)
        b = fitted
        if done:
            break
    return np.where(known, np.outer(a, b), np.nan)


def rate_interval(
    counts: Array,
    expected: Array,
    interval: float,
    *,
    shape: Array | float = JEFFREYS,
    rate: Array | float = 0.0,
) -> tuple[Array, Array]:
    """Central credible interval of λ where counts ~ Poisson(λ · expected) and λ ~ Gamma(shape, rate).

    The posterior is Gamma(shape + counts, rate + expected). NaN where nothing is expected or known.
    Raises PanelError unless 0 < interval < 1.
    """
    _require_probability(interval)
    weight = np.asarray(rate + expected, dtype=np.float64)
    weight = np.where(weight > 0, weight, np.nan)
    tail = (1 - interval) / 2
    low, high = (gammaincinv(shape + counts, q) / weight for q in (tail, 1 - tail))
    return np.asarray(low), np.asarray(high)


def _require_probability(interval: float) -> None:
    if not 0 < interval < 1:
        raise PanelError(
            Text(
                f"区间概率应在 0 和 1 之间,而不是 {interval}。",
                f"an interval is between 0 and 1, not {interval}.",
            )
        )
