from __future__ import annotations

import pytest

from liandong.errors import InputError
from liandong.reference import Region, division, region_group, region_groups, resolve_region


def shorts(name: str) -> list[str]:
    return [division(code).short for code in region_group(name) or ()]


def test_the_delta_is_three_provinces_and_shanghai():
    """长三角 = 沪苏浙皖, by name and by letters."""
    delta = ("310000", "320000", "330000", "340000")
    assert (region_group("长三角"), region_group("长三角地区"), region_group("沪苏浙皖")) == (delta,) * 3


def test_a_place_spelt_with_letters_of_provinces_is_the_place():
    """新津 is a district of 成都, not 新疆 and 天津; 豫沪 is 河南 and 上海."""
    assert (region_group("新津"), resolve_region("新津").codes) == (None, ("510118",))
    assert resolve_region("豫沪").codes == ("410000", "310000")


def test_the_circle_of_zhengzhou_is_nine():
    """郑州都市圈 is Zhengzhou and eight, 许昌 among them."""
    assert shorts("郑州都市圈") == [
        *("郑州", "开封", "洛阳", "平顶山", "新乡", "焦作", "许昌", "漯河"),
        "济源",
    ]


def test_the_central_plains_are_thirty_cities():
    """中原城市群 has 30 cities in five provinces."""
    codes = region_group("中原城市群") or ()
    assert (len(codes), len({code[:2] for code in codes})) == (30, 5)


def test_the_greater_bay_area_holds_the_pearl_river_delta():
    """粤港澳大湾区 is the nine cities of 珠三角, Hong Kong and Macao."""
    assert shorts("粤港澳大湾区") == [*shorts("珠三角"), "香港", "澳门"]


def test_central_and_western_make_eighteen():
    """中西部 is the six central and the twelve western provinces."""
    both = (region_group("中部地区") or ()) + (region_group("西部地区") or ())
    assert (region_group("中西部"), len(both)) == (both, 18)


def test_every_group_lists_places_of_today_once():
    """No group has a code that is unknown, of the past, or twice."""
    faults = [
        (group.name, code)
        for group in region_groups()
        for code in group.codes
        if not division(code).current or group.codes.count(code) > 1
    ]
    assert faults == []


def test_the_four_large_regions_cover_the_mainland_once():
    """东部, 中部, 西部 and 东北 are the 31 provinces."""
    found = [code for name in ("东部", "中部", "西部", "东北") for code in region_group(name) or ()]
    assert (len(found), len(set(found))) == (31, 31)


def test_a_region_is_a_group_a_place_or_several():
    """resolve_region takes groups, places and lists of them."""
    assert resolve_region("许昌市") == Region("许昌市", ("411000",))
    assert resolve_region("上海、江苏") == Region("上海、江苏", ("310000", "320000"))
    assert resolve_region("长三角").codes == ("310000", "320000", "330000", "340000")


@pytest.mark.parametrize("name", ["鼓楼区", "长四角", "", "上海、长四角"])
def test_an_unknown_region_is_refused(name: str):
    """A name that no region, or more than one, bears raises InputError in both languages."""
    with pytest.raises(InputError) as fault:
        resolve_region(name)
    assert (fault.value.text("zh"), fault.value.text("en")) == (
        f"region: 不认识地区“{name}”,或有多个同名地区。请填写全称(如“河南省许昌市”)或区域名称(如“长三角”)。",
        f'region: "{name}" is no known region, or several bear the name. '
        "Give the full name such as 河南省许昌市, or a group such as 长三角.",
    )


def test_context_decides_a_region_too():
    """鼓楼区 met in Henan is that of 开封."""
    assert resolve_region("鼓楼区", within="410000").codes == ("410204",)
