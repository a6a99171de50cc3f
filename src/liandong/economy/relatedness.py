"""Which industries are found together, and how near a region is to each of them."""

from __future__ import annotations

from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from liandong.economy.panel import Floats, PanelError, as_matrix, by_rows
from liandong.errors import Text

Measure = Literal[
    "conditional", "asymmetric", "cosine", "jaccard", "association", "correlation", "probability"
]
Mass = Literal["presence", "co-occurrence"]


def proximity(
    m: npt.NDArray[Any],
    other: npt.NDArray[Any] | None = None,
    *,
    diagonal: float | None = 1.0,
    measure: Measure = "conditional",
    mass: Mass = "presence",
    dtype: npt.DTypeLike = np.float64,
) -> Floats:
    """Proximity of industries, from the regions that do both (Hidalgo et al. 2007). With n_ij = Σ_r m_ri
    m_rj:

    - conditional: min(P(i|j), P(j|i)) = n_ij / max(n_i, n_j), as in ecomplexity and econcomplex ("max");
    - asymmetric: P(j|i) = n_ij / n_i, the chance of j where i is, as ecomplexity with asymmetric=True;
    - cosine: n_ij / √(n_i n_j), "sqrt" in econcomplex and economic-complexity;
    - jaccard: n_ij / (n_i + n_j − n_ij);
    - association: n_ij N / (n_i n_j), N regions known for both: 1 is chance, not bounded by 1 (van Eck &
      Waltman 2009), as in econcomplex;
    - correlation: (1 + ρ_ij) / 2 with Pearson's ρ of the two columns, as ecomplexity with continuous=True; of
      quotients as well as of presence;
    - probability: n_ij over its expectation if pairs were drawn without repetition (Steijn 2017), what
      EconGeo does unless told otherwise; only for the mass "co-occurrence".

    mass: what n_i is. "presence": the regions that do i. "co-occurrence": s_i = Σ_{j≠i} n_ij, how often i is
    found with any other, and N = Σ_i s_i (van Eck & Waltman 2009), as in EconGeo's association, cosine,
    jaccard and probability; for m by itself.
    m: (regions, industries), 1 where the region does the industry, else 0 (for correlation any amounts); NaN
    is unknown, and then a region counts for a pair only where both are known.
    other: (regions, others) for the proximity of m's industries to others; None for m itself.
    diagonal: proximity of an industry to itself, 1 by the formula (as in ecomplexity); 0 leaves an industry
    out of its own density (as in EconGeo, econcomplex, economic-complexity); ignored where `other` is given;
    None keeps what the formula gives.
    dtype: of the result; counts are exact in either.
    Returns (industries, industries) or (industries, others). NaN for an industry that no region does and, for
    correlation, one that does not vary.
    """
    if measure not in get_args(Measure):
        raise PanelError(Text(f"没有“{measure}”这种接近度。", f'there is no measure "{measure}".'))
    _require_mass(measure, mass, other is None)
    kind = np.dtype(dtype)
    left = _amounts(m) if measure == "correlation" else _presence(m)
    right = left
    if other is not None:
        right = _amounts(other) if measure == "correlation" else _presence(other)
    if left.shape[0] != right.shape[0]:
        raise PanelError(
            Text(
                "两个矩阵的地区数不同。",
                f"{left.shape[0]} regions on one side, {right.shape[0]} on the other.",
            )
        )
    if measure == "correlation":
        phi = _correlations(left, right, kind)
    elif mass == "co-occurrence":
        phi = _of_pairs(left, measure, kind)
    elif _known(left) and _known(right):
        phi = _of_known(left, right, measure, kind)
    else:
        phi = _of_partly_known(left, right, measure, kind)
    if other is None and diagonal is not None:
        own = np.einsum("ii->i", phi)
        own[~np.isnan(own)] = diagonal
    return phi


