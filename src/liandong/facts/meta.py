"""Meta: what the page says of itself: title, time, source and the chain of editors."""

from __future__ import annotations

import re

from liandong.documents import Span
from liandong.facts.fact import Fact, Ground, Kind
from liandong.facts.reading import Reading

_REPORTER = re.compile(
    r"(?P<role>记者|通讯员|特约记者|见习记者)[ :]*(?P<names>[一-鿿]{2,4}(?:[ 、]+[一-鿿]{2,4}){0,4})(?=[)】)\s,。/|]|摄影|文|报道|$)"
)


def meta(reading: Reading) -> list[Fact]:
    """The page's own particulars, each where the page states it."""
    page = reading.page
    found = []
    if page.title and page.title_span:
        found.append(_fact(reading, "标题", page.title, page.title_span))
    if page.published and page.published_span:
        found.append(
            _fact(
                reading,
                "发布时间",
                page.raw[page.published_span.start : page.published_span.end],
                page.published_span,
            )
        )
    if page.source and page.source_span:
        found.append(_fact(reading, "来源", page.source, page.source_span))
    for credit in page.credits:
        found.append(_fact(reading, credit.role, ";".join(credit.names), credit.span))
    if not any(f.indicator == "记者" for f in found):
        found += _reporters(reading)
    return found


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
        page=reading.page.sha256, kind=Kind.META, subject="文章", indicator=role,
        quote=reading.raw(span.start, span.end), start=span.start, end=span.end, value_text=text,
        basis={"subject": Ground("default"), "indicator": Ground("stated", span.start, span.end), "period": Ground("default"),
               "region": Ground("default"), "modality": Ground("default")},
    )  # fmt: skip
