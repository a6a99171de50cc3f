from __future__ import annotations

from importlib.resources import files

import pytest

from liandong.plan import Plan, Weight, check, dump, load, parse

EXAMPLE = files("liandong.examples.xuchang")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load(EXAMPLE.joinpath("plan.toml").read_text(encoding="utf-8"))


def test_every_quote_stands_in_the_page(plan: Plan):
    """What the plan calls stated is, word by word, in the page beside it."""
    text = EXAMPLE.joinpath("page.txt").read_text(encoding="utf-8")
    assert [r for r in check(plan, {"page": text}) if r.weight is Weight.FAULT] == []


def test_what_the_page_does_not_name_is_empty(plan: Plan):
    """No chain chief and no lead firm is invented; every chain, carrier, region and tie is stated."""
    assert {(chain.chief, chain.leaders) for chain in plan.chains} == {(None, ())}
    stated = [*plan.tiers, *plan.chains, *plan.carriers, *plan.regions, *plan.ties]
    assert all(item.origin.is_stated for item in stated)


def test_the_slogan_is_compared_with_the_list(plan: Plan):
    """633 promises six, three and three; the check reports what the plan lists of each."""
    remarks = [r.text("en").split(" (")[0] for r in check(plan) if r.kind == "promised_count"]
    assert remarks == [
        "未来产业: the slogan promises 6, the plan lists 0",
        "新兴产业: the slogan promises 3, the plan lists 6",
        "传统产业: the slogan promises 3, the plan lists 4",
    ]


def test_the_carriers_of_the_slogan_are_there(plan: Plan):
    """一带一圈两谷 is one belt, one circle and two valleys."""
    assert [carrier.form for carrier in plan.carriers] == ["带", "圈", "谷", "谷"]


def test_every_chain_is_linked(plan: Plan):
    """No node stands alone, and each chain has an upstream and a downstream end."""
    assert [r for r in check(plan) if r.kind in ("unlinked_node", "no_nodes")] == []
    assert all({node.stage for node in chain.nodes} >= {"upstream", "downstream"} for chain in plan.chains)


def test_the_plan_survives_a_round_trip(plan: Plan):
    """Dumped and loaded it is equal."""
    assert parse(dump(plan)) == plan
