"""Words in both languages, figures with their evidence, addresses that keep the filters."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.http import QueryDict
from django.template import Context
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from liandong.briefs.vocabulary import coverage_words
from liandong.errors import Text
from liandong.figures import Coverage, Figure
from liandong.office.shell import figures, language

register = template.Library()


@register.simple_tag
def t(zh: str, en: str, **values: Any) -> SafeString:
    """`{% t "{n} 条" "{n} facts" n=count %}`: the words of the reader's language; values are escaped."""
    words = conditional_escape(language.pick(zh, en))
    return mark_safe(words.format(**{name: conditional_escape(value) for name, value in values.items()}))


@register.simple_tag
def word(table: dict[str, Text], key: str) -> str:
    """The word for a code, from a table of Texts; the code itself where there is none."""
    return language.say(table[key]) if key in table else key


@register.simple_tag
def figure(value: Figure | None, address: str = "", digits: int | None = None) -> SafeString:
    """A figure as everywhere: value with unit, standing, and the mark that opens its evidence."""
    return figures.render(value, address, digits=digits)


@register.simple_tag
def why(figure_: Figure | None) -> str:
    """Why a figure is unknown, or what it stands on, in one phrase."""
    return figures.note(figure_)


@register.filter
def stated(fact: Any) -> str:
    """A fact's value with the words that bound it, as people write it: 超过 千亿元."""
    return " ".join([*(fact.qualifier or "").split(";"), fact.value_text or "—"]).strip()


@register.filter
def day(value: date | datetime | None) -> str:
    """A date as the reader's language has it."""
    return language.day(value)


@register.filter
def moment(value: datetime | None) -> str:
    """A date with the minute."""
    return language.moment(value)


@register.filter
def number(value: Any) -> str:
    """Thousands separated; unknown is a dash."""
    if value is None:
        return "—"
    return f"{value:,}" if isinstance(value, int | float | Decimal) else str(value)


@register.filter
def exact(value: Decimal | None) -> str:
    """A number without the zeros that its column adds; unknown is a dash."""
    return f"{value.normalize():,f}" if isinstance(value, Decimal) else "—"


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """This page's address with some parameters changed; None or "" takes one out, paging starts anew."""
    found: QueryDict = context["request"].GET.copy()
    if "page" not in changes:
        found.pop("page", None)
    for name, value in changes.items():
        if value in (None, ""):
            found.pop(name, None)
        else:
            found[name] = str(value)
    return f"?{found.urlencode()}" if found else context["request"].path


@register.simple_tag
def source(text: str | None) -> SafeString:
    """Words of a source, which stay in its language whatever the page speaks."""
    return format_html('<span lang="zh">{}</span>', text or "")


@register.simple_tag(takes_context=True)
def without(context: Context, name: str) -> str:
    """This page's address without one parameter."""
    return query(context, **{name: None})


@register.simple_tag
def coverage_note(coverage: Coverage) -> str:
    """What the counts stand on, in one line."""
    return coverage_words(coverage, language.language())


@register.filter
def parts(text: str) -> list[str]:
    """The parts of a list written with commas."""
    return text.split(",")
