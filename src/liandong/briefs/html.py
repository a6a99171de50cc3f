"""A document as one HTML file: font and pictures inside, nothing fetched, prints with numbered endnotes."""

from __future__ import annotations

import base64
import re
from html import escape
from importlib.resources import files

from liandong.briefs.blocks import (
    Block,
    Chart,
    Cited,
    Document,
    Heading,
    Illustration,
    PageBreak,
    Paragraph,
    Run,
    Runs,
    Sign,
    Table,
    Tiles,
    Value,
    Words,
)
from liandong.briefs.ledger import ELEMENT, to_json
from liandong.briefs.sources import Source, Sources
from liandong.briefs.vocabulary import say
from liandong.charts import fonts, to_svg
from liandong.charts.picture import clean
from liandong.figures import Standing

_MARK = re.compile(r'<path( aria-label="([^"]*)"[^>]*)/>')
_TITLE_LENGTH = 400  # what a tooltip holds


def to_html(document: Document, sources: Sources, entries: list[Source], *, heading: str) -> str:
    """The page. heading: of the list of sources."""
    return _Writer(document, sources, entries).page(heading)


class _Writer:
    """Turns blocks into markup; keeps the counters of captions."""

    def __init__(self, document: Document, sources: Sources, entries: list[Source]) -> None:
        self._document, self._sources, self._entries = document, sources, entries
        self._language = document.language
        self._counters = {"figure": 0, "table": 0}
        self._tips = {entry.number: _plain(entry.runs)[:_TITLE_LENGTH] for entry in entries}

    def page(self, heading: str) -> str:
        body = "\n".join(self._block(block) for block in self._document.blocks)
        listed = "\n".join(self._entry(entry) for entry in self._entries)
        title, subtitle = _text(self._document.title), _text(self._document.subtitle)
        covered = "".join(
            f"<p class=note>{_text(say('labelled', self._language).format(label=label, what=words))}</p>"
            for label, words in self._sources.legend()
        )
        banner = f"<p class=banner>{_text(self._document.banner)}</p>" if self._document.banner else ""
        content = (
            f"{banner}<header>{self._head()}<h1>{title}</h1><p class=subtitle>{subtitle}</p></header>\n"
            f"<main>\n{body}\n"
            f"<section class=sources><h2>{_text(heading)}</h2>\n{covered}\n"
            f"<ol>\n{listed}\n</ol></section>\n</main>\n"
            f"<footer>{_text(say('licence', self._language))}</footer>"
        )
        kept = to_json(self._document).replace("<", "\\u003c")
        content += f'\n<script type="application/json" id="{ELEMENT}">{kept}</script>'
        style = files("liandong.briefs").joinpath("data", "brief.css").read_text("utf-8")
        font = base64.b64encode(fonts.subset(content + title, woff=True)).decode()
        face = (
            f'@font-face{{font-family:"{fonts.FAMILY}";src:url(data:font/woff;base64,{font}) format("woff")}}'
        )
        language = "zh-CN" if self._language == "zh" else "en"
        return (
            f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
            f"<title>{title}</title>\n<style>\n{face}\n{style}</style>\n</head>\n<body>\n{content}\n</body>\n</html>\n"
        )

    def _head(self) -> str:
        """The mark, the number and the signatory of an official paper over a red line."""
        head = self._document.head
        if head is None:
            return ""
        signed = say("head_signatory", self._language) + head.signatory if head.signatory else ""
        above = "".join(f"<p class=above>{_text(line)}</p>" for line in head.above)
        return (
            f"{above}<p class=issuer>{_text(head.issuer)}</p>"
            f"<p class=number><span>{_text(head.number)}</span><span>{_text(signed)}</span></p>"
        )

    def _block(self, block: Block) -> str:
        match block:
            case Heading(level, text):
                return f"<h{level + 1}>{_text(text)}</h{level + 1}>"
            case Paragraph(runs):
                return f"<p>{self._runs(runs)}</p>"
            case Table():
                return self._table(block)
            case Illustration(picture, caption):
                note = f"<p class=note>{_text(picture.note)}</p>" if picture.note else ""
                svg = _with_tips(to_svg(picture, prefix=f"f{self._counters['figure']}")).replace(
                    "<svg ", f'<svg role="img" aria-label="{_text(picture.alternative)}" ', 1
                )
                return (
                    f"<figure>{svg}<figcaption>{self._caption('figure', caption)}</figcaption>{note}</figure>"
                )

            case Tiles(tiles):
                shown = "".join(
                    f"<li><b>{self._runs(tile.runs)}</b><span>{_text(tile.label)}</span></li>"
                    for tile in tiles
                )
                return f"<ul class=tiles>{shown}</ul>"
            case Chart():
                return self._chart(block)
            case Sign(text, lines):
                more = "".join(f"<p>{_text(line)}</p>" for line in lines)
                return f"<section class=sign><p class=large>{_text(text)}</p>{more}</section>"
            case PageBreak():
                return "<div class=break></div>"

    def _chart(self, block: Chart) -> str:
        """The bars as elements, each with its figure and its source."""
        known = [
            abs(float(value.figure.value))
            for series in block.series
            for value in series.values
            if value is not None and value.figure.value is not None
        ]
        most = max(known, default=0.0) or 1.0
        rows = []
        for at, category in enumerate(block.categories):
            for series in block.series:
                value = series.values[at]
                name = category if len(block.series) == 1 else f"{category} · {series.name}"
                share = 0.0
                if value is not None and value.figure.value is not None:
                    share = 100 * abs(float(value.figure.value)) / most
                shown = self._run(value) if value is not None else "—"
                rows.append(
                    f"<tr><th scope=row>{_text(name)}</th><td><svg width=100% height=14 aria-hidden=true>"
                    f'<rect width="{share:.1f}%" height=14 class=bar /></svg></td>'
                    f"<td class=number>{shown}</td></tr>"
                )
        return (
            f"<figure class=chart><table><tbody>{''.join(rows)}</tbody></table>"
            f"<figcaption>{self._caption('figure', block.caption)}</figcaption></figure>"
        )

    def _table(self, block: Table) -> str:
        columns = "".join(f'<col style="width:{column.share:.0%}">' for column in block.columns)
        kinds = [" class=number" if column.numeric else "" for column in block.columns]
        heads = "".join(
            f"<th scope=col{kind}>{_text(column.head)}</th>"
            for kind, column in zip(kinds, block.columns, strict=True)
        )
        rows = "\n".join(
            "<tr>"
            + "".join(
                f"<td{kind}>" + "<br>".join(self._runs(line) for line in shown.lines) + "</td>"
                for kind, shown in zip(kinds, row, strict=True)
            )
            + "</tr>"
            for row in block.rows
        )
        caption = self._caption("table", block.caption)
        return (
            f"<div class=table><table><caption>{caption}</caption><colgroup>{columns}</colgroup>"
            f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>"
        )

    def _caption(self, kind: str, text: str) -> str:
        self._counters[kind] += 1
        gap = "　" if self._language == "zh" else ". "
        return f"{_text(say(kind, self._language))} {self._counters[kind]}{gap}{_text(text)}"

    def _entry(self, entry: Source) -> str:
        return f'<li id="s{entry.number}" class="{entry.kind}"><span>{self._runs(entry.runs)}</span></li>'

    def _runs(self, runs: Runs) -> str:
        return "".join(self._run(run) for run in runs)

    def _run(self, run: Run) -> str:
        if isinstance(run, Words):
            return (
                _text(run.text) if run.tone == "plain" else f"<span class={run.tone}>{_text(run.text)}</span>"
            )
        planned = run.planned if isinstance(run, Cited) else run.figure.standing is Standing.PLANNED
        kind = "figure" if isinstance(run, Value) else "cited"
        text = run.text
        if planned and isinstance(run, Cited):
            text += " " + say("planned", self._language)
        links = "".join(
            f'<a href="#s{number}" title="{_text(self._tips.get(number, ""))}">[{number}]</a>'
            for number in self._sources.numbers(run)
        )
        extra = " planned" if planned else ""
        if self._document.is_stale(run):
            mark = _text(say("stale_mark", self._language))
            links = f"<span class=warning>{mark}</span>{links}"
        references = f"<sup>{links}</sup>" if links else ""
        return f'<span class="{kind}{extra}">{_text(text)}</span>{references}'


def _with_tips(svg: str) -> str:
    """What a mark is described by, shown by the browser to who points at it."""
    return _MARK.sub(r"<path\1><title>\2</title></path>", svg)


def _plain(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def _text(text: str) -> str:
    return escape(clean(text))
