"""Who follows a firm, who decides, what is owed, what is counted once."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.projects import (
    Conclusion,
    Filing,
    Followed,
    Milestone,
    Opinion,
    Party,
    Project,
    Promise,
    Reference,
    Review,
    Side,
    Stage,
    State,
    Step,
    Suspicion,
    Terms,
    Type,
    VoteError,
    cohort,
    disputes,
    followed,
    ledger,
    rate,
    rates,
    settled,
    signed_again,
)

DAY = date(2026, 1, 1)
TERMS = Terms(first=180, contact=60)
FIRM = Reference("甲(许昌)公司", uscc="91A")


def _filing(unit: str, day: date = DAY, **more) -> Filing:
    return Filing(f"{unit}{day}", unit, more.pop("subject", FIRM), day, "来访记录", **more)


def test_second_unit_learns_only_who_follows_and_since_when():
    """Nothing but the unit and the day; the holder itself is told nothing."""
    filings = [_filing("一科")]
    assert followed(Reference("甲（许昌）公司"), "二科", filings, DAY, TERMS) == Followed("一科", DAY)
    assert followed(FIRM, "一科", filings, DAY, TERMS) is None
    assert set(Followed.__slots__) == {"unit", "since"}


def test_protection_lapses_without_contact():
    """Sixty days without a word end it; a contact in time prolongs it, one too late does not."""
    assert _filing("一科").expiry(TERMS) == DAY + timedelta(60)
    assert _filing("一科", contacts=(DAY + timedelta(50),)).expiry(TERMS) == DAY + timedelta(110)
    assert _filing("一科", contacts=(DAY + timedelta(70),)).expiry(TERMS) == DAY + timedelta(60)
    often = tuple(DAY + timedelta(30 * n) for n in range(12))
    assert _filing("一科", contacts=often).expiry(TERMS) == DAY + timedelta(180)


def test_two_filings_for_a_group_are_a_dispute():
    """The same group under two firms: the earlier is named first; one unit has no dispute with itself."""
    one = _filing("一科", subject=Reference("甲", group="甲集团"))
    other = _filing("二科", DAY + timedelta(5), subject=Reference("乙", group="甲集团"))
    found = disputes([other, one, _filing("一科", DAY + timedelta(6))], DAY + timedelta(10), TERMS)
    assert [(d.earlier, d.later) for d in found] == [(one.id, other.id)]


def test_introducing_unit_may_present_not_vote():
    """Its vote is refused, as is one of who was not asked, a score of 101 and an unknown veto."""
    review = Review(("发改", "环保", "招商一科"), "招商一科")
    for wrong in (
        Opinion("招商一科", Decimal(90)),
        Opinion("文旅", Decimal(90)),
        Opinion("发改", Decimal(101)),
        Opinion("发改", Decimal(50), veto="weather"),
    ):
        with pytest.raises(VoteError):
            review.voted(wrong)


def test_review_concludes_by_veto_answers_score_and_conditions():
    """Open until all have answered; a veto rejects; a condition makes it conditional until it is closed."""
    review = Review(("发改", "环保"), "招商一科").voted(Opinion("发改", Decimal(80)))
    assert review.conclusion() is Conclusion.OPEN
    assert review.voted(Opinion("环保", Decimal(70))).conclusion() is Conclusion.PASS
    assert review.voted(Opinion("环保", Decimal(30))).conclusion() is Conclusion.REJECT
    assert review.voted(Opinion("环保", None, veto="environment")).conclusion() is Conclusion.REJECT
    conditional = review.voted(Opinion("环保", Decimal(70), condition="取得总量指标"))
    assert conditional.conclusion() is Conclusion.CONDITIONAL
    conditions = conditional.conditions()
    assert not settled(Conclusion.CONDITIONAL, conditions)
    assert settled(Conclusion.CONDITIONAL, [replace(conditions[0], closed=DAY)])
    assert not settled(Conclusion.REJECT, ())


def test_promise_is_kept_only_with_evidence():
    """Done without a voucher is an error, not a success."""
    with pytest.raises(ValueError, match="without evidence"):
        Promise("1", Side.GOVERNMENT, "接电", "协议第五条", done=DAY)


def test_ledger_tells_what_each_side_owes():
    """Waiting for its condition, due, overdue, kept, kept late, suspended, undated."""
    promises = [
        Promise("a", Side.GOVERNMENT, "交地", "d", condition="缴清价款", due=DAY),
        Promise("b", Side.GOVERNMENT, "接电", "d", due=DAY - timedelta(1)),
        Promise("c", Side.GOVERNMENT, "修路", "d", due=DAY),
        Promise("d", Side.FIRM, "开工", "d", due=DAY, done=DAY, evidence=("许可",)),
        Promise("e", Side.FIRM, "投产", "d", due=DAY - timedelta(9), done=DAY, evidence=("验收",)),
        Promise("f", Side.FIRM, "用工", "d", due=DAY - timedelta(9), suspended="不可抗力"),
        Promise("g", Side.FIRM, "亩均税收", "d"),
    ]
    found = ledger(promises, DAY)
    assert {state: [p.id for p in each] for state, each in found[Side.GOVERNMENT].items()} == {
        State.WAITING: ["a"],
        State.OVERDUE: ["b"],
        State.DUE: ["c"],
    }
    assert {state: [p.id for p in each] for state, each in found[Side.FIRM].items()} == {
        State.KEPT: ["d"],
        State.KEPT_LATE: ["e"],
        State.SUSPENDED: ["f"],
        State.UNDATED: ["g"],
    }


def _project(name: str, signed: date | None = DAY, **more) -> Project:
    milestones = () if signed is None else (Milestone(Step.CONTRACT, done=signed, voucher="v"),)
    party = more.pop("party", Party("甲公司", uscc="91A"))
    return Project(name, name, Type.NEW_LAND, party=party, milestones=milestones, **more)


def test_project_signed_again_is_found_once_and_not_after_judgement():
    """One firm, one product, two events; "not the same" is remembered; two codes are two firms."""
    one = _project("p1", products=("变压器",), event="2024")
    again = _project("p2", products=("变压器",), event="2025")
    other = _project("p3", products=("变压器",), party=Party("甲公司", uscc="91B"))
    assert signed_again([one, again, other]) == (Suspicion("p1", "p2", ("firm", "product")),)
    assert signed_again([one, again, other])[0].certain
    assert signed_again([one, again], different=[frozenset(("p1", "p2"))]) == ()


def test_rate_counts_a_project_once_and_keeps_the_withdrawn():
    """Four signed, one twice in the list, one withdrawn, one landed after the day: one of four landed."""
    landed = _project("p1", reached={Stage.LANDED: DAY + timedelta(30)})
    late = _project("p2", reached={Stage.LANDED: DAY + timedelta(400)})
    far = _project("p3", reached={Stage.PRODUCING: DAY + timedelta(900)})
    bare = _project("p4")
    unsigned = _project("p5", signed=None)
    found = cohort([landed, landed, late, far, bare, unsigned], DAY, DAY + timedelta(364))
    assert [project.id for project in found.projects] == ["p1", "p2", "p3", "p4"]
    figure = rate(found, Stage.LANDED, DAY + timedelta(365))
    assert (figure.value, figure.unit) == (Decimal(25), "%")
    assert rate(found, Stage.LANDED, DAY + timedelta(1000)).value == Decimal(75)


def test_rate_of_an_empty_cohort_is_unknown():
    """Nothing signed: no rate, not 0 %."""
    found = cohort([], DAY, DAY)
    assert [figure.value for figure in rates(found, DAY).values()] == [None] * 4


@given(
    st.lists(st.tuples(st.integers(0, 400), st.none() | st.integers(0, 900)), max_size=15),
    st.integers(0, 900),
)
def test_later_stages_never_have_higher_rates_than_earlier(rows, days):
    """Who produces has landed."""
    projects = [
        _project(
            f"p{at}",
            DAY + timedelta(signed),
            reached={} if came is None else {Stage.PRODUCING: DAY + timedelta(came)},
        )
        for at, (signed, came) in enumerate(rows)
    ]
    found = rates(cohort(projects, DAY, DAY + timedelta(365)), DAY + timedelta(days))
    values = [figure.value for figure in found.values()]
    if None not in values:
        assert values == sorted(values, reverse=True)
