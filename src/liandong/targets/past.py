"""The past: what could be known of every candidate on a day, and nothing that came later.

A Past is made from firms that were founded before the day; all its features are functions of those alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from liandong.economy import Panel, location_quotient, relatedness_density
from liandong.plan import LIVING
from liandong.registry import Registry, Selection
from liandong.registry.keys import name_parts
from liandong.targets.candidates import NOT_COURTED
from liandong.targets.features import Array, kilometres
from liandong.targets.presence import COMMON, RECENT_YEARS

FEATURES = ("need", "capability", "presence", "expansion", "growth", "capital", "experience", "distance")
"""Contributions of the score that a register of the past can speak of; the others have no past."""
MAKING = tuple(f"{division:02d}" for division in range(13, 44))
MOST_BEARERS = 60
"""A brand of more firms cannot be followed from one city to another: its firms are not in the race."""
COLUMNS = ("firm_id", "name", "province", "prefecture", "founded", "capital", "industry")
_FORM = "公司|集团|厂$"
Rows = NDArray[np.int64]


def prepare(registry: Registry, regions: Sequence[str], *, workers: int | None = None) -> pa.Table:
    """Firms of the regions with what a backtest needs of them: COLUMNS and the parts of their names.

    Reading the names takes about a minute for 700,000 firms on two cores.
    """
    where = Selection.of(None, regions).where()
    firms = registry.query(
        f"SELECT {', '.join(COLUMNS)} FROM firms WHERE {where} AND {LIVING} ORDER BY firm_id"
    )
    return with_parts(firms, name_parts(firms["name"], workers=workers))


def with_parts(firms: pa.Table, parts: pa.Table) -> pa.Table:
    """The firms with the columns brand, form and branch of their names' parts."""
    for name in ("brand", "form", "branch"):
        firms = firms.append_column(name, parts[name])
    return firms.combine_chunks()


