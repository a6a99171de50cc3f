"""Data frames of any kind in, the same kind out: long tables of region, industry, value and perhaps period.

Frames are read and written through narwhals (pandas, Polars eager and lazy, PyArrow, Modin, DuckDB, Ibis …).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np
import numpy.typing as npt

from liandong.economy.panel import Array, PanelError
from liandong.errors import Text

Codes = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """The distinct labels of a column, sorted, and the code of each row (−1 for null)."""

    names: tuple[Any, ...]
    codes: Codes

    def first(self) -> Codes:
        """A row where each label stands."""
        rows = np.zeros(len(self.names) + 1, dtype=np.int64)
        rows[self.codes] = np.arange(self.codes.size)  # code −1 writes to the spare place
        return rows[:-1]


@dataclass(frozen=True, slots=True, eq=False)
class Period:
    """The cells of one period as a matrix; rows and columns are the labels that have a row in it.

    label: None where there is no period. regions, industries: codes of the labels. values: (regions,
    industries), NaN where unknown. rows: positions in the table, cells: their flat positions in values.
    """

    label: Any
    regions: Codes
    industries: Codes
    values: Array
    rows: Codes
    cells: Codes


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """A long table taken apart. frame: as narwhals sees it."""

    frame: nw.DataFrame[Any]
    region: Labels
    industry: Labels
    period: Labels | None
    values: Array
    lazy: Any

    def periods(self, absent: float) -> Iterator[Period]:
        """One matrix a period, in the order of time. Raises PanelError if a cell stands twice."""
        placed = (self.region.codes >= 0) & (self.industry.codes >= 0)
        if self.period is None:
            yield self._matrix(None, np.flatnonzero(placed), absent)
            return
        rows = np.flatnonzero(placed & (self.period.codes >= 0))
        when = self.period.codes[rows]
        if (when[1:] < when[:-1]).any():
            order = np.argsort(when, kind="stable")
            rows, when = rows[order], when[order]
        bounds = np.searchsorted(when, np.arange(len(self.period.names) + 1))
        for n, name in enumerate(self.period.names):
            yield self._matrix(name, rows[bounds[n] : bounds[n + 1]], absent)

    def _matrix(self, label: Any, rows: Codes, absent: float) -> Period:
        regions, r = _present(self.region.codes[rows], len(self.region.names))
        industries, i = _present(self.industry.codes[rows], len(self.industry.names))
        cells = r.astype(np.int64) * industries.size + i
        shape = (regions.size, industries.size)
        if cells.size == regions.size * industries.size and (np.diff(cells) == 1).all():  # whole, in order
            start = int(rows[0]) if rows.size else 0
            if rows.size and rows[-1] == start + rows.size - 1 and (np.diff(rows) == 1).all():
                values = self.values[start : start + rows.size]
                return Period(label, regions, industries, values.reshape(shape), rows, cells)
        values = np.full(regions.size * industries.size, absent)
        seen = np.zeros(values.size, dtype=bool)
        seen[cells] = True
        if np.count_nonzero(seen) < cells.size:
            self._refuse_twice(rows, cells)
        values[cells] = self.values[rows]
        return Period(label, regions, industries, values.reshape(shape), rows, cells)

    def _refuse_twice(self, rows: Codes, cells: Codes) -> None:
        order = np.argsort(cells, kind="stable")
        again = rows[order[1:][cells[order[1:]] == cells[order[:-1]]].min()]
        raise PanelError(
            Text("同一地区和行业出现两次。", "the pair stands twice."),
            region=str(self.region.names[self.region.codes[again]]),
            industry=str(self.industry.names[self.industry.codes[again]]),
        )

    def gather(self, labels: Labels, column: str, codes: Codes) -> nw.Series[Any]:
        """A column of labels of the table's own type, for the given codes."""
        return self.frame[column][labels.first()][codes]

    def finished(self, columns: Mapping[str, nw.Series[Any] | npt.NDArray[Any]]) -> Any:
        """The columns as a frame of the kind that came in."""
        backend = self.frame.implementation
        series = [
            (column.alias(name) if isinstance(column, nw.Series) else _series(name, column, backend))
            for name, column in columns.items()
        ]
        if backend.is_pandas_like():
            series = [nw.maybe_reset_index(each) for each in series]
        frame = series[0].to_frame().with_columns(*series[1:])
        return self.lazy(frame) if self.lazy else frame.to_native()


