"""Leads for programs: the desk, filings that tell nothing but that a firm is followed, disputes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.errors import HttpError

from liandong.office.shell.rest import Limit, Offset, needs
from liandong.workspace import filings, leads, projects
from liandong.workspace.models import Account, DisputeRecord, FilingRecord, LeadRecord

router = Router()
SHORT, LONG, MOST = 200, 5000, 2_147_483_647


class LeadIn(Schema):
    """A lead. channel: target, referral (with referrer), outing, reception, event, chamber …"""

    party: str = Field(max_length=SHORT)
    channel: str
    firm_id: str = Field("", max_length=64)
    uscc: str = Field("", max_length=18)
    group: str = Field("", max_length=120)
    referrer: str = Field("", max_length=SHORT)
    chain: str = Field("", max_length=80)
    node: str = Field("", max_length=80)
    what: str = Field("", max_length=LONG)


class DropIn(Schema):
    """Why it is not followed, and what the referrer was told."""

    version: int = Field(ge=0, le=MOST)
    reason: str = Field(max_length=LONG)
    answer: str = Field("", max_length=LONG)


class FilingIn(Schema):
    """Evidence of the filing. claim: to ask for a ruling where another unit follows."""

    evidence: str = Field(max_length=LONG)
    claim: str = Field("", max_length=LONG)


class ProjectIn(Schema):
    """The project that a lead becomes."""

    name: str = Field(max_length=SHORT)
    kind: str
    industries: list[str] = Field(default_factory=list)


class RulingIn(Schema):
    """holder: the filing that holds."""

    version: int = Field(ge=0, le=MOST)
    holder: int = Field(ge=0, le=MOST)
    reason: str = Field(max_length=LONG)


@router.get("/", auth=needs("leads.view"))
def list_leads(
    request: HttpRequest, status: str | None = None, limit: Limit = 50, offset: Offset = 0
) -> dict[str, Any]:
    """Leads that you may see, the latest first."""
    rows = leads.visible(_person(request))
    if status:
        rows = rows.filter(status=status)
    shown = rows.select_related("officer").prefetch_related("clocks")[offset : offset + limit]
    return {"count": rows.count(), "items": [_out(each) for each in shown]}


@router.post("/", auth=needs("leads.change"))
def make(request: HttpRequest, sent: LeadIn) -> dict[str, Any]:
    """A new lead with its clocks."""
    return _out(leads.make(_person(request), leads.Draft(**sent.dict())))


@router.get("/{int:lead}", auth=needs("leads.view"))
def one(request: HttpRequest, lead: int) -> dict[str, Any]:
    """A lead, and whether another unit follows its firm: which, since when, nothing else."""
    found = _of(request, lead)
    other = filings.known(found, found.unit or _person(request).unit)
    return {**_out(found), "followed": {"unit": other.unit, "since": other.since} if other else None}


@router.post("/{int:lead}/clocks/{clock}", auth=needs("leads.change"))
def meet(request: HttpRequest, lead: int, clock: str) -> dict[str, Any]:
    """A clock is met."""
    found = _of(request, lead)
    leads.meet(found, clock)
    return _out(_of(request, lead))


@router.post("/{int:lead}/drop", auth=needs("leads.change"))
def drop(request: HttpRequest, lead: int, sent: DropIn) -> dict[str, Any]:
    """It is not followed."""
    found = _of(request, lead)
    leads.drop(found, sent.version, sent.reason, sent.answer)
    return _out(_of(request, lead))


@router.post("/{int:lead}/filing", auth=needs("leads.change"))
def file(request: HttpRequest, lead: int, sent: FilingIn) -> dict[str, Any]:
    """File the firm; 400 tells which unit follows and since when, if one does."""
    made = filings.file(_person(request), _of(request, lead), sent.evidence, dispute=sent.claim)
    return {"id": made.pk, "unit": made.unit, "filed": made.filed, "until": filings.expiry(made)}


@router.post("/{int:lead}/project", auth=needs("projects.change"))
def to_project(request: HttpRequest, lead: int, sent: ProjectIn) -> dict[str, Any]:
    """It becomes a project."""
    found = _of(request, lead)
    if found.status != LeadRecord.Status.OPEN:
        raise HttpError(400, "the lead is closed")
    columns = {"industries": sent.industries}
    made = projects.make(_person(request), projects.Draft(sent.name, sent.kind, lead=found, columns=columns))
    return {"id": made.pk, "version": made.version}


@router.get("/filings/all", auth=needs("leads.view"))
def list_filings(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> dict[str, Any]:
    """The filings of your unit."""
    rows = filings.visible(_person(request))
    shown = rows.prefetch_related("contacts")[offset : offset + limit]
    return {
        "count": rows.count(),
        "items": [
            {"id": e.pk, "party": e.party, "unit": e.unit, "filed": e.filed, "until": filings.expiry(e)}
            for e in shown
        ],
    }


@router.post("/disputes/{int:dispute}/ruling", auth=needs("leads.rule"))
def rule(request: HttpRequest, dispute: int, sent: RulingIn) -> dict[str, Any]:
    """Decide who follows."""
    found: DisputeRecord | None = filings.disputes(_person(request)).filter(pk=dispute).first()
    holder = FilingRecord.objects.filter(pk=sent.holder).first()
    if found is None or holder is None:
        raise HttpError(404, "there is none that you may see")
    filings.rule(found, sent.version, holder, sent.reason)
    return {"id": found.pk, "ruling": holder.unit}


def _person(request: HttpRequest) -> Account:
    person: Any = request.user
    return person  # type: ignore[no-any-return] # the doors let in accounts only


def _of(request: HttpRequest, pk: int) -> LeadRecord:
    rows = leads.visible(_person(request)).select_related("officer").prefetch_related("clocks")
    found: LeadRecord | None = rows.filter(pk=pk).first() if pk <= MOST else None
    if found is None:
        raise HttpError(404, "there is none that you may see")
    return found


def _out(lead: LeadRecord) -> dict[str, Any]:
    names = (
        "party", "firm_id", "channel", "referrer", "chain", "node", "what", "unit", "status", "reason",
        "answer", "received", "synthetic", "version",
    )  # fmt: skip
    return {
        "id": lead.pk,
        **{name: getattr(lead, name) for name in names},
        "officer": lead.officer.username if lead.officer else None,
        "clocks": [{"name": e.name, "due": e.due, "met": e.met} for e in lead.clocks.all()],
    }
