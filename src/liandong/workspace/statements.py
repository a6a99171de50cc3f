"""What all pages say together, and where they disagree, read page by page.

A small library is reconciled whole. In a large one only the facts of the topics that a page shows are read: a
topic is a subject with an indicator, however pages spell them. Which topics there are is kept until facts are
added.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count

from liandong.facts import Conflict, Fact, Reconciliation, Statement, reconcile
from liandong.facts.reconcile import plain
from liandong.workspace import current, library
from liandong.workspace.models import FactRecord

SMALL = 5_000
"""Facts that are reconciled whole."""
A_PAGE = 50
TOPICS = 10
"""Topics of a page of statements in a large library."""
DISPUTED = 4
"""Topics of a page of conflicts: each is shown with every sentence."""
Topic = tuple[str, str]
_LOCK = threading.Lock()
_TOPICS: dict[tuple[str, int, bool], dict[Topic, set[Topic]]] = {}
_plain = lru_cache(maxsize=200_000)(plain)


@dataclass(frozen=True)
class Statements:
    """Statements as a table's rows; of a large library counted and cut by topic."""

    small: Sequence[Statement] | None
    topics: Sequence[Topic] = ()

    @property
    def per_page(self) -> int:
        """How many go on a page."""
        return A_PAGE if self.small is not None else TOPICS

    def __len__(self) -> int:
        return len(self.topics if self.small is None else self.small)

    def __getitem__(self, key: slice) -> Sequence[Statement]:
        if self.small is not None:
            return self.small[key]
        return _of(self.topics[key], conflicting=False).statements


@dataclass(frozen=True)
class Conflicts:
    """Conflicts as a table's rows; in a large library those that people have settled leave their page."""

    small: Sequence[Conflict] | None
    topics: Sequence[Topic] = ()

    @property
    def per_page(self) -> int:
        """How many go on a page."""
        return A_PAGE if self.small is not None else DISPUTED

    def __len__(self) -> int:
        return len(self.topics if self.small is None else self.small)

    def __getitem__(self, key: slice) -> Sequence[Conflict]:
        if self.small is not None:
            return self.small[key]
        return _of(self.topics[key], conflicting=True).conflicts


def statements() -> Statements:
    """All statements, those set aside left out."""
    number = FactRecord.objects.count()
    if number <= SMALL:
        return Statements([each for each in _whole().statements if each.facts])
    return Statements(None, list(_topics(number, conflicting=False)))


def conflicts() -> Conflicts:
    """All conflicts."""
    number = FactRecord.objects.count()
    if number <= SMALL:
        return Conflicts(_whole().conflicts)
    return Conflicts(None, list(_topics(number, conflicting=True)))


def _whole() -> Reconciliation:
    records = FactRecord.objects.exclude(verdict__in=library.SET_ASIDE)
    return reconcile(library.facts_of(records), library.published())


def _topics(number: int, *, conflicting: bool) -> dict[Topic, set[Topic]]:
    """Topics in order, each with its spellings. conflicting: only those that may hold a conflict."""
    key = (str(current.workspace().folder), number, conflicting)
    with _LOCK:
        if key in _TOPICS:
            return _TOPICS[key]
        found = _grouped(_pairs())
        if conflicting:
            differing = {(_plain(s), _plain(i)) for s, i in _differing()}
            found = {each: names for each, names in found.items() if each in differing or len(names) > 1}
        for old in [each for each in _TOPICS if each[1] != number or each[0] != key[0]]:
            del _TOPICS[old]
        _TOPICS[key] = dict(sorted(found.items()))
        return _TOPICS[key]


def _grouped(pairs: Iterable[Topic]) -> dict[Topic, set[Topic]]:
    found: dict[Topic, set[Topic]] = {}
    for subject, indicator in pairs:
        found.setdefault((_plain(subject), _plain(indicator)), set()).add((subject, indicator))
    return found


def _pairs() -> list[Topic]:
    return list(FactRecord.objects.order_by().values_list("subject", "indicator").distinct())


def _differing() -> list[Topic]:
    """Subjects and indicators with more than one value of the same unit, period, region and modality."""
    same = ("subject", "indicator", "unit", "period", "region", "modality")
    groups = FactRecord.objects.order_by().values(*same).annotate(values=Count("value", distinct=True))
    return list(groups.filter(values__gt=1).values_list("subject", "indicator"))


def _of(topics: Sequence[Topic], *, conflicting: bool) -> Reconciliation:
    """The facts of some topics, reconciled."""
    spelled = _topics(FactRecord.objects.count(), conflicting=conflicting)
    pairs = {pair for topic in topics for pair in spelled.get(topic, ())}
    records = FactRecord.objects.exclude(verdict__in=library.SET_ASIDE).filter(
        subject__in={subject for subject, _ in pairs}, indicator__in={indicator for _, indicator in pairs}
    )
    facts: list[Fact] = [f for f in library.facts_of(records) if (f.subject, f.indicator) in pairs]
    return reconcile(facts, library.published({fact.page for fact in facts}))
