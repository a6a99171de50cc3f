"""First report, first talk: who filed a firm, what another unit learns of it, disputes and their rulings."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from liandong.errors import InputError, Text
from liandong.projects import Filing, Followed, Reference, Terms, followed
from liandong.workspace import audit, changes, policies, timeline
from liandong.workspace.models import (
    Account,
    DisputeRecord,
    FilingContact,
    FilingRecord,
    LeadRecord,
)

TERMS = Terms()


class FollowedError(InputError):
    """Another unit follows the firm: all that is told is which, and since when."""

    def __init__(self, found: Followed) -> None:
        self.found = found
        super().__init__(
            Text(
                f"{found.unit}已于 {found.since} 报备跟进。如有异议,可以申请裁定。",
                f"{found.unit} has followed it since {found.since}. You may ask for a ruling.",
            )
        )


def visible(person: Account) -> Any:
    """The filings whose content somebody may see."""
    records = FilingRecord.objects.all()
    if policies.Role(person.role) in policies.ACROSS_UNITS:
        return records
    return records.filter(unit=person.unit).exclude(unit="")


def reference(record: Any) -> Reference:
    """The firm of a lead, filing or project, for the rules."""
    return Reference(record.party, record.firm_id or None, record.uscc or None, record.group or None)


def known(record: Any, unit: str, on: date | None = None) -> Followed | None:
    """Whether another unit follows the firm of a lead, and since when: nothing else."""
    return followed(reference(record), unit, candidates(record), on or timezone.localdate(), TERMS)


def file(person: Account, lead: LeadRecord, evidence: str, *, dispute: str = "") -> FilingRecord:
    """File a lead's firm for the unit of the lead.

    dispute: the claim by which the unit asks for a ruling although another one follows. Raises FollowedError
    without it, InputError for no unit, no evidence, or a filing that holds already.
    """
    unit, today = lead.unit or person.unit, timezone.localdate()
    if not unit:
        raise InputError(Text("您的账号没有单位,不能报备。", "Your account has no unit."), field="unit")
    if not evidence.strip():
        raise InputError(Text("请填写报备依据。", "Give the evidence."), field="evidence")
    mine = [each for each in candidates(lead) if each.unit == unit and each.protects(today, TERMS)]
    if mine:
        raise InputError(Text("本单位已报备,仍在保护期内。", "Your unit's filing still holds."), field="unit")
    with transaction.atomic():
        other = known(lead, unit, today)
        if other is not None and not dispute.strip():
            raise FollowedError(other)
        made = FilingRecord.objects.create(
            lead=lead,
            unit=unit,
            firm_id=lead.firm_id,
            party=lead.party,
            folded=lead.folded,
            uscc=lead.uscc,
            group=lead.group,
            what=lead.what,
            filed=today,
            evidence=evidence.strip(),
            by=audit.actor().name,
        )
        timeline.log("filed", lead=lead, text=made.evidence)
        audit.record("leads.file", made.pk, unit=unit, party=made.party)
        if other is not None:
            _dispute(made, dispute.strip(), today)
    return made


def contact(filing: FilingRecord, what: str, on: date) -> None:
    """A talk or visit keeps the filing alive. InputError for no words, a future day or a lapsed filing."""
    if not what.strip() or on > timezone.localdate():
        raise InputError(Text("请填写内容和已到的日期。", "Say what, on a day that has come."), field="what")
    if not rule_of(filing).protects(on, TERMS):
        raise InputError(Text("报备在那天已失效。", "The filing had lapsed by that day."), field="on")
    with transaction.atomic():
        FilingContact.objects.create(filing=filing, on=on, what=what.strip(), by=audit.actor().name)
        audit.record("leads.contact", filing.pk, on=on)
        if filing.lead is not None:
            timeline.log("contact", lead=filing.lead, text=what.strip(), on=on)


def release(filing: FilingRecord, version: int) -> None:
    """Give the firm free for other units."""
    changes.save(filing, version, "leads.release", released=timezone.localdate())


def expiry(filing: FilingRecord) -> date:
    """The last day of its protection."""
    return rule_of(filing).expiry(TERMS)


def disputes(person: Account) -> Any:
    """The disputes of one's unit, or all for those who see across units."""
    records = DisputeRecord.objects.select_related("earlier", "later", "ruling")
    if policies.Role(person.role) in policies.ACROSS_UNITS:
        return records
    return records.filter(Q(earlier__unit=person.unit) | Q(later__unit=person.unit))


def rule(dispute: DisputeRecord, version: int, holder: FilingRecord, reason: str) -> None:
    """Decide who follows; the other filing ends. Raises InputError without a reason or for a third filing."""
    if holder.pk not in (dispute.earlier_id, dispute.later_id) or dispute.ruling_id is not None:
        raise InputError(Text("请选择两项报备之一。", "Choose one of the two filings."), field="holder")
    if not reason.strip():
        raise InputError(Text("裁定须写明理由。", "A ruling gives its reason."), field="reason")
    other = dispute.later if holder.pk == dispute.earlier_id else dispute.earlier
    with transaction.atomic():
        changes.save(
            dispute, version, "leads.rule",
            ruling=holder, reason=reason.strip(), ruled=timezone.now(), by=audit.actor().name,
        )  # fmt: skip
        changes.save(other, other.version, "leads.release", released=timezone.localdate())
        names = Account.objects.filter(username__in=[dispute.earlier.by, dispute.later.by])
        timeline.tell(names, "ruled", dispute.earlier.party, f"dispute:{dispute.pk}")


def reply(dispute: DisputeRecord, version: int, text: str) -> None:
    """The first unit's side of it."""
    changes.save(dispute, version, "leads.claim", answer=text.strip())


def candidates(record: Any) -> list[Filing]:
    """Filings that may concern the firm of a record: by id, code, group or name."""
    asked = Q(folded=record.folded)
    for column in ("firm_id", "uscc", "group"):
        if getattr(record, column):
            asked |= Q(**{column: getattr(record, column)})
    return [rule_of(each) for each in FilingRecord.objects.filter(asked).prefetch_related("contacts")]


def rule_of(filing: FilingRecord) -> Filing:
    """The filing as the rules know it."""
    return Filing(
        str(filing.pk),
        filing.unit,
        reference(filing),
        filing.filed,
        filing.evidence,
        tuple(each.on for each in filing.contacts.all()),
        filing.released,
    )


def _dispute(made: FilingRecord, claim: str, today: date) -> None:
    held = [
        int(each.id)
        for each in candidates(made)
        if each.unit != made.unit and each.protects(today, TERMS)
    ]  # fmt: skip
    first = FilingRecord.objects.filter(pk__in=held).order_by("filed", "pk")[0]
    opened = DisputeRecord.objects.create(earlier=first, later=made, claim=claim)
    audit.record("leads.dispute", opened.pk, earlier=first.unit, later=made.unit)
    leaders = Account.objects.filter(archived=None, role=policies.Role.LEADER.value)
    told = {each.pk: each for each in (*leaders, *Account.objects.filter(username=first.by))}
    timeline.tell(told.values(), "dispute", made.party, f"dispute:{opened.pk}")
