"""An event as TOML: the sheets of the workbook as arrays of tables, under the same names."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import tomli_w

from liandong.errors import InputError, InputErrors, Text
from liandong.meetings.event import AskedBy, Event, Session
from liandong.meetings.fields import SHEETS
from liandong.meetings.rows import Reader, Row


def read_toml(path: Path | str) -> Event:
    """The event of a `.toml` file. Rows of a fault count the tables of an array from 1."""
    path = Path(path)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(
            Text(f"不是有效的 TOML:{error}", f"This is not TOML: {error}"), file=path.name
        ) from error
    faults, rows = [], {}
    known = {sheet.name: sheet for sheet in SHEETS}
    for name, value in data.items():
        tables = [value] if name == "event" else value
        if name not in known or not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
            faults.append(
                InputError(Text("不认识这一项。", "This item is not known."), file=path.name, field=name)
            )
            continue
        columns = {column.name for column in known[name].columns}
        rows[name] = [Row(number, table, {}) for number, table in enumerate(tables, start=1)]
        faults += [
            InputError(
                Text("不认识这一项。", "This item is not known."),
                file=path.name,
                sheet=name,
                row=row.number,
                field=key,
            )
            for row in rows[name]
            for key in row.cells
            if key not in columns
        ]
    if faults:
        raise InputErrors(tuple(faults))
    return Reader(path.name, {}).event(rows)


def write_toml(event: Event) -> str:
    """The event as TOML; read_toml gives the same event back. Slots need times."""
    slots: list[dict[str, Any]] = [
        {
            "date": slot.start.date(),
            "start": slot.start.time(),
            "end": slot.end.time(),
            "session": str(slot.session),
        }
        for slot in event.slots
        if slot.start is not None and slot.end is not None
    ] + [
        {"date": pause.start.date(), "start": pause.start.time(), "end": pause.end.time(), "pause": "break"}
        for pause in event.breaks
    ]
    closed = [
        {"participant": person.id, "date": start.date(), "start": start.time(), "end": end.time()}
        for person in event.participants
        for number in sorted(person.unavailable)
        if (start := event.slots[number - 1].start) is not None
        and (end := event.slots[number - 1].end) is not None
    ]
    return tomli_w.dumps(
        _filled(
            {
                "event": {
                    "name": event.name,
                    "place": event.place,
                    "timezone": event.timezone,
                    "fairness": event.fairness,
                    "interpreters": event.interpreters,
                },
                "slots": slots,
                "tables": [
                    {"name": t.name, "kind": t.kind, "seats": t.seats, "room": t.room, "x": t.x, "y": t.y}
                    for t in event.tables
                ],
                "participants": [
                    {
                        "id": p.id,
                        "name": p.label,
                        "delegation": p.delegation,
                        "languages": list(p.languages),
                        "sector": p.sector,
                        "most": p.most,
                    }
                    for p in event.participants
                ],
                "unavailable": closed,
                "wishes": [
                    {
                        "id": m.id,
                        "first": m.first,
                        "second": m.second,
                        "asked_by": None if m.asked_by is AskedBy.BOTH else str(m.asked_by),
                        "priority": m.priority,
                        "must": "yes" if m.must else None,
                        "session": None if m.session is Session.EITHER else str(m.session),
                        "slot": m.slot,
                        "table": m.table,
                        "forbidden": sorted(m.forbidden),
                        "after": list(m.after),
                        "kind": m.kind,
                        "seats": m.seats,
                    }
                    for m in event.meetings
                ],
            }
        )
    )


def _filled(value: Any) -> Any:
    """Without the items that are empty."""
    if isinstance(value, dict):
        return {key: _filled(item) for key, item in value.items() if item not in (None, "", [])}
    return [_filled(item) for item in value] if isinstance(value, list) else value
