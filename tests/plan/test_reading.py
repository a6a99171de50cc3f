from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.errors import InputError, InputErrors
from liandong.figures import AssumptionRef, FactRef
from liandong.plan import (
    Assigned,
    Carrier,
    Chain,
    Edge,
    Node,
    Origin,
    PartnerKind,
    Plan,
    Source,
    SourceRegion,
    Stage,
    Stated,
    Tie,
    Tier,
    TierKey,
    dump,
    load,
    parse,
    read,
)

SMALL = """\
[plan]
city = "411000"
name = "许昌市"

[[tier]]
key = "emerging"
name = "新兴产业"

[[chain]]
name = "电力装备"
english = "power equipment"
tier = "emerging"
stated = [{ source = "page", quote = "电力装备", fact = "0123" }]
assigned = { tier = "planner's view" }

[[chain.node]]
name = "变压器"
stage = "midstream"
industries = ["3821"]
supplies = [
  "安装",
]

[[chain.node]]
name = "安装"
stage = "downstream"
industries = ["4910"]

[[source]]
key = "page"
title = "a page"
"""

words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8).filter(str.strip)
maybe = st.none() | words
several = st.lists(words, max_size=3).map(tuple)
stated = st.builds(Stated, words, words, maybe)
assigned = st.dictionaries(st.just("") | words, words, max_size=2).map(
    lambda reasons: tuple(Assigned(name, why) for name, why in reasons.items())
)
origins = st.builds(Origin, st.lists(stated, max_size=2).map(tuple), assigned)
counts = st.none() | st.integers(0, 10**6)
explained = st.builds(Edge, words, words, origins)
nodes = st.builds(Node, words, st.sampled_from(Stage), several, several, origins)


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    each = draw(st.lists(nodes, max_size=3, unique_by=lambda node: node.name))
    edges = [Edge(node.name, user) for node in each for user in draw(several)]
    edges += [edge for edge in draw(st.lists(explained, max_size=2)) if edge.origin != Origin()]
    return Chain(
        draw(words),
        draw(words),
        draw(st.sampled_from(TierKey)),
        tuple(each),
        tuple(edges),
        draw(maybe),
        draw(several),
        draw(origins),
    )


def tuples(each: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(each, max_size=2).map(tuple)


plans = st.builds(
    Plan,
    words,
    words,
    maybe,
    tuples(st.builds(Source, words, words, maybe, maybe, origins)),
    tuples(st.builds(Tier, st.sampled_from(TierKey), words, counts, origins)),
    tuples(chains()),
    tuples(st.builds(Carrier, words, words, words, maybe, maybe, several, several, several, origins)),
    tuples(st.builds(SourceRegion, words, counts, several, origins)),
    tuples(st.builds(Tie, words, words, st.sampled_from(PartnerKind), words, maybe, origins)),
    origins,
)


@given(plans)
def test_what_is_written_reads_back(plan: Plan):
    """parse(dump(plan)) is the plan, whatever it holds."""
    assert parse(dump(plan)) == plan


def test_items_know_their_lines():
    """Evidence of an assigned field, an unstated node and an edge is the line where each stands."""
    chain = parse(SMALL, file="p.toml").chain("power equipment")
    assert chain.origin.evidence() == (FactRef("0123"),)
    assert chain.origin.evidence(field="tier") == (AssumptionRef("p.toml", 12),)
    assert chain.node("变压器").origin.evidence() == (AssumptionRef("p.toml", 16),)
    assert [(edge.supplier, edge.user, edge.origin.place.line) for edge in chain.edges] == [
        ("变压器", "安装", 21)
    ]


def test_text_loads_like_a_file(tmp_path: Path):
    """A plan given as text is the plan of the file that holds it."""
    path = tmp_path / "plan.toml"
    path.write_text(SMALL, encoding="utf-8")
    assert load(path) == load(str(path)) == load(SMALL)


def test_bad_toml_names_file_and_line(tmp_path: Path):
    """A slip in the syntax is reported with its line."""
    path = tmp_path / "plan.toml"
    path.write_text('[plan]\ncity = "411000"\nname = 许昌市\n', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read(path)
    assert (caught.value.file, caught.value.row) == (str(path), 3)


def test_unfinished_toml_names_its_last_line():
    """A text that ends in the middle is reported at its end."""
    with pytest.raises(InputError) as caught:
        parse("[plan]\nname = [1,\n")
    assert caught.value.row == 3


def test_all_slips_are_reported_in_one_go():
    """A misspelt field, a wrong kind, a wrong choice and a missing field come together, with lines."""
    text = SMALL.replace('stage = "midstream"', 'stage = "middle"')
    text = text.replace('industries = ["3821"]', "industries = 3821").replace("title", "titel")
    with pytest.raises(InputErrors) as caught:
        parse(text, file="p.toml")
    assert [(fault.row, fault.field) for fault in caught.value.faults] == [
        (18, "chain.node.stage"),
        (19, "chain.node.industries"),
        (29, "source.title"),
        (31, "source.titel"),
    ]


@pytest.mark.parametrize("data", ["许昌市".encode("gb18030"), b"\xff\xfe\x00"])
def test_other_encodings_are_refused(tmp_path: Path, data: bytes):
    """A file that is not UTF-8 is refused with its line."""
    path = tmp_path / "plan.toml"
    path.write_bytes(b"[plan]\nname = '" + data + b"'\n")
    with pytest.raises(InputError) as caught:
        read(path)
    assert (caught.value.row, caught.value.text("en")) == (
        2,
        f"{path} › row 2: not UTF-8 text. Save it as UTF-8.",
    )


def test_absent_and_huge_files_are_refused(tmp_path: Path):
    """A missing file, a folder and a file far too large are errors that name the path."""
    huge = tmp_path / "huge.toml"
    huge.write_bytes(b"#" * 2_000_001)
    for path in (tmp_path / "none.toml", tmp_path, huge):
        with pytest.raises(InputError) as caught:
            read(path)
        assert caught.value.file == str(path)


def test_an_empty_file_is_no_plan(tmp_path: Path):
    """An empty file lacks the plan itself."""
    path = tmp_path / "plan.toml"
    path.write_text("")
    with pytest.raises(InputErrors) as caught:
        load(path)
    assert {fault.field for fault in caught.value.faults} == {"plan", "plan.city", "plan.name"}
