"""The admission review of a project: who is asked, opinions, the conclusion, conditions to their closure."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from liandong.errors import InputError, Text
from liandong.office.projects import shared, words
from liandong.office.shell import given
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import say
from liandong.projects import VETOES
from liandong.workspace import admission, policies
from liandong.workspace.models import ConditionRecord, ReviewMeeting


@page("projects.view")
def review(request: Request, pk: int) -> HttpResponse:
    """The meetings on a project, the last first."""
    record = shared.of(request, pk)
    meetings = [_shown(request, each) for each in record.meetings.all()]
    context = {
        **shared.head(request, record, "review"),
        "meetings": meetings,
        "open": bool(meetings) and not meetings[0]["meeting"].conclusion,
        "vetoes": words.options(VETOES),
        "today": timezone.localdate().isoformat(),
    }
    return render(request, "office/projects/review.html", context)


@page("projects.change", methods=("POST",))
def call(request: Request, pk: int) -> HttpResponse:
    """Call a meeting and ask departments."""
    record = shared.of(request, pk)

    def keep() -> None:
        held = given.day(request, "held")
        if held is None:
            raise InputError(Text("请填写评审日期。", "Give the day of the review."), field="held")
        admission.call(
            record,
            given.words(request, "departments"),
            held=held,
            deadline=given.day(request, "deadline"),
            materials=given.text(request, "materials"),
        )

    return given.tried(request, shared.address(pk, "review"), keep)


@page("projects.review", methods=("POST",))
def vote(request: Request, pk: int) -> HttpResponse:
    """A department's opinion."""
    meeting = get_object_or_404(ReviewMeeting, pk=pk)
    record = shared.of(request, meeting.project_id)

    def keep() -> None:
        admission.vote(
            request.user,
            meeting,
            given.text(request, "department", 80),
            score=given.text(request, "score", 8),
            veto=given.text(request, "veto", 24),
            condition=given.text(request, "condition"),
            text=given.text(request, "text"),
        )

    return given.tried(request, shared.address(record.pk, "review"), keep)


@page("projects.change", methods=("POST",))
def conclude(request: Request, pk: int) -> HttpResponse:
    """The conclusion as the votes give it."""
    meeting = get_object_or_404(ReviewMeeting, pk=pk)
    record = shared.of(request, meeting.project_id)
    version = given.number(request, "version")
    return given.tried(
        request, shared.address(record.pk, "review"), lambda: admission.conclude(meeting, version)
    )


@page("projects.change", methods=("POST",))
def close(request: Request, pk: int) -> HttpResponse:
    """A condition is met."""
    condition = get_object_or_404(ConditionRecord.objects.select_related("meeting"), pk=pk)
    record = shared.of(request, condition.meeting.project_id)
    evidence = given.text(request, "evidence")
    return given.tried(
        request, shared.address(record.pk, "review"), lambda: admission.close(condition, evidence)
    )


def _shown(request: Request, meeting: ReviewMeeting) -> dict[str, Any]:
    opinions, person = list(meeting.opinions.all()), request.user
    secretariat = person.role in (policies.Role.ADMINISTRATOR, policies.Role.OFFICER_ALL)
    votes = policies.may(person, "projects.review") and person.unit != meeting.introducing
    today = timezone.localdate()
    return {
        "meeting": meeting,
        "conclusion": say(words.CONCLUSIONS[meeting.conclusion]),
        "opinions": [
            {
                "opinion": each,
                "veto": say(VETOES[each.veto]) if each.veto else "",
                "presents": each.department == meeting.introducing,
                "late": each.given is None and meeting.deadline < today,
                "may_vote": votes
                and not meeting.conclusion
                and each.department != meeting.introducing
                and (secretariat or each.department == person.unit),
            }
            for each in opinions
        ],
        "complete": all(each.given or each.department == meeting.introducing for each in opinions),
        "conditions": list(meeting.conditions.all()),
    }
