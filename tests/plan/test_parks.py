from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

import pytest

from liandong.errors import InputErrors
from liandong.plan import Plan, load, load_parks

EXAMPLE = files("liandong.examples.xuchang")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load(EXAMPLE.joinpath("plan.toml").read_text(encoding="utf-8"))


def test_the_example_has_one_park_a_carrier(plan: Plan):
    """Each carrier of 一带一圈两谷 has its park, quoted from the page."""
    with as_file(EXAMPLE.joinpath("parks.toml")) as path:
        parks = load_parks(path, plan)
    text = EXAMPLE.joinpath("page.txt").read_text(encoding="utf-8")
    assert [park.carrier for park in parks] == [carrier.name for carrier in plan.carriers]
    assert [s.quote for park in parks for s in park.origin.stated if s.quote not in text] == []


def test_slips_are_reported_with_their_lines(plan: Plan, tmp_path: Path):
    """An unknown carrier, division, code and source and a repeated name come in one go."""
    path = tmp_path / "parks.toml"
    park = (
        '[[park]]\nname = "园"\ncarrier = "无"\ndivision = "999999"\nindustries = ["9999"]\n'
        'stated = [{ source = "none", quote = "q" }]\n'
    )
    path.write_text(park * 2, encoding="utf-8")
    with pytest.raises(InputErrors) as caught:
        load_parks(path, plan)
    assert [(fault.row, fault.field) for fault in caught.value.faults] == [
        (3, "park.carrier"),
        (4, "park.division"),
        (5, "park.industries"),
        (6, "park.stated"),
        (8, "park.name"),
        (9, "park.carrier"),
        (10, "park.division"),
        (11, "park.industries"),
        (12, "park.stated"),
    ]
