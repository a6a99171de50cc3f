"""The library for programs: pages, facts, statements; sending a page; saying what a fact is worth."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import File, Router, Schema, UploadedFile
from ninja.pagination import paginate

from liandong.office.jobs.api import JobOut
from liandong.office.shell.rest import Limit, Offset, needs
from liandong.workspace import library_search, reading, review
from liandong.workspace.models import FactRecord, Job, PageRecord

router = Router()


class PageOut(Schema):
    """A page without its text."""

    sha256: str
    title: str | None
    published: str | None
    source: str | None
    region: str | None
    origin: str
    added: datetime
    by: str


class PageText(PageOut):
    """A page with its text; offsets of facts refer to `raw`."""

    raw: str
    body: list[list[int]]


class FactOut(Schema):
    """A fact with the exact characters that make it. seen: give it back when you judge the fact."""

    id: str
    page: str
    kind: str
    subject: str
    indicator: str
    value: str | None
    unit: str | None
    value_text: str | None
    qualifier: str | None
    period: str | None
    region: str | None
    modality: str
    quote: str
    start: int
    end: int
    value_start: int | None
    value_end: int | None
    parent: str | None
    basis: dict[str, Any]
    origin: str
    verdict: str
    seen: str

    @staticmethod
    def resolve_page(obj: FactRecord) -> str:
        """The page's sha256."""
        return obj.page_id

    @staticmethod
    def resolve_seen(obj: FactRecord) -> str:
        """When it was reviewed last."""
        return review.stamp(obj)


class TextIn(Schema):
    """A page as text."""

    text: str
    published: str | None = None
    region: str | None = None


class Said(Schema):
    """What somebody says of a fact. verdict: accepted, rejected or open. seen: as the fact was read."""

    verdict: str
    seen: str = ""
    note: str = ""


@router.get("/pages", response=list[PageOut], auth=needs("library.view"))
@paginate
def list_pages(request: HttpRequest, q: str = "") -> QuerySet[PageRecord]:
    """Pages, newest first; q: words that a page holds."""
    pages = library_search.pages(q) if q else PageRecord.objects.order_by("-added")
    return pages.defer("raw", "body")


@router.get("/pages/{sha256}", response=PageText, auth=needs("library.view"))
def get_page(request: HttpRequest, sha256: str) -> PageRecord:
    """One page with its text."""
    return get_object_or_404(PageRecord, pk=sha256)


@router.post("/pages", response={202: JobOut}, auth=needs("library.change"))
def send_page(
    request: HttpRequest, file: File[UploadedFile], published: str | None = None, region: str | None = None
) -> tuple[int, Job]:
    """Send a file; the job that reads it is the answer."""
    data = file.read(reading.MAX_BYTES + 1)
    return 202, reading.send(data, file.name or "page.txt", published=published, region=region)


@router.post("/texts", response={202: JobOut}, auth=needs("library.change"))
def send_text(request: HttpRequest, sent: TextIn) -> tuple[int, Job]:
    """Send a text; the job that reads it is the answer."""
    return 202, reading.send_text(sent.text, published=sent.published, region=sent.region)


@router.get("/facts", response=list[FactOut], auth=needs("library.view"))
@paginate
def list_facts(
    request: HttpRequest,
    q: str = "",
    page: str | None = None,
    kind: str | None = None,
    verdict: str | None = None,
    modality: str | None = None,
) -> QuerySet[FactRecord]:
    """Facts; verdict: open, accepted, rejected or merged."""
    facts = library_search.facts(q) if q else FactRecord.objects.all()
    given = {"page": page, "kind": kind, "modality": modality}
    facts = facts.filter(**{name: value for name, value in given.items() if value is not None})
    if verdict is not None:
        facts = facts.filter(verdict="" if verdict == "open" else verdict)
    return facts


@router.get("/facts/{fact}", response=FactOut, auth=needs("library.view"))
def get_fact(request: HttpRequest, fact: str) -> FactRecord:
    """One fact."""
    return get_object_or_404(FactRecord, pk=fact)


@router.post("/facts/{fact}/review", response=FactOut, auth=needs("library.change"))
def review_fact(request: HttpRequest, fact: str, said: Said) -> FactRecord:
    """Accept, reject or reopen a fact; 409 if somebody has reviewed it since it was read."""
    return review.judge(fact, said.verdict, seen=said.seen, note=said.note)


@router.get("/statements", auth=needs("library.view"))
def list_statements(request: HttpRequest, limit: Limit = 100, offset: Offset = 0) -> dict[str, Any]:
    """What is said on one page or many, with first and last seen."""
    found = review.reconciliation().statements
    chosen = found[offset : offset + limit]
    return {
        "count": len(found),
        "items": [
            {
                "subject": each.facts[0].subject,
                "indicator": each.facts[0].indicator,
                "value": each.value,
                "value_text": each.value_text,
                "unit": each.facts[0].unit,
                "period": each.facts[0].period,
                "first_seen": each.first_seen,
                "last_seen": each.last_seen,
                "facts": [fact.id for fact in each.facts],
            }
            for each in chosen
        ],
    }
