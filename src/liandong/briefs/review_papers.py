"""Papers of an admission review: agenda, each project, the opinions given, a form to vote on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from liandong.briefs.blocks import Block, Document, Heading, PageBreak, Paragraph, Run, Value, Words
from liandong.briefs.cases import Case, Hearing, Papers, record_of, unknown_id
from liandong.briefs.counting import named, shown
from liandong.briefs.letterhead import day_in_words
from liandong.briefs.paper import annex_tables, banner, subtitle, synthetic_note
from liandong.briefs.project_sheet import amount_table, check_table
from liandong.briefs.promised import promise_blocks
from liandong.briefs.tabling import listed, sections, table
from liandong.briefs.vocabulary import say
from liandong.errors import InputError, Language, Text
from liandong.figures import Basis, DerivedRef, Figure
from liandong.projects import TYPE_NAMES, VETOES, Review


def compose_review(papers: Papers, language: Language) -> Document:
    """The papers of the chosen meeting, or of the last one."""
    hearing = _hearing(papers)
    cases = [papers.case(each) for each in hearing.cases]
    blocks: list[Block] = list(
        sections(
            (
                ("review_meeting", [*synthetic_note(papers, language), *_meeting(hearing, cases, language)]),
                ("review_rules", [Paragraph((Words(say("review_rules_text", language)),))]),
            ),
            language,
        )
    )
    for case in cases:
        blocks += [PageBreak(), Heading(1, case.project.name), *_case(case, papers, language)]
    return Document(
        hearing.title or say("review_title", language).format(day=hearing.on),
        subtitle(papers, language),
        language,
        tuple(blocks),
        contents=True,
        banner=banner(papers, language),
        annex=annex_tables(papers, language),
    )


def _hearing(papers: Papers) -> Hearing:
    if not papers.hearings:
        raise InputError(
            Text("没有评审会。", "there is no review meeting."), field="hearing", file=_file(papers)
        )
    if not papers.chosen:
        return max(papers.hearings, key=lambda each: (each.on, each.id))
    found = next((each for each in papers.hearings if each.id == papers.chosen[0]), None)
    if found is None:
        raise unknown_id(papers.chosen[0], [each.id for each in papers.hearings])
    return found


def _file(papers: Papers) -> str | None:
    return papers.coverage.source if papers.coverage else None


def _meeting(hearing: Hearing, cases: list[Case], language: Language) -> list[Block]:
    departments = dict.fromkeys(d for case in cases if case.review for d in case.review.departments)
    rows = (
        (say("work_day", language), day_in_words(hearing.on, language)),
        (say("place", language), hearing.place),
        (say("review_chair", language), hearing.chair),
        (say("review_departments", language), listed(departments, language)),
    )
    agenda = [
        (
            str(number),
            named(case),
            case.review.introducing if case.review else case.project.unit,
            TYPE_NAMES[case.project.kind](language),
            _conclusion(case, language),
        )
        for number, case in enumerate(cases, 1)
    ]
    heads = (
        ("work_number", 0.08),
        ("work_project", 0.36),
        ("review_introducing", 0.24),
        ("work_type", 0.14),
        ("review_conclusion", 0.18),
    )
    return [
        *table(say("review_meeting", language), (("item", 0.28), ("says", 0.72)), rows, language),
        *table(say("review_agenda", language), heads, agenda, language),
    ]


def _case(case: Case, papers: Papers, language: Language) -> list[Block]:
    about: list[Block] = [Paragraph((Words(case.about),))] if case.about else []
    return [
        *about,
        *amount_table(case, language),
        *check_table(case, language),
        *promise_blocks((case,), date.fromisoformat(papers.date), language),
        *_opinions(case, papers, language),
        *_form(case, language),
    ]


def _opinions(case: Case, papers: Papers, language: Language) -> list[Block]:
    """What was answered, the mean score with its terms, the conclusion and the conditions."""
    review = case.review
    if review is None:
        return []
    given = {each.department: each for each in review.opinions}
    rows: list[tuple[Run | str, ...]] = []
    for department in review.departments:
        opinion = given.get(department)
        if department == review.introducing:
            rows.append((department, say("review_presents", language), "", ""))
        elif opinion is None:
            rows.append((department, say("review_waits", language), "", ""))
        else:
            score: Run | str = (
                _score(opinion.score, case, papers, language) if opinion.score is not None else ""
            )
            veto = VETOES[opinion.veto](language) if opinion.veto else ""
            rows.append((department, score, veto, opinion.condition))
    heads = (
        ("review_department", 0.28),
        ("review_score", 0.16),
        ("review_veto", 0.2),
        ("review_condition", 0.36),
    )
    blocks = table(say("review_opinions", language), heads, rows, language)
    runs: list[Run] = []
    mean = _mean(review, case, papers, language)
    if mean is not None:
        runs += [Words(say("review_mean", language)), mean, Words("；" if language == "zh" else "; ")]
    runs.append(Words(say("review_concluded", language).format(conclusion=_conclusion(case, language))))
    conditions = [
        (each.text, each.department, each.closed.isoformat() if each.closed else say("review_open", language))
        for each in case.conditions
    ]
    heads_of_conditions = (("review_condition", 0.54), ("review_department", 0.26), ("review_closed", 0.2))
    return [
        *blocks,
        Paragraph(tuple(runs)),
        *table(say("review_conditions", language), heads_of_conditions, conditions, language),
    ]


def _score(score: Decimal, case: Case, papers: Papers, language: Language) -> Value:
    figure = Figure(
        score,
        "分",
        "review_score",
        basis=Basis(as_of=papers.date),
        coverage=papers.coverage,
        evidence=(record_of(case.project),),
    )
    return shown(figure, language)


def _mean(review: Review, case: Case, papers: Papers, language: Language) -> Value | None:
    """The mean of the scores that were given; None before any was."""
    scored = [(each.department, each.score) for each in review.opinions if each.score is not None]
    if not scored:
        return None
    terms = tuple((name, _score(score, case, papers, language).figure) for name, score in scored)
    mean = sum((score for _, score in scored), Decimal(0)) / len(scored)
    figure = Figure(
        mean,
        "分",
        "review_score",
        basis=Basis(as_of=papers.date),
        coverage=papers.coverage,
        evidence=(DerivedRef(say("review_mean_formula", language), terms),),
    )
    return shown(figure, language, digits=1)


def _conclusion(case: Case, language: Language) -> str:
    return say(
        f"review_{case.review.conclusion().value}" if case.review else "review_open_conclusion", language
    )


def _form(case: Case, language: Language) -> list[Block]:
    """Empty lines for those who have a vote: the introducing unit has none."""
    if case.review is None:
        return []
    rows = [
        (department, " ", " ", " ", " ")
        for department in case.review.departments
        if department != case.review.introducing
    ]
    heads = (
        ("review_department", 0.26),
        ("review_score_of_100", 0.14),
        ("review_veto_why", 0.22),
        ("review_condition", 0.22),
        ("review_signature", 0.16),
    )
    return table(say("review_form", language), heads, rows, language)
