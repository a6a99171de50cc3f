"""The city as its accepted facts say it is: sections of statements, with sources; cities side by side."""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Q

from liandong.facts import Fact, Statement, reconcile
from liandong.workspace import current, library
from liandong.workspace.models import FactRecord, PageRecord, Review

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "indicators": ("indicator",),
    "honours": ("recognition", "rank", "positioning"),
    "talent": ("program",),
    "carriers": ("carrier",),
    "cooperation": ("cooperation", "event"),
    "funds": ("fund",),
    "projects": ("project",),
}
"""Sections of a profile and the kinds of facts that belong there, in the order of reading."""
CULTIVATION = (
    "高新技术企业",
    "专精特新",
    "小巨人",
    "单项冠军",
    "瞪羚",
    "独角兽",
    "科技型中小企业",
    "创新型中小企业",
    "规上工业企业",
)
"""Steps of the gradient cultivation of firms (梯度培育): indicators that count them."""


KEPT = 40
"""Profiles that are kept until a fact of theirs changes."""
_LOCK = threading.Lock()
_PROFILES: OrderedDict[tuple[object, ...], Profile] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Series:
    """An indicator over time: what is stated of one subject and indicator, oldest period first."""

    subject: str
    indicator: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """A city's profile. sections: name → series. pending: how many of its facts nobody has reviewed."""

    region: str
    sections: Mapping[str, list[Series]]
    cultivation: list[Series]
    accepted: int
    pending: int


def of(region: str) -> Profile:
    """The profile of a city from its accepted facts; made anew when a fact of its was added or reviewed."""
    records = FactRecord.objects.filter(page__in=_pages_of(region))
    state = records.order_by().aggregate(
        all=Count("pk"),
        accepted=Count("pk", filter=Q(verdict=Review.Verdict.ACCEPTED)),
        pending=Count("pk", filter=Q(verdict="")),
        last=Max("reviewed"),
    )
    key = (str(current.workspace().folder), region, *state.values())
    with _LOCK:
        kept = _PROFILES.get(key)
        if kept is not None:
            _PROFILES.move_to_end(key)
            return kept
    accepted = library.facts_of(records.filter(verdict=Review.Verdict.ACCEPTED))
    made = Profile(region, *_arranged(accepted), len(accepted), state["pending"])
    with _LOCK:
        _PROFILES[key] = made
        while len(_PROFILES) > KEPT:
            _PROFILES.popitem(last=False)
    return made


def regions() -> list[str]:
    """Cities that pages of the library speak for."""
    found = PageRecord.objects.exclude(region=None).order_by("region").values_list("region", flat=True)
    return [each for each in found.distinct() if each]


@dataclass(frozen=True, slots=True)
class Compared:
    """An indicator of several cities: for each the newest statement, None where nobody states it."""

    indicator: str
    unit: str
    cells: tuple[Statement | None, ...]


def compare(cities: Sequence[str]) -> list[Compared]:
    """What accepted facts state of the same indicator in the same unit for at least one of the cities."""
    newest: dict[tuple[str, str], dict[str, Statement]] = defaultdict(dict)
    for city in cities:
        for series in of(city).sections["indicators"]:
            last = series.statements[-1]
            if last.value is not None:
                newest[series.indicator, last.facts[0].unit or ""].setdefault(city, last)
    rows = [
        Compared(indicator, unit, tuple(found.get(city) for city in cities))
        for (indicator, unit), found in newest.items()
    ]
    return sorted(rows, key=lambda row: (sum(cell is None for cell in row.cells), row.indicator, row.unit))


def _pages_of(region: str) -> list[str]:
    """Pages that speak for a city, however they spell it; few, so that their facts are read by the index."""
    spelled = {region, f"{region}市", region.removesuffix("市")}
    return list(PageRecord.objects.order_by().filter(region__in=spelled).values_list("pk", flat=True))


def _arranged(facts: Iterable[Fact]) -> tuple[dict[str, list[Series]], list[Series]]:
    facts = list(facts)
    published = library.published({fact.page for fact in facts})
    groups: dict[tuple[str, str, str], list[Statement]] = {}
    for statement in reconcile(facts, published).statements:
        fact = statement.facts[0]
        groups.setdefault((fact.kind.value, fact.subject, fact.indicator), []).append(statement)
    sections: dict[str, list[Series]] = {name: [] for name in SECTIONS}
    cultivation = []
    for (kind, subject, indicator), statements in groups.items():
        ordered = tuple(
            sorted(statements, key=lambda each: (each.facts[0].period or "", each.last_seen or ""))
        )
        series = Series(subject, indicator, ordered)
        if kind == "indicator" and any(step in indicator for step in CULTIVATION):
            cultivation.append(series)
            continue
        for name, kinds in SECTIONS.items():
            if kind in kinds:
                sections[name].append(series)
    return sections, cultivation
