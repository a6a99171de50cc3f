"""The shipped lexicon and its mappings."""

from __future__ import annotations

import csv
from importlib import resources

import pytest

from liandong.reference import find_industry, members
from liandong.registry.classify_lexicon import (
    TRADING,
    goods_class,
    lexicon,
    retail_of_wholesale,
    sector_of,
    trade_of_making,
)


def test_every_code_is_a_class_written_once():
    """Each class has one line over all files, and exists in the standard."""
    codes = [
        row["code"]
        for file in resources.files("liandong.registry").joinpath("data").iterdir()
        if file.name.startswith("activities_")
        for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    ]
    assert [code for code in codes if len(code) != 4 or find_industry(code) is None] == []
    assert sorted(set(codes)) == sorted(codes)


@pytest.mark.parametrize("division", range(13, 44))
def test_manufacturing_is_covered(division: int):
    """Most classes of every manufacturing division have terms."""
    known = {sense.code for senses in lexicon().senses.values() for sense in senses}
    classes = members(str(division))
    assert len(known & set(classes)) >= 0.75 * len(classes)


def test_mappings_lead_to_classes_of_their_sector():
    """Goods lead to wholesale, wholesale to retail, and all to classes that exist."""
    assert {row["wholesale"][:2] for row in trade_of_making().values()} == {"51"}
    assert {wholesale[:2] for wholesale in retail_of_wholesale()} == {"51"}
    assert {retail[:2] for retail in retail_of_wholesale().values()} == {"52"}
    mended = {row["repair"] for row in trade_of_making().values()} | set(retail_of_wholesale().values())
    assert [code for code in mended if code and find_industry(code) is None] == []


def test_goods_follow_the_longest_beginning_of_their_code():
    """Mattresses are household goods, dolls toys; a class without an entry has no trade."""
    assert goods_class("2190", "wholesale") == "5139"
    assert goods_class("2922", "wholesale") == "5165"
    assert goods_class("2911", "wholesale") == "5172"
    assert goods_class("7010", "wholesale") is None


def test_a_trade_word_names_its_thing_too():
    """服装销售 says wholesale of clothing; its thing is clothing."""
    sectors = {sense.sector for sense in lexicon().find("服装销售")[0].senses}
    assert TRADING in sectors
    assert sector_of("1819") in sectors


def test_longest_term_wins():
    """塑料编织袋 is one term, not 塑料 and 编织袋."""
    assert [hit.term for hit in lexicon().find("塑料编织袋")] == ["塑料编织袋"]
