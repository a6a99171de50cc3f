"""From a lead to production in the store: gates, filings, reviews, promises, on both databases."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone

from liandong.errors import InputError
from liandong.projects import ITEMS, Conclusion, Phase, Stage, Step, totals
from liandong.workspace import (
    admission,
    agreements,
    amounts,
    audit,
    diligence,
    filings,
    leads,
    pipeline,
    projects,
    store,
    timeline,
)
from liandong.workspace.changes import EditConflictError
from liandong.workspace.models import (
    Account,
    AuditEntry,
    LeadRecord,
    Notice,
    ProjectRecord,
    PromiseRecord,
)
from liandong.workspace.policies import Role
from tests.workspace.conftest import new_database

TODAY = timezone.localdate()


@dataclass(frozen=True)
class Bureau:
    """People of two units, of a department, and their leader."""

    officer: Account
    other: Account
    department: Account
    leader: Account


@pytest.fixture(scope="module")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store in a file, made once: making its tables takes longer than a test."""
    path = tmp_path_factory.mktemp("empty") / "store.sqlite3"
    store.open_store(f"sqlite:///{path}")
    store.close_store()
    return path


@pytest.fixture(scope="module")
def empty_database(cluster: Path) -> str:
    """The name of an empty store in PostgreSQL, made once."""
    store.open_store(new_database(cluster, "empty_projects"))
    store.close_store()
    return "empty_projects"


@pytest.fixture(params=["sqlite", "postgresql"])
def bureau(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bureau]:
    """A store with a few accounts; the officer acts."""
    if request.param == "sqlite":
        shutil.copyfile(request.getfixturevalue("empty_file"), tmp_path / "store.sqlite3")
        url = f"sqlite:///{tmp_path / 'store.sqlite3'}"
    else:
        template = request.getfixturevalue("empty_database")
        name = f"projects_{os.getpid()}_{abs(hash(tmp_path))}"
        url = new_database(request.getfixturevalue("cluster"), name, template=template)
    monkeypatch.setenv(store.DATABASE_VARIABLE, url)
    store.open_store(url)

    def account(name: str, role: Role, unit: str) -> Account:
        return Account.objects.create(username=name, role=role.value, unit=unit)

    made = Bureau(
        account("zhao", Role.OFFICER, "招商一局"),
        account("qian", Role.OFFICER, "招商二局"),
        account("sun", Role.DEPARTMENT, "生态环境局"),
        account("li", Role.LEADER, "市政府"),
    )
    with audit.acting("zhao"):
        yield made
    store.close_store()


def lead_of(person: Account, party: str = "甲电气有限公司", **more: str) -> LeadRecord:
    """A lead of somebody."""
    return leads.make(person, leads.Draft(party, "chamber", **more))


def project_of(person: Account, **more: str) -> ProjectRecord:
    """A project of somebody, at the stage of a lead."""
    draft = projects.Draft(more.pop("name", "储能变流器项目"), "new_land", "甲电气有限公司", columns=more)
    return projects.make(person, draft)


def checked(project: ProjectRecord) -> None:
    """Due diligence of both phases, clear."""
    for phase in Phase:
        for item in ITEMS:
            diligence.check(project, phase.value, item, 0, result="clear", evidence="公示系统截图")


def fresh(project: ProjectRecord) -> ProjectRecord:
    """As the store has it."""
    return projects.loaded(ProjectRecord.objects).get(pk=project.pk)


def test_gates_say_what_lacks(bureau: Bureau):
    """A bare project may not be called assessed: its industry is missing."""
    project = project_of(bureau.officer)
    with pytest.raises(projects.BlockedError) as caught:
        projects.advance(bureau.officer, project, project.version, "assessed")
    assert [each.key for each in caught.value.lacks] == ["industries"]


