"""A document is written whole or not at all: checked, numbered, rendered in each format, put in place."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from liandong.briefs.annex import to_excel
from liandong.briefs.blocks import Document
from liandong.briefs.check import require_sources
from liandong.briefs.content import Grounds
from liandong.briefs.html import to_html
from liandong.briefs.ledger import with_changes
from liandong.briefs.limits import day_of
from liandong.briefs.pdf import to_pdf
from liandong.briefs.slides import to_slides
from liandong.briefs.sources import Source, Sources, number_sources
from liandong.briefs.vocabulary import say
from liandong.briefs.word import to_word
from liandong.errors import InputError, Text

FORMATS = ("docx", "pptx", "html", "xlsx", "pdf")
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


@dataclass(frozen=True, slots=True)
class Ready:
    """A document that passed the check, its sources numbered. template: what Word or slides start from."""

    document: Document
    sources: Sources
    entries: list[Source]
    date: str
    template: Path | None = None

    @property
    def heading(self) -> str:
        """Of the list of sources."""
        return say("sources", self.document.language)


def write_document(
    document: Document,
    content: Grounds,
    *,
    name: str,
    formats: Sequence[str],
    directory: str | Path = ".",
    slides: bool = False,
    template: str | Path | None = None,
    since: str | Path | None = None,
) -> list[Path]:
    """Write the document in each format; the paths in the order of the formats.

    name: of the files, without ending; characters that file systems refuse become -. slides: whether its PDF
    is made of the slides, else of the Word document. template: a .docx or .pptx of the user's house style.
    since: an earlier brief (docx, pptx, html); a last section tells what changed.
    Raises BriefError, with every offending place, if a figure or statement cannot be traced; InputError for
    an unknown format, a date that is none, a template that cannot be read, or a folder that cannot be
    written. Then nothing is written.
    """
    _check(content.date, formats)
    if since is not None:
        document = with_changes(document, Path(since))
    require_sources(document, content)
    sources = number_sources(document, content)
    ready = Ready(
        document, sources, sources.entries(), content.date, Path(template) if template is not None else None
    )
    stem = _UNSAFE.sub("-", name)
    made: dict[str, bytes] = {}
    for form in formats:
        if form == "pdf":
            made[f"{stem}.pdf"] = (
                to_pdf(_slides(ready, links=False), "pptx") if slides else to_pdf(_word(ready), "docx")
            )
        else:
            made[f"{stem}.{form}"] = _WRITERS[form](ready)
    return _put(made, Path(directory))


def _word(ready: Ready) -> bytes:
    return to_word(
        ready.document,
        ready.sources,
        ready.entries,
        heading=ready.heading,
        date=ready.date,
        template=_template(ready, ".docx"),
    )


def _slides(ready: Ready, *, links: bool = True) -> bytes:
    return to_slides(
        ready.document,
        ready.sources,
        ready.entries,
        heading=ready.heading,
        date=ready.date,
        template=_template(ready, ".pptx"),
        links=links,
    )


def _html(ready: Ready) -> bytes:
    return to_html(ready.document, ready.sources, ready.entries, heading=ready.heading).encode()


def _excel(ready: Ready) -> bytes:
    return to_excel(ready.document, ready.sources, ready.entries, date=ready.date)


_WRITERS: dict[str, Callable[[Ready], bytes]] = {
    "docx": _word,
    "pptx": _slides,
    "html": _html,
    "xlsx": _excel,
}


def _template(ready: Ready, ending: str) -> Path | None:
    """The template if it is one of this format."""
    template = ready.template
    return template if template is not None and template.suffix.lower() == ending else None


def _check(day: str, formats: Sequence[str]) -> None:
    for form in formats:
        if form not in FORMATS:
            known = ", ".join(FORMATS)
            raise InputError(
                Text(f"不支持格式“{form}”。可用:{known}。", f'"{form}" is not a format. Known: {known}.'),
                field="format",
            )
    day_of(day)


def _put(made: dict[str, bytes], folder: Path) -> list[Path]:
    """All files beside their places first, then each moved over what was there."""
    waiting: list[tuple[str, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in made.items():
            handle, temporary = tempfile.mkstemp(dir=folder, prefix=".", suffix=".part")
            waiting.append((temporary, folder / name))
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(0o644)
        for temporary, place in waiting:
            Path(temporary).replace(place)
    except OSError as error:
        raise InputError(
            Text(f"无法写入该文件夹:{error.strerror}。", f"The folder cannot be written: {error.strerror}."),
            file=str(folder),
        ) from error
    finally:
        for temporary, _ in waiting:
            Path(temporary).unlink(missing_ok=True)
    return [place for _, place in waiting]
