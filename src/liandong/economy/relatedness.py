"""Which industries are found together, and how near a region is to each of them."""

from __future__ import annotations

import numpy as np

from liandong.economy.panel import Array, PanelError, as_values
from liandong.errors import Text


def proximity(m: Array, other: Array | None = None, *, diagonal: float | None = 1.0) -> Array:
    """Proximity of industries: min(P(i|j), P(j|i)), the chance of both where one is (Hidalgo et al. 2007).

    φ_ij = Σ_r m_ri m_rj / max(Σ_r m_ri, Σ_r m_rj).

    m: (regions, industries), 1 where the region does the industry, else 0; NaN is unknown, and then a region
    counts for a pair only where both are known.
    other: (regions, others) for the proximity of m's industries to others; None for m itself.
    diagonal: proximity of an industry to itself, 1 by the formula (as in ecomplexity); 0 leaves an industry
    out of its own density (as in EconGeo); ignored where `other` is given; None keeps what the formula gives.
    Returns (industries, industries) or (industries, others). NaN for an industry that no region does.
    """
    left = _presence(m)
    right = left if other is None else _presence(other)
    if left.shape[0] != right.shape[0]:
        raise PanelError(
            Text(
                "两个矩阵的地区数不同。",
                f"{left.shape[0]} regions on one side, {right.shape[0]} on the other.",
            )
        )
    both = _product(left, right)
    known_left, known_right = ~np.isnan(left), ~np.isnan(right)
    if known_left.all() and known_right.all():
        most = np.maximum.outer(left.sum(axis=0), right.sum(axis=0))
    else:
        # an industry's ubiquity among the regions where the other one is known
        most = np.maximum(_product(left, known_right), _product(known_left, right))
    phi = np.full(both.shape, np.nan)
    np.divide(both, most, out=phi, where=most > 0)
    phi[np.nansum(left, axis=0) == 0, :] = np.nan
    phi[:, np.nansum(right, axis=0) == 0] = np.nan
    if other is None and diagonal is not None:
        alive = ~np.isnan(np.diagonal(phi))
        phi[alive, alive] = diagonal
    return phi


def relatedness_density(m: Array, phi: Array | None = None) -> Array:
    """How much of what is near an industry a region does: Σ_j φ_ij m_rj / Σ_j φ_ij (Hidalgo et al. 2007).

    m: (regions, industries), as for `proximity`. phi: (targets, industries), by default `proximity(m)` with
    diagonal 1. Industries of unknown presence in a region are left out of both sums, and so is what phi does
    not know.
    Returns (regions, targets) between 0 and 1; NaN for a target without any proximity.
    """
    presence = _presence(m)
    near = proximity(presence) if phi is None else np.asarray(phi, dtype=np.float64)
    if near.ndim != 2 or near.shape[1] != presence.shape[1]:
        raise PanelError(
            Text("接近度矩阵与行业数不符。", f"phi is {near.shape}, with {presence.shape[1]} industries.")
        )
    near = np.nan_to_num(near, nan=0.0)
    known = ~np.isnan(presence)
    done = np.where(known, presence, 0.0) @ near.T
    reach = np.broadcast_to(near.sum(axis=1), done.shape) if known.all() else known.astype(float) @ near.T
    density = np.full(done.shape, np.nan)
    np.divide(done, reach, out=density, where=reach > 0)
    return density


def _presence(m: Array) -> Array:
    values = as_values(m)
    with np.errstate(invalid="ignore"):
        if (values > 1).any():
            r, i = np.argwhere(values > 1)[0]
            raise PanelError(
                Text("这里需要 0 或 1(有无该行业)。", "presence is 0 or 1: compare quotients with 1 first."),
                region=str(r),
                industry=str(i),
            )
    return values


def _product(left: np.ndarray, right: np.ndarray) -> Array:
    """leftᵀ right with unknown as absent. Single precision holds these counts exactly below 2^24 regions."""
    counts = np.nan_to_num(left).astype(np.float32).T @ np.nan_to_num(right).astype(np.float32)
    return np.asarray(counts, dtype=np.float64)
