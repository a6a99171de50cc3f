from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liandong.errors import InputError
from liandong.registry import Judgement, Verdict, read_judgements, resolve, standing, write_judgements
from liandong.registry.clusters import Clusters
from tests.registry.tables import code

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = date(1992, 10, 10)
SENYUAN = (code(1), "河南森源电气股份有限公司", code(1), "411000", DAY, "高压开关柜的制造")
BARE = ("h1", "河南森源电气股份有限公司", None, "411000", DAY, "高压开关柜的制造")
LOOSE = ("h2", "森源电气（河南）有限公司", None, "411000", DAY, "高压开关柜的制造")
OTHER = (code(2), "河南森源电气股份有限公司", code(2), "411000", DAY, "高压开关柜的制造")
XUJI = (code(3), "许继电气股份有限公司", code(3), "411000", date(1993, 3, 15), "继电保护装置的生产")


def firms(*rows: tuple[object, ...]) -> pa.Table:
    """firm_id, name, uscc, prefecture, founded, scope of rows."""
    names = ("firm_id", "name", "uscc", "prefecture", "founded", "scope")
    columns = {name: pa.array([row[at] for row in rows]) for at, name in enumerate(names)}
    columns["founded"] = pa.array([row[4] for row in rows], pa.date32())
    return pa.table({name: c.cast(pa.string()) if name != "founded" else c for name, c in columns.items()})


def said(left: str, right: str, verdict: str, at: datetime = NOON) -> Judgement:
    """A judgement of a tester."""
    return Judgement(left, right, Verdict(verdict), "tester", at)


def test_a_row_without_code_is_the_firm_it_resembles():
    """Name, place and founding alike: the row without a code takes the code as its canonical id."""
    assert resolve(firms(SENYUAN, BARE, XUJI)).canonical == {code(1): code(1), "h1": code(1)}


def test_two_valid_codes_are_never_joined_by_a_third_row():
    """A row without a code that resembles two coded firms joins at most one of them."""
    found = resolve(firms(SENYUAN, BARE, OTHER)).canonical
    assert len({found.get(each, each) for each in (code(1), code(2))}) == 2


def test_different_is_remembered():
    """What was judged different stays apart, also by way of a third row, until the judgement is undone."""
    apart = said(code(1), "h1", "different")
    assert resolve(firms(SENYUAN, BARE), judgements=[apart]).canonical == {}
    through = resolve(firms(SENYUAN, BARE, LOOSE), judgements=[apart]).canonical
    assert through.get("h1", "h1") != through.get(code(1), code(1))
    assert resolve(firms(SENYUAN, BARE), judgements=[apart.undo(LATER)]).canonical == {
        code(1): code(1),
        "h1": code(1),
    }


def test_same_joins_what_is_not_alike():
    """What was judged the same is one firm; the last judgement that stands counts."""
    same = said(code(3), "h1", "same")
    assert resolve(firms(XUJI, BARE), judgements=[same]).canonical == {code(3): code(3), "h1": code(3)}
    changed = [same, said(code(3), "h1", "different", LATER)]
    assert resolve(firms(XUJI, BARE), judgements=changed).canonical == {}


def test_same_of_two_valid_codes_is_refused_and_said():
    """A judgement cannot join two valid codes: it is listed as refused."""
    found = resolve(firms(SENYUAN, XUJI), judgements=[said(code(1), code(3), "same")])
    assert (found.canonical, found.refused) == ({}, ((code(1), code(3)),))


def test_unsure_is_left_to_people():
    """A pair judged unsure is neither joined nor asked about again."""
    found = resolve(firms(SENYUAN, BARE), judgements=[said(code(1), "h1", "unsure")])
    assert (found.canonical, found.doubts.num_rows) == ({}, 0)


def test_resolving_again_keeps_the_canonical_ids():
    """A cluster keeps the id that it had, though a smaller one has come in."""
    first = resolve(firms(BARE, LOOSE)).canonical
    assert set(first.values()) == {"h1"}
    more = ("h0", *BARE[1:])
    again = resolve(firms(more, BARE, LOOSE), before=first).canonical
    assert again == {"h0": "h1", "h1": "h1", "h2": "h1"}


