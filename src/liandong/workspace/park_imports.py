"""Sheets of parks in: looked at first, then taken in whole or not at all; the last one can be taken back.

What a sheet names replaces what was known of it: a park's or parcel's facts, its rooms and prices, a rule of
the same code. What it does not name stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core import serializers
from django.db import transaction
from django.utils import timezone

from liandong.errors import InputError, Text
from liandong.siting import Case, Parcel, Park, Rule, read_parks
from liandong.siting.fields import PARCELS, PARKS, Sheet
from liandong.workspace import audit, importing, jobs, parks
from liandong.workspace.jobs import Progress
from liandong.workspace.models import (
    AdmissionRule,
    Job,
    ParcelRecord,
    ParkImport,
    ParkRecord,
    PriceRecord,
    RoomRecord,
    SitingRecord,
)

FIRST = 8
"""Parcels that a preview shows."""


def send(chunks: Any, name: str) -> Job:
    """Keep a sheet and queue a look at it. Raises InputError for a file of another kind."""
    if not name.lower().endswith((".xlsx", ".toml")):
        raise InputError(
            Text("园区表须为 .xlsx 或 .toml。", "A park sheet is an .xlsx or a .toml."), file=name
        )
    path = importing.keep(chunks, name)
    return jobs.enqueue("parks.preview", {"path": path, "name": name}, subject=name[:200])


def confirm(preview_: Job) -> Job:
    """Queue the import of a sheet that was looked at. Raises InputError for any other job."""
    if preview_.kind != "parks.preview" or preview_.status != Job.Status.DONE:
        raise InputError(Text("请先预览这个文件。", "Look at the file first."), field=str(preview_.pk))
    return jobs.enqueue("parks.import", preview_.params, subject=preview_.subject)


@jobs.task("parks.preview", Text("预览园区表", "look at a park sheet"))
def preview(params: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """What an import of the sheet would do."""
    case = read_parks(importing.kept(params["path"]))
    known = set(ParkRecord.objects.values_list("name", flat=True))
    known |= set(ParcelRecord.objects.values_list("name", flat=True))
    fresh = set(_names(case)) - known
    here, plots, new = len(case.parks), len(case.parcels), len(fresh)
    return {
        "first": [
            [each.park, each.name, *(_shown(each.facts.get(name)) for name in ("use", "area", "land_status"))]
            for each in case.parcels[:FIRST]
        ],
        "zh": f"{here} 个园区、{plots} 个地块,其中 {new} 个是新的;{len(case.rules)} 条规则。尚未导入。",
        "en": f"{here} parks and {plots} parcels, {new} of them new; {len(case.rules)} rules. "
        "Nothing is imported yet.",
        "address": "/parks/imports/",
    }


@jobs.task("parks.import", Text("导入园区表", "import a park sheet"))
def import_(params: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Take a sheet in: all of it or nothing."""
    case = read_parks(importing.kept(params["path"]))
    batch = take_in(case, file=params["name"])
    return {
        "zh": f"已导入 {batch.parks} 个园区、{batch.parcels} 个地块。",
        "en": f"{batch.parks} parks and {batch.parcels} parcels are in.",
        "address": "/parks/",
    }


def import_file(path: Path) -> ParkImport:
    """Take a sheet in at once, for the command line and the example."""
    return take_in(read_parks(path), file=path.name)


def take_in(case: Case, *, file: str) -> ParkImport:
    """Write a case's parks, parcels, rooms, prices and rules; nothing of it if anything fails."""
    with transaction.atomic():
        before = _before(case)
        hosts = {park.name: _write_park(park) for park in case.parks}
        plots = {parcel.name: _write_parcel(parcel, hosts[parcel.park]) for parcel in case.parcels}
        _replace_rooms(case, hosts, plots)
        for rule in case.rules:
            write_rule(rule)
        batch = ParkImport.objects.create(
            file=file,
            parks=len(case.parks),
            parcels=len(case.parcels),
            before=before | {"after": _versions(case)},
            by=audit.actor().name,
        )
        audit.record("parks.import", batch.pk, file=file, parks=batch.parks, parcels=batch.parcels)
    return batch


def undo(batch: ParkImport) -> None:
    """Take the last import back. Raises InputError where somebody built on it since."""
    with transaction.atomic():
        last = ParkImport.objects.select_for_update().filter(undone=None).first()
        if last is None or last.pk != batch.pk:
            raise InputError(
                Text("只能撤回最近一次导入。", "Only the last import can be taken back."), field=batch.file
            )
        kept = batch.before
        now = {
            **_stamp(ParkRecord.objects.filter(name__in=kept["after"])),
            **_stamp(ParcelRecord.objects.filter(name__in=kept["after"])),
        }
        plots = ParcelRecord.objects.filter(name__in=kept["fresh"])
        if now != kept["after"] or SitingRecord.objects.filter(parcel__in=plots).exists():
            raise InputError(
                Text(
                    "导入之后有人修改或使用了其中的地块,不能撤回。", "Its parcels were edited or used since."
                ),
                field=batch.file,
            )
        names = list(kept["after"])
        hosts = ParkRecord.objects.filter(name__in=names)
        RoomRecord.objects.filter(park__in=hosts).delete()
        PriceRecord.objects.filter(park__in=hosts).delete()
        plots.delete()
        ParkRecord.objects.filter(name__in=kept["fresh"]).delete()
        AdmissionRule.objects.filter(code__in=kept["rules"]).delete()
        for each in serializers.deserialize("json", kept["records"]):
            each.save()
        ParkImport.objects.filter(pk=batch.pk).update(undone=timezone.now())
        audit.record("parks.undo", batch.pk, file=batch.file)


