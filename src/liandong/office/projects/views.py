"""The table of projects, the board over the same data, and a new project."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from liandong.errors import InputError, Text
from liandong.office.projects import shared, words
from liandong.office.shell import given
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import day, language, pick, say
from liandong.office.shell.listing import Column, Filter, Listing
from liandong.projects import STAGE_NAMES, STAGES, STATUS_NAMES, TYPE_NAMES
from liandong.workspace import amounts, current, pipeline, policies, projects, targets
from liandong.workspace.models import Account, ProjectRecord, StagePassage


def _foremost(record: ProjectRecord) -> SafeString | str:
    return words.amount(amounts.foremost(list(record.amounts.all())))


def _amount_text(record: ProjectRecord) -> str:
    """As text with all that it depends on: a spreadsheet cannot add it to another kind."""
    found = amounts.foremost(list(record.amounts.all()))
    if found is None:
        return ""
    figure = amounts.figure(found)
    value = "—" if figure.value is None else f"{figure.value:,f}{figure.unit}"
    parts = (words.measure(found.measure), value, words.standing(found.standing), words.period(figure))
    return " · ".join(part for part in parts if part)


def _due(record: ProjectRecord) -> SafeString | str:
    if record.next_due is None:
        return "—"
    late = record.next_due < timezone.localdate()
    return format_html('<span class="{}">{}</span>', "overdue" if late else "", day(record.next_due))


def _stage_filter(rows: Any, code: str) -> Any:
    return rows.filter(stage=code)


def _reached(rows: Any, code: str) -> Any:
    if code == "signed":
        return rows.filter(signed__isnull=False)
    places = [each.value for each in STAGES]
    return rows.filter(stage__in=places[places.index(code) :]) if code in places else rows.none()


def _year(rows: Any, text: str) -> Any:
    return rows.filter(created__year=int(text)) if text.isdecimal() and len(text) == 4 else rows.none()


def _month(column: str) -> Any:
    """Rows whose day falls in a month, written 2026-11."""

    def apply(rows: Any, text: str) -> Any:
        year, _, month = text.partition("-")
        if not (year.isdecimal() and month.isdecimal() and len(year) == 4 and len(month) == 2):
            return rows.none()
        return rows.filter(**{f"{column}__year": int(year), f"{column}__month": int(month)})

    return apply


def _passed(rows: Any, text: str) -> Any:
    """Projects that passed to a stage in a month, written started:2026-11."""
    stage, _, month = text.partition(":")
    passages = _month("on")(StagePassage.objects.filter(stage=stage), month)
    return rows.filter(pk__in=passages.order_by().values("project"))


def chains() -> list[tuple[str, str]]:
    """Names of the chains of the plan, as choices."""
    plan = current.plan()
    return [(each.name, each.name) for each in plan.chains] if plan else []


PROJECTS = Listing(
    "projects.projects",
    Text("项目", "Projects"),
    columns=(
        Column("name", Text("项目", "project"), words.link, lambda r: r.name, sort="name"),
        Column(
            "party", Text("投资方", "investor"), lambda r: words.zh(r.party), lambda r: r.party, sort="party"
        ),
        Column("stage", Text("阶段", "stage"), lambda r: words.stage(r.stage), sort="stage", tight=True),
        Column("status", Text("状态", "status"), lambda r: words.status(r.status), sort="status", tight=True),
        Column(
            "chain", Text("产业链", "chain"), lambda r: words.zh(r.chain), lambda r: r.chain, sort="chain"
        ),
        Column("amount", Text("金额(口径·依据)", "amount (measure, standing)"), _foremost, _amount_text),
        Column("unit", Text("单位", "unit"), lambda r: words.zh(r.unit), lambda r: r.unit, sort="unit"),
        Column(
            "officer",
            Text("负责人", "officer"),
            lambda r: words.zh(r.officer),
            lambda r: str(r.officer or ""),
        ),
        Column("due", Text("最近期限", "next due"), _due, lambda r: r.next_due, sort="next_due", tight=True),
        Column(
            "moved",
            Text("最近动态", "last news"),
            lambda r: day(r.moved),
            lambda r: r.moved,
            sort="moved",
            tight=True,
        ),
        Column(
            "synthetic",
            Text("合成示例", "synthetic"),
            lambda r: pick("是", "yes") if r.synthetic else "",
            lambda r: pick("合成示例", "synthetic example") if r.synthetic else "",
        ),
    ),
    filters=(
        Filter(
            "q",
            Text("项目或企业", "project or firm"),
            lambda rows, text: rows.filter(name__contains=text) | rows.filter(party__contains=text),
        ),
        Filter("stage", Text("阶段", "stage"), _stage_filter, lambda: words.options(STAGE_NAMES)),
        Filter("reached", Text("已到达", "came as far as"), _reached, lambda: words.options(STAGE_NAMES)),
        Filter(
            "status",
            Text("状态", "status"),
            lambda rows, code: rows.filter(status=code),
            lambda: words.options(STATUS_NAMES),
        ),
        Filter(
            "chain", Text("产业链", "chain"), lambda rows, name: rows.filter(chain=name), chains, source=True
        ),
        Filter("begun", Text("开始月份", "began in the month"), _month("created")),
        Filter("signed", Text("签约月份", "signed in the month"), _month("signed")),
        Filter("passed", Text("开工或投产月份", "started or produced in the month"), _passed),
        Filter("year", Text("开始年份", "began in the year"), _year),
        Filter(
            "origin",
            Text("来源省份代码", "code of origin"),
            lambda rows, code: rows.filter(origin__startswith=code.rstrip("0")[:6] or "x"),
        ),
    ),
    empty=Text("还没有项目。从线索开始。", "There is no project yet. Begin with a lead."),
    order="-moved",
    template="office/projects/index.html",
)


@page("projects.view")
def index(request: Request) -> HttpResponse:
    """Projects as a table."""
    rows = pipeline.with_amounts(projects.visible(request.user))
    return PROJECTS.answer(request, rows, tab="table", **_tabs(request))


@page("projects.view")
def board(request: Request) -> HttpResponse:
    """Projects as a board: stages as columns, what is due first on top; the filters of the table hold."""
    rows = projects.visible(request.user)
    for each in PROJECTS.filters:
        chosen = request.GET.get(each.name, "").strip()
        if chosen and each.name not in ("stage", "status"):
            rows = each.apply(rows, chosen)
    columns = [
        {
            "stage": each.stage,
            "name": say(STAGE_NAMES[each.stage]),
            "count": each.count,
            "next": next_stage,
            "next_name": say(STAGE_NAMES[next_stage]) if next_stage else "",
            "cards": [
                {
                    "record": record,
                    "link": words.link(record),
                    "amount": _foremost(record),
                    "days": (timezone.localdate() - record.since).days,
                    "due": _due(record),
                }
                for record in each.cards
            ],
        }
        for each, next_stage in zip(pipeline.board(rows), (*STAGES[1:], None), strict=True)
    ]
    context = {"title": pick("项目看板", "Board of projects"), "tab": "board", "columns": columns}
    chain = request.GET.get("chain", "")
    return render(
        request,
        "office/projects/board.html",
        {**context, "chain": chain, "chains": [name for name, _ in chains()], **_tabs(request)},
    )


@page("projects.change", methods=("GET", "POST"))
def new(request: Request) -> HttpResponse:
    """A project that comes without a lead."""
    problem = ""
    if request.method == "POST":
        draft = projects.Draft(
            given.text(request, "name", 200),
            given.text(request, "kind"),
            given.text(request, "party", 200),
            columns={
                "chain": given.text(request, "chain", 80),
                "industries": given.words(request, "industries"),
                "products": given.words(request, "products"),
            },
        )
        try:
            made = projects.make(request.user, draft)
        except InputError as error:
            problem = error.problem(language())
        else:
            return redirect(shared.address(made.pk))
    context = {
        "title": pick("新建项目", "New project"),
        "types": words.options(TYPE_NAMES),
        "chains": [name for name, _ in chains()],
        "problem": problem,
        "given": request.POST,
    }
    return render(request, "office/projects/new.html", context, status=400 if problem else 200)


def officers() -> list[Account]:
    """Who can be given a project."""
    return targets.officers()


def _tabs(request: Request) -> dict[str, Any]:
    return {
        "may_change": policies.may(request.user, "projects.change"),
        "may_import": policies.may(request.user, "projects.import"),
    }
