"""The list of sources: one number a source, in the order in which the text first cites them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from liandong.briefs.blocks import Cited, Document, Run, Runs, Value, Words, placed_runs
from liandong.briefs.content import Grounds
from liandong.briefs.vocabulary import coverage_words, file_name, measure_name, moment, say
from liandong.documents import Page
from liandong.errors import Language
from liandong.facts import Fact
from liandong.figures import (
    AssumptionRef,
    Coverage,
    DerivedRef,
    Evidence,
    FactRef,
    Figure,
    QueryRef,
    RecordRef,
    render,
)

Key = tuple[object, ...]
_LONG, _OFTEN = 60, 3  # characters of a formula and uses from which it is told once for all
_DIGITS = 4  # inputs of a formula are shown to so many digits after the point, so that it can be done again


@dataclass(frozen=True, slots=True)
class Source:
    """An entry of the list. kind: fact, record, query, derived or assumption."""

    number: int
    kind: str
    runs: Runs


class Sources:
    """Numbers for evidence, and the entries behind them.

    Facts quoted from the same characters of a page share a number, and so do equal queries, records and
    formulas over equal inputs. An entry tells the coverage of the first figure that has one.
    """

    def __init__(self, content: Grounds, language: Language) -> None:
        self._facts = {fact.id: fact for fact in content.facts}
        self._pages = {page.sha256: page for page in content.pages}
        self._records = content.records
        self._language = language
        self._separator = "；" if language == "zh" else "; "
        self._numbers: dict[Key, int] = {}
        self._order: list[Evidence] = []
        self._coverage: dict[int, Coverage] = {}
        self._labels: dict[Coverage, str] = {}
        self._methods: dict[str, str] = {}

    def numbers(self, run: Value | Cited) -> tuple[int, ...]:
        """The numbers of a run's evidence, ascending, each once; new ones are added to the list."""
        return tuple(sorted({self._number(item, run.coverage) for item in run.evidence}))

    def entries(self) -> list[Source]:
        """The list so far, closed: sources that entries cite in turn are on it too."""
        self._name_methods()
        entries: list[Source] = []
        while len(entries) < len(self._order):  # describing an entry may add the sources that it cites
            evidence = self._order[len(entries)]
            runs = self._describe(evidence, self._coverage.get(len(entries) + 1))
            for run in runs:
                if not isinstance(run, Words):
                    self.numbers(run)
            entries.append(Source(len(entries) + 1, _kind(evidence), runs))
        return entries

    def legend(self) -> list[tuple[str, str]]:
        """What the entries' labels stand for: coverage (D1 …) and shared formulas (M1 …), in words."""
        told = [(label, coverage_words(coverage, self._language)) for label, coverage in self.coverages()]
        return [*told, *self.methods()]

    def coverages(self) -> list[tuple[str, Coverage]]:
        """What the entries stand on, by the label (D1, D2 …) that they name it with."""
        return [(label, coverage) for coverage, label in self._labels.items()]

    def methods(self) -> list[tuple[str, str]]:
        """Long formulas that many entries share, by the label (M1, M2 …) that they name it with."""
        return [(label, formula) for formula, label in self._methods.items()]

    def _name_methods(self) -> None:
        """A formula, or all of it but its last clause (n = …), that is long and often used gets a label."""
        formulas = [item.formula for item in self._order if isinstance(item, DerivedRef)]
        whole = Counter(formulas)
        heads = Counter(formula.rpartition("; ")[0] for formula, uses in whole.items() if uses < _OFTEN)
        for formula, uses in [*whole.items(), *heads.items()]:
            if uses >= _OFTEN and len(formula) > _LONG:
                self._methods.setdefault(formula, f"M{len(self._methods) + 1}")

    def _method(self, formula: str) -> str:
        """The formula as an entry tells it: in full, or by its label and what it is for."""
        head, _, tail = formula.rpartition("; ")
        if formula in self._methods:
            return self._methods[formula]
        return f"{self._methods[head]}{self._separator}{tail}" if head in self._methods else formula

    def _number(self, evidence: Evidence, coverage: Coverage | None) -> int:
        key = self._key(evidence)
        if key not in self._numbers:
            self._order.append(evidence)
            self._numbers[key] = len(self._order)
        if coverage is not None:
            self._coverage.setdefault(self._numbers[key], coverage)
        return self._numbers[key]

    def _key(self, evidence: Evidence) -> Key:
        if isinstance(evidence, FactRef):
            fact = self._facts[evidence.fact_id]
            return (fact.page, fact.start, fact.end)
        return (evidence,)

    def _describe(self, evidence: Evidence, coverage: Coverage | None) -> Runs:
        match evidence:
            case FactRef(fact_id):
                fact = self._facts[fact_id]
                return self._quotation(fact, self._pages[fact.page])
            case RecordRef(source, row):
                text = say("record", self._language).format(source=source, row=row)
                if evidence in self._records:
                    text = say("named_record", self._language).format(name=self._records[evidence])
                return (Words(text), *self._covered(coverage))
            case QueryRef(expression, snapshot, rows):
                text = say("query", self._language).format(snapshot=snapshot, rows=f"{rows:,}")
                return (Words(text), *self._covered(coverage), Words(f" {expression}", "muted"))
            case AssumptionRef(file, line):
                return (Words(say("assumption", self._language).format(file=file, line=line)),)
            case DerivedRef(formula, inputs):
                return (*self._derivation(formula, inputs, coverage), *self._covered(coverage))

    def _quotation(self, fact: Fact, page: Page) -> Runs:
        title = page.title or say("untitled", self._language)
        parts = [moment(page.published), file_name(page.origin)]
        comma = "，" if self._language == "zh" else ", "
        opening, closing = ("《", "》") if self._language == "zh" else ('"', '"')
        about = comma.join([f"{opening}{title}{closing}", *(part for part in parts if part)])
        return (Words(f"“{' '.join(fact.quote.split())}” "), Words(f"—— {about}", "muted"))

    def _derivation(
        self, formula: str, inputs: Iterable[tuple[str, Figure | Evidence]], coverage: Coverage | None
    ) -> Iterator[Run]:
        yield Words(say("derived", self._language).format(formula=self._method(formula)))
        for i, (name, given) in enumerate(inputs):
            yield Words((self._separator if i else " ") + measure_name(name, self._language) + " = ")
            if isinstance(given, Figure):
                yield Value(given, render(given, self._language, digits=_DIGITS))
            else:
                yield Cited(say("see", self._language), (given,), coverage=coverage)
        yield Words("." if self._language == "en" else "。")

    def _covered(self, coverage: Coverage | None) -> Runs:
        if coverage is None:
            return ()
        label = self._labels.setdefault(coverage, f"D{len(self._labels) + 1}")
        words = say("covered", self._language).format(label=label)
        if coverage.last_date:
            words = say("covered_until", self._language).format(label=label, date=coverage.last_date)
        return (Words(" " + words, "muted"),)


def number_sources(document: Document, content: Grounds) -> Sources:
    """All sources of a document, numbered in reading order."""
    sources = Sources(content, document.language)
    for placed in placed_runs(document):
        if not isinstance(placed.run, Words):
            sources.numbers(placed.run)
    return sources


def _kind(evidence: Evidence) -> str:
    match evidence:
        case FactRef():
            return "fact"
        case RecordRef():
            return "record"
        case QueryRef():
            return "query"
        case AssumptionRef():
            return "assumption"
        case DerivedRef():
            return "derived"
