"""Complexity of a long table: one row a period, region and industry, a frame of the kind that came in."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from liandong.economy.complexity import Complexity, complexity
from liandong.economy.conventions import ECOMPLEXITY, Convention
from liandong.economy.frames import Cells, Period, read_cells
from liandong.economy.panel import Array, PanelError
from liandong.errors import Text

COLUMNS = ("rca", "m", "diversity", "ubiquity", "eci", "pci", "density", "coi", "cog")
_OF_REGION = ("diversity", "eci", "coi")
_OF_INDUSTRY = ("ubiquity", "pci")


def complexity_table(
    panel: Any,
    *,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
    rows: Literal["all", "given"] = "all",
    absent: float = 0.0,
    threshold: float = 1.0,
    convention: Convention = ECOMPLEXITY,
    dtype: npt.DTypeLike = np.float32,
) -> Any:
    """`complexity` of every period of a long table.

    panel: a data frame of any kind that narwhals reads, one row a (period,) region and industry. Out comes
    the same kind with the key columns in their own types, the value, and rca, m, diversity, ubiquity, eci,
    pci, density, coi, cog.
    period: column of the periods; None for a single one. The first period's sign rises with diversity; every
    later one's with the ECI of the period before, over the regions of both.
    rows: "all" gives every pair of a region and an industry that have a row in the period, ordered by period,
    region, industry; "given" gives the rows that came in, in their order.
    absent: what a pair without a row means: 0 where every pair was counted, NaN where it was not.
    threshold, convention, dtype: as for `complexity`.
    Raises PanelError for a missing column, a pair that stands twice in a period, a negative or infinite
    value, naming region and industry. Rows without region, industry or period are left out of "all", and NaN
    in "given". A null value is unknown.
    """
    if rows not in ("all", "given"):
        raise PanelError(Text(f"rows 不能是“{rows}”。", f'rows is "all" or "given", not "{rows}".'))
    cells = read_cells(panel, region=region, industry=industry, value=value, period=period)
    for name in COLUMNS:
        if name in cells.frame.columns:
            raise PanelError(
                Text(f"列名“{name}”会被结果覆盖。", f'the column "{name}" is one of the results.')
            )
    periods = list(cells.periods(absent))
    ends = np.cumsum([0, *(each.values.size if rows == "all" else 0 for each in periods)])
    size = int(ends[-1]) if rows == "all" else cells.values.size
    out = {name: np.full(size, np.nan) if rows == "given" else np.empty(size) for name in COLUMNS}
    eci_before: Array | None = None
    for n, each in enumerate(periods):
        like = None if eci_before is None else eci_before[each.regions]
        found = complexity(each.values, threshold=threshold, convention=convention, like=like, dtype=dtype)
        eci_before = np.full(len(cells.region.names), np.nan)
        eci_before[each.regions] = found.eci
        where = slice(ends[n], ends[n + 1]) if rows == "all" else each.rows
        _write(out, found, each, where, rows == "all")
    if rows == "given":
        kept = {name: cells.frame[name] for name in cells.frame.columns}
        return cells.finished({**kept, **out})
    return cells.finished({**_keys(cells, periods, region, industry, value, period), **out})


def _write(out: dict[str, Array], found: Complexity, each: Period, where: Any, whole: bool) -> None:
    shape = each.values.shape
    for name in COLUMNS:
        values = getattr(found, name)
        if name in _OF_REGION:
            values = values[:, None]
        spread = np.broadcast_to(values, shape)
        if whole:
            out[name][where].reshape(shape)[...] = spread
        else:
            out[name][where] = spread[each.cells // max(shape[1], 1), each.cells % max(shape[1], 1)]


def _keys(
    cells: Cells, periods: list[Period], region: str, industry: str, value: str, period: str | None
) -> dict[str, Any]:
    """The key columns and the value of every pair, by period, region, industry."""
    if _in_order(periods, cells.values.size):
        names = (region, industry, value) if period is None else (period, region, industry, value)
        return {name: cells.frame[name] for name in names}
    keys: dict[str, Any] = {}
    if cells.period is not None and period is not None:
        sizes = [each.values.size for each in periods]
        keys[period] = cells.gather(cells.period, period, np.repeat(np.arange(len(periods)), sizes))
    of_region = [np.repeat(each.regions, each.industries.size) for each in periods]
    of_industry = [np.tile(each.industries, each.regions.size) for each in periods]
    keys[region] = cells.gather(cells.region, region, np.concatenate(of_region))
    keys[industry] = cells.gather(cells.industry, industry, np.concatenate(of_industry))
    keys[value] = np.concatenate([each.values.ravel() for each in periods])
    return keys


def _in_order(periods: list[Period], size: int) -> bool:
    """Whether the table is what comes out already: every pair once, by period, region, industry."""
    start = 0
    for each in periods:
        whole = each.rows.size == each.values.size and each.rows[:1].tolist() == [start]
        if not whole or (np.diff(each.rows) != 1).any() or (np.diff(each.cells) != 1).any():
            return False
        start += each.rows.size
    return start == size
