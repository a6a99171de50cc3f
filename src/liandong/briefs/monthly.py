"""The monthly work report: what moved, what was signed, how far it came, what is overdue, who must act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from liandong.briefs.blocks import (
    Block,
    Chart,
    Cited,
    Document,
    Illustration,
    Paragraph,
    Run,
    Series,
    Words,
)
from liandong.briefs.cases import Case, Papers
from liandong.briefs.counting import (
    Period,
    amount_lines,
    came_to,
    contract_day,
    counted,
    framed_in,
    measure_words,
    month_before,
    month_of,
    named,
    period_words,
    rate_of,
    reached_in,
    shown,
    signed_in,
    standing_words,
    sums,
    year_to,
)
from liandong.briefs.paper import annex_tables, banner, subtitle, synthetic_note
from liandong.briefs.promised import promise_blocks
from liandong.briefs.tabling import iso, sections, table
from liandong.briefs.vocabulary import say
from liandong.charts import FunnelStage, funnel
from liandong.errors import Language
from liandong.figures import Basis, Standing
from liandong.projects import STAGE_NAMES, STAGES, STEP_NAMES, Stage, Status, signed_again

_COHORT = (Stage.LANDED, Stage.STARTED, Stage.PRODUCING, Stage.AT_CAPACITY)
_AHEAD = 31  # days that the last section looks forward


def compose_monthly(papers: Papers, language: Language) -> Document:
    """The report on one month; sections without content are left out."""
    period = month_of(papers)
    day = min(period[1], date.fromisoformat(papers.date))
    period = (period[0], max(day, period[0]))
    made: tuple[tuple[str, list[Block]], ...] = (
        ("monthly_moved", [*synthetic_note(papers, language), *_moved(papers, period, language)]),
        ("monthly_signed", _signed(papers, period, language)),
        ("monthly_cohort", _cohort(papers, period, language)),
        ("monthly_stock", _stock(papers, period[1], language)),
        ("monthly_steps", _steps(papers, period, language)),
        ("monthly_promises", promise_blocks(papers.cases, period[1], language, open_only=True)),
        ("monthly_problems", _problems(papers.cases, period[1], language)),
        ("monthly_trips", _trips(papers, period, language)),
        ("monthly_again", _again(papers, language)),
    )
    month = f"{period[0]:%Y-%m}"
    return Document(
        say("monthly_title", language).format(city=papers.city, month=month),
        subtitle(papers, language),
        language,
        sections(made, language),
        layout="official",
        head=papers.letterhead,
        banner=banner(papers, language),
        annex=annex_tables(papers, language),
    )


def _moved(papers: Papers, period: Period, language: Language) -> list[Block]:
    """New in each stage: this month, the month before, this year. Frameworks stand apart from signings."""
    spans = (period, month_before(period), year_to(period))
    rows = []
    for stage in STAGES:
        found = [reached_in(papers.cases, stage, span) for span in spans]
        if any(found):
            name = say("work_formal", language) if stage is Stage.SIGNED else STAGE_NAMES[stage](language)
            rows.append(_counts(name, found, spans, papers, language))
            if stage is Stage.SIGNED:
                framed = [framed_in(papers.cases, span) for span in spans]
                name = say("work_framework_row", language)
                rows.append(_counts(name, framed, spans, papers, language, measure="framework_projects"))
    heads = (("work_stage", 0.4), ("+monthly_this", 0.2), ("+monthly_last", 0.2), ("+monthly_year", 0.2))
    note = Paragraph((Words(say("monthly_moved_note", language), "muted"),))
    return [*table(say("monthly_moved_caption", language), heads, rows, language), note]


def _counts(
    name: str,
    found: Sequence[Sequence[Case]],
    spans: Sequence[Period],
    papers: Papers,
    language: Language,
    *,
    measure: str = "projects",
) -> list[Run]:
    row: list[Run] = [Words(name)]
    for cases, (since, until) in zip(found, spans, strict=True):
        formula = say("work_formula_reached", language).format(what=name, since=since, until=until)
        basis = Basis(in_year=f"{since}/{until}")
        row.append(shown(counted(cases, formula, papers, basis, measure=measure), language))
    return row


def _signed(papers: Papers, period: Period, language: Language) -> list[Block]:
    """Contracts of the month with their amounts, the sums of like amounts, and frameworks apart."""
    formal, framed = signed_in(papers.cases, period), framed_in(papers.cases, period)
    year = signed_in(papers.cases, year_to(period))
    said = Paragraph((Words(say("monthly_signed_note", language), "muted"),))
    blocks: list[Block] = [said] if formal or framed or year else []
    heads = (("work_project", 0.36), ("work_day", 0.16), ("work_amounts", 0.48))
    for cases, key in ((formal, "monthly_formal_caption"), (framed, "monthly_framework_caption")):
        rows = [
            (
                named(case),
                iso(contract_day(case.project)),
                amount_lines(case.project.amounts, language),
            )
            for case in cases
        ]
        blocks += table(say(key, language), heads, rows, language)
    return [*blocks, *sum_table(year, say("monthly_sums_caption", language), language)]


def sum_table(cases: Sequence[Case], caption: str, language: Language) -> list[Block]:
    """A row for each kind of amount, never across kinds."""
    rows = [
        (
            measure_words(key.measure, language),
            standing_words(Standing(key.standing), language),
            period_words(figure.basis, language) or say("work_no_period", language),
            shown(figure, language),
        )
        for key, figure, _ in sums(cases, language)
    ]
    heads = (("work_measure", 0.28), ("work_standing", 0.16), ("period", 0.26), ("+work_sum", 0.3))
    return table(caption, heads, rows, language)


def _cohort(papers: Papers, period: Period, language: Language) -> list[Block]:
    """Of the contracts of the year so far: how many came how far, as a funnel and as rates."""
    span, day = year_to(period), period[1]
    signed = signed_in(papers.cases, span)
    if not signed:
        return []
    drawn = [FunnelStage(say("work_formal", language), len(signed))]
    rows = []
    for stage in _COHORT:
        came = came_to(signed, stage, day)
        drawn.append(FunnelStage(STAGE_NAMES[stage](language), len(came)))
        formula = say("work_formula_came", language).format(since=span[0], until=span[1], day=day)
        count = counted(came, formula, papers, Basis(as_of=day.isoformat()))
        rate = rate_of(papers.cases, span, stage, day, papers, language)
        rows.append((STAGE_NAMES[stage](language), shown(count, language), shown(rate, language, digits=1)))
    caption = say("monthly_cohort_caption", language).format(since=span[0], until=span[1])
    heads = (("work_stage", 0.4), ("+work_count", 0.3), ("+work_rate", 0.3))
    return [Illustration(funnel(drawn), caption), *table(caption, heads, rows, language)]


def _stock(papers: Papers, day: date, language: Language) -> list[Block]:
    """Projects that are worked on, by the stage at which they stand, as a chart that can be edited."""
    basis, values, names = Basis(as_of=day.isoformat()), [], []
    for stage in STAGES:
        at = [c for c in papers.cases if c.project.stage is stage and c.project.status is Status.ACTIVE]
        formula = say("work_formula_at", language).format(stage=STAGE_NAMES[stage](language), day=day)
        values.append(shown(counted(at, formula, papers, basis), language))
        names.append(STAGE_NAMES[stage](language))
    series = (Series(say("work_count", language), tuple(values)),)
    caption = say("monthly_stock_caption", language).format(day=day)
    stalled = [case for case in papers.cases if case.project.status is Status.STALLED]
    rows = [(named(case), STAGE_NAMES[case.project.stage](language), case.project.unit) for case in stalled]
    heads = (("work_project", 0.5), ("work_stage", 0.2), ("work_unit", 0.3))
    return [
        Chart(caption, "column", tuple(names), series),
        *table(say("monthly_stalled_caption", language), heads, rows, language),
    ]


def _steps(papers: Papers, period: Period, language: Language) -> list[Block]:
    """Milestones done in the month, those overdue, and those due next."""
    since, until = period
    ahead = until + timedelta(days=_AHEAD)
    parts: tuple[tuple[str, list[tuple[Run | str, ...]]], ...] = (
        ("monthly_done_caption", []),
        ("monthly_overdue_caption", []),
        ("monthly_due_caption", []),
    )
    for case in papers.cases:
        for step in case.project.milestones:
            row = (named(case), STEP_NAMES[step.step](language), iso(step.due), iso(step.done))
            if step.done is not None and since <= step.done <= until:
                parts[0][1].append((*row, step.voucher))
            elif step.overdue(until) and case.project.status is not Status.WITHDRAWN:
                parts[1][1].append((*row, case.project.unit))
            elif step.done is None and step.due is not None and until < step.due <= ahead:
                parts[2][1].append((*row, case.project.unit))
    blocks: list[Block] = []
    for (key, rows), last in zip(parts, ("work_voucher", "work_unit", "work_unit"), strict=True):
        heads = (("work_project", 0.32), ("work_step", 0.18), ("work_due", 0.15), ("work_done", 0.15))
        blocks += table(say(key, language), (*heads, (last, 0.2)), rows, language)
    return blocks


def _problems(cases: Sequence[Case], day: date, language: Language) -> list[Block]:
    """What is open, the earliest due first."""
    rows = [
        (problem.due or date.max, (named(case), problem.what, problem.owner, iso(problem.due)))
        for case in cases
        for problem in case.problems
        if problem.answered is None or problem.answered > day
    ]
    heads = (("work_project", 0.3), ("work_problem", 0.36), ("work_owner", 0.18), ("work_due", 0.16))
    ordered = [row for _, row in sorted(rows, key=lambda row: row[0])]
    return table(say("monthly_problems_caption", language), heads, ordered, language)


def _trips(papers: Papers, period: Period, language: Language) -> list[Block]:
    rows = [
        (
            say(f"work_{trip.kind}", language),
            Cited(trip.title, (trip.record,)),
            f"{trip.since} – {trip.until}" if trip.until != trip.since else trip.since.isoformat(),
            trip.unit,
        )
        for trip in papers.trips
        if trip.since <= period[1] and trip.until >= period[0]
    ]
    heads = (("work_kind", 0.16), ("work_what", 0.4), ("work_day", 0.24), ("work_unit", 0.2))
    return table(say("monthly_trips_caption", language), heads, rows, language)


def _again(papers: Papers, language: Language) -> list[Block]:
    """Pairs that may be one project and wait for a judgement; until then each is counted."""
    by_id = {case.project.id: case for case in papers.cases}
    found = signed_again([case.project for case in papers.cases], different=papers.different)
    separator = "、" if language == "zh" else ", "
    rows = [
        (
            named(by_id[pair.earlier]),
            named(by_id[pair.later]),
            separator.join(say(f"work_same_{ground}", language) for ground in pair.grounds),
        )
        for pair in found
    ]
    if not rows:
        return []
    heads = (("work_one", 0.35), ("work_other", 0.35), ("work_shared", 0.3))
    caption = say("monthly_again_caption", language)
    return [
        Paragraph((Words(say("monthly_again_note", language)),)),
        *table(caption, heads, rows, language),
    ]
