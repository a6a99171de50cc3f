"""Projects as they are kept: made, edited, moved from stage to stage by the rules of `liandong.projects`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from liandong.errors import InputError, Text
from liandong.projects import (
    STEPS,
    GateError,
    Lack,
    Milestone,
    Party,
    Project,
    Stage,
    Status,
    Step,
    Type,
    Verdict,
    folded,
    judge,
    shipped_gates,
)
from liandong.workspace import agreements, amounts, audit, changes, dues, parks, policies, timeline
from liandong.workspace.leads import FOLDED
from liandong.workspace.models import (
    Account,
    LeadClock,
    LeadRecord,
    MilestoneRecord,
    OpinionRecord,
    ProjectRecord,
    PromiseRecord,
    StagePassage,
    Task,
)

EDITABLE = (
    "name", "chain", "node", "industries", "products", "origin", "region", "park", "event", "group", "uscc",
    "shared", "officer", "unit",
)  # fmt: skip


class BlockedError(InputError):
    """A gate keeps the project from a stage. lacks: what is missing."""

    def __init__(self, lacks: tuple[Lack, ...]) -> None:
        self.lacks = lacks
        super().__init__(
            Text("".join(each.text.zh for each in lacks), " ".join(each.text.en for each in lacks)),
            field="stage",
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """A project to be made."""

    name: str
    kind: str
    party: str = ""
    unit: str = ""
    officer: Account | None = None
    lead: LeadRecord | None = None
    synthetic: bool = False
    columns: Mapping[str, Any] = field(default_factory=dict)


def visible(person: Account) -> Any:
    """Projects whose content somebody may see: their unit's, their own, those their unit is asked about."""
    records = ProjectRecord.objects.filter(archived=None)
    if policies.Role(person.role) in policies.ACROSS_UNITS:
        return records
    mine = Q(officer=person) | Q(pk__in=Task.objects.filter(owner=person).values("project"))
    if person.unit:
        asked = OpinionRecord.objects.filter(department=person.unit).values("meeting__project")
        mine |= Q(unit=person.unit) | Q(pk__in=asked)
    return records.filter(mine)


def make(person: Account, draft: Draft) -> ProjectRecord:
    """A new project at the stage of a lead, with the milestones of its type.

    Raises InputError for no name or a type that there is not.
    """
    kind = _kind(draft.kind)
    if not draft.name.strip():
        raise InputError(Text("请填写项目名称。", "Name the project."), field="name")
    today, lead, party = timezone.localdate(), draft.lead, draft.party.strip()
    columns = dict(draft.columns)
    if lead is not None:
        party = lead.party
        columns = {
            "chain": lead.chain[:80], "node": lead.node[:80], "origin": lead.origin, "uscc": lead.uscc,
            "group": lead.group, "firm_id": lead.firm_id, "synthetic": lead.synthetic, **columns,
        }  # fmt: skip
    columns.setdefault("synthetic", draft.synthetic)
    parks.refuse_by_name(str(columns.get("park", "")))
    officer = draft.officer or (lead.officer if lead else person)
    with transaction.atomic():
        made = ProjectRecord.objects.create(
            name=draft.name.strip(),
            kind=kind.value,
            party=party,
            folded=folded(party)[:FOLDED],
            unit=draft.unit or (lead.unit if lead else "") or person.unit,
            officer=officer,
            lead=lead,
            since=today,
            moved=today,
            created=today,
            by=audit.actor().name,
            **columns,
        )
        MilestoneRecord.objects.bulk_create(
            MilestoneRecord(project=made, step=step.value) for step in STEPS[kind]
        )
        StagePassage.objects.create(project=made, stage=Stage.LEAD.value, on=today, by=made.by)
        if lead is not None:
            changes.save(lead, lead.version, "leads.project", status=LeadRecord.Status.PROJECT)
            LeadClock.objects.filter(lead=lead, met=None).update(met=timezone.now(), by=made.by)
        timeline.log("made", project=made)
        audit.record("projects.make", made.pk, name=made.name, unit=made.unit)
    return made


def edit(record: ProjectRecord, version: int, **values: Any) -> None:
    """Change what is known of a project. Raises EditConflictError if somebody was quicker."""
    unknown = set(values) - set(EDITABLE)
    if unknown:
        raise InputError(Text("没有这个字段。", "There is no such field."), field=", ".join(sorted(unknown)))
    if not str(values.get("name", record.name)).strip():
        raise InputError(Text("请填写项目名称。", "Name the project."), field="name")
    if values.get("park", record.park) != record.park:
        parks.refuse_by_name(str(values["park"]))
    with transaction.atomic():
        changed = sorted(name for name, value in values.items() if getattr(record, name) != value)
        changes.save(record, version, "projects.change", **values, moved=timezone.localdate())
        timeline.log("changed", project=record, fields=changed)
        if "officer" in changed and record.officer is not None:
            timeline.tell([record.officer], "assigned", record.name, f"project:{record.pk}")


def rules_of(record: ProjectRecord) -> Project:
    """The project as the rules look at it."""
    return Project(
        str(record.pk),
        record.name,
        Type(record.kind),
        Stage(record.stage),
        Status(record.status),
        Party(record.party, record.firm_id or None, record.uscc or None, record.group or None)
        if record.party
        else None,
        tuple(record.products),
        tuple(record.industries),
        record.region or None,
        record.park or None,
        record.unit,
        tuple(record.shared),
        record.event or None,
        {Stage(each.stage): each.on for each in record.passages.all()},
        tuple(
            Milestone(Step(each.step), each.due, each.done, each.voucher) for each in record.milestones.all()
        ),
        tuple(amounts.figure(each) for each in amounts.of(record)),
        tuple(agreements.rule_of(each) for each in promises_of(record)),
        agreements.passed_reviews(record),
    )


