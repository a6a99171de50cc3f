"""A case as an assignment problem: who may go where, what it uses, what it costs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from liandong.errors import Text
from liandong.figures import Basis, DerivedRef, Evidence, Figure, RecordRef, Standing
from liandong.siting.admission import Admission, admit
from liandong.siting.case import Case, Parcel, Price, Project, Room, amount_in, years_of
from liandong.siting.problem import Capacity, Problem, Wish
from liandong.siting.rules import Verdict

_MOST_PLACES = 6  # decimal places kept of amounts, which are made whole numbers


@dataclass(frozen=True, eq=False)
class Posed:
    """The problem of a case with the admissions behind it.

    left_out: resource and places whose price is unknown; the resource then counts nowhere, so that no place
    looks cheap because nobody knows its price.
    """

    case: Case
    problem: Problem
    admissions: tuple[Admission, ...]
    left_out: tuple[tuple[str, tuple[str, ...]], ...]

    def admission(self, project: int, parcel: int) -> Admission:
        """The admission of a project on a parcel, by position."""
        return self.admissions[project * len(self.case.parcels) + parcel]


def pose(case: Case, day: date, *, conditional: bool = False) -> Posed:
    """The problem of a case as of a day. Only what is admitted may be placed; conditional: also what is
    admitted under conditions. What has to be asked, and what is barred, is never placed.
    """
    admissions = admit(case, day)
    may = {Verdict.ADMITTED, Verdict.CONDITIONAL} if conditional else {Verdict.ADMITTED}
    parcels, projects = len(case.parcels), len(case.projects)
    allowed = np.array([each.verdict in may for each in admissions], dtype=bool).reshape(projects, parcels).T
    cost, left_out = _costs(case)
    parks = [park.name for park in case.parks]
    number = {parcel.name: n for n, parcel in enumerate(case.parcels)}
    who = {project.name: n for n, project in enumerate(case.projects)}
    problem = Problem(
        sites=tuple(parcel.name for parcel in case.parcels),
        projects=tuple(project.name for project in case.projects),
        cost=cost,
        capacities=tuple(capacity for room in case.rooms for capacity in _capacities(case, room)),
        allowed=allowed,
        groups=tuple(parks.index(parcel.park) for parcel in case.parcels),
        wishes=tuple(
            Wish(
                who[w.first],
                who[w.second],
                w.relation,
                None if w.penalty is None else float(round(w.penalty)),
            )
            for w in case.neighbours
        ),
        optional={n: project.priority for n, project in enumerate(case.projects) if not project.must},
        pinned={n: number[p.at] for n, p in enumerate(case.projects) if p.fixed and p.at is not None},
        origin=case.file,
    )
    return Posed(case, problem, admissions, left_out)


def cost_of(posed: Posed, project: int, parcel: int) -> Figure:
    """What placing a project on a parcel costs, with the price rows that it is made of (positions from 0)."""
    case, left_out = posed.case, {resource for resource, _ in posed.left_out}
    buyer, place = case.projects[project], case.parcels[parcel]
    inputs: list[tuple[str, Figure | Evidence]] = []
    for resource, yearly in dict.fromkeys((price.resource, price.yearly) for price in case.prices):
        price = _price(case, place, resource, yearly)
        if price is None or resource in left_out:
            continue
        amount = _bought(case, buyer, resource, yearly)
        as_of = None if price.as_of is None else price.as_of.isoformat()
        where = RecordRef(f"{case.file} › prices", price.row)
        inputs += [
            (f"{resource}: price", _figure(price.value, "元", as_of, where)),
            (f"{resource}: amount", Figure(amount, "", resource, standing=Standing.CLAIMED)),
        ]
    value = Decimal(int(posed.problem.cost[parcel, project]))
    return _figure(value, "元", None, DerivedRef("sum of price * amount, and further costs", tuple(inputs)))


def _figure(value: Decimal | None, unit: str, as_of: str | None, evidence: Evidence) -> Figure:
    return Figure(
        value,
        unit,
        "选址费用",
        standing=Standing.PLANNED,
        basis=Basis(as_of=as_of),
        currency="CNY",
        evidence=(evidence,),
    )


def present(posed: Posed) -> tuple[int | None, ...]:
    """Where the projects of a case are now."""
    number = {name: n for n, name in enumerate(posed.problem.sites)}
    return tuple(None if project.at is None else number[project.at] for project in posed.case.projects)


def _capacities(case: Case, room: Room) -> Iterable[Capacity]:
    """One capacity a year in which need or room changes; nothing where the room is unknown."""
    sites = tuple(n for n, parcel in enumerate(case.parcels) if room.place in (parcel.name, parcel.park))
    before: tuple[Decimal, list[Decimal]] | None = None
    for year in years_of(case):
        amount = amount_in(room.steps, year)
        needs = [_need(project, room.resource, year) for project in case.projects]
        if amount is None or not sites or not any(needs) or before == (amount, needs):
            continue
        before = (amount, needs)
        scale = Decimal(10) ** max(_places(amount), *(_places(need) for need in needs))
        use = np.array([float(need * scale) for need in needs])
        label = f"{room.place} · {room.resource}" + (f" · {year}" if year else "")
        yield Capacity(Text(label, label), sites, np.tile(use, (len(sites), 1)), float(amount * scale))


def _places(amount: Decimal) -> int:
    exponent = amount.normalize().as_tuple().exponent
    return min(_MOST_PLACES, max(0, -int(exponent)))


def _need(project: Project, resource: str, year: int) -> Decimal:
    """What is needed in a year; unknown needs are never placed, so they may count as nothing here."""
    steps = next((need.steps for need in project.needs if need.resource == resource), ())
    return round(amount_in(steps, year) or Decimal(0), _MOST_PLACES)


def _costs(
    case: Case,
) -> tuple[np.ndarray[tuple[int, int], np.dtype[np.float64]], tuple[tuple[str, tuple[str, ...]], ...]]:
    """(parcels, projects) in whole yuan, and what was left out of them for want of a price."""
    cost = np.zeros((len(case.parcels), len(case.projects)))
    left_out = []
    kinds = dict.fromkeys((price.resource, price.yearly) for price in case.prices)
    for resource, yearly in kinds:
        prices = [_price(case, parcel, resource, yearly) for parcel in case.parcels]
        blank = tuple(
            parcel.name
            for parcel, price in zip(case.parcels, prices, strict=True)
            if price is None or price.value is None
        )
        if blank:
            left_out.append((resource, blank))
            continue
        for column, project in enumerate(case.projects):
            amount = float(_bought(case, project, resource, yearly))
            for row, price in enumerate(prices):
                assert price is not None
                assert price.value is not None
                cost[row, column] += float(price.value) * amount
    number = {parcel.name: n for n, parcel in enumerate(case.parcels)}
    who = {project.name: n for n, project in enumerate(case.projects)}
    for (project_name, parcel_name), further in case.costs.items():
        cost[number[parcel_name], who[project_name]] += float(further)
    return np.round(cost), tuple(left_out)


def _price(case: Case, parcel: Parcel, resource: str, yearly: bool) -> Price | None:
    """The parcel's own price, else its park's."""
    own = [p for p in case.prices if (p.resource, p.yearly) == (resource, yearly)]
    return next(
        (p for place in (parcel.name, parcel.park) for p in own if p.place == place),
        None,
    )


def _bought(case: Case, project: Project, resource: str, yearly: bool) -> Decimal:
    """Units paid for: the final amount once, or the amounts of all years that count."""
    steps = next((need.steps for need in project.needs if need.resource == resource), ())
    if not steps or any(step.amount is None for step in steps):
        return Decimal(0)
    if not yearly:
        return amount_in(steps, max(step.from_year or 0 for step in steps)) or Decimal(0)
    first = min((step.from_year for step in steps if step.from_year is not None), default=0)
    return sum((amount_in(steps, first + n) or Decimal(0) for n in range(case.years)), Decimal(0))
