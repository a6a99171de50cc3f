"""The library: pages kept with their facts, and the reviews of those facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from liandong.documents import Credit, Page, Span
from liandong.errors import InputError, Text
from liandong.facts import Fact, Ground, Kind
from liandong.reference import find_division
from liandong.workspace import audit, grams
from liandong.workspace.models import FactRecord, PageRecord, Review

SET_ASIDE = (Review.Verdict.REJECTED, Review.Verdict.MERGED)
"""Facts that count for nothing: rejected, or said by another one."""

_FACT_FIELDS = tuple(name for name in Fact.__dataclass_fields__ if name not in ("page", "basis", "kind"))


def of_city(page: Page, city: str | None) -> Page:
    """The page as one of the city's own, unless it plainly speaks for another city: 全市 is then that one.

    page: as read without a region, so that `region` is the place that its own words name most, if any.
    """
    home = find_division(page.region) if page.region else None
    own = find_division(city) if city else None
    if city is None or (home and own and home.level == own.level and home.code != own.code):
        return page
    return replace(page, region=city)


def keep(page: Page, facts: Iterable[Fact]) -> bool:
    """Keep a page and its facts; False if the page (by sha256) was already here, which changes nothing."""
    with transaction.atomic():
        record, created = PageRecord.objects.get_or_create(sha256=page.sha256, defaults=_page_columns(page))
        if created:
            kept = FactRecord.objects.bulk_create(_fact_record(record, fact) for fact in facts)
            PageRecord.objects.filter(pk=record.pk).update(by=audit.actor().name)
            grams.add(grams.PAGES, [(page.sha256, f"{page.title or ''} {page.raw}")])
            index_facts(kept)
            audit.record("library.add", page.sha256, title=page.title, origin=page.origin, facts=len(kept))
    return created


def index_facts(records: Iterable[FactRecord]) -> None:
    """Enter facts into the full-text index; whoever keeps facts does."""
    grams.add(grams.FACTS, ((each.pk, f"{each.subject} {each.indicator} {each.quote}") for each in records))


def pages() -> list[Page]:
    """All pages, oldest first."""
    return [as_page(record) for record in PageRecord.objects.all()]


def with_counts(pages: QuerySet[PageRecord]) -> QuerySet[PageRecord]:
    """Pages with `all_facts` and `open_facts` (not reviewed yet), counted only for those that are read."""
    own = FactRecord.objects.filter(page=OuterRef("pk")).order_by().values("page")
    every = Subquery(own.annotate(n=Count("pk")).values("n"))
    waiting = Subquery(own.filter(verdict="").annotate(n=Count("pk")).values("n"))
    return pages.annotate(all_facts=Coalesce(every, 0), open_facts=Coalesce(waiting, 0))


def waiting() -> Exists:
    """The condition of pages that have facts nobody has reviewed."""
    return Exists(FactRecord.objects.filter(page=OuterRef("pk"), verdict="").order_by())


def page(sha256: str) -> Page:
    """One page. Raises InputError if it is not kept here."""
    record = PageRecord.objects.filter(sha256=sha256).first()
    if record is None:
        raise InputError(Text("资料库里没有这一页。", "The library does not hold this page."), file=sha256)
    return as_page(record)


def facts(*, page: str | None = None, include_rejected: bool = False) -> list[Fact]:
    """Facts in page order, of one page (sha256) or of all; rejected ones are left out unless asked for."""
    records = FactRecord.objects.all() if page is None else FactRecord.objects.filter(page=page)
    if not include_rejected:
        records = records.exclude(verdict__in=SET_ASIDE)
    return facts_of(records)


def facts_of(records: Iterable[FactRecord]) -> list[Fact]:
    """Records as facts."""
    return [_fact(record) for record in records]


def published(pages: Iterable[str] | None = None) -> dict[str, str]:
    """sha256 → when a page was published, of some pages or all; pages that do not say are left out."""
    found = PageRecord.objects.exclude(published=None)
    if pages is not None:
        found = found.filter(pk__in=list(pages))
    return {sha256: day for sha256, day in found.values_list("sha256", "published") if day}


def accepted() -> set[str]:
    """Ids of the facts that a person has accepted."""
    return set(FactRecord.objects.filter(verdict=Review.Verdict.ACCEPTED).values_list("id", flat=True))


def fact(fact_id: str) -> Fact:
    """One fact. Raises InputError if there is none of this id."""
    return _fact(_record(fact_id))


def review(
    fact_id: str, verdict: str, *, by: str | None = None, note: str = "", successor: str | None = None
) -> None:
    """Record what a person says of a fact. Raises InputError for an unknown fact or verdict.

    by: who says so; whoever acts now (`audit.acting`) if not given. successor: the fact in its place.
    """
    if verdict not in Review.Verdict.values:
        known = ", ".join(Review.Verdict.values)
        raise InputError(
            Text(
                f"没有“{verdict}”这种结论。可用:{known}。", f'"{verdict}" is not a verdict. Known: {known}.'
            ),
            field="verdict",
        )
    record = _record(fact_id)
    person = by or audit.actor().name
    said = "" if verdict == Review.Verdict.OPEN else verdict
    with transaction.atomic():
        review = Review.objects.create(
            fact=record, verdict=verdict, by=person, note=note, successor_id=successor
        )
        FactRecord.objects.filter(pk=fact_id).update(verdict=said, reviewed=review.at)
        audit.record(
            "library.review", fact_id, before=record.verdict, after=said, note=note, successor=successor
        )


def keep_fact(fact: Fact) -> None:
    """Keep one more fact of a page that is kept; nothing changes if it is here already."""
    if not FactRecord.objects.filter(pk=fact.id).exists():
        record = _fact_record(PageRecord.objects.get(pk=fact.page), fact)
        record.save(force_insert=True)
        index_facts([record])


def _record(fact_id: str) -> FactRecord:
    record = FactRecord.objects.filter(pk=fact_id).first()
    if record is None:
        raise InputError(Text("没有这条事实。", "There is no such fact."), field=fact_id)
    return record


def _page_columns(page: Page) -> dict[str, Any]:
    return {
        "raw": page.raw,
        "body": [_pair(span) for span in page.body],
        "encoding": page.encoding,
        "origin": page.origin,
        "title": page.title,
        "title_span": _pair(page.title_span),
        "published": page.published,
        "published_span": _pair(page.published_span),
        "source": page.source,
        "source_span": _pair(page.source_span),
        "credits": [{"role": c.role, "names": list(c.names), "span": _pair(c.span)} for c in page.credits],
        "region": page.region,
    }


def as_page(record: PageRecord) -> Page:
    """A record as a page."""
    return Page(
        raw=record.raw,
        body=tuple(Span(*pair) for pair in record.body),
        sha256=record.sha256,
        encoding=record.encoding,
        origin=record.origin,
        title=record.title,
        title_span=_span(record.title_span),
        published=record.published,
        published_span=_span(record.published_span),
        source=record.source,
        source_span=_span(record.source_span),
        credits=tuple(Credit(c["role"], tuple(c["names"]), Span(*c["span"])) for c in record.credits),
        region=record.region,
    )


def _fact_record(page: PageRecord, fact: Fact) -> FactRecord:
    columns = {name: getattr(fact, name) for name in _FACT_FIELDS}
    basis = {name: asdict(ground) for name, ground in fact.basis.items()}
    return FactRecord(page=page, kind=fact.kind.value, basis=basis, **columns)


def _fact(record: FactRecord) -> Fact:
    columns = {name: getattr(record, name) for name in _FACT_FIELDS}
    basis = {name: Ground(**ground) for name, ground in record.basis.items()}
    return Fact(page=record.page_id, kind=Kind(record.kind), basis=basis, **columns)


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _span(pair: list[int] | None) -> Span | None:
    return None if pair is None else Span(*pair)
