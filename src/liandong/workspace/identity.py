"""Judgements on firms, kept in the store: who is the same, who is not, said by whom and when."""

from __future__ import annotations

from django.utils import timezone

from liandong.errors import InputError, Text
from liandong.registry import Judgement, Verdict
from liandong.workspace.models import Judgement as Record


def judge(left: str, right: str, verdict: str, *, by: str, score: float | None = None) -> Judgement:
    """Keep a judgement on two firms (firm_ids). InputError for an unknown verdict, or one firm twice."""
    if verdict not in set(Verdict):
        raise InputError(
            Text(
                f"判断“{verdict}”无法识别。可用:same(同一家)、different(不同)、unsure(不确定)。",
                f'there is no verdict "{verdict}". Use same, different or unsure.',
            ),
            field="verdict",
        )
    made = Judgement(left, right, Verdict(verdict), by, timezone.now(), score)
    record = Record.objects.create(
        left=made.left, right=made.right, verdict=made.verdict.value, score=made.score, by=made.by
    )
    return _judgement(record)


def undo(left: str, right: str) -> int:
    """Take back what is said of two firms; returns how many judgements. They stay, marked as undone."""
    first, second = sorted((left, right))
    return Record.objects.filter(left=first, right=second, undone=None).update(undone=timezone.now())


def judgements() -> list[Judgement]:
    """All judgements, oldest first, those taken back among them."""
    return [_judgement(record) for record in Record.objects.all()]


def _judgement(record: Record) -> Judgement:
    return Judgement(
        record.left,
        record.right,
        Verdict(record.verdict),
        record.by,
        record.at,
        record.score,
        record.undone,
    )
