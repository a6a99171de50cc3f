"""Many projects at once: the board, the funnel by cohort, what is overdue or quiet, who was signed again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import CharField, Count, F, Prefetch, Q
from django.db.models.functions import Cast, Substr
from django.utils import timezone

from liandong.errors import InputError, Text
from liandong.projects import (
    STAGES,
    Milestone,
    Party,
    Project,
    Stage,
    Status,
    Step,
    Suspicion,
    Type,
    signed_again,
)
from liandong.workspace import audit
from liandong.workspace.models import (
    Account,
    AmountRecord,
    MilestoneRecord,
    NotSameProject,
    ProjectRecord,
    PromiseRecord,
    StagePassage,
    Task,
)

CARDS = 20
"""Cards of a column of the board; the table has all."""
QUIET = 30
"""Days without anything on an active project until it is called quiet."""
LATE = ("milestones", "promises", "tasks", "quiet")
"""The lists of what is overdue or without news."""
PAIRS = 1_000
"""Pairs that a person can still look through."""
FIRST_GROUPS = 50
"""Groups of projects that are compared first; ten times as many each time after, while pairs are few."""
PASSED = (Stage.STARTED, Stage.PRODUCING)
"""What months are compared by, beside beginning and signing."""


@dataclass(frozen=True, slots=True)
class ColumnOfBoard:
    """A stage on the board: how many projects, and the most urgent of them."""

    stage: Stage
    count: int
    cards: Sequence[ProjectRecord]


def board(projects: Any) -> list[ColumnOfBoard]:
    """The active projects by stage, what is due first."""
    active = projects.filter(status=Status.ACTIVE.value).order_by()
    counts = dict(active.values_list("stage").annotate(n=Count("pk")))
    shown: dict[str, list[int]] = {}
    for stage in counts:
        cards = active.filter(stage=stage).order_by(F("next_due").asc(nulls_last=True), "pk")
        shown[stage] = list(cards.values_list("pk", flat=True)[:CARDS])
    ids = [pk for each in shown.values() for pk in each]
    records = {each.pk: each for each in with_amounts(ProjectRecord.objects.filter(pk__in=ids))}
    return [
        ColumnOfBoard(stage, counts.get(stage.value, 0), [records[pk] for pk in shown.get(stage.value, [])])
        for stage in STAGES
    ]


def with_amounts(projects: Any) -> Any:
    """With the officer and the amounts that stand, in two more statements however many there are."""
    standing = AmountRecord.objects.filter(archived=None)
    return projects.select_related("officer").prefetch_related(Prefetch("amounts", queryset=standing))


@dataclass(frozen=True, slots=True)
class CohortRow:
    """Projects that began in a year: how many came at least as far as each stage, withdrawn ones included."""

    year: int
    reached: dict[Stage, int]
    withdrawn: int


def funnel(projects: Any) -> list[CohortRow]:
    """By the year in which projects began, the latest first. Signed is a formal contract, nothing else."""
    rows = (
        projects.order_by()
        .annotate(year=Substr(Cast("created", CharField()), 1, 4))
        .values("year", "stage", "status")
        .annotate(n=Count("pk"), contracts=Count("signed"))
    )
    years: dict[int, dict[Stage, int]] = defaultdict(lambda: dict.fromkeys(STAGES, 0))
    gone: dict[int, int] = defaultdict(int)
    for row in rows:
        stage, year = Stage(row["stage"]), int(row["year"])
        for each in STAGES[: stage.place + 1]:
            if each is not Stage.SIGNED:
                years[year][each] += row["n"]
        years[year][Stage.SIGNED] += row["contracts"]
        gone[year] += row["n"] if row["status"] == Status.WITHDRAWN else 0
    return [CohortRow(year, years[year], gone[year]) for year in sorted(years, reverse=True)]


def attention(projects: Any, on: date | None = None) -> dict[str, int]:
    """How much needs somebody: overdue milestones, promises and tasks, projects without news, stalled ones.

    Each number is the length of the list of that name (`overdue`).
    """
    today = on or timezone.localdate()
    counts = {name: overdue(projects, name, today).count() for name in LATE}
    return {**counts, "stalled": projects.filter(status=Status.STALLED.value).count()}


def overdue(projects: Any, what: str, today: date) -> Any:
    """The rows of one kind that need attention, the longest overdue first."""
    active = projects.filter(status=Status.ACTIVE.value)
    if what == "quiet":
        last = STAGES[-1].value
        quiet = active.filter(moved__lt=today - timedelta(days=QUIET)).exclude(stage=last)
        return quiet.select_related("officer").order_by("moved", "pk")
    ids = active.filter(next_due__lt=today).order_by().values("pk")
    late = {"done": None, "due__lt": today, "project__in": ids}
    match what:
        case "milestones":
            found: Any = MilestoneRecord.objects.filter(**late)
        case "promises":
            waiting = ~Q(condition="") & Q(condition_met=None)
            found = PromiseRecord.objects.filter(**late, archived=None, suspended="").exclude(waiting)
        case "tasks":
            found = Task.objects.filter(**late).select_related("owner")
        case _:
            raise InputError(Text("没有这个清单。", "There is no such list."), field="what")
    return found.select_related("project").order_by("due", "pk")


def months(projects: Any, today: date | None = None) -> list[tuple[str, dict[str, int]]]:
    """This month and the one before: projects that began, were signed, started, went into production."""
    day = (today or timezone.localdate()).replace(day=1)
    before = (day - timedelta(days=1)).replace(day=1)
    spans = {"now": (day, date.max), "before": (before, day)}
    asked = {}
    for name, (since, until) in spans.items():
        for column in ("created", "signed"):
            within = Q(**{f"{column}__gte": since, f"{column}__lt": until})
            asked[f"{name}_{column}"] = Count("pk", filter=within)
    counts = projects.order_by().aggregate(**asked)
    passed = (
        StagePassage.objects.filter(
            project__in=projects.order_by().values("pk"),
            stage__in=[each.value for each in PASSED],
            on__gte=before,
        )
        .order_by()
        .values_list("project", "stage", "on")
        .distinct()
    )
    reached = {(project, stage, on >= day) for project, stage, on in passed}
    found = []
    for name, (since, _) in spans.items():
        row = {column: counts[f"{name}_{column}"] for column in ("created", "signed")}
        for stage in PASSED:
            row[stage.value] = sum(s == stage and now == (name == "now") for _, s, now in reached)
        found.append((f"{since:%Y-%m}", row))
    return found


def origins(projects: Any) -> list[tuple[str, int]]:
    """Provinces that projects come from, by code, the most first; "" where it is not known."""
    found: dict[str, int] = defaultdict(int)
    for code, number in projects.order_by().values_list("origin").annotate(n=Count("pk")):
        found[f"{code[:2]}0000" if code else ""] += number
    return sorted(found.items(), key=lambda each: (-each[1], each[0]))


def signed_again_among(projects: Any) -> list[tuple[Suspicion, ProjectRecord, ProjectRecord]]:
    """Pairs that may be one project, over all units: same firm or group, and what else they share.

    Only projects that share a firm's id, code, name or group are compared, the oldest first; after `PAIRS`
    pairs the rest waits until these are judged.
    """
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    columns = ("firm_id", "uscc", "folded", "group")
    for pk, *values in projects.order_by().values_list("pk", *columns):
        for name, value in zip(columns, values, strict=True):
            if value:
                blocks[name, value].append(pk)
    groups = sorted({tuple(sorted(ids)) for ids in blocks.values() if len(ids) > 1})
    apart = {
        frozenset((str(left), str(right)))
        for left, right in NotSameProject.objects.filter(undone=None, same=False).values_list(
            "left_id", "right_id"
        )
    }
    found: dict[tuple[str, str], Suspicion] = {}
    records: dict[int, ProjectRecord] = {}
    start, size = 0, FIRST_GROUPS
    while start < len(groups) and len(found) < PAIRS:
        chunk = groups[start : start + size]
        records |= _agreed(projects, {pk for ids in chunk for pk in ids})
        for ids in chunk:
            rules = [_brief(records[pk]) for pk in ids]
            found |= {(e.earlier, e.later): e for e in signed_again(rules, different=apart)}
        start, size = start + size, size * 10
    ordered = sorted(found.values(), key=lambda each: (not each.certain, int(each.earlier), int(each.later)))
    return [(each, records[int(each.earlier)], records[int(each.later)]) for each in ordered]


def _agreed(projects: Any, keys: set[int]) -> dict[int, ProjectRecord]:
    """Projects with the agreements that were reached on them."""
    steps = (Step.FRAMEWORK.value, Step.CONTRACT.value)
    done = MilestoneRecord.objects.filter(step__in=steps, done__isnull=False)
    rows = projects.filter(pk__in=keys).prefetch_related(Prefetch("milestones", queryset=done))
    return {each.pk: each for each in rows}


def judge_pair(left: ProjectRecord, right: ProjectRecord, *, same: bool, reason: str) -> NotSameProject:
    """Say whether two projects are one, with the reason; "not the same" is remembered."""
    if left.pk == right.pk or not reason.strip():
        raise InputError(Text("请写明理由。", "Give the reason."), field="reason")
    with transaction.atomic():
        made = NotSameProject.objects.create(
            left=left, right=right, same=same, reason=reason.strip(), by=audit.actor().name
        )
        audit.record("projects.judge", f"{left.pk} {right.pk}", same=same, reason=made.reason)
    return made


def undo_judgement(found: NotSameProject) -> None:
    """Take a judgement back; the pair is told again."""
    with transaction.atomic():
        NotSameProject.objects.filter(pk=found.pk, undone=None).update(undone=timezone.now())
        audit.record("projects.judge_undo", f"{found.left_id} {found.right_id}")


def mine(person: Account) -> list[Task]:
    """What somebody is to do, what is due first."""
    open_ = Task.objects.filter(owner=person, done=None)
    return list(open_.select_related("project").order_by("due", "pk")[:20])


def _brief(record: ProjectRecord) -> Project:
    """As much of a project as tells it from another."""
    return Project(
        str(record.pk),
        record.name,
        Type(record.kind),
        party=Party(record.party, record.firm_id or None, record.uscc or None, record.group or None),
        products=tuple(record.products),
        region=record.region or None,
        milestones=tuple(Milestone(Step(each.step), done=each.done) for each in record.milestones.all()),
    )
