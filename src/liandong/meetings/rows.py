"""From the rows of a workbook or a TOML file to an event, every fault with its place.

All faults of a file are found in one pass; nothing is guessed, dropped or scheduled silently without them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from liandong.errors import InputError, InputErrors, Text
from liandong.meetings.capacity import suits
from liandong.meetings.domains import domain
from liandong.meetings.event import AskedBy, Break, Event, Meeting, Participant, Session, Slot, Table
from liandong.meetings.fields import (
    EVENT,
    PARTICIPANTS,
    SHEETS,
    SLOTS,
    TABLES,
    UNAVAILABLE,
    WISHES,
    Column,
    Sheet,
)

WORDS: Mapping[str, Mapping[str, Any]] = {
    "yes": {
        "是": True,
        "yes": True,
        "true": True,
        "1": True,
        "否": False,
        "no": False,
        "false": False,
        "0": False,
    },
    "session": {"上午": Session.MORNING, "下午": Session.AFTERNOON, "不限": Session.EITHER}
    | {str(session): session for session in Session},
    "side": {"双方": AskedBy.BOTH, "甲方": AskedBy.FIRST, "乙方": AskedBy.SECOND}
    | {str(s): s for s in AskedBy},
    "pause": {"会谈": False, "meetings": False, "休息": True, "break": True},
}
_SEPARATOR = re.compile(r"[、,,;;\s]+")


@dataclass(frozen=True)
class Row:
    """One row: its number as people see it, its cells and the columns' visible names by column name."""

    number: int
    cells: Mapping[str, Any]
    places: Mapping[str, str]


Rows = Mapping[str, Sequence[Row]]


