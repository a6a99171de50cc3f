"""A few projects, made up, for the example workspace: each says that it is synthetic wherever it is shown."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from liandong.errors import InputError, Text
from liandong.projects import ITEMS, Phase, Step
from liandong.workspace import (
    admission,
    agreements,
    amounts,
    diligence,
    dues,
    filings,
    leads,
    projects,
    timeline,
    trips,
)
from liandong.workspace.models import Account, LeadRecord, ProjectRecord, TripRecord

UNIT = "示例招商局(合成)"
"""Of an account that has no unit of its own."""
GROUP = "示例电气集团(合成)"
_EVIDENCE = "示例:公示系统查询"


def furnish(person: Account, *, chain: str = "电力装备", node: str = "变压器") -> list[ProjectRecord]:
    """Two leads and four projects from lead to production, made by this person; the gates hold.

    Raises InputError if there are examples already.
    """
    if ProjectRecord.objects.filter(group=GROUP).exists():
        raise InputError(Text("示例项目已经有了。", "The examples are there already."))
    with transaction.atomic():
        for party in ("示例变压器有限公司(合成)", "示例开关有限公司(合成)"):
            filings.file(person, _lead(person, party, chain, node), "示例:会谈纪要")
        early = _project(person, "示例:智能开关项目(合成)", "示例开关科技有限公司(合成)", chain, node)
        timeline.note("visit", "示例:走访企业,计划扩产。", project=early)
        _task(early, person)
        waiting = _project(person, "示例:变压器扩产项目(合成)", "示例变压器科技有限公司(合成)", chain, node)
        _checked(waiting)
        _amount(waiting, "总投资", "claimed", "1.2", "亿元")
        _move(person, waiting, "assessed", "negotiating")
        _reviewed(waiting)
        done = _project(person, "示例:储能变流器项目(合成)", "示例储能有限公司(合成)", chain, node)
        _through(person, done)
        twin = _project(person, "示例:储能变流器二期(合成)", "示例储能有限公司(合成)", chain, node)
        for record in (done, twin):
            _step(record, Step.FRAMEWORK, "示例:框架协议")
        trips.make(
            person,
            trips.Plan("outing", "示例:赴长三角招商(合成)", "苏州", since=timezone.localdate()),
        )
        TripRecord.objects.filter(title__startswith="示例:").update(synthetic=True)
    return list(ProjectRecord.objects.filter(group=GROUP))


def _lead(person: Account, party: str, chain: str, node: str) -> LeadRecord:
    draft = leads.Draft(
        party, "referral", referrer="示例商会(合成)", chain=chain, node=node, what="示例:拟建新线。",
        synthetic=True,
    )  # fmt: skip
    made = leads.make(person, draft)
    if not made.unit:
        LeadRecord.objects.filter(pk=made.pk).update(unit=UNIT)
        made.refresh_from_db()
    return made


def _project(person: Account, name: str, party: str, chain: str, node: str) -> ProjectRecord:
    columns = {
        "chain": chain, "node": node, "industries": ["3821"], "products": ["储能变流器"], "group": GROUP,
        "region": "411000", "park": "示例园区(合成)", "origin": "320500",
    }  # fmt: skip
    draft = projects.Draft(
        name, "rented_plant", party, unit=person.unit or UNIT, synthetic=True, columns=columns
    )
    return projects.make(person, draft)


def _task(record: ProjectRecord, person: Account) -> None:
    due = timezone.localdate() + timedelta(days=7)
    for kind, text in (("task", "示例:寄送政策汇编"), ("problem", "示例:缺少用电报装资料")):
        timeline.task(record, kind, text, owner=person, due=due)
    dues.refresh(record)


def _checked(record: ProjectRecord) -> None:
    for phase in Phase:
        for item in ITEMS:
            result = "unknown" if item == "elsewhere" else "clear"
            diligence.check(record, phase.value, item, 0, result=result, evidence=_EVIDENCE)


def _reviewed(record: ProjectRecord) -> None:
    admission.call(record, ["生态环境局", "发展改革委"], held=timezone.localdate(), materials="示例材料")


def _amount(
    record: ProjectRecord, measure: str, standing: str, value: str, unit: str, year: str = ""
) -> None:
    entry = amounts.Entry(
        measure, standing, value, unit, "in_year" if year else "", year, source="示例:企业自报",
        voucher="示例:银行回单" if standing == "verified" else "",
    )  # fmt: skip
    amounts.add(record, entry)


def _step(record: ProjectRecord, step: Step, voucher: str) -> None:
    record.refresh_from_db()
    day = timezone.localdate()
    projects.set_milestone(record, record.version, step.value, due=day, done=day, voucher=voucher)


def _through(person: Account, record: ProjectRecord) -> None:
    """To production, with promises of both sides and one outcome; the gates are kept."""
    year = str(timezone.localdate().year)
    _checked(record)
    _amount(record, "总投资", "contracted", "3", "亿元")
    _amount(record, "省外到位资金", "verified", "4500", "万元", year)
    service = agreements.Draft("government", "service", "示例:提供开办代办服务", "示例合同第五条", "示例局")
    agreements.review(agreements.add(record, service), 1, "passed", "")
    jobs = agreements.Draft(
        "firm", "jobs", "示例:投产首年用工300人", "示例合同第三条", measure="jobs", value="300", unit="人",
        in_year=year,
    )  # fmt: skip
    promise = agreements.add(record, jobs)
    _move(person, record, "assessed", "negotiating")
    meeting = admission.call(record, ["生态环境局(示例)"], held=timezone.localdate())
    opinion = meeting.opinions.get()
    opinion.score, opinion.given, opinion.by = 85, timezone.localdate(), "example"
    opinion.save()
    admission.conclude(meeting, 1)
    for step in record.milestones.values_list("step", flat=True):
        _step(record, Step(step), "示例凭证")
    _move(person, record, "reviewed", "signed", "landed", "started", "producing")
    agreements.keep(
        promise, 1, done=None, evidence="", outcome="212", standing="reported", source="示例:社保清册"
    )


def _move(person: Account, record: ProjectRecord, *stages: str) -> None:
    for stage in stages:
        fresh = projects.loaded(ProjectRecord.objects).get(pk=record.pk)
        projects.advance(person, fresh, fresh.version, stage)
    record.refresh_from_db()
