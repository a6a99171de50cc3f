"""How a business scope is taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.registry.classify_acts import (
    GROW,
    MAKE,
    PROCESS,
    PRODUCE,
    RETAIL,
    TRADE,
    WHOLESALE,
    acts_of,
    chief,
)
from liandong.registry.classify_lexicon import lexicon
from liandong.registry.classify_scope import MOST_ITEMS, Reader, strip

READER = Reader(lexicon())


def items(scope: str) -> list[tuple[str, int]]:
    """The items with what governs them."""
    return [(governed.item.text, governed.acts) for governed in READER.read(scope)]


def test_activities_standing_first_govern_what_follows():
    """生产、销售:A、B holds for A and B."""
    assert items("生产、销售:水泥管、水泥杆") == [("水泥管", PRODUCE | TRADE), ("水泥杆", PRODUCE | TRADE)]


def test_activity_at_the_end_governs_the_bare_items_before():
    """A、B加工、销售 holds for A, too."""
    assert items("木箱、木托盘加工、销售") == [("木箱", PROCESS | TRADE), ("木托盘加工", PROCESS | TRADE)]


def test_an_activity_ends_with_its_clause():
    """After ; nothing governs what says nothing."""
    assert items("销售钢材;水泥") == [("销售钢材", TRADE), ("水泥", 0)]


def test_a_new_activity_takes_over():
    """面粉加工,零售日用百货 are two activities."""
    assert items("面粉加工,零售日用百货") == [("面粉加工", PROCESS), ("零售日用百货", TRADE | RETAIL)]


def test_two_activities_with_objects_are_two_items():
    """生产纺织品及销售服装 is cut at 及."""
    assert items("生产纺织品及销售服装") == [("生产纺织品", PRODUCE), ("销售服装", TRADE)]


@pytest.mark.parametrize(
    "scope", ["", "无", "自营和代理各类商品的进出口业务,但国家限定公司经营的商品除外", "(依法须经批准的项目)"]
)
def test_formulas_are_no_items(scope: str):
    """Formulas of the register say nothing of the trade."""
    assert items(scope) == []


def test_brackets_may_stand_in_brackets():
    """Brackets go with what they hold, also where one is not closed."""
    assert strip("饮料(瓶(桶)装)、糖果(不含") == "饮料、糖果"


@given(st.text(alphabet=st.sampled_from("生产销售水泥、,;。:()及和的加工 "), max_size=300))
def test_items_are_pieces_of_the_scope(scope: str):
    """No item is invented, and their number is bounded."""
    found = READER.read(scope)
    assert len(found) <= MOST_ITEMS
    assert all(governed.item.text in strip(scope) for governed in found)


def test_words_of_activities_add_up():
    """批发零售 is both; growing comes before processing and selling."""
    assert acts_of("批发零售") == TRADE | WHOLESALE
    assert acts_of("批发、零售") == TRADE | WHOLESALE | RETAIL
    assert chief(GROW | PROCESS | TRADE) == GROW
    assert chief(PRODUCE | TRADE) == PRODUCE
    assert chief(MAKE) == MAKE