class Reader:
    """Turns rows into an event and gathers faults. titles: what the file calls its sheets."""

    def __init__(self, file: str, titles: Mapping[str, str]) -> None:
        self.file, self.titles = file, titles
        self.faults: list[InputError] = []

    def event(self, rows: Rows) -> Event:
        """The event. Raises InputErrors with every fault found."""
        typed = {
            sheet.name: [self._typed(sheet, row) for row in rows.get(sheet.name, ())] for sheet in SHEETS
        }
        for sheet in SHEETS:
            if (
                sheet.required and not typed[sheet.name] and sheet is not WISHES
            ):  # they may come as suggestions
                self.fault(sheet, None, None, Text("没有内容。", "There is nothing in it."))
        self._raise()
        about = typed["event"][0][1]
        slots, breaks = self._slots(typed["slots"])
        tables = self._tables(typed["tables"])
        people = self._participants(typed["participants"])
        closed = self._unavailable(typed["unavailable"], people, slots)
        meetings = self._wishes(typed["wishes"], people, slots, tables)
        try:
            ZoneInfo(about["timezone"] or "Asia/Shanghai")
        except (ZoneInfoNotFoundError, ValueError):
            self.fault(
                EVENT,
                typed["event"][0][0],
                "timezone",
                Text(f"没有“{about['timezone']}”这个时区。", f'There is no time zone "{about["timezone"]}".'),
            )
        self._raise()
        event = Event(
            name=about["name"],
            participants=tuple(
                Participant(
                    id=p["id"],
                    name=p["name"],
                    delegation=p["delegation"] or "",
                    languages=p["languages"] or (),
                    sector=p["sector"] or "",
                    unavailable=frozenset(closed.get(p["id"], ())),
                    most=p["most"],
                )
                for _, p in typed["participants"]
            ),
            meetings=tuple(meetings),
            tables=tuple(tables),
            slots=tuple(slots),
            breaks=tuple(breaks),
            fairness=about["fairness"],
            interpreters=about["interpreters"],
            place=about["place"] or "",
            timezone=about["timezone"] or "Asia/Shanghai",
            origin=self.file,
        )
        self._possible(event, [row for row, _ in typed["wishes"]])
        self._raise()
        return event

    def fault(self, sheet: Sheet, row: Row | None, column: str | None, problem: Text) -> None:
        """Remember a fault."""
        place = None
        if column is not None:
            place = row.places.get(column, column) if row is not None else column
        self.faults.append(
            InputError(
                problem,
                file=self.file,
                sheet=self.titles.get(sheet.name, sheet.name),
                row=row.number if row is not None else None,
                field=place,
            )
        )

    def _raise(self) -> None:
        if self.faults:
            raise InputErrors(tuple(self.faults))

    def _typed(self, sheet: Sheet, row: Row) -> tuple[Row, dict[str, Any]]:
        values: dict[str, Any] = {}
        for column in sheet.columns:
            raw = row.cells.get(column.name)
            if isinstance(raw, str):
                raw = raw.strip() or None
            if raw is None:
                values[column.name] = None
                if column.required:
                    self.fault(sheet, row, column.name, Text("这里不能为空。", "This must not be empty."))
                continue
            try:
                values[column.name] = _value(column, raw)
            except ValueError:
                values[column.name] = None
                self.fault(
                    sheet,
                    row,
                    column.name,
                    Text(
                        f"“{raw}”不对。{_RIGHT[column.kind].zh}",
                        f'"{raw}" is wrong. {_RIGHT[column.kind].en}',
                    ),
                )
        return row, values

    def _slots(self, rows: list[tuple[Row, dict[str, Any]]]) -> tuple[list[Slot], list[Break]]:
        spans = []
        for row, cells in rows:
            start, end = (datetime.combine(cells["date"], cells[key]) for key in ("start", "end"))
            if end <= start:
                self.fault(SLOTS, row, "end", Text("结束不晚于开始。", "It ends before it starts."))
            spans.append((start, end, row, cells))
        spans.sort(key=lambda span: span[:2])
        for (_, earlier, _, _), (start, _, row, _) in pairwise(spans):
            if start < earlier:
                self.fault(SLOTS, row, "start", Text("与另一时段重叠。", "It overlaps another slot."))
        days = {
            day: number for number, day in enumerate(sorted({start.date() for start, *_ in spans}), start=1)
        }
        slots = [
            Slot(
                day=days[start.date()],
                session=cells["session"] or (Session.MORNING if start.hour < 12 else Session.AFTERNOON),
                start=start,
                end=end,
            )
            for start, end, _, cells in spans
            if not cells["pause"]
        ]
        return slots, [Break(start, end) for start, end, _, cells in spans if cells["pause"]]

    def _tables(self, rows: list[tuple[Row, dict[str, Any]]]) -> list[Table]:
        self._unique(TABLES, rows, "name")
        return [
            Table(
                c["name"],
                c["kind"] or "",
                4 if c["seats"] is None else c["seats"],
                c["room"] or "",
                c["x"],
                c["y"],
            )
            for _, c in rows
        ]

    def _participants(self, rows: list[tuple[Row, dict[str, Any]]]) -> dict[str, str]:
        """Id by id and by name; names that several share are left out."""
        self._unique(PARTICIPANTS, rows, "id")
        self._unique(PARTICIPANTS, rows, "name")
        return {cells[key]: cells["id"] for key in ("name", "id") for _, cells in rows}

    def _unique(self, sheet: Sheet, rows: list[tuple[Row, dict[str, Any]]], column: str) -> None:
        first: dict[str, int] = {}
        for row, cells in rows:
            value = cells[column]
            if value is None:
                continue
            if value in first:
                self.fault(
                    sheet,
                    row,
                    column,
                    Text(
                        f"“{value}”与第 {first[value]} 行重复。",
                        f'"{value}" is already in row {first[value]}.',
                    ),
                )
            first.setdefault(value, row.number)

    def _person(
        self, sheet: Sheet, row: Row, cells: dict[str, Any], column: str, people: dict[str, str]
    ) -> str | None:
        found = people.get(cells[column])
        if found is None:
            self.fault(
                sheet,
                row,
                column,
                Text(f"参会方里没有“{cells[column]}”。", f'"{cells[column]}" is not among the participants.'),
            )
        return found

    def _unavailable(
        self, rows: list[tuple[Row, dict[str, Any]]], people: dict[str, str], slots: list[Slot]
    ) -> dict[str, set[int]]:
        closed: dict[str, set[int]] = {}
        spans: dict[str, list[tuple[datetime, datetime, int]]] = {}
        for row, cells in rows:
            person = self._person(UNAVAILABLE, row, cells, "participant", people)
            start = datetime.combine(cells["date"], cells["start"] or time.min)
            end = datetime.combine(cells["date"], cells["end"] or time.max)
            if end <= start:
                self.fault(UNAVAILABLE, row, "end", Text("结束不晚于开始。", "It ends before it starts."))
            if person is None:
                continue
            for other_start, other_end, number in spans.get(person, []):
                if start < other_end and other_start < end:
                    self.fault(
                        UNAVAILABLE,
                        row,
                        "start",
                        Text(f"与第 {number} 行重叠。", f"It overlaps row {number}."),
                    )
            spans.setdefault(person, []).append((start, end, row.number))
            closed.setdefault(person, set()).update(
                number
                for number, slot in enumerate(slots, start=1)
                if slot.start is not None and slot.end is not None and slot.start < end and start < slot.end
            )
        return closed

    def _wishes(
        self,
        rows: list[tuple[Row, dict[str, Any]]],
        people: dict[str, str],
        slots: list[Slot],
        tables: list[Table],
    ) -> list[Meeting]:
        self._unique(WISHES, rows, "id")
        taken = {cells["id"] for _, cells in rows}
        numbers = (f"W{number}" for number in range(1, 2 * len(rows) + 1) if f"W{number}" not in taken)
        meetings, pairs = [], dict[frozenset[str], int]()
        for row, cells in rows:
            first, second = (self._person(WISHES, row, cells, side, people) for side in ("first", "second"))
            if first is None or second is None:
                continue
            if first == second:
                self.fault(WISHES, row, "second", Text("双方是同一家。", "Both sides are the same."))
                continue
            pair = frozenset((first, second))
            if pair in pairs:
                self.fault(
                    WISHES,
                    row,
                    "second",
                    Text(f"这一对已在第 {pairs[pair]} 行。", f"This pair is already in row {pairs[pair]}."),
                )
            pairs.setdefault(pair, row.number)
            self._wish_numbers(row, cells, slots, tables, taken)
            meetings.append(
                Meeting(
                    id=cells["id"] or next(numbers),
                    first=first,
                    second=second,
                    asked_by=cells["asked_by"] or AskedBy.BOTH,
                    priority=3 if cells["priority"] is None else cells["priority"],
                    session=cells["session"] or Session.EITHER,
                    must=bool(cells["must"]),
                    slot=cells["slot"],
                    table=cells["table"],
                    forbidden=frozenset(cells["forbidden"] or ()),
                    after=cells["after"] or (),
                    kind=cells["kind"] or "",
                    seats=2 if cells["seats"] is None else cells["seats"],
                )
            )
        return meetings

    def _wish_numbers(
        self, row: Row, cells: dict[str, Any], slots: list[Slot], tables: list[Table], ids: set[str]
    ) -> None:
        priority = cells["priority"]
        if priority is not None and not 1 <= priority <= 5:
            self.fault(WISHES, row, "priority", Text("优先级是 1 到 5。", "The priority is 1 to 5."))
        for column in ("slot", "forbidden"):
            numbers = cells[column] or ()
            for number in (numbers,) if isinstance(numbers, int) else numbers:
                if not 1 <= number <= len(slots):
                    self.fault(
                        WISHES,
                        row,
                        column,
                        Text(
                            f"没有第 {number} 个时段,共 {len(slots)} 个。",
                            f"There is no slot {number}; there are {len(slots)}.",
                        ),
                    )
        if cells["table"] is not None and cells["table"] not in {table.name for table in tables}:
            self.fault(
                WISHES,
                row,
                "table",
                Text(f"没有“{cells['table']}”这张桌子。", f'No table "{cells["table"]}".'),
            )
        for earlier in cells["after"] or ():
            if earlier not in ids or earlier == cells["id"]:
                self.fault(
                    WISHES,
                    row,
                    "after",
                    Text(f"没有编号为“{earlier}”的其他会谈。", f'There is no other meeting "{earlier}".'),
                )

    def _possible(self, event: Event, rows: list[Row]) -> None:
        """A wish that can never be held is a fault of the input, not a gap in the schedule."""
        for meeting, row in zip(event.meetings, rows, strict=True):
            if not any(suits(table, meeting) for table in event.tables):
                self.fault(
                    WISHES, row, "table", Text("没有一张桌子满足要求。", "No table meets what it needs.")
                )
            elif not domain(event, meeting):
                self.fault(
                    WISHES,
                    row,
                    "slot",
                    Text(
                        f"{event.pair(meeting)} 没有双方都能到场且允许的时段。",
                        f"{event.pair(meeting)} have no slot in which both can come and it is allowed.",
                    ),
                )


