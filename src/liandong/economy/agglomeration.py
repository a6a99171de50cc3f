"""Clusters beyond chance: Ellison and Glaeser's index, which takes out that a few large plants cluster
anyway.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from liandong.economy.panel import Array, Panel, PanelError, as_values, divide
from liandong.errors import Text


@dataclass(frozen=True, slots=True, eq=False)
class Agglomeration:
    """Per industry. gamma: 0 as by chance, above 0.05 strong. raw: G, the concentration of places. plants:
    H. z: deviations of G from what chance gives, None without the plants' sizes.
    """

    gamma: Array
    raw: Array
    plants: Array
    z: Array | None = None


def plant_herfindahl(sizes: npt.ArrayLike, industry: npt.ArrayLike, industries: int) -> Array:
    """H_i = Σ_k z_ik², z the plants' shares of their industry's size. (industries), NaN for one without
    plants.

    sizes: (plants), non-negative. industry: (plants), the number of each plant's industry, from 0.
    """
    return _power_sum(sizes, industry, industries, 2)


def ellison_glaeser(
    x: Array | Panel,
    *,
    plants: Array | None = None,
    sizes: npt.ArrayLike | None = None,
    industry: npt.ArrayLike | None = None,
    reference: Array | None = None,
) -> Agglomeration:
    """γ_i = (G_i / (1 − Σ_r t_r²) − H_i) / (1 − H_i), with G_i = Σ_r (s_ri − t_r)² (Ellison & Glaeser 1997).

    x: (regions, industries) of employment or capital. plants: (industries) the Herfindahl index of plant
    sizes; or sizes and industry, one a plant, from which H follows and, with Σ z⁴, a z-score of G.
    reference: (regions) what t_r is a share of; by default the regions' totals.
    One plant only (H = 1), an empty industry or an unknown cell: NaN. Raises PanelError without plant sizes:
    with firm counts alone, give plants = 1 / firms, for firms of equal size.
    """
    values, own, t = _shares(x, reference)
    raw = ((own - t[:, None]) ** 2).sum(axis=0)
    z = None
    if plants is None:
        if sizes is None or industry is None:
            raise PanelError(Text("需要企业规模。", "plant sizes are needed: plants, or sizes and industry."))
        plants = plant_herfindahl(sizes, industry, values.shape[1])
        z = _z_score(raw, t, plants, _power_sum(sizes, industry, values.shape[1], 4))
    h = np.asarray(plants, dtype=np.float64)
    if h.shape != raw.shape:
        raise PanelError(
            Text("赫芬达尔指数与行业数不符。", f"plants is {h.shape}, with {raw.size} industries.")
        )
    spare = np.where(h < 1, 1 - h, np.nan)
    return Agglomeration((raw / _room(t) - h) / spare, raw, h, z)


def coagglomeration(x: Array | Panel, *, reference: Array | None = None) -> Array:
    """γᶜ_ij = Σ_r (s_ri − t_r)(s_rj − t_r) / (1 − Σ_r t_r²) (Ellison, Glaeser & Kerr 2010).

    Whether two industries choose the same places more than chance has it; plant sizes cancel. Returns
    (industries, industries), symmetric; the diagonal is G_i / (1 − Σ t²), no co-agglomeration. NaN for an
    empty industry.
    """
    _, own, t = _shares(x, reference)
    away = own - t[:, None]
    return np.asarray(away.T @ away / _room(t))


def group_coagglomeration(x: Array | Panel, plants: Array, *, reference: Array | None = None) -> float:
    """γᶜ = (G / (1 − Σ t²) − H − Σ_j γ_j w_j² (1 − H_j)) / (1 − Σ_j w_j²) of a group (Ellison & Glaeser
    1997).

    x: (regions, industries of the group); w_j: an industry's share of the group; G and H = Σ w_j² H_j are
    those of the whole group. plants: (industries) plant Herfindahl. NaN where an industry is empty.
    """
    values, _, t = _shares(x, reference)
    single = ellison_glaeser(values, plants=plants, reference=t)
    w = values.sum(axis=0) / values.sum()
    raw = ((values.sum(axis=1) / values.sum() - t) ** 2).sum()
    inside = np.where(np.isnan(single.gamma), np.nan, single.gamma * w**2 * (1 - single.plants)).sum()
    return float((raw / _room(t) - (w**2 * single.plants).sum() - inside) / (1 - (w**2).sum()))


def _shares(x: Array | Panel, reference: Array | None) -> tuple[Array, Array, Array]:
    """Values, each industry's shares over regions, and the regions' shares of the reference."""
    values = as_values(x)
    base = values.sum(axis=1) if reference is None else np.asarray(reference, dtype=np.float64)
    if base.shape != (values.shape[0],):
        raise PanelError(
            Text("参照规模与地区数不符。", f"reference is {base.shape}, with {values.shape[0]} regions.")
        )
    total = values.sum(axis=0)
    own = divide(values, total)
    return values, own, base / base.sum() if base.sum() > 0 else np.full(base.shape, np.nan)


def _room(t: Array) -> float:
    """1 − Σ t²; NaN where all is in one region and nothing can cluster."""
    room = 1 - float((t**2).sum())
    return room if room > 1e-12 else np.nan


def _power_sum(sizes: npt.ArrayLike, industry: npt.ArrayLike, industries: int, power: int) -> Array:
    size, code = np.asarray(sizes, dtype=np.float64), np.asarray(industry, dtype=np.int64)
    if size.shape != code.shape or size.ndim != 1:
        raise PanelError(Text("企业与行业数不符。", f"{size.shape} sizes for {code.shape} industries."))
    if size.size and (not (size >= 0).all() or code.min() < 0 or code.max() >= industries):
        raise PanelError(
            Text("企业规模或行业编号不对。", "a size is negative or unknown, or an industry out of range.")
        )
    total = np.bincount(code, weights=size, minlength=industries)
    powers = np.bincount(code, weights=size**power, minlength=industries)
    return divide(powers, total**power)


def _z_score(raw: Array, t: Array, h: Array, fourth: Array) -> Array:
    """(G − E G) / √Var G under chance, appendix of Ellison & Glaeser 1997."""
    two, three = float((t**2).sum()), float((t**3).sum())
    variance = 2 * (h**2 * (two - 2 * three + two**2) - fourth * (two - 4 * three + 3 * two**2))
    return np.asarray((raw - (1 - two) * h) / np.sqrt(np.where(variance > 0, variance, np.nan)))
