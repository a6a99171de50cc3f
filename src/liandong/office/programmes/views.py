"""Pages of programmes: what there is and whether it is in effect, matches, grants."""

from __future__ import annotations

import tempfile
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from liandong.errors import InputError, Text
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import day, language, pick, say
from liandong.office.shell.listing import Column, Filter, Listing
from liandong.programmes import Kind, Match, Outcome, Programme, Review, Standing, in_effect
from liandong.workspace import applying, current, policies, programming, projects
from liandong.workspace.models import ProgrammeApplication

KINDS = {
    Kind.TALENT: Text("人才计划", "talent plan"),
    Kind.FUND: Text("基金", "fund"),
    Kind.POLICY: Text("政策", "policy"),
}
STANDINGS = {
    Standing.IN_FORCE: Text("有效", "in force"),
    Standing.SUSPENDED: Text("暂停", "suspended"),
    Standing.UNDER_CLEAN_UP: Text("清理中", "under clean-up"),
    Standing.REPEALED: Text("废止", "repealed"),
    Standing.UNKNOWN: Text("未知", "unknown"),
}
REVIEWS = {
    Review.PASSED: Text("通过", "passed"),
    Review.PENDING: Text("未完成", "pending"),
    Review.FAILED: Text("未通过", "failed"),
    Review.UNKNOWN: Text("无记录", "no record"),
}
OUTCOMES = {
    Outcome.MET: (Text("符合", "qualifies"), "strong", "●"),
    Outcome.OPEN: (Text("待核实", "open"), "weak", "◔"),
    Outcome.FAILED: (Text("不符合", "does not qualify"), "missing", "○"),
}
STATUSES = {
    "prepared": Text("准备", "prepared"),
    "submitted": Text("已申报", "submitted"),
    "granted": Text("已兑现", "granted"),
    "refused": Text("未通过", "refused"),
}
MOST = 300


def source(text: object) -> SafeString:
    """Words of a source."""
    return format_html('<span lang="zh">{}</span>', text or "—")


def _effect(each: Programme) -> SafeString:
    found = [text(language()) for text in in_effect(each, timezone.localdate())]
    if not found:
        return format_html('<span class="status strong">● {}</span>', pick("实施中", "in effect"))
    return format_html('<span class="status missing">○ {}</span>', pick("、", ", ").join(found))


PROGRAMMES = Listing(
    "programmes.programmes",
    Text("政策项目", "Programmes"),
    columns=(
        Column(
            "name", Text("名称", "name"), lambda each: source(each.name), lambda each: each.name, sort="name"
        ),
        Column("kind", Text("类别", "kind"), lambda each: say(KINDS[each.kind])),
        Column("issuer", Text("发文机关", "issuer"), lambda each: source(each.issuer)),
        Column("number", Text("文号", "number"), lambda each: source(each.number)),
        Column(
            "valid",
            Text("有效期", "valid"),
            lambda each: f"{day(each.valid_from) or '—'} – {day(each.valid_to) or '—'}",
        ),
        Column("status", Text("状态", "status"), lambda each: say(STANDINGS[each.status])),
        Column(
            "review", Text("公平竞争审查", "fair-competition review"), lambda each: say(REVIEWS[each.review])
        ),
        Column("basis", Text("法律依据", "legal basis"), lambda each: source(each.legal_basis)),
        Column("effect", Text("能否承诺", "in effect"), _effect),
    ),
    filters=(
        Filter("q", Text("名称", "name"), lambda rows, text: [x for x in rows if text in x.name]),
        Filter(
            "kind",
            Text("类别", "kind"),
            lambda rows, value: [x for x in rows if x.kind.value == value],
            lambda: [(key.value, say(text)) for key, text in KINDS.items()],
        ),
    ),
    empty=Text("还没有政策项目。请导入政策表。", "No programmes yet. Load a file of them."),
    template="office/programmes/index.html",
)
APPLICATIONS = Listing(
    "programmes.applications",
    Text("政策申报", "Applications"),
    columns=(
        Column("programme", Text("政策", "programme"), lambda each: source(each.programme), sort="programme"),
        Column(
            "project", Text("项目", "project"), lambda each: source(each.project.name), sort="project__name",
        ),
        Column("status", Text("状态", "status"), lambda each: say(STATUSES[each.status]), sort="status"),
        Column(
            "promised", Text("承诺(元)", "promised (yuan)"), lambda each: _money(each.promised),
            lambda each: each.promised, sort="promised", numeric=True,
        ),
        Column(
            "granted", Text("兑现(元)", "granted (yuan)"), lambda each: _money(each.granted),
            lambda each: each.granted, sort="granted", numeric=True,
        ),
        Column("document", Text("依据", "document"), lambda each: source(each.document)),
        Column("decided", Text("办结", "decided"), lambda each: day(each.decided) or "—", sort="decided"),
    ),
    empty=Text("还没有申报。", "No applications yet."),
    template="office/programmes/applications.html",
)  # fmt: skip


