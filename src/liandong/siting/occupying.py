"""What is left: the room of a place less what its projects need, year by year; unknown stays unknown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from liandong.siting.case import Need, Room, Step, amount_in


def remaining(room: Room, needs: Iterable[Need]) -> Room:
    """The room without what these needs take of its resource.

    A need that is unknown, or in another unit, makes what is left unknown. Nothing is left below 0.
    """
    own = [need for need in needs if need.resource == room.resource]
    if not own:
        return room
    if any(need.unit != room.unit or any(step.amount is None for step in need.steps) for need in own):
        return replace(room, steps=tuple(Step(None, step.from_year) for step in room.steps))
    years = {step.from_year for step in room.steps}
    years |= {step.from_year for need in own for step in need.steps}
    return replace(room, steps=tuple(_left(room, own, year) for year in sorted(years, key=lambda y: y or 0)))


def _left(room: Room, needs: list[Need], from_year: int | None) -> Step:
    year = from_year or 0
    has = amount_in(room.steps, year)
    if has is None:
        return Step(None, from_year)
    taken = sum((amount_in(need.steps, year) or Decimal(0) for need in needs), Decimal(0))
    return Step(max(Decimal(0), has - taken), from_year)
