"""What the comparison hangs on: one input at a time up and down, and where two parks break even."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from liandong.siting.landing import Comparison, Item, Line, ParkCost, compare

CHANGE = Decimal("0.2")


@dataclass(frozen=True, slots=True)
class Swing:
    """What a total becomes if one line's price falls or rises by a share."""

    park: str
    item: Item
    name: str
    yearly: bool
    low: Decimal
    high: Decimal

    @property
    def width(self) -> Decimal:
        """How much the total moves."""
        return abs(self.high - self.low)


@dataclass(frozen=True, slots=True)
class BreakEven:
    """The price of one line at a park at which its total equals another park's; the others as they are."""

    park: str
    other: str
    item: Item
    name: str
    yearly: bool
    present: Decimal
    price: Decimal


def swings(comparison: Comparison, change: Decimal = CHANGE) -> tuple[Swing, ...]:
    """Every known line's price by -change and +change, the widest first; totals are of what is known."""
    found = []
    for park in comparison.parks:
        for line in _movable(park):
            total = (park.yearly if line.yearly else park.once).value
            cost = line.cost.value
            assert total is not None
            assert cost is not None
            found.append(
                Swing(
                    park.park,
                    line.item,
                    line.name,
                    line.yearly,
                    total - change * cost,
                    total + change * cost,
                )
            )
    return tuple(sorted(found, key=lambda swing: -swing.width))


def break_evens(comparison: Comparison) -> tuple[BreakEven, ...]:
    """For each pair of parks whose totals are whole, the prices at which they would cost the same.

    Prices below zero are left out: nothing breaks even there.
    """
    found = []
    for yearly in (False, True):
        whole = [park for park in comparison.parks if not park.partial(yearly=yearly)]
        for park in whole:
            for other in whole:
                if other is not park:
                    found += _between(park, other, yearly)
    return tuple(found)


def changed(lines: Sequence[Line], park: str, item: Item, name: str, price: Decimal) -> tuple[Line, ...]:
    """The lines with one price replaced, to compare anew."""
    return tuple(
        replace(line, price=replace(line.price, value=price))
        if (line.park, line.item, line.name) == (park, item, name)
        else line
        for line in lines
    )


def again(comparison: Comparison, lines: Sequence[Line]) -> Comparison:
    """The comparison with other lines and the same months to power."""
    return compare(comparison.project, lines, {park.park: park.power_on for park in comparison.parks})


def _between(park: ParkCost, other: ParkCost, yearly: bool) -> list[BreakEven]:
    mine, theirs = ((each.yearly if yearly else each.once).value for each in (park, other))
    found: list[BreakEven] = []
    if mine is None or theirs is None:
        return found
    for line in _movable(park):
        quantity, price = line.quantity.value, line.price.value
        if line.yearly != yearly or not quantity or price is None:
            continue
        sign = -1 if line.item is Item.INCENTIVE else 1
        even = price + sign * (theirs - mine) / quantity
        if even >= 0:
            found.append(BreakEven(park.park, other.park, line.item, line.name, yearly, price, even))
    return found


def _movable(park: ParkCost) -> list[Line]:
    return [line for line in park.lines if line.counts and line.cost.value is not None]