def _value(column: Column, raw: Any) -> Any:
    """A cell's value in its kind. Raises ValueError."""
    kind = column.kind
    if kind in WORDS:
        return _word(WORDS[kind], raw)
    if kind == "number":
        return _whole(raw)
    if kind == "metres":
        return float(raw)
    if kind == "numbers":
        return tuple(_whole(part) for part in _parts(raw))
    if kind == "names":
        return tuple(str(part) for part in _parts(raw))
    if kind == "date":
        return _date(raw)
    if kind == "time":
        return _time(raw)
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))  # a spreadsheet's 7 is read as 7.0
    return str(raw)


def _word(words: Mapping[str, Any], raw: Any) -> Any:
    key = str(raw).strip().lower()
    if key not in words:
        raise ValueError(raw)
    return words[key]


def _parts(raw: Any) -> list[Any]:
    if isinstance(raw, list | tuple):
        return list(raw)
    return [part for part in _SEPARATOR.split(str(raw)) if part]


def _whole(raw: Any) -> int:
    number = float(raw)
    if isinstance(raw, bool) or not number.is_integer() or number < 0:
        raise ValueError(raw)
    return int(number)


def _date(raw: Any) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    return date.fromisoformat(str(raw).replace("/", "-"))


def _time(raw: Any) -> time:
    if isinstance(raw, datetime):
        return raw.time()
    if isinstance(raw, time):
        return raw
    hour, colon, minute = str(raw).replace(":", ":").partition(":")
    if not colon:
        raise ValueError(raw)
    return time(int(hour), int(minute[:2]))


_RIGHT: Mapping[str, Text] = {
    "text": Text("请填写文字。", "Give text."),
    "names": Text("请用顿号分开。", "Separate with commas."),
    "number": Text("请填写不小于 0 的整数。", "Give a whole number, 0 or more."),
    "numbers": Text("请填写整数,用顿号分开。", "Give whole numbers, separated by commas."),
    "metres": Text("请填写米数。", "Give metres."),
    "date": Text("请填写日期,如 2026-05-18。", "Give a date such as 2026-05-18."),
    "time": Text("请填写时刻,如 9:30。", "Give a time such as 9:30."),
    "yes": Text("请填写 是 或 否。", "Give yes or no."),
    "session": Text("请填写 上午、下午 或 不限。", "Give morning, afternoon or either."),
    "side": Text("请填写 双方、甲方 或 乙方。", "Give both, first or second."),
    "pause": Text("请填写 会谈 或 休息。", "Give meetings or break."),
}
