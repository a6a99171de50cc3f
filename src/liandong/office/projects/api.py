"""Projects for programs: the same gates, reviews and promises as on the pages; sums only within one kind."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.errors import HttpError

from liandong.office.projects.schemas import (
    MOST,
    AmountIn,
    ChangeIn,
    CheckIn,
    KeptIn,
    MeetingIn,
    MendIn,
    MilestoneIn,
    NoteIn,
    ProjectIn,
    PromiseIn,
    ReviewIn,
    StageIn,
    StatusIn,
    TaskIn,
    VoteIn,
    WordsIn,
)
from liandong.office.shell.rest import Limit, Offset, needs
from liandong.projects import ITEMS, Phase
from liandong.workspace import (
    admission,
    agreements,
    amounts,
    diligence,
    dues,
    pipeline,
    policies,
    projects,
    timeline,
)
from liandong.workspace.models import (
    Account,
    ConditionRecord,
    DiligenceItem,
    ProjectRecord,
    PromiseRecord,
    ReviewMeeting,
    Task,
)

router = Router()
Key = int


@router.get("/", auth=needs("projects.view"))
def list_projects(
    request: HttpRequest,
    stage: str | None = None,
    status: str | None = None,
    chain: str | None = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Projects that you may see, the last moved first."""
    rows = projects.visible(_person(request))
    for name, value in (("stage", stage), ("status", status), ("chain", chain)):
        if value:
            rows = rows.filter(**{name: value})
    shown = pipeline.with_amounts(rows.order_by("-moved", "-pk"))[offset : offset + limit]
    return {"count": rows.count(), "items": [_brief(each) for each in shown]}


@router.post("/", auth=needs("projects.change"))
def make(request: HttpRequest, sent: ProjectIn) -> dict[str, Any]:
    """A new project at the stage of a lead."""
    columns = sent.dict(include={"chain", "node", "industries", "products"})
    draft = projects.Draft(sent.name, sent.kind, sent.party, columns=columns)
    return _brief(projects.make(_person(request), draft))


@router.get("/totals", auth=needs("projects.view"))
def totals(request: HttpRequest) -> list[dict[str, Any]]:
    """A sum for each measure, standing, unit, currency and period; never across them."""
    found = amounts.totals(projects.visible(_person(request)))
    return [{"amounts": number, "figure": figure.to_dict()} for _, figure, number in found]


@router.get("/funnel", auth=needs("projects.view"))
def funnel(request: HttpRequest) -> list[dict[str, Any]]:
    """By the year in which projects began: how many came at least so far."""
    rows = pipeline.funnel(projects.visible(_person(request)))
    return [{"year": r.year, "reached": r.reached, "withdrawn": r.withdrawn} for r in rows]


@router.get("/attention", auth=needs("projects.view"))
def attention(request: HttpRequest) -> dict[str, int]:
    """How much is overdue, without news, stalled."""
    return pipeline.attention(projects.visible(_person(request)))


@router.get("/{int:project}", auth=needs("projects.view"))
def one(request: HttpRequest, project: Key) -> dict[str, Any]:
    """A project with its milestones, amounts, promises, reviews, and what lacks before the next stage."""
    record = _of(request, project)
    following = projects.following(record)
    return {
        **_brief(record),
        "milestones": [
            {"step": e.step, "due": e.due, "done": e.done, "voucher": e.voucher}
            for e in record.milestones.all()
        ],
        "amounts": [amounts.figure(each).to_dict() for each in amounts.of(record)],
        "promises": [_promise(each) for each in projects.promises_of(record)],
        "reviews": sorted(agreements.passed_reviews(record)),
        "next": following,
        "lacking": [
            {"kind": e.kind, "key": e.key, "zh": e.text.zh, "en": e.text.en} for e in projects.lacking(record)
        ],
    }


@router.patch("/{int:project}", auth=needs("projects.change"))
def change(request: HttpRequest, project: Key, sent: ChangeIn) -> dict[str, Any]:
    """Edit; 409 if somebody was quicker."""
    record = _of(request, project)
    values = {name: value for name, value in sent.dict(exclude={"version"}).items() if value is not None}
    projects.edit(record, sent.version, **values)
    return _brief(record)


@router.post("/{int:project}/stage", auth=needs("projects.change"))
def move(request: HttpRequest, project: Key, sent: StageIn) -> dict[str, Any]:
    """Through the gates: 400 with what lacks."""
    record = _of(request, project)
    projects.advance(_person(request), record, sent.version, sent.stage, waive=sent.waive, reason=sent.reason)
    return _brief(record)


@router.post("/{int:project}/status", auth=needs("projects.change"))
def set_status(request: HttpRequest, project: Key, sent: StatusIn) -> dict[str, Any]:
    """Active, stalled, withdrawn."""
    record = _of(request, project)
    projects.set_status(record, sent.version, sent.status, sent.reason)
    return _brief(record)


