"""Strips, timetable, funnel, timeline, flows and product space: what they draw, valid by the schema."""

from datetime import date

import altair
import pytest

from liandong.charts import (
    Flow,
    FunnelStage,
    Milestone,
    Picture,
    Sitting,
    SpaceIndustry,
    flows,
    funnel,
    space,
    status_strip,
    timeline,
    timetable,
    to_svg,
)

PICTURES = {
    "strip": status_strip([("电力装备", ["strong", "weak", "missing", "unsure"])]),
    "timetable": timetable(["09:00", "09:20"], ["T1"], [Sitting(1, 0, "许继×上海电气", "上海")]),
    "funnel": funnel([FunnelStage("线索", 120), FunnelStage("签约", 30), FunnelStage("投产", None)]),
    "timeline": timeline(
        [Milestone("框架协议", date(2025, 6, 1), date(2025, 6, 19)), Milestone("开工", None, None)]
    ),
    "flows": flows(3, [Flow(0, "上海", "电力装备", 5), Flow(1, "电力装备", "中原电气谷", 5)]),
    "space": space([SpaceIndustry("3821", 0, 0, True, 10, "变压器"), SpaceIndustry("2921", 1, 1, None)], []),
}
EMPTY = {
    "strip": status_strip([]),
    "timetable": timetable([], [], []),
    "funnel": funnel([]),
    "timeline": timeline([]),
    "flows": flows(2, []),
    "space": space([], []),
}


def _rows(shown: Picture, mark: str) -> list[dict]:
    layers = [layer for layer in shown.definition["layer"] if layer["mark"]["type"] == mark]
    return [row for layer in layers for row in layer["data"]["values"]]


@pytest.mark.parametrize("name", PICTURES)
def test_definition_is_valid_vega_lite(name):
    """The schema accepts it, and it renders to one SVG."""
    altair.Chart.from_dict(PICTURES[name].definition)
    assert to_svg(PICTURES[name]).startswith("<svg")


@pytest.mark.parametrize("name", EMPTY)
def test_nothing_to_draw_is_an_empty_picture(name):
    """No rows, no error."""
    assert to_svg(EMPTY[name]).startswith("<svg")


def test_strip_has_a_sign_for_each_node_and_tells_them_in_words():
    """Four nodes, four signs; the words are there for those who cannot see."""
    rings = [row for row in _rows(PICTURES["strip"], "point") if row["status"]]
    assert {row["status"] for row in rings} == {"strong", "weak", "missing", "unsure"}
    assert PICTURES["strip"].alternative == "电力装备: 强, 弱, 缺, 待核"


def test_unknown_stage_of_a_funnel_has_no_bar():
    """Unknown is not zero: two bars, and a dash."""
    assert len(_rows(PICTURES["funnel"], "rect")) == 2
    assert PICTURES["funnel"].alternative == "线索 120; 签约 30; 投产 —"


def test_flows_are_as_high_as_what_passes():
    """A band of 5 beside a band of 10 is half as high, and bars hold what enters."""
    shown = flows(2, [Flow(0, "甲", "丙", 10), Flow(0, "乙", "丙", 5)])
    bands = _rows(shown, "area")
    heights = {row["band"]: row["y2"] - row["y"] for row in bands}
    assert heights["0甲丙"] == pytest.approx(2 * heights["0乙丙"])
    bars = _rows(shown, "rect")
    assert max(row["y2"] - row["y"] for row in bars) == pytest.approx(sum(heights.values()))


def test_sitting_lies_in_its_cell():
    """Second slot, first table."""
    [box] = _rows(PICTURES["timetable"], "rect")
    assert (box["x"], box["x2"], box["y"], box["y2"]) == (129.0, 191.0, 31.0, 53.0)


def test_timeline_draws_due_and_done_apart():
    """One milestone has both, one has neither."""
    assert [len(_rows(PICTURES["timeline"], mark)) for mark in ("rule", "point")] == [1, 2]


def test_space_draws_present_full_unknown_dashed():
    """What the city has is filled; what is not known is dashed."""
    full, dashed = (
        layer for layer in PICTURES["space"].definition["layer"] if layer["mark"]["type"] == "point"
    )
    assert [row["present"] for row in full["data"]["values"]] == [True]
    assert dashed["mark"]["strokeDash"] == [2, 2]
    assert [row["present"] for row in dashed["data"]["values"]] == [None]
