"""MiniZinc data of the published problem "scheduling business-to-business meetings".

Bofill et al. (CP 2014): nBusiness participants hold nMeetings meetings at nTables tables in nTotalSlots
slots, the first nMorningSlots of them in the morning. `requested` has a row per meeting: participant,
participant, session (1 morning, 2 afternoon, 3 either). `forbidden`: slots that a participant cannot
use. `fixed`: the slot of a meeting, 0 for none. `precedences`: meetings that come strictly before this
one. In all sets 0 stands for "nothing". `meetingsxBusiness` and `nMeetingsBusiness` follow from
`requested` and are not read.
"""

from __future__ import annotations

import re
from pathlib import Path

from liandong.errors import InputError, Text
from liandong.meetings.event import Event, Meeting, Participant, Session, Slot, Table

FAIRNESS = 2  # the published problem: participants' numbers of gaps differ by at most two
SESSIONS = {1: Session.MORNING, 2: Session.AFTERNOON, 3: Session.EITHER}
DERIVED = ("meetingsxBusiness", "nMeetingsBusiness")

_ITEM = re.compile(r"\s*([A-Za-z_]\w*)\s*=\s*([^;]*);")
_COMMENT = re.compile(r"%[^\n]*")
_SET = re.compile(r"\{([^{}]*)\}|(-?\d+)\s*\.\.\s*(-?\d+)")


def read_dzn(path: Path | str) -> Event:
    """The event of a `.dzn` file. Raises InputError naming the field that is missing or wrong."""
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(Text("不是文本文件。", "This is not a text file."), file=path.name) from error
    return parse_dzn(text, origin=path.name)


def parse_dzn(text: str, *, origin: str = "") -> Event:
    """The event of MiniZinc data given as text."""
    fields = _Fields(text, origin)
    participants = fields.number("nBusiness", least=1)
    meetings = fields.number("nMeetings", least=0)
    tables = fields.number("nTables", least=0)
    slots = fields.number("nTotalSlots", least=1)
    morning = fields.number("nMorningSlots", least=0)
    if morning > slots:
        raise fields.wrong("nMorningSlots", str(morning), f"0 ~ {slots}")
    requested = fields.rows("requested", width=3, length=meetings)
    forbidden = fields.sets("forbidden", length=participants, most=slots)
    fixed = fields.numbers("fixed", length=meetings, most=slots)
    precedences = fields.sets("precedences", length=meetings, most=meetings)
    for row in requested:
        for number in row[:2]:
            if not 1 <= number <= participants:
                raise fields.wrong("requested", str(row), f"1 ~ {participants}")
        if row[2] not in SESSIONS or row[0] == row[1]:
            raise fields.wrong("requested", str(row), "A, B, 1/2/3")
    return Event(
        name=Path(origin).stem,
        participants=tuple(
            Participant(id=str(number), unavailable=frozenset(closed))
            for number, closed in enumerate(forbidden, start=1)
        ),
        meetings=tuple(
            Meeting(
                id=str(number),
                first=str(first),
                second=str(second),
                session=SESSIONS[session],
                must=True,
                slot=fixed[number - 1] or None,
                after=tuple(str(earlier) for earlier in sorted(precedences[number - 1])),
            )
            for number, (first, second, session) in enumerate(requested, start=1)
        ),
        tables=tuple(Table(name=f"T{number}") for number in range(1, tables + 1)),
        slots=tuple(
            Slot(session=Session.MORNING if number <= morning else Session.AFTERNOON)
            for number in range(1, slots + 1)
        ),
        fairness=FAIRNESS,
        origin=origin,
    )


class _Fields:
    """The assignments of a data file, read with their types checked."""

    def __init__(self, text: str, origin: str) -> None:
        self.origin = origin
        self.items: dict[str, str] = {
            name: value.strip() for name, value in _ITEM.findall(_COMMENT.sub("", text))
        }

    def wrong(self, field: str, found: str, right: str) -> InputError:
        """The error of a value that cannot be."""
        return InputError(
            Text(f"“{found[:60]}”不对,应为 {right}。", f'"{found[:60]}" is wrong; {right} is expected.'),
            file=self.origin or None,
            field=field,
        )

    def text(self, field: str) -> str:
        """The text of a field. Raises InputError where it is missing."""
        if field not in self.items:
            raise InputError(
                Text("缺少这一项。", "This item is missing."), file=self.origin or None, field=field
            )
        return self.items[field]

    def number(self, field: str, *, least: int) -> int:
        """A whole number."""
        text = self.text(field)
        if not re.fullmatch(r"-?\d+", text) or int(text) < least:
            raise self.wrong(field, text, f"≥ {least}")
        return int(text)

    def numbers(self, field: str, *, length: int, most: int) -> list[int]:
        """A list `[1, 0, 3]` of numbers from 0 to most."""
        found = self._integers(field, self._inside(field, "[", "]"))
        if len(found) != length or not all(0 <= number <= most for number in found):
            raise self.wrong(field, self.text(field), f"{length} × 0 ~ {most}")
        return found

    def rows(self, field: str, *, width: int, length: int) -> list[list[int]]:
        """A matrix `[|1, 2, 3 |4, 5, 6|]`."""
        inner = self._inside(field, "[", "]").strip("|")
        rows = [self._integers(field, row) for row in inner.split("|") if row.strip()]
        if len(rows) != length or any(len(row) != width for row in rows):
            raise self.wrong(field, f"{len(rows)} rows", f"{length} × {width}")
        return rows

    def sets(self, field: str, *, length: int, most: int) -> list[set[int]]:
        """A list of sets `[{0, 4}, {}, 1..3]`; 0 stands for nothing."""
        found = []
        for inner, low, high in _SET.findall(self._inside(field, "[", "]")):
            members = set(range(int(low), int(high) + 1)) if low else set(self._integers(field, inner))
            found.append(members - {0})
        if len(found) != length or any(not 0 < number <= most for members in found for number in members):
            raise self.wrong(field, f"{len(found)} sets", f"{length} sets, 1 ~ {most}")
        return found

    def _inside(self, field: str, opening: str, closing: str) -> str:
        text = self.text(field)
        if not (text.startswith(opening) and text.endswith(closing)):
            raise self.wrong(field, text, f"{opening}…{closing}")
        return text[1:-1].strip()

    def _integers(self, field: str, text: str) -> list[int]:
        try:
            return [int(part) for part in text.split(",") if part.strip()]
        except ValueError as error:
            raise self.wrong(field, text, "1, 2, 3") from error
