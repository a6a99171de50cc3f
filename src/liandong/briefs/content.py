"""What a city brief is made of: the workspace fills it, the composer only reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from liandong.charts import Boundaries
from liandong.documents import Page
from liandong.facts.fact import Fact
from liandong.figures import Coverage, Figure
from liandong.plan import Chain
from liandong.targets import Target


class DiagnosedNode(Protocol):
    """A node's diagnosis: status and advice as words of the contract, figures by name."""

    @property
    def node(self) -> str:
        """The node's name."""

    @property
    def status(self) -> str:
        """strong, present, weak, missing or unsure."""

    @property
    def advice(self) -> str | None:
        """strengthen, fill, extend, or None."""

    @property
    def figures(self) -> Mapping[str, Figure]:
        """firms, location_quotient, relatedness_density and what else there is."""


class Diagnosed(Protocol):
    """A chain's diagnosis."""

    @property
    def chain(self) -> str:
        """The chain's name."""

    @property
    def nodes(self) -> Sequence[DiagnosedNode]:
        """Its nodes in the plan's order."""


@dataclass(frozen=True, slots=True)
class ChainSection:
    """A chain of the plan with its diagnosis."""

    chain: Chain
    diagnosis: Diagnosed


@dataclass(frozen=True, slots=True)
class CityBrief:
    """The content of a city brief.

    city: its name. code: its GB/T 2260 code, for the map. date: ISO date of the brief. pages: every page that
    a fact stands on. facts: all facts that are shown or cited. reviewed: ids of those that a person accepted.
    coverage: what the registry figures stand on. source_region: where the targets come from, None for
    anywhere. boundaries: the user's approved map; None for the layer in the
    wheel, which the map then calls internal.
    """

    city: str
    code: str | None
    date: str
    pages: tuple[Page, ...] = ()
    facts: tuple[Fact, ...] = ()
    reviewed: frozenset[str] = frozenset()
    chains: tuple[ChainSection, ...] = ()
    targets: tuple[Target, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    source_region: str | None = None
    boundaries: Boundaries | None = None
