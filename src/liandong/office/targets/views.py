"""Pages of targets: a chain's ranked list, one target's reasons, weights to try, one's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from liandong.errors import InputError, Text
from liandong.office.shell import problems
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import day, language, pick, say
from liandong.office.shell.listing import Column, Filter, Listing
from liandong.office.targets.words import STATUSES, contribution, reasons
from liandong.targets import Target, load_weights
from liandong.workspace import cockpit, current, policies, targets
from liandong.workspace.models import Account, TargetDecision

HUES = 16
"""Colours of contributions in office.css (.s0 …)."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list. hidden: a unit that is not the reader's courts the firm."""

    rank: int
    target: Target
    decision: TargetDecision | None
    hidden: bool

    @property
    def status(self) -> str:
        """What was decided, for the filter."""
        return self.decision.status if self.decision else "open"


def _bar(line: Line) -> SafeString:
    """The score as a stacked bar of its contributions."""
    parts, at = [], 0.0
    for index, item in enumerate(line.target.contributions):
        width = float(item.points)
        if width > 0:
            parts.append(
                (f"s{index % HUES}", f"{at:.1f}", f"{width:.1f}", contribution(item.name), item.points)
            )
        at += max(width, 0)
    rects = format_html_join(
        "", '<rect class="{}" x="{}" y="0" width="{}" height="10"><title>{} {}</title></rect>', parts
    )
    return format_html(
        '<svg class="stack" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">{}</svg> {}',
        rects,
        line.target.score,
    )


def _firm(line: Line) -> SafeString:
    target = line.target
    return format_html(
        '<a href="{}" data-drawer lang="zh">{}</a>',
        reverse("targets:target", args=[target.chain, target.firm.firm_id]),
        target.firm.name,
    )


def _state(line: Line) -> SafeString:
    if line.hidden and line.decision:
        return format_html(
            '<span lang="zh">{}</span> {}', line.decision.unit, pick("已在对接", "is courting it")
        )
    if line.decision is None:
        return format_html('<span class="note">{}</span>', say(STATUSES["open"]))
    who = line.decision.officer
    return format_html(
        '{} <span lang="zh">{}</span>', say(STATUSES[line.decision.status]), who or line.decision.reason
    )


def _source(text: object) -> SafeString:
    return format_html('<span lang="zh">{}</span>', text or "—")


TARGETS = Listing(
    "targets.targets",
    Text("靶向企业", "Targets"),
    columns=(
        Column("rank", Text("序", "no."), lambda each: str(each.rank), lambda each: each.rank, numeric=True),
        Column("firm", Text("企业", "firm"), _firm, lambda each: each.target.firm.name),
        Column(
            "place",
            Text("所在地", "place"),
            lambda each: _source(each.target.firm.place),
            lambda each: each.target.firm.place,
        ),
        Column(
            "node",
            Text("环节", "node"),
            lambda each: _source(each.target.node),
            lambda each: each.target.node,
        ),
        Column("score", Text("得分", "score"), _bar, lambda each: each.target.score, numeric=True),
        Column("why", Text("理由", "why"), lambda each: reasons(each.target)),
        Column("state", Text("状态", "status"), _state, lambda each: say(STATUSES[each.status]), tight=True),
    ),
    filters=(
        Filter(
            "status",
            Text("状态", "status"),
            lambda rows, value: [each for each in rows if each.status == value],
            lambda: [(key, say(words)) for key, words in STATUSES.items()],
        ),
    ),
    empty=Text("来源地里没有合适的企业。换一个来源地或环节。", "No firm fits. Try another region or node."),
    template="office/targets/chain.html",
)


@page("targets.view")
def index(request: Request) -> HttpResponse:
    """All chains, to choose one."""
    plan = current.plan()
    decided: dict[str, int] = {}
    for each in TargetDecision.objects.filter(status="assigned").values_list("chain", flat=True):
        decided[each] = decided.get(each, 0) + 1
    context = {
        "title": pick("靶向", "Targets"),
        "chains": [(each, decided.get(each.name, 0)) for each in (plan.chains if plan else ())],
        "regions": plan.regions if plan else (),
        "snapshot": current.snapshot_id(),
    }
    return render(request, "office/targets/index.html", context)


