"""Meta: what the page says of itself: title, time, source and the chain of editors."""

from __future__ import annotations

import re

from liandong.documents import Span
from liandong.facts.fact import Fact, Ground, Kind
from liandong.facts.lexicon import any_of, words
from liandong.facts.reading import Reading

_T = words("titles")
_NAME = rf"(?:{any_of(_T['compound_surnames'])}[一-鿿]{{1,2}}|[{_T['surnames']}][一-鿿]{{1,2}}?)"
_REPORTER = re.compile(
    r"(?P<role>特约记者|见习记者|记者|通讯员)[ :]*(?!从|获悉|采访|了解|看到|在|日前)"
    rf"(?P<names>{_NAME}(?:[ 、,]+{_NAME}){{0,4}})"
    r"(?=[)】\s,。/|]|摄影|文|报道|\Z)"
)
_DATE = re.compile(
    r"(?P<y>20\d\d)[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?(?:[ T]+\d{1,2}:\d{2}(?::\d{2})?)?"
)


def meta(reading: Reading) -> list[Fact]:
    """The page's own particulars, each where the page states it."""
    page = reading.page
    found = []
    if page.title and page.title_span:
        found.append(_fact(reading, "标题", page.title, page.title_span))
    span = page.published_span or _printed(reading)
    if page.published and span:
        found.append(_fact(reading, "发布时间", page.raw[span.start : span.end], span))
    if page.source and page.source_span:
        found.append(_fact(reading, "来源", page.source, page.source_span))
    for credit in page.credits:
        found.append(_fact(reading, credit.role, ";".join(credit.names), credit.span))
    if not any(f.indicator == "记者" for f in found):
        found += _reporters(reading)
    return found


def _printed(reading: Reading) -> Span | None:
    """Where the page prints the day it is said to be of, above the article or else below it."""
    if not reading.page.published or not reading.page.body:
        return None
    day = reading.page.published[:10]
    body = reading.page.body
    for start, end in ((0, body[0].start), (body[-1].end, len(reading.text))):
        for match in _DATE.finditer(reading.text, start, end):
            if f"{match['y']}-{int(match['m']):02d}-{int(match['d']):02d}" == day:
                return Span(*match.span())
    return None


def _reporters(reading: Reading) -> list[Fact]:
    """A reporter named in the dateline of the body."""
    out = []
    for kept in reading.page.body:
        for match in _REPORTER.finditer(reading.text, kept.start, min(kept.end, kept.start + 200)):
            names = match.span("names")
            out.append(_fact(reading, match["role"], reading.raw(*names), Span(match.start(), names[1])))
    return out


def _fact(reading: Reading, role: str, text: str, span: Span) -> Fact:
    return Fact(
        page=reading.page.sha256,
        kind=Kind.META,
        subject="文章",
        indicator=role,
        quote=reading.raw(span.start, span.end),
        start=span.start,
        end=span.end,
        value_text=text,
        basis={
            "subject": Ground("default"),
            "indicator": Ground("stated", span.start, span.end),
            "period": Ground("default"),
            "region": Ground("default"),
            "modality": Ground("default"),
        },
    )
