"""Assessment on the store: projects as entries, the scheme in use, targets with pace, shared projects."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Sum

from liandong.assessment import (
    Batch,
    Entry,
    Pace,
    Scheme,
    Share,
    batch,
    entries_by,
    pace,
    read_scheme,
    shipped_scheme,
)
from liandong.assessment.scheme import BATCHES, shipped_text
from liandong.errors import InputError, Text
from liandong.figures import Figure
from liandong.projects import Milestone, Party, Project, Stage, Status, Step, Type
from liandong.workspace import amounts, audit, changes, current, projects
from liandong.workspace.models import (
    Account,
    AmountRecord,
    AnnualTarget,
    MilestoneRecord,
    ProjectRecord,
    SchemeRecord,
    SharingAgreement,
    StagePassage,
)

SHARED = {
    "credit": Text("考核计分", "assessment credit"),
    "tax": Text("税收", "tax"),
    "output": Text("产值", "output"),
    "investment": Text("投资", "investment"),
}
_LOCK = threading.Lock()
_KEPT: dict[tuple[Any, ...], dict[int, Entry]] = {}


@dataclass(frozen=True, slots=True)
class Progress:
    """A year's target, what was reached by the day, and the pace. found: the projects counted."""

    target: AnnualTarget
    found: Batch
    pace: Pace


def entries(person: Account) -> list[Entry]:
    """The projects that somebody may see, as an assessment looks at them; each once.

    Made-up examples are left out as soon as there is a real project.
    """
    everything = _entries()
    pks = projects.visible(person).values_list("pk", "synthetic")
    rows = list(pks)
    real = any(not synthetic for _, synthetic in rows)
    return [everything[pk] for pk, synthetic in rows if pk in everything and not (real and synthetic)]


def synthetic(person: Account) -> bool:
    """Whether all that somebody sees is made up."""
    seen = projects.visible(person)
    return seen.exists() and not seen.filter(synthetic=False).exists()


def scheme() -> tuple[Scheme, SchemeRecord | None]:
    """The scheme in use, and its record; the shipped one has none."""
    record = SchemeRecord.objects.first()
    return (read_scheme(record.text), record) if record else (shipped_scheme(), None)


def scheme_text() -> str:
    """The scheme in use as TOML."""
    record = SchemeRecord.objects.first()
    return record.text if record else shipped_text()


def set_scheme(text: str, version: int) -> SchemeRecord:
    """Put a scheme in use. version: as read, 0 for the shipped one. Raises InputError for a faulty one."""
    read_scheme(text)
    with transaction.atomic():
        record = SchemeRecord.objects.select_for_update().first()
        if record is None:
            if version:
                raise InputError(Text("办法已改回出厂设置。", "The scheme is the shipped one again."))
            record = SchemeRecord.objects.create(text=text, by=audit.actor().name)
            audit.record("assessment.scheme", record.pk, after=text)
            return record
        changes.save(record, version, "assessment.scheme", text=text, by=audit.actor().name)
    return record


def set_target(year: int, key: str, holder: str, of: str, value: int) -> AnnualTarget:
    """Set what a unit, chain or officer is to reach in a year; replaces an earlier one."""
    if key not in AnnualTarget.Key.values or of not in BATCHES or not holder.strip():
        raise InputError(Text("请填写对象和指标。", "Say for whom, and what is counted."), field="holder")
    if not (2000 <= year <= 2100 and 0 < value < 100_000):
        raise InputError(
            Text("请填写年份和大于 0 的目标。", "Give a year and a target above 0."), field="value"
        )
    with transaction.atomic():
        made, _ = AnnualTarget.objects.update_or_create(
            year=year,
            key=key,
            holder=holder.strip()[:80],
            batch=of,
            defaults={"value": value, "by": audit.actor().name},
        )
        audit.record("assessment.target", made.pk, year=year, holder=made.holder, batch=of, value=value)
    return made


def progress(person: Account, year: int, on: date) -> list[Progress]:
    """Every target of a year with what was reached, by the projects that the person may see."""
    rows = entries(person)
    groups = {key: entries_by(rows, key) for key in AnnualTarget.Key.values}
    found = []
    for target in AnnualTarget.objects.filter(year=year):
        among = groups[target.key].get(target.holder, [])
        reached = batch(among, target.batch, date(year, 1, 1), min(on, date(year, 12, 31)))
        done = Decimal(len(reached.entries))
        found.append(Progress(target, reached, pace(done, Decimal(target.value), year, on)))
    return found


