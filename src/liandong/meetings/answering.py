"""Suggestions on paper: a workbook in which each side says yes or no, and the wishes that come of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from liandong.errors import InputError, InputErrors, Language, Text
from liandong.meetings.event import Event
from liandong.meetings.suggesting import Pair, Suggestion, wishes

SHEET = Text("会谈建议", "suggestions")
COLUMNS = {
    "rank": Text("名次", "rank"),
    "first": Text("甲方", "first"),
    "first_name": Text("甲方名称", "first name"),
    "second": Text("乙方", "second"),
    "second_name": Text("乙方名称", "second name"),
    "score": Text("得分", "score"),
    "reasons": Text("理由", "reasons"),
    "accepted_first": Text("甲方接受", "first accepts"),
    "accepted_second": Text("乙方接受", "second accepts"),
}
WIDTHS = {"first_name": 30, "second_name": 30, "reasons": 80}
ANSWERS = {"是": True, "yes": True, "否": False, "no": False}
YES, NO = Text("是", "yes"), Text("否", "no")


def write_suggestions(
    event: Event, suggestions: Iterable[Suggestion], path: Path | str, language: Language = "zh"
) -> None:
    """A row per suggestion; the last two columns are for the sides' answers (是 / 否, yes / no)."""
    from openpyxl import Workbook  # slow to import, and not needed for scheduling
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    page = book.active
    page.title = SHEET(language)
    page.append([label(language) for label in COLUMNS.values()])
    for number, name in enumerate(COLUMNS, start=1):
        page.cell(1, number).font = Font(bold=True)
        page.column_dimensions[get_column_letter(number)].width = WIDTHS.get(name, 10)
    for each in suggestions:
        pair = each.pair
        page.append(
            [
                each.rank,
                pair.first,
                event.by_id[pair.first].label,
                pair.second,
                event.by_id[pair.second].label,
                pair.score,
                "\n".join(pair.reasons),
                _word(each.accepted_first, language),
                _word(each.accepted_second, language),
            ]
        )
    page.freeze_panes = "A2"
    book.save(path)


def read_suggestions(path: Path | str, event: Event) -> tuple[Suggestion, ...]:
    """The suggestions of a workbook with the answers.

    Raises InputErrors with sheet, row and column of every fault.
    """
    from openpyxl import load_workbook

    path = Path(path)
    try:
        book = load_workbook(path, data_only=True)
    except (BadZipFile, KeyError, ValueError) as error:
        raise InputError(
            Text("打不开这个工作簿。", "This workbook cannot be opened."), file=path.name
        ) from error
    page = next((book[name] for name in book.sheetnames if name in (SHEET.zh, SHEET.en)), None)
    if page is None:
        raise InputError(
            Text(f"缺少工作表“{SHEET.zh}”。", f'The sheet "{SHEET.en}" is missing.'), file=path.name
        )
    lines = page.iter_rows(values_only=True)
    header = [str(cell or "").strip() for cell in next(lines, ())]
    places = {}
    for name, label in COLUMNS.items():
        index = next((i for i, title in enumerate(header) if title in (label.zh, label.en)), None)
        if index is None:
            raise InputError(
                Text(f"缺少“{label.zh}”这一列。", f'The column "{label.en}" is missing.'),
                file=path.name,
                sheet=page.title,
                row=1,
            )
        places[name] = index
    reader = _Reader(event, path.name, page.title, header, places)
    found = [
        reader.row(number, line)
        for number, line in enumerate(lines, start=2)
        if any(cell not in (None, "") for cell in line)
    ]
    if reader.faults:
        raise InputErrors(tuple(reader.faults))
    return tuple(each for each in found if each is not None)


def with_wishes(event: Event, suggestions: Iterable[Suggestion]) -> Event:
    """The event with what was accepted as further wishes; a pair that is wished already stays as it is."""
    wished = {frozenset((meeting.first, meeting.second)) for meeting in event.meetings}
    taken = set(event.position)
    added = []
    for wish in wishes(suggestions):
        if frozenset((wish.first, wish.second)) in wished:
            continue
        name = wish.id
        while name in taken:
            name += "+"
        taken.add(name)
        added.append(replace(wish, id=name))
    return replace(event, meetings=(*event.meetings, *added))


class _Reader:
    """Rows of the sheet as suggestions; gathers the faults."""

    def __init__(
        self, event: Event, file: str, sheet: str, header: list[str], places: dict[str, int]
    ) -> None:
        self.event, self.file, self.sheet, self.header, self.places = event, file, sheet, header, places
        self.faults: list[InputError] = []
        self.seen: dict[frozenset[str], int] = {}

    def row(self, number: int, line: tuple[Any, ...]) -> Suggestion | None:
        """One row, None if it has a fault."""
        before = len(self.faults)
        cells = {name: line[index] if index < len(line) else None for name, index in self.places.items()}
        sides = [self._side(number, name, cells[name]) for name in ("first", "second")]
        rank = self._number(number, "rank", cells["rank"])
        score = self._number(number, "score", cells["score"])
        answers = [self._answer(number, name, cells[name]) for name in ("accepted_first", "accepted_second")]
        key = frozenset(sides)
        if len(self.faults) == before and (len(key) == 1 or key in self.seen):
            earlier = self.seen.get(key)
            self._fault(
                number,
                "second",
                Text("双方是同一个。", "Both sides are the same.")
                if earlier is None
                else Text(f"与第 {earlier} 行重复。", f"The same pair as in row {earlier}."),
            )
        self.seen.setdefault(key, number)
        if len(self.faults) > before:
            return None
        reasons = tuple(str(cells["reasons"] or "").split("\n")) if cells["reasons"] else ()
        return Suggestion(Pair(sides[0], sides[1], score, reasons), int(rank), answers[0], answers[1])

    def _side(self, row: int, name: str, cell: Any) -> str:
        given = str(cell if cell is not None else "").strip()
        if given not in self.event.by_id:
            self._fault(
                row,
                name,
                Text(f"活动里没有参会方“{given}”。", f'"{given}" is not a participant of the event.'),
            )
        return given

    def _number(self, row: int, name: str, cell: Any) -> float:
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return cell
        self._fault(row, name, Text(f"“{cell or ''}”不是数字。", f'"{cell or ""}" is not a number.'))
        return 0

    def _answer(self, row: int, name: str, cell: Any) -> bool | None:
        given = str(cell if cell is not None else "").strip().lower()
        if given and given not in ANSWERS:
            self._fault(
                row, name, Text(f"“{given}”应为 是、否 或留空。", f'"{given}" is to be yes, no or empty.')
            )
        return ANSWERS.get(given)

    def _fault(self, row: int, name: str, text: Text) -> None:
        from openpyxl.utils import get_column_letter

        index = self.places[name]
        self.faults.append(
            InputError(
                text,
                file=self.file,
                sheet=self.sheet,
                row=row,
                field=f"{get_column_letter(index + 1)} {self.header[index]}",
            )
        )


def _word(answer: bool | None, language: Language) -> str | None:
    return None if answer is None else (YES if answer else NO)(language)
