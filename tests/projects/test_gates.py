"""Stages, milestones and gates."""

from dataclasses import replace
from datetime import date

import pytest

from liandong.figures import Figure
from liandong.projects import (
    STAGES,
    STEPS,
    GateError,
    Milestone,
    Party,
    Project,
    Promise,
    Side,
    Stage,
    Step,
    Type,
    judge,
    read_gates,
    schedule_of,
    shipped_gates,
)

DAY = date(2026, 3, 1)
FULL = Project(
    "p1",
    "储能电池项目",
    Type.NEW_LAND,
    party=Party("甲公司"),
    industries=("3841",),
    region="411000",
    park="中原电气谷",
    amounts=(Figure(None, "元", "总投资"),),
    promises=(Promise("1", Side.FIRM, "投资", "合同第三条"),),
    milestones=tuple(Milestone(step, done=DAY, voucher="v") for step in STEPS[Type.NEW_LAND]),
    reviews=frozenset({"diligence", "admission", "diligence_signing", "fair_competition"}),
)


def test_project_with_everything_reaches_every_stage():
    """Nothing lacks at any gate."""
    assert [shipped_gates().lacking(FULL, stage) for stage in STAGES] == [()] * len(STAGES)


def test_framework_agreement_never_counts_as_signed():
    """An intention is no contract: not signed, and the gate says what is missing."""
    framework = (Milestone(Step.FRAMEWORK, done=DAY, voucher="v"),)
    project = replace(FULL, milestones=framework, stage=Stage.REVIEWED)
    assert not project.signed()
    assert [lack.key for lack in shipped_gates().lacking(project, Stage.SIGNED)] == ["contract"]


def test_gates_between_are_asked_too():
    """From lead straight to signed: party, industries, diligence, admission and all else is asked for."""
    bare = Project("p2", "新项目", Type.RENTED_PLANT)
    keys = [lack.key for lack in shipped_gates().lacking(bare, Stage.SIGNED)]
    assert keys == [
        "party", "industries", "diligence", "region", "amounts", "admission", "promises", "contract",
        "diligence_signing", "fair_competition",
    ]  # fmt: skip


def test_steps_depend_on_the_type():
    """Who rents a plant needs no land and no building permit; who buys a firm needs its shares."""
    assert Step.LAND in STEPS[Type.NEW_LAND]
    assert Step.LAND not in STEPS[Type.RENTED_PLANT]
    assert Step.DELIVERY in STEPS[Type.ACQUISITION]
    rented = replace(
        FULL, kind=Type.RENTED_PLANT, milestones=schedule_of(Type.RENTED_PLANT), stage=Stage.LANDED
    )
    assert [lack.key for lack in shipped_gates().lacking(rented, Stage.STARTED)] == ["environment"]


def test_waiver_needs_a_written_reason():
    """Who may pass without writes why; it is kept with what was waived."""
    project = replace(FULL, reviews=FULL.reviews - {"diligence_signing"}, stage=Stage.REVIEWED)
    gates = shipped_gates()
    with pytest.raises(GateError) as caught:
        gates.passing(project, Stage.SIGNED, DAY)
    assert [lack.key for lack in caught.value.lacks] == ["diligence_signing"]
    with pytest.raises(GateError) as caught:
        gates.passing(project, Stage.SIGNED, DAY, waiver="局长", reason=" ")
    assert [lack.kind for lack in caught.value.lacks] == ["review", "reason"]
    passage = gates.passing(project, Stage.SIGNED, DAY, waiver="局长", reason="上月已查,无变化")
    assert ([lack.key for lack in passage.waived], passage.by) == (["diligence_signing"], "局长")


@pytest.mark.parametrize("missing", ["contract", "fair_competition"])
def test_contract_and_fair_competition_review_are_never_waived(missing: str):
    """Whoever may waive gates may not call signed what has no contract or no fair-competition review."""
    project = replace(
        FULL,
        stage=Stage.REVIEWED,
        reviews=FULL.reviews - {missing},
        milestones=tuple(m for m in FULL.milestones if m.step.value != missing),
    )
    with pytest.raises(GateError) as caught:
        shipped_gates().passing(project, Stage.SIGNED, DAY, waiver="局长", reason="急")
    assert [lack.key for lack in caught.value.lacks] == [missing]


def test_refused_clause_blocks_signing_whoever_waives():
    """A promise that the rules forbid cannot be waived; mended it passes."""
    verdicts = judge("按企业缴纳增值税的50%给予奖励。")
    with pytest.raises(GateError) as caught:
        shipped_gates().passing(FULL, Stage.SIGNED, DAY, verdicts=verdicts, waiver="局长", reason="急")
    assert [lack.key for lack in caught.value.lacks] == ["tax_return"]
    mended = judge("企业符合全省统一的智能化改造政策的,可以按规定申报。")
    assert shipped_gates().passing(FULL, Stage.SIGNED, DAY, verdicts=mended).waived == ()


def test_gates_are_data_and_faults_in_them_are_named():
    """A bureau's own table is read; a field or stage that there is not is refused."""
    gates = read_gates({"signed": {"steps": ["contract"]}})
    assert gates.lacking(replace(FULL, milestones=()), Stage.SIGNED)[0].key == "contract"
    with pytest.raises(ValueError, match="colour"):
        read_gates({"signed": {"fields": ["colour"]}})
    with pytest.raises(ValueError, match="won"):
        read_gates({"won": {}})


def test_milestone_is_overdue_from_the_day_after():
    """Due on the first of March: not overdue on that day, overdue on the second until it is done."""
    due = Milestone(Step.PERMIT, due=DAY)
    assert [due.overdue(date(2026, 3, day)) for day in (1, 2)] == [False, True]
    assert not replace(due, done=date(2026, 3, 2)).overdue(date(2026, 3, 2))
