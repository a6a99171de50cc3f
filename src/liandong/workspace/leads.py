"""The lead desk: leads with their clocks; followed to a project, or not, with a reason and an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from liandong.errors import InputError, Text
from liandong.projects import folded, shipped_clocks
from liandong.workspace import audit, changes, firms, policies, timeline
from liandong.workspace.models import Account, LeadClock, LeadRecord

CHANNELS = {
    "target": Text("靶向名单", "target list"),
    "referral": Text("推荐", "referral"),
    "outing": Text("外出招商", "outing"),
    "reception": Text("来访接待", "reception"),
    "event": Text("活动", "event"),
    "chamber": Text("商会协会", "chamber"),
    "outpost": Text("驻外机构", "outpost"),
    "hometown": Text("乡贤校友", "hometown ties"),
    "online": Text("网络来电", "online or phone"),
}
FOLDED = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """A lead to be made. firm_id: of the registry, or ""; received: None for now."""

    party: str
    channel: str
    firm_id: str = ""
    uscc: str = ""
    group: str = ""
    referrer: str = ""
    chain: str = ""
    node: str = ""
    what: str = ""
    officer: Account | None = None
    received: datetime | None = None
    synthetic: bool = False


def visible(person: Account) -> Any:
    """The leads whose content somebody may see: their unit's and their own."""
    policy = policies.policy("leads")
    if policies.Role(person.role) in policies.ACROSS_UNITS:
        return LeadRecord.objects.all()
    mine = Q(officer=person) | (Q(unit=person.unit) & ~Q(unit=""))
    return LeadRecord.objects.filter(mine) if policy.by_unit else LeadRecord.objects.all()


def make(person: Account, draft: Draft) -> LeadRecord:
    """A new lead with its clocks. Raises InputError for no firm, no channel, a referral without referrer."""
    if not draft.party.strip():
        raise InputError(Text("请填写企业名称。", "Name the firm."), field="party")
    if draft.channel not in CHANNELS:
        raise InputError(Text("请选择来源渠道。", "Choose where it comes from."), field="channel")
    if draft.channel == "referral" and not draft.referrer.strip():
        raise InputError(Text("请填写推荐人。", "Name the referrer."), field="referrer")
    officer = draft.officer or person
    received = draft.received or timezone.now()
    identity = _identity(draft)
    with transaction.atomic():
        made = LeadRecord.objects.create(
            **identity,
            group=draft.group.strip(),
            channel=draft.channel,
            referrer=draft.referrer.strip(),
            chain=draft.chain,
            node=draft.node,
            what=draft.what.strip(),
            unit=officer.unit or person.unit,
            officer=officer,
            received=received,
            synthetic=draft.synthetic,
            by=audit.actor().name,
        )
        LeadClock.objects.bulk_create(
            LeadClock(lead=made, name=each.name, due=each.due(received))
            for each in shipped_clocks()
            if made.referrer or not each.referred
        )
        timeline.log("lead", lead=made, text=made.what, channel=made.channel)
        audit.record("leads.make", made.pk, party=made.party, channel=made.channel, unit=made.unit)
        timeline.tell([officer], "lead", made.party, f"lead:{made.pk}")
    return made


def meet(lead: LeadRecord, name: str, text: str = "") -> None:
    """A clock is met: responded, judged, replied, reported. Raises InputError for one that does not run."""
    clock = LeadClock.objects.filter(lead=lead, name=name, met=None).first()
    if clock is None:
        raise InputError(Text("没有这项待办,或已经办过。", "That is not waiting to be done."), field="clock")
    with transaction.atomic():
        clock.met, clock.by = timezone.now(), audit.actor().name
        clock.save(update_fields=["met", "by"])
        timeline.log("clock", lead=lead, text=text.strip(), clock=name)
        audit.record("leads.clock", lead.pk, clock=name)


def drop(lead: LeadRecord, version: int, reason: str, answer: str) -> None:
    """Not followed: with a reason, and what the referrer was told where there is one.

    Raises InputError where either is missing, EditConflictError if somebody was quicker.
    """
    if lead.status != LeadRecord.Status.OPEN:
        raise InputError(Text("这条线索已经办结。", "This lead is closed."), field="status")
    if not reason.strip():
        raise InputError(Text("不跟进须写明原因。", "Say why it is not followed."), field="reason")
    if lead.referrer and not answer.strip():
        raise InputError(Text("须写明如何答复推荐人。", "Say what the referrer was told."), field="answer")
    with transaction.atomic():
        changes.save(
            lead, version, "leads.drop",
            status=LeadRecord.Status.NOT_FOLLOWED, reason=reason.strip(), answer=answer.strip(),
        )  # fmt: skip
        LeadClock.objects.filter(lead=lead, met=None).update(met=timezone.now(), by=audit.actor().name)
        timeline.log("dropped", lead=lead, text=reason.strip())


def overdue(person: Account) -> Any:
    """Clocks of open leads that have run out, as somebody may see them, the oldest first."""
    late = LeadClock.objects.filter(met=None, due__lt=timezone.now(), lead__status=LeadRecord.Status.OPEN)
    return late.filter(lead__in=visible(person)).select_related("lead", "lead__officer")


def remind() -> int:
    """Tell supervisors of clocks that ran out since they were last told; how many there were."""
    late = LeadClock.objects.filter(
        met=None, due__lt=timezone.now(), by="", lead__status=LeadRecord.Status.OPEN
    )
    found = list(late.select_related("lead"))
    for clock in found:
        people = timeline.supervisors(clock.lead.unit)
        timeline.tell(people, "overdue", f"{clock.lead.party} · {clock.name}", f"lead:{clock.lead_id}")
    LeadClock.objects.filter(pk__in=[each.pk for each in found]).update(by="told")
    return len(found)


def _identity(draft: Draft) -> dict[str, Any]:
    """The firm's columns; what the registry knows of it comes before what was typed."""
    party, uscc, origin = draft.party.strip(), draft.uscc.strip(), ""
    if draft.firm_id:
        known = firms.follow(draft.firm_id)
        party, uscc, origin = known.name, known.uscc or uscc, known.prefecture or ""
    return {
        "firm_id": draft.firm_id,
        "party": party,
        "folded": folded(party)[:FOLDED],
        "uscc": uscc,
        "origin": origin,
    }