def read_cells(frame: Any, *, region: str, industry: str, value: str, period: str | None = None) -> Cells:
    """Take a long table apart. Rows without region, industry or period belong to no cell.

    Raises PanelError for what is no data frame, for a missing column, for a value that is no number, and for
    a negative or infinite one, naming its region and industry. A null value is NaN: unknown.
    """
    try:
        opened = nw.from_native(frame)
    except TypeError:
        kind = type(frame).__name__
        raise PanelError(Text(f"“{kind}”不是数据表。", f"{kind} is no data frame.")) from None
    lazy = None
    if isinstance(opened, nw.LazyFrame):
        backend = opened.implementation
        opened = opened.collect()
        lazy = _lazily(backend)
    for column in (region, industry, value, *([period] if period is not None else [])):
        if column not in opened.columns:
            raise PanelError(Text(f"缺少“{column}”列。", f'the column "{column}" is missing.'))
    regions, industries = _labels(opened[region]), _labels(opened[industry])
    cells = Cells(
        opened,
        regions,
        industries,
        None if period is None else _labels(opened[period]),
        _numbers(opened[value], value),
        lazy,
    )
    _require_amounts(cells)
    return cells


def _labels(column: nw.Series[Any]) -> Labels:
    encoded = column.to_arrow().dictionary_encode()
    if hasattr(encoded, "combine_chunks"):
        encoded = encoded.combine_chunks()
    found = encoded.dictionary.to_pylist()
    codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    order = sorted(range(len(found)), key=found.__getitem__)
    if order != list(range(len(found))):
        rank = np.empty(len(found) + 1, dtype=codes.dtype)
        rank[order] = np.arange(len(found))
        rank[-1] = -1
        codes = rank[codes]
    return Labels(tuple(found[n] for n in order), codes)


def _present(codes: Codes, size: int) -> tuple[Codes, Codes]:
    """Which of `size` codes occur, and the codes among those."""
    here = np.bincount(codes, minlength=size) > 0
    kept = np.flatnonzero(here)
    return kept, codes if kept.size == size else (np.cumsum(here) - 1)[codes]


def _numbers(column: nw.Series[Any], name: str) -> Array:
    if not (column.dtype.is_numeric() or column.dtype == nw.Unknown or column.null_count() == len(column)):
        raise PanelError(Text(f"“{name}”列不是数字。", f'the column "{name}" is not of numbers.'))
    return np.asarray(column.cast(nw.Float64).to_numpy(), dtype=np.float64)


def _require_amounts(cells: Cells) -> None:
    values = cells.values
    if not values.size or (np.nanmin(values, initial=0.0) >= 0 and np.nanmax(values, initial=0.0) < np.inf):
        return
    with np.errstate(invalid="ignore"):
        row = int(np.flatnonzero((values < 0) | np.isinf(values))[0])
    raise PanelError(
        Text(f"{values[row]:g} 不是数量。", f"{values[row]:g} is not an amount."),
        region=_name(cells.region, row),
        industry=_name(cells.industry, row),
    )


def _name(labels: Labels, row: int) -> str | None:
    code = labels.codes[row]
    return None if code < 0 else str(labels.names[code])


def _series(name: str, values: npt.NDArray[Any], backend: nw.Implementation) -> nw.Series[Any]:
    return nw.new_series(name, values, backend=backend)  # type: ignore[arg-type]  # an eager one by now


def _lazily(backend: nw.Implementation) -> Any:
    def back(frame: nw.DataFrame[Any]) -> Any:
        return frame.lazy(backend=backend).to_native()  # type: ignore[arg-type]  # it came from a lazy one

    return back
