"""Which lines of a web page's visible text are its article: trafilatura's choice, mapped onto our own text.

trafilatura knows trees and gives text without places. Each piece that it kept is found again in `raw`, in
order, by its letters alone; a line of raw of which most was kept is article, whole. So body ranges are
exact ranges of raw, and quotes are whole readable lines. Where it keeps nothing, fails, or the source is
larger than the limits, the line model of flattened text decides.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from itertools import accumulate
from types import ModuleType

from liandong.documents.cleaning import below_masthead
from liandong.documents.lines import FURNITURE, Line, Use
from liandong.documents.markup import without_directives

TREE_LIMIT = 6_000
"""Elements up to which trafilatura is asked: news pages have under 2,000; its time grows as their square."""

_SOURCE_LIMIT = 2_000_000
_ELEMENT = re.compile(r"<[A-Za-z]")
_NEAR = 4000  # characters ahead in which a short piece is looked for
_SHORT = 12
_ANCHOR = 24
_MOST = 0.5  # share of a line's letters that makes it article
_EDGE = FURNITURE - {Use.TEASER}


def article(source: str, raw: str, lines: Sequence[Line]) -> list[bool] | None:
    """For each line of raw, whether it is article; None where the tree does not tell."""
    if len(source) > _SOURCE_LIMIT or len(_ELEMENT.findall(source)) > TREE_LIMIT:
        return None
    pieces = list(_kept(without_directives(source)))
    if not pieces:
        return None
    covered = _cover(raw, pieces)
    chosen = [
        line.use is not Use.MOMENT
        and covered[line.end] - covered[line.start] >= _MOST * max(1, _letters(raw, line))
        for line in lines
    ]
    return _trim(below_masthead(chosen, lines), lines)


def _letters(raw: str, line: Line) -> int:
    return len(_compact(raw[line.start : line.end]))


def _kept(source: str) -> Iterator[str]:
    """The pieces of text that trafilatura keeps, in their order."""
    trafilatura = _library()
    try:
        document = trafilatura.bare_extraction(source, include_comments=False, include_tables=True)
    except Exception:  # broken markup makes the tree libraries fail in many ways; the line model decides then
        return
    if document is None or isinstance(document, dict) or document.body is None:
        return
    for piece in document.body.itertext():
        for part in str(piece).splitlines():
            if compact := _compact(part):
                yield compact


@cache
def _library() -> ModuleType:
    """trafilatura, imported when the first web page is read: it takes longer than reading many texts."""
    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return import_module("trafilatura")


def _compact(text: str) -> str:
    """Letters, figures and signs without any space or invisible mark, composed."""
    return re.sub(
        r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\xad]+", "", unicodedata.normalize("NFC", text)
    )


def _cover(raw: str, pieces: Sequence[str]) -> array[int]:
    """For each position of raw, how many letters before it were kept."""
    letters, places = _index(raw)
    marks = bytearray(len(letters))
    cursor = 0
    for piece in pieces:
        found = _find(letters, piece, cursor)
        if found is None:
            continue
        start, end = found
        marks[start:end] = b"\x01" * (end - start)
        cursor = end
    kept = bytearray(len(raw) + 1)
    for mark, place in zip(marks, places, strict=True):
        kept[place + 1] = mark
    return array("l", accumulate(kept))


def _index(raw: str) -> tuple[str, array[int]]:
    """The letters of raw and where each stands."""
    letters: list[str] = []
    places = array("l")
    for match in re.finditer(r"\S+", raw):
        if _compact(match[0]) == match[0]:
            letters.append(match[0])
            places.extend(range(match.start(), match.end()))
            continue
        for offset, char in enumerate(match[0]):
            if compact := _compact(char):
                letters.append(compact[0])
                places.append(match.start() + offset)
    return "".join(letters), places


def _find(letters: str, piece: str, cursor: int) -> tuple[int, int] | None:
    """Where a piece stands: ahead; anywhere, if it is long; by its two ends, if it was altered."""
    found = letters.find(piece, cursor, cursor + _NEAR + len(piece))
    if found < 0 and len(piece) >= _SHORT:
        found = letters.find(piece, cursor)
        found = letters.find(piece) if found < 0 else found
    if found >= 0:
        return found, found + len(piece)
    if len(piece) < 2 * _ANCHOR:
        return None
    start = letters.find(piece[:_ANCHOR], cursor)
    end = letters.find(piece[-_ANCHOR:], start) if start >= 0 else -1
    if end < 0 or end + _ANCHOR - start > 1.3 * len(piece):
        return None
    return start, end + _ANCHOR


def _trim(chosen: list[bool], lines: Sequence[Line]) -> list[bool] | None:
    """Without furniture at the ends of the article."""
    for order in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        for index in order:
            if chosen[index] and lines[index].use not in _EDGE:
                break
            chosen[index] = False
    return chosen if any(chosen) else None
