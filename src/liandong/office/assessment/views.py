"""Pages of assessment: rates by group, points by the scheme, and the projects behind each number."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from liandong.assessment import (
    RATES,
    Entry,
    Recognition,
    Ruling,
    assess,
    batch,
    entries_by,
    rate,
    rates,
    recognise,
)
from liandong.assessment.scheme import COUNTED
from liandong.errors import InputError, Text
from liandong.office.assessment.asking import (
    BATCH_WORDS,
    REACHED_WORDS,
    Asked,
    asked,
    controls,
    group_words,
)
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import day, language, pick, say
from liandong.office.shell.listing import Column, Filter, Listing
from liandong.projects import STAGE_NAMES, STATUS_NAMES, Stage, Step
from liandong.workspace import assessing, policies, projects

RULINGS = {
    Ruling.RECOGNISED: Text("认定", "counts"),
    Ruling.OPEN: Text("待核实", "open"),
    Ruling.REFUSED: Text("不认定", "does not count"),
}
SIGNS = {Ruling.RECOGNISED: ("strong", "●"), Ruling.OPEN: ("weak", "◔"), Ruling.REFUSED: ("missing", "○")}


def ruling(value: Ruling) -> SafeString:
    """A ruling by sign, colour and word."""
    css, sign = SIGNS[value]
    return format_html('<span class="status {}">{} {}</span>', css, sign, say(RULINGS[value]))


def _link(each: Entry) -> SafeString:
    return format_html(
        '<a href="{}" lang="zh">{}</a>',
        reverse("assessment:project", args=[int(each.id)]),
        each.project.name,
    )


def _signed(each: Entry) -> Any:
    return min((m.done for m in each.project.milestones if m.step is Step.CONTRACT and m.done), default=None)


def _reached(stage: Stage) -> Any:
    return lambda each: each.project.reached.get(stage)


def _step(step: Step) -> Any:
    return lambda each: next((m.done for m in each.project.milestones if m.step is step), None)


def _dated(name: str, words: Text, value: Any) -> Column:
    return Column(name, words, lambda each: day(value(each)) or "—", value, sort=name)


def _text(name: str, words: Text, value: Any) -> Column:
    return Column(
        name,
        words,
        lambda each: format_html('<span lang="zh">{}</span>', value(each) or "—"),
        value,
        sort=name,
    )


ROWS = Listing(
    "assessment.rows",
    Text("考核项目", "Projects assessed"),
    columns=(
        Column("id", Text("编号", "id"), lambda each: each.id, lambda each: int(each.id), sort="id"),
        Column("name", Text("项目", "project"), _link, lambda each: each.project.name, sort="name"),
        _text("unit", Text("单位", "unit"), lambda each: each.project.unit),
        _text("park", Text("园区", "park"), lambda each: each.park),
        _text("chain", Text("产业链", "chain"), lambda each: each.chain),
        _text("officer", Text("招商员", "officer"), lambda each: each.officer),
        _text("origin", Text("来源地代码", "source code"), lambda each: each.origin or ""),
        Column(
            "status",
            Text("状态", "status"),
            lambda each: say(STATUS_NAMES[each.project.status]),
            lambda each: each.project.status.value,
        ),
        _dated("lead", Text("线索", "lead"), _reached(Stage.LEAD)),
        _dated("signed", Text("正式合同", "formal contract"), _signed),
        _dated("landed", Text("落地", "landed"), _reached(Stage.LANDED)),
        _dated("started", Text("开工", "started"), _reached(Stage.STARTED)),
        _dated("statistics", Text("纳统", "in statistics"), _step(Step.STATISTICS)),
        _dated("producing", Text("投产", "producing"), _reached(Stage.PRODUCING)),
        _dated("at_capacity", Text("达产", "at capacity"), _reached(Stage.AT_CAPACITY)),
    ),
    filters=(
        Filter(
            "q",
            Text("名称", "name"),
            lambda found, text: [x for x in found if text.lower() in x.project.name.lower()],
        ),
    ),
    empty=Text("没有项目。", "No projects."),
    template="office/assessment/rows.html",
)


@page("assessment.view")
def index(request: Request) -> HttpResponse:
    """Every rate of the period, by group; each number opens its projects."""
    period, rows = asked(request), assessing.entries(request.user)
    groups = entries_by(rows, period.by)
    context = {
        "title": pick("转化率", "Rates"),
        "everything": _cells(period, rows, None),
        "groups": [
            (group_words(period.by, each), _cells(period, among, each)) for each, among in groups.items()
        ],
        "synthetic": assessing.synthetic(request.user),
        "projects": len(rows),
        **controls(period),
        **tabs(request, "rates"),
    }
    return render(request, "office/assessment/index.html", context)


@page("assessment.view")
def points(request: Request) -> HttpResponse:
    """The points of each group under the scheme in use, with formula and what was counted."""
    period, rows = asked(request), assessing.entries(request.user)
    scheme, record = assessing.scheme()
    context = {
        "title": pick("考核得分", "Points"),
        "scheme": scheme,
        "shipped": record is None,
        "groups": [
            (group_words(period.by, name), _points(period, among, name))
            for name, among in entries_by(rows, period.by).items()
        ],
        "synthetic": assessing.synthetic(request.user),
        **controls(period),
        **tabs(request, "points"),
    }
    return render(request, "office/assessment/points.html", context)


@page("assessment.view")
def counted(request: Request) -> HttpResponse:
    """The projects that a number counts: the batch, and who of it came so far."""
    period = asked(request)
    of, reached = request.GET.get("of", "signed"), request.GET.get("reached") or None
    if of not in (*COUNTED, "known") or (reached is not None and reached not in RATES):
        raise InputError(Text("没有这个指标。", "There is no such number."), field="of")
    rows = assessing.entries(request.user)
    group = request.GET.get("group")
    if group is not None:
        rows = entries_by(rows, period.by).get(group, [])
    if request.GET.get("recognised"):
        scheme, _ = assessing.scheme()
        rows = [each for each in rows if recognise(each, scheme).ruling is Ruling.RECOGNISED]
    found = batch(rows, of, period.since, period.until)
    came: frozenset[str] = frozenset()
    if reached is not None:
        came = frozenset(
            each.id
            for each in found.entries
            if rate(batch([each], of, period.since, period.until), reached, period.on).value
        )
    words = say(BATCH_WORDS[of]) + (f" → {say(REACHED_WORDS[reached])}" if reached else "")
    return ROWS.answer(
        request,
        list(found.entries),
        title=words,
        came=[each for each in found.entries if each.id in came] if reached else None,
        reached_words=say(REACHED_WORDS[reached]) if reached else "",
        figure_=rate(found, reached, period.on) if reached else found.figure(),
        group_words=None if group is None else group_words(period.by, group),
        **controls(period),
        **tabs(request, "rates"),
    )


@page("assessment.view")
def rows(request: Request) -> HttpResponse:
    """All projects with their days, to be exported and counted again."""
    return ROWS.answer(request, assessing.entries(request.user), **tabs(request, "rows"))


@page("assessment.view")
def project(request: Request, pk: int) -> HttpResponse:
    """One project: whether it counts and why, how far it came, who shares it."""
    record = get_object_or_404(projects.visible(request.user), pk=pk)
    every = {each.id: each for each in assessing.entries(request.user)}
    found = every.get(str(record.pk))
    scheme, _ = assessing.scheme()
    said = recognise(found, scheme) if found else None
    context = {
        "title": record.name,
        "project": record,
        "scheme": scheme,
        "ruling": ruling(said.ruling) if said else "",
        "reasons": _reasons(said) if said else [],
        "stages": [
            (say(STAGE_NAMES[stage]), at)
            for stage, at in sorted(found.project.reached.items(), key=lambda x: x[1])
        ]
        if found
        else [],
        "signed": _signed(found) if found else None,
        "shares": [(say(assessing.SHARED[each.of]), each) for each in record.sharings.filter(archived=None)],
        **tabs(request, "rows"),
    }
    return render(request, "office/assessment/project.html", context)


def tabs(request: Request, tab: str) -> dict[str, Any]:
    """What every page of assessment shows above its content."""
    return {"tab": tab, "may_change": policies.may(request.user, "assessment.change")}


def _cells(period: Asked, rows: list[Entry], group: str | None) -> list[tuple[Any, str]]:
    """The numbers of a row with the addresses of the projects counted: signed, then each rate."""
    found = rates(rows, period.since, period.until, period.on)
    signed = batch(rows, "signed", period.since, period.until).figure()
    cells = [(signed, period.counted("signed", None, group))]
    for name, figure in found.items():
        of = "known" if name == "signed" else "signed"
        cells.append((figure, period.counted(of, name, group)))
    return cells


def _points(period: Asked, rows: list[Entry], group: str) -> dict[str, Any]:
    scheme, _ = assessing.scheme()
    found = assess(rows, scheme, period.since, period.until, period.on)
    asked_of = [(each.of, each.reached) for each in scheme.indicators]
    asked_of += [(each.counts, None) for each in scheme.penalties]
    return {
        "points": found.points,
        "lines": [
            (line, period.counted(of, reached, group) + "&recognised=1")
            for line, (of, reached) in zip(found.lines, asked_of, strict=True)
        ],
    }


def _reasons(said: Recognition) -> list[tuple[SafeString, SafeString, Any]]:
    return [
        (ruling(each.ruling), format_html('<span lang="zh">{}</span>', each.text(language())), each.figure)
        for each in said.reasons
    ]
