"""Other ways to rank regions and industries by each other: reflections, fitness, incomes, PCI from
elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from liandong.economy.panel import Array, Panel, PanelError, as_values, divide
from liandong.economy.specialisation import shares
from liandong.errors import Text


def reflections(m: npt.NDArray[Any], steps: int) -> tuple[Array, Array]:
    """k_r,N = Σ_i m_ri k_i,N−1 / k_r,0 and k_i,N = Σ_r m_ri k_r,N−1 / k_i,0, standardised (Hidalgo &
    Hausmann 2009).

    m: (regions, industries) of 0 and 1; NaN counts as absent. steps: N; 0 is diversity and ubiquity.
    Returns (regions) and (industries), mean 0 and deviation 1, NaN for units without links.
    The plain iteration collapses into a constant plus rounding (at N ≈ 20 to 80); here the constant is taken
    out and the scale restored at each step, which changes no standardised value, so any N is exact. For even
    N the regions tend to ECI up to its sign.
    """
    if steps < 0:
        raise PanelError(Text("步数不能为负。", f"{steps} steps."))
    links = _links(m)
    d, u = links.sum(axis=1), links.sum(axis=0)
    by_region = divide(links, d[:, None], empty=0.0)
    by_industry = divide(links, u, empty=0.0).T
    k_r, k_i = _scaled(d, d), _scaled(u, u)
    for _ in range(steps):
        k_r, k_i = _scaled(by_region @ k_i, d), _scaled(by_industry @ k_r, u)
    return np.where(d > 0, k_r, np.nan), np.where(u > 0, k_i, np.nan)


@dataclass(frozen=True, slots=True, eq=False)
class Fitness:
    """fitness (regions), complexity (industries), each with mean 1, NaN for units without links; how many
    steps it took, and whether it converged (else some fitness is still on its way to 0).
    """

    fitness: Array
    complexity: Array
    steps: int
    converged: bool


def fitness(m: npt.NDArray[Any], *, close: float = 1e-10, steps: int = 10_000) -> Fitness:
    """F_r = Σ_i m_ri Q_i, Q_i = 1 / Σ_r m_ri / F_r, each over its mean, until they stay (Tacchella et al.
    2012).

    m: (regions, industries) of 0 and 1; NaN counts as absent. close: largest relative change of any fitness
    or complexity above 10⁻⁹ of the mean in a step. Where the matrix is not nested enough, some fitness tends
    to 0 like 1/N and it may take long (Pugliese, Zaccaria & Pietronero 2016): `converged` says so.
    """
    links = _links(m)
    rows, columns = links.sum(axis=1) > 0, links.sum(axis=0) > 0
    some = links[np.ix_(rows, columns)]
    f, q = np.ones(some.shape[0]), np.ones(some.shape[1])
    done, taken = some.size == 0, 0
    while not done and taken < steps:
        new_f = some @ q
        new_f /= new_f.mean()
        new_q = 1 / (some.T @ (1 / new_f))
        new_q /= new_q.mean()
        done = max(_change(f, new_f), _change(q, new_q)) < close
        f, q, taken = new_f, new_q, taken + 1
    of_regions, of_industries = np.full(rows.size, np.nan), np.full(columns.size, np.nan)
    of_regions[rows], of_industries[columns] = f, q
    return Fitness(of_regions, of_industries, taken, bool(done))


def prody(x: Array | Panel, income: Array) -> Array:
    """Income that an industry speaks of: Σ_r s_ri Y_r / Σ_r s_ri (Hausmann, Hwang & Rodrik 2007):
    (industries).

    x: (regions, industries). income: (regions), such as GDP a head; a region of unknown income or mix is
    left out.
    """
    own, y = shares(x), _vector(income, as_values(x).shape[0], "income")
    use = ~np.isnan(y) & ~np.isnan(own).any(axis=1)
    weight = own[use].sum(axis=0)
    return divide(y[use] @ own[use], weight)


def expy(x: Array | Panel, value: Array) -> Array:
    """Income that a region's mix speaks of: Σ_i s_ri PRODY_i (Hausmann, Hwang & Rodrik 2007): (regions).

    value: (industries), such as `prody`; industries without one are left out of the mix.
    """
    values = as_values(x)
    v = _vector(value, values.shape[1], "value")
    known = ~np.isnan(v)
    return np.asarray(shares(values[:, known]) @ v[known])


def projected_eci(m: npt.NDArray[Any], pci: Array, *, standardised: bool = False) -> Array:
    """Complexity of regions by a PCI from elsewhere (as of nations): the mean PCI of what each does:
    (regions).

    m: (regions, industries) of 0 and 1; NaN counts as absent. pci: (industries), NaN where unknown: left
    out. NaN for a region that does none of the known. standardised: to mean 0 and deviation 1 over the
    regions.
    """
    links = _links(m)
    v = _vector(pci, links.shape[1], "pci")
    known = links[:, ~np.isnan(v)]
    count = known.sum(axis=1)
    out = divide(known @ v[~np.isnan(v)], count)
    if not standardised:
        return out
    deviation = np.nanstd(out) if (~np.isnan(out)).any() else np.nan
    return np.asarray((out - np.nanmean(out)) / (deviation if deviation > 1e-12 else np.nan))


def _links(m: npt.NDArray[Any]) -> Array:
    return np.nan_to_num(as_values(np.asarray(m, dtype=np.float64)))


def _scaled(values: Array, degree: Array) -> Array:
    """Mean 0 and deviation 1 over the units with links; the others 0, so that they weigh nothing."""
    alive = degree > 0
    if not alive.any():
        return np.zeros_like(values)
    deviation = values[alive].std()
    if deviation <= 1e-12 * max(1.0, float(np.abs(values[alive]).max())):
        return np.zeros_like(values)
    return np.where(alive, (values - values[alive].mean()) / deviation, 0.0)


def _change(old: Array, new: Array) -> float:
    alive = new > 1e-9
    return float(np.abs(new[alive] / old[alive] - 1).max(initial=0.0))


def _vector(values: Array, size: int, name: str) -> Array:
    vector = np.asarray(values, dtype=np.float64)
    if vector.shape != (size,):
        raise PanelError(Text(f"{name} 的长度不符。", f"{name} is {vector.shape}, {size} are needed."))
    return vector