def test_only_a_leader_waives_and_with_a_reason(bureau: Bureau):
    """An officer may not; a leader writes why, and what was waived stays on record."""
    project = project_of(bureau.officer)
    with pytest.raises(InputError, match="may not let it pass"):
        projects.advance(bureau.officer, project, 1, "assessed", waive=True, reason="急")
    with pytest.raises(projects.BlockedError):
        projects.advance(bureau.leader, project, 1, "assessed", waive=True)
    made = projects.advance(bureau.leader, project, 1, "assessed", waive=True, reason="行业待定")
    assert ([each["key"] for each in made.waived], made.waiver) == (["industries"], "li")


def test_a_framework_agreement_is_no_signing(bureau: Bureau):
    """The milestone is kept, the project stays unsigned and uncounted; a contract counts."""
    project = project_of(bureau.officer)
    projects.set_milestone(project, 1, "framework", due=None, done=TODAY, voucher="框架协议")
    assert (project.signed, pipeline.funnel(projects.visible(bureau.leader))[0].reached[Stage.SIGNED]) == (
        None, 0,
    )  # fmt: skip
    projects.set_milestone(project, 2, "contract", due=None, done=TODAY, voucher="合同 2026-1")
    assert pipeline.funnel(projects.visible(bureau.leader))[0].reached[Stage.SIGNED] == 1


def test_the_second_edit_is_told(bureau: Bureau):
    """Whoever edits an older version gets a conflict and the first edit stays."""
    project = project_of(bureau.officer)
    stale = ProjectRecord.objects.get(pk=project.pk)
    projects.edit(project, 1, park="中原电气谷")
    with pytest.raises(EditConflictError):
        projects.edit(stale, 1, park="高铁北站片区")
    assert ProjectRecord.objects.get().park == "中原电气谷"


def test_another_unit_learns_only_that_a_firm_is_followed(bureau: Bureau):
    """Unit and day, nothing of what was written; a claim opens a dispute that a leader rules."""
    first = filings.file(bureau.officer, lead_of(bureau.officer, what="机密:拟投3亿元"), "会谈纪要")
    second = lead_of(bureau.other, "甲电气 有限公司")
    with audit.acting("qian"):
        with pytest.raises(filings.FollowedError) as caught:
            filings.file(bureau.other, second, "名片")
        text = caught.value.text("zh") + caught.value.text("en")
        assert ("招商一局" in text, str(TODAY) in text, "机密" in text) == (True, True, False)
        assert list(filings.visible(bureau.other)) == []
        later = filings.file(bureau.other, second, "名片", dispute="我方先接触")
    dispute = filings.disputes(bureau.leader).get()
    filings.rule(dispute, 1, first, "报备在先")
    later.refresh_from_db()
    assert (dispute.ruling, later.released) == (first, TODAY)
    assert Notice.objects.filter(account=bureau.other, kind="ruled").exists()


def test_protection_lapses_without_contact(bureau: Bureau):
    """After its days without contact another unit may file; a contact keeps it."""
    filing = filings.file(bureau.officer, lead_of(bureau.officer), "会谈纪要")
    long_ago = TODAY - timedelta(days=90)
    type(filing).objects.filter(pk=filing.pk).update(filed=long_ago)
    lead = lead_of(bureau.other)
    assert filings.known(lead, "招商二局") is None
    filing.refresh_from_db()
    filings.contact(filing, "电话", long_ago + timedelta(days=50))
    assert filings.known(lead, "招商二局") == filings.Followed("招商一局", long_ago)


def test_a_lead_that_is_not_followed_says_why_and_answers(bureau: Bureau):
    """A reason and, where somebody referred it, what they were told."""
    lead = leads.make(bureau.officer, leads.Draft("乙公司", "referral", referrer="商会"))
    assert [each.name for each in lead.clocks.all()] == ["respond", "judge", "reply", "report"]
    for reason, answer in (("", "已答复"), ("不符合产业方向", "")):
        with pytest.raises(InputError):
            leads.drop(lead, 1, reason, answer)
    leads.drop(lead, 1, "不符合产业方向", "已电话答复")
    assert (lead.status, lead.clocks.filter(met=None).count()) == ("not_followed", 0)


