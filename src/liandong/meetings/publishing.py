"""Schedules that people were told: numbered versions, and what changed between two of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from liandong.errors import InputError, Text
from liandong.meetings.event import Event
from liandong.meetings.schedule import Placement, Schedule

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Version:
    """A published schedule. number counts from 1; note says why it was published."""

    number: int
    published: datetime
    placements: tuple[Placement, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one meeting between two versions."""

    meeting: str
    kind: Literal["moved", "added", "dropped"]
    before: Placement | None
    after: Placement | None
    text: Text


def publish(found: Schedule, folder: Path | str, *, now: datetime, note: str = "") -> Version:
    """Write the schedule into the folder as its next version (`0001.json`, …); earlier ones stay."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    number = max((version.number for version in versions(folder)), default=0) + 1
    version = Version(number, now, tuple(sorted(found.placements)), note)
    content = {
        "format": FORMAT,
        "number": number,
        "published": now.isoformat(),
        "note": note,
        "placements": [[p.meeting, p.slot, p.table] for p in version.placements],
    }
    with (folder / f"{number:04}.json").open("x", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=1)
    return version


def versions(folder: Path | str) -> tuple[Version, ...]:
    """All published versions, oldest first. Raises InputError for a file that is none."""
    return tuple(_read(path) for path in sorted(Path(folder).glob("[0-9][0-9][0-9][0-9].json")))


def diff(event: Event, before: tuple[Placement, ...], after: tuple[Placement, ...]) -> tuple[Change, ...]:
    """What changed, by the time of the meeting: "moved from 10:20 T3 to 10:40 T5"."""
    old: Mapping[str, Placement] = {placement.meeting: placement for placement in before}
    new: Mapping[str, Placement] = {placement.meeting: placement for placement in after}
    changes = []
    for name in sorted(old.keys() | new.keys()):
        was, is_ = old.get(name), new.get(name)
        if was == is_:
            continue
        label = event.pair(event.meetings[event.position[name]]) if name in event.position else name
        if was and is_:
            one, other = _place(event, was), _place(event, is_)
            text = Text(f"{label}:从 {one} 改到 {other}", f"{label}: moved from {one} to {other}")
            changes.append(Change(name, "moved", was, is_, text))
        elif is_:
            text = Text(f"{label}:新增 {_place(event, is_)}", f"{label}: added at {_place(event, is_)}")
            changes.append(Change(name, "added", None, is_, text))
        elif was:
            text = Text(
                f"{label}:取消(原 {_place(event, was)})", f"{label}: dropped (was {_place(event, was)})"
            )
            changes.append(Change(name, "dropped", was, None, text))
    return tuple(
        sorted(changes, key=lambda change: ((change.after or change.before or _NEVER).slot, change.meeting))
    )


def _place(event: Event, placement: Placement) -> str:
    slot = event.slots[placement.slot - 1]
    table = event.tables[placement.table - 1].name
    if slot.start is None:
        return f"#{placement.slot} {table}"
    several = len({each.day for each in event.slots}) > 1
    return f"{slot.start:%m-%d %H:%M} {table}" if several else f"{slot.start:%H:%M} {table}"


def _read(path: Path) -> Version:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return Version(
            int(content["number"]),
            datetime.fromisoformat(content["published"]),
            tuple(
                Placement(str(meeting), int(slot), int(table))
                for meeting, slot, table in content["placements"]
            ),
            str(content["note"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            Text("不是已发布的排期。", "This is not a published schedule."), file=path.name
        ) from error


_NEVER = Placement("", 0, 0)
