"""Flattened text → the ranges of the article: a model of lines and blocks.

Each line has a use (`lines`). The article is the contiguous run of lines with the greatest sum of weights.
Prose counts for as much as it says; headings and items cost a little, furniture of the page more. The
heading of a list of other pages, or a line of credits after prose, costs much and halves what follows: a
page has one article, and its end is marked. The run is then grown over neutral lines (a heading before the
first paragraph, the list or signature that ends a notice) up to the next furniture or break of the block
style, what stands above the page line is dropped, and furniture inside is cut out. Every step is one pass
over the lines.
"""

from __future__ import annotations

from collections.abc import Sequence

from liandong.documents.lexicon import DATE, ORGANISATION
from liandong.documents.lines import FURNITURE, Line, Use
from liandong.documents.page import Span

_COST = {
    Use.PLAIN: 4,
    Use.NUMBER: 8,
    Use.MASTHEAD: 60,
    Use.CREDITS: 60,
    Use.MOMENT: 30,
    Use.BUTTON: 30,
    Use.CRUMB: 40,
    Use.SECTION: 200,
    Use.CAPTION: 4,
    Use.LINK: 10,
    Use.LEGAL: 60,
    Use.NOTICE: 40,
}
_LEAD = 0.15  # most that may stand above the page line, as a share of what stands below it
_BYLINE = 10  # cost of credits between a lead and the article
_ENDS = frozenset({Use.SECTION, Use.CREDITS})  # after these, prose is hardly the article's
_ARTICLE = 40  # weight of prose that makes an article before its end can be marked
_MENU_WORD = 8  # weight up to which an item is rather a link of a menu
_SIGNATURE = 3  # lines without a list mark that may end an article
_HEADINGS = 3  # headings that may stand above the first paragraph
_CUT = FURNITURE - {Use.TEASER, Use.LEGAL, Use.NOTICE, Use.MASTHEAD}
"""Furniture that is cut out of the inside of an article; the other kinds are there part of what it says."""


def article(lines: Sequence[Line]) -> list[bool]:
    """For each line, whether it is article."""
    first, last = _run(lines)
    chosen = [first <= index < last and line.use not in _CUT for index, line in enumerate(lines)]
    if last:
        chosen[last - 1] = True  # the day of a signature, which elsewhere would be cut
    return below_masthead(chosen, lines)


def ranges(lines: Sequence[Line], chosen: Sequence[bool]) -> tuple[Span, ...]:
    """Ranges of raw for the chosen lines; neighbours are one range, with the line ends between them."""
    spans: list[Span] = []
    joins = False
    for line, article in zip(lines, chosen, strict=True):
        if article:
            start = spans.pop().start if joins else line.start
            spans.append(Span(start, line.end))
        joins = article
    return tuple(spans)


def below_masthead(chosen: Sequence[bool], lines: Sequence[Line]) -> list[bool]:
    """The same choice without what stands above the page line, where that is little beside the rest."""
    weights = [
        line.weight if kept and line.use is Use.PROSE else int(kept)
        for line, kept in zip(lines, chosen, strict=True)
    ]
    above, below = 0, sum(weights)
    top = 0
    for index, line in enumerate(lines):
        below -= weights[index]
        if above > max(_ARTICLE, below * _LEAD) or not below:
            break
        if line.use is Use.MASTHEAD or (line.use is Use.MOMENT and DATE.search(line.text)):
            top = index + 1
        above += weights[index]
    return [kept and index >= top for index, kept in enumerate(chosen)]


def _run(lines: Sequence[Line]) -> tuple[int, int]:
    """Lines [first, last) of the article; (0, 0) if there is none."""
    first, last = _heaviest(_values(lines))
    if first == last:  # no sentence on the page: a table or a list may still be what it has to say
        first, last = _heaviest([_item_value(line) for line in lines])
    if first == last:
        return (0, 0)
    breaks = _breaks(lines, first, last)
    return _grow_up(lines, first, breaks), _grow_down(lines, last, breaks)


def _values(lines: Sequence[Line]) -> list[float]:
    """What each line adds to an article that contains it."""
    values = []
    share, said = 1.0, 0.0
    for line in lines:
        if line.use is Use.PROSE:
            value = float(line.weight)
            said += value * share
        elif line.use is Use.TEASER:
            value = -float(max(20, line.weight))
        else:
            value = -float(_cost(line, early=said < _ARTICLE))
        if line.use in _ENDS and said >= _ARTICLE:
            share = 0.5
        values.append(value * share if value > 0 else value)
    return values


def _cost(line: Line, *, early: bool) -> int:
    """What a line that is not prose takes from an article; early: before there is one."""
    if early and line.use is Use.CREDITS:
        return _BYLINE
    return _COST[line.use] * 2 if line.use is Use.PLAIN and line.weight < _MENU_WORD else _COST[line.use]


def _item_value(line: Line) -> float:
    """What a line adds where there is no prose: items longer than a menu word."""
    return float(line.weight - _MENU_WORD) if line.use is Use.PLAIN else -float(_COST.get(line.use, 20))


def _heaviest(values: Sequence[float]) -> tuple[int, int]:
    """The run with the greatest sum (Kadane 1977), the first of equals, as short as it can be."""
    best, best_run = 0.0, (0, 0)
    total, start = 0.0, 0
    for index, value in enumerate(values):
        if total <= 0:
            total, start = 0.0, index
        total += value
        if total > best:
            best, best_run = total, (start, index + 1)
    return best_run


def _breaks(lines: Sequence[Line], first: int, last: int) -> bool:
    """Whether a blank line ends a block: so it does where the article's own paragraphs stand without."""
    inside = lines[first + 1 : last]
    return sum(line.gap for line in inside) * 2 <= len(inside)


def _grow_up(lines: Sequence[Line], first: int, breaks: bool) -> int:
    """Over the headings right before the first paragraph."""
    for above in range(first - 1, max(-1, first - 1 - _HEADINGS), -1):
        if lines[above].use is not Use.PLAIN or lines[above].weight < 4 or (breaks and lines[above + 1].gap):
            return above + 1
    return max(0, first - _HEADINGS)


def _grow_down(lines: Sequence[Line], last: int, breaks: bool) -> int:
    """Over the items of a list, and the few lines of a signature, right after the last paragraph."""
    end, unmarked = last, 0
    while end < len(lines) and lines[end].use not in FURNITURE and not (breaks and lines[end].gap):
        unmarked += not (lines[end].listed or ":" in lines[end].text)
        if unmarked > _SIGNATURE:
            return last
        end += 1
    if end < len(lines) and lines[end].use is Use.MOMENT:
        if end > last and ORGANISATION.fullmatch(lines[end - 1].text):
            return end + 1  # the signature of a notice: who, and the day
        return max(last, end - 1)  # a time after a heading: an item of a list of pages
    return end
