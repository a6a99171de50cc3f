"""Title, time and source of a web page: what its markup says, set against what its visible lines say.

The visible place is preferred, because a reader can be shown it: a heading that `<title>` or ArticleTitle
repeats; else the line above the page line; else what the markup alone says, without a place in raw.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from liandong.documents import lexicon as lex
from liandong.documents.folding import fold
from liandong.documents.lines import Line, Use
from liandong.documents.markup import Visible
from liandong.documents.masthead import Masthead, iso
from liandong.documents.page import Span

# Names that government sites (the 2019 指标 for portals), news sites and Open Graph use, best first.
_TITLES = ("articletitle", "og:title", "twitter:title")
_TIMES = ("pubdate", "publishdate", "article:published_time", "og:release_date", "datepublished", "date")
_SOURCES = ("contentsource", "article:source", "og:article:author", "source")
_SITE = re.compile(r"\s*[-_|–—«»]+\s*[^-_|–—«»]{1,40}$")
_LEAST = 4


@dataclass(frozen=True, slots=True)
class Headline:
    """What the page calls itself; a text without a span is said by the markup only."""

    title: str | None
    title_span: Span | None
    published: str | None
    published_span: Span | None
    source: str | None
    source_span: Span | None


def of_text(raw: str, head: Masthead) -> Headline:
    """The headline of a text without markup."""
    title, source = (raw[span.start : span.end] if span else None for span in (head.title, head.source))
    return Headline(title, head.title, head.published, head.published_span, source, head.source)


def of_markup(raw: str, lines: Sequence[Line], head: Masthead, page: Visible) -> Headline:
    """The headline of a web page."""
    seen = of_text(raw, head)
    title, span = _title(raw, lines, head, page)
    published, place = seen.published, seen.published_span
    if published is None:
        published = next((when for name in _TIMES if (when := _time(page.meta.get(name)))), None)
    source = seen.source or next((page.meta[name] for name in _SOURCES if page.meta.get(name)), None)
    return Headline(title, span, published, place, source, seen.source_span)


def _title(raw: str, lines: Sequence[Line], head: Masthead, page: Visible) -> tuple[str | None, Span | None]:
    said = [text for text in (*(page.meta.get(name) for name in _TITLES), page.title) if text]
    folded = [_letters(text) for text in said]
    headings = [Span(start, end) for start, end in page.headings if end - start >= _LEAST]
    candidates = [*headings, *([head.title] if head.title else [])]
    for span in candidates:
        letters = _letters(raw[span.start : span.end])
        if any(letters and letters in text for text in folded):
            return raw[span.start : span.end], span
    for line in lines:  # the first line that the page's own title begins with
        letters = _letters(line.text)
        if (
            len(letters) >= 2 * _LEAST
            and line.use in (Use.PLAIN, Use.PROSE)
            and any(t.startswith(letters) for t in folded)
        ):
            return raw[line.start : line.end], Span(line.start, line.end)
    chosen = head.title or (headings[0] if len(headings) == 1 else None)
    if chosen:
        return raw[chosen.start : chosen.end], chosen
    return (_SITE.sub("", said[0]) or said[0], None) if said else (None, None)


def _letters(text: str) -> str:
    """Letters and figures alone, for comparing titles that differ in spaces and marks."""
    return re.sub(r"[\W_]+", "", fold(text)).lower()


def _time(text: str | None) -> str | None:
    match = lex.DATE.search(fold(text)) if text else None
    return iso(match) if match else None