@page("targets.view")
def mine(request: Request) -> HttpResponse:
    """Firms that one is to court."""
    context = {"title": pick("我的对接", "Mine to court"), "tasks": cockpit.tasks(request.user)}
    return render(request, "office/targets/mine.html", context)


@page("targets.view")
def chain(request: Request, chain: str) -> HttpResponse:
    """A chain's ranked list with what was decided."""
    plan = current.plan()
    if plan is None or chain not in [each.name for each in plan.chains]:
        return problems.not_found(request)
    node, source = request.GET.get("node") or None, request.GET.get("from") or None
    problem, rows = "", []
    try:
        found = targets.soon(chain, node=node, source=source)
        if found is None:
            return _waiting(request, chain)
        rows = lines(request.user, chain, found)
    except InputError as error:
        problem = error.text(language())
    return TARGETS.answer(
        request,
        rows,
        title=chain,
        chain=plan.chain(chain),
        node=node or "",
        source=source or "",
        regions=plan.regions,
        problem=problem,
        legend=[(f"s{index % HUES}", contribution(name)) for index, name in enumerate(load_weights())],
    )


def _waiting(request: Request, chain: str) -> HttpResponse:
    """The list is being computed: the page asks again by itself."""
    return render(
        request, "office/targets/waiting.html", {"title": chain, "address": request.get_full_path()}
    )


def lines(person: Account, chain: str, found: list[Target]) -> list[Line]:
    """A ranked list with its decisions, as somebody may see them."""
    decided = targets.decisions(chain)
    rows = []
    for rank, target in enumerate(found, 1):
        decision = decided.get(target.firm.firm_id)
        hidden = decision is not None and not targets.visible(person, decision)
        rows.append(Line(rank, target, decision, hidden))
    return rows


@page("targets.view")
def target(request: Request, chain: str, firm_id: str) -> HttpResponse:
    """One target: every contribution with its figure, and what can be decided."""
    source = request.GET.get("from") or None
    found = targets.target_of(chain, firm_id, source)
    if found is None:
        return problems.not_found(request)
    decision = targets.decisions(chain).get(firm_id)
    open_ = decision is None or targets.visible(request.user, decision)
    context: dict[str, Any] = {
        "title": found.firm.name,
        "target": found,
        "chain": chain,
        "contributions": [(contribution(each.name), each) for each in found.contributions],
        "decision": decision if open_ else None,
        "elsewhere": None if open_ else decision,
        "status": say(STATUSES[decision.status]) if decision and open_ else "",
        "until": day(decision.until) if decision and open_ else "",
        "officers": targets.officers(),
        "may_change": open_ and policies.may(request.user, "targets.change"),
        "may_lead": open_ and policies.may(request.user, "leads.change"),
    }
    template = "office/targets/drawer.html" if request.htmx else "office/targets/target.html"
    return render(request, template, context)


@page("targets.view")
def weights(request: Request, chain: str) -> HttpResponse:
    """Try other weights: who would be where, and who moved."""
    plan = current.plan()
    if plan is None or chain not in [each.name for each in plan.chains]:
        return problems.not_found(request)
    shipped = load_weights()
    points, problem = {}, ""
    for name, weight in shipped.items():
        try:
            points[name] = float(request.GET.get(name, weight.points))
        except ValueError:
            problem = pick("权重应为数字。", "A weight is a number.")
    moved: list[targets.Move] = []
    try:
        if not problem:
            before = targets.soon(chain)
            tried = targets.soon(chain, points=points) if before is not None else None
            if before is None or tried is None:
                return _waiting(request, chain)
            moved = targets.moves(tried[:50], before)
    except InputError as error:
        problem = error.text(language())
    context = {
        "title": pick("试权重", "Try weights"),
        "chain": chain,
        "weights": [
            (name, contribution(name), f"{points.get(name, weight.points):g}", f"{weight.points:g}")
            for name, weight in shipped.items()
        ],
        "moves": [
            (each, (each.before - each.rank) if each.before else None, reasons(each.target)) for each in moved
        ],
        "problem": problem,
    }
    return render(request, "office/targets/weights.html", context)
