"""Ranked lists of the office: computed in the background, kept by plan and snapshot, weighed anew quickly.

    plan, snapshot, chain, node, region ──▶ prepared: candidates, needs, brands ──▶ list with some weights

What a list is made from does not depend on the weights: it is kept for the list that was looked at last, so
that other weights are tried on it. A first look takes seconds with millions of firms; whoever asks waits a
moment and is then told to come back.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from django.db import connections

from liandong.errors import InputError, Text
from liandong.facts import Fact
from liandong.figures import Figure
from liandong.plan import Plan
from liandong.targets import Target, Weights, load_weights
from liandong.targets.presence import BrandBook, BrandCounts, BrandNumbers
from liandong.workspace import analysis, current, library
from liandong.workspace.memory import give_back
from liandong.workspace.models import FactRecord

TOP = 100
KEPT = 32
FEW_FACTS = 5_000
REST = 120.0
"""Seconds after which what a list was made from is let go, if nobody tried other weights."""
_LOCK = threading.Lock()
_PREPARING = threading.Lock()
_WORKER = ThreadPoolExecutor(1, thread_name_prefix="ranking")


@dataclass(frozen=True, slots=True)
class Question:
    """What a list depends on. tried: points that differ from the shipped ones, by contribution."""

    place: str
    snapshot: str | None
    plan: int | None
    chain: str
    node: str | None
    source: str | None
    tried: tuple[tuple[str, float], ...]

    @property
    def base(self) -> Question:
        """The same with the shipped weights: what it is prepared from."""
        return replace(self, tried=())


_LISTS: OrderedDict[Question, list[Target]] = OrderedDict()
_UNDER_WAY: dict[Question, Future[list[Target]]] = {}
_PREPARED: dict[Question, analysis.Prepared] = {}
_DROPPING: threading.Timer | None = None


def ranking(
    chain: str,
    *,
    node: str | None = None,
    source: str | None = None,
    points: Mapping[str, float] | None = None,
) -> list[Target]:
    """The best hundred for a chain; computed once for a plan, a snapshot and the questions asked.

    points: other weights than the shipped ones, by contribution. Raises InputError for an unknown node or
    region, a bad weight, or if there is no plan or registry.
    """
    asked = _question(chain, node, source, points or {})
    return _kept(asked) or _compute(asked)


def soon(
    chain: str,
    *,
    node: str | None = None,
    source: str | None = None,
    points: Mapping[str, float] | None = None,
    wait: float = 3.0,
) -> list[Target] | None:
    """The same, or None if it takes longer than so many seconds: it goes on in the background, ask again."""
    asked = _question(chain, node, source, points or {})
    found = _kept(asked)
    if found is not None:
        return found
    with _LOCK:
        under_way = _UNDER_WAY.get(asked)
        if under_way is None:
            under_way = _UNDER_WAY[asked] = _WORKER.submit(_in_background, asked)
    try:
        return under_way.result(wait)
    except TimeoutError:
        return None


def weights_with(points: Mapping[str, float]) -> Weights:
    """The shipped weights with other points for some contributions. Raises InputError for a bad one."""
    weights = load_weights()
    for name, value in points.items():
        if name not in weights or not 0 <= value <= 100:
            raise InputError(Text("权重应在 0 到 100 之间。", "A weight is between 0 and 100."), field=name)
        weights[name] = replace(weights[name], points=value)
    return weights


@dataclass
class _KeptBrands:
    """What brands have done, each looked up once for all weights that are tried."""

    ask: BrandCounts
    books: dict[str, BrandBook] = field(default_factory=dict)

    def __call__(self, brands: Sequence[str]) -> BrandBook:
        """The book with these brands too."""
        new = [each for each in brands if each not in self.books]
        if new:
            self.books |= dict.fromkeys(new, self.ask(new))
        return self

    def most(self, brand: str) -> tuple[int, int, int]:
        return self.books[brand].most(brand)

    def numbers(self, brand: str) -> BrandNumbers:
        return self.books[brand].numbers(brand)

    def figures(self, brand: str) -> dict[str, Figure]:
        return self.books[brand].figures(brand)


def _question(chain: str, node: str | None, source: str | None, points: Mapping[str, float]) -> Question:
    shipped = {name: weight.points for name, weight in load_weights().items()}
    tried = tuple(sorted((name, value) for name, value in points.items() if shipped.get(name) != value))
    weights_with(dict(tried))  # says at once what is wrong with them
    place = str(current.workspace().folder)
    return Question(place, current.snapshot_id(), current.plan_version(), chain, node, source, tried)


def _kept(asked: Question) -> list[Target] | None:
    with _LOCK:
        if asked in _LISTS:
            _LISTS.move_to_end(asked)
        return _LISTS.get(asked)


def _in_background(asked: Question) -> list[Target]:
    try:
        return _compute(asked)
    finally:
        with _LOCK:
            _UNDER_WAY.pop(asked, None)
        connections.close_all()


def _compute(asked: Question) -> list[Target]:
    with _PREPARING:  # one at a time: each reads the whole registry
        found = _kept(asked)
        if found is not None:
            return found
        found = _prepared(asked.base).ranked(weights_with(dict(asked.tried)), TOP)
        _drop_later()
        give_back()
    with _LOCK:
        _LISTS[asked] = found
        while len(_LISTS) > KEPT:
            _LISTS.popitem(last=False)
    return found


def _drop_later() -> None:
    """What was prepared takes hundreds of megabytes: it goes when nobody tries weights any more."""
    global _DROPPING
    if _DROPPING is not None:
        _DROPPING.cancel()
    _DROPPING = threading.Timer(REST, _drop)
    _DROPPING.daemon = True
    _DROPPING.start()


def _drop() -> None:
    with _PREPARING:
        _PREPARED.clear()
        give_back()


def _prepared(asked: Question) -> analysis.Prepared:
    if asked not in _PREPARED:
        _PREPARED.clear()
        plan, diagnosis = current.plan(), current.diagnosis(asked.chain)
        if plan is None or diagnosis is None:
            raise InputError(
                Text(
                    "需要规划和登记库才能排出靶向企业。",
                    "Targets need a plan that has this chain, and a registry.",
                ),
                field=asked.chain,
            )
        found = analysis.prepared(
            plan,
            current.registry(),
            diagnosis,
            node=asked.node,
            source=asked.source,
            facts=_facts_of(plan),
        )
        brands = _KeptBrands(found.setting.brand_counts)
        _PREPARED[asked] = replace(found, setting=replace(found.setting, brand_counts=brands))
    return _PREPARED[asked]


def _facts_of(plan: Plan) -> list[Fact]:
    """The facts that a plan can quote: those of its sources' pages, or all where there are few."""
    records = FactRecord.objects.exclude(verdict__in=library.SET_ASIDE)
    if records.count() > FEW_FACTS:
        records = records.filter(page__title__in=[each.title for each in plan.sources])
    return library.facts_of(records)
