"""Papers on projects from the store: what is kept, as `liandong.briefs` reads it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from liandong.briefs import Case, Check, Hearing, Papers, Problem, Trip
from liandong.briefs.cases import Answer, record_of
from liandong.figures import Coverage, Figure, RecordRef
from liandong.projects import ITEMS, STANDINGS
from liandong.reference import divisions
from liandong.workspace import admission, amounts
from liandong.workspace.models import (
    AmountRecord,
    NotSameProject,
    ProjectRecord,
    ReviewMeeting,
    Task,
    TripRecord,
)
from liandong.workspace.projects import loaded, rules_of

_SEPARATORS = re.compile(r"[、,，;；\n]+")
_ANSWERS: dict[str, Answer] = {"clear": "clear", "flag": "flag", "unknown": "unknown", "": "open"}
Records = dict[RecordRef, str]


def stored_papers(city: str, today: str) -> Papers:
    """All projects, trips and review meetings of the open store as of now. city: its name.

    Projects of an example are left out as soon as there is a real one, so that no report counts them.
    """
    records: Records = {}
    kept = list(loaded(ProjectRecord.objects.filter(archived=None)).order_by("pk"))
    real = [each for each in kept if not each.synthetic]
    synthetic = bool(kept) and not real
    shown = real or kept
    coverage = Coverage("projects", today, rows=len(shown), notes=("synthetic",) if synthetic else ())
    problems = _problems(shown)
    cases = tuple(_case(each, problems[each.pk], coverage, records) for each in shown)
    return Papers(
        city=city,
        date=today,
        cases=cases,
        trips=_trips({case.project.id for case in cases}, records, synthetic=synthetic),
        hearings=_hearings(shown, records),
        synthetic=synthetic,
        records=records,
        coverage=coverage,
        different=tuple(
            frozenset((str(left), str(right)))
            for left, right in NotSameProject.objects.filter(undone=None, same=False).values_list(
                "left_id", "right_id"
            )
        ),
    )


def _case(record: ProjectRecord, problems: list[Task], coverage: Coverage, records: Records) -> Case:
    project = replace(
        rules_of(record),
        amounts=tuple(_amount(each, record, coverage, records) for each in amounts.of(record)),
    )
    records[record_of(project)] = f"{record.pk} {record.name}"
    meeting = max(record.meetings.all(), key=lambda each: (each.held, each.pk), default=None)
    region = divisions.division(record.region) if record.region else None
    return Case(
        project,
        region.name if region else "",
        record.chain,
        "",
        None if meeting is None else admission.rules_of(meeting),
        () if meeting is None else tuple(admission.condition_of(each) for each in meeting.conditions.all()),
        tuple(_check(each) for each in record.diligence.all()),
        tuple(
            Problem(each.text, each.office or _owner(each), each.due, each.answer, each.done)
            for each in problems
        ),
        frozenset(str(each.pk) for each in record.promises.all() if each.review == "passed"),
    )


def _amount(amount: AmountRecord, record: ProjectRecord, coverage: Coverage, records: Records) -> Figure:
    """The amount, opened by its own record, which is told with what shows it."""
    figure = amounts.figure(amount)
    reference = RecordRef(f"amount:{amount.pk}", 1)
    said = f"{record.name}，{amount.measure}（{STANDINGS[figure.standing].zh}）"
    records[reference] = "，".join(filter(None, (said, amount.voucher or amount.source)))
    return replace(figure, coverage=coverage, evidence=(reference,))


def _check(item: Any) -> Check:
    name = ITEMS[item.item].zh if item.item in ITEMS else item.item
    return Check(name, _ANSWERS.get(item.result, "open"), item.evidence, item.checked, item.decision)


def _problems(shown: Iterable[ProjectRecord]) -> defaultdict[int, list[Task]]:
    """The problems of each project, in one statement."""
    found: defaultdict[int, list[Task]] = defaultdict(list)
    asked = Task.objects.filter(kind=Task.Kind.PROBLEM, project__in=[each.pk for each in shown])
    for task in asked.select_related("owner").order_by("pk"):
        found[task.project_id].append(task)
    return found


def _owner(task: Task) -> str:
    return "" if task.owner is None else task.owner.unit or task.owner.name


def _trips(ids: set[str], records: Records, *, synthetic: bool) -> tuple[Trip, ...]:
    found = []
    for each in TripRecord.objects.filter(synthetic=synthetic).prefetch_related("activities"):
        reference = RecordRef(f"trip:{each.pk}", 1)
        records[reference] = each.title
        about = dict.fromkeys(str(a.project_id) for a in each.activities.all() if a.project_id)
        found.append(
            Trip(
                str(each.pk),
                "outing" if each.kind == TripRecord.Kind.OUTING else "reception",
                each.title,
                each.since,
                each.until,
                each.purpose or each.title,
                reference,
                each.unit,
                _listed(each.people),
                _listed(each.firms),
                cases=tuple(id_ for id_ in about if id_ in ids),
            )
        )
    return tuple(found)


def _hearings(shown: Iterable[ProjectRecord], records: Records) -> tuple[Hearing, ...]:
    """Reviews that are held on one day are one meeting."""
    by_day: defaultdict[date, list[str]] = defaultdict(list)
    for record in shown:
        meetings: list[ReviewMeeting] = list(record.meetings.all())
        for day in dict.fromkeys(each.held for each in meetings):
            by_day[day].append(str(record.pk))
    found = []
    for day, ids in sorted(by_day.items()):
        reference = RecordRef(f"hearing:{day}", 1)
        records[reference] = day.isoformat()
        found.append(Hearing(day.isoformat(), "", day, "", "", tuple(ids), reference))
    return tuple(found)


def _listed(text: str) -> tuple[str, ...]:
    """What was written with 、, commas or line breaks between."""
    return tuple(part.strip() for part in _SEPARATORS.split(text) if part.strip())
