"""What each side owes the other: due, done, overdue, and by what it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from liandong.errors import Text
from liandong.figures import Figure


class Side(StrEnum):
    """Who owes it."""

    GOVERNMENT = "government"
    FIRM = "firm"


class State(StrEnum):
    """How a promise stands on a day. `waiting`: its condition has not come about, so nothing is due yet."""

    WAITING = "waiting"
    DUE = "due"
    OVERDUE = "overdue"
    KEPT = "kept"
    KEPT_LATE = "kept_late"
    SUSPENDED = "suspended"
    UNDATED = "undated"


STATE_NAMES: dict[State, Text] = {
    State.WAITING: Text("条件未成就", "condition not met"),
    State.DUE: Text("未到期", "not due yet"),
    State.OVERDUE: Text("逾期", "overdue"),
    State.KEPT: Text("已兑现", "kept"),
    State.KEPT_LATE: Text("逾期后兑现", "kept late"),
    State.SUSPENDED: Text("中止", "suspended"),
    State.UNDATED: Text("未约定期限", "no date agreed"),
}


@dataclass(frozen=True, slots=True)
class Promise:
    """One line of the ledger.

    document: where it is written. condition: what must come first ("" for nothing), condition_met: when it
    did. amount: what is promised as a figure, if it is one; outcome: what came of it. office: who answers
    for it, so that it survives a change of officer. suspended: why, "" if it is not.
    """

    id: str
    side: Side
    what: str
    document: str
    office: str = ""
    condition: str = ""
    condition_met: date | None = None
    due: date | None = None
    done: date | None = None
    evidence: tuple[str, ...] = ()
    amount: Figure | None = None
    outcome: Figure | None = None
    suspended: str = ""

    def __post_init__(self) -> None:
        if self.done is not None and not self.evidence:
            raise ValueError(f"promise {self.id} is called kept without evidence")

    def state(self, on: date) -> State:
        """How it stands at the end of that day."""
        if self.done is not None and self.done <= on:
            late = self.due is not None and self.done > self.due
            return State.KEPT_LATE if late else State.KEPT
        if self.suspended:
            return State.SUSPENDED
        if self.condition and (self.condition_met is None or self.condition_met > on):
            return State.WAITING
        if self.due is None:
            return State.UNDATED
        return State.OVERDUE if self.due < on else State.DUE


def ledger(promises: Iterable[Promise], on: date) -> dict[Side, dict[State, tuple[Promise, ...]]]:
    """The promises of each side by how they stand, the earliest due first."""
    found: dict[Side, dict[State, list[Promise]]] = {side: {} for side in Side}
    for promise in sorted(promises, key=lambda p: (p.due or date.max, p.id)):
        found[promise.side].setdefault(promise.state(on), []).append(promise)
    return {side: {state: tuple(each) for state, each in states.items()} for side, states in found.items()}