@router.post("/{int:project}/milestones/{step}", auth=needs("projects.change"))
def milestone(request: HttpRequest, project: Key, step: str, sent: MilestoneIn) -> dict[str, Any]:
    """A step due or done."""
    record = _of(request, project)
    projects.set_milestone(record, sent.version, step, due=sent.due, done=sent.done, voucher=sent.voucher)
    return _brief(record)


@router.post("/{int:project}/amounts", auth=needs("projects.change"))
def amount(request: HttpRequest, project: Key, sent: AmountIn) -> dict[str, Any]:
    """Another amount; one of the same kind is replaced and kept in the history."""
    return amounts.figure(amounts.add(_of(request, project), amounts.Entry(**sent.dict()))).to_dict()


@router.get("/{int:project}/timeline", auth=needs("projects.view"))
def entries(request: HttpRequest, project: Key, limit: Limit = 50, offset: Offset = 0) -> dict[str, Any]:
    """What happened, the latest first."""
    rows = _of(request, project).activities.all()
    names = ("kind", "text", "data", "on", "at", "by")
    return {"count": rows.count(), "items": list(rows.values(*names)[offset : offset + limit])}


@router.post("/{int:project}/notes", auth=needs("projects.note"))
def note(request: HttpRequest, project: Key, sent: NoteIn) -> dict[str, Any]:
    """A quick note."""
    made = timeline.note(sent.kind, sent.text, project=_of(request, project), on=sent.on)
    return {"id": made.pk, "on": made.on}


@router.post("/{int:project}/tasks", auth=needs("projects.note"))
def task(request: HttpRequest, project: Key, sent: TaskIn) -> dict[str, Any]:
    """Something to do. Only leaders instruct."""
    record = _of(request, project)
    if sent.kind == Task.Kind.INSTRUCTION and not policies.may(_person(request), "projects.instruct"):
        raise HttpError(403, "only leaders instruct")
    owner = Account.objects.filter(username=sent.owner, archived=None).first() if sent.owner else None
    made = timeline.task(record, sent.kind, sent.text, owner=owner, office=sent.office, due=sent.due)
    dues.refresh(record)
    return {"id": made.pk, "version": made.version}


@router.post("/tasks/{int:task}/answer", auth=needs("projects.note"))
def answer(request: HttpRequest, task: Key, sent: WordsIn) -> dict[str, Any]:
    """What was done."""
    found = Task.objects.select_related("project").filter(pk=task).first() or _none()
    record = _of(request, found.project_id)
    timeline.answer(found, sent.version, sent.text)
    dues.refresh(record)
    return {"id": found.pk, "done": found.done}


@router.get("/{int:project}/diligence", auth=needs("projects.view"))
def checklist(request: HttpRequest, project: Key) -> dict[str, Any]:
    """Both phases; what nobody looked at has no result."""
    record = _of(request, project)
    return {
        phase.value: [
            {
                "item": e.item,
                "result": e.result,
                "evidence": e.evidence,
                "decision": e.decision,
                "version": e.version,
            }
            for e in diligence.checklist(record, phase)
        ]
        for phase in Phase
    }


@router.post("/{int:project}/diligence/{phase}/{item}", auth=needs("projects.change"))
def check(request: HttpRequest, project: Key, phase: str, item: str, sent: CheckIn) -> dict[str, Any]:
    """What was found of an item."""
    found = diligence.check(
        _of(request, project), phase, item, sent.version, result=sent.result, evidence=sent.evidence,
        checked=sent.checked,
    )  # fmt: skip
    return {"item": found.item, "result": found.result, "version": found.version}


@router.post("/{int:project}/diligence/{phase}/{item}/decision", auth=needs("projects.waive"))
def decide(request: HttpRequest, project: Key, phase: str, item: str, sent: WordsIn) -> dict[str, Any]:
    """The written decision on a red flag."""
    lines = DiligenceItem.objects.filter(project=_of(request, project), phase=phase, item=item)
    found = lines.first() if item in ITEMS else None
    found = found or _none()
    diligence.decide(found, sent.version, sent.text)
    return {"item": found.item, "decided": found.decided, "version": found.version}


@router.post("/{int:project}/meetings", auth=needs("projects.change"))
def call(request: HttpRequest, project: Key, sent: MeetingIn) -> dict[str, Any]:
    """Call an admission review."""
    made = admission.call(
        _of(request, project), sent.departments, held=sent.held, deadline=sent.deadline,
        materials=sent.materials,
    )  # fmt: skip
    return {"id": made.pk, "version": made.version, "deadline": made.deadline}


@router.post("/meetings/{int:meeting}/votes", auth=needs("projects.review"))
def vote(request: HttpRequest, meeting: Key, sent: VoteIn) -> dict[str, Any]:
    """A department's opinion; the introducing unit has none."""
    found = _meeting(request, meeting)
    made = admission.vote(
        _person(request), found, sent.department, score=sent.score, veto=sent.veto,
        condition=sent.condition, text=sent.text,
    )  # fmt: skip
    return {"department": made.department, "given": made.given}


