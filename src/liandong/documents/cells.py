"""What a spreadsheet's cell shows: a number through its format, a date as people write it.

A cell stores 0.125 and shows 12.5%; the page says what is shown. Known are the formats of one group of
digits with literal text, thousands, decimals, percent and scaling; of any other, the number itself is given.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

_SECTION = re.compile(r"""((?:[^;"\\]|"[^"]*"|\\.)*)(?:;|$)""")
_PART = re.compile(
    r"""(?P<literal>"[^"]*"|\\.)|(?P<skip>[_*].)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|(?P<hint>\[[^\]]*\])"""
    r"""|(?P<digits>[0#?][0#?.,]*)|(?P<percent>%)|(?P<other>.)""",
    re.DOTALL,
)
_CONDITION = re.compile(r"\[[<>=]")
_MOST_DIGITS = 15  # what a binary number holds
_WIDE = Context(prec=400)  # digits enough for any number in any format


def shown(value: object, pattern: str = "General") -> str:
    """The text of a cell; "" for an empty one. Never a tab or a line end."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return number(value, pattern or "General")
        case datetime() | date() | time():
            return _moment(value, pattern or "General")
        case timedelta():
            return str(value)
        case _:
            return " ".join(str(value).split())


def number(value: float, pattern: str) -> str:
    """A number as the format shows it; a negative one always with a minus, never in brackets or by colour."""
    exact = Decimal(f"{value:.{_MOST_DIGITS}g}")
    if not exact.is_finite():
        return str(value)
    form = _form(pattern, (exact > 0) - (exact < 0))
    if form is None:
        return _plain(exact)
    before, after, decimals, least, grouped, power = form
    scaled = exact.scaleb(power)
    if decimals > 0 or scaled.adjusted() < _MOST_DIGITS:
        scaled = scaled.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _WIDE)
    text = f"{abs(scaled):,f}" if grouped else f"{abs(scaled):f}"
    while decimals > least and text[-1] in "0.":
        text, decimals = text[:-1], decimals - 1
    text = text.removesuffix(".")
    sign = "-" if scaled < 0 and text.strip("0.,") else ""
    return f"{sign}{before}{text}{after}".strip()


def _plain(exact: Decimal) -> str:
    return f"{exact.normalize():f}" if exact else "0"


@lru_cache(maxsize=512)
def _form(pattern: str, sign: int) -> tuple[str, str, int, int, bool, int] | None:
    """Text before and after, most and least decimals, whether grouped, power of ten; None if not known."""
    if _CONDITION.search(pattern):
        return None
    sections = [match[1] for match in _SECTION.finditer(pattern)][:-1] or [pattern]
    section = (
        sections[{1: 0, -1: 1, 0: 2}[sign]] if len(sections) > {1: 0, -1: 1, 0: 2}[sign] else sections[0]
    )
    before, after, digits, power = "", "", "", 0
    for part in _PART.finditer(section):
        text = part["literal"] or part["currency"] or ""
        text = text.strip('"') if text.startswith('"') else text.removeprefix("\\")
        if part["digits"]:
            if digits:
                return None
            digits = part["digits"]
        elif part["percent"]:
            text, power = "%", power + 2
        elif part["skip"]:
            text = ""
        elif part["other"]:
            text = part["other"]
            if text.isascii() and text.isalpha():
                return None  # General, dates, exponents
            if text in "/@":
                return None  # fractions, text
            if text in "()" and sign < 0:
                text = ""
        if digits:
            after += "" if part["digits"] else text
        else:
            before += text
    if not digits or digits.count(".") > 1:
        return None
    whole, _, decimals = digits.rstrip(",").partition(".")
    power -= 3 * (len(digits) - len(digits.rstrip(",")))
    before = before.replace("-", "") if sign < 0 else before
    return before, after, len(decimals), decimals.count("0"), "," in whole, power


def _moment(value: datetime | date | time, pattern: str) -> str:
    """A date in Chinese order, as far as the format shows its parts; a time of day where it is shown."""
    letters = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", pattern).lower()
    clock = f"{value:%H:%M}" if not isinstance(value, date) or isinstance(value, datetime) else ""
    if isinstance(value, time):
        return clock
    year, day = "y" in letters or "m" not in letters, "d" in letters or "y" not in letters
    text = (f"{value.year}年" if year else "") + f"{value.month}月" * ("m" in letters or day)
    text += f"{value.day}日" if day else ""
    return f"{text} {clock}" if clock and "h" in letters else text
