"""The lead desk: what came in, what is to be done by when, and what becomes of it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from liandong.errors import InputError, Text
from liandong.office.projects import words
from liandong.office.shell import given
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import language, moment, pick, say
from liandong.office.shell.listing import Column, Filter, Listing
from liandong.projects import TYPE_NAMES
from liandong.workspace import filings, leads, policies, projects, targets, timeline
from liandong.workspace.models import LeadClock, LeadRecord

STATUSES = {
    "open": Text("办理中", "open"),
    "project": Text("已立项", "became a project"),
    "not_followed": Text("不跟进", "not followed"),
}


def _name(lead: LeadRecord) -> SafeString:
    tag = format_html(' <span class="tag">{}</span>', pick("合成示例", "synthetic")) if lead.synthetic else ""
    return format_html(
        '<a href="{}" lang="zh">{}</a>{}', reverse("leads:lead", args=[lead.pk]), lead.party, tag
    )


def _next(lead: LeadRecord) -> SafeString | str:
    """The clock that runs out first."""
    waiting = [each for each in lead.clocks.all() if each.met is None]
    if not waiting or lead.status != LeadRecord.Status.OPEN:
        return "—"
    first = min(waiting, key=lambda each: each.due)
    css = "overdue" if first.due < timezone.now() else ""
    return format_html('{} <span class="{}">{}</span>', _clock(first.name), css, moment(first.due))


def _clock(name: str) -> str:
    return say(words.CLOCKS[name]) if name in words.CLOCKS else name


LEADS = Listing(
    "leads.leads",
    Text("线索", "Leads"),
    columns=(
        Column("party", Text("企业", "firm"), _name, lambda r: r.party, sort="party"),
        Column(
            "channel",
            Text("渠道", "channel"),
            lambda r: say(leads.CHANNELS[r.channel]) if r.channel in leads.CHANNELS else r.channel,
            sort="channel",
            tight=True,
        ),
        Column("referrer", Text("推荐人", "referrer"), lambda r: words.zh(r.referrer), lambda r: r.referrer),
        Column(
            "chain", Text("产业链", "chain"), lambda r: words.zh(r.chain), lambda r: r.chain, sort="chain"
        ),
        Column("unit", Text("单位", "unit"), lambda r: words.zh(r.unit), lambda r: r.unit, sort="unit"),
        Column(
            "officer",
            Text("负责人", "officer"),
            lambda r: words.zh(r.officer),
            lambda r: str(r.officer or ""),
        ),
        Column(
            "status", Text("状态", "status"), lambda r: say(STATUSES[r.status]), sort="status", tight=True
        ),
        Column("clock", Text("待办时限", "next clock"), _next),
        Column(
            "received",
            Text("收到", "received"),
            lambda r: moment(r.received),
            lambda r: r.received,
            sort="received",
            tight=True,
        ),
        Column(
            "synthetic",
            Text("合成示例", "synthetic"),
            lambda r: pick("是", "yes") if r.synthetic else "",
        ),
    ),
    filters=(
        Filter("q", Text("企业", "firm"), lambda rows, text: rows.filter(party__contains=text)),
        Filter(
            "status",
            Text("状态", "status"),
            lambda rows, code: rows.filter(status=code),
            lambda: words.options(STATUSES),
        ),
        Filter(
            "channel",
            Text("渠道", "channel"),
            lambda rows, code: rows.filter(channel=code),
            lambda: words.options(leads.CHANNELS),
        ),
        Filter(
            "late",
            Text("超时", "overdue"),
            lambda rows, _: rows.filter(
                status="open",
                pk__in=LeadClock.objects.filter(met=None, due__lt=timezone.now()).values("lead"),
            ),
            lambda: [("yes", pick("已超时", "overdue"))],
        ),
    ),
    empty=Text(
        "还没有线索。从靶向名单生成,或登记一条。",
        "There is no lead yet. Make one from a target list, or note one.",
    ),
    order="-received",
    template="office/leads/index.html",
)


@page("leads.view")
def index(request: Request) -> HttpResponse:
    """Leads of one's unit."""
    rows = leads.visible(request.user).select_related("officer").prefetch_related("clocks")
    return LEADS.answer(request, rows, tab="leads", may_change=policies.may(request.user, "leads.change"))