@page("programmes.view")
def index(request: Request) -> HttpResponse:
    """All programmes, and whether each may be promised."""
    return PROGRAMMES.answer(request, list(programming.stored()), **tabs(request, "programmes"))


@page("programmes.change", methods=("POST",))
def load(request: Request) -> HttpResponse:
    """Put the programmes of a file in place of the present ones."""
    sent = request.FILES.get("file")
    suffix = Path(sent.name or "").suffix.lower() if sent else ""
    if sent is None or suffix not in (".toml", ".xlsx"):
        raise InputError(Text("须为 .toml 或 .xlsx。", "It is to be a .toml or an .xlsx."), field="file")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"programmes{suffix}"
        path.write_bytes(sent.read())
        found = applying.load(path)
    messages.success(request, pick(f"已导入 {len(found)} 项。", f"{len(found)} programmes are loaded."))
    return redirect("programmes:index")


@page("programmes.view")
def match(request: Request) -> HttpResponse:
    """What a project or a firm qualifies for, condition by condition; apart, what may be told to it."""
    known, today = programming.stored(), timezone.localdate()
    firm, chosen = request.GET.get("firm", "").strip(), request.GET.get("project", "")
    found: list[Match] = []
    problem, about = "", ""
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 12:
        record = get_object_or_404(projects.visible(request.user), pk=int(chosen))
        found, about = applying.for_project(known, record, today), record.name
    elif firm:
        try:
            found = programming.matches(known, current.registry(), firm, today)
        except InputError as error:
            problem = error.text(language())
        about = found[0].subject.name if found else firm
    context = {
        "title": pick("政策匹配", "Who qualifies"),
        "about": about,
        "problem": problem,
        "pitch": [_told(each) for each in applying.pitch(found)],
        "others": [_told(each) for each in found if not each.counts],
        "choice": projects.visible(request.user)[:MOST],
        "firm": firm,
        **tabs(request, "match"),
    }
    return render(request, "office/programmes/match.html", context)


@page("programmes.view")
def applications(request: Request) -> HttpResponse:
    """Applications: promised beside granted."""
    seen = projects.visible(request.user)
    rows = ProgrammeApplication.objects.filter(project__in=seen.values("pk")).select_related("project")
    today = timezone.localdate()
    context = {
        "choice": seen[:MOST],
        "names": [each.name for each in programming.stored() if not list(in_effect(each, today))],
        "open": rows.filter(decided=None)[:MOST],
    }
    return APPLICATIONS.answer(request, rows, **context, **tabs(request, "applications"))


@page("programmes.change", methods=("POST",))
def apply(request: Request) -> HttpResponse:
    """Keep an application; what is not in effect is refused."""
    given = request.POST
    record = get_object_or_404(projects.visible(request.user), pk=_whole(given.get("project")))
    applying.apply(
        given.get("programme", ""),
        record,
        _amount(given.get("promised", "")),
        given.get("document", ""),
        timezone.localdate(),
    )
    return redirect("programmes:applications")


@page("programmes.change", methods=("POST",))
def decide(request: Request, pk: int) -> HttpResponse:
    """What was granted; nothing if it was refused."""
    seen = projects.visible(request.user)
    found = get_object_or_404(ProgrammeApplication, pk=pk, project__in=seen.values("pk"))
    given = request.POST
    applying.decide(
        found,
        _amount(given.get("granted", "")),
        given.get("document", ""),
        timezone.localdate(),
        version=_whole(given.get("version")),
    )
    return redirect("programmes:applications")


def tabs(request: Request, tab: str) -> dict[str, Any]:
    """What every page of programmes shows above its content."""
    return {"tab": tab, "may_change": policies.may(request.user, "programmes.change")}


def _told(each: Match) -> dict[str, Any]:
    words, css, sign = OUTCOMES[each.outcome]
    return {
        "name": each.programme.name,
        "outcome": format_html('<span class="status {}">{} {}</span>', css, sign, say(words)),
        "hindrances": [text(language()) for text in each.hindrances],
        "conditions": [
            (OUTCOMES[verdict.outcome][1:], source(verdict.text(language()))) for verdict in each.verdicts
        ],
    }


def _money(value: Decimal | None) -> str:
    return "—" if value is None else f"{value.normalize():,f}"


def _amount(text: str) -> Decimal | None:
    try:
        found = Decimal(text.replace(",", "")) if text.strip() else None
    except InvalidOperation:
        found = Decimal("NaN")
    if found is not None and not (found.is_finite() and abs(found) < 10**15):
        raise InputError(Text("请填写金额(元)。", "Give an amount in yuan."), field="amount")
    return found


def _whole(text: str | None) -> int:
    if not text or not text.isascii() or not text.isdigit() or len(text) > 12:
        raise InputError(Text("请选择。", "Choose one."), field="number")
    return int(text)
