"""Many projects at once: sums by kind, what is overdue, who may have signed twice, notices, a calendar."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from liandong.errors import InputError, Text
from liandong.office.projects import words
from liandong.office.shell import given, problems
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import pick, say
from liandong.office.shell.listing import Column, Filter, Listing
from liandong.projects import MEASURES, STAGE_NAMES, STAGES, STANDINGS, STEP_NAMES, Step
from liandong.workspace import amounts, cockpit, pipeline, policies, projects, timeline
from liandong.workspace.models import (
    AmountRecord,
    MilestoneRecord,
    Notice,
    NotSameProject,
    ProjectRecord,
    PromiseRecord,
    Task,
)

LISTS = {
    "milestones": Text("逾期节点", "Overdue milestones"),
    "promises": Text("逾期承诺", "Overdue promises"),
    "tasks": Text("逾期任务与批示", "Overdue tasks and instructions"),
    "quiet": Text("30 天无动态的项目", "Projects without news for 30 days"),
}
PER_PAGE = 50
AMOUNTS = Listing(
    "projects.amounts",
    Text("金额", "Amounts"),
    columns=(
        Column("project", Text("项目", "project"), lambda r: words.link(r.project), lambda r: r.project.name),
        Column("measure", Text("口径", "measure"), lambda r: words.measure(r.measure), sort="measure"),
        Column("standing", Text("依据", "standing"), lambda r: words.standing(r.standing), sort="standing"),
        Column(
            "value",
            Text("数额", "value"),
            words.value,
            lambda r: r.value,
            numeric=True,
        ),
        Column("unit", Text("单位", "unit"), lambda r: words.zh(r.unit), lambda r: r.unit),
        Column("currency", Text("币种", "currency"), lambda r: r.currency or "—", lambda r: r.currency),
        Column("period", Text("期间", "period"), lambda r: words.period(amounts.figure(r)) or "—"),
        Column(
            "source",
            Text("出处与凭证", "source and voucher"),
            lambda r: words.zh(r.voucher or r.source),
            lambda r: r.voucher or r.source,
        ),
    ),
    filters=(
        Filter(
            "measure",
            Text("口径", "measure"),
            lambda rows, code: rows.filter(measure=code),
            lambda: words.options(MEASURES),
        ),
        Filter(
            "standing",
            Text("依据", "standing"),
            lambda rows, code: rows.filter(standing=code),
            lambda: [(each.value, say(name)) for each, name in STANDINGS.items()],
        ),
        Filter("unit", Text("单位", "unit"), lambda rows, text: rows.filter(unit=text)),
        Filter("as_of", Text("截至", "as of"), lambda rows, text: rows.filter(as_of=text)),
        Filter("in_year", Text("年度", "year"), lambda rows, text: rows.filter(in_year=text)),
        Filter("cumulative", Text("累计至", "cumulated to"), lambda rows, text: rows.filter(cumulative=text)),
    ),
    empty=Text("还没有金额。", "There is no amount yet."),
    order="measure",
)


@page("projects.view")
def listed_amounts(request: Request) -> HttpResponse:
    """Each amount on its axes; nothing is added here."""
    rows = AmountRecord.objects.filter(
        archived=None, project__in=projects.visible(request.user).order_by().values("pk")
    ).select_related("project")
    return AMOUNTS.answer(request, rows)


@page("projects.view")
def totals(request: Request) -> HttpResponse:
    """One sum for each measure, standing, period and currency; each opens the amounts that it adds."""
    rows = []
    for key, figure, number in amounts.totals(projects.visible(request.user)):
        axes = {
            name: getattr(key, name)
            for name in ("measure", "standing", "unit", "as_of", "in_year", "cumulative")
        }
        rows.append(
            {
                "measure": words.measure(key.measure),
                "standing": words.standing(key.standing),
                "period": words.period(figure) or "—",
                "currency": key.currency or "—",
                "figure": figure,
                "number": number,
                "query": urlencode({name: value for name, value in axes.items() if value}),
            }
        )
    return render(
        request, "office/projects/totals.html", {"title": pick("分口径合计", "Sums by kind"), "rows": rows}
    )


@page("projects.view")
def overdue(request: Request) -> HttpResponse:
    """What is overdue or without news, one list of four."""
    what = request.GET.get("what", "milestones")
    if what not in LISTS:
        return problems.not_found(request)
    found = pipeline.overdue(projects.visible(request.user), what, timezone.localdate())
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": say(LISTS[what]),
        "what": what,
        "lists": words.options(LISTS),
        "page": shown,
        "rows": [_late(what, each) for each in shown],
    }
    return render(request, "office/projects/overdue.html", context)


@page("projects.view")
def again(request: Request) -> HttpResponse:
    """Pairs that may be one project; who sees one of the two learns only that the other is there."""
    mine = set(projects.visible(request.user).order_by().values_list("pk", flat=True))
    every = pipeline.signed_again_among(ProjectRecord.objects.filter(archived=None))
    pairs = [
        {
            "suspicion": suspicion,
            "grounds": [say(words.GROUNDS[each]) for each in suspicion.grounds],
            "sides": [(each, words.link(each) if each.pk in mine else None) for each in (left, right)],
            "both": {left.pk, right.pk} <= mine,
        }
        for suspicion, left, right in every
        if {left.pk, right.pk} & mine
    ]
    context = {
        "title": pick("疑似重复签约", "Maybe signed again"),
        "page": Paginator(pairs, PER_PAGE).get_page(request.GET.get("page")),
        "judged": [
            each
            for each in NotSameProject.objects.filter(undone=None).select_related("left", "right")[:200]
            if {each.left_id, each.right_id} <= mine
        ],
        "may_change": policies.may(request.user, "projects.change"),
    }
    return render(request, "office/projects/again.html", context)


@page("projects.change", methods=("POST",))
def judge(request: Request) -> HttpResponse:
    """Say whether two projects are one."""
    seen = projects.visible(request.user)
    left = get_object_or_404(seen, pk=given.number(request, "left"))
    right = get_object_or_404(seen, pk=given.number(request, "right"))
    same, reason = request.POST.get("verdict") == "same", given.text(request, "reason")
    return given.tried(
        request,
        reverse("projects:again"),
        lambda: pipeline.judge_pair(left, right, same=same, reason=reason),
    )


@page("projects.change", methods=("POST",))
def undo_judgement(request: Request, pk: int) -> HttpResponse:
    """Take a judgement back."""
    seen = projects.visible(request.user).values("pk")
    found = get_object_or_404(NotSameProject, pk=pk, left__in=seen, right__in=seen)
    pipeline.undo_judgement(found)
    return redirect("projects:again")


@page("cockpit.view")
def notices(request: Request) -> HttpResponse:
    """What one is told, the newest first."""
    found = Notice.objects.filter(account=request.user)
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": pick("通知", "Notices"),
        "page": shown,
        "notices": [words.notice(each) for each in shown],
        "tasks": pipeline.mine(request.user),
    }
    return render(request, "office/projects/notices.html", context)


@page("cockpit.view", methods=("POST",))
def read(request: Request) -> HttpResponse:
    """All notices count as read."""
    timeline.read_all(request.user)
    return redirect("projects:notices")


@page("projects.view")
def screen(request: Request) -> HttpResponse:
    """The pipeline for a large screen: the cockpit's numbers, big, each a link."""
    found = cockpit.pipeline_of(request.user)
    context = {"title": pick("项目大屏", "Projects on a large screen"), **found, **shown(found)}
    return render(request, "office/projects/screen.html", context)


