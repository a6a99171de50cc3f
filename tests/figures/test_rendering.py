from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.figures import Figure, Standing, render, render_number


@pytest.mark.parametrize(
    ("value", "unit", "chinese", "english"),
    [
        ("1549", "家", "1,549家", "1,549 firms"),
        ("100000000000", "元", "1,000亿元", "100 billion yuan"),
        ("3328000000", "元", "33.28亿元", "3.328 billion yuan"),
        ("15490", "家", "15,490家", "15,490 firms"),
        ("8.5", "%", "8.5%", "8.5%"),
        ("0.8", "个百分点", "0.8个百分点", "0.8 percentage points"),
        ("-1200000", "元", "-120万元", "-1.2 million yuan"),
    ],
)
def test_numbers_read_as_people_write_them(value: str, unit: str, chinese: str, english: str):
    """亿 and 万 in Chinese, million and billion in English, with the unit's own word."""
    figure = Figure(Decimal(value), unit, "x")
    assert [render(figure), render(figure, "en")] == [chinese, english]


def test_unknown_is_a_dash():
    """Unknown never reads as 0."""
    assert render(Figure(None, "家", "count")) == "—"


def test_planned_looks_planned():
    """A plan carries its tag in both languages."""
    plan = Figure(Decimal(10), "家", "count", standing=Standing.PLANNED)
    assert [render(plan), render(plan, "en")] == ["10家 ·计划·", "10 firms ·planned·"]


def test_digits_round_half_up():
    """Rounding is asked for, never silent."""
    assert [render_number(Decimal("2.345"), digits=2), render_number(Decimal("2.345"))] == ["2.35", "2.345"]


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**14), max_value=10**14))
def test_rendering_loses_no_digit(value: Decimal):
    """Without asked-for digits the text means exactly the number."""
    text = render_number(value).replace(",", "")
    multiplier = {"亿": Decimal(10) ** 8, "万": Decimal(10) ** 4}.get(text[-1], Decimal(1))
    assert Decimal(text.rstrip("亿万")) * multiplier == value
