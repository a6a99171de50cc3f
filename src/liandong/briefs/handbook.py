"""The event handbook: the hall by slot and table, every participant's agenda, and signs for the tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from liandong.briefs.blocks import (
    Block,
    Column,
    Document,
    Heading,
    Illustration,
    PageBreak,
    Paragraph,
    Run,
    Sign,
    Table,
    Value,
    Words,
    cell,
)
from liandong.briefs.stated import written
from liandong.briefs.vocabulary import say
from liandong.charts import Sitting, timetable
from liandong.documents import Page
from liandong.errors import Language
from liandong.facts import Fact
from liandong.figures import DerivedRef, Figure, RecordRef
from liandong.meetings import Schedule, agenda, unheld

_ACROSS = 10  # slots that a picture holds


@dataclass(frozen=True, slots=True)
class Handbook:
    """An event's schedule to be handed out. date: ISO date. version: its number if it was published."""

    schedule: Schedule
    date: str
    version: int | None = None
    pages: tuple[Page, ...] = ()
    facts: tuple[Fact, ...] = ()
    records: Mapping[RecordRef, str] = field(default_factory=dict)


def compose_handbook(content: Handbook, language: Language) -> Document:
    """Overview, hall, agendas by delegation, wishes without a place, table signs."""
    event = content.schedule.event
    stated = say("handbook_version", language).format(number=content.version) if content.version else ""
    return Document(
        say("handbook_title", language).format(event=event.name),
        say("handbook_subtitle", language).format(place=event.place or "—", date=content.date) + stated,
        language,
        (
            *_overview(content, language),
            *_hall(content.schedule, language),
            *_agendas(content.schedule, language),
            *_unheld(content.schedule, language),
            *_signs(content.schedule),
        ),
        contents=False,
    )


def _overview(content: Handbook, language: Language) -> list[Block]:
    found, event = content.schedule, content.schedule.event
    source = event.origin or event.name
    row = RecordRef(source, 1)
    counts = (
        ("handbook_participants", len(event.participants)),
        ("handbook_wishes", len(event.meetings)),
        ("handbook_held", len(found.placements)),
        ("handbook_slots", len(event.slots)),
        ("handbook_tables", len(event.tables)),
        ("handbook_gaps", found.gaps),
        ("handbook_bound", found.bound),
    )
    rows = []
    for key, number in counts:
        label = say(key, language)
        formula = say("handbook_formula", language).format(what=label)
        figure = Figure(
            None if number is None else Decimal(number),
            "",
            "count",
            evidence=(DerivedRef(formula, ((event.name, row),)),),
        )
        rows.append((cell(Words(label)), cell(Value(figure, written(figure, language)))))
    columns = (Column(say("item", language), 0.6), Column(say("value", language), 0.4, numeric=True))
    return [
        Heading(1, say("handbook_overview", language)),
        Table(say("handbook_overview", language), columns, tuple(rows)),
    ]


def _hall(found: Schedule, language: Language) -> list[Block]:
    """The hall as pictures of so many slots as can be read."""
    event = found.event
    if not found.placements:
        return []
    blocks: list[Block] = [Heading(1, say("handbook_hall", language))]
    for first in range(0, len(event.slots), _ACROSS):
        part = range(first, min(first + _ACROSS, len(event.slots)))
        sittings = [
            Sitting(
                placement.slot - 1 - first,
                placement.table - 1,
                event.pair(event.meetings[event.position[placement.meeting]]),
                event.by_id[event.meetings[event.position[placement.meeting]].first].delegation,
            )
            for placement in found.placements
            if placement.slot - 1 in part
        ]
        if sittings:
            picture = timetable(
                [_when(event.slots[at], at + 1) for at in part], [t.name for t in event.tables], sittings
            )
            span = f"{_when(event.slots[part[0]], part[0] + 1)}–{_when(event.slots[part[-1]], part[-1] + 1)}"
            caption = say("handbook_hall_caption", language).format(day=event.slots[first].day, span=span)
            blocks.append(Illustration(picture, caption))
    return blocks


def _agendas(found: Schedule, language: Language) -> list[Block]:
    by_delegation: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(dict)
    for row in agenda(found):
        by_delegation[row["delegation"]].setdefault(row["participant"], []).append(row)
    blocks: list[Block] = []
    for delegation in sorted(by_delegation):
        named = delegation or say("handbook_others", language)
        blocks += [PageBreak(), Heading(1, named)]
        for participant, rows in by_delegation[delegation].items():
            blocks += [Heading(2, participant), _agenda(participant, rows, language)]
    return blocks


def _agenda(participant: str, rows: Sequence[dict[str, Any]], language: Language) -> Table:
    columns = (
        Column(say("handbook_time", language), 0.24),
        Column(say("handbook_table", language), 0.26),
        Column(say("handbook_partner", language), 0.5),
    )
    lines = tuple(
        (
            cell(Words(_time(row))),
            cell(Words(" · ".join(filter(None, (row["table"], row["room"]))))),
            cell(Words(row["partner"])),
        )
        for row in rows
    )
    return Table(say("handbook_agenda", language).format(name=participant), columns, lines)


def _unheld(found: Schedule, language: Language) -> list[Block]:
    """Wishes without a place are told, not hidden."""
    rows = unheld(found)
    if not rows:
        return []
    columns = (Column(say("handbook_first", language), 0.5), Column(say("handbook_second", language), 0.5))
    lines = tuple((cell(Words(row["first"])), cell(Words(row["second"]))) for row in rows)
    said: tuple[Run, ...] = (Words(say("handbook_unheld_why", language)),)
    return [
        Heading(1, say("handbook_unheld", language)),
        Paragraph(said),
        Table(say("handbook_unheld", language), columns, lines),
    ]


def _signs(found: Schedule) -> list[Block]:
    return [Sign(table.name, tuple(filter(None, (table.room,)))) for table in found.event.tables]


def _when(slot: Any, number: int) -> str:
    return f"{slot.start:%H:%M}" if slot.start else str(number)


def _time(row: dict[str, Any]) -> str:
    if row["start"] is None:
        return str(row["slot"])
    return f"{row['start']:%m-%d %H:%M}" + (f"–{row['end']:%H:%M}" if row["end"] else "")
