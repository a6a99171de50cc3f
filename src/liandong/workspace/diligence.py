"""Due diligence as it is kept: a checklist a phase, findings with evidence, decisions on red flags."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from liandong.errors import InputError, Text
from liandong.projects import ITEMS, Finding, Phase, enough
from liandong.workspace import audit, changes, timeline
from liandong.workspace.changes import EditConflictError
from liandong.workspace.models import DiligenceItem, ProjectRecord


def checklist(project: ProjectRecord, phase: Phase) -> list[DiligenceItem]:
    """The lines of a phase in their order; those that nobody has touched are made up, not kept."""
    known = {each.item: each for each in project.diligence.all() if each.phase == phase}
    return [
        known.get(item) or DiligenceItem(project=project, phase=phase.value, item=item, version=0)
        for item in ITEMS
    ]


def check(
    project: ProjectRecord,
    phase: str,
    item: str,
    version: int,
    *,
    result: str,
    evidence: str,
    checked: date | None = None,
) -> DiligenceItem:
    """What was found of an item. version: as read, 0 where nothing was.

    Raises InputError for a result without evidence (for `unknown`: where one has looked), EditConflictError
    if somebody was quicker.
    """
    if phase not in [each.value for each in Phase] or item not in ITEMS:
        raise InputError(Text("没有这一项。", "There is no such item."), field="item")
    if result not in DiligenceItem.Result.values or not evidence.strip():
        raise InputError(Text("请选择结果并写明依据。", "Choose a result and give its evidence."), field=item)
    day = checked or timezone.localdate()
    if day > timezone.localdate():
        raise InputError(Text("日期还没有到。", "That day is still to come."), field="checked")
    values = {"result": result, "evidence": evidence.strip(), "checked": day, "by": audit.actor().name}
    line = {"project": project, "phase": phase, "item": item}
    with transaction.atomic():
        found = DiligenceItem.objects.filter(**line).first()
        if found is not None:
            changes.save(found, version, "projects.diligence", **values, decision="", decided=None)
        else:
            try:
                with transaction.atomic():
                    found = DiligenceItem.objects.create(**line, **values)
            except IntegrityError:
                raise EditConflictError(DiligenceItem.objects.get(**line)) from None
            audit.record("projects.diligence", f"project:{project.pk}", item=item, phase=phase, result=result)
        timeline.log("diligence", project=project, text=evidence.strip(), item=item, result=result)
    return found


def decide(found: DiligenceItem, version: int, decision: str) -> None:
    """A red flag is decided in writing. Raises InputError without words or where there is no flag."""
    if found.result != DiligenceItem.Result.FLAG or not decision.strip():
        raise InputError(Text("请写明对红旗的决定。", "Write the decision on the flag."), field="decision")
    with transaction.atomic():
        changes.save(
            found, version, "projects.diligence_decision",
            decision=decision.strip(), decided=timezone.localdate(),
        )  # fmt: skip
        timeline.log("decided", project=found.project, text=decision.strip(), item=found.item)


def passed(project: ProjectRecord, phase: Phase) -> bool:
    """Whether the phase is enough for what follows."""
    lines = [each for each in project.diligence.all() if each.phase == phase]
    findings = [Finding(each.item, each.result, each.evidence, each.checked, each.decision) for each in lines]
    return enough(findings)
