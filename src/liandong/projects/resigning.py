"""Signed again: one project under several events, years or units, counted once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from liandong.projects.matching import Reference, same
from liandong.projects.project import Project

Ground = Literal["firm", "group", "product", "place"]


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Two projects that may be one, and what they share."""

    earlier: str
    later: str
    grounds: tuple[Ground, ...]

    @property
    def certain(self) -> bool:
        """Whether they share the firm and what is made, or where."""
        return "firm" in self.grounds and bool({"product", "place"} & set(self.grounds))


def signed_again(
    projects: Sequence[Project], *, different: Iterable[frozenset[str]] = ()
) -> tuple[Suspicion, ...]:
    """Pairs of projects of one firm or group that were ever agreed on, in the order of the projects.

    different: pairs of ids that a person judged not to be the same; they are never told again.
    """
    apart = set(different)
    agreed = [project for project in projects if project.party is not None and project.milestones]
    found = []
    for at, one in enumerate(agreed):
        for other in agreed[at + 1 :]:
            grounds = _grounds(one, other)
            if {"firm", "group"} & set(grounds) and frozenset((one.id, other.id)) not in apart:
                found.append(Suspicion(one.id, other.id, grounds))
    return tuple(found)


def _grounds(one: Project, other: Project) -> tuple[Ground, ...]:
    grounds: list[Ground] = []
    a, b = _reference(one), _reference(other)
    if a is not None and b is not None:
        without_group = (
            Reference(a.name, a.firm_id, a.uscc),
            Reference(b.name, b.firm_id, b.uscc),
        )
        if same(*without_group):
            grounds.append("firm")
        if a.group and a.group == b.group:
            grounds.append("group")
    if set(one.products) & set(other.products):
        grounds.append("product")
    if one.region and one.region == other.region:
        grounds.append("place")
    return tuple(grounds)


def _reference(project: Project) -> Reference | None:
    party = project.party
    return None if party is None else Reference(party.name, party.firm_id, party.uscc, party.group)