def _before(case: Case) -> dict[str, Any]:
    """Everything that the case is about to replace, and which names are new."""
    hosts = ParkRecord.objects.filter(name__in=[each.name for each in case.parks])
    plots = ParcelRecord.objects.filter(name__in=[each.name for each in case.parcels])
    elsewhere = {each.name: each.park.name for each in plots.select_related("park")}
    for parcel in case.parcels:
        if elsewhere.get(parcel.name, parcel.park) != parcel.park:
            host = elsewhere[parcel.name]
            raise InputError(
                Text(
                    f"地块“{parcel.name}”已在园区“{host}”中。请改用别的名称。",
                    f'The parcel "{parcel.name}" is in the park "{host}" already; give it another name.',
                ),
                field=parcel.name,
            )
    stated = AdmissionRule.objects.filter(code__in=[rule.id for rule in case.rules])
    records = [
        *hosts,
        *plots,
        *RoomRecord.objects.filter(park__in=hosts),
        *PriceRecord.objects.filter(park__in=hosts),
        *stated,
    ]
    known = {each.name for each in hosts} | set(elsewhere)
    return {
        "records": serializers.serialize("json", records),
        "fresh": [name for name in _names(case) if name not in known],
        "rules": [rule.id for rule in case.rules],
    }


def _names(case: Case) -> list[str]:
    """The names of its parks and parcels."""
    return [park.name for park in case.parks] + [parcel.name for parcel in case.parcels]


def _versions(case: Case) -> dict[str, int]:
    """The version of every park and parcel of the case, after it was written."""
    return {
        **_stamp(ParkRecord.objects.filter(name__in=[each.name for each in case.parks])),
        **_stamp(ParcelRecord.objects.filter(name__in=[each.name for each in case.parcels])),
    }


def _stamp(records: Any) -> dict[str, int]:
    return dict(records.values_list("name", "version"))


def _write_park(park: Park) -> ParkRecord:
    kept = ParkRecord.objects.filter(name=park.name).first() or ParkRecord(name=park.name, version=0)
    _fill(kept, park, PARKS)
    return kept


def _write_parcel(parcel: Parcel, host: ParkRecord) -> ParcelRecord:
    kept = ParcelRecord.objects.filter(name=parcel.name).first() or ParcelRecord(name=parcel.name, version=0)
    area = parcel.facts.get("area")
    kept.park, kept.kind = host, parks.kind_of(parcel.facts)
    kept.area = area if isinstance(area, Decimal) else None
    _fill(kept, parcel, PARCELS)
    return kept


def _fill(kept: ParkRecord | ParcelRecord, stated: Park | Parcel, sheet: Sheet) -> None:
    known = {column.name for column in parks.columns(sheet)}
    facts = {name: value for name, value in stated.facts.items() if name in known}
    kept.facts = parks.packed(facts)
    kept.further = {
        name: _shown(value)
        for name, value in stated.facts.items()
        if name not in known and name not in parks.OWN
    }
    for name in ("longitude", "latitude"):
        value = stated.facts.get(name)
        setattr(kept, name, float(value) if isinstance(value, Decimal) else None)
    kept.note, kept.source = (str(stated.facts.get(name) or "") for name in ("note", "source"))
    as_of = stated.facts.get("as_of")
    kept.as_of = date.fromisoformat(as_of) if isinstance(as_of, str) else None
    kept.archived = None
    kept.version += 1
    kept.save()


def _replace_rooms(case: Case, hosts: Mapping[str, ParkRecord], plots: Mapping[str, ParcelRecord]) -> None:
    """The rooms and prices of every place that the case names, as it states them."""
    for model in (RoomRecord, PriceRecord):
        model.objects.filter(parcel__in=plots.values()).delete()
        model.objects.filter(park__in=hosts.values(), parcel=None).delete()
    made = []
    for room in case.rooms:
        made.append(
            RoomRecord(
                **_at(room.place, hosts, plots),
                resource=room.resource,
                unit=room.unit,
                steps=[[None if s.amount is None else str(s.amount), s.from_year] for s in room.steps],
                department=room.department or "",
                as_of=room.as_of,
                source=room.source or "",
                row=room.row,
            )
        )
    RoomRecord.objects.bulk_create(made)
    PriceRecord.objects.bulk_create(
        PriceRecord(
            **_at(price.place, hosts, plots),
            resource=price.resource,
            value=price.value,
            yearly=price.yearly,
            as_of=price.as_of,
            source=price.source or "",
            row=price.row,
        )
        for price in case.prices
    )


def _at(place: str, hosts: Mapping[str, ParkRecord], plots: Mapping[str, ParcelRecord]) -> dict[str, Any]:
    parcel = plots.get(place)
    return {"park": parcel.park if parcel else hosts[place], "parcel": parcel}


def write_rule(rule: Rule) -> None:
    """Keep a rule of admission in place of one with its code."""
    conditions = (*rule.when, *rule.require)
    named = {name for each in conditions for name in (each.left, each.right_field) if name}
    kept = AdmissionRule.objects.filter(code=rule.id).first() or AdmissionRule(code=rule.id, version=0)
    kept.aspect, kept.title, kept.places = rule.aspect.value, rule.title, list(rule.places)
    kept.when = "; ".join(each.text for each in rule.when)
    kept.require = "; ".join(each.text for each in rule.require)
    kept.fields = sorted(named)
    kept.otherwise, kept.condition = rule.otherwise.value, rule.condition or ""
    kept.department, kept.source = rule.department, rule.source
    kept.valid_from, kept.valid_to = rule.valid_from, rule.valid_to
    kept.file, kept.row, kept.archived = rule.file, rule.row, None
    kept.version += 1
    kept.save()


def _shown(value: Any) -> str:
    """A fact as the sheet would write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(map(str, value)) if isinstance(value, tuple) else str(value)