def promises_of(record: ProjectRecord) -> list[PromiseRecord]:
    """The promises that stand, those of the government first."""
    return [each for each in record.promises.all() if each.archived is None]


def verdicts_of(record: ProjectRecord) -> tuple[Verdict, ...]:
    """What the rule table says of its promises."""
    return tuple(
        verdict
        for each in promises_of(record)
        for verdict in judge("。".join(part for part in (each.what, each.condition) if part))
    )


def lacking(record: ProjectRecord, stage: Stage | None = None) -> tuple[Lack, ...]:
    """What keeps the project from a stage, the next one if none is named."""
    target = stage or following(record)
    if target is None:
        return ()
    return shipped_gates().lacking(rules_of(record), target, verdicts_of(record))


def following(record: ProjectRecord) -> Stage | None:
    """The stage after the present one; None at the end."""
    place = Stage(record.stage).place + 1
    return tuple(Stage)[place] if place < len(Stage) else None


def advance(
    person: Account, record: ProjectRecord, version: int, stage: str, *, waive: bool = False, reason: str = ""
) -> StagePassage:
    """Move a project to a stage through its gates; backwards with a reason.

    waive: pass without what lacks, which needs the permission and a written reason. Raises BlockedError with
    what lacks, EditConflictError if somebody was quicker.
    """
    target, now = _stage(stage), Stage(record.stage)
    if target is now:
        raise InputError(Text("项目已在这个阶段。", "The project is at that stage."), field="stage")
    if record.status != Status.ACTIVE:
        raise InputError(
            Text("停滞或终止的项目不能推进。", "A stalled or withdrawn project does not move."),
            field="status",
        )
    today = timezone.localdate()
    waived: list[dict[str, str]] = []
    waiver = ""
    if target.place < now.place:
        if not reason.strip():
            raise InputError(Text("退回阶段须写明原因。", "Say why it goes back."), field="reason")
    else:
        if waive and not policies.may(person, "projects.waive"):
            raise InputError(
                Text("您没有越过关口的权限。", "You may not let it pass the gate."), field="waive"
            )
        by = person.username if waive else ""
        try:
            passage = shipped_gates().passing(
                rules_of(record), target, today, verdicts=verdicts_of(record), waiver=by, reason=reason
            )
        except GateError as error:
            raise BlockedError(error.lacks) from error
        waived = [{"kind": e.kind, "key": e.key, "zh": e.text.zh, "en": e.text.en} for e in passage.waived]
        waiver = passage.by
    with transaction.atomic():
        changes.save(record, version, "projects.stage", stage=target.value, since=today, moved=today)
        made = StagePassage.objects.create(
            project=record, stage=target.value, on=today, waived=waived, waiver=waiver,
            reason=reason.strip(), by=audit.actor().name,
        )  # fmt: skip
        timeline.log(
            "stage", project=record, text=reason.strip(), stage=target.value, waived=len(waived), by=waiver
        )
        if record.officer is not None:
            timeline.tell([record.officer], "stage", record.name, f"project:{record.pk}")
    return made


def set_status(record: ProjectRecord, version: int, status: str, reason: str) -> None:
    """Active, stalled or withdrawn, with a reason."""
    if status not in [each.value for each in Status] or not reason.strip():
        raise InputError(Text("请选择状态并写明原因。", "Choose a status and say why."), field="reason")
    with transaction.atomic():
        changes.save(
            record, version, "projects.status",
            status=status, status_reason=reason.strip(), moved=timezone.localdate(),
        )  # fmt: skip
        timeline.log("status", project=record, text=reason.strip(), status=status)


def set_milestone(
    record: ProjectRecord,
    version: int,
    step: str,
    *,
    due: date | None,
    done: date | None,
    voucher: str = "",
) -> None:
    """When a step is due, when it was done and what shows it.

    Raises InputError for a step that the type does not have, one done in the future or without voucher.
    """
    found = MilestoneRecord.objects.filter(project=record, step=step).first()
    if found is None:
        raise InputError(Text("这类项目没有这个节点。", "This type has no such milestone."), field="step")
    if done is not None and done > timezone.localdate():
        raise InputError(Text("完成日期还没有到。", "The day it was done is still to come."), field="done")
    if done is not None and not voucher.strip():
        raise InputError(Text("请填写凭证。", "Name the voucher that shows it."), field="voucher")
    with transaction.atomic():
        changes.save(record, version, "projects.milestone", moved=timezone.localdate())
        before = found.done
        found.due, found.done, found.voucher = due, done, voucher.strip()
        found.save(update_fields=["due", "done", "voucher"])
        audit.record("projects.milestone", f"{record.pk} {step}", due=due, done=done, voucher=voucher.strip())
        if before != done:
            timeline.log("milestone", project=record, text=found.voucher, on=done, step=step, done=str(done))
        dues.refresh(record)


def loaded(records: Any) -> Any:
    """A queryset of projects with all that the rules look at."""
    return records.select_related("officer", "lead").prefetch_related(
        "passages", "milestones", "amounts", "promises", "diligence", "meetings__opinions",
        "meetings__conditions",
    )  # fmt: skip


def _kind(text: str) -> Type:
    try:
        return Type(text)
    except ValueError:
        raise InputError(Text("请选择项目类型。", "Choose the type of project."), field="kind") from None


def _stage(text: str) -> Stage:
    try:
        return Stage(text)
    except ValueError:
        raise InputError(Text("没有这个阶段。", "There is no such stage."), field="stage") from None
