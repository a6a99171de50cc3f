"""The kinds of documents: what each is composed by, named and offered in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from liandong.briefs.blocks import Document
from liandong.briefs.chain_report import compose_chain
from liandong.briefs.city import compose
from liandong.briefs.content import CityBrief
from liandong.briefs.dossier import compose_dossier
from liandong.briefs.handbook import Handbook, compose_handbook
from liandong.briefs.memo import compose_memo
from liandong.briefs.pitch import compose_pitch
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