def test_the_order_of_rows_does_not_matter():
    """The same rows in another order give the same identities."""
    rows = (SENYUAN, BARE, LOOSE, OTHER, XUJI)
    assert resolve(firms(*rows)).canonical == resolve(firms(*reversed(rows))).canonical


def test_judgements_survive_a_file(tmp_path: Path):
    """Written and read back, judgements are what they were."""
    given = [Judgement("b", "a", Verdict.SAME, "tester", NOON, 0.8), said("a", "c", "unsure").undo(LATER)]
    write_judgements(given, tmp_path / "judgements.csv")
    assert read_judgements(tmp_path / "judgements.csv") == given
    assert standing(given) == {("a", "b"): given[0]}


@pytest.mark.parametrize(
    ("line", "row", "field"),
    [
        ("a,b,equal,,me,2026-01-01,", 2, "verdict"),
        ("a,b,same,high,me,2026-01-01,", 2, "score"),
        ("a,b,same,2,me,2026-01-01,", 2, "score"),
        ("a,b,same,,me,yesterday,", 2, "at"),
        ("a,,same,,me,2026-01-01,", 2, "right"),
        ("a,a,same,,me,2026-01-01,", 2, "right"),
    ],
)
def test_a_bad_judgement_is_named(tmp_path: Path, line: str, row: int, field: str):
    """File, row and field of what is not understood."""
    path = tmp_path / "judgements.csv"
    path.write_text(f"left,right,verdict,score,by,at,undone\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_judgements(path)
    assert (refused.value.file, refused.value.row, refused.value.field) == ("judgements.csv", row, field)


pairs = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=25)
some_codes = st.lists(st.sampled_from([None, None, "A", "B"]), min_size=10, max_size=10)


@given(some_codes, pairs, pairs)
def test_clusters_hold_one_code_and_no_pair_kept_apart(
    codes: list[str | None], wanted: list[tuple[int, int]], apart: list[tuple[int, int]]
):
    """However pairs come, no cluster has two codes or two rows kept apart; joining again changes nothing."""
    apart = [(a, b) for a, b in apart if a != b]
    clusters = Clusters(codes, apart)
    joined = [clusters.join(a, b) for a, b in wanted]
    labels = clusters.labels()
    for label in set(labels):
        held = {code for code, each in zip(codes, labels, strict=True) if each == label and code}
        assert len(held) <= 1
    assert all(labels[a] != labels[b] for a, b in apart)
    assert all(labels[a] == labels[b] for (a, b), done in zip(wanted, joined, strict=True) if done)
    assert [clusters.join(a, b) for a, b in wanted if labels[a] == labels[b]] == [True] * sum(
        labels[a] == labels[b] for a, b in wanted
    )
    assert clusters.labels() == labels


@settings(max_examples=6, deadline=None)
@given(st.lists(st.sampled_from([SENYUAN, BARE, LOOSE, OTHER, XUJI]), unique=True, max_size=5))
def test_resolving_is_idempotent(rows: list[tuple[object, ...]]):
    """Resolving with the result of resolving gives the same result."""
    if rows:
        once = resolve(firms(*rows)).canonical
        assert resolve(firms(*rows), before=once).canonical == once


def test_few_rows_without_code_are_found_among_many():
    """Where nearly all rows have codes, only what a row without one may resemble is read; it is found."""
    many = [
        (code(n), f"郑州{first}{second}{trade}有限公司", code(n), "410100", DAY, None)
        for n, (first, second, trade) in enumerate(
            ((a, b, c) for a in "金鑫华泰恒" for b in "源达盛通和" for c in ("商贸", "机械")), 100
        )
    ]
    found = resolve(firms(*many, SENYUAN, BARE))
    assert found.canonical == {code(1): code(1), "h1": code(1)}
    assert found.compared < 5
