"""How uneven a mix is, and how far from the average mix: one number a region (or, of x.T, an industry).

All take x (regions, industries) of non-negative amounts and return (regions) unless said otherwise. A region
with an unknown cell has no known mix: NaN, like an empty one. The average mix is that of all regions
together and is known only where all cells are.
"""

from __future__ import annotations

import numpy as np

from liandong.economy.panel import Array, Panel, PanelError, as_values, divide
from liandong.economy.specialisation import shares
from liandong.errors import Text


def herfindahl(x: Array | Panel) -> Array:
    """Σ_i s_ri²: 1 if the region has one industry, 1/I if all are equal (Hirschman 1945; Herfindahl 1950)."""
    s = shares(x)
    return np.asarray((s * s).sum(axis=1))


def entropy(x: Array | Panel, *, base: float = 2.0) -> Array:
    """−Σ_i s_ri log s_ri (Shannon 1948), in bits by default: 0 for one industry, log I if all are equal."""
    s = shares(x)
    return np.asarray(-_x_log(s, s).sum(axis=1) / np.log(base) + 0.0)


def gini(x: Array | Panel) -> Array:
    """Gini coefficient of a region's amounts (Gini 1912): 0 if all are equal, (I − 1)/I for one industry.

    G = Σ_k (2k − I − 1) x_(k) / (I Σ x), with the amounts in ascending order.
    """
    values = np.sort(as_values(x), axis=1)  # NaN last: its sum is NaN as well
    size = values.shape[1]
    total = values.sum(axis=1)
    rank = 2 * np.arange(1, size + 1) - size - 1
    return divide(values @ rank, size * total)


def krugman(x: Array | Panel) -> Array:
    """Σ_i |s_ri − s_i|: 0 for the average mix, at most 2 (Krugman 1991)."""
    own, average = _mixes(x)
    return np.asarray(np.abs(own - average).sum(axis=1))


def hoover(x: Array | Panel) -> Array:
    """Coefficient of specialisation, half of Krugman's index (Hoover & Giarratani 1985).

    The share of a region's amounts that would have to change industry for the average mix. Of x.T: Hoover's
    coefficient of localisation of each industry.
    """
    return krugman(x) / 2


def hachman(x: Array | Panel) -> Array:
    """1 / Σ_i s_ri LQ_ri: 1 for the average mix, towards 0 for a region unlike it (Hachman 1994)."""
    own, average = _mixes(x)
    quotient = divide(own * own, average, empty=0.0)
    return np.asarray(1 / np.where(np.isnan(own).any(axis=1), np.nan, quotient.sum(axis=1)))


def theil(x: Array | Panel) -> Array:
    """Σ_i s_ri ln(s_ri / s_i): divergence from the average mix in nats; 0 for that mix (Theil 1967).

    Of x.T: how far the regions of an industry are from all regions' sizes.
    """
    own, average = _mixes(x)
    return np.asarray(np.maximum(_x_log(own, divide(own, average, empty=1.0)).sum(axis=1), 0.0))


def locational_gini(x: Array | Panel) -> Array:
    """Gini of each industry over regions, regions weighing by their size (Krugman 1991): (industries).

    Regions in the order of their quotient; G = 1 − 2 · area under the industry's cumulative share over all
    industries' ("hoover_gini" of econcomplex and EconGeo, whose locational_gini is half of it). 0 if spread
    like everything.
    NaN for an empty industry and where a cell is unknown.
    """
    values = as_values(x)
    if np.isnan(values).any() or values.sum() <= 0:
        return np.full(values.shape[1], np.nan)
    size = values.sum(axis=1) / values.sum()
    total = values.sum(axis=0)
    own = divide(values, total)
    quotient = divide(own, size[:, None], empty=0.0)
    order = np.argsort(quotient, axis=0, kind="stable")
    widths = size[order]
    heights = np.cumsum(np.take_along_axis(own, order, axis=0), axis=0)
    before = np.vstack([np.zeros((1, heights.shape[1])), heights[:-1]])
    return np.asarray(1 - (widths * (heights + before)).sum(axis=0))


def related_variety(x: Array | Panel, groups: list[str] | tuple[str, ...], *, base: float = 2.0) -> Array:
    """Entropy inside the groups, weighted by them: Σ_g S_g H_g (Frenken, Van Oort & Verburg 2007).

    x: (regions, industries). groups: the group of each industry, such as its division. With
    `unrelated_variety` it adds up to `entropy`.
    """
    return entropy(x, base=base) - unrelated_variety(x, groups, base=base)


def unrelated_variety(x: Array | Panel, groups: list[str] | tuple[str, ...], *, base: float = 2.0) -> Array:
    """Entropy between the groups, −Σ_g S_g log S_g (Frenken, Van Oort & Verburg 2007)."""
    values = as_values(x)
    if len(groups) != values.shape[1]:
        raise PanelError(
            Text("组数与行业数不符。", f"{len(groups)} groups for {values.shape[1]} industries.")
        )
    names = sorted(set(groups))
    member = np.array([[group == name for name in names] for group in groups], dtype=np.float64)
    return entropy(values @ member.reshape(len(groups), len(names)), base=base)


def _mixes(x: Array | Panel) -> tuple[Array, Array]:
    """Mix of each region, and of all; the latter unknown if any cell is."""
    values = as_values(x)
    total = values.sum()
    average = values.sum(axis=0) / total if total > 0 else np.full(values.shape[1], np.nan)
    return shares(values), average


def _x_log(weight: Array, of: Array) -> Array:
    """weight · ln(of), 0 where the weight is 0."""
    logs = np.where(np.isnan(weight), np.nan, 0.0)
    np.log(of, out=logs, where=weight > 0)
    return weight * logs
