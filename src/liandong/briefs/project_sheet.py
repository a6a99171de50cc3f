"""The project sheet: one project on its paper, with amounts, milestones, promises and what still lacks."""

from __future__ import annotations

from datetime import date
from itertools import zip_longest

from liandong.briefs.blocks import (
    Block,
    Document,
    Heading,
    Illustration,
    PageBreak,
    Paragraph,
    Run,
    Words,
)
from liandong.briefs.cases import Case, Papers
from liandong.briefs.counting import measure_words, named, period_words, shown, standing_words
from liandong.briefs.paper import annex_tables, banner, subtitle, synthetic_note
from liandong.briefs.promised import promise_blocks
from liandong.briefs.tabling import iso, listed, table
from liandong.briefs.vocabulary import say
from liandong.charts import Milestone, timeline
from liandong.errors import Language
from liandong.projects import (
    STAGE_NAMES,
    STAGES,
    STATUS_NAMES,
    STEP_NAMES,
    TYPE_NAMES,
    judge,
    shipped_gates,
)


def compose_sheets(papers: Papers, language: Language) -> Document:
    """A sheet for each chosen project, each on a new page; for all if none was chosen."""
    chosen = [papers.case(each) for each in papers.chosen] if papers.chosen else list(papers.cases)
    blocks: list[Block] = []
    for case in chosen:
        blocks += [PageBreak()] if blocks else synthetic_note(papers, language)
        blocks += [Heading(1, case.project.name), *sheet_blocks(case, papers, language)]
    title = say("sheet_title", language).format(
        name=chosen[0].project.name if len(chosen) == 1 else papers.city
    )
    return Document(
        title,
        subtitle(papers, language),
        language,
        tuple(blocks),
        banner=banner(papers, language),
        annex=annex_tables(papers, language),
    )


def sheet_blocks(case: Case, papers: Papers, language: Language) -> list[Block]:
    """Everything that is kept of a project; what is unknown is a dash."""
    day = date.fromisoformat(papers.date)
    return [
        *_basics(case, language),
        *amount_table(case, language),
        *_milestones(case, language),
        *promise_blocks((case,), day, language),
        *check_table(case, language),
        *_problems(case, language),
        *_lacks(case, language),
    ]


def amount_table(case: Case, language: Language) -> list[Block]:
    """A row an amount: what differs in measure, standing or period stands apart."""
    rows = [
        (
            measure_words(figure.measure, language),
            standing_words(figure.standing, language),
            period_words(figure.basis, language) or say("work_no_period", language),
            shown(figure, language),
        )
        for figure in case.project.amounts
    ]
    heads = (("work_measure", 0.3), ("work_standing", 0.16), ("period", 0.24), ("+value", 0.3))
    return table(say("sheet_amounts", language), heads, rows, language)


def check_table(case: Case, language: Language) -> list[Block]:
    """Due diligence: what was found, by what; a red flag with its decision."""
    rows = [
        (
            check.item,
            say(f"check_{check.answer}", language),
            check.by,
            check.on.isoformat() if check.on else "",
            check.decision,
        )
        for check in case.checks
    ]
    heads = (
        ("check_item", 0.22),
        ("check_answer", 0.14),
        ("check_by", 0.28),
        ("work_day", 0.15),
        ("check_decision", 0.21),
    )
    return table(say("sheet_checks", language), heads, rows, language)


def _basics(case: Case, language: Language) -> list[Block]:
    project, party = case.project, case.project.party
    rows: tuple[tuple[str, Run | str], ...] = (
        ("work_project", named(case)),
        ("work_id", project.id),
        ("work_about", case.about),
        ("work_party", party.name if party else ""),
        ("uscc", (party.uscc if party else None) or ""),
        ("work_group", (party.group if party else None) or ""),
        ("work_type", TYPE_NAMES[project.kind](language)),
        ("work_stage", STAGE_NAMES[project.stage](language)),
        ("status", STATUS_NAMES[project.status](language)),
        ("work_signing", _signing(case, language)),
        ("work_chain", case.chain),
        ("work_products", listed(project.products, language)),
        ("work_place", case.place),
        ("work_park", project.park or ""),
        ("work_unit", project.unit),
        ("work_sharing", listed(project.shared, language)),
    )
    half = -(-len(rows) // 2)
    pairs = zip_longest(rows[:half], rows[half:])
    lines = [
        [each for key, value in filter(None, pair) for each in (say(key, language), value)] for pair in pairs
    ]
    heads = (("item", 0.16), ("says", 0.36), ("item", 0.16), ("says", 0.32))
    return table(say("sheet_basics", language), heads, lines, language)


def _signing(case: Case, language: Language) -> str:
    """Formal, framework or neither: a framework is not a signing."""
    return say(f"signing_{signing(case)}", language)


def signing(case: Case) -> str:
    """formal, framework or none."""
    if case.project.signed():
        return "formal"
    framework = any(m.step.value == "framework" and m.done for m in case.project.milestones)
    return "framework" if framework else "none"


def _milestones(case: Case, language: Language) -> list[Block]:
    """Stages reached and milestones as a picture, milestones with their vouchers as a table."""
    steps = case.project.milestones
    dated = [each for each in steps if each.due or each.done]
    drawn = [
        *(
            Milestone(STAGE_NAMES[stage](language), None, case.project.reached[stage])
            for stage in STAGES
            if stage in case.project.reached
        ),
        *(Milestone(STEP_NAMES[each.step](language), each.due, each.done) for each in dated),
    ]
    blocks: list[Block] = []
    if drawn:
        blocks.append(Illustration(timeline(drawn, language=language), say("sheet_timeline", language)))
    rows = [(STEP_NAMES[each.step](language), iso(each.due), iso(each.done), each.voucher) for each in steps]
    heads = (("work_step", 0.24), ("work_due", 0.18), ("work_done", 0.18), ("work_voucher", 0.4))
    return [*blocks, *table(say("sheet_milestones", language), heads, rows, language)]


def _problems(case: Case, language: Language) -> list[Block]:
    rows = [(each.what, each.owner, iso(each.due), each.answer) for each in case.problems]
    heads = (("work_problem", 0.34), ("work_owner", 0.2), ("work_due", 0.16), ("work_answer", 0.3))
    return table(say("sheet_problems", language), heads, rows, language)


def _lacks(case: Case, language: Language) -> list[Block]:
    """What keeps the project from its next stage, by the gates."""
    place = case.project.stage.place
    if place + 1 == len(STAGES):
        return []
    after = STAGES[place + 1]
    verdicts = tuple(verdict for promise in case.project.promises for verdict in judge(promise.what))
    lacks = shipped_gates().lacking(case.project, after, verdicts)
    head = say("sheet_lacks", language).format(stage=STAGE_NAMES[after](language))
    gap = "" if language == "zh" else " "
    said = gap.join(lack.text(language) for lack in lacks) or say("sheet_nothing_lacks", language)
    return [Paragraph((Words(head, "strong"), Words(said)))]
