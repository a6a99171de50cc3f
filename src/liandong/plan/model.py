"""The plan as data: what the city sets out to do, and for each item who says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from enum import StrEnum
from typing import Protocol

from liandong.figures import AssumptionRef, Evidence, FactRef


class TierKey(StrEnum):
    """未来产业 (先导), 新兴产业 (支柱), 传统产业 (基础)."""

    FUTURE = "future"
    EMERGING = "emerging"
    TRADITIONAL = "traditional"


class Stage(StrEnum):
    """Where in a chain a node stands."""

    UPSTREAM = "upstream"
    MIDSTREAM = "midstream"
    DOWNSTREAM = "downstream"


class PartnerKind(StrEnum):
    """What the other end of a tie is."""

    UNIVERSITY = "university"
    FUND = "fund"
    FIRM = "firm"
    REGION = "region"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands in its file. line counts from 1."""

    file: str
    line: int


NOWHERE = Place("", 0)


@dataclass(frozen=True, slots=True)
class Stated:
    """A source states it: its key, the words quoted, the id of the fact that holds them once it is bound."""

    source: str
    quote: str
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class Assigned:
    """The planner assigned it: which field of the item ("" = the whole item), why, and where it stands."""

    field: str
    why: str
    place: Place = attribute(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Origin:
    """Who says so: quotes that state an item, and what the planner assigned to it.

    An item that nobody states is the planner's. place: where the item stands; lines: where each of its fields
    does (`industries`, and `industries.1` for an element of a list).
    """

    stated: tuple[Stated, ...] = ()
    assigned: tuple[Assigned, ...] = ()
    place: Place = attribute(default=NOWHERE, compare=False)
    lines: Mapping[str, int] = attribute(default_factory=dict, compare=False)

    def at(self, field: str, index: int | None = None) -> Place:
        """Where a field stands, or an element of it; where the item does if the field is not written."""
        names = (field if index is None else f"{field}.{index}", field)
        line = next((self.lines[name] for name in names if name in self.lines), self.place.line)
        return Place(self.place.file, line)

    @property
    def is_stated(self) -> bool:
        """Whether a source states the item (some of its fields may still be assigned)."""
        return bool(self.stated)

    def evidence(self, *, field: str = "") -> tuple[Evidence, ...]:
        """The facts that state the item; the plan's line where no fact is bound or `field` was assigned."""
        mine = [item.place for item in self.assigned if item.field == field]
        facts = [FactRef(item.fact) for item in self.stated if item.fact is not None]
        if facts and not mine:
            return tuple(facts)
        place = mine[0] if mine else self.place
        return (AssumptionRef(place.file, place.line),)


class Item(Protocol):
    """Anything in a plan that has an origin."""

    @property
    def origin(self) -> Origin:
        """Who says so."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document that the plan quotes. file: path of its text beside the plan, if it is kept."""

    key: str
    title: str
    file: str | None = None
    published: str | None = None
    origin: Origin = Origin()


@dataclass(frozen=True, slots=True)
class Tier:
    """A tier of the industry system. promised: how many industries the slogan announces, None if unknown."""

    key: TierKey
    name: str
    promised: int | None = None
    origin: Origin = Origin()


@dataclass(frozen=True, slots=True)
class Node:
    """A link of a chain. industries: GB/T 4754 classes, groups or divisions; words: names of its products."""

    name: str
    stage: Stage
    industries: tuple[str, ...]
    words: tuple[str, ...] = ()
    origin: Origin = Origin()


@dataclass(frozen=True, slots=True)
class Edge:
    """`supplier` supplies `user`; both are names of nodes of the same chain."""

    supplier: str
    user: str
    origin: Origin = Origin()


@dataclass(frozen=True, slots=True)
class Chain:
    """An industry chain. chief: 链长; leaders: 链主 by registered name; empty where nobody names one."""

    name: str
    english: str
    tier: TierKey
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...] = ()
    chief: str | None = None
    leaders: tuple[str, ...] = ()
    origin: Origin = Origin()

    def node(self, name: str) -> Node:
        """The node of a name. Raises KeyError."""
        for node in self.nodes:
            if node.name == name:
                return node
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Carrier:
    """A carrier of the plan (“一带一圈两谷”).

    host: park or platform that it leans on. location: in the source's words. industries: trades as the source
    names them. chains: chains of this plan that it carries. partners: partners of an enclave (飞地).
    """

    name: str
    english: str
    form: str
    host: str | None = None
    location: str | None = None
    industries: tuple[str, ...] = ()
    chains: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    origin: Origin = Origin()


@dataclass(frozen=True, slots=True)
class SourceRegion:
    """A region that the city courts. firms: how many of its firms are in the city, None if unknown."""

    name: str
    firms: int | None = None
    industries: tuple[str, ...] = ()
    origin: Origin = Origin()


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie of the city, or of a local firm, with a partner elsewhere; `what` in the source's words."""

    holder: str
    partner: str
    kind: PartnerKind
    what: str
    region: str | None = None
    origin: Origin = Origin()


@dataclass(frozen=True, slots=True)
class Plan:
    """A city's scheme. city: GB/T 2260 code; slogan: its short form ("633"), None if there is none."""

    city: str
    name: str
    slogan: str | None = None
    sources: tuple[Source, ...] = ()
    tiers: tuple[Tier, ...] = ()
    chains: tuple[Chain, ...] = ()
    carriers: tuple[Carrier, ...] = ()
    regions: tuple[SourceRegion, ...] = ()
    ties: tuple[Tie, ...] = ()
    origin: Origin = Origin()

    def chain(self, name: str) -> Chain:
        """The chain of a Chinese or English name. Raises KeyError."""
        for chain in self.chains:
            if name in (chain.name, chain.english):
                return chain
        raise KeyError(name)
