"""Promises of both sides as records: judged by the rule table, reviewed, mended, kept, with their outcome."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from liandong.errors import InputError, Text
from liandong.figures import Basis, Figure, RecordRef, Standing
from liandong.projects import (
    Conclusion,
    Phase,
    Promise,
    Side,
    Verdict,
    judge,
    settled,
)
from liandong.workspace import admission, amounts, audit, changes, diligence, dues, timeline
from liandong.workspace.models import ProjectRecord, PromiseRecord

KINDS = {
    "invest": Text("投资强度与进度", "investment and its pace"),
    "output": Text("产值", "output"),
    "tax": Text("税收", "tax"),
    "jobs": Text("用工", "jobs"),
    "energy": Text("能耗", "energy"),
    "grant": Text("奖补资金", "grants"),
    "land": Text("用地", "land"),
    "plant": Text("厂房", "plant"),
    "factor": Text("要素保障", "power, water, gas"),
    "service": Text("服务", "services"),
    "other": Text("其他", "other"),
}
NEEDS_BASIS = ("grant", "land", "plant", "factor")
"""What costs public money or assets is promised on a basis in law."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A promise as it is written. measure, value, unit, in_year: what is promised as a figure, if it is."""

    side: str
    kind: str
    what: str
    document: str = ""
    office: str = ""
    condition: str = ""
    due: date | None = None
    legal_basis: str = ""
    measure: str = ""
    value: str = ""
    unit: str = ""
    in_year: str = ""


def verdicts(record: PromiseRecord) -> tuple[Verdict, ...]:
    """What the rule table says of its words."""
    return judge("。".join(part for part in (record.what, record.condition) if part))


def add(project: ProjectRecord, draft: Draft) -> PromiseRecord:
    """A promise of the draft agreement. Raises InputError for a side, kind or words that there are not."""
    values = _read(draft)
    with transaction.atomic():
        made = PromiseRecord.objects.create(project=project, by=audit.actor().name, **values)
        audit.record("projects.promise", f"project:{project.pk}", promise=made.pk, after=values)
        timeline.log("promise", project=project, text=made.what)
        dues.refresh(project)
    return made


def mend(record: PromiseRecord, version: int, draft: Draft) -> None:
    """Other words: what was reviewed is open again. Raises EditConflictError if somebody was quicker."""
    values = _read(draft) | {"review": "", "reviewer": "", "reviewed": None}
    with transaction.atomic():
        changes.save(record, version, "projects.promise_mend", **values)
        timeline.log("mended", project=record.project, text=record.what)
        dues.refresh(record.project)


def take_out(record: PromiseRecord, version: int, reason: str) -> None:
    """Not promised after all, with the reason; it stays readable."""
    if not reason.strip():
        raise InputError(Text("请写明原因。", "Give the reason."), field="reason")
    with transaction.atomic():
        changes.save(
            record, version, "projects.promise_out", archived=timezone.now(), review_note=reason.strip()
        )
        timeline.log("taken_out", project=record.project, text=reason.strip())
        dues.refresh(record.project)


def review(record: PromiseRecord, version: int, verdict: str, note: str, legal_basis: str = "") -> None:
    """The fair-competition review of one promise: passed or refused, by whom and when.

    Raises InputError where the rule table refuses the words, where a doubt or public money has no basis in
    law, or where a refusal gives no reason.
    """
    if verdict not in ("passed", "refused"):
        raise InputError(Text("请选择审查结论。", "Choose a verdict."), field="verdict")
    basis = legal_basis.strip() or record.legal_basis
    found = verdicts(record)
    if verdict == "passed":
        refused = [each for each in found if each.refused]
        if refused:
            raise InputError(
                Text(
                    f"该条款不能通过:{refused[0].text.zh}({refused[0].basis})请修改条款。",
                    f"This clause cannot pass: {refused[0].text.en} Mend it.",
                ),
                field="verdict",
            )
        needs = bool(found) or (record.side == Side.GOVERNMENT and record.kind in NEEDS_BASIS)
        if needs and not basis:
            raise InputError(Text("请填写法律政策依据。", "Give the basis in law."), field="legal_basis")
    elif not note.strip():
        raise InputError(Text("不通过须写明理由。", "A refusal gives its reason."), field="note")
    with transaction.atomic():
        changes.save(
            record, version, "projects.promise_review",
            review=verdict, reviewer=audit.actor().name, reviewed=timezone.localdate(),
            review_note=note.strip(), legal_basis=basis,
        )  # fmt: skip
        timeline.log("reviewed", project=record.project, text=note.strip(), verdict=verdict, of=record.what)


