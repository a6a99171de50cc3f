"""A draft of a chain, and firms tagged with the plan's nodes."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pytest

from liandong.errors import InputError
from liandong.plan import Plan, Stage, Tier, TierKey, Weight, assign, check, dump_chain, parse, suggest
from liandong.registry import Registry
from tests.plan.test_diagnosis import CITY, PLAN, registry

__all__ = ["registry"]


def test_a_draft_is_a_plan_without_faults(registry: Registry):
    """What is proposed loads as it is, and every node and supply says what it was proposed from."""
    draft = suggest("输变电", registry, CITY, words=["变压器"], industries=["3823"])
    plan = Plan(CITY, "许昌市", tiers=(Tier(TierKey.EMERGING, "新兴产业"),), chains=(draft,))
    assert [remark for remark in check(plan) if remark.weight is Weight.FAULT] == []
    text = f'[plan]\ncity = "{CITY}"\nname = "许昌市"\n' + dump_chain(draft)
    assert [
        each.origin.assigned for chain in parse(text).chains for each in (*chain.nodes, *chain.edges)
    ] == [each.origin.assigned for each in (*draft.nodes, *draft.edges)]
    assert all(each.origin.assigned for each in (*draft.nodes, *draft.edges))


def test_core_nodes_are_what_the_words_name(registry: Registry):
    """Transformers and switchgear are the core; what they are made of stands upstream."""
    draft = suggest("输变电", registry, CITY, words=["变压器"], industries=["3823"])
    core = [node.industries for node in draft.nodes if node.stage is Stage.MIDSTREAM]
    assert core == [("3823",), ("3821",)]
    upstream = {node.industries[0][:2] for node in draft.nodes if node.stage is Stage.UPSTREAM}
    assert "32" in upstream  # non-ferrous metals


def test_words_that_lead_nowhere_are_refused(registry: Registry):
    """No class is invented for a word that says nothing."""
    with pytest.raises(InputError):
        suggest("无", registry, CITY, words=["哈哈哈哈"])
    with pytest.raises(InputError):
        suggest("无", registry, CITY, industries=["9999"])


def test_firms_are_tagged_with_every_node_that_they_are_in():
    """By class, by a broader code, by two chains; with the words they say. Without industry: none."""
    plan = parse(PLAN)
    chain = plan.chains[0]
    nodes = (chain.nodes[1], replace(chain.nodes[2], words=("开关柜", "断路器")))
    plan = replace(plan, chains=(replace(chain, nodes=nodes), replace(chain, name="另一链", nodes=nodes[1:])))
    firms = pa.table(
        {
            "firm_id": ["a", "b", "c", "d"],
            "industry": ["3823", "38", None, "3821"],
            "industry_confidence": [0.5, 0.25, None, None],
            "name": ["甲开关柜厂", "乙", "丙", "丁"],
            "scope": ["断路器", None, "变压器", None],
        }
    )
    assert [tuple(row.values()) for row in assign(plan, firms).to_pylist()] == [
        ("a", "电力装备", "变压器", "industry", 0.5, 0),
        ("a", "电力装备", "开关", "industry", 0.5, 2),
        ("a", "另一链", "开关", "industry", 0.5, 2),
        ("b", "电力装备", "变压器", "broader", 0.25, 0),
        ("b", "电力装备", "开关", "broader", 0.25, 0),
        ("b", "另一链", "开关", "broader", 0.25, 0),
        ("d", "电力装备", "变压器", "industry", None, 0),
    ]


def test_no_firm_no_tag():
    """An empty table gives an empty one."""
    empty = pa.table({"firm_id": pa.array([], pa.string()), "industry": pa.array([], pa.string())})
    assert assign(parse(PLAN), empty).num_rows == 0
