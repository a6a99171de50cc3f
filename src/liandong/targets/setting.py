"""What a ranking is told: the needs of the nodes, what all candidates share, and the weights."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import pyarrow as pa

from liandong.figures import Coverage, Figure
from liandong.targets.features import Array
from liandong.targets.presence import BrandCounts
from liandong.targets.weights import Weights, load_weights


@dataclass(frozen=True, slots=True)
class Need:
    """A node as the ranking sees it: what it is, and the city's figures for it (from its diagnosis).

    quotient: location quotient with interval, shrunk to group and division where the class is thin. density:
    relatedness density. leaders: lead firms of the chain that the node supplies; None where none is known.
    """

    node: str
    codes: tuple[str, ...]
    words: tuple[str, ...]
    quotient: Figure
    density: Figure
    leaders: Figure | None = None


class Eligibility(Protocol):
    """Which programmes count for each firm of a table."""

    @property
    def counts(self) -> Array:
        """How many; NaN is unknown."""

    def figure(self, row: int) -> Figure:
        """The number of one row, with the programmes and the firm as evidence."""


Programmes = Callable[[pa.Table], Eligibility]


@dataclass(frozen=True, slots=True)
class Setting:
    """What all candidates share.

    city: GB/T 2260 code of the city that courts. as_of: newest record of the registry, if known.
    region_firms: how many firms of the source region are in the city, if a page says so. partners: firms
    named in the plan's ties. brand_counts: what the firms of a brand have done. programmes: who qualifies for
    what, None where no programmes were loaded. exclude: firm_ids and names that are left out (visited last
    month, asked not to be called). draws, noise: how often the weights are shaken, and by how much (standard
    deviation of their logarithm) where a weight does not say it itself; 0 draws for no stability.
    """

    city: str
    as_of: date | None
    coverage: Coverage
    region_firms: Figure
    brand_counts: BrandCounts
    partners: tuple[str, ...] = ()
    weights: Weights = field(default_factory=load_weights)
    programmes: Programmes | None = None
    exclude: Collection[str] = ()
    draws: int = 0
    noise: float = 0.25
