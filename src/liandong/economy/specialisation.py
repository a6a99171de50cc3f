"""What a region does more of than others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import gamma

from liandong.economy.panel import Array, Panel, PanelError, as_values
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
    return _divide(values, values.sum(axis=1, keepdims=True))


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
    value = _divide(values, expected)
    if interval is None:
        return Quotient(value, expected)
    low, high = rate_interval(values, expected, interval)
    return Quotient(value, expected, low, high)


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
        a = _divide(of_region, mask @ b, empty=0.0)
        fitted = _divide(of_industry, mask.T @ a, empty=0.0)
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
    if not 0 < interval < 1:
        raise PanelError(
            Text(
                f"区间概率应在 0 和 1 之间,而不是 {interval}。",
                f"an interval is between 0 and 1, not {interval}.",
            )
        )
    weight = np.asarray(rate + expected, dtype=np.float64)
    weight = np.where(weight > 0, weight, np.nan)
    tail = (1 - interval) / 2
    low, high = (gamma.ppf(q, shape + counts) / weight for q in (tail, 1 - tail))
    return np.asarray(low), np.asarray(high)


def _divide(part: Array, whole: Array, *, empty: float = np.nan) -> Array:
    """part / whole; `empty` where whole is 0."""
    part, whole = np.broadcast_arrays(part, whole)
    # starts from NaN·0 so that an unknown whole stays unknown
    out = np.where(np.isnan(whole), np.nan, empty)
    np.divide(part, whole, out=out, where=whole > 0)
    return out
