"""Shift-share: how much of a region's growth is everyone's, its industries', its own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liandong.economy.panel import Array, PanelError, as_values
from liandong.errors import Text


@dataclass(frozen=True, slots=True, eq=False)
class ShiftShare:
    """Arrays (regions, industries), in the unit of the amounts; the parts add up to the change.

    national: growth at the rate of everything. mix: what its industry grew beyond that. competitive: what it
    grew beyond its industry. allocation: with Esteban-Marquillas the part of the former competitive effect
    that is due to being specialised, else None.
    """

    national: Array
    mix: Array
    competitive: Array
    allocation: Array | None = None

    @property
    def change(self) -> Array:
        """after − before."""
        total = self.national + self.mix + self.competitive
        return total if self.allocation is None else total + self.allocation


def shift_share(before: Array, after: Array) -> ShiftShare:
    """The classic decomposition (Dunn 1960): x g, x (g_i − g), x (g_ri − g_i).

    before, after: (regions, industries). g: growth of the total, g_i of the industry over all regions, g_ri
    of the cell. What starts from nothing has no growth rate and is competitive as a whole. Cells that are
    unknown in either are NaN and count in no total. Raises PanelError for different shapes, or where there
    was nothing before.
    """
    x, change, g, g_i = _rates(before, after)
    national, mix = x * g, x * (g_i - g)
    return ShiftShare(national, mix, change - national - mix)


def esteban_marquillas(before: Array, after: Array) -> ShiftShare:
    """Competitive effect cleared of the region's own mix (Esteban-Marquillas 1972).

    Homothetic amount x*_ri = X_r x_i / x; competitive x* (g_ri − g_i), allocation (x − x*)(g_ri − g_i). A
    cell that starts from nothing has no rate: its growth is competitive.
    """
    x, change, g, g_i = _rates(before, after)
    known = np.nan_to_num(x)
    even = np.outer(known.sum(axis=1), known.sum(axis=0)) / known.sum()
    excess = np.divide(change, x, out=np.zeros_like(x), where=x > 0) - g_i
    competitive = np.where(x > 0, even * excess, change)
    allocation = np.where(x > 0, (x - even) * excess, 0.0)
    hole = np.isnan(change)
    return ShiftShare(
        x * g, x * (g_i - g), np.where(hole, np.nan, competitive), np.where(hole, np.nan, allocation)
    )


def _rates(before: Array, after: Array) -> tuple[Array, Array, float, Array]:
    """Amounts before, change, growth of all, growth of each industry (0 for one that was nowhere)."""
    one, two = as_values(before), as_values(after)
    if one.shape != two.shape:
        raise PanelError(Text("前后两期的形状不同。", f"{one.shape} before, {two.shape} after."))
    hole = np.isnan(one) | np.isnan(two)
    x, later = np.where(hole, 0.0, one), np.where(hole, 0.0, two)
    if x.sum() <= 0:
        raise PanelError(Text("前期没有数量。", "there was nothing before."))
    total = x.sum(axis=0)
    g = float(later.sum() / x.sum() - 1)
    g_i = np.divide(later.sum(axis=0) - total, total, out=np.full(total.shape, g), where=total > 0)
    return np.where(hole, np.nan, one), np.where(hole, np.nan, two - one), g, g_i
