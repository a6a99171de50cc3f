from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.errors import InputError
from liandong.reference import Unit, convert, find_unit, unit, unit_words, units


def test_a_mu_is_two_thousand_thirds_of_a_square_metre():
    """15 亩 are one hectare."""
    assert unit("亩") == Unit("亩", "area", "平方米", Decimal(2000) / Decimal(3), ("市亩",))
    assert round(convert(Decimal(15), unit("亩"), unit("公顷")), 20) == 1


@pytest.mark.parametrize(
    ("name", "family", "base", "multiplier"),
    [
        ("万元", "money", "元", "10000"),
        ("亿美元", "money", "美元", "100000000"),
        ("百万吨", "mass", "千克", "1000000000"),
        ("亿立方米", "volume", "立方米", "100000000"),
        ("千瓦", "power", "瓦", "1000"),
        ("万千瓦时", "energy", "焦耳", "36000000000"),
        ("万人次", "visits", "人次", "10000"),
        ("㎡", "area", "平方米", "1"),
        ("％", "ratio", "%", "1"),
        ("GWh", "energy", "焦耳", "3600000000000"),
        ("家", "count", "家", "1"),
        ("吨标准煤/万元", "energy/money", "焦耳/元", "2930760"),
        ("元/平方米·月", "money/area/time", "元/平方米/月", "1"),
        ("元每吨", "money/mass", "元/千克", "0.001"),
        ("件/万人", "count/count", "件/人", "0.0001"),
    ],
)
def test_scales_and_compounds_are_composed(name: str, family: str, base: str, multiplier: str):
    """A unit with 万 or 亿 before it, or per another unit, is a unit."""
    found = unit(name)
    assert (found.family, found.base, found.multiplier) == (family, base, Decimal(multiplier))


def test_percent_and_percentage_points_are_different():
    """个百分点 is no %: they cannot be converted."""
    with pytest.raises(InputError) as fault:
        convert(Decimal(1), unit("%"), unit("个百分点"))
    assert fault.value.text("zh") == "unit: “%”不能换算成“个百分点”。"


@pytest.mark.parametrize("name", ["", "/", "万", "亿", "元/", "/元", "许昌", "元/许昌"])
def test_what_is_no_unit_is_none(name: str):
    """find_unit gives None and unit() raises for what is no unit."""
    assert find_unit(name) is None
    with pytest.raises(InputError):
        unit(name)


def test_no_word_means_two_units():
    """Every name and alias belongs to one unit."""
    claims = [word for each in units() for word in {each.name, *each.aliases}]
    assert sorted(word for word in set(claims) if claims.count(word) > 1) == []
    assert {each.name for each in units()} == {each.name for each in unit_words().values()}


@given(st.sampled_from(units()), st.sampled_from(units()))
def test_a_compound_is_the_ratio_of_its_parts(top: Unit, below: Unit):
    """The multiplier of a/b is that of a over that of b."""
    if "/" in top.name or "·" in below.name or "每" in top.name + below.name:
        return
    assert unit(f"{top.name}/{below.name}").multiplier == top.multiplier / below.multiplier


@given(st.text(max_size=8))
def test_no_text_breaks_the_lookup(text: str):
    """Any text gives a unit or None."""
    found = find_unit(text)
    assert found is None or found.multiplier > 0
