"""The kinds of documents: what each is composed by, named and offered in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from liandong.briefs.blocks import Document
from liandong.briefs.cases import Papers
from liandong.briefs.chain_report import compose_chain
from liandong.briefs.city import compose
from liandong.briefs.content import CityBrief
from liandong.briefs.counting import register
from liandong.briefs.dossier import compose_dossier
from liandong.briefs.handbook import Handbook, compose_handbook
from liandong.briefs.memo import compose_memo
from liandong.briefs.monthly import compose_monthly
from liandong.briefs.pitch import compose_pitch
from liandong.briefs.project_sheet import compose_sheets
from liandong.briefs.review_papers import compose_review
from liandong.briefs.signing_list import compose_signings
from liandong.briefs.trip_plan import compose_outing, compose_reception
from liandong.briefs.vocabulary import say
from liandong.briefs.writing import write_document
from liandong.errors import InputError, Language, Text


@dataclass(frozen=True, slots=True)
class CityKind:
    """A document made of a city's content. formats: the usual ones."""

    compose: Callable[[CityBrief, Language], Document]
    file: str
    formats: tuple[str, ...]
    slides: bool = False


CITY_KINDS: dict[str, CityKind] = {
    "city": CityKind(compose, "file", ("docx", "html")),
    "chain": CityKind(compose_chain, "chain_file", ("docx", "html")),
    "dossier": CityKind(compose_dossier, "dossier_file", ("docx", "html")),
    "memo": CityKind(compose_memo, "memo_file", ("docx",)),
    "pitch": CityKind(compose_pitch, "pitch_file", ("pptx", "html"), slides=True),
}


@dataclass(frozen=True, slots=True)
class WorkKind:
    """A paper on projects. file: a label, its name. formats: the usual ones."""

    compose: Callable[[Papers, Language], Document]
    file: str
    formats: tuple[str, ...] = ("docx", "html")


WORK_KINDS: dict[str, WorkKind] = {
    "monthly": WorkKind(compose_monthly, "monthly_file", ("docx", "xlsx", "html")),
    "project": WorkKind(compose_sheets, "sheet_file"),
    "signings": WorkKind(compose_signings, "signings_file", ("docx", "xlsx", "html")),
    "review": WorkKind(compose_review, "review_file"),
    "outing": WorkKind(compose_outing, "trip_file"),
    "reception": WorkKind(compose_reception, "trip_file"),
}


def city_brief(
    content: CityBrief,
    *,
    kind: str = "city",
    language: Language = "zh",
    formats: Sequence[str] = (),
    directory: str | Path = ".",
    template: str | Path | None = None,
    since: str | Path | None = None,
) -> list[Path]:
    """Write a document of a city in each format, by default the kind's usual ones; the paths in their order.

    kind: a key of `CITY_KINDS`. Raises as `write_document`, and InputError for a kind that there is not.
    """
    if kind not in CITY_KINDS:
        known = ", ".join(CITY_KINDS)
        raise InputError(
            Text(f"没有“{kind}”这种简报。可用:{known}。", f'"{kind}" is not a brief. Known: {known}.'),
            field="KIND",
        )
    made = CITY_KINDS[kind]
    return write_document(
        made.compose(content, language),
        content,
        name=say(made.file, language).format(
            city=content.city,
            date=content.date,
            chain=content.chains[0].chain.name if content.chains else "",
        ),
        formats=tuple(formats) or made.formats,
        directory=directory,
        slides=made.slides,
        template=template,
        since=since,
    )


def event_handbook(
    content: Handbook,
    *,
    language: Language = "zh",
    formats: Sequence[str] = ("docx", "html"),
    directory: str | Path = ".",
    template: str | Path | None = None,
    since: str | Path | None = None,
) -> list[Path]:
    """Write the handbook of an event in each format; the paths in their order. Raises as `write_document`."""
    return write_document(
        compose_handbook(content, language),
        content,
        name=say("handbook_file", language).format(event=content.schedule.event.name, date=content.date),
        formats=formats,
        directory=directory,
        template=template,
        since=since,
    )


def work_paper(
    papers: Papers,
    *,
    kind: str,
    language: Language = "zh",
    formats: Sequence[str] = (),
    directory: str | Path = ".",
    template: str | Path | None = None,
    since: str | Path | None = None,
) -> list[Path]:
    """Write a paper on projects in each format, by default the kind's usual ones; the paths in their order.

    kind: a key of `WORK_KINDS`. Raises as `write_document`, and InputError for an id or a month that there is
    not.
    """
    made = WORK_KINDS[kind]
    count = say("work_register", language).format(count=len(papers.cases), day=papers.date)
    papers = replace(papers, records={**papers.records, register(papers): count})
    document = made.compose(papers, language)
    what = document.title if kind != "project" else "-".join(papers.chosen) or say("annex_projects", language)
    return write_document(
        document,
        papers,
        name=say(made.file, language).format(
            city=papers.city, date=papers.date, month=papers.month or papers.date[:7], what=what
        ),
        formats=tuple(formats) or made.formats,
        directory=directory,
        template=template,
        since=since,
    )
