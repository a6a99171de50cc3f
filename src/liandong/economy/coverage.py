"""What an indicator stands on: withheld or bounded where the cells under it are not complete.

A registry pack holds some province-years and lacks others, and no count of a missing cell is 0. Before
anything is computed, incomplete cells are made unknown (`withhold`); what unknown cells could have held
bounds an indicator (`quotient_bounds`); and what is left is said beside the result (`Standing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from liandong.economy.panel import Array, Panel, PanelError, divide
from liandong.economy.specialisation import location_quotient
from liandong.errors import Text
from liandong.figures import Coverage

Weighting = Literal["firms", "capital", "employment"]


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """A result with what it stands on. values: the indicator, NaN where withheld. weighting: what was added
    up.

    complete, cells: cells known of those that should be; coverage: the registry's (source, last date,
    survivors).
    """

    values: Array
    weighting: Weighting
    complete: int
    cells: int
    coverage: Coverage

    def status(self, present: npt.NDArray[Any]) -> npt.NDArray[np.str_]:
        """ "unsure" where the indicator is withheld, else "present" or "missing", cell by cell.

        present: whether something was seen (same shape as values); what was seen is present however thin the
        cover.
        """
        seen = np.asarray(present, dtype=bool)
        return np.where(seen, "present", np.where(np.isnan(self.values), "unsure", "missing"))


def withhold(panel: Panel, complete: npt.NDArray[np.bool_]) -> Panel:
    """The panel with every cell that is not complete made unknown.

    complete: (regions) or (regions, industries), whether all of the cell's parts (such as years) were there.
    """
    known = np.asarray(complete, dtype=bool)
    if known.shape == (len(panel.regions),):
        known = np.repeat(known[:, None], len(panel.industries), axis=1)
    if known.shape != panel.values.shape:
        raise PanelError(
            Text("完整性表形状不符。", f"complete is {known.shape}, the panel {panel.values.shape}.")
        )
    return Panel(panel.regions, panel.industries, np.where(known, panel.values, np.nan))


def complete_regions(
    regions: Sequence[str], cells: Iterable[tuple[str, int]], years: Iterable[int]
) -> npt.NDArray[np.bool_]:
    """Which regions have every year. cells: (region, year) that are there and whole (all twelve months)."""
    have = set(cells)
    wanted = tuple(years)
    return np.array([all((region, year) in have for year in wanted) for region in regions], dtype=bool)


def standing(panel: Panel, coverage: Coverage, *, weighting: Weighting = "firms") -> Standing:
    """Location quotients of the known cells, with what they stand on."""
    value = location_quotient(panel).value
    return Standing(value, weighting, int((~np.isnan(panel.values)).sum()), panel.values.size, coverage)


def quotient_bounds(panel: Panel, *, at_most: Array) -> tuple[Array, Array]:
    """Lowest and highest location quotient of each cell, whatever the unknown cells hold, up to `at_most`.

    at_most: (regions, industries), the most an unknown cell could hold, such as the largest density seen
    times the region's size; ignored where known.
    With a the cell, r the rest of its row, c of its column, f all else,
    LQ = a (a + r + c + f) / ((a + r)(a + c)) rises in f, falls in r and c, and in a rises up to one top and
    then falls: so the bounds are reached at corners or at that top.
    NaN where the row or the column is empty for sure. Raises PanelError for a negative or unknown bound.
    """
    x = panel.values
    unknown = np.isnan(x)
    most = np.asarray(at_most, dtype=np.float64)
    if most.shape != x.shape or not (most[unknown] >= 0).all():
        raise PanelError(Text("上界须为非负数。", "a bound of every unknown cell, not negative, is needed."))
    least, largest = np.where(unknown, 0.0, x), np.where(unknown, most, x)
    row, column, far = _around(largest, least)
    low = np.fmin(_quotient(least, row, column, far), _quotient(largest, row, column, far))
    row, column, far = _around(least, largest)
    both = row * column
    spread = np.sqrt(both**2 + far * (row + column + far) * both)
    top = np.divide(both + spread, far, out=np.full(x.shape, np.inf), where=far > 0)
    own = np.where(unknown, np.clip(top, np.minimum(1e-9, largest), largest), x)
    return low, _quotient(own, row, column, far)


def _around(near: Array, far: Array) -> tuple[Array, Array, Array]:
    """The rest of each cell's row and column, from `near`, and all else, from `far`."""
    row = near.sum(axis=1, keepdims=True) - near
    column = near.sum(axis=0, keepdims=True) - near
    rest = far.sum() - far.sum(axis=1, keepdims=True) - far.sum(axis=0, keepdims=True) + far
    return row, column, np.maximum(rest, 0.0)


def _quotient(own: Array, row: Array, column: Array, rest: Array) -> Array:
    whole = (own + row) * (own + column)
    return divide(own * (own + row + column + rest), whole)
