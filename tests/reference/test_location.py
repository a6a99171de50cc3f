from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from liandong.reference import Location, Locations, locate, locate_many


@pytest.mark.parametrize(
    ("province", "city", "address", "expected"),
    [
        ("河南", "许昌", "许昌市魏都区八一路1号", ("410000", "411000", "411002")),
        ("河南", "许昌", "许昌县尚集镇", ("410000", "411000", "411003")),
        ("河南", "许昌", "河南省许昌市建安区", ("410000", "411000", "411003")),
        ("河南", "许昌", "许昌长葛黄河路", ("410000", "411000", "411082")),
        ("河南", "许昌", "许昌市兴业路中段", ("410000", "411000", None)),
        ("河南", "济源", "济源市沁园路", ("410000", "419001", "419001")),
        ("上海", "浦东新区", "张江路1号", ("310000", "310000", "310115")),
        ("上海", None, "上海市闸北区共和新路", ("310000", "310000", "310106")),
        ("上海", "崇明", "崇明县城桥镇", ("310000", "310000", "310151")),
        ("安徽", "六安", "寿县寿春镇", ("340000", "340400", "340422")),
        ("河南", "N/A", "郑州市金水区花园路", ("410000", "410100", "410105")),
        ("河南", None, None, ("410000", None, None)),
        (None, None, "江苏省苏州市昆山市玉山镇", ("320000", "320500", "320583")),
        (None, None, "青云路158号", (None, None, None)),
        ("河南", "上海", "某路1号", ("410000", None, None)),
    ],
)
def test_a_record_is_placed_as_things_are_today(
    province: str | None, city: str | None, address: str | None, expected: tuple[str | None, ...]
):
    """Register names and addresses, also of the past, give the codes of today."""
    assert locate(province, city, address) == Location(*expected)


def test_many_records_are_placed_in_their_order():
    """locate_many gives one entry a record."""
    assert locate_many(["河南", "上海"], ["许昌", None], ["许昌县", "浦东新区"]) == Locations(
        province=["410000", "310000"], prefecture=["411000", "310000"], county=["411003", "310115"]
    )


def test_columns_of_unequal_length_are_refused():
    """Three columns of one table have one length."""
    with pytest.raises(ValueError, match="shorter"):
        locate_many(["河南"], [], [])


@pytest.mark.real
def test_the_register_of_henan_is_placed(shared: Path):
    """Of 147,885 firms of Henan all but a handful have a prefecture and seven in ten a county."""
    table = pq.read_table(shared / "data/registry/henan.parquet", columns=["province", "city", "address"])
    found = locate_many(*(table[name].to_pylist() for name in ("province", "city", "address")))
    assert found.prefecture.count(None) < 20
    assert found.county.count(None) < 0.3 * table.num_rows
    assert found.prefecture.count("411000") > 4000
