from __future__ import annotations

import pyarrow as pa
import pytest

from liandong.registry.places import Places


def _locate(**given: str | None) -> tuple[str | None, ...]:
    """Province, prefecture, county and source of one row."""
    names = ("province", "city", "county", "region", "address", "uscc", "name")
    columns = {name: pa.array([given.get(name)], pa.string()) for name in names}
    row = Places().locate(**columns).to_pylist()[0]
    return row["province"], row["prefecture"], row["county"], row["region_source"]


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"province": "河南", "city": "许昌"}, ("410000", "411000", None, "given")),
        (
            {"province": "河南省", "city": "许昌市", "county": "建安区"},
            ("410000", "411000", "411003", "given"),
        ),
        ({"city": "许昌", "county": "许昌县"}, ("410000", "411000", "411003", "given")),
        ({"province": "上海", "city": "浦东"}, ("310000", "310000", "310115", "given")),
        ({"province": "上海", "city": "闸北"}, ("310000", "310000", "310106", "given")),
        ({"province": "河南", "city": "济源"}, ("410000", "419001", "419001", "given")),
        ({"region": "河南省许昌市魏都区"}, ("410000", "411000", "411002", "given")),
        ({"province": "410000", "city": "411000"}, ("410000", "411000", None, "given")),
    ],
)
def test_what_the_row_says(given: dict[str, str], place: tuple[str | None, ...]) -> None:
    """Short, full and past names and codes give today's codes; a municipality is its own prefecture."""
    assert _locate(**given) == place


def test_an_address_narrows_the_place() -> None:
    """The county comes from the address where the row names only the city."""
    address = "河南省许昌市长葛市人民路１号"
    assert _locate(province="河南", city="许昌", address=address) == ("410000", "411000", "411082", "address")


def test_an_address_elsewhere_does_not_move_a_firm() -> None:
    """What the row says of its place holds against its address."""
    assert _locate(province="河南", city="许昌", address="郑州市金水区") == (
        "410000",
        "411000",
        None,
        "given",
    )


def test_the_code_names_the_prefecture_where_the_row_does_not() -> None:
    """Characters 3 to 8 of the code are those of the authority that registered the firm."""
    assert _locate(uscc="91411002000000001X") == ("410000", "411000", None, "code")


def test_the_name_is_the_last_resort() -> None:
    """A name begins with its place; without anything else it tells where the firm is registered."""
    assert _locate(name="许昌远东传动轴股份有限公司") == ("410000", "411000", None, "name")


def test_a_name_elsewhere_does_not_move_a_firm() -> None:
    """A firm that the row puts in Henan is not in Shanghai for its name's sake."""
    assert _locate(province="河南", name="上海远东有限公司") == ("410000", None, None, "given")


def test_nothing_known_is_nowhere() -> None:
    """Without any hint there is no place."""
    assert _locate(name="远东传动轴") == (None, None, None, None)
