"""What is kept for assessments: targets of a year, agreements on sharing, the scheme."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from liandong.assessment import credits, whole
from liandong.assessment.scheme import BATCHES
from liandong.errors import InputError, Text
from liandong.office.assessment.asking import BATCH_WORDS, KEYS, Asked
from liandong.office.assessment.views import tabs
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import language, pick, say
from liandong.workspace import assessing, projects
from liandong.workspace.models import AnnualTarget, SharingAgreement

CHOICE = 300


@page("assessment.view")
def targets(request: Request) -> HttpResponse:
    """The targets of a year, what was reached, and whether it keeps pace."""
    today = timezone.localdate()
    year = _whole(request.GET.get("year", str(today.year)))
    if not 2000 <= year <= 2100:
        raise InputError(Text("请填写年份。", "Give a year."), field="year")
    rows = []
    for each in assessing.progress(request.user, year, today):
        target = each.target
        period = Asked(
            date(year, 1, 1), min(max(today, date(year, 1, 1)), date(year, 12, 31)), today, target.key
        )
        rows.append(
            {
                "target": target,
                "key": say(KEYS[target.key]),
                "batch": say(BATCH_WORDS[target.batch]),
                "figure": each.found.figure(),
                "address": period.counted(target.batch, None, target.holder),
                "pace": each.pace,
            }
        )
    context = {
        "title": pick(f"{year} 年目标", f"Targets of {year}"),
        "year": year,
        "rows": rows,
        "keys": [(key, say(KEYS[key])) for key in AnnualTarget.Key.values],
        "batches": [(each, say(BATCH_WORDS[each])) for each in BATCHES],
        **tabs(request, "targets"),
    }
    return render(request, "office/assessment/targets.html", context)


@page("assessment.change", methods=("POST",))
def set_target(request: Request) -> HttpResponse:
    """Set a target."""
    given = request.POST
    made = assessing.set_target(
        _whole(given.get("year")),
        given.get("key", ""),
        given.get("holder", ""),
        given.get("batch", ""),
        _whole(given.get("value")),
    )
    return redirect(f"{reverse('assessment:targets')}?year={made.year}")


@page("assessment.view")
def sharing(request: Request) -> HttpResponse:
    """Who shares which project, what each party is credited, and what the level above counts."""
    today = timezone.localdate()
    seen = projects.visible(request.user)
    agreed = SharingAgreement.objects.filter(archived=None, project__in=seen.values("pk"))
    shared = {str(pk) for pk in agreed.values_list("project", flat=True)}
    rows = [each for each in assessing.entries(request.user) if each.id in shared]
    context = {
        "title": pick("利益共享", "Sharing"),
        "agreements": [
            (say(assessing.SHARED[each.of]), each) for each in agreed.select_related("project")[:500]
        ],
        "credits": list(credits(rows, today).items()),
        "whole": whole(rows, today),
        "choice": seen[:CHOICE],
        "kinds": [(key, say(text)) for key, text in assessing.SHARED.items()],
        **tabs(request, "sharing"),
    }
    return render(request, "office/assessment/sharing.html", context)


@page("assessment.change", methods=("POST",))
def share(request: Request) -> HttpResponse:
    """Keep a party's share of a project."""
    given = request.POST
    found = get_object_or_404(projects.visible(request.user), pk=_whole(given.get("project")))
    assessing.share(
        found,
        given.get("party", ""),
        given.get("of", ""),
        _percent(given.get("percent", "")),
        agreement=given.get("agreement", ""),
        formula=given.get("formula", ""),
        since=_day(given.get("since", "")),
        until=_day(given.get("until", "")),
    )
    return redirect("assessment:sharing")


@page("assessment.view")
def scheme(request: Request) -> HttpResponse:
    """The scheme in use, as the data that it is."""
    return _scheme(request, assessing.scheme_text(), "")


@page("assessment.change", methods=("POST",))
def change_scheme(request: Request) -> HttpResponse:
    """Put another scheme in use; a faulty one comes back with what is wrong."""
    text = request.POST.get("text", "")
    try:
        assessing.set_scheme(text, _whole(request.POST.get("version")))
    except InputError as error:
        return _scheme(request, text, error.text(language()))
    messages.success(request, pick("办法已启用。", "The scheme is in use."))
    return redirect("assessment:scheme")


def _scheme(request: Request, text: str, problem: str) -> HttpResponse:
    used, record = assessing.scheme()
    context = {
        "title": pick("考核办法", "Scheme"),
        "scheme": used,
        "text": text,
        "problem": problem,
        "version": record.version if record else 0,
        "record": record,
        **tabs(request, "scheme"),
    }
    return render(request, "office/assessment/scheme.html", context, status=400 if problem else 200)


def _whole(text: str | None) -> int:
    if not text or not text.isascii() or not text.isdigit() or len(text) > 12:
        raise InputError(Text("请填写数字。", "Give a number."), field="number")
    return int(text)


def _percent(text: str) -> Decimal:
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found) > 1000:
        raise InputError(Text("请填写百分比。", "Give a percentage."), field="percent")
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InputError(
            Text("日期应写成 2026-03-01。", "Write the date as 2026-03-01."), field="day"
        ) from None
