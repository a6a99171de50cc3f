"""Applications for programmes, and what projects qualify for: promised beside granted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from liandong.errors import InputError, Text
from liandong.programmes import Match, Programme, in_effect, match_all, project_subject
from liandong.workspace import amounts, audit, changes, current, programming
from liandong.workspace.models import ProgrammeApplication, ProjectRecord

MEASURED = {"总投资": "investment", "固定资产投资": "fixed_investment", "设备投资": "equipment_investment"}


def load(path: Path) -> tuple[Programme, ...]:
    """Put the programmes of a file in place of the present ones; all or nothing."""
    with transaction.atomic():
        found = programming.keep(path, current.plan())
        audit.record("programmes.load", path.name, programmes=len(found))
    return found


def for_project(programmes: Sequence[Programme], project: ProjectRecord, on: date) -> list[Match]:
    """Every programme for projects against one, by its industry, place and contracted amounts."""
    values: dict[str, Any] = {}
    if project.industries:
        values["industry"] = tuple(project.industries)
    if project.region:
        codes = (project.region[:2] + "0000", project.region[:4] + "00", project.region)
        values["region"] = tuple(dict.fromkeys(codes))
    for each in amounts.of(project):
        name = MEASURED.get(each.measure)
        if name and each.unit == "元" and each.standing != "claimed":
            values[name] = amounts.figure(each)
    return match_all(programmes, project_subject(project.name, values), on)


def pitch(found: Sequence[Match]) -> list[Match]:
    """What may be told to a firm: in effect, reviewed, and met. Nothing else ever is."""
    return [each for each in found if each.counts]


def apply(
    programme: str, project: ProjectRecord, promised: Decimal | None, document: str, on: date
) -> ProgrammeApplication:
    """Keep an application. Raises InputError for a programme that is not in effect, or a second one."""
    known = {each.name: each for each in programming.stored()}
    if programme not in known:
        raise InputError(Text("没有这项政策。", "There is no such programme."), field="programme")
    hindrances = list(in_effect(known[programme], on))
    if hindrances:
        zh, en = "、".join(x.zh for x in hindrances), ", ".join(x.en for x in hindrances)
        raise InputError(
            Text(
                f"这项政策不在实施中({zh}),不能申报或承诺。",
                f"It is not in effect ({en}): nothing can be promised.",
            ),
            field="programme",
        )
    if promised is not None and promised < 0:
        raise InputError(Text("金额不能为负。", "An amount is not negative."), field="promised")
    with transaction.atomic():
        ProjectRecord.objects.select_for_update().get(pk=project.pk)
        if ProgrammeApplication.objects.filter(programme=programme, project=project).exists():
            raise InputError(Text("已登记过申报。", "It was applied for already."), field="project")
        made = ProgrammeApplication.objects.create(
            programme=programme,
            project=project,
            status=ProgrammeApplication.Status.SUBMITTED,
            promised=promised,
            document=document.strip()[:500],
            submitted=on,
            by=audit.actor().name,
        )
        audit.record("programmes.apply", made.pk, programme=programme, project=project.pk)
    return made


def decide(
    application: ProgrammeApplication, granted: Decimal | None, document: str, on: date, *, version: int
) -> None:
    """What was granted, None if it was refused. Raises InputError without a document."""
    if not document.strip():
        raise InputError(Text("请写明依据文件。", "Name the document."), field="document")
    if granted is not None and granted < 0:
        raise InputError(Text("金额不能为负。", "An amount is not negative."), field="granted")
    status = ProgrammeApplication.Status
    changes.save(
        application,
        version,
        "programmes.decide",
        status=status.REFUSED if granted is None else status.GRANTED,
        granted=granted,
        document=document.strip()[:500],
        decided=on,
    )
