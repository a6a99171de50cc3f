"""Counts of firms by region and industry, each a figure with the query that counts it again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

import numpy as np

from liandong.economy import Panel
from liandong.figures import Coverage, Figure, QueryRef
from liandong.reference import division, industries

_PANEL = (
    "SELECT prefecture AS region, industry, count(*) AS firms FROM firms "
    "WHERE prefecture IS NOT NULL AND length(industry) = 4 GROUP BY prefecture, industry"
)


class SnapshotLike(Protocol):
    """A state of the registry."""

    @property
    def id(self) -> str:
        """Its name."""

    @property
    def coverage(self) -> Coverage:
        """What it stands on."""


class FirmCounts(Protocol):
    """What a diagnosis needs of a registry."""

    @property
    def snapshot(self) -> SnapshotLike:
        """The live snapshot."""

    def panel(self, level: Literal["class"] = "class", region: Literal["prefecture"] = "prefecture") -> Any:
        """Arrow table of region, industry, firms: the firms whose class and prefecture are known."""

    def count(
        self, *, industries: Sequence[str] | None = None, regions: Sequence[str] | None = None
    ) -> Figure:
        """Firms in any of the industries (or below them) and any of the regions; None for all."""


@dataclass
class Counter:
    """The counts of one city beside those of all provinces that the registry observes.

    city: GB/T 2260 code of a prefecture. panel: prefecture × class, for relatedness and shrinkage. Only
    firms whose industry is known are counted: `all` are the firms of any section of GB/T 4754.
    """

    city: str
    registry: FirmCounts
    panel: Panel
    base_regions: tuple[str, ...]
    _counted: dict[tuple[bool, tuple[str, ...]], Figure] = field(default_factory=dict)

    @classmethod
    def of(cls, registry: FirmCounts, city: str) -> Counter:
        """The counter of a city over a registry's snapshot."""
        panel = Panel.from_table(registry.panel("class", "prefecture"))
        return cls(city, registry, panel, tuple(sorted({division(each).province for each in panel.regions})))

    @property
    def snapshot(self) -> str:
        """Id of the snapshot counted."""
        return self.registry.snapshot.id

    @property
    def coverage(self) -> Coverage:
        """What the snapshot stands on."""
        return self.registry.snapshot.coverage

    def local(self, codes: Iterable[str] | None = None) -> Figure:
        """Firms of the city in industries with these codes or below them; None for all industries."""
        return self._count(True, codes)

    def base(self, codes: Iterable[str] | None = None) -> Figure:
        """Firms of all observed provinces, the city's own among them."""
        return self._count(False, codes)

    def panel_query(self) -> QueryRef:
        """The panel of prefecture × class as a query."""
        return QueryRef(_PANEL, self.snapshot, int(np.nansum(self.panel.values)))

    def _count(self, local: bool, codes: Iterable[str] | None) -> Figure:
        wanted = _sections() if codes is None else _outermost(codes)
        key = (local, wanted)
        if key not in self._counted:
            regions = (self.city,) if local else self.base_regions
            self._counted[key] = self.registry.count(industries=wanted, regions=regions)
        return self._counted[key]


def _sections() -> tuple[str, ...]:
    return tuple(each.code for each in industries("section"))


def _outermost(codes: Iterable[str]) -> tuple[str, ...]:
    """Sorted, without codes that lie below another one, so that equal sets give equal queries."""
    kept: list[str] = []
    for code in sorted(set(codes)):
        if not kept or not code.startswith(kept[-1]):
            kept.append(code)
    return tuple(kept)
