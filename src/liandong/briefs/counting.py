"""Counts and sums of projects for papers: each opens the projects or amounts that it is made of."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from liandong.briefs.blocks import Cell, Cited, Value, Words
from liandong.briefs.cases import Case, Papers, record_of
from liandong.briefs.stated import written
from liandong.briefs.vocabulary import say
from liandong.errors import InputError, Language, Text
from liandong.figures import Basis, DerivedRef, Evidence, Figure, RecordRef, Standing
from liandong.projects import MEASURES, STANDINGS, Key, Project, Stage, Step, cohort, key_of, rate, totals

Period = tuple[date, date]


def month_of(papers: Papers) -> Period:
    """First and last day of the report's month. Raises InputError for a month that is none."""
    text = papers.month or papers.date[:7]
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise InputError(
            Text(f"“{text}”不是月份。请写作 2026-06。", f'"{text}" is not a month. Write 2026-06.'),
            field="month",
        ) from error
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def month_before(period: Period) -> Period:
    """The month before the one that begins with the period."""
    last = period[0] - timedelta(days=1)
    return last.replace(day=1), last


def year_to(period: Period) -> Period:
    """From the first of January to the period's last day."""
    return period[0].replace(month=1, day=1), period[1]


def contract_day(project: Project) -> date | None:
    """When the formal contract was signed: the only signing that counts."""
    return _done(project, Step.CONTRACT)


def signed_in(cases: Iterable[Case], period: Period) -> list[Case]:
    """Those with a formal contract of the period."""
    return [case for case in cases if _within(contract_day(case.project), period)]


def framed_in(cases: Iterable[Case], period: Period) -> list[Case]:
    """Those with a framework agreement of the period that had no formal contract by its end."""
    return [
        case
        for case in cases
        if _within(_done(case.project, Step.FRAMEWORK), period) and not case.project.signed(period[1])
    ]


def reached_in(cases: Iterable[Case], stage: Stage, period: Period) -> list[Case]:
    """Those that came to the stage in the period; for signing the contract decides."""
    if stage is Stage.SIGNED:
        return signed_in(cases, period)
    return [case for case in cases if _within(case.project.reached.get(stage), period)]


def came_to(cases: Iterable[Case], stage: Stage, day: date) -> list[Case]:
    """Those that had reached the stage, or a later one, by the day."""
    return [
        case
        for case in cases
        if any(at.reaches(stage) and on <= day for at, on in case.project.reached.items())
    ]


def counted(
    cases: Sequence[Case], what: str, papers: Papers, basis: Basis, *, measure: str = "projects"
) -> Figure:
    """How many projects. what: the formula in words. It opens each project, or the register where none is."""
    inputs: tuple[tuple[str, Figure | Evidence], ...] = tuple(
        (case.project.name, record_of(case.project)) for case in cases
    )
    return Figure(
        Decimal(len(cases)),
        "个",
        measure,
        basis=basis,
        coverage=papers.coverage,
        evidence=(DerivedRef(what, inputs or (("register", register(papers)),)),),
    )


def register(papers: Papers) -> RecordRef:
    """All projects that were looked at."""
    return RecordRef("projects", max(len(papers.cases), 1))


def rate_of(
    cases: Sequence[Case], period: Period, stage: Stage, day: date, papers: Papers, language: Language
) -> Figure:
    """The share of the projects signed in the period that reached the stage by the day, with both counts."""
    found = cohort([case.project for case in cases], *period)
    share = rate(found, stage, day)
    signed = signed_in(cases, period)
    came = came_to(signed, stage, day)
    basis = Basis(as_of=day.isoformat())
    part, whole = (
        counted(each, say(key, language).format(since=period[0], until=period[1], day=day), papers, basis)
        for each, key in ((came, "work_formula_came"), (signed, "work_formula_signed"))
    )
    formula = say("work_formula_rate", language)
    return replace(
        share,
        coverage=papers.coverage,
        evidence=(DerivedRef(formula, (("numerator", part), ("denominator", whole))),),
    )


def sums(cases: Iterable[Case], language: Language) -> list[tuple[Key, Figure, int]]:
    """For each measure, standing, unit, currency and period: the sum and of how many amounts it is.

    What differs in any of these is never added. A sum opens at its terms, each named by its project.
    """
    terms = [(case, figure) for case in cases for figure in case.project.amounts]
    found = []
    for key, figure in totals(figure for _, figure in terms).items():
        alike = [(case.project.name, each) for case, each in terms if key_of(each) == key]
        if len(alike) > 1:
            formula = say("work_formula_sum", language).format(
                measure=measure_words(key.measure, language),
                standing=standing_words(Standing(key.standing), language),
            )
            figure = replace(figure, evidence=(DerivedRef(formula, tuple(alike)),))
        found.append((key, figure, len(alike)))
    return found


def shown(figure: Figure, language: Language, *, digits: int | None = None) -> Value:
    """The figure as it is written."""
    return Value(figure, written(figure, language, digits=digits))


def named(case: Case) -> Cited:
    """The project's name, which leads to its record."""
    return Cited(case.project.name, (record_of(case.project),))


def amount_lines(figures: Sequence[Figure], language: Language) -> Cell:
    """A line an amount: measure, value, period; they stand together and are never added."""
    lines = []
    for figure in figures:
        period = period_words(figure.basis, language)
        said = measure_words(figure.measure, language) + " "
        lines.append((Words(said), shown(figure, language), *((Words(f" {period}"),) if period else ())))
    return Cell(tuple(lines) or ((Words("—"),),))


def measure_words(measure: str, language: Language) -> str:
    """总投资; total investment; the word itself where the list has none."""
    return MEASURES[measure](language) if measure in MEASURES else measure


def standing_words(standing: Standing, language: Language) -> str:
    """合同; contracted."""
    return STANDINGS[standing](language) if standing in STANDINGS else say(standing.value, language)


def period_words(basis: Basis, language: Language) -> str:
    """When an amount holds; "" where it has no period."""
    for key, moment in (("as_of", basis.as_of), ("in_year", basis.in_year), ("cumulative", basis.cumulative)):
        if moment:
            return say(f"work_{key}", language).format(moment=moment.replace("/", "–"))
    return ""


def _done(project: Project, step: Step) -> date | None:
    return next((m.done for m in project.milestones if m.step is step), None)


def _within(day: date | None, period: Period) -> bool:
    return day is not None and period[0] <= day <= period[1]
