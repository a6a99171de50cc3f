"""The signing list: formal contracts apart from framework agreements, reviewed or not, like sums only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from liandong.briefs.blocks import Block, Cell, Document, Paragraph, Run, Words, cell
from liandong.briefs.cases import Case, Papers
from liandong.briefs.counting import amount_lines, counted, named, shown
from liandong.briefs.monthly import sum_table
from liandong.briefs.paper import annex_tables, banner, subtitle, synthetic_note
from liandong.briefs.project_sheet import signing
from liandong.briefs.tabling import sections, table
from liandong.briefs.vocabulary import say
from liandong.errors import Language
from liandong.figures import Basis
from liandong.projects import TYPE_NAMES, Conclusion, Step, settled

_STEP = {"formal": Step.CONTRACT, "framework": Step.FRAMEWORK}


def compose_signings(papers: Papers, language: Language) -> Document:
    """The list of an event, or of all that was signed; the two kinds of paper are never added."""
    among = [case for case in papers.cases if not papers.event or case.project.event == papers.event]
    formal = [case for case in among if signing(case) == "formal"]
    framed = [case for case in among if signing(case) == "framework"]
    made: tuple[tuple[str, list[Block]], ...] = (
        ("signings_read", [*synthetic_note(papers, language), *_summary(formal, framed, papers, language)]),
        ("signings_formal", _part(formal, "formal", papers, language)),
        ("signings_framework", _part(framed, "framework", papers, language)),
    )
    return Document(
        say("signings_title", language).format(what=papers.event or papers.city),
        subtitle(papers, language),
        language,
        sections(made, language),
        layout="wide",
        banner=banner(papers, language),
        annex=annex_tables(papers, language),
    )


def _summary(
    formal: Sequence[Case], framed: Sequence[Case], papers: Papers, language: Language
) -> list[Block]:
    """Both numbers in a sentence each, and how many of each were reviewed."""
    runs: list[Run] = []
    basis = Basis(as_of=papers.date)
    for cases, kind in ((formal, "formal"), (framed, "framework")):
        what = say(f"signing_{kind}", language)
        reviewed = [case for case in cases if _admitted(case)]
        measure = "projects" if kind == "formal" else "framework_projects"
        said = say(f"signings_count_{kind}", language).split("{n}")
        marked = (cases, reviewed)
        for at, part in enumerate(said):
            runs.append(Words(part))
            if at < len(said) - 1:
                formula = say("signings_formula", language).format(
                    what=what if at == 0 else f"{what} · {say('review_admission', language)}"
                )
                runs.append(shown(counted(marked[at], formula, papers, basis, measure=measure), language))
    return [Paragraph(tuple(runs)), Paragraph((Words(say("signings_note", language), "muted"),))]


def _part(cases: Sequence[Case], kind: str, papers: Papers, language: Language) -> list[Block]:
    heads = (
        ("work_number", 0.05),
        ("work_project", 0.2),
        ("work_party", 0.16),
        ("work_type", 0.08),
        ("work_place", 0.13),
        ("work_day", 0.09),
        ("work_amounts", 0.19),
        ("work_reviews", 0.1),
    )
    ordered = sorted(cases, key=lambda case: (_signed_on(case, kind), case.project.id))
    rows = [
        (
            str(number),
            _title(case, language),
            case.project.party.name if case.project.party else "",
            TYPE_NAMES[case.project.kind](language),
            "".join(filter(None, (case.place, case.project.park and f" {case.project.park}"))),
            _signed_on(case, kind),
            amount_lines(case.project.amounts, language),
            _reviews(case, language),
        )
        for number, case in enumerate(ordered, 1)
    ]
    caption = say(f"signings_{kind}", language)
    sums = say(f"signings_sums_{kind}", language)
    return [*table(caption, heads, rows, language), *sum_table(ordered, sums, language)]


def _title(case: Case, language: Language) -> Cell:
    if not case.project.event:
        return cell(named(case))
    return Cell(((named(case),), (Words(case.project.event, "muted"),)))


def _reviews(case: Case, language: Language) -> Cell:
    """Whether it passed the admission and the fair-competition review."""
    passed = {"admission": _admitted(case), "fair_competition": "fair_competition" in case.project.reviews}
    return Cell(
        tuple(
            (
                Words(
                    f"{'✓' if done else '○'} {say(f'review_{name}', language)}",
                    "plain" if done else "warning",
                ),
            )
            for name, done in passed.items()
        )
    )


def _admitted(case: Case) -> bool:
    """By the project's own record, or by a review of which no condition is open."""
    if case.review is None:
        return "admission" in case.project.reviews
    conclusion = case.review.conclusion()
    return conclusion is not Conclusion.OPEN and settled(conclusion, case.conditions)


def _signed_on(case: Case, kind: str) -> str:
    days: list[date] = [m.done for m in case.project.milestones if m.step is _STEP[kind] and m.done]
    return days[0].isoformat() if days else ""
