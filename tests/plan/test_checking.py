from __future__ import annotations

import pytest

from liandong.errors import InputErrors
from liandong.plan import Plan, Weight, check, load, parse

HEAD = """\
[plan]
city = "411000"
name = "许昌市"
[[tier]]
key = "emerging"
name = "新兴产业"
"""


def chain(*nodes: str, name: str = "链", more: str = "") -> str:
    return f'[[chain]]\nname = "{name}"\nenglish = "chain"\ntier = "emerging"\n{more}\n' + "\n".join(nodes)


def node(name: str, codes: str = '"3821"', supplies: str = "") -> str:
    return (
        f'[[chain.node]]\nname = "{name}"\nstage = "upstream"\n'
        f"industries = [{codes}]\nsupplies = [{supplies}]"
    )


def kinds(text: str, weight: Weight = Weight.FAULT) -> list[tuple[str, str, int]]:
    return [(r.kind, r.item, r.place.line) for r in check(parse(HEAD + text)) if r.weight is weight]


def test_unknown_and_too_coarse_codes_are_faults():
    """A code outside GB/T 4754 and a bare section cannot be counted."""
    assert kinds(chain(node("a", '"9999", "C", "3821"'))) == [
        ("unknown_code", "链 › a", 15),
        ("unknown_code", "链 › a", 15),
    ]


def test_node_without_codes_is_a_fault():
    """A node that nothing can be counted for is empty."""
    assert kinds(chain(node("a", ""))) == [("empty_node", "链 › a", 15)]


def test_supplies_to_nowhere_are_a_fault():
    """An edge names nodes of its chain."""
    assert kinds(chain(node("a", supplies='"b"'))) == [("unknown_node", "链 › a", 16)]


def test_a_cycle_is_shown_as_it_runs():
    """Supplies that go round are a fault that names the way and the line of its last step."""
    text = chain(node("a", supplies='"b"'), node("b", supplies='"c"'), node("c", supplies='"b"'))
    with pytest.raises(InputErrors) as caught:
        load(HEAD + text)
    (fault,) = caught.value.faults
    assert (fault.row, fault.text("en")) == (
        26,
        "plan.toml › row 26 › 链 › c › supplies: the supplies go round in a cycle: b → c → b.",
    )


def test_supplying_itself_is_a_cycle():
    """A node that supplies itself goes round in one step."""
    assert [kind for kind, _, _ in kinds(chain(node("a", supplies='"a"')))] == ["cycle"]


def test_two_ways_to_a_node_are_no_cycle():
    """A diamond of supplies is fine."""
    text = chain(
        node("a", supplies='"b", "c"'), node("b", supplies='"d"'), node("c", supplies='"d"'), node("d")
    )
    assert kinds(text) == []


def test_repeated_names_are_faults():
    """A chain, a node, a tier stands once; the first line is named."""
    text = chain(node("a"), node("a")) + "\n" + chain(node("x"))
    assert [kind for kind, _, _ in kinds(text)] == ["repeated_name", "repeated_name"]


def test_names_that_nothing_bears_are_faults():
    """Tiers, chains, sources, divisions and regions that are named must be there."""
    text = (
        chain(node("a"), more='stated = [{ source = "nowhere", quote = "q" }]').replace("emerging", "future")
        + '\n[[carrier]]\nname = "园"\nenglish = "park"\nform = "谷"\nchains = ["none"]'
        + '\n[[region]]\nname = "长三角州"'
    )
    plan = parse(HEAD.replace("411000", "999999") + text)
    assert [r.kind for r in check(plan) if r.weight is Weight.FAULT] == [
        "unknown_division",
        "unknown_region",
        "unknown_tier",
        "unknown_chain",
        "unknown_source",
    ]


def test_a_quote_must_stand_in_its_source():
    """Where the source's text is given, every quote is looked up in it."""
    text = HEAD + chain(node("a"), more='stated = [{ source = "page", quote = "电力装备" }]')
    plan = parse(text + '\n[[source]]\nkey = "page"\ntitle = "t"')
    assert [r.kind for r in check(plan, {"page": "超硬材料"}) if r.weight is Weight.FAULT] == [
        "quote_not_found"
    ]
    assert [r for r in check(plan, {"page": "许昌电力装备"}) if r.weight is Weight.FAULT] == []


def test_a_slogan_that_does_not_add_up_is_remarked():
    """Promised six, listed one: the difference is reported, no chain is invented."""
    text = HEAD.replace('name = "许昌市"', 'name = "许昌市"\nslogan = "633"') + "promised = 6\n"
    plan: Plan = parse(text + chain(node("a")))
    found = [r.text("en") for r in check(plan) if r.kind in ("slogan", "promised_count")]
    assert found == [
        "633: the slogan adds up to 12 industries, the tiers to 6.",
        "新兴产业: the slogan promises 6, the plan lists 1 (链).",
    ]


def test_chains_that_share_codes_are_remarked():
    """A group and one of its classes overlap, within a chain and between chains."""
    text = chain(node("a", '"382"')) + "\n" + chain(node("b", '"3821"'), name="另一链")
    assert ("shared_codes", "链 › a", 15) in kinds(text, Weight.REMARK)


def test_ties_without_a_source_are_remarked():
    """A tie that nobody states is the planner's."""
    tie = '[[tie]]\nholder = "许昌市"\npartner = "某大学"\nkind = "university"\nwhat = "合作"\n'
    assert kinds(tie, Weight.REMARK) == [("tie_without_source", "许昌市 × 某大学", 7)]


def test_remarks_have_a_json_form():
    """A remark travels with its weight, kind, item, field, file, line and both languages."""
    (fault,) = [r for r in check(parse(HEAD + chain(node("a", "")))) if r.weight is Weight.FAULT]
    assert fault.to_dict() == {
        "weight": "fault",
        "kind": "empty_node",
        "item": "链 › a",
        "field": "industries",
        "file": "plan.toml",
        "line": 15,
        "message": {
            "zh": "没有行业代码,无从统计。",
            "en": "has no industry code: nothing can be counted.",
        },
    }
