"""Clocks of leads and the checklist of due diligence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from liandong.projects import ITEMS, Finding, enough, read_clocks, shipped_clocks

DAY = date(2026, 3, 1)
CLEAR = [Finding(item, "clear", "查询截图", DAY) for item in ITEMS]


def test_shipped_clocks_run_in_order():
    """Respond, judge, reply to the referrer, report; only the reply needs a referrer."""
    found = [(each.name, each.hours, each.referred) for each in shipped_clocks()]
    assert found == [
        ("respond", 24, False), ("judge", 72, False), ("reply", 120, True), ("report", 168, False),
    ]  # fmt: skip
    assert shipped_clocks()[1].due(datetime(2026, 3, 1, 9)) == datetime(2026, 3, 4, 9)


def test_a_clock_without_hours_is_refused():
    """The clock is named."""
    with pytest.raises(ValueError, match="respond"):
        read_clocks({"respond": {"hours": 0, "zh": "响应", "en": "respond"}})


def test_every_item_is_looked_at():
    """One that was not looked at keeps talks from beginning."""
    assert enough(CLEAR)
    assert not enough(CLEAR[1:])
    assert not enough([replace(CLEAR[0], result=""), *CLEAR[1:]])
    assert not enough([replace(CLEAR[0], evidence=""), *CLEAR[1:]])


def test_unknown_does_not_block_and_a_red_flag_needs_a_decision():
    """What could not be found out stays unknown; a red flag is decided in writing."""
    assert enough([replace(CLEAR[0], result="unknown"), *CLEAR[1:]])
    flagged = replace(CLEAR[3], result="flag")
    assert not enough([flagged, *CLEAR[:3], *CLEAR[4:]])
    assert enough([replace(flagged, decision="已结清,同意继续"), *CLEAR[:3], *CLEAR[4:]])
