"""What the pages of projects share: the project that is asked for, and what stands at its head."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from liandong.office.projects import words
from liandong.office.shell.access import Request
from liandong.office.shell.language import pick, say
from liandong.projects import STAGE_NAMES, STAGES, STEP_NAMES, Stage, Step
from liandong.workspace import policies, projects
from liandong.workspace.models import ProjectRecord


def of(request: Request, pk: int) -> ProjectRecord:
    """The project with all that the rules look at; 404 if there is none that this person may see."""
    found: ProjectRecord | None = projects.loaded(projects.visible(request.user)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def address(pk: int, part: str = "project") -> str:
    """Where a page of a project is."""
    return reverse(f"projects:{part}", args=[pk])


def head(request: Request, record: ProjectRecord, tab: str) -> dict[str, Any]:
    """Name, stage line, milestones, tabs."""
    now, today = Stage(record.stage), timezone.localdate()
    reached = {each.stage: each.on for each in record.passages.all()}
    return {
        "title": record.name,
        "project": record,
        "tab": tab,
        "tabs": [
            ("project", pick("概览", "Overview")),
            ("diligence", pick("尽职调查", "Due diligence")),
            ("review", pick("准入评审", "Admission review")),
            ("promises", pick("承诺与合同", "Promises")),
        ],
        "kind": words.kind(record.kind),
        "status": words.status(record.status),
        "stages": [
            {
                "name": say(STAGE_NAMES[each]),
                "on": reached.get(each.value),
                "css": "now" if each is now else "done" if each.place < now.place else "",
            }
            for each in STAGES
        ],
        "steps": [
            {
                "record": each,
                "name": say(STEP_NAMES[Step(each.step)]),
                "late": each.done is None and each.due is not None and each.due < today,
            }
            for each in record.milestones.all()
        ],
        "may_change": policies.may(request.user, "projects.change"),
        "may_note": policies.may(request.user, "projects.note"),
    }
