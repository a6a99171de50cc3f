"""Lines of a page, and what each is for by itself: prose, a heading, a credit, a button, a teaser …

A line is judged on its own words and shape; what it means beside its neighbours is `cleaning`'s part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from liandong.documents import lexicon as lex
from liandong.documents.credits import fields

LONGEST = 300
"""Longer lines are running text: no pattern of page furniture is tried on them, which bounds the time."""


class Use(Enum):
    """What a line is for."""

    PROSE = auto()  # sentences
    NUMBER = auto()  # figures or signs without words: a counter, a cell, a rule
    PLAIN = auto()  # a heading or an item: short, no end mark; article or list, the neighbours tell
    MASTHEAD = auto()  # the page line: time, source, author, counters
    CREDITS = auto()  # names with their roles
    MOMENT = auto()  # a time alone
    BUTTON = auto()  # buttons and counters
    CRUMB = auto()  # where the page stands in its site; rows of menu words
    SECTION = auto()  # heading of a list of other pages
    LINK = auto()  # a link to another page, by its lead-in
    CAPTION = auto()  # of a picture that is not there
    TEASER = auto()  # cut off with dots
    LEGAL = auto()  # licences, addresses, telephones
    NOTICE = auto()  # disclaimers, 原标题


FURNITURE = frozenset(Use) - {Use.PROSE, Use.PLAIN, Use.NUMBER}
"""Uses that no article has of itself."""


@dataclass(frozen=True, slots=True)
class Line:
    """Characters [start, end) of raw, without the space around, and what they are for.

    text: folded. gap: a blank line stands before it. listed: it opens with a mark of a list.
    """

    start: int
    end: int
    text: str
    use: Use
    gap: bool
    listed: bool

    @property
    def weight(self) -> int:
        """Characters of meaning: Chinese ones, and a third of the others (a Latin word is two or three)."""
        han = len(lex.HAN.findall(self.text)) if len(self.text) < 100_000 else len(self.text)
        return han + (len(self.text) - han) // 3


_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_BLANK = " \t\u200b\ufeff\u200e\u200f\xa0\u3000"


def count(folded: str) -> int:
    """How many lines have any character, blank ones included where they hold spaces."""
    return sum(1 for _ in _LINE.finditer(folded))


def lines(folded: str) -> list[Line]:
    """The lines that have any character, in order."""
    found: list[Line] = []
    previous = 0
    for match in _LINE.finditer(folded):
        text = match[0].strip(_BLANK)
        if not text:
            continue
        start = match.start() + match[0].index(text[0])
        ends = max(folded.count("\n", previous, start), folded.count("\r", previous, start))
        gap = bool(found) and ends > 1
        listed = bool(lex.LIST_MARK.match(text))
        found.append(Line(start, start + len(text), text, use(text), gap, listed))
        previous = start + len(text)
    return found


_JOINT = re.compile(
    r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])|[ \t]{2,}|(?<=[]}>|)a-z]) (?=[一-鿿【(])|(?<=[一-鿿]) (?=[【(©A-Z])"
    r"|(?<=[\]}>|)]) (?=\d)"
    r"|(?<=[一-鿿”)]) (?=(?:19|20)\d\d[-./年]\d)"
    r"|(?<=[。!?;])(?![”’\"')\]】》」』。!?;…])|(?<=[。!?;][”’\")】》」』])"
)
_BRACKETS = re.compile(r"[(【\[][^()【】\[\]]{1,60}[)】\]]")
_ONE = 0.9  # share of a page's text that makes a line its only one


def unrolled(found: list[Line]) -> list[Line]:
    """The lines of a page that was pasted as one: cut where its spaces and ends of sentences stand.

    A page whose text is in lines is given back as it is.
    """
    longest = max(found, key=lambda line: line.end - line.start)
    size = longest.end - longest.start
    if size <= LONGEST or size < _ONE * sum(line.end - line.start for line in found):
        return found
    pieces: list[Line] = []
    for line in found:
        pieces += _pieces(line) if line is longest else [line]
    return pieces if any(piece.use in FURNITURE for piece in pieces) else found


def _pieces(line: Line) -> Iterator[Line]:
    """Parts of a line as lines of their own."""
    start = 0
    whole = {
        place for match in _BRACKETS.finditer(line.text) for place in range(match.start() + 1, match.end())
    }
    joints = [joint for joint in _JOINT.finditer(line.text) if joint.start() not in whole]
    for joint in [*joints, None]:
        stop = joint.start() if joint else len(line.text)
        text = line.text[start:stop].strip(_BLANK)
        if text:
            place = line.start + line.text.index(text[0], start)
            listed = bool(lex.LIST_MARK.match(text))
            yield Line(place, place + len(text), text, use(text), line.gap and start == 0, listed)
        start = joint.end() if joint else stop


_FRAME = re.compile(r"^[\W_]{1,20}|[\W_]{1,20}$")


@lru_cache(maxsize=8192)  # pages repeat their furniture
def use(text: str) -> Use:
    """What a folded, stripped line is for, by its own words."""
    if len(text) > LONGEST:
        return Use.TEASER if lex.ELLIPSIS.search(text[-12:]) else Use.PROSE
    if not lex.HAN.search(text) and not lex.WORD.search(text) and not lex.MOMENT.match(text):
        return Use.NUMBER
    bare = _FRAME.sub("", text)
    if lex.SECTION.fullmatch(_without_buttons(bare)) or lex.SECTION.fullmatch(bare):
        return Use.SECTION
    if lex.LEGAL.search(text) or (lex.CONTACT.match(text) and text[-1] != "。"):
        return Use.LEGAL
    composed = _composition(text)
    if composed is not None:
        return composed
    if _is_crumb(text):
        return Use.CRUMB
    if lex.NOTICE.match(text):
        return Use.NOTICE
    if lex.INLINE_LINK.match(text):
        return Use.LINK
    if lex.CAPTION.match(text):
        return Use.CAPTION
    if lex.ELLIPSIS.search(text):
        return Use.TEASER
    return Use.PROSE if _is_prose(text) else Use.PLAIN


def _is_prose(text: str) -> bool:
    """Sentences: an end mark after enough words, or a length and commas that no heading has."""
    size = len(lex.HAN.findall(text)) + 2 * len(lex.WORD.findall(text))
    if lex.SENTENCE_END.search(text):
        return size >= 3 or (size >= 1 and text[-1] in ":。?")
    if lex.STOPS.search(text[:-1]) and size >= 15:
        return True
    return size >= 40 and len(lex.COMMAS.findall(text)) >= 2


def _is_crumb(text: str) -> bool:
    """A path through the site, or a row of menu words."""
    if len(text) > 120 or "。" in text:
        return False
    marks = lex.CRUMB_MARK.findall(text.lstrip("> »›"))
    if lex.CRUMB_HEAD.match(text) or (lex.CRUMB_HEAD.search(text[:30]) and marks):
        return True
    if (
        marks
        and all(len(part) <= 12 for part in lex.CRUMB_MARK.split(text)[:-1])
        and not lex.COMMAS.search(text)
    ):
        return True
    words = [word for word in re.split(r"[ |\t/·]+", text) if word]
    return len(words) >= 4 and all(len(word) <= 6 and lex.HAN.search(word) for word in words)


def _without_buttons(text: str) -> str:
    return re.sub(r"(?:更多|more|MORE|换一[换批]|[\W_]){1,20}$", "", text)


def _composition(text: str) -> Use | None:
    """The use of a line made of fields (times, sources, names, counters) and of nearly nothing else."""
    rest, moments = lex.MOMENT.subn("\x01", lex.TIME_LABEL.sub("", text))
    rest, sources = lex.SOURCE_FIELD.subn("\x02", rest)
    named = fields(rest)
    rest, credits = named.rest, len(named.credits)
    rest, buttons = lex.BUTTON.subn("", rest)
    if moments or sources or credits or buttons:
        rest = lex.COUNT.sub("", rest)
    left = re.sub(r"[\W_]+", "", rest)
    if moments and not left and not (sources or credits or buttons):
        return Use.MOMENT
    dated = bool(sources or lex.DATE.search(text) or re.match(r"\W*\x01", rest))
    if dated and len(left) <= 14 and not lex.STOPS.search(rest) and not _reads_on(rest, moments):
        return Use.MASTHEAD
    if credits and len(left) <= 6:
        return Use.CREDITS
    if not left:
        return Use.BUTTON
    if buttons and len(left) <= min(6, len(text) // 3) and not lex.SENTENCE_END.search(text):
        return Use.BUTTON
    return None


def _reads_on(rest: str, moments: int) -> bool:
    """A short sentence or heading with a date in it, not a page line: words stand right against the date."""
    return bool(moments) and bool(re.search(r"[一-鿿,]\x01[一-鿿,]|\x01[一-鿿]{5,}|[一-鿿]{9,}\x01", rest))
