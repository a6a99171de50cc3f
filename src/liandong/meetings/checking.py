"""An independent judge of schedules: it knows the rules, not how schedules are made.

Nothing here is shared with the encoder; rules are applied meeting by meeting to the placements as published.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from liandong.errors import Text
from liandong.meetings.event import Event, Session
from liandong.meetings.schedule import Placement, Schedule


def idle_gaps(event: Event, placements: tuple[Placement, ...]) -> dict[str, int]:
    """Idle gaps of each participant, counted by walking through every day slot by slot."""
    busy: dict[str, set[int]] = {participant.id: set() for participant in event.participants}
    for placement in placements:
        meeting = next(m for m in event.meetings if m.id == placement.meeting)
        busy[meeting.first].add(placement.slot)
        busy[meeting.second].add(placement.slot)
    result = {}
    for name, slots in busy.items():
        gaps, met, free = 0, False, False
        day = None
        for number, slot in enumerate(event.slots, start=1):
            if slot.day != day:
                day, met, free = slot.day, False, False
            if number in slots:
                gaps += met and free
                met, free = True, False
            else:
                free = True
        result[name] = gaps
    return result


def violations(event: Event, placements: tuple[Placement, ...]) -> tuple[Text, ...]:
    """Every rule of the event that the placements break; empty if the schedule is sound."""
    broken: list[Text] = []
    meetings = {meeting.id: meeting for meeting in event.meetings}
    people = {participant.id: participant for participant in event.participants}
    when: dict[str, int] = {}
    for placement in placements:
        if placement.meeting not in meetings:
            broken.append(
                _text(f"会谈 {placement.meeting} 不存在", f"meeting {placement.meeting} does not exist")
            )
        elif placement.meeting in when:
            broken.append(
                _text(f"会谈 {placement.meeting} 排了两次", f"meeting {placement.meeting} is held twice")
            )
        elif not 1 <= placement.slot <= len(event.slots) or not 1 <= placement.table <= len(event.tables):
            broken.append(
                _text(
                    f"会谈 {placement.meeting} 的时段或桌号不存在",
                    f"meeting {placement.meeting} has a slot or table that does not exist",
                )
            )
        when[placement.meeting] = placement.slot
    if broken:
        return tuple(broken)

    seats: Counter[tuple[int, int]] = Counter((p.slot, p.table) for p in placements)
    for (slot, table), number in seats.items():
        if number > 1:
            broken.append(
                _text(
                    f"时段 {slot} 的 {event.tables[table - 1].name} 有 {number} 场会谈",
                    f"slot {slot} has {number} meetings at {event.tables[table - 1].name}",
                )
            )
    diary: dict[str, list[int]] = defaultdict(list)
    foreign: Counter[int] = Counter()
    for placement in placements:
        meeting, table_ = meetings[placement.meeting], event.tables[placement.table - 1]
        slot_ = event.slots[placement.slot - 1]
        name = placement.meeting
        for side in (meeting.first, meeting.second):
            diary[side].append(placement.slot)
            if placement.slot in people[side].unavailable:
                broken.append(
                    _text(
                        f"会谈 {name}:{side} 在时段 {placement.slot} 不能到场",
                        f"meeting {name}: {side} is not available in slot {placement.slot}",
                    )
                )
        if meeting.session is not Session.EITHER and meeting.session is not slot_.session:
            broken.append(_text(f"会谈 {name} 不在所要的半天", f"meeting {name} is in the wrong session"))
        if meeting.slot is not None and meeting.slot != placement.slot:
            broken.append(
                _text(f"会谈 {name} 应在时段 {meeting.slot}", f"meeting {name} is locked to {meeting.slot}")
            )
        if placement.slot in meeting.forbidden:
            broken.append(
                _text(
                    f"会谈 {name} 不能在时段 {placement.slot}",
                    f"meeting {name} is forbidden in slot {placement.slot}",
                )
            )
        if meeting.table is not None and meeting.table != table_.name:
            broken.append(
                _text(f"会谈 {name} 应在 {meeting.table}", f"meeting {name} is locked to {meeting.table}")
            )
        if meeting.kind and meeting.kind != table_.kind:
            broken.append(_text(f"会谈 {name} 需要 {meeting.kind}", f"meeting {name} needs {meeting.kind}"))
        if meeting.seats > table_.seats:
            broken.append(_text(f"会谈 {name} 的座位不够", f"meeting {name} lacks seats"))
        for earlier in meeting.after:
            if earlier in when and when[earlier] >= placement.slot:
                broken.append(
                    _text(f"会谈 {name} 应在 {earlier} 之后", f"meeting {name} must come after {earlier}")
                )
        languages = [set(people[side].languages) for side in (meeting.first, meeting.second)]
        if all(languages) and not languages[0] & languages[1]:
            foreign[placement.slot] += 1
    for side, slots in diary.items():
        if len(set(slots)) < len(slots):
            broken.append(_text(f"{side} 同一时段有两场会谈", f"{side} has two meetings in one slot"))
        most = people[side].most
        if most is not None and len(slots) > most:
            broken.append(_text(f"{side} 的会谈超过 {most} 场", f"{side} has more than {most} meetings"))
    for slot, number in foreign.items():
        if event.interpreters is not None and number > event.interpreters:
            broken.append(
                _text(f"时段 {slot} 需要 {number} 名译员", f"slot {slot} needs {number} interpreters")
            )
    broken += [
        _text(f"必须举行的会谈 {meeting.id} 没有排上", f"meeting {meeting.id} must be held and is not")
        for meeting in event.meetings
        if meeting.must and meeting.id not in when
    ]
    gaps = list(idle_gaps(event, placements).values())
    if event.fairness is not None and gaps and max(gaps) - min(gaps) > event.fairness:
        broken.append(
            _text(f"空档数相差超过 {event.fairness}", f"idle gaps differ by more than {event.fairness}")
        )
    return tuple(broken)


def confirm(schedule: Schedule) -> tuple[Text, ...]:
    """Violations of a result, and what it says of itself that is not so."""
    if not schedule.placements and schedule.gaps is None:
        return ()
    broken = list(violations(schedule.event, schedule.placements))
    if broken:
        return tuple(broken)
    gaps = sum(idle_gaps(schedule.event, schedule.placements).values())
    held = {placement.meeting for placement in schedule.placements}
    value = sum(meeting.value for meeting in schedule.event.meetings if meeting.id in held)
    if gaps != schedule.gaps:
        broken.append(
            _text(f"空档数是 {gaps},不是 {schedule.gaps}", f"there are {gaps} gaps, not {schedule.gaps}")
        )
    if value != schedule.value:
        broken.append(
            _text(f"价值是 {value},不是 {schedule.value}", f"the value is {value}, not {schedule.value}")
        )
    if schedule.bound is not None and gaps < schedule.bound:
        broken.append(_text("空档数小于下界", "fewer gaps than the bound allows"))
    return tuple(broken)


def _text(zh: str, en: str) -> Text:
    return Text(zh, en)
