from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.reference import all_divisions, find_divisions, find_regions
from liandong.reference.mentions import _automaton


def places(text: str, **context: object) -> list[tuple[str, str]]:
    found = find_divisions(text, **context)  # type: ignore[arg-type]
    return [(text[start:end], place.name) for start, end, place in found]


def test_an_address_gives_each_place_its_own_characters():
    """河南省许昌市建安区 is three mentions, one after the other."""
    assert [
        (start, end, place.code) for start, end, place in find_divisions("在河南省许昌市建安区尚集镇")
    ] == [
        (1, 4, "410000"),
        (4, 7, "411000"),
        (7, 10, "411003"),
    ]


def test_short_names_of_prefectures_and_provinces_count():
    """许昌, 上海 and 河南 are places without 市 or 省."""
    assert places("许昌与上海交通大学共建,地处河南,毗邻郑州") == [
        ("许昌", "许昌市"),
        ("上海", "上海市"),
        ("河南", "河南省"),
        ("郑州", "郑州市"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "黄河南岸",
        "生产复合肥料",
        "大理石加工",
        "白银价格创新高",
        "各位来宾",
        "朝阳产业",
        "大同小异",
        "南京路步行街",
        "上海西路3号",
        "四平方公里",
        "出海口",
        "德州仪器",
        "和平与合作",
    ],
)
def test_words_that_only_look_like_places_are_none(text: str):
    """Everyday words, roads and words that contain a name by chance give no mention."""
    assert places(text) == []


def test_overlapping_names_are_read_from_the_left():
    """江西安义县 is 江西 and 安义县, not 西安."""
    assert places("江西安义县") == [("江西", "江西省"), ("安义县", "安义县")]


def test_a_direction_before_a_name_hides_nothing_else():
    """美丽江苏 is 江苏, not 丽江; 以上海为龙头 is 上海."""
    assert (places("美丽江苏"), places("以上海为龙头")) == ([("江苏", "江苏省")], [("上海", "上海市")])


def test_a_county_in_short_needs_a_larger_place_or_the_context():
    """鄢陵 counts after 许昌 and inside it, not alone; the city 长葛 counts alone."""
    assert places("鄢陵和长葛") == [("长葛", "长葛市")]
    assert places("许昌鄢陵") == [("许昌", "许昌市"), ("鄢陵", "鄢陵县")]
    assert places("鄢陵和长葛", within="411000") == [("鄢陵", "鄢陵县"), ("长葛", "长葛市")]


def test_a_county_that_is_a_word_of_policy_needs_its_full_name():
    """辽宁振兴 is 辽宁 alone; 振兴区 after 丹东 is the district."""
    assert places("支持辽宁振兴") == [("辽宁", "辽宁省")]
    assert places("丹东振兴区") == [("丹东", "丹东市"), ("振兴区", "振兴区")]


def test_an_ambiguous_name_is_decided_by_what_stands_before_or_left_out():
    """朝阳区 after 北京, adjacent or earlier in the text, is Beijing's; alone it is none."""
    assert places("北京朝阳区") == [("北京", "北京市"), ("朝阳区", "朝阳区")]
    assert places("北京市宣布,朝阳区将") == [("北京市", "北京市"), ("朝阳区", "朝阳区")]
    assert places("朝阳区") == []


def test_a_province_keeps_its_short_name_whatever_the_context():
    """河南 in a page of 青海 is the province, though a county there is called 河南 too."""
    assert places("青海与河南签约", within="630000") == [("青海", "青海省"), ("河南", "河南省")]


def test_groups_are_found_among_places():
    """长三角地区, 沪苏浙皖 and 许昌 are regions; 河南中部 is a direction, not 中部地区."""
    text = "许昌地处河南中部,与长三角地区(沪苏浙皖)合作"
    assert [(text[start:end], region.codes) for start, end, region in find_regions(text)] == [
        ("许昌", ("411000",)),
        ("河南", ("410000",)),
        ("长三角地区", ("310000", "320000", "330000", "340000")),
        ("沪苏浙皖", ("310000", "320000", "330000", "340000")),
    ]


@given(st.lists(st.sampled_from([each.name for each in all_divisions()] + ["和", ",", "公司", "路", "南"])))
def test_mentions_are_in_order_and_apart(words: list[str]):
    """Mentions do not overlap, and each names its place in full, in short or by an alias."""
    text = "".join(words)
    found = find_divisions(text)
    edges = [edge for start, end, _ in found for edge in (start, end)]
    assert edges == sorted(edges)
    for start, end, place in found:
        name = text[start:end]
        assert name in (place.name, place.short) or name.startswith(place.short)


@given(st.text(alphabet="河南许昌市建安区北京朝阳上海路县省 ", max_size=30))
def test_one_pass_finds_what_a_slow_search_finds(text: str):
    """Every mention is a word of the automaton, and the full name of a province is never missed."""
    automaton = _automaton()
    found = find_divisions(text)
    assert all(text[start:end] in automaton for start, end, _ in found)
    spans = [(start, end) for start, end, _ in found]
    begin = text.find("河南省")
    if begin >= 0:
        assert any(start <= begin + 2 and begin < end for start, end in spans)


def test_short_texts_are_read_fast():
    """Twenty thousand short texts take less than a second of one busy core."""
    texts = ["许昌市魏都区文峰路机械制造有限公司", "专用设备销售", "河南省郑州市金水区花园路1号"] * 6667
    find_divisions(texts[0])
    begin = time.process_time()
    for text in texts:
        find_divisions(text)
    assert time.process_time() - begin < 1
