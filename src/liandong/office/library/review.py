"""Reviewing a page: its text on the left, its facts on the right, one key each."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from liandong.errors import InputError
from liandong.office.library.words import KINDS, MODALITIES, VERDICTS
from liandong.office.shell import problems
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import language, pick, say
from liandong.workspace import library, marking, policies, review
from liandong.workspace.models import FactRecord, PageRecord

LABELS = {
    "subject": ("主体", "subject"),
    "indicator": ("指标", "indicator"),
    "value_text": ("数值或内容", "value or object"),
    "period": ("时间", "period"),
    "region": ("地区", "region"),
    "modality": ("性质", "modality"),
}


@page("library.view")
def page_review(request: Request, sha256: str) -> HttpResponse:
    """The page as read with its facts beside it."""
    record = PageRecord.objects.filter(pk=sha256).first()
    if record is None:
        return problems.not_found(request)
    records = list(FactRecord.objects.filter(page=record).prefetch_related("reviews"))
    facts = library.facts_of(records)
    spans = {fact.id: marking.mark(fact) for fact in facts}
    ordered = sorted(records, key=lambda each: (spans[each.pk].start, spans[each.pk].end, each.pk))
    context = {
        "title": str(record),
        "record": record,
        "segments": marking.segments(library.as_page(record), facts),
        "facts": [fact_context(each) for each in ordered],
        "progress": review.progress(sha256),
        "may_change": policies.may(request.user, "library.change"),
        "chosen": request.GET.get("fact", ""),
    }
    return render(request, "office/library/review.html", context)


def fact_context(record: FactRecord) -> dict[str, Any]:
    """A fact as its row shows it."""
    said = list(record.reviews.all()) if record.reviewed else []
    return {
        "record": record,
        "kind": say(KINDS[record.kind]),
        "modality": say(MODALITIES[record.modality]),
        "verdict": say(VERDICTS[record.verdict or "open"]),
        "seen": review.stamp(record),
        "last": said[-1] if said else None,
    }


@page("library.change", methods=("POST",))
def judge(request: Request, fact: str) -> HttpResponse:
    """Accept, reject or reopen."""
    record = review.judge(
        fact,
        request.POST.get("verdict", ""),
        seen=request.POST.get("seen", ""),
        note=request.POST.get("note", "")[:500],
    )
    return _row(request, record)


@page("library.change", methods=("GET", "POST"))
def correct(request: Request, fact: str) -> HttpResponse:
    """Put right what was read wrongly; the gate has the last word."""
    record = FactRecord.objects.select_related("page").filter(pk=fact).first()
    if record is None:
        return problems.not_found(request)
    fault, given = "", {name: getattr(record, name) or "" for name in review.CORRECTABLE}
    seen = review.stamp(record)
    if request.method == "POST":
        given |= {name: request.POST[name] for name in review.CORRECTABLE if name in request.POST}
        seen = request.POST.get("seen", "")
        try:
            made = review.correct(fact, given, seen=seen, note=request.POST.get("note", "")[:500])
        except InputError as error:
            fault = error.text(language())
        else:
            return redirect(f"{reverse('library:page', args=[record.page_id])}?fact={made.id}")
    context = {
        "title": pick("更正事实", "Correct a fact"),
        "record": record,
        "fields": [(name, pick(*LABELS[name]), given[name]) for name in review.CORRECTABLE],
        "modalities": [(key, say(words)) for key, words in MODALITIES.items()],
        "fault": fault,
        "seen": seen,
    }
    return render(request, "office/library/correct.html", context, status=400 if fault else 200)


@page("library.change", methods=("GET", "POST"))
def merge(request: Request, fact: str) -> HttpResponse:
    """Choose the fact that says the same and stays."""
    record = FactRecord.objects.select_related("page").filter(pk=fact).first()
    if record is None:
        return problems.not_found(request)
    if request.method == "POST":
        review.merge(fact, request.POST.get("into", ""), seen=request.POST.get("seen", ""))
        return redirect(f"{reverse('library:page', args=[record.page_id])}?fact={fact}")
    others = (
        FactRecord.objects.filter(subject=record.subject, kind=record.kind)
        .exclude(pk=fact)
        .exclude(verdict__in=library.SET_ASIDE)
        .select_related("page")
        .defer("page__raw", "page__body")[:50]
    )
    context = {
        "title": pick("合并到另一条事实", "Merge into another fact"),
        "record": record,
        "others": others,
        "seen": review.stamp(record),
    }
    return render(request, "office/library/merge.html", context)


def _row(request: Request, record: FactRecord) -> HttpResponse:
    if not request.htmx:
        return redirect(f"{reverse('library:page', args=[record.page_id])}?fact={record.pk}")
    context = {
        "fact": fact_context(record),
        "progress": review.progress(record.page_id),
        "may_change": True,
        "swapped": True,
    }
    return render(request, "office/library/fact_row.html", context)
