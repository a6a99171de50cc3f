"""Clauses: where sentences and clauses of the body begin and end.

A sentence ends at 。!? or the end of a line, a clause at , ; : too. Brackets and short quotations are one
piece (“4+6+N”, 《办法》, (五星级)); a long quotation is speech and is cut like the rest. A comma or colon
between digits belongs to the number. A short line without an end mark is a heading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from liandong.documents import Span

_MARK = re.compile(r"[,;:。!?…\n“‘\"'(《【\[〔「『]")
_CLOSING = {
    "“": "”",
    "‘": "’",
    '"': '"',
    "'": "'",
    "(": ")",
    "《": "》",
    "【": "】",
    "[": "]",
    "〔": "〕",
    "「": "」",
    "『": "』",
}
_QUOTES = "“‘\"'「『"
_LONGEST_QUOTE = 30
_LONGEST_BRACKET = 60
_TRIM = " \t\r\n”’\"'」』)、"
_HEADING = 45
# the number of a list's item is no word of its first clause: 4.为…家庭免费…, (三)…
_ITEM = re.compile(r"\s*(?P<mark>\d{1,2}[.、](?!\d)|\(?[一二三四五六七八九十\d]{1,3}\)|[①-⑳])\s*")
_LOOSE = re.compile(r"[^。;\n]*[^。;!?…:,\s”]\s*")
_ROW = re.compile(r"\t[^\n]*\d")


@dataclass(frozen=True, slots=True)
class Clause:
    """Characters [start, end) up to one of `, ; :` or the sentence's end; `mark` is what ends it."""

    start: int
    end: int
    mark: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """Characters [start, end) with its clauses; paragraph counts the lines of the body."""

    start: int
    end: int
    paragraph: int
    heading: bool
    clauses: tuple[Clause, ...]


def sentences(text: str, body: tuple[Span, ...]) -> list[Sentence]:
    """The sentences of the body ranges of a folded text, in order."""
    found: list[Sentence] = []
    paragraph = 0
    for kept in body:
        at = kept.start
        while at < kept.end:
            line_end = text.find("\n", at, kept.end)
            line_end = kept.end if line_end < 0 else line_end
            found += _line(text, at, line_end, paragraph)
            paragraph += 1
            at = line_end + 1
    return found


def _line(text: str, start: int, end: int, paragraph: int) -> list[Sentence]:
    cuts = _cuts(text, start, end)
    out: list[Sentence] = []
    first = start
    if item := _ITEM.match(text, start, end):
        first = item.end()
    clauses: list[Clause] = []
    at = start
    ended = False
    for cut in [*cuts, end]:
        mark = text[cut] if cut < end else ""
        clause = _trimmed(text, max(at, first), cut, mark)
        if clause:
            clauses.append(clause)
        at = cut + 1
        if mark in "。!?…" or cut == end:
            ended = ended or mark != ""
            if clauses:
                begin = item.start("mark") if item and not out else clauses[0].start
                out.append(Sentence(begin, clauses[-1].end, paragraph, False, tuple(clauses)))
            clauses = []
    if (
        len(out) == 1
        and not ended
        and end - start <= _HEADING
        and not _ROW.search(text, start, end)  # a row of a table
        and not text[start:end].rstrip().endswith((";", ":", ","))
    ):
        only = out[0]
        return [Sentence(only.start, only.end, paragraph, True, only.clauses)]
    if (
        paragraph == 0
        and end - start <= _HEADING
        and _LOOSE.fullmatch(text, start, end)
        and "\t" not in text[start:end]
    ):
        return [replace(sentence, heading=True) for sentence in out]  # 全省唯一!A集群获评…
    return out


def _cuts(text: str, start: int, end: int) -> list[int]:
    cuts: list[int] = []
    at = start
    while match := _MARK.search(text, at, end):
        i = match.start()
        char = text[i]
        if char in _CLOSING:
            at = _skip(text, i, end)
            if char in "(【" and at > i + 1 and not text[start:i].strip():
                cuts.append(at - 1)
            continue
        at = i + 1
        if char in ",:" and 0 < i < end - 1 and text[i - 1].isdigit() and text[i + 1].isdigit():
            continue
        cuts.append(i)
    return cuts


def _skip(text: str, at: int, end: int) -> int:
    """Where to go on after an opening mark: past its closing one if it is one piece, else right behind it."""
    char = text[at]
    quote = char in _QUOTES
    close = text.find(
        _CLOSING[char], at + 1, min(end, at + 2 + (_LONGEST_QUOTE if quote else _LONGEST_BRACKET))
    )
    if close < 0 or (quote and any(c in "。;!?," for c in text[at:close])):
        return at + 1
    return close + 1


def _trimmed(text: str, start: int, end: int, mark: str) -> Clause | None:
    while start < end and text[start] in _TRIM:
        start += 1
    while (
        start < end and text[start] in "“‘" and text.find("”" if text[start] == "“" else "’", start, end) < 0
    ):
        start += 1
    while end > start and text[end - 1] in " \t\r\n":
        end -= 1
    return Clause(start, end, mark) if start < end else None
