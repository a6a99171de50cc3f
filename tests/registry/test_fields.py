from __future__ import annotations

import pytest

from liandong.errors import InputError
from liandong.registry.fields import check_mapping, header_unit, known_columns, map_columns


def test_columns_of_a_commercial_export() -> None:
    """The columns of a usual export find their fields; brackets, case, width and blanks do not matter."""
    names = (
        "序号",
        "公司名称",
        "统一社会信用代码",
        "注册资本(万元)",
        "成立 日期",
        "所属省份",
        "所属城市",
        "所属区县",
        "国标行业大类",
        "国标行业小类",
        "企业（机构）类型",
        "参保人数",
    )
    found = map_columns(names)
    assert found.positions == {
        "name": (1,),
        "uscc": (2,),
        "founded": (4,),
        "capital_text": (3,),
        "insured": (11,),
        "kind": (10,),
        "province": (5,),
        "city": (6,),
        "county": (7,),
        "industry": (9, 8),
    }
    assert found.unmapped() == ("序号",)


def test_an_explicit_column_takes_its_field_alone() -> None:
    """--map 甲方=name makes 甲方 the name, although 企业名称 is there; an empty field leaves a column out."""
    found = map_columns(("企业名称", "甲方", "地址"), {"甲方": "name", "地址": ""})
    assert found.positions == {"name": (1,)}


def test_our_own_columns_are_never_mapped() -> None:
    """Columns that say where a rejected row came from are no fields when the mended file comes back."""
    assert map_columns(("registry_file", "registry_row", "name")).positions == {"name": (2,)}


def test_a_mapping_to_an_unknown_field_is_refused() -> None:
    """The message names the column and lists the fields there are."""
    with pytest.raises(InputError) as caught:
        check_mapping({"甲方": "nam"}, {"a.csv": ("甲方",)})
    assert (caught.value.field, "capital_text" in caught.value.text("en")) == ("甲方", True)


def test_a_mapping_from_an_absent_column_is_refused() -> None:
    """The message names the file, the column asked for and the columns found."""
    with pytest.raises(InputError) as caught:
        check_mapping({"乙方": "name"}, {"a.csv": ("甲方", "地址")})
    assert caught.value.text("zh") == "a.csv › 乙方: 文件中没有列“乙方”。找到的列:甲方、地址。"


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("注册资本(万元)", "万元"),
        ("注册资本（万元人民币）", "万元人民币"),
        ("注册资本/万元", "万元"),
        ("注册资本", ""),
    ],
)
def test_unit_in_a_header(header: str, unit: str) -> None:
    """A unit in brackets or behind a stroke is the column's unit."""
    assert header_unit(header) == unit


def test_every_known_column_means_one_field() -> None:
    """No name of a column stands under two fields."""
    names = [name for found in known_columns().values() for name in found]
    assert len(names) == len(set(names))
