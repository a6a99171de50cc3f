"""The panel: how much of each industry each region has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import numpy as np
import numpy.typing as npt

from liandong.errors import InputError, Text

Array = npt.NDArray[np.float64]
Floats = npt.NDArray[np.floating[Any]]
FloatT = TypeVar("FloatT", bound=np.floating[Any])
_CACHED = 1 << 16  # cells that fit a core's cache
_DIGITS: Mapping[str, int] = {"class": 4, "group": 3, "division": 2}


class PanelError(InputError):
    """A panel that cannot be used; names the region and the industry where they are known."""

    def __init__(self, problem: Text, *, region: str | None = None, industry: str | None = None) -> None:
        self.region = region
        self.industry = industry
        place = " × ".join(part for part in (region, industry) if part is not None)
        super().__init__(problem, field=place or None)


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Regions × industries.

    regions, industries: labels, each once. values: float64, (regions, industries), non-negative and finite;
    NaN is unknown, 0 is none. Raises PanelError on a bad shape, a repeated label, a negative or infinite
    value.
    """

    regions: tuple[str, ...]
    industries: tuple[str, ...]
    values: Array

    def __post_init__(self) -> None:
        values = np.asarray(self.values, dtype=np.float64)
        object.__setattr__(self, "values", values)
        if values.shape != (len(self.regions), len(self.industries)):
            raise PanelError(
                Text(
                    f"数据是 {values.shape},标签为 {len(self.regions)} 地区、{len(self.industries)} 行业。",
                    f"the values are {values.shape}, the labels {len(self.regions)} regions and "
                    f"{len(self.industries)} industries.",
                )
            )
        for label in _repeated(self.regions):
            raise PanelError(Text("地区重复。", "the region stands twice."), region=label)
        for label in _repeated(self.industries):
            raise PanelError(Text("行业重复。", "the industry stands twice."), industry=label)
        require_amounts(values, self.regions, self.industries)

    @classmethod
    def from_table(
        cls,
        table: Any,
        *,
        region: str = "region",
        industry: str = "industry",
        value: str = "firms",
        absent: float = 0.0,
    ) -> Panel:
        """A panel from a long table, a data frame of any kind: one row per region and industry.

        absent: what a pair without a row means: 0 where every pair was counted, NaN where it was not.
        A null value is unknown (NaN). Rows without region or industry are left out: they belong to no cell.
        Labels come out sorted. Raises PanelError if a pair stands twice or a column is missing.
        """
        from liandong.economy.frames import read_cells  # reads panels of frames, and so imports this module

        cells = read_cells(table, region=region, industry=industry, value=value)
        (only,) = cells.periods(absent)
        return cls(
            tuple(cells.region.names[code] for code in only.regions),
            tuple(cells.industry.names[code] for code in only.industries),
            only.values,
        )

    def row(self, region: str) -> int:
        """Position of a region. Raises PanelError if it is not in the panel."""
        return _position(self.regions, region, Text("不在数据中的地区。", "not in the panel."), "region")

    def column(self, industry: str) -> int:
        """Position of an industry. Raises PanelError if it is not in the panel."""
        return _position(
            self.industries, industry, Text("不在数据中的行业。", "not in the panel."), "industry"
        )

    def aggregate(self, parent: Callable[[str], str | None]) -> Panel:
        """Sums over what `parent` puts together; None leaves an industry out. Unknown in, unknown out."""
        groups: dict[str, list[str]] = {}
        for code in self.industries:
            if (key := parent(code)) is not None:
                groups.setdefault(key, []).append(code)
        return self.unions({key: groups[key] for key in sorted(groups)})

    def coarsen(self, level: Literal["group", "division"]) -> Panel:
        """The panel by GB/T 4754 group (3 digits) or division (2); codes shorter than that are left out."""
        digits = _DIGITS[level]
        return self.aggregate(lambda code: code[:digits] if len(code) >= digits else None)

    def unions(self, members: Mapping[str, Iterable[str]]) -> Panel:
        """One column per name: the sum of its member industries, each counted once however often it is named.

        Members absent from the panel add nothing. An unknown member makes the sum unknown.
        """
        column_of = {code: n for n, code in enumerate(self.industries)}
        sums = np.zeros((len(self.regions), len(members)), dtype=np.float64)
        for n, codes in enumerate(members.values()):
            columns = sorted({column_of[code] for code in codes if code in column_of})
            sums[:, n] = self.values[:, columns].sum(axis=1)
        return Panel(self.regions, tuple(members), sums)


def as_values(x: npt.ArrayLike | Panel) -> Array:
    """The checked values of a panel or of an unlabelled array (rows and columns are then named by number)."""
    return x.values if isinstance(x, Panel) else as_matrix(np.asarray(x, dtype=np.float64))


def as_matrix(values: npt.NDArray[FloatT]) -> npt.NDArray[FloatT]:
    """The same values, checked, in their own precision. Raises PanelError as a panel does."""
    if values.ndim != 2:
        raise PanelError(
            Text(f"需要二维数组,得到 {values.ndim} 维。", f"two dimensions are needed, not {values.ndim}.")
        )
    require_amounts(values, range(values.shape[0]), range(values.shape[1]))
    return values


def require_amounts(values: Floats, regions: Sequence[object], industries: Sequence[object]) -> None:
    """Raise PanelError for the first negative or infinite value; NaN is allowed."""
    if not values.size or (values.min() >= 0 and values.max() < np.inf):
        return
    with np.errstate(invalid="ignore"):
        bad = np.argwhere((values < 0) | np.isinf(values))
    if bad.size:
        r, i = bad[0]
        found = values[r, i]
        raise PanelError(
            Text(f"{found:g} 不是数量。", f"{found:g} is not an amount."),
            region=str(regions[r]),
            industry=str(industries[i]),
        )


def by_rows(values: npt.NDArray[Any]) -> Iterator[slice]:
    """Slices over the rows of a matrix, each small enough for what is done with it to stay in the cache."""
    step = max(1, _CACHED // max(1, values.shape[1]))
    for start in range(0, values.shape[0], step):
        yield slice(start, start + step)


def divide(part: npt.ArrayLike, whole: npt.ArrayLike, *, empty: float = np.nan) -> Array:
    """part / whole; `empty` where whole is 0; NaN where either is unknown."""
    above, below = np.broadcast_arrays(np.asarray(part, np.float64), np.asarray(whole, np.float64))
    # starts from NaN·0 so that an unknown whole stays unknown
    out = np.where(np.isnan(below), np.nan, empty)
    np.divide(above, below, out=out, where=below > 0)
    return out


def _repeated(labels: Sequence[str]) -> list[str]:
    seen: set[str] = set()
    return [label for label in labels if label in seen or seen.add(label)]  # type: ignore[func-returns-value]


def _position(labels: tuple[str, ...], label: str, problem: Text, kind: str) -> int:
    try:
        return labels.index(label)
    except ValueError:
        raise PanelError(problem, **{kind: label}) from None