def test_overdue_clocks_are_told_to_the_supervisor_once(bureau: Bureau):
    """The leader gets a notice for each clock that ran out, and not again."""
    lead = lead_of(bureau.officer)
    lead.clocks.update(due=timezone.now() - timedelta(hours=1))
    assert (leads.remind(), leads.remind(), leads.overdue(bureau.leader).count()) == (3, 0, 3)
    assert Notice.objects.filter(account=bureau.leader, kind="overdue").count() == 3


def test_diligence_keeps_unknown_apart_from_clear(bureau: Bureau):
    """Unknown needs evidence that one looked; a red flag blocks until it is decided in writing."""
    project = project_of(bureau.officer)
    checked(project)
    assert diligence.passed(fresh(project), Phase.TALKS)
    with pytest.raises(InputError):
        diligence.check(project, "talks", "staff", 1, result="unknown", evidence="")
    found = diligence.check(project, "talks", "staff", 1, result="flag", evidence="参保 2 人")
    assert not diligence.passed(fresh(project), Phase.TALKS)
    diligence.decide(found, 2, "母公司担保,同意继续")
    assert diligence.passed(fresh(project), Phase.TALKS)


def test_the_introducing_unit_does_not_vote(bureau: Bureau):
    """Neither for itself, nor its people for others, nor a department for another one."""
    project = project_of(bureau.officer)
    meeting = admission.call(project, ["生态环境局", "发展改革委", "招商一局"], held=TODAY)
    for person, department in (
        (bureau.officer, "招商一局"),
        (bureau.officer, "生态环境局"),
        (bureau.department, "发展改革委"),
        (bureau.department, "招商一局"),
    ):
        with pytest.raises(admission.NoVoteError):
            admission.vote(person, meeting, department, score="90")
    assert meeting.opinions.filter(given=None).count() == 3


def test_a_condition_is_followed_to_its_closure(bureau: Bureau):
    """A conditional review counts only when the condition is closed with evidence."""
    project = project_of(bureau.officer)
    meeting = admission.call(project, ["生态环境局"], held=TODAY)
    with pytest.raises(InputError, match="has not answered"):
        admission.conclude(meeting, 1)
    admission.vote(bureau.department, meeting, "生态环境局", score="82", condition="补充危废处置方案")
    assert admission.conclude(meeting, 1) is Conclusion.CONDITIONAL
    assert "admission" not in agreements.passed_reviews(fresh(project))
    admission.close(meeting.conditions.get(), "方案已备案")
    assert "admission" in agreements.passed_reviews(fresh(project))


def test_a_forbidden_clause_is_refused_until_it_is_mended(bureau: Bureau):
    """The review cannot pass it, and signing is blocked whoever waives; mended it passes."""
    project = project_of(bureau.officer)
    clause = agreements.Draft("government", "grant", "按企业缴纳增值税的50%给予奖励。")
    made = agreements.add(project, clause)
    with pytest.raises(InputError, match="cannot pass"):
        agreements.review(made, 1, "passed", "", "市级政策")
    with pytest.raises(projects.BlockedError) as caught:
        projects.advance(bureau.leader, fresh(project), 1, "signed", waive=True, reason="急")
    assert "tax_return" in [each.key for each in caught.value.lacks]
    lawful = "企业符合全省统一的智能化改造政策的,可以按规定申报。"
    agreements.mend(made, 1, agreements.Draft("government", "grant", lawful))
    with pytest.raises(InputError, match="basis in law"):
        agreements.review(made, 2, "passed", "")
    agreements.review(made, 2, "passed", "", "省级智能化改造政策")
    assert agreements.fair_competition(list(project.promises.all()))


