"""The review page: a page's text with its facts marked by kind, the facts beside it; click either way.

One self-contained file: no network, no library; it prints, and it works with the keyboard. Everything that
comes from the page is escaped.
"""

from __future__ import annotations

from collections import Counter
from html import escape
from itertools import pairwise

from liandong.documents import Page, Span
from liandong.errors import Language
from liandong.facts.fact import Fact, Kind
from liandong.facts.lexicon import text, words


def review_page(page: Page, facts: list[Fact], language: Language = "zh") -> str:
    """The HTML of the review page; facts of other pages are left out. Pure: same input, same text."""
    own = sorted(
        (f for f in facts if f.page == page.sha256), key=lambda f: (_mark(f).start, _mark(f).end, f.id)
    )
    word, kinds = words("review")[language], words("review")["kinds"][language]
    counts = Counter(fact.kind for fact in own)
    title = escape(page.title or page.origin)
    buttons = "".join(
        f'<button type="button" class="k-{kind}" data-k="{kind}" aria-pressed="true">'
        f"{escape(kinds[kind])} {counts[kind]}</button>"
        for kind in Kind
        if counts[kind]
    )
    head = "".join(f"<th scope=col>{escape(word[name])}</th>" for name in _COLUMNS)
    rows = "".join(_row(fact, word, kinds) for fact in own)
    return (
        f'<!doctype html><html lang="{"zh-CN" if language == "zh" else "en"}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(word["title"])} · {title}</title>'
        f"<style>{text('review.css')}{_colours()}</style></head><body>"
        f"<header><h1>{escape(word['title'])} · {title}</h1>"
        f"<p>{len(own)} {escape(word['count'])} · {escape(word['hint'])}</p>"
        f"<nav>{buttons}</nav></header><main>"
        f'{_section(word["source"])}<pre lang="zh-CN">{_text(page, own)}</pre></section>'
        f"{_section(word['table'])}<table><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></section></main><script>{text('review.js')}</script></body></html>\n"
    )


_COLUMNS = ("kind", "subject", "indicator", "value", "period", "region", "modality", "quote")


def _section(title: str) -> str:
    return f'<section aria-label="{escape(title)}"><h2>{escape(title)}</h2>'


def _mark(fact: Fact) -> Span:
    """What is marked for a fact: its number, its object if that is one stretch of the quote, or the quote."""
    if fact.value_start is not None and fact.value_end is not None:
        return Span(fact.value_start, fact.value_end)
    at = fact.quote.find(fact.value_text) if fact.value_text else -1
    if at >= 0 and fact.value_text:
        return Span(fact.start + at, fact.start + at + len(fact.value_text))
    return Span(fact.start, fact.end)


def _text(page: Page, facts: list[Fact]) -> str:
    """The raw text, cut where marks and the body begin and end; overlapping marks share their pieces."""
    marks = [(_mark(fact), fact) for fact in facts]
    cuts = {0, len(page.raw)}
    for span in (*page.body, *(span for span, _ in marks)):
        cuts |= {span.start, span.end}
    ordered = sorted(cuts)
    starts: dict[int, list[tuple[Span, Fact]]] = {}
    for span, fact in marks:
        starts.setdefault(span.start, []).append((span, fact))
    active: list[tuple[Span, Fact]] = []
    out = []
    for start, end in pairwise(ordered):
        active = [(span, fact) for span, fact in active if span.end > start] + starts.get(start, [])
        piece = escape(page.raw[start:end])
        if active:
            ids = " ".join(fact.id for _, fact in active)
            kind = active[-1][1].kind
            out.append(
                f'<mark class="k-{kind}" data-k="{kind}" data-f="{ids}" '
                f'tabindex="0" role="button">{piece}</mark>'
            )
        elif page.in_body(Span(start, end)):
            out.append(piece)
        else:
            out.append(f'<span class="n">{piece}</span>')
    return "".join(out)


def _row(fact: Fact, word: dict[str, str], kinds: dict[str, str]) -> str:
    value = f"{fact.value_text or ''}" if fact.value is None else f"{fact.value} {fact.unit or ''}".strip()
    cells = [
        kinds[fact.kind],
        fact.subject,
        fact.indicator,
        value,
        fact.period or "",
        fact.region or "",
        word[fact.modality],
    ]
    cells_html = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return (
        f'<tr id="r{escape(fact.id)}" data-k="{fact.kind}" tabindex="0">'
        f'{cells_html}<td class="q" lang="zh-CN">{escape(fact.quote)}</td></tr>'
    )


def _colours() -> str:
    colours: dict[str, str] = words("review")["colours"]
    return "".join(f".k-{kind}{{background:{colour}}}" for kind, colour in colours.items())
