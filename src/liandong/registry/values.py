"""Values as people write them: dates, sums of money and numbers of people in registration tables.

Nothing is guessed: a date without a day gives its year, a sum without a unit gives none, a foreign sum keeps
its currency and is not converted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from liandong.registry.normalising import narrow

FIRST_YEAR = 1840  # older than any firm on a Chinese register
_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_DAYS = (14_611, 73_050)  # 1940-01-01 to 2099-12-31: a bare number in a date column of a sheet
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_YMD = re.compile(r"^(\d{4})\s*[-/.年_ ]\s*(\d{1,2})\s*[-/.月_ ]\s*(\d{1,2})\s*[日号]?(?:[T ].*)?$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:\d{6})?$")
_DMY = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$")
_YM = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?$")
_Y = re.compile(r"^(\d{4})\s*年?$")
_CHINESE_YMD = re.compile(r"^(\d{4})年([\d十]{1,3})月([\d十]{1,3})[日号]$")
_SERIAL = re.compile(r"^\d{5}(?:\.\d+)?$")


@dataclass(frozen=True, slots=True)
class When:
    """A founding date; where the day is not given, the year alone. Both None: not a date."""

    day: date | None
    year: int | None


UNREADABLE_DATE = When(None, None)


def parse_date(text: str, *, today: date | None = None) -> When:
    """2015-03-02, 2015/3/2, 2015.3.2, 2015年3月2日, 二〇一五年三月二日, 20150302, a sheet's day number,
    2015-03-02 08:00:00; 2015年3月 and 2015 give the year. 3/25/2015 is read, 3/4/2015 is not: it has two
    readings. Later than tomorrow or before 1840 is not a founding date.
    """
    plain = narrow(text).strip()
    found = _calendar(plain) or _year_only(plain)
    limit = (today or date.today()) + timedelta(days=1)
    if found is None or found.year is None or not FIRST_YEAR <= found.year <= limit.year:
        return UNREADABLE_DATE
    if found.day is not None and found.day > limit:
        return UNREADABLE_DATE
    return found


def _calendar(text: str) -> When | None:
    for pattern in (_YMD, _COMPACT):
        if match := pattern.match(text):
            return _day(*map(int, match.groups()))
    if match := _CHINESE_YMD.match(text.translate(_CHINESE_DIGITS)):
        return _day(int(match[1]), _tens(match[2]), _tens(match[3]))
    if match := _DMY.match(text):
        first, second, year = map(int, match.groups())
        if first > 12 >= second:
            return _day(year, second, first)
        if second > 12 >= first or first == second:
            return _day(year, first, second)
        return When(None, year)
    if _SERIAL.match(text) and _EXCEL_DAYS[0] <= float(text) <= _EXCEL_DAYS[1]:
        day = _EXCEL_EPOCH + timedelta(days=int(float(text)))
        return When(day, day.year)
    return None


def _year_only(text: str) -> When | None:
    if match := _YM.match(text):
        return When(None, int(match[1])) if 1 <= int(match[2]) <= 12 else None
    match = _Y.match(text)
    return When(None, int(match[1])) if match else None


def _day(year: int, month: int, day: int) -> When | None:
    try:
        return When(date(year, month, day), year)
    except ValueError:
        return None


def _tens(text: str) -> int:
    """十二 written 十2 after the digits were replaced: 12; 2十3: 23."""
    if "十" not in text:
        return int(text)
    tens, _, ones = text.partition("十")
    return int(tens or 1) * 10 + int(ones or 0)


@dataclass(frozen=True, slots=True)
class Money:
    """A sum: amount in whole units of its currency (ISO 4217), None where unit or currency is unknown."""

    amount: Decimal | None
    currency: str | None


UNREADABLE_MONEY = Money(None, None)
_NUMBER = re.compile(r"^[^\d.+-]{0,6}?([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)\s*(.*)$")
_SCALES = (("百亿", 10), ("十亿", 9), ("亿", 8), ("千万", 7), ("百万", 6), ("十万", 5), ("万", 4), ("千", 3))
_CURRENCIES = (  # the first that occurs; yuan last, since 美元 and 港元 contain its character
    ("美元", "USD"), ("美金", "USD"), ("usd", "USD"), ("$", "USD"),
    ("港元", "HKD"), ("港币", "HKD"), ("香港元", "HKD"), ("hkd", "HKD"),
    ("日元", "JPY"), ("日圆", "JPY"), ("日币", "JPY"), ("jpy", "JPY"),
    ("欧元", "EUR"), ("eur", "EUR"), ("英镑", "GBP"), ("gbp", "GBP"),
    ("德国马克", "DEM"), ("德马克", "DEM"), ("马克", "DEM"), ("瑞士法郎", "CHF"), ("法郎", "FRF"),
    ("澳大利亚元", "AUD"), ("澳元", "AUD"), ("加拿大元", "CAD"), ("加元", "CAD"), ("加币", "CAD"),
    ("新加坡元", "SGD"), ("新元", "SGD"), ("新台币", "TWD"), ("台币", "TWD"), ("台湾元", "TWD"),
    ("澳门元", "MOP"), ("葡币", "MOP"), ("韩元", "KRW"), ("韩圆", "KRW"), ("韩币", "KRW"),
    ("新西兰元", "NZD"), ("林吉特", "MYR"), ("卢布", "RUB"), ("泰铢", "THB"),
    ("人民币", "CNY"), ("rmb", "CNY"), ("cny", "CNY"), ("¥", "CNY"), ("元", "CNY"), ("圆", "CNY"),
)  # fmt: skip


def parse_money(text: str, *, unit: str = "") -> Money:
    """100万元, 1,001(万元), 300(万元人民币), 50万美元, 1000万, 500000元.

    unit: what the column's header says (注册资本(万元)), used where the cell names no scale and currency.
    万 without a currency is 万元, as registers print it. A bare number without any unit has no amount.
    """
    plain = narrow(text).strip().lower()
    match = _NUMBER.match(plain)
    if not match:
        return UNREADABLE_MONEY
    try:
        number = Decimal(match[1].replace(",", ""))
    except InvalidOperation:
        return UNREADABLE_MONEY
    words = plain.replace(match[1], "", 1)
    words = re.sub(r"[\s()\[\]{}:,]", "", words) or narrow(unit).lower()
    scale = next((power for word, power in _SCALES if word in words), 0)
    currency = next((code for word, code in _CURRENCIES if word in words), None)
    if currency is None and scale == 0:
        return UNREADABLE_MONEY
    if number < 0:
        return UNREADABLE_MONEY
    return Money(number.scaleb(scale), currency or "CNY")


_COUNT = re.compile(r"^(\d{1,3}(?:,\d{3})+|\d+)(?:\.0+)?\s*[人名]?\s*(?:\(\d{4}年?度?(?:年报|报告?)?\))?$")
MOST_PEOPLE = 99_999_999
"""No firm has more staff; a longer number is a telephone's or a code."""


def parse_people(text: str) -> int | None:
    """120, 1,204, 120人, 120.0, 120人(2023年报): a whole number of people.

    None for what is no whole number (50-99人, 约50, 12.5): a range or an estimate is not a count.
    """
    match = _COUNT.match(narrow(text).strip())
    number = int(match[1].replace(",", "")) if match else None
    return number if number is not None and number <= MOST_PEOPLE else None


def today() -> date:
    """The date of the run, in one place."""
    return datetime.now().date()
