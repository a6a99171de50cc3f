"""How a firm's registration reads: industry, capital, place."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from liandong.figures.rendering import render_number
from liandong.office.shell.language import language, pick
from liandong.reference import find_industry


def firm_link(row: dict[str, Any]) -> SafeString:
    """A firm's name, opening its profile."""
    return format_html(
        '<a href="{}" lang="zh">{}</a>', reverse("firms:firm", args=[row["firm_id"]]), row["name"]
    )


def source(text: object) -> SafeString:
    """Words of a register, in their language."""
    return format_html('<span lang="zh">{}</span>', "—" if text is None else text)


def industry(code: str | None) -> SafeString:
    """An industry's code and name."""
    if code is None:
        return format_html("{}", "—")
    found = find_industry(code)
    return format_html('{} <span lang="zh">{}</span>', code, found.name if found else "")


def capital(value: float | None) -> str:
    """Registered capital in yuan."""
    if value is None:
        return "—"
    return render_number(Decimal(str(value)), language(), digits=2) + pick("元", " yuan")
