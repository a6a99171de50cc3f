"""Full-text search of the library: every word asked for must stand in the page, or in the fact."""

from __future__ import annotations

from django.db.models import QuerySet
from django.db.models.functions import Substr

from liandong.workspace import grams
from liandong.workspace.library import SET_ASIDE
from liandong.workspace.models import FactRecord, PageRecord

MOST_WORDS = 8


def pages(text: str) -> QuerySet[PageRecord]:
    """Pages that hold all words, newest first; without their text."""
    found, words = PageRecord.objects.defer("raw", "body"), _words(text)
    if words:
        # The index knows a page by the head of its sha256; the keys alone are read to find the whole.
        heads = PageRecord.objects.order_by().annotate(head=Substr("sha256", 1, grams.PREFIX))
        keys = heads.filter(head__in=grams.holding(grams.PAGES, words)).values("pk")
        found = found.filter(pk__in=keys)
    return found.order_by("-added")


def facts(text: str, *, most: int | None = None) -> QuerySet[FactRecord]:
    """Facts whose quote, subject or indicator holds all words; those set aside are left out.

    most: of any so many that the index names, where a glance is enough.
    """
    found, words = FactRecord.objects.exclude(verdict__in=SET_ASIDE), _words(text)
    if words:
        found = found.filter(pk__in=grams.holding(grams.FACTS, words, most))
    return found.order_by("page_id", "start", "end", "id")  # as the index has them: the first few are quick


def _words(text: str) -> list[str]:
    return [word for word in text.split() if grams.fold(word).split()][:MOST_WORDS]
