"""Pages of parks and parcels: lists, sheets, editing, the rules of admission."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from liandong.errors import Text
from liandong.office.parks import words
from liandong.office.parks.forms import PlaceForm
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import day, pick, say
from liandong.office.shell.listing import Column, Filter, Listing
from liandong.siting import VERDICTS, Verdict
from liandong.siting.fields import PARCELS as SHEET
from liandong.workspace import parks, policies
from liandong.workspace.models import AdmissionRule, ParcelRecord, ParkRecord, PriceRecord, SitingRecord

STATES = next(column for column in SHEET.columns if column.name == "land_status")
LEASES = next(column for column in SHEET.columns if column.name == "lease")
EMPTY = Text("还没有园区。请先导入园区表。", "No parks yet. Import a park sheet first.")

PARKS = Listing(
    "parks.parks",
    Text("园区", "Parks"),
    columns=(
        Column("name", Text("园区", "park"), words.park_link, lambda park: park.name, sort="name"),
        Column("unit", Text("管理单位", "managed by"), lambda park: words.source(park.unit), sort="unit"),
        Column("lands", Text("地块", "parcels"), lambda park: str(park.lands), sort="lands", numeric=True),
        Column("plants", Text("厂房", "plants"), lambda park: str(park.plants), sort="plants", numeric=True),
        Column("as_of", Text("数据日期", "as of"), lambda park: day(park.as_of) or "—", sort="as_of"),
        Column("note", Text("说明", "note"), lambda park: words.source(park.note)),
    ),
    filters=(Filter("q", Text("名称", "name"), lambda rows, text: rows.filter(name__icontains=text)),),
    empty=EMPTY,
    order="name",
    template="office/parks/index.html",
)


def _fact(name: str) -> Any:
    column = next(each for each in SHEET.columns if each.name == name)
    return lambda parcel: words.cell(column, parks.cells(parcel).get(name))


def _stated(name: str) -> Any:
    return lambda rows, value: rows.filter(**{f"facts__{name}": value})


PARCELS = Listing(
    "parks.parcels",
    Text("地块与厂房", "Parcels and plants"),
    columns=(
        Column("name", Text("地块", "parcel"), words.parcel_link, lambda each: each.name, sort="name"),
        Column(
            "park",
            Text("园区", "park"),
            lambda each: words.park_link(each.park),
            lambda each: each.park.name,
            sort="park__name",
        ),
        Column("kind", Text("类别", "kind"), lambda each: say(words.KINDS[each.kind]), sort="kind"),
        Column("use", Text("规划用途", "planned use"), _fact("use")),
        Column(
            "area",
            Text("面积(亩)", "area (mu)"),
            _fact("area"),
            lambda each: each.area,
            sort="area",
            numeric=True,
        ),
        Column("land_status", Text("土地状态", "state"), _fact("land_status")),
        Column("lease", Text("租赁", "lease"), _fact("lease")),
        Column("as_of", Text("数据日期", "as of"), lambda each: day(each.as_of) or "—", sort="as_of"),
    ),
    filters=(
        Filter("q", Text("名称", "name"), lambda rows, text: rows.filter(name__icontains=text)),
        Filter(
            "kind",
            Text("类别", "kind"),
            lambda rows, value: rows.filter(kind=value),
            lambda: [(key, say(text)) for key, text in words.KINDS.items()],
        ),
        Filter("state", Text("土地状态", "state"), _stated("land_status"), lambda: words.choices(STATES)),
        Filter("lease", Text("租赁", "lease"), _stated("lease"), lambda: words.choices(LEASES)),
        Filter("park", Text("园区名", "park"), lambda rows, text: rows.filter(park__name__icontains=text)),
    ),
    empty=EMPTY,
    order="name",
    template="office/parks/parcels.html",
)
RULES = Listing(
    "parks.rules",
    Text("准入规则", "Rules of admission"),
    columns=(
        Column("code", Text("编号", "code"), lambda rule: words.source(rule.code), sort="code"),
        Column("aspect", Text("方面", "aspect"), lambda rule: words.aspect(rule.aspect), sort="aspect"),
        Column("title", Text("规则", "rule"), lambda rule: words.source(rule.title)),
        Column("when", Text("适用条件", "applies when"), lambda rule: words.source(rule.when)),
        Column("require", Text("要求", "requires"), lambda rule: words.source(rule.require)),
        Column(
            "otherwise", Text("不符合时", "otherwise"), lambda rule: say(VERDICTS[Verdict(rule.otherwise)])
        ),
        Column("department", Text("决定部门", "decides"), lambda rule: words.source(rule.department)),
        Column("source", Text("依据", "source"), lambda rule: words.source(rule.source)),
        Column(
            "valid_to", Text("有效至", "valid to"), lambda rule: day(rule.valid_to) or "—", sort="valid_to"
        ),
    ),
    empty=Text(
        "还没有准入规则:没有规则的方面一律须询问部门。",
        "No rules yet: an aspect without a rule is asked about, never admitted.",
    ),
    order="aspect",
    template="office/parks/rules.html",
)


def tabs(request: Request, tab: str) -> dict[str, Any]:
    """What every page of parks shows above its content."""
    return {
        "tab": tab,
        "may_import": policies.may(request.user, "parks.import"),
        "may_change": policies.may(request.user, "parks.change"),
        "may_site": policies.may(request.user, "parks.site"),
    }


@page("parks.view")
def index(request: Request) -> HttpResponse:
    """All parks."""
    return PARKS.answer(request, parks.parks(), **tabs(request, "parks"))


@page("parks.view")
def parcels(request: Request) -> HttpResponse:
    """All parcels and plants."""
    return PARCELS.answer(request, parks.parcels(), **tabs(request, "parcels"))


@page("parks.view")
def rules(request: Request) -> HttpResponse:
    """The rules by which projects are admitted."""
    return RULES.answer(request, AdmissionRule.objects.filter(archived=None), **tabs(request, "rules"))


@page("parks.view")
def park(request: Request, pk: int) -> HttpResponse:
    """One park: what it is, its parcels on a map, what is left free, who came."""
    found = get_object_or_404(parks.parks(), pk=pk)
    case = parks.case_of([found])
    whole = {(each.place, each.resource): each for each in parks.rooms_of(found)}
    plots = list(parks.parcels().filter(park=found)[:200])
    context = {
        "title": found.name,
        "park": found,
        "facts": words.facts(found),
        "further": sorted(found.further.items()),
        "plots": [(words.parcel_link(each), say(words.KINDS[each.kind]), each.area) for each in plots],
        "more": max(0, found.lands + found.plants - len(plots)),
        "map": dots(found, plots),
        "rooms": [_room(each, whole) for each in case.rooms if each.place == found.name],
        "prices": PriceRecord.objects.filter(park=found, parcel=None),
        "sitings": placed(request, parcel__park=found),
        **tabs(request, "parks"),
    }
    return render(request, "office/parks/park.html", context)


@page("parks.view")
def parcel(request: Request, pk: int) -> HttpResponse:
    """One parcel: its land or plant, limits, what is free, prices, who was placed on it."""
    found = get_object_or_404(parks.parcels(), pk=pk)
    case = parks.case_of([found.park], only=[found.pk])
    whole = {(each.place, each.resource): each for each in parks.rooms_of(found.park)}
    context = {
        "title": found.name,
        "parcel": found,
        "park": words.park_link(found.park),
        "facts": words.facts(found),
        "further": sorted(found.further.items()),
        "rooms": [_room(each, whole) for each in case.rooms],
        "prices": PriceRecord.objects.filter(park=found.park, parcel=found),
        "sitings": placed(request, parcel=found),
        **tabs(request, "parcels"),
    }
    return render(request, "office/parks/parcel.html", context)


@page("parks.change", methods=("GET", "POST"))
def edit_park(request: Request, pk: int) -> HttpResponse:
    """Edit what a park says of itself."""
    found = get_object_or_404(ParkRecord, pk=pk, archived=None)
    return _edit(request, found, "parks:park")


@page("parks.change", methods=("GET", "POST"))
def edit_parcel(request: Request, pk: int) -> HttpResponse:
    """Edit a parcel's sheet."""
    return _edit(request, get_object_or_404(ParcelRecord, pk=pk, archived=None), "parks:parcel")


