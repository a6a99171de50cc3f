"""Placing projects: what may go where, said anew each time, and kept with its conditions.

Every route to a place — a page, the REST interface, a run of the assignment, an import — ends in `place`,
which asks admission itself: what is barred, or has to be asked first, is refused there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet

from liandong.errors import InputError, Text
from liandong.siting import VERDICTS, Admission, Verdict, admit_one
from liandong.workspace import audit, changes, parks
from liandong.workspace import projects as kept
from liandong.workspace.models import (
    Account,
    ControlCheck,
    ParcelRecord,
    ParkRecord,
    ProjectRecord,
    SitingCondition,
    SitingRecord,
)

MAY = (Verdict.ADMITTED, Verdict.CONDITIONAL)
STEPS = {
    "completion": Text("竣工核验", "completion"),
    "capacity": Text("达产复核", "check of capacity"),
}
CONTROLS = {
    "investment_per_mu": (Text("投资强度", "investment per mu"), "万元/亩"),
    "tax_per_mu": (Text("亩均税收", "tax per mu"), "万元/亩·年"),
    "plot_ratio": (Text("容积率", "plot ratio"), ""),
    "energy": (Text("单位能耗", "energy per output"), "吨标准煤/万元"),
    "emission": (Text("单位排放", "emission per output"), "千克/万元"),
}
"""Control values of a standard parcel that are checked, with their units."""


def projects(person: Account) -> QuerySet[ProjectRecord]:
    """The projects whose content a person may see, with where each is."""
    rows: QuerySet[ProjectRecord] = kept.visible(person).exclude(status="withdrawn")
    return rows.select_related("siting_needs").annotate(
        open_conditions=Count(
            "sitings__conditions",
            filter=Q(sitings__released=None, sitings__conditions__closed=None),
        )
    )


def admissions(
    project: ProjectRecord, park: ParkRecord, on: date, *, only: Sequence[int] | None = None
) -> list[tuple[ParcelRecord, Admission]]:
    """The verdict on every parcel of a park as of a day; its own present place counts as free."""
    seen = parks.project_of(project)
    case = parks.case_of([park], [seen], but=[project.pk], only=only)
    records = {each.name: each for each in parks.parcels().filter(park=park)}
    (mine,) = case.projects
    return [(records[parcel.name], admit_one(case, mine, parcel, on)) for parcel in case.parcels]


def place(
    project: ProjectRecord, parcel: ParcelRecord, on: date, *, version: int | None = None
) -> SitingRecord:
    """Put a project on a parcel. Raises InputError where it is barred or somebody has to be asked first.

    version: of the project as it was read; EditConflictError if it has moved on.
    """
    with transaction.atomic():
        host = ParkRecord.objects.select_for_update().get(pk=parcel.park_id)
        current = ProjectRecord.objects.select_for_update().get(pk=project.pk)
        if version is not None and current.version != version:
            raise changes.EditConflictError(current)
        if current.archived is not None or current.status == "withdrawn":
            raise InputError(Text("项目已终止。", "The project is withdrawn."), field=current.name)
        found = admissions(current, host, on, only=[parcel.pk])
        if not found:
            raise InputError(Text("地块已停用。", "The parcel is put away."), field=parcel.name)
        ((_, admission),) = found
        if admission.verdict not in MAY:
            raise InputError(_refusal(admission), field=parcel.name)
        SitingRecord.objects.filter(project=current, released=None).update(released=on, reason="moved")
        made = SitingRecord.objects.create(
            project=current,
            parcel=parcel,
            verdict=admission.verdict.value,
            findings=admission.to_dict()["findings"],
            since=on,
            by=audit.actor().name,
        )
        SitingCondition.objects.bulk_create(
            SitingCondition(
                siting=made,
                text={"zh": each.reason.zh, "en": each.reason.en},
                department=each.department or "",
                rule=each.rule.id if each.rule else "",
            )
            for each in admission.findings
            if each.verdict is Verdict.CONDITIONAL
        )
        ProjectRecord.objects.filter(pk=current.pk).update(park=host.name, moved=on, version=F("version") + 1)
        audit.record("parks.place", current.pk, parcel=parcel.name, verdict=made.verdict)
    return made


def release(siting: SitingRecord, on: date, reason: str, *, version: int) -> None:
    """Take a project off its parcel. Raises InputError without a reason."""
    if not reason.strip():
        raise InputError(Text("请写明原因。", "Give a reason."), field="reason")
    with transaction.atomic():
        changes.save(siting, version, "parks.release", released=on, reason=reason.strip()[:500])
        ProjectRecord.objects.filter(pk=siting.project_id).update(park="", version=F("version") + 1)


def close(condition: SitingCondition, on: date, evidence: str, *, version: int) -> None:
    """A condition is met, and this shows it. Raises InputError without evidence."""
    if not evidence.strip():
        raise InputError(Text("请写明依据。", "Say what shows it."), field="evidence")
    by = audit.actor().name
    changes.save(condition, version, "parks.condition", closed=on, evidence=evidence.strip()[:500], by=by)


def check(
    siting: SitingRecord,
    step: str,
    control: str,
    *,
    planned: Decimal | None,
    actual: Decimal | None,
    on: date,
    voucher: str,
) -> ControlCheck:
    """Keep planned against actual of a control value. Raises InputError without a voucher."""
    if step not in STEPS or control not in CONTROLS:
        raise InputError(Text("没有这一项核验。", "There is no such check."), field="control")
    if not voucher.strip():
        raise InputError(Text("请写明核验依据。", "Name the voucher."), field="voucher")
    with transaction.atomic():
        made = ControlCheck.objects.create(
            siting=siting,
            step=step,
            control=control,
            planned=planned,
            actual=actual,
            unit=CONTROLS[control][1],
            on=on,
            voucher=voucher.strip()[:500],
            by=audit.actor().name,
        )
        audit.record("parks.check", siting.pk, step=step, control=control, actual=actual)
    return made


def agreed(siting: SitingRecord) -> dict[str, Any]:
    """The control values of the parcel that a supervision agreement starts from; None is unknown."""
    cells = parks.cells(siting.parcel)
    names = ("min_investment_per_mu", "min_tax_per_mu", "min_plot_ratio", "max_energy", "max_emission")
    return {control: cells.get(name) for control, name in zip(CONTROLS, names, strict=True)}


def _refusal(admission: Admission) -> Text:
    """Why it may not go there: the verdict, and every reason of that gravity with who decides."""
    grave = [each for each in admission.findings if each.verdict is admission.verdict]
    verdict = VERDICTS[admission.verdict]
    zh = ";".join(f"{each.reason.zh}({each.department or '部门未知'})" for each in grave)
    en = "; ".join(f"{each.reason.en} ({each.department or 'department unknown'})" for each in grave)
    return Text(f"{verdict.zh},不能选址:{zh}", f"{verdict.en}; it cannot be sited: {en}")
