"""Siting real projects: what they need, what each parcel says to them, where they are, on what terms."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from liandong.errors import InputError, Text
from liandong.office.parks import words
from liandong.office.parks.forms import NeedsForm
from liandong.office.parks.views import tabs
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import pick, say
from liandong.office.shell.listing import Column, Filter, Listing
from liandong.siting import Admission, Need, Step, Verdict
from liandong.workspace import parks, placing
from liandong.workspace.models import (
    ParcelRecord,
    ParkRecord,
    ProjectRecord,
    RoomRecord,
    SitingCondition,
    SitingRecord,
)

COMMON = {
    "土地": "亩",
    "电力": "千伏安",
    "燃气": "立方米/日",
    "蒸汽": "吨/小时",
    "供水": "吨/日",
    "污水": "吨/日",
}
"""Resources that a project is asked about even before a park has stated any."""


def _where(project: ProjectRecord) -> SafeString:
    live = project.live  # type: ignore[attr-defined] # prefetched
    return words.parcel_link(live[0].parcel) if live else format_html('<span class="note">{}</span>', "—")


def _known(project: ProjectRecord) -> str:
    return pick("已填", "stated") if hasattr(project, "siting_needs") else pick("未知", "unknown")


PROJECTS = Listing(
    "parks.projects",
    Text("项目选址", "Projects to site"),
    columns=(
        Column(
            "name",
            Text("项目", "project"),
            lambda each: format_html(
                '<a href="{}" lang="zh">{}</a>', reverse("parks:project", args=[each.pk]), each.name
            ),
            lambda each: each.name,
            sort="name",
        ),
        Column("unit", Text("单位", "unit"), lambda each: words.source(each.unit), sort="unit"),
        Column("needs", Text("用地需求", "needs"), _known),
        Column("place", Text("地块", "parcel"), _where),
        Column(
            "conditions",
            Text("未办结条件", "open conditions"),
            lambda each: str(each.open_conditions),
            sort="open_conditions",
            numeric=True,
        ),
    ),
    filters=(
        Filter("q", Text("名称", "name"), lambda rows, text: rows.filter(name__icontains=text)),
        Filter(
            "sited",
            Text("选址", "sited"),
            lambda rows, value: rows.filter(park="") if value == "no" else rows.exclude(park=""),
            lambda: [("yes", pick("已选址", "sited")), ("no", pick("未选址", "not yet"))],
        ),
    ),
    empty=Text("还没有项目。", "No projects yet."),
    order="name",
    template="office/parks/siting.html",
)


@page("parks.view")
def projects(request: Request) -> HttpResponse:
    """Projects that may be placed, and where those are that were."""
    live = SitingRecord.objects.filter(released=None).select_related("parcel")
    rows = placing.projects(request.user).prefetch_related(Prefetch("sitings", live, "live"))
    hosts = ParkRecord.objects.filter(archived=None)
    return PROJECTS.answer(request, rows, hosts=hosts, **tabs(request, "siting"))


@page("parks.view")
def project(request: Request, pk: int) -> HttpResponse:
    """One project: its needs, the verdict on every parcel of a park, its place and conditions."""
    found = get_object_or_404(placing.projects(request.user), pk=pk)
    hosts = list(ParkRecord.objects.filter(archived=None))
    chosen = next((each for each in hosts if str(each.pk) == request.GET.get("park")), None)
    chosen = chosen or next((each for each in hosts if each.name == found.park), hosts[0] if hosts else None)
    said = placing.admissions(found, chosen, date.today()) if chosen else []
    here = (
        SitingRecord.objects.filter(project=found, released=None)
        .select_related("parcel__park")
        .prefetch_related("conditions", "checks")
        .first()
    )
    kept = getattr(found, "siting_needs", None)
    context = {
        "title": found.name,
        "project": found,
        "hosts": hosts,
        "park": chosen,
        "verdicts": [_verdict(plot, admission) for plot, admission in said],
        "siting": here,
        "verdict": words.verdict(here.verdict) if here else "",
        "conditions": [(each, _reason(each.text)) for each in here.conditions.all()] if here else [],
        "checks": [
            (say(placing.STEPS[c.step]), say(placing.CONTROLS[c.control][0]), c) for c in here.checks.all()
        ]
        if here
        else [],
        "agreed": [(key, say(placing.CONTROLS[key][0]), value) for key, value in placing.agreed(here).items()]
        if here
        else [],
        "steps": [(key, say(text)) for key, text in placing.STEPS.items()],
        "needs": [(n, u, words.steps(s, u)) for n, u, s in kept.needs] if kept else [],
        "kept": kept,
        **tabs(request, "siting"),
    }
    return render(request, "office/parks/project.html", context)


@page("parks.site", methods=("GET", "POST"))
def needs(request: Request, pk: int) -> HttpResponse:
    """What a project needs."""
    found = get_object_or_404(placing.projects(request.user), pk=pk)
    kept = getattr(found, "siting_needs", None)
    units = COMMON | dict(RoomRecord.objects.order_by("pk").values_list("resource", "unit").distinct())
    units |= {name: unit for name, unit, _ in (kept.needs if kept else [])}
    start: dict[str, Any] = {"source": kept.source if kept else ""}
    if kept:
        chemical = kept.facts.get("chemical")
        start |= {"investment": kept.facts.get("investment"), "tax": kept.facts.get("tax")}
        start["chemical"] = "" if chemical is None else "yes" if chemical else "no"
        amounts = {name: steps[-1][0] for name, _, steps in kept.needs}
        start |= {f"need{n}": amounts.get(name) for n, name in enumerate(units)}
    form = NeedsForm(units, start, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        values = {name: given[name] for name in ("investment", "tax") if given[name] is not None}
        if given["chemical"]:
            values["chemical"] = given["chemical"] == "yes"
        wanted = [
            Need(name, unit, (Step(given[f"need{n}"]),))
            for n, (name, unit) in enumerate(units.items())
            if given[f"need{n}"] is not None
        ]
        parks.set_needs(found, values, wanted, by=request.user.username, source=given["source"])
        messages.success(request, pick("已保存。", "Saved."))
        return redirect("parks:project", found.pk)
    context = {"title": found.name, "form": form, "button": pick("保存", "Save"), "project": found}
    return render(request, "office/parks/needs.html", {**context, **tabs(request, "siting")})


@page("parks.site", methods=("POST",))
def place(request: Request, pk: int) -> HttpResponse:
    """Put a project on a parcel; admission is asked again."""
    found = get_object_or_404(placing.projects(request.user), pk=pk)
    plot = get_object_or_404(ParcelRecord, pk=_whole(request.POST.get("parcel")), archived=None)
    made = placing.place(found, plot, date.today(), version=_whole(request.POST.get("version")))
    messages.success(request, pick(f"已选定 {plot.name}。", f"Placed on {plot.name}."))
    return redirect("parks:project", made.project_id)


@page("parks.site", methods=("POST",))
def release(request: Request, pk: int) -> HttpResponse:
    """Give a parcel up."""
    siting = _siting(request, pk)
    version = _whole(request.POST.get("version"))
    placing.release(siting, date.today(), request.POST.get("reason", ""), version=version)
    messages.success(request, pick("已退出地块。", "The parcel is free again."))
    return redirect("parks:project", siting.project_id)


@page("parks.site", methods=("POST",))
def close(request: Request, pk: int) -> HttpResponse:
    """A condition is met."""
    condition = get_object_or_404(SitingCondition.objects.select_related("siting"), pk=pk)
    siting = _siting(request, condition.siting_id)
    version = _whole(request.POST.get("version"))
    placing.close(condition, date.today(), request.POST.get("evidence", ""), version=version)
    return redirect("parks:project", siting.project_id)


@page("parks.site", methods=("POST",))
def check(request: Request, pk: int) -> HttpResponse:
    """Planned against actual of a control value."""
    siting = _siting(request, pk)
    given = request.POST
    placing.check(
        siting,
        given.get("step", ""),
        given.get("control", ""),
        planned=placing.agreed(siting).get(given.get("control", "")),
        actual=_decimal(given.get("actual", "")),
        on=date.today(),
        voucher=given.get("voucher", ""),
    )
    return redirect("parks:project", siting.project_id)


def _siting(request: Request, pk: int) -> SitingRecord:
    """A present placement of a project that the reader may see."""
    open_ = placing.projects(request.user).values("pk")
    rows = SitingRecord.objects.filter(released=None, project__in=open_).select_related("parcel")
    return get_object_or_404(rows, pk=pk)


def _verdict(plot: ParcelRecord, admission: Admission) -> dict[str, Any]:
    """A parcel's verdict with every reason that is not an admission: rule, source, department."""
    return {
        "parcel": plot,
        "link": words.parcel_link(plot),
        "verdict": words.verdict(admission.verdict.value),
        "may": admission.verdict in placing.MAY,
        "findings": [
            {
                "verdict": words.verdict(each.verdict.value),
                "reason": words.reason(each.reason),
                "department": each.department,
                "rule": each.rule.id if each.rule else None,
                "source": each.rule.source if each.rule else each.source,
            }
            for each in admission.findings
            if each.verdict is not Verdict.ADMITTED
        ],
    }


def _reason(text: dict[str, str]) -> SafeString:
    return words.reason(Text(text.get("zh", ""), text.get("en", "")))


def _whole(text: str | None) -> int:
    if not text or not text.isascii() or not text.isdigit() or len(text) > 12:
        raise InputError(Text("请选择。", "Choose one."), field="version")
    return int(text)


def _decimal(text: str) -> Decimal | None:
    try:
        found = Decimal(text.replace(",", "")) if text.strip() else None
    except InvalidOperation:
        found = Decimal("NaN")
    if found is not None and not (found.is_finite() and abs(found) < 10**13):
        raise InputError(Text("请填写数字。", "Give a number."), field="actual")
    return found
