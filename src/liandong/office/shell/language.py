"""The reader's language: Chinese unless the switch says English.

Every word of the office is written twice where it stands: `say(Text("资料", "Library"))` in Python,
`{% t "资料" "Library" %}` in templates. There is no catalogue to compile and none to forget.
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone, translation

from liandong.errors import Language, Text

COOKIE = "liandong_language"
DJANGO_CODES: dict[Language, str] = {"zh": "zh-hans", "en": "en"}


def language() -> Language:
    """The language of the page that is being made."""
    return "en" if (translation.get_language() or "").startswith("en") else "zh"


def say(text: Text, **values: object) -> str:
    """A text in the reader's language, its `{names}` filled in."""
    words = text(language())
    return words.format(**values) if values else words


def pick(zh: str, en: str) -> str:
    """The word of the reader's language."""
    return zh if language() == "zh" else en


def day(value: date | datetime | None) -> str:
    """2025年6月19日; 19 Jun 2025."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return f"{value.year}年{value.month}月{value.day}日" if language() == "zh" else f"{value:%-d %b %Y}"


def moment(value: datetime | None) -> str:
    """A day with the minute."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{day(local.date())} {local:%H:%M}"
