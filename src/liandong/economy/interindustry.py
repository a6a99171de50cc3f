"""What an input–output table says of its sectors: how they pull, push, and how far they are from final
use.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liandong.economy.linkages import leontief_inverse, read_table, technical_coefficients
from liandong.economy.panel import Array, PanelError
from liandong.errors import Text


def allocation_coefficients(flows: Array, output: Array) -> Array:
    """Share of a sector's output that each sector takes: b_ij = z_ij / x_i (Ghosh 1958).

    flows: (sectors, sectors), row delivers to column; output: (sectors). A sector without output and
    deliveries has a row of zeros. Raises PanelError on other shapes, or for deliveries without output.
    """
    return technical_coefficients(np.asarray(flows).T, output).T


@dataclass(frozen=True, slots=True, eq=False)
class Pull:
    """Linkages of each sector. Arrays over sectors.

    backward: output everywhere for one unit of the sector's final use, Σ_i l_ij. forward: output everywhere
    that one unit of its primary inputs feeds, Σ_j g_ij of the Ghosh inverse. power, sensitivity: both over
    their mean (Rasmussen 1957; Hirschman 1958): above 1 is more than average. key: both above 1.
    """

    backward: Array
    forward: Array
    power: Array
    sensitivity: Array
    key: np.ndarray


def pull(flows: Array, output: Array) -> Pull:
    """Total backward and forward linkages, Rasmussen–Hirschman indices and key sectors of a table.

    Raises PanelError on a bad or unproductive table.
    """
    backward = leontief_inverse(technical_coefficients(flows, output)).sum(axis=0)
    forward = leontief_inverse(allocation_coefficients(flows, output)).sum(axis=1)
    power, sensitivity = backward / backward.mean(), forward / forward.mean()
    return Pull(backward, forward, power, sensitivity, (power > 1) & (sensitivity > 1))


def upstreamness(
    flows: Array, output: Array, *, net_exports: Array | None = None, inventories: Array | None = None
) -> Array:
    """Mean number of stages between a sector and final use: U = (I − Δ)⁻¹ 1 (Antràs, Chor, Fally & Hillberry
    2012).

    δ_ij = z_ij / (x_i − e_i − n_i): the share of domestic supply that j takes, with net exports e and change
    of inventories n spread like domestic use; both 0 by default (then Δ is Ghosh's b). 1 for a sector that
    sells to final use only. Raises PanelError where domestic supply is not positive but deliveries are.
    """
    z, x = read_table(flows, output)
    for part in (net_exports, inventories):
        if part is not None:
            x = x - np.asarray(part, dtype=np.float64)
    return np.asarray(leontief_inverse(allocation_coefficients(z, x)).sum(axis=1))


def downstreamness(flows: Array, output: Array) -> Array:
    """Mean number of stages that a sector's inputs have behind them: D = (I − Aᵀ)⁻¹ 1 (Fally 2012).

    The column sums of the Leontief inverse; 1 for a sector that buys nothing.
    """
    return np.asarray(leontief_inverse(technical_coefficients(flows, output)).sum(axis=0))


def extraction(flows: Array, output: Array, sectors: list[int]) -> Array:
    """Output lost in every sector if a set stopped buying from and selling to the others (Dietzenbacher
    1993).

    Its rows and columns of A are cut but for the trade within the set; x − (I − Ā)⁻¹ f with the same final
    use f.
    sectors: positions of the set. Returns (sectors), in the unit of output.
    """
    z, x = read_table(flows, output)
    a = technical_coefficients(z, x)
    inside = np.zeros(x.size, dtype=bool)
    inside[sectors] = True
    cut = np.where(inside[:, None] == inside[None, :], a, 0.0)
    return np.asarray(x - leontief_inverse(cut) @ (x - z.sum(axis=1)))


def propagation_length(coefficients: Array) -> Array:
    """Supply-chain distance: mean number of steps from sector i to j (Dietzenbacher, Romero & Bosma 2005).

    v_ij = h_ij / (l_ij − δ_ij) with H = L (L − I): every path from i to j by its number of steps, weighted
    by what goes along it. coefficients: A, or Ghosh's B, for which the result is the same. At least 1; NaN
    where nothing goes.
    """
    inverse = leontief_inverse(coefficients)
    beyond = inverse - np.eye(inverse.shape[0])
    steps = inverse @ beyond
    out = np.full(steps.shape, np.nan)
    np.divide(steps, beyond, out=out, where=beyond > 1e-15)
    return out


def power_series(coefficients: Array, *, close: float = 1e-12, terms: int = 100_000) -> Array:
    """I + A + A² + … until a term is below `close`: the Leontief inverse as rounds of supply.

    Raises PanelError if it does not settle: the table is not productive.
    """
    a = np.asarray(coefficients, dtype=np.float64)
    total, term = np.eye(a.shape[0]), np.eye(a.shape[0])
    for _ in range(terms):
        term = term @ a
        total += term
        if np.abs(term).max(initial=0.0) < close:
            return total
    raise PanelError(
        Text("级数不收敛:投入产出表不可生产。", "the series does not settle: an unproductive table.")
    )
