"""What changed between two panels: entry, exit, growth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from liandong.economy.panel import Array, Floats, PanelError, as_matrix, as_values, divide
from liandong.errors import Text


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """Arrays (regions, industries) of 1 and 0; NaN where the question does not arise or presence is unknown.

    entry: done after, of what was not done before. exit: not done after, of what was.
    """

    entry: Array
    exit: Array


def changes(before: npt.NDArray[Any], after: npt.NDArray[Any]) -> Changes:
    """Entries and exits between two presences (Neffke, Henning & Boschma 2011).

    before, after: (regions, industries) of 0, 1 and NaN. Raises PanelError for different shapes.
    """
    one, two = _same_shape(before, after)
    unknown = np.isnan(one) | np.isnan(two)
    entry = np.where(unknown | (one == 1), np.nan, two)
    gone = np.where(unknown | (one == 0), np.nan, 1 - two)
    return Changes(np.asarray(entry), np.asarray(gone))


def entry_rate(found: Changes, axis: int) -> Array:
    """Entries over chances to enter: of each region (axis 1) or industry (axis 0); NaN without a chance."""
    chances = (~np.isnan(found.entry)).sum(axis=axis)
    entries = np.nansum(found.entry, axis=axis)
    return divide(entries, chances)


def growth(before: Array, after: Array, *, symmetric: bool = False) -> Array:
    """Growth of each cell, after / before − 1; NaN from 0, for then there is no rate.

    symmetric: 2 (after − before) / (after + before), between −2 (exit) and 2 (entry), which has a value there
    too (Davis, Haltiwanger & Schuh 1996); NaN where both are 0.
    """
    one, two = _same_shape(before, after)
    base = (one + two) / 2 if symmetric else one
    return divide(two - one, base)


def _same_shape(before: npt.NDArray[Any], after: npt.NDArray[Any]) -> tuple[Floats, Floats]:
    one = as_matrix(np.asarray(before, dtype=np.float64))
    two = as_values(after)
    if one.shape != two.shape:
        raise PanelError(
            Text("前后两期的形状不同。", f"{one.shape} before, {two.shape} after: the same units are needed.")
        )
    return one, two
