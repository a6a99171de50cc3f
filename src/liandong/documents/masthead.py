"""What a page says of itself: title, time, source and credits, each with its place in raw."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from liandong.documents import lexicon as lex
from liandong.documents.credits import byline, closing, fields, is_person
from liandong.documents.lines import LONGEST, Line, Use
from liandong.documents.page import Credit, Span

_REACH = 12  # lines above and below the article in which its masthead and credits stand
_SUBTITLE = "—-–("
_NAME = re.compile(r"[一-鿿A-Za-z0-9·()]{2,20}(?= |\||$)")
_CALL = 45  # characters of a title with an exclamation
_TITLE_REACH = 6  # lines between the title and the page line


@dataclass(frozen=True, slots=True)
class Masthead:
    """What was found; spans are of raw. lead: index of the first line that is not masthead."""

    title: Span | None
    published: str | None
    published_span: Span | None
    source: Span | None
    credits: tuple[Credit, ...]


def masthead(folded: str, lines: Sequence[Line], first: int, last: int) -> Masthead:
    """Read the lines around the article [first, last): page line above, bylines in it, credits below."""
    page_line = _page_line(lines, first)
    title = _title(lines, first, page_line)
    published = _published(lines, first, last, page_line)
    credits: list[Credit] = []
    source = None
    for line in lines[max(0, first - _REACH) : first]:
        if line.use in (Use.MASTHEAD, Use.CREDITS):
            source = source or _labelled_source(line)
            credits += fields(line.text, offset=line.start).credits
    if page_line and not source:
        source, unlabelled = _leading_names(page_line)
        credits += unlabelled
    if first < last:
        heads = title is not None and lines[first].start == title.start and first + 1 < last
        opener = lines[first + 1] if heads else lines[first]
        opening, medium = byline(folded, opener.start, opener.end)
        source = source or medium
        credits += opening
        credits += closing(folded, lines[last - 1].start, lines[last - 1].end)
    for line in lines[first:last]:
        if line.use is Use.CREDITS:
            credits += fields(line.text, offset=line.start).credits
    for line in _below(lines, last):
        credits += fields(line.text, offset=line.start).credits
        source = source or _labelled_source(line)
    unique = {credit.span: credit for credit in credits}
    return Masthead(title, *published, source, tuple(unique[span] for span in sorted(unique, key=_by_start)))


def _by_start(span: Span) -> int:
    return span.start


def _page_line(lines: Sequence[Line], first: int) -> Line | None:
    """The last line above the article that gives its time or source; a time alone counts."""
    above = [line for line in lines[max(0, first - _REACH) : first] if line.use in (Use.MASTHEAD, Use.MOMENT)]
    dated = [line for line in above if lex.DATE.search(line.text)]
    found = dated or above
    return found[-1] if found else None


def _title(lines: Sequence[Line], first: int, page_line: Line | None) -> Span | None:
    """The fullest heading above the page line or the article; else the first line, if it is a heading."""
    stop = next((i for i, line in enumerate(lines[:first]) if line is page_line), first)
    reach = [line for line in lines[max(0, stop - _TITLE_REACH) : stop] if _can_be_title(line)]
    if not reach and page_line:  # some pages put the time above the title
        reach = [line for line in lines[stop + 1 : first] if _can_be_title(line)]
    if reach:
        best = max(reach, key=lambda line: (line.text[0] not in _SUBTITLE, min(line.weight, 12), line.start))
        return Span(best.start, best.end)
    opens = first if page_line else 0  # no heading above: the article's own first line may be it
    if opens == first < len(lines) - 1 and _is_heading(lines[first]) and _can_be_title(lines[first]):
        return Span(lines[first].start, lines[first].end)
    return None


def _is_heading(line: Line) -> bool:
    """A line without sentences, or one that only calls out: 全省唯一！A集群获评…"""
    called = (
        len(line.text) <= _CALL
        and not re.search("[。；;]", line.text)
        and not line.text.endswith(tuple("。！？!?…”"))
    )
    return line.use is Use.PLAIN or (line.use is Use.PROSE and called)


def _can_be_title(line: Line) -> bool:
    return line.use in (Use.PLAIN, Use.PROSE) and line.weight >= 4 and len(line.text) <= 120


def _published(
    lines: Sequence[Line], first: int, last: int, page_line: Line | None
) -> tuple[str | None, Span | None]:
    """ISO time of the page line; else of a labelled time or a signature below the article."""
    below = [
        line for line in lines[max(first, last - 1) : last + 6] if line.use in (Use.MOMENT, Use.MASTHEAD)
    ]
    below = [line for line in below if line.use is Use.MASTHEAD or line is lines[last - 1]] if last else below
    for line in [page_line, *below]:
        for match in lex.DATE.finditer(line.text) if line else ():
            when = iso(match)
            if when and line:
                return when, Span(
                    line.start + match.start(), line.start + match.start() + len(match[0].rstrip())
                )
    return None, None


def iso(match: re.Match[str]) -> str | None:
    """ISO date, or date and time to the minute or second, of a `DATE` match; None if there is no such day."""
    year, month, day = (int(match[name]) for name in ("year", "month", "day"))
    try:
        if match["hour"] is None:
            return datetime(year, month, day).date().isoformat()
        when = datetime(year, month, day, int(match["hour"]), int(match["minute"]), int(match["second"] or 0))
    except ValueError:
        return None
    return when.isoformat(timespec="seconds" if match["second"] else "minutes")


def _labelled_source(line: Line) -> Span | None:
    """What stands behind 来源: up to the next field."""
    for match in lex.SOURCE_LABEL.finditer(line.text):
        value = re.match(r"[^ |;\]】]{1,40}", line.text[match.end() :])
        if value:
            return Span(line.start + match.end(), line.start + match.end() + value.end())
    return None


def _leading_names(line: Line) -> tuple[Span | None, tuple[Credit, ...]]:
    """The medium, and a person after it, that open a page line without labels: 莞讯客户端 2025-02-26."""
    date = lex.DATE.search(line.text)
    lead = line.text[: date.start()] if date else ""
    names = list(_NAME.finditer(lead))
    if (
        not names
        or _NAME.sub("", lead).strip(" |")
        or lex.TIME_LABEL.match(lead)
        or lex.CREDIT_LABEL.match(lead)
    ):
        return None, ()
    medium, *persons = (Span(line.start + name.start(), line.start + name.end()) for name in names)
    written = [name[0] for name in names[1:]]
    if not persons or not all(map(is_person, written)):
        return (medium, ()) if not persons else (None, ())
    return medium, (Credit("", tuple(written), Span(persons[0].start, persons[-1].end)),)


def _below(lines: Sequence[Line], last: int) -> Iterator[Line]:
    """Lines of credits below the article, up to the first list of other pages."""
    for line in lines[last : last + _REACH]:
        if line.use in (Use.SECTION, Use.TEASER):
            return
        if line.use in (Use.CREDITS, Use.MASTHEAD) and len(line.text) <= LONGEST:
            yield line
