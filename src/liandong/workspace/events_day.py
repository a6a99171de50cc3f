"""The day of an event and after: who is here, who stands in, who signs what in which order, what follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, Max, Q
from django.utils import timezone

from liandong.errors import InputError, Text
from liandong.projects import Stage
from liandong.workspace import audit, changes, projects
from liandong.workspace.models import (
    Account,
    EventRecord,
    FollowUp,
    Invitee,
    NotSameProject,
    ProjectRecord,
    SigningRecord,
    WishRecord,
)

PAPERS = {
    "formal": Text("正式合同", "formal contract"),
    "framework": Text("框架协议", "framework agreement"),
}


@dataclass(frozen=True, slots=True)
class Check:
    """A pre-check of a signing. passed: None where it does not apply. address: where it can be looked at."""

    name: Text
    passed: bool | None
    found: Text


def answer(invitee: Invitee, said: str, *, version: int) -> None:
    """What came back of an invitation."""
    if said not in Invitee.Answer.values:
        raise InputError(Text("没有这种答复。", "There is no such answer."), field="answer")
    changes.save(invitee, version, "events.answer_invitation", answer=said)


def check_in(invitee: Invitee, presence: str, *, version: int, late: int | None = None) -> None:
    """Who is here. late: the first slot from which somebody late can meet; needed for them."""
    if presence not in ("", *Invitee.Presence.values):
        raise InputError(Text("没有这种状态。", "There is no such state."), field="presence")
    slots = len(invitee.event.slots)
    if presence == Invitee.Presence.LATE and not (late is not None and 1 <= late <= slots):
        raise InputError(
            Text(f"请填写从第几个时段起到场(1 到 {slots})。", f"Say from which slot on (1 to {slots})."),
            field="late",
        )
    changes.save(
        invitee,
        version,
        "events.check_in",
        presence=presence,
        late=late if presence == Invitee.Presence.LATE else None,
        seen=timezone.now() if presence == Invitee.Presence.HERE else None,
    )


def stand_in(invitee: Invitee, name: str, *, version: int) -> None:
    """Who leads them instead, at the last minute: agendas and signs show the new name at once."""
    if not name.strip():
        raise InputError(Text("请填写替换人。", "Say who comes instead."), field="name")
    changes.save(invitee, version, "events.stand_in", stand_in=name.strip()[:80])


def sign(event: EventRecord, project: ProjectRecord, paper: str, signatory: str = "") -> SigningRecord:
    """One more line of the ceremony, at its end. Raises InputError for a project that is on the list."""
    if paper not in PAPERS:
        raise InputError(
            Text("请选正式合同或框架协议。", "A contract or a framework agreement?"), field="paper"
        )
    with transaction.atomic():
        EventRecord.objects.select_for_update().get(pk=event.pk)
        if SigningRecord.objects.filter(event=event, project=project).exists():
            raise InputError(Text("项目已在签约名单中。", "The project is on the list."), field=project.name)
        last = SigningRecord.objects.filter(event=event).aggregate(n=Max("place"))["n"] or 0
        made = SigningRecord.objects.create(
            event=event,
            project=project,
            paper=paper,
            place=last + 1,
            signatory=signatory.strip()[:80],
            by=audit.actor().name,
        )
        audit.record("events.sign", made.pk, event=event.pk, project=project.pk, paper=paper)
    return made


def move(line: SigningRecord, up: bool) -> None:
    """A line of the ceremony one place up or down."""
    with transaction.atomic():
        EventRecord.objects.select_for_update().get(pk=line.event_id)
        line.refresh_from_db()
        beside = SigningRecord.objects.filter(event=line.event_id)
        other = (
            beside.filter(place__lt=line.place).order_by("-place").first()
            if up
            else beside.filter(place__gt=line.place).order_by("place").first()
        )
        if other is None:
            return
        SigningRecord.objects.filter(pk=other.pk).update(place=line.place, version=F("version") + 1)
        SigningRecord.objects.filter(pk=line.pk).update(place=other.place, version=F("version") + 1)
        audit.record("events.order", line.pk, place=other.place)


def drop(line: SigningRecord) -> None:
    """A line is taken off the list."""
    with transaction.atomic():
        audit.record("events.unsign", line.pk, event=line.event_id, project=line.project_id)
        line.delete()


def checks(lines: Iterable[SigningRecord]) -> dict[int, tuple[Check, ...]]:
    """The pre-checks of each line, by its key: duplicate, review passed, what the contract lacks."""
    rows = list(lines)
    loaded = {
        each.pk: each
        for each in projects.loaded(ProjectRecord.objects.filter(pk__in=[r.project_id for r in rows]))
    }
    twins = _twins(loaded.values())
    return {each.pk: _checks(each, loaded[each.project_id], twins.get(each.project_id, [])) for each in rows}


def follow_up(
    event: EventRecord, text: str, *, wish: WishRecord | None, owner: Account | None, due: date | None
) -> FollowUp:
    """What somebody is to do after the event. Raises InputError without words."""
    if not text.strip():
        raise InputError(Text("请写明要做什么。", "Say what is to be done."), field="text")
    with transaction.atomic():
        made = FollowUp.objects.create(
            event=event, wish=wish, text=text.strip()[:1000], owner=owner, due=due, by=audit.actor().name
        )
        audit.record("events.follow_up", made.pk, event=event.pk)
    return made


def finish(task: FollowUp, said: str, on: date, *, version: int) -> None:
    """A follow-up is done, and this came of it."""
    if not said.strip():
        raise InputError(Text("请写明结果。", "Say what came of it."), field="answer")
    changes.save(task, version, "events.done", done=on, answer=said.strip()[:1000])


def _twins(found: Iterable[ProjectRecord]) -> dict[int, list[str]]:
    """Projects of the same firm that were signed or are on another list, unless judged not to be the same."""
    rows = list(found)
    named = [each.folded for each in rows if each.folded]
    codes = [each.uscc for each in rows if each.uscc]
    others = ProjectRecord.objects.filter(archived=None).filter(
        Q(folded__in=named) | Q(uscc__in=codes), ~Q(folded="") | ~Q(uscc="")
    )
    others = others.filter(Q(signed__isnull=False) | Q(signings__isnull=False)).distinct()
    apart = {
        frozenset((left, right))
        for left, right in NotSameProject.objects.filter(undone=None, same=False).values_list("left", "right")
    }
    known = list(others)
    return {
        one.pk: [
            other.name
            for other in known
            if other.pk != one.pk
            and frozenset((one.pk, other.pk)) not in apart
            and ((one.folded and one.folded == other.folded) or (one.uscc and one.uscc == other.uscc))
        ]
        for one in rows
    }


def _checks(line: SigningRecord, project: ProjectRecord, twins: list[str]) -> tuple[Check, ...]:
    already = project.signed
    found = [
        Check(
            Text("重复签约", "signed before"),
            not twins and not (already and line.paper == "formal"),
            Text("、".join(twins), ", ".join(twins))
            if twins
            else Text(f"已于 {already} 签约", f"signed on {already}")
            if already
            else Text("未发现", "none found"),
        )
    ]
    if line.paper == "formal":
        lacks = projects.lacking(project, Stage.SIGNED)
        lacks = tuple(each for each in lacks if (each.kind, each.key) != ("milestone", "contract"))
        found.append(
            Check(
                Text("签约条件", "what a contract requires"),
                not lacks,
                Text(
                    "".join(each.text.zh for each in lacks) or "齐备",
                    " ".join(each.text.en for each in lacks) or "all there",
                ),
            )
        )
    else:
        found.append(
            Check(
                Text("签约条件", "what a contract requires"),
                None,
                Text("框架协议不计入签约", "a framework agreement does not count as signed"),
            )
        )
    return tuple(found)