def keep(
    record: PromiseRecord,
    version: int,
    *,
    done: date | None,
    evidence: str,
    condition_met: date | None = None,
    outcome: str = "",
    standing: str = "",
    source: str = "",
) -> None:
    """What came of it: its condition met, fulfilled with evidence, the outcome as a figure with its source.

    Raises InputError for fulfilment without evidence, a day to come, an outcome without source or standing.
    """
    today = timezone.localdate()
    if any(day is not None and day > today for day in (done, condition_met)):
        raise InputError(Text("日期还没有到。", "That day is still to come."), field="done")
    if done is not None and not evidence.strip():
        raise InputError(Text("兑现须有凭证。", "What is kept is shown by evidence."), field="evidence")
    value = None
    if outcome.strip():
        if not record.measure or not source.strip():
            raise InputError(Text("请填写结果的出处。", "Give the source of the outcome."), field="source")
        if standing not in (Standing.REPORTED, Standing.VERIFIED):
            raise InputError(
                Text("请选择上报或核实。", "Say whether reported or verified."), field="standing"
            )
        value = amounts.number(outcome, _factor(record))
    with transaction.atomic():
        changes.save(
            record, version, "projects.promise_kept",
            done=done, evidence=evidence.strip(), condition_met=condition_met, outcome=value,
            outcome_standing=standing if value is not None else "", outcome_source=source.strip(),
        )  # fmt: skip
        timeline.log("kept", project=record.project, text=record.what, done=str(done or ""))
        dues.refresh(record.project)


def suspend(record: PromiseRecord, version: int, reason: str) -> None:
    """Suspended with a reason; "" takes the suspension back."""
    with transaction.atomic():
        changes.save(record, version, "projects.promise_suspend", suspended=reason.strip())
        timeline.log("suspended", project=record.project, text=reason.strip() or record.what)


def rule_of(record: PromiseRecord) -> Promise:
    """The promise as the rules know it."""
    return Promise(
        str(record.pk),
        Side(record.side),
        record.what,
        record.document,
        record.office,
        record.condition,
        record.condition_met,
        record.due,
        record.done,
        (record.evidence,) if record.evidence else (),
        promised(record),
        outcome_of(record),
        record.suspended,
    )


def promised(record: PromiseRecord) -> Figure | None:
    """What is promised as a figure; None where it is words alone."""
    if not record.measure:
        return None
    return _figure(record, record.value, Standing.CONTRACTED, record.document or f"promise:{record.pk}")


def outcome_of(record: PromiseRecord) -> Figure | None:
    """What came of it as a figure; None while nobody has said."""
    if record.outcome is None:
        return None
    return _figure(record, record.outcome, Standing(record.outcome_standing), record.outcome_source)


def fair_competition(promises: list[PromiseRecord]) -> bool:
    """Whether the review is done: there are promises of the government, and each that stands has passed."""
    ours = [each for each in promises if each.archived is None and each.side == Side.GOVERNMENT]
    return bool(ours) and all(each.review == "passed" for each in ours)


def passed_reviews(record: ProjectRecord) -> frozenset[str]:
    """The reviews of a project that were passed, by the names of the gates."""
    found = set()
    if diligence.passed(record, Phase.TALKS):
        found.add("diligence")
    if diligence.passed(record, Phase.SIGNING):
        found.add("diligence_signing")
    meeting = admission.latest(record)
    if meeting is not None and meeting.conclusion:
        conditions = [admission.condition_of(each) for each in meeting.conditions.all()]
        if settled(Conclusion(meeting.conclusion), conditions):
            found.add("admission")
    if fair_competition(list(record.promises.all())):
        found.add("fair_competition")
    return frozenset(found)


def _read(draft: Draft) -> dict[str, Any]:
    if draft.side not in [each.value for each in Side]:
        raise InputError(Text("请选择由谁承诺。", "Choose who promises."), field="side")
    if draft.kind not in KINDS or not draft.what.strip():
        raise InputError(Text("请选择类别并写明条款。", "Choose a kind and write the clause."), field="what")
    values: dict[str, Any] = {
        "side": draft.side, "kind": draft.kind, "what": draft.what.strip(),
        "document": draft.document.strip(), "office": draft.office.strip()[:80],
        "condition": draft.condition.strip(), "due": draft.due, "legal_basis": draft.legal_basis.strip(),
        "measure": "", "value": None, "unit": "", "currency": "", "in_year": "",
    }  # fmt: skip
    if draft.measure:
        entry = amounts.Entry(
            draft.measure, Standing.CONTRACTED.value, draft.value, draft.unit,
            "in_year" if draft.in_year.strip() else "", draft.in_year,
        )  # fmt: skip
        read = amounts.read(entry)
        values |= {name: read[name] for name in ("measure", "value", "unit", "currency", "in_year")}
    return values


def _figure(record: PromiseRecord, value: Decimal | None, standing: Standing, source: str) -> Figure:
    return Figure(
        amounts.plain(value),
        record.unit,
        record.measure,
        standing,
        Basis(in_year=record.in_year or None),
        record.currency or None,
        evidence=(RecordRef(source, 1),),
    )


def _factor(record: PromiseRecord) -> Decimal:
    """Outcomes in money are told in ten thousands (万元), as reports do."""
    return Decimal(10) ** 4 if record.currency else Decimal(1)
