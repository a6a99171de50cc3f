"""Pages of the audit log: read, verify, export; nothing here changes anything."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html

from liandong.errors import Text
from liandong.office.audit.words import action_words
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import moment, pick
from liandong.office.shell.listing import Column, Filter, Listing
from liandong.workspace import audit
from liandong.workspace.models import AuditEntry

ENTRIES = Listing(
    "audit.entries",
    Text("审计日志", "Audit log"),
    columns=(
        Column(
            "seq",
            Text("序号", "no."),
            lambda each: format_html(
                '<a href="{}">{}</a>', reverse("audit:entry", args=[each.seq]), each.seq
            ),
            lambda each: each.seq,
            sort="seq",
            numeric=True,
        ),
        Column("at", Text("时间", "when"), lambda each: moment(each.at), lambda each: each.at, sort="at"),
        Column("by", Text("何人", "who"), lambda each: format_html('<span lang="zh">{}</span>', each.by)),
        Column("address", Text("地址", "address"), lambda each: each.address),
        Column(
            "action",
            Text("动作", "action"),
            lambda each: action_words(each.action),
            lambda each: each.action,
            sort="action",
        ),
        Column(
            "subject",
            Text("对象", "about"),
            lambda each: format_html('<span lang="zh">{}</span>', each.subject),
            lambda each: each.subject,
        ),
    ),
    filters=(
        Filter("by", Text("何人", "who"), lambda rows, text: rows.filter(by=text)),
        Filter("action", Text("动作", "action"), lambda rows, text: rows.filter(action__startswith=text)),
        Filter("subject", Text("对象", "about"), lambda rows, text: rows.filter(subject__contains=text)),
    ),
    template="office/audit/list.html",
    order="-seq",
)


@page("audit.view")
def index(request: Request) -> HttpResponse:
    """The log, newest first."""
    return ENTRIES.answer(request, AuditEntry.objects.all())


@page("audit.view")
def entry(request: Request, seq: int) -> HttpResponse:
    """One entry with what was before and after."""
    found = get_object_or_404(AuditEntry, pk=seq)
    context = {
        "title": f"{found.seq} · {action_words(found.action)}",
        "entry": found,
        "details": json.dumps(found.details, ensure_ascii=False, indent=1, sort_keys=True),
    }
    return render(request, "office/audit/entry.html", context)


@page("audit.view", methods=("POST",))
def verify(request: Request) -> HttpResponse:
    """Read the whole chain again and say whether it is whole."""
    found = audit.verify()
    if found.intact:
        words = pick("日志完整,共 {n} 条。", "The log is whole: {n} entries.").format(n=found.entries)
        messages.success(request, words)
    else:
        words = pick("日志在第 {n} 条处被改动。", "The log was tampered with at entry {n}.").format(
            n=found.broken
        )
        messages.error(request, words)
    return redirect("audit:index")