@router.post("/meetings/{int:meeting}/conclusion", auth=needs("projects.change"))
def conclude(request: HttpRequest, meeting: Key, version: int = 1) -> dict[str, Any]:
    """As the votes give it."""
    found = _meeting(request, meeting)
    result = admission.conclude(found, version)
    rows = found.conditions.values("id", "text", "department")
    return {"conclusion": result.value, "conditions": list(rows)}


@router.post("/conditions/{int:condition}/closure", auth=needs("projects.change"))
def close(request: HttpRequest, condition: Key, sent: WordsIn) -> dict[str, Any]:
    """A condition is met."""
    found = ConditionRecord.objects.select_related("meeting").filter(pk=condition).first() or _none()
    _of(request, found.meeting.project_id)
    admission.close(found, sent.text)
    return {"id": found.pk, "closed": found.closed}


@router.post("/{int:project}/promises", auth=needs("projects.change"))
def promise(request: HttpRequest, project: Key, sent: PromiseIn) -> dict[str, Any]:
    """Another promise, with what the rule table says of it."""
    return _promise(agreements.add(_of(request, project), sent.draft()))


@router.put("/promises/{int:promise}", auth=needs("projects.change"))
def mend(request: HttpRequest, promise: Key, sent: MendIn) -> dict[str, Any]:
    """Other words; its review begins anew."""
    found = _promised(request, promise)
    agreements.mend(found, sent.version, sent.draft())
    return _promise(found)


@router.post("/promises/{int:promise}/review", auth=needs("projects.review"))
def review(request: HttpRequest, promise: Key, sent: ReviewIn) -> dict[str, Any]:
    """The fair-competition review of one promise."""
    found = _promised(request, promise)
    agreements.review(found, sent.version, sent.verdict, sent.note, sent.legal_basis)
    return _promise(found)


@router.post("/promises/{int:promise}/outcome", auth=needs("projects.change"))
def keep(request: HttpRequest, promise: Key, sent: KeptIn) -> dict[str, Any]:
    """What came of it."""
    found = _promised(request, promise)
    agreements.keep(
        found, sent.version, done=sent.done, evidence=sent.evidence, condition_met=sent.condition_met,
        outcome=sent.outcome, standing=sent.standing, source=sent.source,
    )  # fmt: skip
    return _promise(found)


@router.post("/promises/{int:promise}/suspension", auth=needs("projects.change"))
def suspend(request: HttpRequest, promise: Key, sent: WordsIn) -> dict[str, Any]:
    """Suspended with a reason; "" resumes."""
    found = _promised(request, promise)
    agreements.suspend(found, sent.version, sent.text)
    return _promise(found)


def _person(request: HttpRequest) -> Account:
    person: Any = request.user
    return person  # type: ignore[no-any-return] # the doors let in accounts only


def _none() -> Any:
    raise HttpError(404, "there is none that you may see")


def _of(request: HttpRequest, pk: int) -> ProjectRecord:
    rows = projects.loaded(projects.visible(_person(request)))
    found: ProjectRecord | None = rows.filter(pk=pk).first() if pk <= MOST else None
    return found or _none()


def _meeting(request: HttpRequest, pk: int) -> ReviewMeeting:
    found = ReviewMeeting.objects.filter(pk=pk).first() or _none()
    _of(request, found.project_id)
    return found


def _promised(request: HttpRequest, pk: int) -> PromiseRecord:
    found = PromiseRecord.objects.select_related("project").filter(pk=pk, archived=None).first() or _none()
    _of(request, found.project_id)
    return found


def _brief(record: ProjectRecord) -> dict[str, Any]:
    foremost = amounts.foremost(list(record.amounts.all()))
    names = (
        "name", "kind", "stage", "status", "party", "firm_id", "chain", "node", "industries", "products",
        "origin", "region", "park", "event", "unit", "since", "moved", "next_due", "signed", "synthetic",
        "version",
    )  # fmt: skip
    return {
        "id": record.pk,
        **{name: getattr(record, name) for name in names},
        "officer": record.officer.username if record.officer else None,
        "amount": amounts.figure(foremost).to_dict() if foremost else None,
    }


def _promise(record: PromiseRecord) -> dict[str, Any]:
    names = (
        "side", "kind", "what", "document", "office", "condition", "condition_met", "due", "done", "evidence",
        "suspended", "legal_basis", "review", "reviewer", "reviewed", "version",
    )  # fmt: skip
    promised, outcome = agreements.promised(record), agreements.outcome_of(record)
    return {
        "id": record.pk,
        **{name: getattr(record, name) for name in names},
        "promised": promised.to_dict() if promised else None,
        "outcome": outcome.to_dict() if outcome else None,
        "verdicts": [
            {"rule": e.rule, "outcome": e.outcome, "zh": e.text.zh, "en": e.text.en, "basis": e.basis}
            for e in agreements.verdicts(record)
        ],
    }