def test_a_promise_is_kept_with_evidence_beside_its_outcome(bureau: Bureau):
    """What was promised and what came of it stand side by side, each with its standing and source."""
    project = project_of(bureau.officer)
    made = agreements.add(
        project,
        agreements.Draft(
            "firm", "jobs", "投产首年用工300人", measure="jobs", value="300", unit="人", in_year="2026"
        ),
    )
    with pytest.raises(InputError):
        agreements.keep(made, 1, done=TODAY, evidence="")
    agreements.keep(
        made, 1, done=TODAY, evidence="社保清册", outcome="212", standing="verified",
        source="社保清册 2026-10",
    )  # fmt: skip
    made.refresh_from_db()
    promised, outcome = agreements.promised(made), agreements.outcome_of(made)
    assert (promised.value, promised.standing, outcome.value, outcome.standing) == (
        Decimal(300), "contracted", Decimal(212), "verified",
    )  # fmt: skip


def test_a_verified_amount_names_its_voucher(bureau: Bureau):
    """Without it is refused; a later amount of the same kind takes its place and the first is kept."""
    project = project_of(bureau.officer)
    with pytest.raises(InputError, match="names its voucher"):
        amounts.add(project, amounts.Entry("省外到位资金", "verified", "1000", "万元"))
    for value in ("3", "3.5"):
        amounts.add(project, amounts.Entry("总投资", "claimed", value, "亿元"))
    assert [each.value for each in amounts.of(project)] == [Decimal(350_000_000)]
    assert project.amounts.count() == 2


def test_sums_of_the_store_are_those_of_the_rules(bureau: Bureau):
    """One sum for each measure, standing, unit, currency and period; unknown stays unknown."""
    rows = [
        ("总投资", "claimed", "3", "亿元", "", ""), ("总投资", "claimed", "2", "亿元", "", ""),
        ("总投资", "contracted", "1", "亿元", "", ""), ("固定资产投资", "claimed", "1", "亿元", "", ""),
        ("实际使用外资", "reported", "10", "万美元", "in_year", "2026"),
        ("实际使用外资", "reported", "20", "万美元", "in_year", "2025"),
        ("实际使用外资", "reported", "30", "万元", "in_year", "2026"),
        ("jobs", "reported", "", "人", "", ""), ("jobs", "reported", "5", "人", "", ""),
    ]  # fmt: skip
    for measure, standing, value, unit, period, when in rows:
        amounts.add(project_of(bureau.officer), amounts.Entry(measure, standing, value, unit, period, when))
    every = [amounts.figure(a) for p in ProjectRecord.objects.all() for a in amounts.of(p)]
    found = amounts.totals(projects.visible(bureau.leader))
    assert {key: figure.value for key, figure, _ in found} == {
        key: figure.value for key, figure in totals(every).items()
    }
    assert len(found) == 7


def test_pairs_that_may_be_one_project_are_told_until_judged(bureau: Bureau):
    """Same firm and product under two units; "not the same" is remembered, and told again when undone."""
    for person in (bureau.officer, bureau.other):
        made = project_of(person, products=["储能变流器"])
        projects.set_milestone(made, 1, Step.FRAMEWORK.value, due=None, done=TODAY, voucher="协议")
    [(suspicion, left, right)] = pipeline.signed_again_among(ProjectRecord.objects.all())
    assert suspicion.grounds == ("firm", "product")
    judged = pipeline.judge_pair(left, right, same=False, reason="两条产线")
    assert pipeline.signed_again_among(ProjectRecord.objects.all()) == []
    pipeline.undo_judgement(judged)
    assert len(pipeline.signed_again_among(ProjectRecord.objects.all())) == 1


def test_who_is_mentioned_is_told_if_they_may_see_it(bureau: Bureau):
    """A leader is, an officer of another unit is not."""
    timeline.note("visit", "@li @qian 企业要电", project=project_of(bureau.officer))
    assert [each.account.username for each in Notice.objects.filter(kind="mention")] == ["li"]


