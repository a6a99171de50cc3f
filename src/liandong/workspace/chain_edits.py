"""A chain of the plan as a form has it: nodes as rows, written back with who says so.

What a person changes is theirs from then on: the field is noted as assigned, with the reason they gave. What
they leave alone keeps its quotes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from liandong.errors import InputError, Text
from liandong.plan import Assigned, Chain, Edge, Node, Origin, Plan, Stage, TierKey


@dataclass(frozen=True, slots=True)
class Head:
    """What a chain has beside its nodes."""

    name: str
    english: str
    tier: TierKey
    chief: str | None
    leaders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A node as it is to be. was: its name so far, "" for a new one. supplies: names of nodes."""

    was: str
    name: str
    stage: Stage
    industries: tuple[str, ...]
    words: tuple[str, ...]
    supplies: tuple[str, ...]


def head_of(chain: Chain) -> Head:
    """A chain's head."""
    return Head(chain.name, chain.english, chain.tier, chain.chief, chain.leaders)


def rows_of(chain: Chain) -> list[Row]:
    """A chain's nodes as rows, in its order."""
    return [
        Row(
            each.name,
            each.name,
            each.stage,
            each.industries,
            each.words,
            tuple(edge.user for edge in chain.edges if edge.supplier == each.name),
        )
        for each in chain.nodes
    ]


def edited(plan: Plan, chain: Chain | None, head: Head, rows: Sequence[Row], why: str) -> Plan:
    """The plan with a chain changed, or one more if `chain` is None. why: the person's reason.

    Raises InputError for a name that is taken, or without nodes; other faults are found by checking the plan.
    """
    if chain is None and head.name in [each.name for each in plan.chains]:
        raise InputError(Text("已有这条产业链。", "There is such a chain already."), field="name")
    if not rows:
        raise InputError(Text("至少要有一个环节。", "A chain has at least one node."), field="nodes")
    before = chain or Chain(head.name, head.english, head.tier, (), origin=_assigned(Origin(), "", why))
    known = {node.name: node for node in before.nodes}
    renamed = {row.was: row.name for row in rows if row.was}
    made = replace(
        before,
        **_fields(head),
        nodes=tuple(_node(known.get(row.was), row, why) for row in rows),
        edges=_edges(before, rows, renamed),
        origin=_changed(before, _fields(head), why) if chain else before.origin,
    )
    others = tuple(made if each is chain else each for each in plan.chains)
    return replace(plan, chains=others if chain else (*plan.chains, made))


def _fields(head: Head) -> dict[str, Any]:
    return {name: getattr(head, name) for name in Head.__dataclass_fields__}


def _node(before: Node | None, row: Row, why: str) -> Node:
    values = {name: getattr(row, name) for name in ("name", "stage", "industries", "words")}
    if before is None:
        return Node(**values, origin=_assigned(Origin(), "", why))
    return replace(before, **values, origin=_changed(before, values, why))


def _edges(before: Chain, rows: Sequence[Row], renamed: Mapping[str, str]) -> tuple[Edge, ...]:
    """Who supplies whom; an edge that was there keeps what is said of it."""
    known = {(renamed.get(edge.supplier), renamed.get(edge.user)): edge.origin for edge in before.edges}
    return tuple(
        Edge(row.name, user, known.get((row.name, user), Origin()))
        for row in rows
        for user in dict.fromkeys(renamed.get(each, each) for each in row.supplies)
    )


def _changed(before: Chain | Node, values: Mapping[str, Any], why: str) -> Origin:
    origin = before.origin
    for name, value in values.items():
        if getattr(before, name) != value:
            origin = _assigned(origin, name, why)
    return origin


def _assigned(origin: Origin, field: str, why: str) -> Origin:
    """An origin in which a field is the planner's; without a reason it is left as it was."""
    if not why:
        return origin
    others = tuple(each for each in origin.assigned if each.field != field)
    return replace(origin, assigned=(*others, Assigned(field, why)))
