"""First report, first talk: filing a firm, contacts that keep it, disputes and their rulings."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from liandong.errors import InputError, Text
from liandong.office.leads import views
from liandong.office.shell import given
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import pick
from liandong.workspace import filings, policies
from liandong.workspace.models import FilingRecord

PER_PAGE = 50


@page("leads.change", methods=("POST",))
def file(request: Request, pk: int) -> HttpResponse:
    """File the firm of a lead for one's unit; with a claim where another unit follows it."""
    found = views.of(request, pk)
    evidence, claim = given.text(request, "evidence"), given.text(request, "claim")
    return given.tried(
        request, views.address(pk), lambda: filings.file(request.user, found, evidence, dispute=claim)
    )


@page("leads.view")
def filings_list(request: Request) -> HttpResponse:
    """The filings of one's unit, with the day on which each lapses."""
    found = filings.visible(request.user).prefetch_related("contacts")
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    rows = [{"filing": each, "until": filings.expiry(each)} for each in shown]
    context = {
        "title": pick("首报首谈", "First report, first talk"),
        "tab": "filings",
        "page": shown,
        "rows": [{**each, "holds": each["until"] >= today} for each in rows],
        "terms": filings.TERMS,
        "may_change": policies.may(request.user, "leads.change"),
    }
    return render(request, "office/leads/filings.html", context)


@page("leads.change", methods=("POST",))
def contact(request: Request, pk: int) -> HttpResponse:
    """A talk or a visit."""
    found = get_object_or_404(filings.visible(request.user), pk=pk)

    def keep() -> None:
        on = given.day(request, "on") or timezone.localdate()
        filings.contact(found, given.text(request, "what"), on)

    return given.tried(request, reverse("leads:filings"), keep)


@page("leads.change", methods=("POST",))
def release(request: Request, pk: int) -> HttpResponse:
    """Give the firm free."""
    found = get_object_or_404(filings.visible(request.user), pk=pk)
    version = given.number(request, "version")
    return given.tried(request, reverse("leads:filings"), lambda: filings.release(found, version))


@page("leads.view")
def disputes(request: Request) -> HttpResponse:
    """Disputes of one's unit: each side reads its own evidence, and of the other who and since when."""
    mine = set(filings.visible(request.user).values_list("pk", flat=True))
    shown = Paginator(filings.disputes(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": pick("报备争议", "Disputes over firms"),
        "tab": "disputes",
        "page": shown,
        "rows": [
            {
                "dispute": each,
                "sides": [(side, side.pk in mine) for side in (each.earlier, each.later)],
                "may_reply": each.earlier.unit == request.user.unit and each.ruling_id is None,
            }
            for each in shown
        ],
        "may_rule": policies.may(request.user, "leads.rule"),
        "may_change": policies.may(request.user, "leads.change"),
    }
    return render(request, "office/leads/disputes.html", context)


@page("leads.change", methods=("POST",))
def reply(request: Request, pk: int) -> HttpResponse:
    """The first unit's side."""
    found = get_object_or_404(filings.disputes(request.user), pk=pk)
    version, text = given.number(request, "version"), given.text(request, "answer")

    def keep() -> None:
        if found.earlier.unit != request.user.unit or found.ruling_id is not None:
            raise InputError(Text("只有先报备的单位可以答复。", "Only the unit that filed first replies."))
        filings.reply(found, version, text)

    return given.tried(request, reverse("leads:disputes"), keep)


@page("leads.rule", methods=("POST",))
def rule(request: Request, pk: int) -> HttpResponse:
    """Decide who follows."""
    found = get_object_or_404(filings.disputes(request.user), pk=pk)

    def keep() -> None:
        holder = FilingRecord.objects.filter(pk=given.number(request, "holder")).first()
        if holder is None:
            raise InputError(Text("请选择两项报备之一。", "Choose one of the two filings."), field="holder")
        filings.rule(found, given.number(request, "version"), holder, given.text(request, "reason"))

    return given.tried(request, reverse("leads:disputes"), keep)
