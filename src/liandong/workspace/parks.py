"""Parks and parcels as kept: what they say of themselves, what is left free, and the siting case made of it.

    ParkRecord, ParcelRecord, RoomRecord, PriceRecord, AdmissionRule ──▶ case_of ──▶ siting.Case
    ProjectRecord + SitingNeeds ─────────────────────────────────────────────┘

What projects that were placed need is taken off the room, so a case always tells what is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from liandong.errors import InputError, Text
from liandong.siting import (
    Aspect,
    Case,
    Need,
    Parcel,
    Park,
    Price,
    Project,
    Room,
    Rule,
    Step,
    Verdict,
    facts_of,
    parse_conditions,
    remaining,
)
from liandong.siting.fields import PARCELS, PARKS, Column, Sheet
from liandong.siting.rules import Value, parse_value
from liandong.workspace import audit, changes
from liandong.workspace.models import (
    AdmissionRule,
    ParcelRecord,
    ParkRecord,
    PriceRecord,
    ProjectRecord,
    RoomRecord,
    SitingNeeds,
    SitingRecord,
)

PLANT_SIGNS = ("floor_area", "floor_load", "clear_height", "grid", "crane", "fire_class", "lease")
"""Facts that only a plant has."""
OWN = ("longitude", "latitude", "note", "as_of", "source")
"""Columns of a sheet that have a column of their own in the store."""
Steps = Iterable[tuple[str | None, int | None]]


def parks() -> Any:
    """The parks that are not put away, with the number of their parcels."""
    live = Q(parcels__archived=None)
    return ParkRecord.objects.filter(archived=None).annotate(
        lands=Count("parcels", filter=live & Q(parcels__kind="land")),
        plants=Count("parcels", filter=live & Q(parcels__kind="plant")),
    )


def parcels() -> QuerySet[ParcelRecord]:
    """The parcels that are not put away, each with its park."""
    return ParcelRecord.objects.filter(archived=None, park__archived=None).select_related("park")


def rooms_of(park: ParkRecord) -> list[RoomRecord]:
    """What a park and its parcels have in all."""
    found = RoomRecord.objects.filter(park=park).filter(Q(parcel=None) | Q(parcel__archived=None))
    return list(found.select_related("park", "parcel"))


def case_of(
    among: Sequence[ParkRecord],
    projects: Sequence[Project] = (),
    *,
    but: Iterable[int] = (),
    only: Iterable[int] | None = None,
) -> Case:
    """The parks with their parcels, what is left of their room, prices and rules, as a siting case.

    but: keys of projects whose own place counts as free. only: keys of parcels, None for all.
    """
    ids = [park.pk for park in among]
    found = parcels().filter(park__in=ids).order_by("park__name", "name")
    if only is not None:
        found = found.filter(pk__in=list(only))
    taken = _taken(ids, but)
    rooms = RoomRecord.objects.filter(park__in=ids).select_related("park", "parcel")
    prices = PriceRecord.objects.filter(park__in=ids).select_related("park", "parcel")
    places = list(found)
    here = {park.name for park in among} | {parcel.name for parcel in places}
    left = tuple(remaining(_room(each), taken.get(each.place, ())) for each in rooms if each.place in here)
    units = {room.resource: room.unit for room in left}
    return Case(
        name="、".join(park.name for park in among),
        parks=tuple(Park(each.name, facts(each)) for each in among),
        parcels=tuple(Parcel(each.name, each.park.name, facts(each)) for each in places),
        projects=tuple(_in_units(project, units) for project in projects),
        rooms=left,
        prices=tuple(_price(each) for each in prices if each.place in here),
        rules=rules(),
        file="parks",
    )


def _taken(parks: Sequence[int], but: Iterable[int]) -> dict[str, list[Need]]:
    """What the projects on these parks' parcels need, by the names of the parcel and its park."""
    live = SitingRecord.objects.filter(parcel__park__in=parks, released=None)
    live = live.exclude(project__in=list(but))
    found: dict[str, list[Need]] = {}
    for each in live.select_related("parcel__park", "project__siting_needs"):
        kept = getattr(each.project, "siting_needs", None)
        for place in (each.parcel.name, each.parcel.park.name):
            found.setdefault(place, []).extend(needs(kept.needs) if kept else ())
    return found


def project_of(record: ProjectRecord) -> Project:
    """A project as siting sees it: its industries, and what is known of its needs."""
    kept: SitingNeeds | None = getattr(record, "siting_needs", None)
    values = {} if kept is None else {name: _typed(name, value) for name, value in kept.facts.items()}
    return Project(
        name=record.name,
        industries=tuple(record.industries),
        needs=() if kept is None else needs(kept.needs),
        facts={name: value for name, value in values.items() if value is not None},
    )


def rules() -> tuple[Rule, ...]:
    """The rules of admission that are not put away; whether one is in force is asked on a day."""
    return tuple(_rule(each) for each in AdmissionRule.objects.filter(archived=None))


def _rule(each: AdmissionRule) -> Rule:
    named = frozenset(each.fields)
    return Rule(
        id=each.code,
        aspect=Aspect(each.aspect),
        title=each.title,
        when=parse_conditions(each.when, named),
        require=parse_conditions(each.require, named),
        otherwise=Verdict(each.otherwise),
        department=each.department,
        source=each.source,
        places=tuple(each.places),
        condition=each.condition or None,
        valid_from=each.valid_from,
        valid_to=each.valid_to,
        file=each.file,
        row=each.row,
    )


