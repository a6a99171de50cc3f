"""Binding: the words that a plan quotes find the facts that were read from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from liandong.facts import Fact
from liandong.plan.model import (
    Carrier,
    Chain,
    Edge,
    Node,
    Origin,
    Plan,
    Source,
    SourceRegion,
    Stated,
    Tie,
    Tier,
)

T = TypeVar("T", Carrier, Chain, Edge, Node, Plan, Source, SourceRegion, Tie, Tier)


def bind(plan: Plan, facts: Iterable[Fact]) -> Plan:
    """The plan with the id of a fact beside every quote that has one.

    A fact belongs to a quote if one's words contain the other's; of several the one that shares most words is
    taken, and where the item states a number, only one that has this number. A quote without a fact stays
    unbound: its evidence is then the line of the plan.
    """
    found = tuple(facts)

    def bound(items: Sequence[T]) -> tuple[T, ...]:
        return tuple(_bound(item, found) for item in items)

    chains = tuple(
        replace(_bound(chain, found), nodes=bound(chain.nodes), edges=bound(chain.edges))
        for chain in plan.chains
    )
    return replace(
        _bound(plan, found),
        sources=bound(plan.sources),
        tiers=bound(plan.tiers),
        chains=chains,
        carriers=bound(plan.carriers),
        regions=bound(plan.regions),
        ties=bound(plan.ties),
    )


def bind_origin(origin: Origin, facts: Sequence[Fact], number: int | None = None) -> Origin:
    """The origin with the id of a fact beside every quote that has one, as `bind` finds it."""
    return replace(origin, stated=tuple(_with_fact(each, facts, number) for each in origin.stated))


def _bound(item: T, facts: Sequence[Fact]) -> T:
    number = item.firms if isinstance(item, SourceRegion) else None
    return replace(item, origin=bind_origin(item.origin, facts, number))


def _with_fact(stated: Stated, facts: Sequence[Fact], number: int | None) -> Stated:
    matching = [
        fact
        for fact in facts
        if (fact.quote in stated.quote or stated.quote in fact.quote)
        and (number is None or fact.value == str(number))
    ]
    if not matching:
        return replace(stated, fact=None)
    best = max(
        matching, key=lambda fact: (min(len(fact.quote), len(stated.quote)), -len(fact.quote), fact.id)
    )
    return replace(stated, fact=best.id)
