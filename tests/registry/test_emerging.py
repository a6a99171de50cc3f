"""Tags of strategic emerging industries."""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow as pa
import pytest

from liandong.errors import InputError
from liandong.reference import find_industry
from liandong.registry import Registry, emerging_column, emerging_industries, emerging_industry
from liandong.registry.emerging import _rules, emerging_industry_list


def test_nine_industries_have_forty_parts():
    """The classification of 2018 has 9 industries with 40 parts, and every part has a rule."""
    listed = emerging_industry_list()
    parts = [each for each in listed if each.parent]
    assert (len(listed) - len(parts), len(parts)) == (9, 40)
    assert {rule.emerging for rule in _rules()} == {each.code for each in parts}


def test_every_mapped_code_is_a_class():
    """The mapping names classes of GB/T 4754-2017 alone."""
    classes = {code for rule in _rules() for code in rule.classes}
    assert [code for code in sorted(classes) if len(code) != 4 or find_industry(code) is None] == []


def test_a_whole_class_tags_by_itself():
    """Integrated circuits are electronics at the core, whatever else the firm says."""
    tags = emerging_industries("3973", "某某有限公司")
    assert [(tag.industry.name, tag.basis, tag.words) for tag in tags] == [("电子核心产业", "whole", ())]


def test_a_class_in_part_needs_a_product_word():
    """Switchgear is smart grid only where the firm says so, and the words are the evidence."""
    assert emerging_industries("3823", "某某开关厂", "低压开关柜制造") == ()
    (tag,) = emerging_industries("3823", "某某电气有限公司", "智能变电站设备、继电保护装置制造")
    assert (tag.industry.code, tag.basis, tag.words) == ("6.5", "part", ("智能变电站", "继电保护"))


def test_an_unknown_class_has_no_tag():
    """Without a class, or with a group alone, nothing is said."""
    assert emerging_industries(None, "芯片") == emerging_industries("397", "芯片") == ()


def firms() -> pa.Table:
    """Four firms, the last of unknown industry."""
    return pa.table(
        {
            "name": ["甲芯片", "乙开关厂", "丙电气", "丁"],
            "scope": ["集成电路制造", "低压开关柜制造", "充电桩、智能电网设备制造", None],
            "industry": ["3973", "3823", "3823", None],
        }
    )


def test_the_column_agrees_with_one_firm_at_a_time():
    """A table is tagged as its firms are; unknown stays unknown."""
    assert emerging_column(firms()).to_pylist() == [["1.2"], [], ["5.3", "6.5"], None]


def test_counts_of_a_snapshot_agree_with_the_column(tmp_path: Path):
    """`stats` counts per industry what the column tags, and each count's query counts it again."""
    table = tmp_path / "firms.csv"
    table.write_text(
        "企业名称,经营范围,行业代码\n甲芯片有限公司,集成电路制造,3973\n乙开关厂,低压开关柜制造,3823\n"
        "丙电气有限公司,智能电网设备制造,3823\n",
        encoding="utf-8",
    )
    registry = Registry(tmp_path / "registry")
    registry.import_files([table])
    counted = registry.stats().by_emerging
    assert {code: int(found.value) for code, found in counted.items() if found.value} == {"1": 1, "6": 1}
    query = counted["6"].evidence[0].expression
    assert registry.query(query)[0][0].as_py() == 1


def test_an_unknown_code_is_named():
    """There is no tenth industry."""
    with pytest.raises(InputError):
        emerging_industry("10")


def test_an_export_for_people_has_the_tags(tmp_path: Path):
    """The column registry_emerging of a CSV joins the codes with ;."""
    table = tmp_path / "firms.csv"
    table.write_text(
        "企业名称,经营范围,行业代码\n丙电气有限公司,充电桩、智能电网设备制造,3823\n", encoding="utf-8"
    )
    registry = Registry(tmp_path / "registry")
    registry.import_files([table])
    with registry.export(tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["registry_emerging"] for row in csv.DictReader(file)] == ["5.3;6.5"]