# ---- facts: cells of the sheet, as JSON and back


def sheet_of(record: ParkRecord | ParcelRecord) -> Sheet:
    """The sheet whose columns a record's facts are."""
    return PARKS if isinstance(record, ParkRecord) else PARCELS


def columns(sheet: Sheet) -> tuple[Column, ...]:
    """The columns that are kept as facts."""
    return tuple(each for each in sheet.columns if each.name not in ("name", "park", *OWN))


def packed(values: Mapping[str, Value]) -> dict[str, Any]:
    """Facts as JSON: numbers as text, lists as lists."""
    return {
        name: str(value) if isinstance(value, Decimal) else list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
        if value is not None
    }


def cells(record: ParkRecord | ParcelRecord) -> dict[str, Any]:
    """The typed cells of a record by column; what is absent is unknown."""
    kinds = {column.name: column.kind for column in sheet_of(record).columns}
    found: dict[str, Any] = {}
    for name, value in record.facts.items():
        match kinds.get(name):
            case "number":
                found[name] = Decimal(value)
            case "list":
                found[name] = tuple(value)
            case "date":
                found[name] = date.fromisoformat(value)
            case _:
                found[name] = value
    return found


def facts(record: ParkRecord | ParcelRecord) -> dict[str, Value]:
    """What rules may ask of a park or parcel."""
    return facts_of(cells(record), sheet_of(record)) | {
        name: parse_value(value) for name, value in record.further.items()
    }


def edit(record: ParkRecord | ParcelRecord, version: int, values: Mapping[str, Value], **own: Any) -> None:
    """Write the facts of a park or parcel over the version that was read.

    Raises EditConflictError if somebody was quicker.
    """
    kept = packed(values)
    with transaction.atomic():
        written: dict[str, Any] = {"facts": kept, **own}
        if isinstance(record, ParcelRecord):
            written |= {"kind": kind_of(values), "area": values.get("area")}
        changes.save(record, version, "parks.edit", **written)


def kind_of(values: Mapping[str, Value]) -> str:
    """A plant if anything is said of it that only a plant has."""
    return "plant" if any(name in values for name in PLANT_SIGNS) else "land"


def refuse_by_name(name: str) -> None:
    """A park whose parcels are kept is not chosen by its name: siting asks admission. Raises InputError."""
    if name and ParkRecord.objects.filter(name=name, archived=None).exists():
        raise InputError(
            Text(
                f"园区“{name}”须经选址准入选定地块,不能直接填写。",
                f'The park "{name}" is chosen by siting a parcel of it, not by its name.',
            ),
            field="park",
        )


def set_needs(
    project: ProjectRecord,
    values: Mapping[str, Value],
    wanted: Sequence[Need],
    *,
    by: str,
    source: str = "",
) -> SitingNeeds:
    """Keep what a project needs. Raises InputError for a negative amount or a resource named twice."""
    names = [need.resource for need in wanted]
    if len(names) != len(set(names)):
        raise InputError(Text("同一资源写了两次。", "A resource stands twice."), field="resource")
    if any(step.amount is not None and step.amount < 0 for need in wanted for step in need.steps):
        raise InputError(Text("用量不能为负。", "A need is not negative."), field="amount")
    with transaction.atomic():
        kept, _ = SitingNeeds.objects.update_or_create(
            project=project,
            defaults={
                "facts": packed(values),
                "needs": [[each.resource, each.unit, _plain(each.steps)] for each in wanted],
                "by": by,
                "source": source,
            },
        )
        audit.record("parks.needs", project.pk, facts=kept.facts, needs=kept.needs)
    return kept


def needs(kept: Iterable[Sequence[Any]]) -> tuple[Need, ...]:
    """Needs from JSON."""
    return tuple(Need(resource, unit, steps(values)) for resource, unit, values in kept)


def steps(kept: Steps) -> tuple[Step, ...]:
    """Steps from JSON."""
    return tuple(Step(None if amount is None else Decimal(amount), year) for amount, year in kept)


def _plain(values: Iterable[Step]) -> list[list[Any]]:
    return [[None if step.amount is None else str(step.amount), step.from_year] for step in values]


def _room(each: RoomRecord) -> Room:
    return Room(
        each.place,
        each.resource,
        each.unit,
        steps(each.steps),
        each.department or None,
        each.source or None,
        each.as_of,
        each.row,
    )


def _price(each: PriceRecord) -> Price:
    return Price(
        each.place, each.resource, each.value, each.yearly, each.as_of, each.source or None, each.row
    )


def _in_units(project: Project, units: Mapping[str, str]) -> Project:
    """A need in another unit than the parks' is unknown: nothing is converted by guesswork."""
    wanted = tuple(
        Need(need.resource, need.unit, need.steps)
        if units.get(need.resource, need.unit) == need.unit
        else Need(need.resource, need.unit, (Step(None),))
        for need in project.needs
    )
    return Project(project.name, project.industries, wanted, project.facts, project.must, project.priority)


def _typed(name: str, value: Any) -> Value:
    if name in ("investment", "tax") and value is not None:
        return Decimal(value)
    return value  # type: ignore[no-any-return]
