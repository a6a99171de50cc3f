"""The city beside its rivals: the same figures of every node, prefecture by prefecture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from liandong.errors import InputError, Text
from liandong.figures import Figure
from liandong.plan.counting import Counter, FirmCounts, whole
from liandong.plan.measuring import Measures
from liandong.plan.model import Chain, Plan
from liandong.plan.rule import FEW
from liandong.reference import division, find_division, is_division

MOST_RIVALS = 5


@dataclass(frozen=True, slots=True)
class RivalNode:
    """One node in one city: living firms, and the location quotient with its interval."""

    node: str
    city: str
    firms: Figure
    quotient: Figure

    def to_dict(self) -> dict[str, Any]:
        """The JSON of a cell of the comparison."""
        return {
            "node": self.node,
            "city": self.city,
            "firms": self.firms.to_dict(),
            "location_quotient": self.quotient.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Rivalry:
    """A chain in the city and its rivals. cities: GB/T 2260 codes, the own city first.

    Two cities differ at a node where their intervals do not overlap; where they do, nothing is said of who is
    ahead.
    """

    chain: str
    cities: tuple[str, ...]
    cells: tuple[RivalNode, ...]

    def cell(self, node: str, city: str) -> RivalNode:
        """One node in one city. Raises KeyError."""
        for each in self.cells:
            if (each.node, each.city) == (node, city):
                return each
        raise KeyError((node, city))

    def ahead(self, node: str) -> tuple[str, ...]:
        """Rivals that are surely more specialised in the node: their interval lies above the city's."""
        own = self.cell(node, self.cities[0]).quotient
        return tuple(
            city
            for city in self.cities[1:]
            if (low := self.cell(node, city).quotient.low) is not None
            and own.high is not None
            and low > own.high
        )

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `liandong diagnose --rivals`."""
        nodes = tuple(dict.fromkeys(cell.node for cell in self.cells))
        return {
            "chain": self.chain,
            "cities": list(self.cities),
            "cells": [cell.to_dict() for cell in self.cells],
            "ahead": {node: list(self.ahead(node)) for node in nodes},
        }


def compare(plan: Plan, registry: FirmCounts, chain: Chain, rivals: Sequence[str] = ()) -> Rivalry:
    """The chain's nodes in the plan's city and in its rivals.

    rivals: names or GB/T 2260 codes of prefectures; where none is given, the MOST_RIVALS observed ones with
    at least FEW firms that are surely most specialised in the chain as a whole (low end of the quotient).
    Raises InputError for a name that is no prefecture or that the registry does not observe.
    """
    own = Counter(plan.city, registry)
    chosen = [_code(each, own) for each in rivals] or _likely(own, chain)
    cities = tuple(dict.fromkeys((plan.city, *chosen)))
    measures = {city: Measures(own.of(city)) for city in cities}
    cells = tuple(
        RivalNode(node.name, city, measures[city].firms(node), measures[city].quotient(node))
        for node in chain.nodes
        for city in cities
    )
    return Rivalry(chain.name, cities, cells)


def _code(name: str, counter: Counter) -> str:
    found = division(name) if is_division(name) else find_division(name)
    if found is None or found.prefecture != found.code:
        raise InputError(Text(f"“{name}”不是地级市。", f'"{name}" is no prefecture.'), field="rivals")
    if found.code not in counter.panel.regions:
        raise InputError(
            Text(f"登记库中没有{found.short}的企业。", f"the registry has no firms of {found.name}."),
            field="rivals",
        )
    return found.code


def _likely(counter: Counter, chain: Chain) -> list[str]:
    codes = tuple(sorted({code for node in chain.nodes for code in node.industries}))
    found = []
    for city in counter.panel.regions:
        quotient = Measures(counter.of(city)).quotient_of(codes)
        if city != counter.city and whole(counter.within((city,), codes)) >= FEW and quotient.low is not None:
            found.append((-quotient.low, city))
    return [city for _, city in sorted(found)[:MOST_RIVALS]]