def relatedness_density(
    m: npt.NDArray[Any],
    phi: npt.NDArray[Any] | None = None,
    *,
    nearest: int | None = None,
    dtype: npt.DTypeLike = np.float64,
) -> Floats:
    """How much of what is near an industry a region does: Σ_j φ_ij m_rj / Σ_j φ_ij (Hidalgo et al. 2007).

    m: (regions, industries), as for `proximity`. phi: (targets, industries), by default `proximity(m)` with
    diagonal 1. Industries of unknown presence in a region are left out of both sums, and so is what phi does
    not know.
    nearest: only the so many nearest industries of each target count, by their proximity, in both sums; of a
    square phi an industry is not among its own neighbours. Ties go to the industry that stands first.
    Returns (regions, targets) between 0 and 1; NaN for a target without any proximity.
    """
    kind = np.dtype(dtype)
    presence = _presence(m)
    near = proximity(presence, dtype=kind) if phi is None else np.asarray(phi).astype(kind, copy=False)
    if near.ndim != 2 or near.shape[1] != presence.shape[1]:
        raise PanelError(
            Text("接近度矩阵与行业数不符。", f"phi is {near.shape}, with {presence.shape[1]} industries.")
        )
    if np.isnan(near.sum()):
        near = np.nan_to_num(near, nan=0.0)
    if nearest is not None:
        near = _nearest(near, nearest)
    if _known(presence):
        density = presence.astype(kind, copy=False) @ near.T
        reach = near.sum(axis=1, dtype=np.float64)
        whole = np.where(reach > 0, reach, np.nan).astype(kind)
        for rows in by_rows(density):
            density[rows] /= whole
        return np.asarray(density)
    known = ~np.isnan(presence)
    done = np.where(known, presence, 0.0).astype(kind) @ near.T
    covered = known.astype(kind) @ near.T
    density = np.full(done.shape, np.nan, kind)
    np.divide(done, covered, out=density, where=covered > 0)
    return density


def inside_density(m: npt.NDArray[Any], density: npt.NDArray[Any]) -> Floats:
    """Density of what a region already does (related variety at home); NaN elsewhere (Pinheiro et al.
    2022).
    """
    return np.where(np.asarray(m) == 1, density, np.nan)


def outside_density(m: npt.NDArray[Any], density: npt.NDArray[Any]) -> Floats:
    """Density of what a region does not do: its options; NaN elsewhere, and where presence is unknown."""
    return np.where(np.asarray(m) == 0, density, np.nan)


def relative_density(m: npt.NDArray[Any], density: npt.NDArray[Any]) -> Floats:
    """Density of a region's options against the mean and deviation of all its options (Pinheiro et al. 2022).

    m, density: (regions, industries). NaN for what is done or unknown, and where the options do not vary.
    """
    options = outside_density(m, density)
    known = ~np.isnan(options)
    count = known.sum(axis=1, keepdims=True)
    filled = np.where(known, options, 0.0)
    mean = np.divide(filled.sum(axis=1, keepdims=True), count, out=np.zeros(count.shape), where=count > 0)
    spread = np.where(known, options - mean, 0.0)
    deviation = np.sqrt((spread**2).sum(axis=1, keepdims=True) / np.maximum(count, 1))
    return np.asarray((options - mean) / np.where(deviation > 1e-12, deviation, np.nan))


def co_occurrence(m: npt.NDArray[Any], other: npt.NDArray[Any] | None = None) -> Floats:
    """How many regions do both, Σ_r m_ri m_rj, over regions where both are known: (industries,
    industries).
    """
    left = _presence(m)
    return _product(left, left if other is None else _presence(other))


def _of_known(left: Floats, right: Floats, measure: Measure, kind: np.dtype[Any]) -> Floats:
    both = _product(left, right, kind)
    a = left.sum(axis=0, dtype=np.float64).astype(kind)
    b = right.sum(axis=0, dtype=np.float64).astype(kind)
    with np.errstate(invalid="ignore", divide="ignore"):
        for rows in by_rows(both):
            _divide_by(both[rows], measure, a[rows, None], b[None, :], kind.type(left.shape[0]))
    if not (a.all() and b.all()):
        both[a == 0, :] = np.nan
        both[:, b == 0] = np.nan
    return both


def _of_partly_known(left: Floats, right: Floats, measure: Measure, kind: np.dtype[Any]) -> Floats:
    both = _product(left, right)
    known_left, known_right = ~np.isnan(left), ~np.isnan(right)
    # an industry's ubiquity among the regions where the other one is known
    a, b = _product(left, known_right), _product(known_left, right)
    with np.errstate(invalid="ignore", divide="ignore"):
        _divide_by(both, measure, a, b, _product(known_left, known_right))
    both[~np.isfinite(both)] = np.nan
    both[np.nansum(left, axis=0) == 0, :] = np.nan
    both[:, np.nansum(right, axis=0) == 0] = np.nan
    return both.astype(kind, copy=False)


