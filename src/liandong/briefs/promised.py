"""The ledger of both sides' promises as tables: how each stands, what is overdue, what shows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from liandong.briefs.blocks import Block, Paragraph, Words
from liandong.briefs.cases import Case
from liandong.briefs.counting import named
from liandong.briefs.tabling import table
from liandong.briefs.vocabulary import say
from liandong.errors import Language
from liandong.projects import STATE_NAMES, Promise, Side, State

_CLOSED = (State.KEPT, State.KEPT_LATE)


def promise_blocks(
    cases: Sequence[Case], day: date, language: Language, *, open_only: bool = False
) -> list[Block]:
    """A table a side, the earliest due first. open_only: without those that were kept.

    Promises of the government that no review has passed are counted and left out.
    """
    blocks: list[Block] = []
    for side in Side:
        found = [
            (promise.due or date.max, promise.id, case, promise)
            for case in cases
            for promise in case.promises
            if promise.side is side and not (open_only and promise.state(day) in _CLOSED)
        ]
        rows = [
            (
                named(case),
                promise.what,
                _due(promise, language),
                _state(promise, day, language),
                promise.office,
            )
            for _, _, case, promise in sorted(found, key=lambda each: each[:2])
        ]
        heads = (
            ("work_project", 0.24),
            ("work_promise", 0.32),
            ("work_due", 0.16),
            ("work_state", 0.14),
            ("work_office", 0.14),
        )
        blocks += table(say(f"work_promises_{side.value}", language), heads, rows, language)
    withheld = sum(len(case.project.promises) - len(case.promises) for case in cases)
    if withheld:
        text = say("work_withheld", language).format(count=withheld)
        blocks.append(Paragraph((Words(text, "muted"),)))
    return blocks


def _due(promise: Promise, language: Language) -> str:
    """The day, and the condition that must come first."""
    day = promise.due.isoformat() if promise.due else ""
    if not promise.condition:
        return day
    condition = say("work_once", language).format(condition=promise.condition)
    return f"{day}（{condition}）" if day and language == "zh" else f"{day} {condition}".strip()


def _state(promise: Promise, day: date, language: Language) -> str:
    state = promise.state(day)
    said = STATE_NAMES[state](language)
    return f"▲ {said}" if state is State.OVERDUE else said