def shown(found: Mapping[str, Any]) -> dict[str, Any]:
    """The pipeline of the cockpit with its words."""
    heads = {"created": Text("新增项目", "begun"), "signed": Text("正式签约", "signed (contract)")}
    heads |= {each.value: STAGE_NAMES[each] for each in pipeline.PASSED}
    now, before = found["months"]
    return {
        "stage_heads": [say(STAGE_NAMES[each]) for each in STAGES],
        "cohorts": [
            {
                "year": row.year,
                "cells": [(each.value, row.reached[each]) for each in STAGES],
                "withdrawn": row.withdrawn,
            }
            for row in found["funnel"]
        ],
        "compared": [
            {
                "name": say(name),
                "months": [(counts[key], _query(key, month)) for month, counts in (now, before)],
            }
            for key, name in heads.items()
        ],
        "late": [(say(name), key, found["attention"][key]) for key, name in LISTS.items()],
        "from_places": [(code, words.place(code), number) for code, number in found["origins"] if code],
    }


def _query(key: str, month: str) -> str:
    """The filter of the table that lists what a month's number counts."""
    names = {"created": "begun", "signed": "signed"}
    return urlencode({names[key]: month} if key in names else {"passed": f"{key}:{month}"})


def _late(what: str, row: object) -> dict[str, object]:
    """A row of a list of what is overdue: its project, what, by when, who."""

    match row:
        case MilestoneRecord():
            return {
                "project": words.link(row.project),
                "what": say(STEP_NAMES[Step(row.step)]),
                "day": row.due,
                "who": "",
            }
        case PromiseRecord():
            return {
                "project": words.link(row.project),
                "what": words.zh(row.what),
                "day": row.due,
                "who": row.office,
            }
        case Task():
            return {
                "project": words.link(row.project),
                "what": words.zh(row.text),
                "day": row.due,
                "who": row.owner or row.office,
            }
        case ProjectRecord():
            return {
                "project": words.link(row),
                "what": words.stage(row.stage),
                "day": row.moved,
                "who": row.officer,
            }
    raise InputError(Text("没有这个清单。", "There is no such list."), field=what)