def _of_pairs(m: Floats, measure: Measure, kind: np.dtype[Any]) -> Floats:
    both = _product(m, m)
    with_others = both.copy()
    np.fill_diagonal(with_others, 0.0)
    mass = with_others.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        _divide_by(both, measure, mass[:, None], mass[None, :], mass.sum())
    alone = mass == 0  # found with no other, though a region does it: near to nothing
    both[alone, :] = both[:, alone] = 0.0
    nowhere = np.nansum(m, axis=0) == 0
    both[nowhere, :] = both[:, nowhere] = np.nan
    return both.astype(kind, copy=False)


def _divide_by(both: Floats, measure: Measure, a: Any, b: Any, regions: Any) -> None:
    """Turn counts of both into proximities, in place."""
    match measure:
        case "conditional":
            both /= np.maximum(a, b)
        case "asymmetric":
            both /= a
        case "cosine":
            both /= np.sqrt(a * b)
        case "jaccard":
            both /= a + b - both
        case "association":
            both *= regions / (a * b)
        case "probability":
            both /= (a / regions * (b / (regions - a)) + b / regions * (a / (regions - b))) * (regions / 2)


def _require_mass(measure: Measure, mass: Mass, alone: bool) -> None:
    if mass not in get_args(Mass):
        raise PanelError(Text(f"没有“{mass}”这种频次。", f'there is no mass "{mass}".'))
    if mass == "co-occurrence" and (measure == "correlation" or not alone):
        raise PanelError(
            Text(
                "共现频次只用于同一组行业之间的共现接近度。",
                'the mass "co-occurrence" is for co-occurrences within one set of industries.',
            )
        )
    if measure == "probability" and mass == "presence":
        raise PanelError(
            Text(
                "概率接近度以共现频次为准:请加 mass='co-occurrence'。",
                'the measure "probability" needs mass="co-occurrence".',
            )
        )


def _correlations(left: Floats, right: Floats, kind: np.dtype[Any]) -> Floats:
    if not (_known(left) and _known(right)):
        raise PanelError(Text("相关接近度不允许空缺。", "correlation needs all cells known."))

    def scaled(values: Floats) -> Floats:
        centred = values - values.mean(axis=0, dtype=np.float64)
        length = np.sqrt((centred**2).sum(axis=0))
        varied = length > 1e-12 * np.abs(values).max(initial=1.0)
        return np.asarray(centred / np.where(varied, length, np.nan), dtype=kind)

    one = scaled(left)
    return np.asarray((1 + one.T @ (one if right is left else scaled(right))) / 2)


def _nearest(near: Floats, count: int) -> Floats:
    """near with all but the `count` largest of each row set to 0, leaving out a square's diagonal."""
    if count < 1:
        raise PanelError(Text("近邻数至少为 1。", f"at least 1 neighbour, not {count}."))
    kept = near.copy()
    if kept.shape[0] == kept.shape[1]:
        np.fill_diagonal(kept, 0.0)
    order = np.argsort(-kept, axis=1, kind="stable")[:, count:]
    np.put_along_axis(kept, order, 0.0, axis=1)
    return kept


def _presence(m: npt.NDArray[Any]) -> Floats:
    values = _amounts(m)
    if values.size and not values.max() <= 1 and np.nanmax(values, initial=0.0) > 1:
        r, i = np.argwhere(np.nan_to_num(values) > 1)[0]
        raise PanelError(
            Text("这里需要 0 或 1(有无该行业)。", "presence is 0 or 1: compare quotients with 1 first."),
            region=str(r),
            industry=str(i),
        )
    return values


def _amounts(m: npt.NDArray[Any]) -> Floats:
    values = np.asarray(m)
    return as_matrix(values if values.dtype == np.float32 else values.astype(np.float64, copy=False))


def _known(values: Floats) -> bool:
    return not np.isnan(values.sum())


def _product(left: npt.NDArray[Any], right: npt.NDArray[Any], kind: npt.DTypeLike = np.float64) -> Floats:
    """leftᵀ right with unknown as absent. Single precision holds these counts exactly below 2^24 regions."""
    one = _single(left)
    counts = one.T @ (one if right is left else _single(right))
    return counts.astype(kind, copy=False)


def _single(values: npt.NDArray[Any]) -> npt.NDArray[np.float32]:
    known = values if values.dtype == bool or _known(values) else np.nan_to_num(values)
    return known.astype(np.float32, copy=False)
