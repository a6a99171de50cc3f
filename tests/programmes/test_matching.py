"""Who qualifies, which condition fails, and what adds nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.figures import FactRef, Figure, RecordRef
from liandong.figures import Standing as Firmness
from liandong.programmes import (
    Comparison,
    Condition,
    Kind,
    Outcome,
    Programme,
    Review,
    Standing,
    Subject,
    firm_subject,
    in_effect,
    match,
    match_all,
    project_subject,
    qualifying,
)

DAY = date(2025, 6, 19)
PLAN = Programme(
    "甲计划",
    "",
    Kind.TALENT,
    status=Standing.IN_FORCE,
    review=Review.PASSED,
    valid_to=date(2026, 12, 31),
    conditions=(
        Condition("industry", Comparison.IN, ("38",)),
        Condition("age", Comparison.AT_LEAST, ("3",)),
        Condition("capital", Comparison.AT_LEAST, ("5000000",), either="实力"),
        Condition("honour", Comparison.IN, ("专精特新“小巨人”企业",), either="实力"),
    ),
)
ROW = {
    "name": "苏州甲乙电气有限公司",
    "industry": "3821",
    "province": "320000",
    "prefecture": "320500",
    "founded": date(2001, 5, 1),
    "capital": 50_000_000.0,
    "stock_code": None,
    "products": None,
    "scope": "变压器制造",
    "honours": None,
    "source": "firms.csv",
    "source_row": 7,
}


def outcomes(**changes: object) -> tuple[Outcome, list[Outcome]]:
    found = match(PLAN, firm_subject({**ROW, **changes}, DAY), DAY)
    return found.outcome, [verdict.outcome for verdict in found.verdicts]


MET, FAILED, OPEN = Outcome.MET, Outcome.FAILED, Outcome.OPEN


def test_all_conditions_met():
    """A firm of the trade, old and large enough, qualifies; its title is not known and not needed."""
    assert outcomes() == (MET, [MET, MET, MET, OPEN])


def test_one_failed_condition_fails_and_is_named():
    """The condition that fails is told, with what was found and where."""
    found = match(PLAN, firm_subject({**ROW, "founded": date(2024, 1, 1)}, DAY), DAY)
    assert [verdict.text.zh for verdict in found.verdicts if verdict.outcome is FAILED] == [
        "成立年限不低于3年:1年,不符合"
    ]
    assert (found.outcome, found.verdicts[1].evidence) == (FAILED, RecordRef("firms.csv", 7))


def test_unknown_is_not_failed_and_not_met():
    """An unknown founding date leaves the programme open."""
    assert outcomes(founded=None) == (OPEN, [MET, OPEN, MET, OPEN])


def test_alternatives_need_one():
    """Of two alternatives one suffices; one failed and one unknown leave it open."""
    assert outcomes(capital=1.0)[0] is OPEN
    assert outcomes(capital=1.0, honours=["国家级专精特新小巨人企业"])[0] is MET


def test_broader_industry_may_be_inside():
    """A firm known only as 3 digits above the condition's class is open; another division fails."""
    narrow = replace(PLAN, conditions=(Condition("industry", Comparison.IN, ("3821",)),))
    found = [
        match(narrow, firm_subject({**ROW, "industry": code}, DAY), DAY).outcome
        for code in ("3821", "382", "3412", None)
    ]
    assert found == [MET, OPEN, FAILED, OPEN]


def test_places_and_groups():
    """A firm is in its prefecture and its province; one known only by province may be in the prefecture."""
    suzhou = replace(PLAN, conditions=(Condition("region", Comparison.IN, ("320500",)),))
    places = [("320000", "320500"), ("320000", "320600"), ("320000", None), (None, None)]
    assert [
        match(suzhou, firm_subject({**ROW, "province": p, "prefecture": q}, DAY), DAY).outcome
        for p, q in places
    ] == [MET, FAILED, OPEN, OPEN]


def test_no_conditions_say_nothing():
    """A programme whose conditions nobody has entered is open for everyone."""
    assert match(replace(PLAN, conditions=()), firm_subject(ROW, DAY), DAY).outcome is OPEN


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"status": Standing.SUSPENDED}, "已暂停"),
        ({"status": Standing.UNDER_CLEAN_UP}, "清理中"),
        ({"status": Standing.REPEALED}, "已废止"),
        ({"status": Standing.UNKNOWN}, "是否有效未知"),
        ({"valid_to": DAY - timedelta(days=1)}, "已于 2025-06-18 到期"),
        ({"valid_from": DAY + timedelta(days=1)}, "2025-06-20 起才有效"),
        ({"review": Review.UNKNOWN}, "没有公平竞争审查记录"),
        ({"review": Review.PENDING}, "公平竞争审查未完成"),
        ({"review": Review.FAILED}, "未通过公平竞争审查"),
    ],
)
def test_what_is_not_in_effect_adds_nothing(change: dict[str, object], words: str):
    """Suspended, expired, not begun or unreviewed: matched and shown, never counted."""
    programme = replace(PLAN, **change)  # type: ignore[arg-type] # fields of a Programme
    found = match(programme, firm_subject(ROW, DAY), DAY)
    table = pa.Table.from_pylist([ROW])
    assert (found.outcome, found.counts, [text.zh for text in found.hindrances]) == (MET, False, [words])
    assert qualifying([programme], table, DAY).programmes == ()