def test_an_instruction_has_a_due_day_and_an_answer(bureau: Bureau):
    """A leader's words reach the officer; the answer comes back."""
    project = project_of(bureau.officer)
    with audit.acting("li"):
        task = timeline.task(project, "instruction", "一周内落实用电", owner=bureau.officer, due=TODAY)
    timeline.answer(task, 1, "已接入")
    assert (task.done, Notice.objects.filter(account=bureau.leader, kind="answered").count()) == (TODAY, 1)


def test_an_overdue_promise_survives_its_officer(bureau: Bureau):
    """The office answers for it; it is told as overdue whoever follows the project now."""
    project = project_of(bureau.officer)
    late = TODAY - timedelta(days=1)
    agreements.add(project, agreements.Draft("government", "factor", "通电", office="供电公司", due=late))
    projects.edit(fresh(project), 1, officer=bureau.leader)
    seen = projects.visible(bureau.leader)
    found = pipeline.overdue(seen, "promises", TODAY)
    assert [(each.what, each.office) for each in found] == [("通电", "供电公司")]
    assert pipeline.attention(seen) == {
        "milestones": 0, "promises": 1, "tasks": 0, "quiet": 0, "stalled": 0,
    }  # fmt: skip


def test_months_count_each_project_once(bureau: Bureau):
    """What began, was signed, started this month and the one before."""
    project = project_of(bureau.officer)
    projects.set_milestone(project, 1, "contract", due=None, done=TODAY, voucher="合同")
    for _ in range(2):
        project.passages.create(stage="started", on=TODAY, by="tests")
    now, before = pipeline.months(projects.visible(bureau.leader))
    assert now[1] == {"created": 1, "signed": 1, "started": 1, "producing": 0}
    assert before[1] == {"created": 0, "signed": 0, "started": 0, "producing": 0}


def test_every_gate_to_production(bureau: Bureau):
    """With everything in place a project comes from lead to production, and each step is in the log."""
    project = project_of(
        bureau.officer, industries=["3841"], region="411000", park="中原电气谷"
    )  # fmt: skip
    checked(project)
    amounts.add(project, amounts.Entry("总投资", "claimed", "3", "亿元"))
    meeting = admission.call(project, ["生态环境局"], held=TODAY)
    admission.vote(bureau.department, meeting, "生态环境局", score="90")
    admission.conclude(meeting, 1)
    promise = agreements.add(project, agreements.Draft("government", "service", "提供开办代办服务"))
    agreements.review(promise, 1, "passed", "")
    for step in project.milestones.values_list("step", flat=True):
        project = fresh(project)
        projects.set_milestone(project, project.version, step, due=None, done=TODAY, voucher="凭证")
    for stage in ("assessed", "negotiating", "reviewed", "signed", "landed", "started", "producing"):
        project = fresh(project)
        projects.advance(bureau.officer, project, project.version, stage)
    assert (fresh(project).stage, project.passages.count()) == ("producing", 8)
    assert AuditEntry.objects.filter(action="projects.stage").count() == 7
    assert PromiseRecord.objects.get().reviewer == "zhao"


def test_board_holds_what_is_due_first(bureau: Bureau):
    """A column counts all and shows the most urgent."""
    for day in (3, 1, 2):
        made = project_of(bureau.officer, name=f"项目{day}")
        timeline.task(made, "task", "催办", owner=bureau.officer, due=TODAY + timedelta(days=day))
        projects.dues.refresh(made)
    first = pipeline.board(projects.visible(bureau.officer))[0]
    assert (first.stage, first.count, [each.name for each in first.cards]) == (
        Stage.LEAD, 3, ["项目1", "项目2", "项目3"],
    )  # fmt: skip


def test_units_see_their_own(bureau: Bureau):
    """Another unit's officer sees nothing; a department sees what it is asked about; a leader sees all."""
    project = project_of(bureau.officer)
    project_of(bureau.other)
    assert projects.visible(bureau.officer).count() == 1
    assert (projects.visible(bureau.department).count(), projects.visible(bureau.leader).count()) == (0, 2)
    admission.call(project, ["生态环境局"], held=date(2026, 1, 1))
    assert list(projects.visible(bureau.department)) == [project]
