"""The second eigenvector of the bipartite network, without its product matrices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from liandong.economy.panel import Array, PanelError
from liandong.errors import Text

Times = Callable[[Array], Array]
_DENSE_UP_TO = 64
_FORMED_UP_TO = 512
_BLOCK, _DEEP, _SHALLOW, _ROUNDS = 8, 6, 2, 60


def second_vectors(
    m: npt.NDArray[Any],
    diversity: Array,
    ubiquity: Array,
    *,
    like: Array | None = None,
    close: float = 1e-11,
) -> tuple[Array, Array]:
    """ECI and PCI before scaling: second eigenvectors of D⁻¹ M U⁻¹ Mᵀ and U⁻¹ Mᵀ D⁻¹ M.

    Both are similar to one symmetric matrix, S Sᵀ and SᵀS with S = D^−½ M U^−½, whose first eigenvector is
    known (√d). It is taken out, and the next one is found in double precision on the smaller side; the other
    side follows by one average, so that ECI is the mean PCI of what a region does, and one sign serves both.

    m: (regions, industries) of 0 and 1; diversity, ubiquity: its sums. like: values of the regions (an
    earlier ECI) that the sign follows, NaN where there is none; by default diversity. close: relative
    residual.
    Returns (regions) and (industries); NaN for units without links, and for all where there are fewer than
    two of either.
    """
    rows, columns = diversity > 0, ubiquity > 0
    eci, pci = np.full(m.shape[0], np.nan), np.full(m.shape[1], np.nan)
    if rows.sum() < 2 or columns.sum() < 2:
        return eci, pci
    links = m if rows.all() and columns.all() else m[np.ix_(rows, columns)]
    d, u = diversity[rows], ubiquity[columns]
    half = links * (1 / np.sqrt(d))[:, None]
    half *= 1 / np.sqrt(u)
    wide = half.shape[0] <= half.shape[1]
    first = np.sqrt(d / d.sum() if wide else u / u.sum())
    vector, value = second_of(half if wide else half.T, first, close=close)
    found = (vector if wide else half @ vector) / np.sqrt(d)
    found *= _sign(found, d, None if like is None else like[rows])
    eci[rows] = found
    if value > 1e-12:
        pci[columns] = np.sqrt(1 / u) * (half.T @ (found * np.sqrt(d))) / value
    return eci, pci


def second_of(half: npt.NDArray[Any], first: Array, *, close: float = 1e-11) -> tuple[Array, float]:
    """Largest eigenvector and value of the symmetric half · halfᵀ − first · firstᵀ.

    first: the unit eigenvector of half · halfᵀ that is known.
    Up to 64 rows directly; above, from block Krylov spaces: up to 512 rows of the product, beyond that of
    half · (halfᵀ · V), never forming it, in single precision first and then corrected in double until the
    residual is below `close` of the value.
    Raises PanelError if it does not converge.
    """
    size = half.shape[0]
    if size <= _DENSE_UP_TO:
        values, vectors = np.linalg.eigh(half @ half.T - np.outer(first, first))
        return np.asarray(vectors[:, -1]), float(values[-1])
    block = np.random.default_rng(0).standard_normal((size, _BLOCK))
    for times, depth, enough in _stages(half, close):
        for _ in range(_ROUNDS):
            block, value, residual = _krylov(times, first, block, depth)
            if residual <= enough * max(value, 1e-6):
                break
    if residual > close * max(value, 1e-6):
        raise PanelError(Text("复杂度的特征向量未收敛。", "the eigenvector did not converge."))
    return block[:, 0].copy(), value


def _stages(half: npt.NDArray[Any], close: float) -> list[tuple[Times, int, float]]:
    """What to multiply a block with, how deep, how close to come; the last stage is in double precision."""
    if half.shape[0] <= _FORMED_UP_TO:
        product = half @ half.T
        return [(lambda v: product @ v, _DEEP, close)]
    single = half.astype(np.float32)
    return [
        (lambda v: (single @ (single.T @ v.astype(np.float32))).astype(np.float64), _DEEP, 1e-5),
        (lambda v: half @ (half.T @ v), _SHALLOW, close),
    ]


def _krylov(times: Times, first: Array, start: Array, depth: int) -> tuple[Array, float, float]:
    """Best block in span(V, AV, … A^depth V), its first value, and how far that is from an eigenpair."""
    q = np.linalg.qr(start - np.outer(first, first @ start))[0]
    images: list[Array] = []
    for step in range(depth + 1):
        image = times(q[:, -_BLOCK:])
        images.append(image - np.outer(first, first @ image))  # A first = first: what is left is rounding
        if step < depth:
            fresh = images[-1]
            for _ in range(2):  # twice is enough
                fresh = np.linalg.qr(fresh - q @ (q.T @ fresh))[0]
            q = np.hstack([q, fresh])
    moved = np.hstack(images)
    projected = q.T @ moved
    values, vectors = np.linalg.eigh((projected + projected.T) / 2)
    best = vectors[:, ::-1][:, :_BLOCK]
    block = q @ best
    value = float(values[-1])
    return block, value, float(np.linalg.norm(moved @ best[:, 0] - value * block[:, 0]))


def _sign(found: Array, d: Array, like: Array | None) -> float:
    """1 or −1 such that the vector rises with `like`, else with diversity, else with its own first entry."""
    for guide in (like, d):
        if guide is None:
            continue
        both = ~np.isnan(guide)
        if both.sum() < 2:
            continue
        rise = float((found[both] - found[both].mean()) @ (guide[both] - guide[both].mean()))
        scale = float(np.linalg.norm(found[both]) * np.linalg.norm(guide[both]))
        if abs(rise) > 1e-9 * scale:
            return 1.0 if rise > 0 else -1.0
    return -1.0 if found[0] < 0 else 1.0
