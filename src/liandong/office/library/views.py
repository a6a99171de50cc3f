"""Lists of the library: pages, facts, statements over time, conflicts side by side."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from liandong.errors import Text
from liandong.office.library.words import KINDS, MODALITIES, VERDICTS, source, value_link, verdict
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import moment, pick, say
from liandong.office.shell.listing import Column, Filter, Listing
from liandong.office.templatetags.office import stated
from liandong.workspace import library, library_search, policies, reading
from liandong.workspace import statements as said
from liandong.workspace.models import FactRecord, PageRecord


def _page_link(record: PageRecord) -> SafeString:
    return format_html(
        '<a href="{}" lang="zh">{}</a>', reverse("library:page", args=[record.sha256]), str(record)
    )


def _reviewed(record: Any) -> str:
    done = record.all_facts - record.open_facts
    return pick(f"{done} / {record.all_facts} 条", f"{done} of {record.all_facts}")


def _words(name: str, label: Text) -> Column:
    """A column of a source's words."""
    return Column(
        name, label, lambda each: source(getattr(each, name)), lambda each: getattr(each, name), sort=name
    )


PAGES = Listing(
    "library.pages",
    Text("资料", "Library"),
    columns=(
        Column("title", Text("标题", "title"), _page_link, lambda each: str(each), sort="title"),
        Column(
            "published",
            Text("发布", "published"),
            lambda each: (each.published or "—")[:10],
            sort="published",
        ),
        Column("source", Text("来源", "source"), lambda each: source(each.source), lambda each: each.source),
        Column("region", Text("地区", "region"), lambda each: source(each.region), lambda each: each.region),
        Column("reviewed", Text("已核对", "reviewed"), _reviewed, sort="open_facts", numeric=True),
        Column(
            "added",
            Text("添加", "added"),
            lambda each: moment(each.added),
            lambda each: each.added,
            sort="added",
        ),
        Column("by", Text("添加人", "by"), lambda each: source(each.by), lambda each: each.by),
    ),
    filters=(
        Filter(
            "q",
            Text("全文", "full text"),
            lambda rows, text: rows.filter(pk__in=library_search.pages(text).values("pk")),
        ),
        Filter(
            "state",
            Text("核对状态", "review"),
            lambda rows, value: (
                rows.filter(library.waiting()) if value == "open" else rows.exclude(library.waiting())
            ),
            lambda: [("open", say(VERDICTS["open"])), ("done", pick("核对完毕", "reviewed"))],
        ),
    ),
    empty=Text("资料库是空的。请先添加一份资料。", "The library is empty. Add a page first."),
    order="-added",
    template="office/library/index.html",
)


FACTS = Listing(
    "library.facts",
    Text("事实", "Facts"),
    columns=(
        Column("kind", Text("类别", "kind"), lambda each: say(KINDS[each.kind]), sort="kind", tight=True),
        _words("subject", Text("主体", "subject")),
        _words("indicator", Text("指标", "indicator")),
        Column(
            "value",
            Text("数值或内容", "value or object"),
            value_link,
            lambda each: each.value_text and stated(each),
        ),
        Column(
            "period",
            Text("时间", "period"),
            lambda each: each.period or "—",
            lambda each: each.period,
            sort="period",
            tight=True,
        ),
        Column("modality", Text("性质", "modality"), lambda each: say(MODALITIES[each.modality]), tight=True),
        Column("verdict", Text("核对", "review"), verdict, sort="verdict", tight=True),
        Column("page", Text("来源", "page"), lambda each: _page_link(each.page), lambda each: str(each.page)),
    ),
    filters=(
        Filter(
            "q",
            Text("主体、指标、原文", "subject, indicator, quote"),
            lambda rows, text: rows.filter(pk__in=library_search.facts(text).values("pk")),
        ),
        Filter(
            "kind",
            Text("类别", "kind"),
            lambda rows, value: rows.filter(kind=value),
            lambda: [(key, say(words)) for key, words in KINDS.items()],
        ),
        Filter(
            "verdict",
            Text("核对", "review"),
            lambda rows, value: rows.filter(verdict="" if value == "open" else value),
            lambda: [(key, say(words)) for key, words in VERDICTS.items()],
        ),
        Filter(
            "modality",
            Text("性质", "modality"),
            lambda rows, value: rows.filter(modality=value),
            lambda: [(key, say(words)) for key, words in MODALITIES.items()],
        ),
    ),
    empty=Text("还没有事实。请先添加一份资料。", "No facts yet. Add a page first."),
    template="office/library/facts.html",
)


@page("library.view")
def index(request: Request) -> HttpResponse:
    """The pages kept."""
    rows = library.with_counts(PageRecord.objects.defer("raw", "body", "credits"))
    return PAGES.answer(request, rows, tab="pages", may_change=policies.may(request.user, "library.change"))


@page("library.view")
def facts(request: Request) -> HttpResponse:
    """The facts of all pages."""
    rows = FactRecord.objects.select_related("page").defer("page__raw", "page__body", "basis")
    rows = rows.order_by("page_id", "start", "end", "id")  # as the index has them: nothing is sorted
    return FACTS.answer(request, rows, tab="facts")


@page("library.view")
def statements(request: Request) -> HttpResponse:
    """What is said, on one page or many, with first and last seen."""
    found = said.statements()
    rows: Any = found  # cut by slices and counted is all that a paginator asks of it
    shown: Page[Any] = Paginator(rows, found.per_page).get_page(request.GET.get("page"))
    context = {"title": pick("说法", "Statements"), "tab": "statements", "page": shown, "total": len(found)}
    return render(request, "office/library/statements.html", context)


@page("library.view")
def conflicts(request: Request) -> HttpResponse:
    """The same thing with different values, side by side."""
    found = said.conflicts()
    rows: Any = found
    shown: Page[Any] = Paginator(rows, found.per_page).get_page(request.GET.get("page"))
    context = {
        "title": pick("矛盾", "Conflicts"),
        "tab": "conflicts",
        "conflicts": list(shown),
        "page": shown,
    }
    return render(request, "office/library/conflicts.html", context)


@page("library.view")
def original(request: Request, sha256: str) -> HttpResponse:
    """The original bytes, as a download that no browser runs."""
    record = get_object_or_404(PageRecord.objects.only("sha256", "origin"), pk=sha256)
    response = HttpResponse(reading.original(record.sha256), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{record.sha256[:12]}.bin"'
    return response
