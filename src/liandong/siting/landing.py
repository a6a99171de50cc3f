"""Landing cost: what it costs a project to come to a park and to run there, from sourced and dated inputs.

Every input is a Figure with its source. What is blank is shown as unknown; a total over known items alone
says that it is partial, and partial totals are never ranked against full ones. An incentive counts only once
somebody has recorded that it is lawful (it passed its fair-competition review); else it is listed, and counts
for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from liandong.errors import InputError, Text
from liandong.figures import Basis, DerivedRef, Figure, Standing
from liandong.figures.evidence import RecordRef

ONCE, YEARLY = "落地一次性支出", "年运行支出"  # measures of the two totals, which are never added
FEWEST, MOST = 2, 5  # parks compared at once


class Item(StrEnum):
    """What is paid for."""

    LAND = "land"
    RENT = "rent"
    BUILDING = "building"
    MOVING = "moving"
    POWER = "power"
    WATER = "water"
    SEWAGE = "sewage"
    GAS = "gas"
    STEAM = "steam"
    WAGES = "wages"
    FREIGHT = "freight"
    INCENTIVE = "incentive"
    OTHER = "other"


ITEMS: Mapping[Item, Text] = {
    Item.LAND: Text("土地", "land"),
    Item.RENT: Text("厂房租金", "rent"),
    Item.BUILDING: Text("建设", "building"),
    Item.MOVING: Text("搬迁", "moving"),
    Item.POWER: Text("电费", "electricity"),
    Item.WATER: Text("水费", "water"),
    Item.SEWAGE: Text("污水", "sewage"),
    Item.GAS: Text("燃气", "gas"),
    Item.STEAM: Text("蒸汽", "steam"),
    Item.WAGES: Text("工资", "wages"),
    Item.FREIGHT: Text("运费", "freight"),
    Item.INCENTIVE: Text("奖补", "incentive"),
    Item.OTHER: Text("其他", "other"),
}
_ONCE = {Item.LAND, Item.BUILDING, Item.MOVING}


@dataclass(frozen=True, slots=True)
class Line:
    """One cost of coming to one park: quantity × price.

    name: tells apart lines of one item (peak, flat and valley hours; one customer and another). quantity:
    what the project uses, in its unit. price: yuan per that unit. yearly: it recurs. lawful: of incentives
    only: True, False, or None where nobody has checked.
    """

    park: str
    item: Item
    name: str
    quantity: Figure
    price: Figure
    yearly: bool
    lawful: bool | None = None

    @property
    def counts(self) -> bool:
        """Whether it enters the totals: an incentive only if it is known to be lawful."""
        return self.item is not Item.INCENTIVE or self.lawful is True

    @property
    def cost(self) -> Figure:
        """quantity × price in yuan, negative for incentives; unknown if either is."""
        quantity, price = self.quantity.value, self.price.value
        value = None if quantity is None or price is None else quantity * price
        if value is not None and self.item is Item.INCENTIVE:
            value = -value
        return _money(
            value,
            YEARLY if self.yearly else ONCE,
            "quantity * price",
            (("quantity", self.quantity), ("price", self.price)),
        )


@dataclass(frozen=True, slots=True)
class ParkCost:
    """What it costs to come to one park.

    once, yearly: totals of the lines that are known; partial if blanks names any line of that kind. once and
    yearly are different measures and have no sum. power_on: months until electricity, None is unknown.
    refused: incentives that do not count, for want of lawfulness.
    """

    park: str
    lines: tuple[Line, ...]
    once: Figure
    yearly: Figure
    blanks: tuple[Line, ...]
    refused: tuple[Line, ...]
    power_on: Figure

    def partial(self, *, yearly: bool) -> bool:
        """Whether a line of that total is unknown."""
        return any(line.yearly == yearly for line in self.blanks)

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the command line."""
        return {
            "park": self.park,
            "once": self.once.to_dict() | {"partial": self.partial(yearly=False)},
            "yearly": self.yearly.to_dict() | {"partial": self.partial(yearly=True)},
            "power_on": self.power_on.to_dict(),
            "blanks": [f"{line.item}: {line.name}" for line in self.blanks],
            "refused": [f"{line.item}: {line.name}" for line in self.refused],
            "lines": [
                {
                    "item": line.item.value,
                    "name": line.name,
                    "quantity": line.quantity.to_dict(),
                    "price": line.price.to_dict(),
                    "yearly": line.yearly,
                    "counts": line.counts,
                    "cost": line.cost.to_dict(),
                }
                for line in self.lines
            ],
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """A project beside two to five parks."""

    project: str
    parks: tuple[ParkCost, ...]

    def cheapest(self, *, yearly: bool) -> str | None:
        """The park of the least total; None as long as any park's total is partial: blanks decide nothing."""
        if any(park.partial(yearly=yearly) for park in self.parks):
            return None
        best = min(self.parks, key=lambda park: _value(park.yearly if yearly else park.once))
        return best.park

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the command line."""
        return {
            "project": self.project,
            "parks": [park.to_dict() for park in self.parks],
            "cheapest_once": self.cheapest(yearly=False),
            "cheapest_yearly": self.cheapest(yearly=True),
        }


def compare(project: str, lines: Sequence[Line], power_on: Mapping[str, Figure] | None = None) -> Comparison:
    """The parks that the lines name, side by side, in their order.

    A line that one park has and another lacks is a blank of the other: nobody knows its price there.
    Raises InputError if there are not two to five parks.
    """
    parks = tuple(dict.fromkeys(line.park for line in lines))
    if not FEWEST <= len(parks) <= MOST:
        raise InputError(
            Text(f"请给出 2 到 5 个园区,现有 {len(parks)} 个。", f"Give two to five parks, not {len(parks)}.")
        )
    wanted: dict[tuple[Item, str], Line] = {}
    for line in lines:
        if line.item is not Item.INCENTIVE:
            wanted.setdefault((line.item, line.name), line)
    made = []
    for park in parks:
        own = [line for line in lines if line.park == park]
        present = {(line.item, line.name) for line in own}
        own += [_blank(park, line) for key, line in wanted.items() if key not in present]
        own.sort(key=lambda line: (line.yearly, tuple(Item).index(line.item)))
        made.append(_park(park, tuple(own), (power_on or {}).get(park)))
    return Comparison(project, tuple(made))


def _park(park: str, lines: tuple[Line, ...], power_on: Figure | None) -> ParkCost:
    counted = [line for line in lines if line.counts]
    return ParkCost(
        park=park,
        lines=lines,
        once=_total([line for line in counted if not line.yearly], ONCE),
        yearly=_total([line for line in counted if line.yearly], YEARLY),
        blanks=tuple(line for line in counted if line.cost.value is None),
        refused=tuple(line for line in lines if not line.counts),
        power_on=power_on or Figure(None, "个月", "通电时间", standing=Standing.PLANNED),
    )


def _total(lines: Sequence[Line], measure: str) -> Figure:
    """The sum of what is known; unknown if nothing is."""
    known = [(f"{line.item}: {line.name}", line.cost) for line in lines if line.cost.value is not None]
    value = sum((_value(cost) for _, cost in known), Decimal(0)) if known else None
    return _money(value, measure, "sum of the known lines", tuple(known))


def _money(
    value: Decimal | None, measure: str, formula: str, inputs: tuple[tuple[str, Figure], ...]
) -> Figure:
    return Figure(
        value,
        "元",
        measure,
        standing=Standing.PLANNED,
        basis=Basis(as_of=max((f.basis.as_of for _, f in inputs if f.basis.as_of), default=None)),
        currency="CNY",
        evidence=(DerivedRef(formula, inputs),),
    )


def _blank(park: str, like: Line) -> Line:
    price = Figure(None, like.price.unit, like.price.measure, standing=Standing.PLANNED, currency="CNY")
    return Line(park, like.item, like.name, like.quantity, price, like.yearly, like.lawful)


def _value(figure: Figure) -> Decimal:
    assert figure.value is not None
    return figure.value


def is_once(item: Item) -> bool:
    """Whether an item is paid once unless a sheet says otherwise."""
    return item in _ONCE


def sourced(
    value: Decimal | None, unit: str, measure: str, *, file: str, row: int, as_of: str | None
) -> Figure:
    """A figure that stands in a row of a file."""
    money = unit.startswith("元")
    return Figure(
        value,
        unit,
        measure,
        standing=Standing.PLANNED,
        basis=Basis(as_of=as_of),
        currency="CNY" if money else None,
        evidence=(RecordRef(file, row),),
    )