@dataclass(frozen=True)
class Past:
    """What was known on a day. firms: those founded before it; `past` makes one."""

    firms: pa.Table
    day: date
    sources: tuple[str, ...]
    province: str

    @cached_property
    def candidates(self) -> Rows:
        """Rows of the makers of the source regions whose brand can be followed."""
        firms = self.firms
        makes = pc.is_in(pc.utf8_slice_codeunits(firms["industry"], 0, 2), value_set=pa.array(MAKING))
        whole = pc.and_(pc.is_null(firms["branch"]), pc.match_substring_regex(firms["form"], _FORM))
        courted = pc.invert(pc.match_substring_regex(firms["name"], NOT_COURTED))
        source = pc.is_in(firms["province"], value_set=pa.array(self.sources))
        keep = source
        for each in (makes, whole, courted, pc.is_valid(firms["prefecture"])):
            keep = pc.and_(keep, pc.fill_null(each, False))
        rows = np.flatnonzero(np.asarray(keep))
        brands = self._brand[rows]
        bearers = np.bincount(self._brand[self._brand >= 0], minlength=1)
        followed = (brands >= 0) & (bearers[np.maximum(brands, 0)] <= MOST_BEARERS)
        return np.asarray(rows[followed])

    def features(self, city: str) -> dict[str, Array]:
        """FEATURES of every candidate for a city (a GB/T 2260 prefecture); NaN where unknown."""
        if city not in self._known:
            self._known.clear()  # one city at a time is asked for
            self._known[city] = self._features(city)
        return self._known[city]

    def _features(self, city: str) -> dict[str, Array]:
        row = self._panel.regions.index(city) if city in self._panel.regions else None
        at = self._column
        known = at >= 0
        need, density = np.full(len(at), np.nan), np.full(len(at), np.nan)
        if row is not None:
            need[known] = self._quotient[row, at[known]]
            density[known] = self._density[row, at[known]]
        places = self._column_of("prefecture").to_pylist()
        far = {code: kilometres(code, city) for code in set(places)}
        return {
            "need": need,
            "capability": density,
            **self._of_brands,
            "capital": np.asarray(self._column_of("capital"), dtype=float),
            "experience": self._age,
            "distance": np.array(
                [far[code] for code in self._column_of("prefecture").to_pylist()], dtype=float
            ),
        }

    @cached_property
    def quotients(self) -> tuple[tuple[str, ...], tuple[str, ...], Array]:
        """Regions, divisions and the location quotient of each division in each region."""
        panel = self._panel
        groups = sorted({code[:2] for code in panel.industries})
        union = panel.unions({each: [c for c in panel.industries if c[:2] == each] for each in groups})
        with np.errstate(invalid="ignore", divide="ignore"):
            own = union.values / union.values.sum(axis=1, keepdims=True)
            return panel.regions, tuple(groups), own / (union.values.sum(axis=0) / union.values.sum())

    # ---- inside

    @cached_property
    def _known(self) -> dict[str, dict[str, Array]]:
        return {}

    @cached_property
    def _brand(self) -> Rows:
        """Number of each firm's brand, -1 for none."""
        encoded = self.firms["brand"].combine_chunks().dictionary_encode()
        return np.asarray(pc.fill_null(encoded.indices, -1)).astype(np.int64)

    @cached_property
    def _panel(self) -> Panel:
        table = self.firms.select(["prefecture", "industry"])
        table = table.filter(
            pc.and_(
                pc.is_valid(table["prefecture"]),
                pc.fill_null(pc.equal(pc.utf8_length(table["industry"]), 4), False),
            )
        )
        counted = table.group_by(["prefecture", "industry"]).aggregate([([], "count_all")])
        named = counted.select(["prefecture", "industry", "count_all"])
        return Panel.from_table(named.rename_columns(["region", "industry", "firms"]))

    @cached_property
    def _quotient(self) -> Array:
        """Upper end of the location quotient, as `need` reads it."""
        found = location_quotient(self._panel, interval=0.9)
        return np.asarray(found.value if found.high is None else found.high)

    @cached_property
    def _density(self) -> Array:
        with np.errstate(invalid="ignore"):
            present = (location_quotient(self._panel).value >= 1).astype(float)
        return np.asarray(relatedness_density(present))

    @cached_property
    def _column(self) -> Rows:
        """Column of each candidate's class in the panel, -1 where it is not known that closely."""
        at = {code: n for n, code in enumerate(self._panel.industries)}
        return np.array(
            [at.get(code, -1) for code in self._column_of("industry").to_pylist()], dtype=np.int64
        )

    @cached_property
    def _of_brands(self) -> dict[str, Array]:
        """presence, expansion, growth: of the bearers of each candidate's brand; NaN for common words."""
        brand = self._brand
        borne = brand >= 0
        size = int(brand.max(initial=0)) + 1
        here = borne & np.asarray(pc.fill_null(pc.equal(self.firms["province"], self.province), False))
        places = self.firms["prefecture"].combine_chunks().dictionary_encode()
        place = np.asarray(pc.fill_null(places.indices, -1)).astype(np.int64)
        pairs = np.unique(np.stack([brand, place])[:, borne & (place >= 0)], axis=1)[0]
        recent = borne & (self._days >= (np.datetime64(self.day) - np.timedelta64(365 * RECENT_YEARS, "D")))
        mine = brand[self.candidates]
        bearers = np.bincount(brand[borne], minlength=size)[mine]
        found = {
            "presence": np.bincount(brand[here], minlength=size)[mine],
            "expansion": np.bincount(pairs, minlength=size)[mine],
            "growth": np.bincount(brand[recent], minlength=size)[mine],
        }
        return {name: np.where(bearers > COMMON, np.nan, values) for name, values in found.items()}

    @cached_property
    def _days(self) -> NDArray[np.datetime64]:
        return np.asarray(self.firms["founded"].to_numpy(zero_copy_only=False)).astype("datetime64[D]")

    @cached_property
    def _age(self) -> Array:
        days = (np.datetime64(self.day) - self._days[self.candidates]) / np.timedelta64(1, "D")
        return np.floor(days / 365.2425)

    def _column_of(self, name: str) -> pa.ChunkedArray:
        return self.firms[name].take(pa.array(self.candidates))


def past(firms: pa.Table, day: date, sources: Sequence[str], province: str) -> Past:
    """What was known on a day: firms founded before it. A firm of unknown date was not known to be there."""
    before = pc.fill_null(pc.less(firms["founded"], pa.scalar(day, pa.date32())), False)
    return Past(firms.filter(before), day, tuple(sources), province)


Measure = Callable[[pa.Table], Array]


def looks_ahead(measure: Measure, firms: pa.Table, day: date) -> bool:
    """Whether a measure of firms known on a day depends on firms that were founded on it or later.

    measure: a number or array from a table of firms. It is asked twice: with all firms, and without the later
    ones. The guard of a backtest: a feature for which this is true knows the future.
    """
    known = firms.filter(pc.fill_null(pc.less(firms["founded"], pa.scalar(day, pa.date32())), False))
    return not np.array_equal(measure(firms), measure(known), equal_nan=True)
