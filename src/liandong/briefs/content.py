"""What a city brief is made of: the workspace fills it, the composer only reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from liandong.briefs.letterhead import Letterhead
from liandong.briefs.product_space import ProductSpace
from liandong.charts import Boundaries
from liandong.documents import Page
from liandong.facts import Fact
from liandong.figures import Coverage, RecordRef
from liandong.plan import Chain, Diagnosis
from liandong.targets import Target


class Grounds(Protocol):
    """What a document's figures lead to: pages, facts and which of them a person accepted."""

    @property
    def date(self) -> str:
        """ISO date of the document."""

    @property
    def pages(self) -> tuple[Page, ...]:
        """Every page that a fact stands on."""

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts that are shown or cited."""

    @property
    def records(self) -> Mapping[RecordRef, str]:
        """How records are called in the list of sources; others by their source and row."""


@dataclass(frozen=True, slots=True)
class ChainSection:
    """A chain of the plan with its diagnosis."""

    chain: Chain
    diagnosis: Diagnosis


@dataclass(frozen=True, slots=True)
class FirmRecord:
    """What the registry holds of a firm, as written there; None is unknown.

    cells: a label of `words.toml` and the text. row: where they stand.
    """

    firm_id: str
    cells: tuple[tuple[str, str | None], ...]
    row: RecordRef


@dataclass(frozen=True, slots=True)
class CityBrief:
    """The content of a city brief.

    city: its name. code: its GB/T 2260 code, for the map. date: ISO date of the brief. pages: every page that
    a fact stands on. facts: all facts that are shown or cited. reviewed: ids of those that a person accepted.
    coverage: what the registry figures stand on. source_region: where the targets come from, None for
    anywhere. boundaries: the user's approved map; None for the layer in the
    wheel, which the map then calls internal. firms: the registrations of the targets, for dossiers.
    letterhead: of an official paper. space: the product space, None where there is no data for it.
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
    firms: tuple[FirmRecord, ...] = ()
    letterhead: Letterhead | None = None
    space: ProductSpace | None = None
    records: Mapping[RecordRef, str] = field(default_factory=dict)
