"""How much knowledge the mix of a region, and the spread of an industry, speak of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from liandong.economy.conventions import ECOMPLEXITY, Convention
from liandong.economy.panel import Array, Floats, Panel, PanelError, as_values, by_rows
from liandong.economy.ranking import reflections
from liandong.economy.relatedness import proximity, relatedness_density
from liandong.economy.specialisation import location_quotient
from liandong.economy.spectrum import second_vectors
from liandong.errors import Text


@dataclass(frozen=True, slots=True, eq=False)
class Complexity:
    """Indicators of a panel. Shapes: R regions, I industries. NaN where a unit is empty or a cell unknown.

    rca, m: (R, I). diversity (R), ubiquity (I). eci (R), mean 0 and deviation 1; pci (I) in the unit of eci;
    an eci is the mean pci of what the region does. proximity (I, I). density, cog (R, I). coi (R),
    mean 0 and deviation 1. (Another `Convention` than the default draws pci, density, coi and cog otherwise.)
    rca and the vectors are of double precision, the other matrices of the `dtype` asked for.
    """

    rca: Array
    m: Floats
    diversity: Array
    ubiquity: Array
    eci: Array
    pci: Array
    proximity: Floats
    density: Floats
    coi: Array
    cog: Floats


def complexity(
    x: Array | Panel,
    *,
    threshold: float = 1.0,
    convention: Convention = ECOMPLEXITY,
    like: Array | None = None,
    dtype: npt.DTypeLike = np.float32,
) -> Complexity:
    """Economic complexity (Hidalgo & Hausmann 2009; Hausmann et al. 2014).

    A region does an industry (m = 1) where its location quotient is at least `threshold`. ECI is the second
    eigenvector of D⁻¹ M U⁻¹ Mᵀ, found in its symmetric form; PCI follows from ECI by one average over
    regions. COI_r = Σ_i d_ri (1 − m_ri) PCI_i, standardised; COG_ri = (1 − m_ri) Σ_j (1 − m_rj) φ_ij PCI_j /
    Σ_k φ_jk.

    x: (regions, industries), non-negative amounts. Unknown cells (NaN) stay NaN in rca and m and are left
    out of every average; empty regions and industries get NaN and leave the others as they would be
    without them.
    Where the network of regions and industries falls apart, ECI only tells the parts apart (as in every
    package): compute on the `largest_part`.
    convention: how a known package draws the same, see `Convention`.
    like: (regions) an ECI that the sign follows, such as that of the year before, NaN where there is none; by
    default the sign is that of the correlation with diversity.
    dtype: precision of the three large products. float32 keeps all columns within 1e-5 (counts are exact, the
    eigenvector is corrected in double precision); float64 within 1e-9, for about twice the time.
    Raises PanelError for a bad shape, a negative or infinite amount (naming its region and industry), and for
    another precision.
    """
    kind = np.dtype(dtype)
    if kind not in (np.float32, np.float64):
        raise PanelError(
            Text(f"精度应为 float32 或 float64,而不是 {kind}。", f"float32 or float64, not {kind}.")
        )
    rca, done, m = _presence(as_values(x), threshold, kind)
    if like is not None:
        like = _guide(like, rca.shape[0])
    elif convention.anchor == "reflections":
        like = reflections(done, 20)[0]
    diversity, ubiquity = done.sum(axis=1, dtype=np.float64), done.sum(axis=0, dtype=np.float64)
    close = 1e-11 if kind == np.float64 else 1e-7
    raw_eci, raw_pci = second_vectors(done, diversity, ubiquity, like=like, close=close)
    mean, deviation = _mean_and_deviation(raw_eci)
    eci, pci = (raw_eci - mean) / deviation, (raw_pci - mean) / deviation
    worth = raw_pci / deviation
    if convention.scale == "share":
        eci = _shares_of_sum(raw_eci)
    if convention.pci == "own":
        pci = _shares_of_sum(raw_pci) if convention.scale == "share" else _standardised(raw_pci)
        pci = worth = _against(ubiquity, pci)
    phi, density, coi, cog = _space(m, done, worth, convention, kind)
    coi = np.where(diversity == 0, np.nan, coi)
    return Complexity(
        rca=rca,
        m=m,
        diversity=np.where(_all_unknown(m, 1, diversity), np.nan, diversity),
        ubiquity=np.where(_all_unknown(m, 0, ubiquity), np.nan, ubiquity),
        eci=eci,
        pci=pci,
        proximity=phi,
        density=density,
        coi=_standardised(coi) if convention.outlook == "standardised" else coi,
        cog=cog,
    )


def _presence(values: Array, threshold: float, kind: np.dtype[Any]) -> tuple[Array, Floats, Floats]:
    """rca; m with unknown as absent; m with unknown as NaN (the same array if all is known)."""
    of_region, of_industry = values.sum(axis=1), values.sum(axis=0)
    everything = of_region.sum()
    if np.isnan(everything):
        rca = location_quotient(values).value
        with np.errstate(invalid="ignore"):
            done = (rca >= threshold).astype(kind)
    else:
        rca = np.empty_like(values)
        done = np.empty(values.shape, kind)
        with np.errstate(invalid="ignore", divide="ignore"):
            for rows in by_rows(values):
                expected = np.multiply.outer(of_region[rows], of_industry)
                expected /= everything
                np.divide(values[rows], expected, out=rca[rows])
                done[rows] = rca[rows] >= threshold
        if of_region.all() and of_industry.all():
            return rca, done, done
    m = done.copy()
    m[np.isnan(rca)] = np.nan
    return rca, done, m


def _space(
    m: Floats, done: Floats, worth: Array, convention: Convention, kind: np.dtype[Any]
) -> tuple[Floats, Floats, Array, Floats]:
    """Proximity, density, COI before standardisation, and COG."""
    whole = done if m is done else _whole_units(m)
    phi = proximity(
        whole,
        diagonal=convention.diagonal,
        measure=convention.measure,
        mass=convention.mass,
        dtype=kind,
    )
    density = relatedness_density(whole, phi, dtype=kind)
    gained = np.nan_to_num(worth).astype(kind)  # what has no complexity gains nothing
    near = phi if not np.isnan(np.diagonal(phi)).any() else np.nan_to_num(phi)
    absent = np.where(np.isnan(m), 0, 1 - m).astype(kind, copy=False) if m is not done else 1 - done
    coi = np.empty(len(m))
    for rows in by_rows(absent):
        coi[rows] = np.nan_to_num(density[rows] * absent[rows]) @ gained
    reach = near.sum(axis=1, dtype=np.float64)
    share = np.divide(1.0, reach, out=np.zeros_like(reach), where=reach > 0).astype(kind)
    cog = _opened(absent, near, gained * share if convention.gain == "neighbour" else gained)
    if convention.gain == "target":
        cog *= share
    for rows in by_rows(absent):
        cog[rows] *= absent[rows]
    density *= kind.type(convention.density)
    if m is not done:
        empty_region = np.isnan(m).all(axis=1)
        density[empty_region] = np.nan
        cog[np.isnan(m)] = np.nan
    return phi, density, coi, cog


def _opened(absent: Floats, near: Floats, weight: Floats) -> Floats:
    """Σ_j absent_rj w_j φ_ij for a symmetric φ, weighing whichever side is smaller."""
    if absent.shape[0] < near.shape[0]:
        return np.asarray((absent * weight) @ near)
    return np.asarray(absent @ (near * weight[:, None]))


def _whole_units(m: Floats) -> Floats:
    """An all-unknown row or column stems from an empty unit: it does nothing, and unknown cells stay."""
    filled = m.copy()
    filled[np.isnan(m).all(axis=1), :] = 0.0
    filled[:, np.isnan(m).all(axis=0)] = 0.0
    return filled


def _all_unknown(m: Floats, axis: int, counts: Array) -> npt.NDArray[np.bool_]:
    """Rows or columns of which nothing is known; only those without presence need a look."""
    dead = counts == 0
    return np.asarray(dead & np.isnan(m).all(axis=axis)) if dead.any() else dead


def _guide(like: Array, regions: int) -> Array:
    guide = np.asarray(like, dtype=np.float64)
    if guide.shape != (regions,):
        raise PanelError(
            Text("参照的复杂度与地区数不符。", f"like is {guide.shape}, with {regions} regions.")
        )
    return guide


def _against(ubiquity: Array, pci: Array) -> Array:
    """pci with the sign that falls with ubiquity."""
    known = ~np.isnan(pci)
    u = ubiquity[known]
    return -pci if u.size and pci[known] @ (u - u.mean()) > 0 else pci


def _shares_of_sum(vector: Array) -> Array:
    """The vector over its sum, with the sign of the vector."""
    whole = abs(float(np.nansum(vector)))
    return vector / whole if whole > 0 else np.full_like(vector, np.nan)


def _mean_and_deviation(values: Array) -> tuple[float, float]:
    """Over the known values; NaN where they do not vary: there is nothing to standardise."""
    known = values[~np.isnan(values)]
    deviation = float(known.std()) if known.size else np.nan
    return (float(known.mean()), deviation) if deviation > 1e-12 else (np.nan, np.nan)


def _standardised(values: Array) -> Array:
    mean, deviation = _mean_and_deviation(values)
    return np.asarray((values - mean) / deviation)
