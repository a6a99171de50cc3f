"""Full-text search of the library: every word asked for must stand in the page, or in the fact."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from liandong.workspace.library import SET_ASIDE
from liandong.workspace.models import FactRecord, PageRecord

MOST_WORDS = 8


def pages(text: str) -> QuerySet[PageRecord]:
    """Pages that hold all words, newest first; without their text."""
    found = PageRecord.objects.defer("body")
    for word in _words(text):
        found = found.filter(Q(raw__icontains=word) | Q(title__icontains=word))
    return found.order_by("-added")


def facts(text: str) -> QuerySet[FactRecord]:
    """Facts whose quote, subject or indicator holds all words; those set aside are left out."""
    found = FactRecord.objects.exclude(verdict__in=SET_ASIDE)
    for word in _words(text):
        found = found.filter(
            Q(quote__icontains=word) | Q(subject__icontains=word) | Q(indicator__icontains=word)
        )
    return found.order_by("page_id", "start", "end", "id")  # as the index has them: the first few are quick


def _words(text: str) -> list[str]:
    return text.split()[:MOST_WORDS]
