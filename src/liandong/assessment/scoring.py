"""Points: each indicator's value, target and formula, each penalty, and their sum, down to the projects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from liandong.assessment.entry import Entry
from liandong.assessment.rating import batch, rate
from liandong.assessment.recognising import recognised
from liandong.assessment.scheme import Indicator, Penalty, Scheme
from liandong.figures import Basis, DerivedRef, Figure, total

PLACES = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator or penalty. value: what was counted; points: what it gives (negative for a penalty).

    target None: nobody set one. formula: as the scheme writes it.
    """

    name: str
    value: Figure
    target: Decimal | None
    weight: Decimal | None
    formula: str
    points: Figure


@dataclass(frozen=True, slots=True)
class Assessment:
    """A unit's assessment over a period. points: the sum of penalties and of the indicators with a target."""

    scheme: Scheme
    since: date
    until: date
    on: date
    lines: tuple[Line, ...]
    points: Figure


@dataclass(frozen=True, slots=True)
class Pace:
    """How far a year's target is, and how far it should be by now if the year went evenly; both in %."""

    done: Decimal | None
    due: Decimal

    @property
    def behind(self) -> bool | None:
        """Whether less is done than is due."""
        return None if self.done is None else self.done < self.due


def assess(
    entries: Sequence[Entry],
    scheme: Scheme,
    since: date,
    until: date,
    on: date,
    targets: Mapping[str, Decimal] | None = None,
) -> Assessment:
    """The points of these entries (a unit's, an officer's) under a scheme, by the projects that count.

    targets: by the indicator's name, before the scheme's own.
    """
    found = recognised(entries, scheme)
    lines = [_line(each, found, since, until, on, targets or {}) for each in scheme.indicators]
    lines += [_penalty(each, found, since, until, on) for each in scheme.penalties]
    points = [line.points for line in lines if line.target is not None or line.weight is None]
    everything = total(points) if len(points) > 1 else points[0] if points else _points(None, "none", (), on)
    return Assessment(scheme, since, until, on, tuple(lines), everything)


def pace(done: Decimal | None, target: Decimal, year: int, on: date) -> Pace:
    """A target of a year against its even pace. Raises ValueError for a target that is not above 0."""
    if target <= 0:
        raise ValueError(target)
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = (min(max(on, first), last) - first).days + 1
    due = Decimal(100 * days) / Decimal((last - first).days + 1)
    return Pace(None if done is None else 100 * done / target, due if on >= first else Decimal(0))


def _line(
    each: Indicator,
    entries: Sequence[Entry],
    since: date,
    until: date,
    on: date,
    targets: Mapping[str, Decimal],
) -> Line:
    counted = batch(entries, each.of, since, until)
    value = counted.figure() if each.reached is None else rate(counted, each.reached, on)
    target = targets.get(each.name, each.target)
    points = each.points.of({"value": value.value, "target": target, "weight": each.weight})
    shown = _points(points, f"{each.name}: {each.points.text}", (("value", value),), on)
    return Line(each.name, value, target, each.weight, each.points.text, shown)


def _penalty(each: Penalty, entries: Sequence[Entry], since: date, until: date, on: date) -> Line:
    value = batch(entries, each.counts, since, until).figure()
    points = each.points.of({"count": value.value})
    if points is not None and each.most is not None:
        points = min(points, each.most)
    taken = None if points is None else -points
    shown = _points(taken, f"{each.name}: −({each.points.text})", (("count", value),), on)
    return Line(each.name, value, None, None, each.points.text, shown)


def _points(value: Decimal | None, formula: str, inputs: tuple[tuple[str, Figure], ...], on: date) -> Figure:
    return Figure(
        None if value is None else value.quantize(PLACES),
        "分",
        "points",
        basis=Basis(as_of=on.isoformat()),
        evidence=(DerivedRef(formula, inputs),),
    )