@page("leads.change", methods=("GET", "POST"))
def new(request: Request) -> HttpResponse:
    """Note a lead that came in."""
    problem = ""
    if request.method == "POST":
        names = ("party", "channel", "firm_id", "uscc", "group", "referrer", "chain", "node", "what")
        most = {"firm_id": 64, "uscc": 18, "group": 120, "party": 200}
        texts: Any = {name: given.text(request, name, most.get(name, 2000)) for name in names}
        draft = leads.Draft(**texts)
        try:
            return redirect("leads:lead", leads.make(request.user, draft).pk)
        except InputError as error:
            problem = error.problem(language())
    context = {
        "title": pick("登记线索", "Note a lead"),
        "channels": words.options(leads.CHANNELS),
        "problem": problem,
        "given": request.POST,
    }
    return render(request, "office/leads/new.html", context, status=400 if problem else 200)


@page("leads.change", methods=("POST",))
def from_target(request: Request, chain: str, firm_id: str) -> HttpResponse:
    """Make a lead of a firm on a target list."""
    decision = targets.decisions(chain).get(firm_id)
    if decision is not None and not targets.visible(request.user, decision):
        raise Http404
    open_ = leads.visible(request.user).filter(firm_id=firm_id, chain=chain, status="open").first()
    if open_ is not None:
        return redirect("leads:lead", open_.pk)
    draft = leads.Draft(
        decision.firm.name if decision else firm_id,
        "target",
        firm_id=firm_id,
        chain=chain,
        node=decision.node if decision else "",
        officer=decision.officer if decision else None,
    )
    return redirect("leads:lead", leads.make(request.user, draft).pk)


@page("leads.view")
def lead(request: Request, pk: int) -> HttpResponse:
    """One lead: its clocks, whether somebody else follows, its timeline, what can be done."""
    found = of(request, pk)
    now = timezone.now()
    unit = found.unit or request.user.unit
    mine = filings.visible(request.user).filter(lead=found)
    context: dict[str, Any] = {
        "title": found.party,
        "lead": found,
        "status": say(STATUSES[found.status]),
        "channel": say(leads.CHANNELS[found.channel]) if found.channel in leads.CHANNELS else found.channel,
        "origin": words.place(found.origin),
        "clocks": [
            {"clock": each, "name": _clock(each.name), "late": each.met is None and each.due < now}
            for each in found.clocks.all()
        ],
        "followed": filings.known(found, unit) if found.status == "open" else None,
        "filings": [{"filing": each, "until": filings.expiry(each)} for each in mine],
        "timeline": words.timeline(found.activities.all()[:50]),
        "notes": words.options(timeline.NOTES),
        "projects": list(found.projects.all()),
        "types": words.options(TYPE_NAMES),
        "may_change": policies.may(request.user, "leads.change"),
        "may_project": policies.may(request.user, "projects.change"),
    }
    return render(request, "office/leads/lead.html", context)


@page("leads.change", methods=("POST",))
def clock(request: Request, pk: int) -> HttpResponse:
    """A clock is met."""
    found = of(request, pk)
    name, text = given.text(request, "clock", 12), given.text(request, "text")
    return given.tried(request, address(pk), lambda: leads.meet(found, name, text))


@page("leads.change", methods=("POST",))
def drop(request: Request, pk: int) -> HttpResponse:
    """It is not followed."""
    found, version = of(request, pk), given.number(request, "version")
    reason, answer = given.text(request, "reason"), given.text(request, "answer")
    return given.tried(request, address(pk), lambda: leads.drop(found, version, reason, answer))


@page("leads.change", methods=("POST",))
def note(request: Request, pk: int) -> HttpResponse:
    """A quick note."""
    found = of(request, pk)

    def keep() -> None:
        kind, text = given.text(request, "kind"), given.text(request, "text")
        timeline.note(kind, text, lead=found, on=given.day(request, "on"))

    return given.tried(request, address(pk), keep)


@page("projects.change", methods=("POST",))
def to_project(request: Request, pk: int) -> HttpResponse:
    """A lead becomes a project."""
    found = of(request, pk)
    if found.status != LeadRecord.Status.OPEN:
        raise InputError(Text("这条线索已经办结。", "This lead is closed."), field="status")
    draft = projects.Draft(
        given.text(request, "name", 200),
        given.text(request, "kind"),
        lead=found,
        columns={"industries": given.words(request, "industries")},
    )
    return redirect("projects:project", projects.make(request.user, draft).pk)


def of(request: Request, pk: int) -> LeadRecord:
    """The lead that is asked for; 404 if there is none that this person may see."""
    records = leads.visible(request.user).select_related("officer").prefetch_related("clocks")
    found: LeadRecord | None = records.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def address(pk: int) -> str:
    """Where a lead's page is."""
    return reverse("leads:lead", args=[pk])
