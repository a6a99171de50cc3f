"""A brief is written whole or not at all: composed, checked, numbered, rendered, then put in place."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from liandong.briefs.annex import to_excel
from liandong.briefs.blocks import Document
from liandong.briefs.check import require_sources
from liandong.briefs.city import compose
from liandong.briefs.content import CityBrief
from liandong.briefs.html import to_html
from liandong.briefs.sources import Source, Sources, number_sources
from liandong.briefs.vocabulary import say
from liandong.briefs.word import to_word
from liandong.errors import InputError, Language, Text

FORMATS = ("docx", "html", "xlsx")
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def city_brief(
    content: CityBrief,
    *,
    language: Language = "zh",
    formats: Sequence[str] = ("docx", "html"),
    directory: str | Path = ".",
) -> list[Path]:
    """Write the city brief in each format; the paths in the order of the formats.

    Raises BriefError, with every offending place, if a figure or statement cannot be traced; InputError for
    an unknown format, a date that is none, or a folder that cannot be written. Then nothing is written.
    """
    _check(content, formats)
    document = compose(content, language)
    require_sources(document, content)
    sources = number_sources(document, content)
    entries = sources.entries()
    stem = _UNSAFE.sub("-", say("file", language).format(city=content.city, date=content.date))
    made = {f"{stem}.{form}": _WRITERS[form](document, sources, entries, content.date) for form in formats}
    return _put(made, Path(directory))


def _word(document: Document, sources: Sources, entries: list[Source], day: str) -> bytes:
    return to_word(document, sources, entries, heading=say("sources", document.language), date=day)


def _html(document: Document, sources: Sources, entries: list[Source], day: str) -> bytes:
    return to_html(document, sources, entries, heading=say("sources", document.language)).encode()


def _excel(document: Document, sources: Sources, entries: list[Source], day: str) -> bytes:
    return to_excel(document, sources, entries, date=day)


_WRITERS: dict[str, Callable[[Document, Sources, list[Source], str], bytes]] = {
    "docx": _word,
    "html": _html,
    "xlsx": _excel,
}


def _check(content: CityBrief, formats: Sequence[str]) -> None:
    for form in formats:
        if form not in FORMATS:
            known = ", ".join(FORMATS)
            raise InputError(
                Text(f"不支持格式“{form}”。可用:{known}。", f'"{form}" is not a format. Known: {known}.'),
                field="format",
            )
    try:
        date.fromisoformat(content.date)
    except ValueError as error:
        raise InputError(
            Text(
                f"“{content.date}”不是日期。请写作 2025-06-19。",
                f'"{content.date}" is not a date. Write 2025-06-19.',
            ),
            field="date",
        ) from error


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
