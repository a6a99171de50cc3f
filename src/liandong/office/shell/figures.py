"""The figure, everywhere the same: `1,549家 ·计划· ³`, and one click away what it stands on."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core import signing
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from liandong.briefs.vocabulary import coverage_words
from liandong.briefs.vocabulary import measure_name as known_measure
from liandong.errors import Text
from liandong.figures import FactRef, Figure
from liandong.figures import render as render_figure
from liandong.office.shell.language import language, say

UNKNOWN = Text("未知:{why}", "unknown: {why}")
NO_SOURCE = Text("没有来源说明这个数", "no source states this")
OPEN = Text("查看依据:{what}", "open the evidence: {what}")
SALT = "liandong.figure"
MEASURES = {
    "总投资": Text("总投资", "total investment"),
    "固定资产投资": Text("固定资产投资", "fixed-asset investment"),
    "设备投资": Text("设备投资", "equipment investment"),
    "注册资本": Text("注册资本", "registered capital"),
    "省外到位资金": Text("省外到位资金", "funds in place from other provinces"),
    "实际使用外资": Text("实际使用外资", "foreign capital used"),
    "入统固投": Text("入统固投", "fixed-asset investment in statistics"),
    "全口径税收": Text("全口径税收", "tax of all levels"),
    "地方留成税收": Text("地方留成税收", "tax kept locally"),
    "shrunk_location_quotient": Text("区位商(收缩估计)", "location quotient (shrunk)"),
}
"""Measures that the design names in Chinese, and one that briefs do not show."""


def render(figure: Figure | None, address: str = "", *, digits: int | None = None) -> SafeString:
    """The figure as HTML. address: the page of its evidence, else one that carries the figure itself."""
    if figure is None:
        return format_html('<span class="figure unknown" title="{}">—</span>', say(NO_SOURCE))
    tongue = language()
    text = render_figure(figure, tongue, digits=digits)
    css = "figure" if figure.known else "figure unknown"
    if not figure.evidence:
        return format_html('<span class="{}" title="{}">{}</span>', css, note(figure), text)
    label = say(OPEN, what=f"{measure_name(figure.measure)} {text}")
    return format_html(
        '<a class="{}" href="{}" data-drawer title="{}" aria-label="{}">{}</a>',
        css,
        address or evidence_address(figure),
        note(figure),
        label,
        text,
    )


def note(figure: Figure | None) -> str:
    """What a figure stands on in one phrase; for an unknown one, why."""
    if figure is None:
        return say(NO_SOURCE)
    words = coverage_words(figure.coverage, language()) if figure.coverage else ""
    return words if figure.known else say(UNKNOWN, why=words or say(NO_SOURCE))


def measure_name(measure: str) -> str:
    """A measure in the reader's language; its own name where there is no other."""
    return say(MEASURES[measure]) if measure in MEASURES else known_measure(measure, language())


def evidence_address(figure: Figure) -> str:
    """Where the evidence opens: the fact's own page if that is all, else a page made from the figure.

    The figure travels signed: nobody can have the office run a query of their own.
    """
    if len(figure.evidence) == 1 and isinstance(figure.evidence[0], FactRef):
        return reverse("evidence:fact", args=[figure.evidence[0].fact_id])
    token = signing.dumps(figure.to_dict(), salt=SALT, compress=True)
    return f"{reverse('evidence:figure')}?{urlencode({'f': token})}"


def figure_of(token: str) -> Figure | None:
    """The figure that an address carries; None if the office did not sign it."""
    try:
        return Figure.from_dict(signing.loads(token, salt=SALT))
    except (signing.BadSignature, ValueError, KeyError, TypeError):
        return None
