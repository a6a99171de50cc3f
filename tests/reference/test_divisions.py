from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.errors import InputError
from liandong.reference import (
    Division,
    all_divisions,
    distance,
    division,
    find_division,
    is_division,
    outline,
    successor,
)


def code(name: str, **context: object) -> str | None:
    found = find_division(name, **context)  # type: ignore[arg-type]
    return found.code if found else None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("许昌", "411000"),
        ("许昌市", "411000"),
        ("河南许昌", "411000"),
        ("河南省 许昌市", "411000"),
        ("中国河南", "410000"),
        ("豫", "410000"),
        ("许昌市建安区", "411003"),
        ("河南省许昌市建安区", "411003"),
        ("建安", "411003"),
        ("上海浦东", "310115"),
        ("北京市市辖区海淀区", "110108"),
        ("济源", "419001"),
        ("恩施州", "422800"),
        ("彭水县", "500243"),
        ("台北", "710100"),
        ("鄂尔多斯市东胜区", "150602"),
    ],
)
def test_a_name_finds_its_place(name: str, expected: str):
    """Names are understood as people write them."""
    assert code(name) == expected


def test_a_place_of_the_past_has_its_years_and_successor():
    """许昌县 was 411023 from 1986 to 2015 and became 建安区."""
    assert find_division("许昌县") == Division(
        code="411023",
        name="许昌县",
        short="许昌",
        level="county",
        parent="411000",
        province="410000",
        prefecture="411000",
        longitude=None,
        latitude=None,
        valid_from=1986,
        valid_to=2015,
        successor="411003",
    )


def test_an_older_code_leads_to_the_place_of_today():
    """许昌县 was 412624 until 1985, then 411023, and is 建安区 today."""
    older = division("412624")
    assert (older.name, older.valid_to, older.successor) == ("许昌县", 1985, "411023")
    assert successor(older) == division("411003")


@pytest.mark.parametrize(
    ("name", "today"), [("闸北区", "静安区"), ("白下区", "秦淮区"), ("崇安区", "梁溪区")]
)
def test_merged_districts_lead_to_what_took_them_in(name: str, today: str):
    """A district that was merged away has the district that took it in as its successor."""
    place = find_division(name)
    assert place
    assert successor(place) == find_division(today)


def test_a_year_asks_for_the_places_of_that_year():
    """In 1983 许昌 was a 地区; in 2010 there was a 许昌县 and no 建安区; in 2020 the other way round."""
    assert code("许昌", year=1983) == "412600"
    assert (code("许昌县", year=2010), code("建安区", year=2010)) == ("411023", None)
    assert (code("许昌县", year=2020), code("建安区", year=2020)) == (None, "411003")


@pytest.mark.parametrize("name", ["朝阳", "朝阳区", "鼓楼区", "和平", "郊区", "不存在", "", "市"])
def test_an_undecidable_name_finds_nothing(name: str):
    """Several places bear the name, or none: the answer is None, never a guess."""
    assert code(name) is None


@pytest.mark.parametrize(
    ("name", "within", "expected"),
    [
        ("鼓楼区", "410000", "410204"),
        ("鼓楼区", "320100", "320106"),
        ("鼓楼区", "370000", None),
        ("朝阳", "210000", "211300"),
        ("朝阳", "110000", "110105"),
        ("上海", "410000", "310000"),
        ("吉林", "220000", "220200"),
    ],
)
def test_context_decides_between_places_of_one_name(name: str, within: str, expected: str | None):
    """Of several places of a name those inside the context are meant; a place alone in its name stays."""
    assert code(name, within=within) == expected


def test_a_larger_place_before_it_decides():
    """北京朝阳区 is in Beijing, 南京鼓楼 in Nanjing."""
    assert (code("北京朝阳区"), code("南京鼓楼")) == ("110105", "320106")


def test_the_higher_level_bears_the_short_name():
    """吉林 and 海南 are the provinces, 西安 the prefecture, though lower places bear these names."""
    assert (code("吉林"), code("海南"), code("西安")) == ("220000", "460000", "610100")


