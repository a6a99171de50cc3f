from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.registry.values import UNREADABLE_DATE, UNREADABLE_MONEY, Money, When, parse_date, parse_money

TODAY = date(2025, 6, 19)
days = st.dates(date(1840, 1, 1), TODAY)


@given(
    days,
    st.sampled_from(
        (
            *("{0:%Y-%m-%d}", "{0:%Y%m%d}", "{0:%Y/%m/%d}", "{0.year}.{0.month}.{0.day}"),
            *("{0.year}年{0.month}月{0.day}日", "{0:%Y-%m-%d} 00:00:00", "{0:%Y-%m-%dT08:00:00}"),
            " {0.year}/{0.month}/{0.day} ",
        )
    ),
)
def test_every_form_of_a_date_is_read_back(day: date, form: str) -> None:
    """A date written in any of the usual forms gives that date."""
    assert parse_date(form.format(day), today=TODAY) == When(day, day.year)


@pytest.mark.parametrize(
    ("text", "day", "year"),
    [
        ("二〇一五年三月二日", date(2015, 3, 2), 2015),
        ("二零一五年十二月二十三日", date(2015, 12, 23), 2015),
        ("２０１５－０３－０２", date(2015, 3, 2), 2015),
        ("42065", date(2015, 3, 2), 2015),
        ("42065.5", date(2015, 3, 2), 2015),
        ("3/25/2015", date(2015, 3, 25), 2015),
        ("25/3/2015", date(2015, 3, 25), 2015),
        ("3/4/2015", None, 2015),
        ("2015年3月", None, 2015),
        ("2015-03", None, 2015),
        ("2015", None, 2015),
    ],
)
def test_less_usual_dates(text: str, day: date | None, year: int) -> None:
    """Chinese numerals, a sheet's day number, a month alone; a date with two readings gives its year."""
    assert parse_date(text, today=TODAY) == When(day, year)


@pytest.mark.parametrize(
    "text",
    ["2015-02-30", "2015-13-01", "2099-01-01", "1644-01-01", "约2015", "12", "", "99999", "2025-06-21"],
)
def test_what_is_no_founding_date_stays_unknown(text: str) -> None:
    """A day that the calendar does not have, the future and the deep past are not founding dates."""
    assert parse_date(text, today=TODAY) == UNREADABLE_DATE


def test_tomorrow_is_allowed() -> None:
    """A register in another time zone may be a day ahead."""
    tomorrow = TODAY + timedelta(days=1)
    assert parse_date(tomorrow.isoformat(), today=TODAY) == When(tomorrow, 2025)


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("1,001(万元)", 10_010_000, "CNY"),
        ("300(万元人民币)", 3_000_000, "CNY"),
        ("（ 273.8600万元人民币 ）", 2_738_600, "CNY"),
        ("8,166.6700(万元人民币)", 81_666_700, "CNY"),
        ("人民币500万元", 5_000_000, "CNY"),
        ("1200万", 12_000_000, "CNY"),
        ("1,500,000(人民币元)", 1_500_000, "CNY"),
        ("0.5亿元", 50_000_000, "CNY"),
        ("120万美元", 1_200_000, "USD"),
        ("616(万元(美元))", 6_160_000, "USD"),
        ("3,000(万香港元)", 30_000_000, "HKD"),
        ("109,000(万日元)", 1_090_000_000, "JPY"),
        ("10万瑞士法郎", 100_000, "CHF"),
        ("0万元", 0, "CNY"),
    ],
)
def test_sums_as_registers_print_them(text: str, amount: int, currency: str) -> None:
    """Scale and currency are read from the cell; foreign sums keep their currency."""
    assert parse_money(text) == Money(Decimal(amount), currency)


@pytest.mark.parametrize("text", ["", "-", "9()", "100", "6,279,600()", "面议", "-5万元", "约"])
def test_a_sum_without_a_unit_has_no_amount(text: str) -> None:
    """Whether 100 means yuan or 万元 is not guessed."""
    assert parse_money(text) == UNREADABLE_MONEY


def test_the_header_may_name_the_unit() -> None:
    """注册资本(万元) gives bare numbers their unit, and does not overrule a cell that has one."""
    assert [parse_money(text, unit="万元") for text in ("500", "120万美元")] == [
        Money(Decimal(5_000_000), "CNY"),
        Money(Decimal(1_200_000), "USD"),
    ]
