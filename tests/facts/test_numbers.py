"""Numbers as Chinese pages write them."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.facts.numbers import chinese, numbers, parse, plain
from liandong.facts.ranks import orders


def found(text: str) -> list[tuple[str, str | None, str]]:
    return [(n.value, n.unit, text[n.start : n.end]) for n in numbers(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.2万余家", [("12000", "家", "1.2万余家")]),
        ("40多家", [("40", "家", "40多家")]),
        ("4万多平方米", [("40000", "平方米", "4万多平方米")]),
        ("规模超千亿元", [("100000000000", "元", "千亿元")]),
        ("产能达百万辆", [("1000000", "辆", "百万辆")]),
        ("五千亿元", [("500000000000", "元", "五千亿元")]),
        ("八成以上", [("80", "%", "八成")]),
        ("三成五", [("35", "%", "三成五")]),
        ("三分之二", [("2/3", None, "三分之二")]),
        ("占2/3", [("2/3", None, "2/3")]),
        ("百分之五", [("5", "%", "百分之五")]),
        ("结构为9.7:47.3:43", [("9.7:47.3:43", None, "9.7:47.3:43")]),
        ("3至5家", [("3~5", "家", "3至5家")]),
        ("100万元至500万元", [("1000000~5000000", "元", "100万元至500万元")]),
        ("65%-80%", [("65~80", "%", "65%-80%")]),
        ("1亿2千万元", [("120000000", "元", "1亿2千万元")]),
        ("341.7亿千瓦时", [("34170000000", "千瓦时", "341.7亿千瓦时")]),
        ("9.8万元/亩", [("98000", "元/亩", "9.8万元/亩")]),
        ("10万吨/年", [("100000", "吨/年", "10万吨/年")]),
        ("1.2亿美元", [("120000000", "美元", "1.2亿美元")]),
        ("3,142家", [("3142", "家", "3,142家")]),
        ("0.8个百分点", [("0.8", "个百分点", "0.8个百分点")]),
    ],
)
def test_a_number_is_read_with_its_multipliers_and_unit(text, expected):
    """百 千 万 亿 are worked into the value, the unit stays as the page writes it."""
    assert found(text) == expected


def test_a_list_carries_its_unit_back():
    """58.3、41.5、26.4亿元 are three amounts, and the first two say where their unit stands."""
    text = "分别投资58.3、41.5、26.4亿元"
    members = numbers(text)
    assert [(n.value, n.unit) for n in members] == [
        ("5830000000", "元"),
        ("4150000000", "元"),
        ("2640000000", "元"),
    ]
    assert [text[n.unit_start : n.unit_end] for n in members] == ["元", "元", "元"]
    assert [n.carried for n in members] == [True, True, False]


@pytest.mark.parametrize(
    "text",
    [
        "长三角",
        "“633”产业体系",
        "4+6+N",
        "A4纸",
        "220千伏",
        "第七批",
        "100强",
        "2楼B区",
        "0731-85510286",
        "千亿级集群",
    ],
)
def test_numerals_of_names_and_grades_are_no_numbers(text):
    """A numeral in a name, a code or a grade measures nothing."""
    assert found(text) == []


def test_an_amount_that_names_a_class_is_no_amount():
    """亿元以上 and 超10亿元 before 项目 name a class; the count behind them is the number."""
    assert found("10亿元以上项目5个,超20亿元项目2个") == [("5", "个", "5个"), ("2", "个", "2个")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("居全省第3位", "3"),
        ("居全国第二", "2"),
        ("稳居全国首位", "1"),
        ("列第213位", "213"),
        ("排名全国第十二位", "12"),
    ],
)
def test_an_order_is_a_number_of_places(text, value):
    """第3位, 第二 and 首位 are 3, 2 and 1 位."""
    assert [(n.value, n.unit) for n in orders(text, 0, len(text))] == [(value, "位")]


_DIGITS = "零一二三四五六七八九"


def spelled(value: int) -> str:
    """A Chinese numeral below 10,000, by the school rule."""
    out, zero = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // power % 10
        if digit:
            out += ("零" if zero and out else "") + _DIGITS[digit] + name
            zero = False
        else:
            zero = bool(out)
    return out


@given(st.integers(1, 9999), st.sampled_from([("", 1), ("万", 10**4), ("亿", 10**8)]))
def test_a_spelled_numeral_gives_its_value(value, scale):
    """三千五百零六亿 is 3506 times a hundred million."""
    assert chinese(spelled(value) + scale[0]) == value * scale[1]


@given(
    st.decimals(min_value=Decimal("0.01"), max_value=99999, places=2),
    st.sampled_from([("", 1), ("万", 10**4), ("亿", 10**8), ("万亿", 10**12)]),
    st.sampled_from(["元", "家", "平方米", "吨", "千瓦时"]),
)
def test_a_number_reads_back_to_its_value(value, scale, unit):
    """Whatever is printed as digits, multiplier and unit is read as exactly that value."""
    number = parse(f"{value}{scale[0]}{unit}")
    assert number is not None
    assert (number.value, number.unit) == (plain(value * scale[1]), unit)


@given(st.text(alphabet="0123456789.,万亿千百十多余家个元%、至:/ 一二三成分之", max_size=40))
def test_any_mixture_is_read_without_error(text):
    """Numbers found are ascending, disjoint and inside the text."""
    spans = [(n.start, n.end) for n in numbers(text)]
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))
