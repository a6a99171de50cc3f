"""Parks for programs: parks, parcels, verdicts, and placing under the same rules as the pages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja import File, Router, Schema, UploadedFile
from ninja.errors import HttpError

from liandong.office.jobs.api import JobOut
from liandong.office.shell.rest import Limit, Offset, needs
from liandong.siting import Need, Step
from liandong.workspace import park_imports, parks, placing
from liandong.workspace.models import Job, ParcelRecord, ParkRecord, ProjectRecord

router = Router()


class NeedIn(Schema):
    """What a project needs of a resource; amount null is unknown."""

    resource: str
    unit: str
    amount: Decimal | None = None
    from_year: int | None = None


class NeedsIn(Schema):
    """All that a project needs; chemical, investment and tax (10,000 yuan) null are unknown."""

    needs: list[NeedIn]
    chemical: bool | None = None
    investment: Decimal | None = None
    tax: Decimal | None = None
    source: str = ""


class PlaceIn(Schema):
    """Where a project is to go. version: of the project as read."""

    parcel: int
    version: int


@router.get("/", auth=needs("parks.view"))
def list_parks(request: HttpRequest, limit: Limit = 100, offset: Offset = 0) -> dict[str, Any]:
    """Parks with what they say of themselves; what is absent is unknown."""
    rows = parks.parks()
    items = [
        _place(each) | {"lands": each.lands, "plants": each.plants} for each in rows[offset : offset + limit]
    ]
    return {"count": rows.count(), "items": items}


@router.get("/parcels", auth=needs("parks.view"))
def list_parcels(
    request: HttpRequest,
    park: int | None = None,
    kind: str | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Parcels and plants. kind: land or plant."""
    rows = parks.parcels()
    if park is not None:
        rows = rows.filter(park=park)
    if kind is not None:
        rows = rows.filter(kind=kind)
    items = [
        _place(each) | {"park": each.park.name, "kind": each.kind} for each in rows[offset : offset + limit]
    ]
    return {"count": rows.count(), "items": items}


@router.get("/admissions/{int:project}", auth=needs("parks.view"))
def list_admissions(request: HttpRequest, project: int, park: int) -> dict[str, Any]:
    """The verdict of a project on every parcel of a park, with rule, source and deciding department."""
    found, host = _project(request, project), ParkRecord.objects.filter(pk=park, archived=None).first()
    if host is None:
        raise HttpError(404, "no such park")
    said = placing.admissions(found, host, date.today())
    return {"items": [{"parcel_id": plot.pk, **admission.to_dict()} for plot, admission in said]}


@router.put("/needs/{int:project}", auth=needs("parks.site"))
def set_needs(request: HttpRequest, project: int, sent: NeedsIn) -> dict[str, Any]:
    """Keep what a project needs; steps of one resource are told apart by their year."""
    found, person = _project(request, project), request.user
    steps: dict[tuple[str, str], list[Step]] = {}
    for each in sent.needs:
        steps.setdefault((each.resource, each.unit), []).append(Step(each.amount, each.from_year))
    given = {"chemical": sent.chemical, "investment": sent.investment, "tax": sent.tax}
    wanted = [Need(resource, unit, tuple(values)) for (resource, unit), values in steps.items()]
    known = {name: value for name, value in given.items() if value is not None}
    kept = parks.set_needs(found, known, wanted, by=str(person), source=sent.source)
    return {"facts": kept.facts, "needs": kept.needs}


@router.post("/place/{int:project}", auth=needs("parks.site"))
def place(request: HttpRequest, project: int, sent: PlaceIn) -> dict[str, Any]:
    """Put a project on a parcel: 400 where it is barred or somebody is to be asked first."""
    found = _project(request, project)
    plot = ParcelRecord.objects.filter(pk=sent.parcel, archived=None).first()
    if plot is None:
        raise HttpError(404, "no such parcel")
    made = placing.place(found, plot, date.today(), version=sent.version)
    return {
        "siting": made.pk,
        "verdict": made.verdict,
        "conditions": [{"department": each.department, **each.text} for each in made.conditions.all()],
    }


@router.post("/imports", response={202: JobOut}, auth=needs("parks.import"))
def send_sheet(request: HttpRequest, file: File[UploadedFile]) -> tuple[int, Job]:
    """Send a park sheet; a job looks at it. Confirm that job to import it."""
    return 202, park_imports.send(file.chunks(), file.name or "parks.xlsx")


@router.post("/imports/{int:job}/confirm", response={202: JobOut}, auth=needs("parks.import"))
def confirm_sheet(request: HttpRequest, job: int) -> tuple[int, Job]:
    """Import what was looked at."""
    found = Job.objects.filter(pk=job).first()
    if found is None:
        raise HttpError(404, "no such job")
    return 202, park_imports.confirm(found)


def _project(request: HttpRequest, pk: int) -> ProjectRecord:
    """A project that the caller may see. 404 for any other."""
    person: Any = request.user
    found = placing.projects(person).filter(pk=pk).first()
    if found is None:
        raise HttpError(404, "no such project")
    return found


def _place(each: Any) -> dict[str, Any]:
    return {
        "id": each.pk,
        "name": each.name,
        "facts": each.facts | each.further,
        "longitude": each.longitude,
        "latitude": each.latitude,
        "as_of": each.as_of,
        "source": each.source,
        "version": each.version,
    }
