"""Why there is no schedule: a smallest set of things that cannot hold together, in people's words.

Every rule that people could give up gets a switch. The solver names switches that clash; then each is
tried off in turn, and only those without which the clash is gone are kept. Leave out any one of them
and the rest can be done.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from liandong.errors import Text
from liandong.meetings.budget import Budget, Oracle, Stopped
from liandong.meetings.encoding import encode
from liandong.meetings.event import Event, Meeting, Session
from liandong.meetings.schedule import Reason

SECONDS = 30.0
HARD = 20_000  # conflicts for one question
SESSIONS = {
    Session.MORNING: Text("上午", "in the morning"),
    Session.AFTERNOON: Text("下午", "in the afternoon"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that can be given up: what people call it, and the event without it."""

    kind: str
    key: str
    reason: Reason


def explain(event: Event, *, seconds: float | None = SECONDS) -> tuple[Reason, ...]:
    """A smallest set of rules of the event that cannot hold together; empty if a schedule exists.

    "Smallest" means that without any one of them the others can be kept. If `seconds` run out the set may
    still hold more than it needs; it is a clash all the same. Compulsory meetings are rules; optional
    wishes are none.
    """
    budget = Budget(seconds=seconds)
    kept = list(rules(event))
    try:
        if _possible(event, kept, budget):
            return ()
        size = max(1, len(kept) // 2)
        while size:  # drop large parts first, then single rules
            position = 0
            while position < len(kept):
                fewer = kept[:position] + kept[position + size :]
                if _possible(event, fewer, budget):
                    position += size
                else:
                    kept = fewer
            size //= 2
    except Stopped:
        pass
    return tuple(rule.reason for rule in kept)


def rules(event: Event) -> Iterable[Rule]:
    """Everything that people could give up, the easiest first, so that the hard core remains."""
    if event.fairness is not None:
        number = event.fairness
        yield Rule(
            "fairness",
            "",
            Reason(Text(f"各方空档数最多相差 {number}", f"idle gaps differ by at most {number}")),
        )
    if event.interpreters is not None:
        number = event.interpreters
        yield Rule(
            "interpreters", "", Reason(Text(f"只有 {number} 名译员", f"there are only {number} interpreters"))
        )
    for meeting in event.meetings:
        if meeting.must:
            yield from _of_meeting(event, meeting)
    for participant in event.participants:
        name, who = participant.label, (participant.id,)
        if participant.unavailable:
            slots = tuple(sorted(participant.unavailable))
            listed = ", ".join(map(str, slots))
            text = Text(f"{name} 在时段 {listed} 不能到场", f"{name} cannot come in slot {listed}")
            yield Rule("unavailable", participant.id, Reason(text, who, (), slots))
        if participant.most is not None:
            text = Text(
                f"{name} 最多 {participant.most} 场会谈",
                f"{name} accepts {participant.most} meetings at most",
            )
            yield Rule("most", participant.id, Reason(text, who))
    yield Rule(
        "tables",
        "",
        Reason(
            Text(
                f"每个时段只有 {len(event.tables)} 张桌子",
                f"there are only {len(event.tables)} tables in a slot",
            )
        ),
    )
    for meeting in event.meetings:
        if meeting.must:
            pair = event.pair(meeting)
            text = Text(f"会谈 {meeting.id}({pair})必须举行", f"meeting {meeting.id} ({pair}) must be held")
            yield Rule("must", meeting.id, Reason(text, (meeting.first, meeting.second), (meeting.id,)))


def _of_meeting(event: Event, meeting: Meeting) -> Iterable[Rule]:
    who, what = (meeting.first, meeting.second), (meeting.id,)
    name = f"{meeting.id}({event.pair(meeting)})"
    english = f"meeting {meeting.id} ({event.pair(meeting)})"
    if meeting.session is not Session.EITHER:
        half = SESSIONS[meeting.session]
        text = Text(f"会谈 {name}要在{half.zh}", f"{english} is to be {half.en}")
        yield Rule("session", meeting.id, Reason(text, who, what))
    if meeting.slot is not None:
        text = Text(f"会谈 {name}固定在时段 {meeting.slot}", f"{english} is locked to slot {meeting.slot}")
        yield Rule("slot", meeting.id, Reason(text, who, what, (meeting.slot,)))
    if meeting.forbidden:
        slots = tuple(sorted(meeting.forbidden))
        listed = ", ".join(map(str, slots))
        text = Text(f"会谈 {name}不能在时段 {listed}", f"{english} is forbidden in slot {listed}")
        yield Rule("forbidden", meeting.id, Reason(text, who, what, slots))
    if meeting.table is not None or meeting.kind:
        place = meeting.table or meeting.kind
        yield Rule(
            "place",
            meeting.id,
            Reason(Text(f"会谈 {name}要用 {place}", f"{english} needs {place}"), who, what),
        )
    if meeting.after:
        earlier = ", ".join(meeting.after)
        text = Text(f"会谈 {name}排在 {earlier} 之后", f"{english} comes after {earlier}")
        yield Rule("after", meeting.id, Reason(text, who, (*what, *meeting.after)))


def _possible(event: Event, kept: Sequence[Rule], budget: Budget) -> bool:
    """Whether the event without the other rules has a schedule. Raises Stopped when the budget is spent."""
    budget.check()
    tables = any(rule.kind == "tables" for rule in kept)
    encoding = encode(_without(event, kept), symmetry=True, gaps=False, tables=tables, check=budget.check)
    oracle = Oracle(encoding.formula, budget)
    answer = oracle.solve(conflicts=HARD)
    oracle.close()
    if answer is None:
        raise Stopped  # too hard to tell: what is kept so far is a clash, if not a smallest one
    return answer


def _without(event: Event, kept: Sequence[Rule]) -> Event:
    """The event with only the kept rules; meetings that need not be held are gone."""
    on = {(rule.kind, rule.key) for rule in kept}
    held = {meeting.id for meeting in event.meetings if ("must", meeting.id) in on}
    meetings = tuple(
        replace(
            meeting,
            session=meeting.session if ("session", meeting.id) in on else Session.EITHER,
            slot=meeting.slot if ("slot", meeting.id) in on else None,
            forbidden=meeting.forbidden if ("forbidden", meeting.id) in on else frozenset(),
            table=meeting.table if ("place", meeting.id) in on else None,
            kind=meeting.kind if ("place", meeting.id) in on else "",
            after=tuple(e for e in meeting.after if e in held) if ("after", meeting.id) in on else (),
        )
        for meeting in event.meetings
        if meeting.id in held
    )
    participants = tuple(
        replace(
            participant,
            unavailable=participant.unavailable if ("unavailable", participant.id) in on else frozenset(),
            most=participant.most if ("most", participant.id) in on else None,
        )
        for participant in event.participants
    )
    return replace(
        event,
        participants=participants,
        meetings=meetings,
        fairness=event.fairness if ("fairness", "") in on else None,
        interpreters=event.interpreters if ("interpreters", "") in on else None,
    )