def test_municipalities_and_counties_under_provinces_are_their_own_prefecture():
    """上海 and 济源 act as prefectures of themselves; a district of 上海 belongs to 上海."""
    assert [division(each).prefecture for each in ("310000", "310115", "419001", "410000")] == [
        "310000",
        "310000",
        "419001",
        None,
    ]


def test_an_unknown_code_is_refused():
    """A code that no division had, or not in that year, raises InputError."""
    with pytest.raises(InputError) as fault:
        division("419999")
    assert fault.value.text("zh") == (
        "division: 没有行政区划代码“419999”。请填写六位 GB/T 2260 代码,如 411000。"
    )
    with pytest.raises(InputError):
        division("411003", year=1999)
    assert (is_division("419999"), is_division("411023")) == (False, True)


def test_xuchang_has_six_counties():
    """The counties of 许昌 today, in the order of their codes."""
    assert [each.name for each in all_divisions("county", within="411000")] == [
        "魏都区",
        "建安区",
        "鄢陵县",
        "襄城县",
        "禹州市",
        "长葛市",
    ]


@given(st.sampled_from(all_divisions()))
def test_places_of_today_hang_together(place: Division):
    """A place of today has a parent of today, a prefecture in its province, and is found by its full path."""
    assert place.successor is None
    above = [division(each) for each in (place.parent, place.prefecture) if each]
    assert all(each.current and each.province == place.province for each in above)
    if place.parent:
        path = division(place.province).name + (
            division(place.parent).name if place.parent != place.province else ""
        )
        assert find_division(path + place.name) == place


@given(st.sampled_from(all_divisions(year=1990)))
def test_every_successor_exists(place: Division):
    """What followed a place of 1990 is a place of today, or is unknown."""
    today = successor(place)
    assert today is None or today.current


@given(st.text(max_size=12))
def test_no_text_breaks_the_lookup(text: str):
    """Any text gives a place or None."""
    found = find_division(text)
    assert found is None or is_division(found.code)


def test_almost_all_places_of_the_mainland_have_a_point():
    """Nine in a thousand or fewer lack a point, and points lie in China."""
    places = [each for each in all_divisions() if not each.code.startswith("71")]
    known = [(each.longitude, each.latitude) for each in places if each.longitude and each.latitude]
    assert len(known) > 0.991 * len(places)
    assert all(73 < east < 136 and 3 < north < 54 for east, north in known)


def test_distance_is_that_of_the_great_circle():
    """许昌 to 上海 is about 780 km; a place to itself 0; a place without a point unknown."""
    here, there = division("411000"), division("310000")
    far = distance(here, there)
    assert far
    assert 770 < far < 790
    assert (distance(here, here), distance(here, division("411023"))) == (0.0, None)


def test_an_outline_surrounds_the_seat():
    """The outline of 许昌 is a closed ring around its seat; an unknown code has none."""
    ring = outline("411000")[0]
    seat = division("411000")
    assert seat.longitude
    assert seat.latitude
    assert ring[0] == ring[-1]
    assert min(east for east, _ in ring) < seat.longitude < max(east for east, _ in ring)
    assert min(north for _, north in ring) < seat.latitude < max(north for _, north in ring)
    assert outline("999999") == []


def test_importing_reads_nothing_and_the_first_lookup_is_quick():
    """Importing the room takes a tenth of a second or so, the first look-up well under two on a busy core."""
    script = (
        "import time; a = time.process_time(); import liandong.reference as r; b = time.process_time();"
        "r.find_division('许昌'); c = time.process_time(); print(b - a, c - b)"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    importing, first = map(float, result.stdout.split())
    assert (importing < 0.4, first < 2) == (True, True)


def test_later_lookups_take_microseconds():
    """Ten thousand repeated look-ups take less than a fifth of a second."""
    find_division("河南省许昌市")
    begin = time.process_time()
    for _ in range(10_000):
        find_division("河南省许昌市")
    assert time.process_time() - begin < 0.2