def share(
    project: ProjectRecord,
    party: str,
    of: str,
    percent: Decimal,
    *,
    agreement: str,
    formula: str = "",
    since: date | None = None,
    until: date | None = None,
) -> SharingAgreement:
    """A party's share of a project as agreed. Raises InputError without an agreement or beyond 0 to 100 %."""
    if of not in SHARED or not party.strip() or not agreement.strip():
        raise InputError(Text("请填写单位和协议。", "Name the party and the agreement."), field="agreement")
    if not 0 < percent <= 100 or (since and until and until < since):
        raise InputError(
            Text("份额为 0 到 100%,期限须在先后。", "A share is above 0 and up to 100 %."), field="percent"
        )
    with transaction.atomic():
        made = SharingAgreement.objects.create(
            project=project,
            party=party.strip()[:80],
            of=of,
            percent=percent,
            agreement=agreement.strip()[:500],
            formula=formula.strip()[:500],
            since=since,
            until=until,
            by=audit.actor().name,
        )
        audit.record("assessment.share", made.pk, project=project.pk, party=made.party, percent=percent)
    return made


def _entries() -> dict[int, Entry]:
    """All projects as entries, read again when anything of them has changed."""
    key = _state()
    with _LOCK:
        kept = _KEPT.get(key)
    if kept is None:
        kept = _read()
        with _LOCK:
            _KEPT.clear()
            _KEPT[key] = kept
    return kept


def _state() -> tuple[Any, ...]:
    """What changes with any change of a project, its passages, milestones, amounts or shares."""
    found = ProjectRecord.objects.aggregate(n=Count("pk"), v=Sum("version"), m=Max("moved"), last=Max("pk"))
    beneath = tuple(
        tuple(model.objects.aggregate(n=Count("pk"), last=Max("pk"), **more).values())
        for model, more in (
            (StagePassage, {}),
            (MilestoneRecord, {"days": Count("done"), "day": Max("done")}),
            (AmountRecord, {"away": Count("archived")}),
            (SharingAgreement, {"away": Count("archived")}),
        )
    )
    return (str(current.workspace().folder), current.plan_version(), *found.values(), *beneath)


def _read() -> dict[int, Entry]:
    plan = current.plan()
    home = plan.city if plan else ""
    passages: dict[int, dict[Stage, date]] = {}
    for pk, stage, on in StagePassage.objects.order_by("-on", "-id").values_list("project", "stage", "on"):
        passages.setdefault(pk, {})[Stage(stage)] = on
    steps: dict[int, list[Milestone]] = {}
    done = MilestoneRecord.objects.exclude(done=None).values_list("project", "step", "due", "done", "voucher")
    for pk, step, due, finished, voucher in done:
        steps.setdefault(pk, []).append(Milestone(Step(step), due, finished, voucher))
    figures: dict[int, list[Figure]] = {}
    for each in AmountRecord.objects.filter(archived=None):
        figures.setdefault(each.project_id, []).append(amounts.figure(each))
    shares: dict[int, list[Share]] = {}
    for agreed in SharingAgreement.objects.filter(archived=None):
        made = Share(agreed.party, agreed.percent, agreed.agreement, agreed.of, agreed.since, agreed.until)
        shares.setdefault(agreed.project_id, []).append(made)
    rows = ProjectRecord.objects.filter(archived=None).select_related("officer").order_by("pk")
    return {
        each.pk: Entry(
            project=Project(
                str(each.pk),
                each.name,
                Type(each.kind),
                Stage(each.stage),
                Status(each.status),
                Party(each.party) if each.party else None,
                tuple(each.products),
                tuple(each.industries),
                each.region or None,
                each.park or None,
                each.unit,
                tuple(each.shared),
                each.event or None,
                passages.get(each.pk, {}),
                tuple(steps.get(each.pk, ())),
                tuple(figures.get(each.pk, ())),
            ),
            origin=each.origin or None,
            home=home,
            chain=each.chain,
            officer=str(each.officer) if each.officer else "",
            park=each.park,
            shares=tuple(shares.get(each.pk, ())),
        )
        for each in rows.iterator()
    }


def ids(found: Iterable[Entry]) -> list[int]:
    """The keys of the projects of some entries."""
    return [int(each.id) for each in found]
