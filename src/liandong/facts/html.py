"""The review page: a page's text with its facts marked by kind, the facts beside it; click either way.

One self-contained file: no network, no library; it prints, and it works with the keyboard. Everything that comes from
the page is escaped.
"""

from __future__ import annotations

from collections import Counter
from html import escape

from liandong.documents import Page, Span
from liandong.errors import Language
from liandong.facts.fact import Fact, Kind
from liandong.facts.lexicon import words

_STYLE = """
:root{color-scheme:light}*{box-sizing:border-box}
body{margin:0;font:15px/1.7 "Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif;color:#111}
header{padding:.7rem 1.2rem;border-bottom:1px solid #ccc}h1{font-size:1.15rem;margin:0 0 .2rem}p{margin:.1rem 0;color:#444}
nav{margin-top:.4rem;display:flex;flex-wrap:wrap;gap:.4rem}
nav button{border:1px solid #888;border-radius:1rem;padding:.05rem .7rem;font:inherit;font-size:.85rem;cursor:pointer}
nav button[aria-pressed=false]{opacity:.35}
main{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);height:calc(100vh - 8.2rem)}
section{overflow:auto;padding:1rem 1.2rem}section+section{border-left:1px solid #ccc}
h2{font-size:1rem;margin:0 0 .5rem}pre{white-space:pre-wrap;font:inherit;margin:0}.n{color:#767676}
mark{cursor:pointer;border-radius:2px;color:#111;padding:.05em 0}mark.on,tr.on td{outline:2px solid #b00020;outline-offset:-1px}
table{border-collapse:collapse;width:100%;font-size:.86rem}
th,td{border-bottom:1px solid #ddd;padding:.3rem .4rem;text-align:left;vertical-align:top}
th{position:sticky;top:-1rem;background:#fff}tbody tr{cursor:pointer}td.q{color:#444}
mark:focus-visible,tr:focus-visible,button:focus-visible{outline:3px solid #0b57d0}
@media(max-width:60rem){main{display:block;height:auto}section+section{border-left:0}}
@media print{main{display:block;height:auto}section{overflow:visible}nav{display:none}}
"""

_SCRIPT = """
const all=s=>[...document.querySelectorAll(s)];
const show=(ids,to)=>{all('.on').forEach(e=>e.classList.remove('on'));let first;
 ids.forEach(id=>{const row=document.getElementById('r'+id);row&&row.classList.add('on');
  const marks=all('mark').filter(m=>m.dataset.f.split(' ').includes(id));marks.forEach(m=>m.classList.add('on'));
  first=first||(to==='row'?row:marks[0]);});
 first&&first.scrollIntoView({block:'center',behavior:'smooth'});};
const act=(e,go)=>{e.addEventListener('click',go);
 e.addEventListener('keydown',k=>{if(k.key==='Enter'||k.key===' '){k.preventDefault();go();}});};
all('mark').forEach(m=>act(m,()=>show(m.dataset.f.split(' '),'row')));
all('tbody tr').forEach(r=>act(r,()=>show([r.id.slice(1)],'text')));
all('nav button').forEach(b=>b.addEventListener('click',()=>{const off=b.getAttribute('aria-pressed')==='true';
 b.setAttribute('aria-pressed',String(!off));all('tr[data-k='+b.dataset.k+']').forEach(r=>{r.hidden=off;});
 all('mark[data-k='+b.dataset.k+']').forEach(m=>{m.style.background=off?'none':'';});}));
"""


def review_page(page: Page, facts: list[Fact], language: Language = "zh") -> str:
    """The HTML of the review page; facts of other pages are left out. Pure: same input, same text."""
    own = sorted(
        (f for f in facts if f.page == page.sha256), key=lambda f: (_mark(f).start, _mark(f).end, f.id)
    )
    word, kinds = words("review")[language], words("review")["kinds"][language]
    counts = Counter(fact.kind for fact in own)
    title = escape(page.title or page.origin)
    buttons = "".join(
        f'<button type="button" class="k-{kind}" data-k="{kind}" aria-pressed="true">{escape(kinds[kind])} {counts[kind]}</button>'
        for kind in Kind
        if counts[kind]
    )
    head = "".join(f"<th scope=col>{escape(word[name])}</th>" for name in _COLUMNS)
    rows = "".join(_row(fact, word, kinds) for fact in own)
    return (
        f'<!doctype html><html lang="{"zh-CN" if language == "zh" else "en"}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(word["title"])} · {title}</title>'
        f"<style>{_STYLE}{_colours()}</style></head><body>"
        f"<header><h1>{escape(word['title'])} · {title}</h1><p>{len(own)} {escape(word['count'])} · {escape(word['hint'])}</p>"
        f"<nav>{buttons}</nav></header><main>"
        f'<section aria-label="{escape(word["source"])}"><h2>{escape(word["source"])}</h2><pre lang="zh-CN">{_text(page, own)}</pre></section>'
        f'<section aria-label="{escape(word["table"])}"><h2>{escape(word["table"])}</h2><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></section></main><script>{_SCRIPT}</script></body></html>\n"
    )


_COLUMNS = ("kind", "subject", "indicator", "value", "period", "region", "modality", "quote")


def _mark(fact: Fact) -> Span:
    """What is marked for a fact: its number, or its object if that is one stretch of the quote, or the quote."""
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
    for start, end in zip(ordered, ordered[1:], strict=False):
        active = [(span, fact) for span, fact in active if span.end > start] + starts.get(start, [])
        piece = escape(page.raw[start:end])
        if active:
            ids = " ".join(fact.id for _, fact in active)
            kind = active[-1][1].kind
            out.append(
                f'<mark class="k-{kind}" data-k="{kind}" data-f="{ids}" tabindex="0" role="button">{piece}</mark>'
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
