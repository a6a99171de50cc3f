"""The columns of a project that repeat what stands beneath it, for lists that sort and filter by them."""

from __future__ import annotations

from django.db.models import Min
from django.utils import timezone

from liandong.projects import Step
from liandong.workspace.models import ProjectRecord


def refresh(record: ProjectRecord) -> None:
    """Bring the columns that repeat what stands beneath up to date."""
    dues = [
        rows.filter(done=None).aggregate(first=Min("due"))["first"]
        for rows in (record.milestones.all(), record.tasks.all(), record.promises.filter(archived=None))
    ]
    contract = record.milestones.filter(step=Step.CONTRACT.value).first()
    values = {
        "next_due": min((each for each in dues if each is not None), default=None),
        "signed": contract.done if contract else None,
        "moved": timezone.localdate(),
    }
    ProjectRecord.objects.filter(pk=record.pk).update(**values)
    for name, value in values.items():
        setattr(record, name, value)
