from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.errors import InputError
from liandong.reference import (
    MANUFACTURING,
    Industry,
    IndustryDisagreement,
    find_industry,
    industries,
    industry,
    industry_disagreements,
    is_industry,
    members,
)


def test_the_standard_is_complete():
    """GB/T 4754-2017 has 20 sections, 97 divisions, 473 groups and 1,381 classes."""
    levels = ("section", "division", "group", "class")
    assert {level: len(industries(level)) for level in levels} == {
        "section": 20,
        "division": 97,
        "group": 473,
        "class": 1381,
    }


def test_a_class_knows_its_place():
    """3821 is a class of group 382 in section C."""
    assert industry("3821") == Industry("3821", "变压器、整流器和电感器制造", "class", "382", "C")


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("37", "铁路、船舶、航空航天和其他运输设备制造业"),
        ("306", "玻璃纤维和玻璃纤维增强塑料制品制造"),
        ("3531", "食品、酒、饮料及茶生产专用设备制造"),
        ("354", "印刷、制药、日化及日用品生产专用设备制造"),
        ("359", "环保、邮政、社会公共服务及其他专用设备制造"),
        ("374", "航空、航天器及设备制造"),
        ("3741", "飞机制造"),
        ("7513", "新材料技术推广服务"),
        ("7514", "节能技术推广服务"),
        ("7515", "新能源技术推广服务"),
        ("7516", "环保技术推广服务"),
        ("7517", "三维（3D）打印技术推广服务"),
    ],
)
def test_names_that_sources_cut_or_shift_are_whole(code: str, name: str):
    """Names that a source truncates, runs into a description or shifts by a line stand as in the standard."""
    assert industry(code).name == name


@given(st.sampled_from(industries()))
def test_parent_and_members_agree(entry: Industry):
    """Every entry's classes are among its parent's, and its parent is one level up in the same section."""
    if entry.parent is None:
        assert entry.level == "section"
        return
    above = industry(entry.parent)
    assert (above.section, set(members(entry.code)) <= set(members(above.code))) == (entry.section, True)


def test_members_of_sections_are_all_classes():
    """The sections' classes are the 1,381 classes, each once and in order."""
    found = [code for section in industries("section") for code in members(section.code)]
    assert found == [entry.code for entry in industries("class")]


def test_manufacturing_is_section_c():
    """Manufacturing is divisions 13 to 43, which is section C."""
    assert tuple(entry.code for entry in industries("division") if entry.section == "C") == MANUFACTURING


def test_a_class_is_its_own_member():
    """members of a class code is that code."""
    assert members("3741") == ("3741",)


def test_an_unknown_code_is_refused_in_both_languages():
    """industry() says what a code looks like; find_industry() and is_industry() only say no."""
    with pytest.raises(InputError) as fault:
        industry("3700")
    assert fault.value.text("zh").startswith("industry: “3700”不是 GB/T 4754-2017 的行业代码")
    assert fault.value.text("en").startswith('industry: "3700" is not a code of GB/T 4754-2017')
    assert (find_industry("3700"), is_industry("3700"), is_industry("")) == (None, False, False)


def test_disagreements_are_data():
    """The known disagreement about 7289 names both readings."""
    found = [each for each in industry_disagreements() if each.code == "7289"]
    assert found == [
        IndustryDisagreement(
            "7289", "其他会议、会展及相关服务", source, "name_differs", "其他会议、展览及相关服务"
        )
        for source in ("isic_concordance", "gb2017_2011_2002_concordance")
    ]


def test_disagreements_have_three_kinds():
    """A source differs in a name, lacks a code, or has a code that the standard lacks."""
    kinds = {
        (each.difference, each.our_name is None, each.source_name is None)
        for each in industry_disagreements()
    }
    assert kinds == {
        ("name_differs", False, False),
        ("missing_in_source", False, True),
        ("extra_in_source", True, False),
    }


def test_the_table_equals_the_shared_pack(shared: Path):
    """Codes, levels, parents and names are those of the pack, with brackets in full width."""
    with (shared / "data/reference/gbt4754_2017.csv").open(encoding="utf-8", newline="") as stream:
        pack = [
            (
                row["code"],
                row["name"].replace("(", "（").replace(")", "）"),
                row["level"],
                row["parent"] or None,
            )
            for row in csv.DictReader(stream)
        ]
    assert [(each.code, each.name, each.level, each.parent) for each in industries()] == pack


def test_the_disagreements_equal_the_shared_pack(shared: Path):
    """Every difference that the pack lists is listed."""
    path = shared / "data/reference/gbt4754_2017_disagreements.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        pack = [(row["code"], row["compared_source"], row["difference"]) for row in csv.DictReader(stream)]
    assert [(each.code, each.source, each.difference) for each in industry_disagreements()] == pack
