"""The admission review as it is kept: who is asked, opinions, the conclusion, conditions to their closure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from liandong.errors import InputError, Text
from liandong.projects import Conclusion, Condition, Opinion, Review, VoteError
from liandong.workspace import audit, changes, policies, timeline
from liandong.workspace.models import (
    Account,
    ConditionRecord,
    OpinionRecord,
    ProjectRecord,
    ReviewMeeting,
)

DAYS = 7
"""To answer, where nobody says otherwise."""
_VOTES = {
    "present": Text("引进单位可以汇报,不能表决。", "The introducing unit may present, not vote."),
    "foreign": Text("您只能代表本单位提出意见。", "You may speak for your own unit only."),
}


class NoVoteError(InputError):
    """A vote that the rules of review refuse."""


def call(
    project: ProjectRecord,
    departments: Sequence[str],
    *,
    held: date,
    deadline: date | None = None,
    materials: str = "",
) -> ReviewMeeting:
    """Call a meeting and ask departments. Raises InputError for none, or if one is open already."""
    asked = list(dict.fromkeys(each.strip()[:80] for each in departments if each.strip()))
    if not set(asked) - {project.unit}:
        raise InputError(Text("请填写征求意见的部门。", "Name the departments to ask."), field="departments")
    if not project.unit:
        raise InputError(Text("项目没有引进单位。", "The project has no introducing unit."), field="unit")
    if project.meetings.filter(conclusion="").exists():
        raise InputError(Text("已有一次评审尚未结束。", "A review is open already."), field="held")
    due = deadline or held + timedelta(days=DAYS)
    with transaction.atomic():
        made = ReviewMeeting.objects.create(
            project=project, introducing=project.unit, held=held, deadline=due,
            materials=materials.strip(), by=audit.actor().name,
        )  # fmt: skip
        OpinionRecord.objects.bulk_create(OpinionRecord(meeting=made, department=each) for each in asked)
        audit.record("projects.review_call", f"project:{project.pk}", meeting=made.pk, departments=asked)
        timeline.log("review_called", project=project, departments=asked, held=str(held))
        people = Account.objects.filter(archived=None, unit__in=asked).exclude(unit=project.unit)
        timeline.tell(people, "review", project.name, f"project:{project.pk}")
    return made


def vote(
    person: Account,
    meeting: ReviewMeeting,
    department: str,
    *,
    score: str,
    veto: str = "",
    condition: str = "",
    text: str = "",
) -> OpinionRecord:
    """Keep a department's opinion.

    Its own people give it, or the bureau's secretariat (all units) as it came in writing. Raises NoVoteError
    for the introducing unit, its people, and anybody who speaks for another department.
    """
    mine = department == person.unit
    secretariat = person.role in (policies.Role.ADMINISTRATOR, policies.Role.OFFICER_ALL)
    if meeting.introducing in (department, person.unit):
        raise NoVoteError(_VOTES["present"], field="department")
    if not mine and not secretariat:
        raise NoVoteError(_VOTES["foreign"], field="department")
    if meeting.conclusion:
        raise InputError(Text("评审已有结论。", "The review is concluded."), field="meeting")
    opinion = Opinion(department, _score(score), veto, condition.strip(), timezone.localdate())
    try:
        rules_of(meeting).voted(opinion)
    except VoteError as error:
        raise NoVoteError(Text(f"不能表决:{error}", f"No vote: {error}"), field="department") from error
    with transaction.atomic():
        found = OpinionRecord.objects.get(meeting=meeting, department=department)
        found.score, found.veto, found.condition = opinion.score, veto, opinion.condition
        found.text, found.given, found.by = text.strip(), opinion.given, person.username
        found.save()
        audit.record(
            "projects.review_vote", f"project:{meeting.project_id}", department=department,
            score=opinion.score, veto=veto, condition=opinion.condition,
        )  # fmt: skip
        timeline.log("opinion", project=meeting.project, text=found.text, department=department)
    return found


def conclude(meeting: ReviewMeeting, version: int) -> Conclusion:
    """The conclusion as the votes give it; its conditions are followed from now on.

    Raises InputError while a department has not answered, EditConflictError if somebody was quicker.
    """
    result = rules_of(meeting).conclusion()
    if meeting.conclusion:
        raise InputError(Text("评审已有结论。", "The review is concluded."), field="meeting")
    if result is Conclusion.OPEN:
        raise InputError(Text("还有部门没有回复。", "A department has not answered yet."), field="opinions")
    with transaction.atomic():
        changes.save(
            meeting, version, "projects.review_conclude",
            conclusion=result.value, concluded=timezone.localdate(),
        )  # fmt: skip
        if result is Conclusion.CONDITIONAL:
            ConditionRecord.objects.bulk_create(
                ConditionRecord(meeting=meeting, department=each.department, text=each.text)
                for each in rules_of(meeting).conditions()
            )
        timeline.log("concluded", project=meeting.project, conclusion=result.value)
        officer = meeting.project.officer
        if officer is not None:
            timeline.tell([officer], "concluded", meeting.project.name, f"project:{meeting.project_id}")
    return result


def close(condition: ConditionRecord, evidence: str) -> None:
    """A condition is met. Raises InputError without evidence, or if it was closed before."""
    if condition.closed is not None or not evidence.strip():
        raise InputError(
            Text("请填写条件已落实的凭证。", "Show that the condition is met."), field="evidence"
        )
    with transaction.atomic():
        condition.closed, condition.evidence = timezone.localdate(), evidence.strip()
        condition.by = audit.actor().name
        condition.save()
        project = condition.meeting.project
        audit.record("projects.condition", f"project:{project.pk}", condition=condition.pk)
        timeline.log("condition", project=project, text=evidence.strip(), of=condition.text)


def latest(project: ProjectRecord) -> ReviewMeeting | None:
    """The last meeting on a project."""
    return next(iter(project.meetings.all()), None)


def rules_of(meeting: ReviewMeeting) -> Review:
    """The meeting as the rules know it."""
    opinions = list(meeting.opinions.all())
    return Review(
        tuple(each.department for each in opinions),
        meeting.introducing,
        tuple(
            Opinion(each.department, each.score, each.veto, each.condition, each.given)
            for each in opinions
            if each.given is not None
        ),
        Decimal(meeting.pass_mark),
    )


def condition_of(record: ConditionRecord) -> Condition:
    """A condition as the rules know it."""
    return Condition(record.text, record.department, record.closed)


def _score(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text.strip() else None
    except ArithmeticError:
        raise InputError(
            Text("评分应为 0 到 100。", "A score is between 0 and 100."), field="score"
        ) from None