def _edit(request: Request, record: ParkRecord | ParcelRecord, back: str) -> HttpResponse:
    form = PlaceForm(record, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        parks.edit(record, form.cleaned_data["version"], form.facts(), **form.own())
        messages.success(request, pick("已保存。", "Saved."))
        return redirect(back, record.pk)
    context = {"title": record.name, "form": form, "button": pick("保存", "Save"), **tabs(request, "parks")}
    return render(request, "office/parks/edit.html", context)


def placed(request: Request, **where: Any) -> list[dict[str, Any]]:
    """Who was placed there, as the reader may see it: across units only that a project is there."""
    policy = policies.POLICIES.get("projects")
    found = SitingRecord.objects.filter(**where).select_related("project", "parcel")[:100]
    return [
        {
            "siting": each,
            "open": policy is None or policy.sees(request.user, each.project.unit),
            "verdict": words.verdict(each.verdict),
        }
        for each in found
    ]


def dots(found: ParkRecord, plots: list[ParcelRecord]) -> list[tuple[str, str, str]]:
    """The parcels that say where they are, within a square of 100 by 100."""
    known = [
        (each.name, each.longitude, each.latitude)
        for each in plots
        if each.longitude is not None and each.latitude is not None
    ]
    if len(known) < 2:
        return []
    west, east = min(x for _, x, _ in known), max(x for _, x, _ in known)
    south, north = min(y for _, _, y in known), max(y for _, _, y in known)
    wide, high = (east - west) or 1.0, (north - south) or 1.0
    return [
        (name, f"{5 + 90 * (x - west) / wide:.1f}", f"{95 - 90 * (y - south) / high:.1f}")
        for name, x, y in known
    ]


def _room(left: Any, whole: dict[tuple[str, str], Any]) -> dict[str, Any]:
    """A resource: what is left of what there is, phase by phase, and who says so."""
    stated = whole[left.place, left.resource]
    now = [[None if s.amount is None else str(s.amount), s.from_year] for s in left.steps]
    return {
        "place": left.place,
        "resource": left.resource,
        "left": words.steps(now, left.unit),
        "all": words.steps(stated.steps, left.unit),
        "department": stated.department,
        "as_of": stated.as_of,
        "source": stated.source,
        "old": stated.as_of is not None and (date.today() - stated.as_of).days > 180,
    }