def test_projects_are_asked_for_amounts():
    """A project's amount keeps its evidence; a claimed sum is still a sum, and the fact can be opened."""
    programme = replace(
        PLAN,
        subjects=("project",),
        conditions=(Condition("equipment_investment", Comparison.AT_LEAST, ("10000000",)),),
    )
    amount = Figure(
        Decimal(20_000_000), "元", "设备投资", standing=Firmness.CLAIMED, evidence=(FactRef("f1"),)
    )
    project = project_subject("某项目", {"equipment_investment": amount})
    (found,) = match_all([PLAN, programme], project, DAY)
    assert (found.outcome, found.verdicts[0].evidence) == (MET, FactRef("f1"))


def test_project_amounts_are_in_base_units():
    """A figure in 万元 is refused: nobody knows which number was meant."""
    with pytest.raises(ValueError, match="counted in 元"):
        project_subject("某项目", {"investment": Figure(Decimal(1), "万元", "总投资")})


rows = st.fixed_dictionaries(
    {
        "name": st.just("甲"),
        "industry": st.sampled_from([None, "38", "382", "3821", "1781"]),
        "province": st.sampled_from([None, "320000"]),
        "prefecture": st.sampled_from([None, "320500", "320600"]),
        "founded": st.sampled_from([None, date(1999, 1, 1), date(2024, 1, 1)]),
        "capital": st.sampled_from([None, 1e5, 5e6, 1e9]),
        "stock_code": st.sampled_from([None, "600000"]),
        "products": st.none(),
        "scope": st.sampled_from([None, "变压器"]),
        "honours": st.sampled_from([None, [], ["专精特新小巨人"]]),
        "source": st.just("a"),
        "source_row": st.just(2),
    }
)
conditions = st.sampled_from(
    [
        Condition("industry", Comparison.IN, ("3821", "17")),
        Condition("industry", Comparison.NOT_IN, ("C",)),
        Condition("region", Comparison.IN, ("320500",)),
        Condition("capital", Comparison.AT_LEAST, ("5000000",), either="a"),
        Condition("listed", Comparison.IS, ("是",), either="a"),
        Condition("founded", Comparison.AT_MOST, ("2010-01-01",)),
        Condition("age", Comparison.AT_LEAST, ("5",)),
        Condition("honour", Comparison.IN, ("专精特新“小巨人”企业",), either="b"),
        Condition("words", Comparison.CONTAINS, ("变压器",), either="b"),
        Condition("jobs", Comparison.AT_LEAST, ("10",)),
    ]
)
SCHEMA = pa.schema(
    [
        *((n, pa.string()) for n in ("name", "industry", "province", "prefecture", "stock_code")),
        *((n, pa.string()) for n in ("products", "scope", "source")),
        ("founded", pa.date32()),
        ("capital", pa.float64()),
        ("honours", pa.list_(pa.string())),
        ("source_row", pa.int64()),
    ]
)


@given(st.lists(rows, max_size=8), st.lists(st.lists(conditions, max_size=4), max_size=3))
def test_a_table_says_what_its_rows_say(firms: list[dict[str, object]], asked: list[list[Condition]]):
    """Judging a table by distinct values gives what matching row by row gives."""
    programmes = [
        replace(PLAN, name=str(n), conditions=tuple(each), subjects=("firm",)) for n, each in enumerate(asked)
    ]
    found = qualifying(programmes, pa.Table.from_pylist(firms, schema=SCHEMA), DAY)
    one_by_one = [
        [match(programme, firm_subject(row, DAY), DAY).outcome for programme in programmes] for row in firms
    ]
    assert found.met.tolist() == [[each is MET for each in row] for row in one_by_one]
    assert found.open.tolist() == [[each is OPEN for each in row] for row in one_by_one]


def test_effect_is_a_matter_of_the_day():
    """The last day counts; the day after does not."""
    assert (list(in_effect(PLAN, date(2026, 12, 31))), len(list(in_effect(PLAN, date(2027, 1, 1))))) == (
        [],
        1,
    )


def test_a_subject_of_another_kind_is_not_asked():
    """A programme for firms is not matched with a project."""
    assert match_all([PLAN], Subject("project", "某项目", {}), DAY) == []
