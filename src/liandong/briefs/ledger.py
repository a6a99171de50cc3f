"""What a document said, kept inside it, so that the next one can tell what changed."""

from __future__ import annotations

import json
import re
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from liandong.briefs.blocks import (
    Column,
    Document,
    Heading,
    Paragraph,
    Run,
    Table,
    Value,
    Words,
    cell,
    placed_runs,
)
from liandong.briefs.vocabulary import say
from liandong.charts.picture import clean
from liandong.errors import InputError, Language, Text
from liandong.figures import Basis, Figure, RecordRef, Standing

PART = "/customXml/liandong-figures.xml"
ELEMENT = "liandong-figures"
_BODY = re.compile(rf"<(?:script|{ELEMENT})\b[^>]*>(\{{.*?\}})</(?:script|{ELEMENT})>", re.S)


@dataclass(frozen=True, slots=True)
class Line:
    """A figure that a document shows. place: where, in words; text: as written; number: counted from 1.

    The rest is as in its Figure.
    """

    place: str
    text: str
    value: str | None
    unit: str
    measure: str
    standing: str
    moment: str | None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new, what reads otherwise (before, now), and what is no longer told."""

    new: tuple[Line, ...]
    changed: tuple[tuple[Line, Line], ...]
    withdrawn: tuple[Line, ...]


def lines(document: Document) -> tuple[Line, ...]:
    """Every known figure in reading order; a place that comes twice is counted on."""
    seen: Counter[str] = Counter()
    found: list[Line] = []
    for placed in placed_runs(document):
        run = placed.run
        if not isinstance(run, Value) or not run.figure.known:
            continue
        seen[placed.label] += 1
        place = placed.label if seen[placed.label] == 1 else f"{placed.label} ({seen[placed.label]})"
        basis = run.figure.basis
        found.append(
            Line(
                place,
                run.text,
                format(run.figure.value, "f") if run.figure.value is not None else None,
                run.figure.unit,
                run.figure.measure,
                run.figure.standing.value,
                basis.as_of or basis.in_year or basis.cumulative,
                len(found) + 1,
            )
        )
    return tuple(found)


def to_json(document: Document) -> str:
    """The lines for keeping."""
    told = [[getattr(line, name) for name in Line.__dataclass_fields__] for line in lines(document)]
    return clean(
        json.dumps(
            {"title": document.title, "language": document.language, "lines": told}, ensure_ascii=False
        )
    )


def to_xml(document: Document) -> bytes:
    """The lines as the part of an office file."""
    return f"<{ELEMENT}>{escape(to_json(document))}</{ELEMENT}>".encode()


def read_ledger(path: Path) -> tuple[Line, ...]:
    """The lines of a .docx, .pptx or .html that was written before. Raises InputError for another file."""
    try:
        if path.suffix.lower() in (".docx", ".pptx"):
            with zipfile.ZipFile(path) as package:
                text = package.read(PART.lstrip("/")).decode()
        else:
            text = path.read_text(encoding="utf-8")
        found = _BODY.search(text)
        if found is None:
            raise KeyError(PART)
        data: dict[str, Any] = json.loads(unescape(found[1]))
        return tuple(Line(*row) for row in data["lines"])
    except (OSError, KeyError, ValueError, TypeError, zipfile.BadZipFile) as error:
        raise InputError(
            Text(
                "该文件不是本系统生成的简报(docx、pptx 或 html),无法比较。",
                "the file is not a brief of this system (docx, pptx or html): nothing to compare with.",
            ),
            file=str(path),
            field="since",
        ) from error


def compare(before: Sequence[Line], now: Sequence[Line]) -> Changes:
    """By place: a figure counts as changed if its value, unit, standing or moment is another."""
    old, new = {line.place: line for line in before}, {line.place: line for line in now}
    return Changes(
        tuple(line for place, line in new.items() if place not in old),
        tuple(
            (old[place], line)
            for place, line in new.items()
            if place in old and _said(old[place]) != _said(line)
        ),
        tuple(line for place, line in old.items() if place not in new),
    )


def with_changes(document: Document, since: Path) -> Document:
    """The document with a last section on what changed since that file."""
    changes = compare(read_ledger(since), lines(document))
    language = document.language
    rows = [
        *((line.place, _quoted(old, since), line.text, "changed") for old, line in changes.changed),
        *((line.place, None, line.text, "new") for line in changes.new),
        *((line.place, _quoted(line, since), None, "withdrawn") for line in changes.withdrawn),
    ]
    intro = say("changes_intro" if rows else "changes_none", language).format(file=since.name)
    blocks: list[Any] = [Heading(1, say("changes", language)), Paragraph((Words(intro),))]
    if rows:
        blocks.append(_table(rows, language))
    return replace(document, blocks=(*document.blocks, *blocks))


def _table(rows: Sequence[tuple[str, Run | None, str | None, str]], language: Language) -> Table:
    heads = (("changes_place", 0.5), ("changes_before", 0.2), ("changes_now", 0.2), ("changes_kind", 0.1))
    return Table(
        say("changes", language),
        tuple(Column(say(head, language), share) for head, share in heads),
        tuple(
            (
                cell(Words(place)),
                cell(before or Words("—")),
                cell(Words(now or "—")),
                cell(Words(say(f"changes_{kind}", language))),
            )
            for place, before, now, kind in rows
        ),
    )


def _quoted(line: Line, since: Path) -> Value:
    """What the earlier document said, with that document as its record."""
    figure = Figure(
        None if line.value is None else Decimal(line.value),
        line.unit,
        line.measure,
        standing=Standing(line.standing),
        basis=Basis(as_of=line.moment),
        evidence=(RecordRef(since.name, line.number),),
    )
    return Value(figure, line.text)


def _said(line: Line) -> tuple[object, ...]:
    value = None if line.value is None else Decimal(line.value)
    return (value, line.unit, line.standing, line.moment)
