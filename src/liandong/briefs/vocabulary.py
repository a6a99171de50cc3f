"""The words of briefs in both languages: labels, measures, coverage, glossary.

A source's term without an English word in the glossary stays Chinese.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from pathlib import PurePath
from typing import Any

from liandong.errors import Language
from liandong.figures import Coverage
from liandong.projects import MEASURES


def say(key: str, language: Language) -> str:
    """A label of `data/words.toml` or `data/work.toml`. Raises KeyError for one that is not there."""
    labels = _table("words.toml")["labels"]
    text: str = (labels[key] if key in labels else _table("work.toml")["labels"][key])[language]
    return text


def measure_name(measure: str, language: Language) -> str:
    """A measure or input of a formula in words; its own name where there are none."""
    found = _table("words.toml")["measures"].get(measure)
    if found:
        return str(found[language])
    return MEASURES[measure](language) if measure in MEASURES else measure


def term(text: str, language: Language) -> str:
    """A source's term, in English behind its translation if there is one: high-tech firms (高新技术企业).

    A term that is not in the glossary is told by the longest end of it that is: production base
    (电力装备生产基地). The Chinese always follows in full.
    """
    if language == "zh":
        return text
    terms = _table("glossary.toml")["terms"]
    ends = (text[at:] for at in range(len(text) - 1))
    english = next((terms[end] for end in ends if end in terms), None)
    return f"{english} ({text})" if english else text


def bound(qualifier: str | None, language: Language) -> tuple[str, str]:
    """The bound that belongs before the number (超, over) and the rest of the qualifier."""
    if not qualifier:
        return "", ""
    parts = qualifier.split(";")
    bounds = _table("words.toml")["bounds"]
    for part in parts:
        if part in bounds:
            rest = [other for other in parts if other != part]
            return (part if language == "zh" else bounds[part] + " "), ";".join(rest)
    return "", qualifier


def coverage_words(coverage: Coverage, language: Language) -> str:
    """What a figure stands on in one phrase: source, newest record, records, complete cells, limits."""
    parts = [coverage.source]
    if coverage.last_date:
        parts.append(say("until", language).format(date=coverage.last_date))
    if coverage.rows is not None:
        parts.append(say("records", language).format(rows=f"{coverage.rows:,}"))
    if coverage.complete_cells is not None and coverage.cells:
        parts.append(say("cells", language).format(complete=coverage.complete_cells, cells=coverage.cells))
    parts += [note_words(note, language) for note in coverage.notes]
    return say("coverage", language).format(what=("，" if language == "zh" else ", ").join(parts))


def moment(published: str | None) -> str:
    """A date, or date and time to the minute: 2025-06-19 21:58."""
    return (published or "").replace("T", " ")[:16]


def file_name(origin: str) -> str:
    """Where a page came from: an address as it is, of a path only the file's name."""
    return origin if "://" in origin else PurePath(origin.replace("\\", "/")).name or origin


def note_words(note: str, language: Language) -> str:
    """A limit of the coverage in words; the code itself where there are none."""
    found = _table("words.toml")["notes"].get(note)
    return found[language] if found else note


@lru_cache(maxsize=4)
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files("liandong.briefs").joinpath("data", name).read_text("utf-8"))
