"""What every paper on projects has: that it is synthetic if it is, its date, its annex for Excel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from liandong.briefs.blocks import Block, Paragraph, Run, Table, Words
from liandong.briefs.cases import Case, Papers
from liandong.briefs.counting import (
    contract_day,
    measure_words,
    named,
    period_words,
    shown,
    standing_words,
)
from liandong.briefs.letterhead import day_in_words
from liandong.briefs.tabling import iso, listed, table
from liandong.briefs.vocabulary import say
from liandong.errors import Language
from liandong.projects import STAGE_NAMES, STATUS_NAMES, STEP_NAMES, TYPE_NAMES


def subtitle(papers: Papers, language: Language) -> str:
    """The day in words."""
    return day_in_words(date.fromisoformat(papers.date), language)


def banner(papers: Papers, language: Language) -> str:
    """What stands over every page of a paper on invented projects."""
    return say("work_banner", language) if papers.synthetic else ""


def synthetic_note(papers: Papers, language: Language) -> list[Block]:
    """The same in a sentence, for formats without pages."""
    return [Paragraph((Words(say("work_synthetic", language), "strong"),))] if papers.synthetic else []


def annex_tables(papers: Papers, language: Language) -> tuple[Table, ...]:
    """Sheets to filter and to count: projects, amounts, milestones, problems."""
    made = (
        *_projects(papers.cases, language),
        *_amounts(papers.cases, language),
        *_milestones(papers.cases, language),
        *_problems(papers.cases, language),
    )
    return tuple(each for each in made if isinstance(each, Table))


def _projects(cases: tuple[Case, ...], language: Language) -> list[Block]:
    keys = (
        "work_id work_project work_party work_type work_stage status work_chain work_place work_park "
        "work_unit work_contract_day work_products"
    )
    rows = [
        (
            case.project.id,
            named(case),
            case.project.party.name if case.project.party else "",
            TYPE_NAMES[case.project.kind](language),
            STAGE_NAMES[case.project.stage](language),
            STATUS_NAMES[case.project.status](language),
            case.chain,
            case.place,
            case.project.park or "",
            case.project.unit,
            iso(contract_day(case.project)),
            listed(case.project.products, language),
        )
        for case in cases
    ]
    return _sheet("annex_projects", keys, rows, language)


def _amounts(cases: tuple[Case, ...], language: Language) -> list[Block]:
    keys = "work_id work_project work_measure work_standing +value work_unit_of work_currency period"
    rows = [
        (
            case.project.id,
            case.project.name,
            measure_words(figure.measure, language),
            standing_words(figure.standing, language),
            shown(figure, language),
            figure.unit,
            figure.currency or "",
            period_words(figure.basis, language),
        )
        for case in cases
        for figure in case.project.amounts
    ]
    return _sheet("annex_amounts", keys, rows, language)


def _milestones(cases: tuple[Case, ...], language: Language) -> list[Block]:
    keys = "work_id work_project work_step work_due work_done work_voucher"
    rows = [
        (
            case.project.id,
            named(case),
            STEP_NAMES[each.step](language),
            iso(each.due),
            iso(each.done),
            each.voucher,
        )
        for case in cases
        for each in case.project.milestones
    ]
    return _sheet("annex_milestones", keys, rows, language)


def _problems(cases: tuple[Case, ...], language: Language) -> list[Block]:
    keys = "work_id work_project work_problem work_owner work_due work_answer"
    rows = [
        (case.project.id, named(case), each.what, each.owner, iso(each.due), each.answer)
        for case in cases
        for each in case.problems
    ]
    return _sheet("annex_problems", keys, rows, language)


def _sheet(name: str, keys: str, rows: Sequence[Sequence[Run | str]], language: Language) -> list[Block]:
    heads = [(key, 1 / len(keys.split())) for key in keys.split()]
    return table(say(name, language), heads, rows, language)
