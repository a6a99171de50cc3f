"""How much knowledge the mix of a region, and the spread of an industry, speak of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse.linalg import ArpackNoConvergence, LinearOperator, eigsh

from liandong.economy.panel import Array, Panel, PanelError, as_values
from liandong.economy.relatedness import proximity, relatedness_density
from liandong.economy.specialisation import location_quotient
from liandong.errors import Text

_DENSE_UP_TO = 64


@dataclass(frozen=True, slots=True, eq=False)
class Complexity:
    """Indicators of a panel. Shapes: R regions, I industries. NaN where a unit is empty or a cell unknown.

    rca, m: (R, I). diversity (R), ubiquity (I). eci (R), mean 0 and deviation 1; pci (I) in the unit of eci;
    an eci is the mean pci of what the region does. proximity (I, I). density, cog (R, I). coi (R),
    mean 0 and deviation 1.
    """

    rca: Array
    m: Array
    diversity: Array
    ubiquity: Array
    eci: Array
    pci: Array
    proximity: Array
    density: Array
    coi: Array
    cog: Array


def complexity(x: Array | Panel, *, threshold: float = 1.0) -> Complexity:
    """Economic complexity (Hidalgo & Hausmann 2009; Hausmann et al. 2014), conventions of ecomplexity.

    A region does an industry (m = 1) where its location quotient is at least `threshold`. ECI is the second
    eigenvector of D⁻¹ M U⁻¹ Mᵀ, computed from its symmetric form without building a product matrix; its
    sign is that of its correlation with diversity. PCI follows from ECI by one average over regions.
    COI_r = Σ_i d_ri (1 − m_ri) PCI_i, standardised; COG_ri = (1 − m_ri) Σ_j (1 − m_rj) φ_ij PCI_j / Σ_k φ_jk.

    x: (regions, industries), non-negative amounts. Unknown cells (NaN) stay NaN in rca and m and are left
    out of every average; empty regions and industries get NaN and leave the others as they would be
    without them.
    """
    rca = location_quotient(as_values(x)).value
    with np.errstate(invalid="ignore"):
        m = np.where(np.isnan(rca), np.nan, (rca >= threshold).astype(np.float64))
    done = np.nan_to_num(m)
    diversity, ubiquity = done.sum(axis=1), done.sum(axis=0)
    phi = proximity(_whole_units(m))
    density = relatedness_density(_whole_units(m), phi)
    raw_eci, raw_pci = _second_vectors(done, diversity, ubiquity)
    mean, deviation = _mean_and_deviation(raw_eci)
    coi, cog = _outlook(m, density, phi, raw_pci)
    return Complexity(
        rca=rca,
        m=m,
        diversity=_of_alive(diversity, np.asarray(np.isnan(m).all(axis=1))),
        ubiquity=_of_alive(ubiquity, np.asarray(np.isnan(m).all(axis=0))),
        eci=(raw_eci - mean) / deviation,
        pci=(raw_pci - mean) / deviation,
        proximity=phi,
        density=density,
        coi=_standardised(_of_alive(coi, diversity == 0)),
        cog=cog / deviation,
    )


def _whole_units(m: Array) -> Array:
    """An all-unknown row or column stems from an empty unit: it does nothing, and unknown cells stay."""
    empty_row = np.isnan(m).all(axis=1)
    empty_column = np.isnan(m).all(axis=0)
    filled = m.copy()
    filled[empty_row, :] = 0.0
    filled[:, empty_column] = 0.0
    return filled


def _second_vectors(m: Array, diversity: Array, ubiquity: Array) -> tuple[Array, Array]:
    """ECI and PCI before scaling; NaN for units without links."""
    rows, columns = diversity > 0, ubiquity > 0
    eci = np.full(m.shape[0], np.nan)
    pci = np.full(m.shape[1], np.nan)
    if rows.sum() < 2 or columns.sum() < 2:
        return eci, pci
    links = m[np.ix_(rows, columns)]
    d, u = diversity[rows], ubiquity[columns]
    half = links / np.sqrt(d)[:, None] / np.sqrt(u)[None, :]
    vector, value = _second_of(half, np.sqrt(d / d.sum()))
    found = vector / np.sqrt(d)
    if np.dot(found - found.mean(), d - d.mean()) < 0:
        found = -found
    eci[rows] = found
    if value > 1e-12:
        pci[columns] = (links.T @ found) / u / value
    return eci, pci


def _second_of(half: Array, first: Array) -> tuple[Array, float]:
    """Second eigenvector and value of the symmetric half · halfᵀ whose first eigenvector is known."""
    size = half.shape[0]
    if size <= _DENSE_UP_TO:
        values, vectors = np.linalg.eigh(half @ half.T - np.outer(first, first))
        return vectors[:, -1], float(values[-1])

    def times(v: Array) -> Array:
        v = v.ravel()
        return np.asarray(half @ (half.T @ v) - first * (first @ v))

    operator = LinearOperator((size, size), matvec=times, dtype=np.float64)
    start = np.random.default_rng(0).standard_normal(size)
    try:
        values, vectors = eigsh(operator, k=1, which="LA", v0=start)
    except ArpackNoConvergence as trouble:
        raise PanelError(
            Text("复杂度的特征向量未收敛。", "the eigenvector of complexity did not converge.")
        ) from trouble
    return vectors[:, 0], float(values[0])


def _outlook(m: Array, density: Array, phi: Array, pci: Array) -> tuple[Array, Array]:
    absent = np.where(np.isnan(m), 0.0, 1.0 - m)  # what a region is not known to lack opens nothing
    worth = np.nan_to_num(pci)
    coi = (np.nan_to_num(density) * absent) @ worth
    near = np.nan_to_num(phi)
    reach = near.sum(axis=1)
    weight = np.divide(worth, reach, out=np.zeros_like(worth), where=reach > 0)
    cog = absent * (absent @ (near * weight[:, None]))
    return coi, np.where(np.isnan(m), np.nan, cog)


def _of_alive(values: Array, dead: np.ndarray) -> Array:
    return np.where(dead, np.nan, values)


def _mean_and_deviation(values: Array) -> tuple[float, float]:
    """Over the known values; NaN where they do not vary: there is nothing to standardise."""
    known = values[~np.isnan(values)]
    deviation = float(known.std()) if known.size else np.nan
    return (float(known.mean()), deviation) if deviation > 1e-12 else (np.nan, np.nan)


def _standardised(values: Array) -> Array:
    mean, deviation = _mean_and_deviation(values)
    return np.asarray((values - mean) / deviation)
