"""Fields of a TOML table, read with their kind; every fault is kept with file, line and field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from liandong.errors import InputError, InputErrors, Text
from liandong.plan.lines import Path, lines
from liandong.plan.model import Assigned, Origin, Place, Stated

_YES, _NO = ("是", "yes", "true"), ("否", "no", "false")


@dataclass(slots=True)
class Document:
    """A parsed file: where its items stand, and the faults found so far."""

    file: str
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[InputError] = field(default_factory=list)
    sheets: dict[Path, str] = field(default_factory=dict)  # of a workbook: the sheet of each item

    @classmethod
    def of(cls, file: str, text: str) -> Document:
        """The document of a valid TOML text."""
        return cls(file, lines(text))

    def place(self, path: Path) -> Place:
        """Where an item stands; its nearest known ancestor if the item is not written."""
        while path and path not in self.lines:
            path = path[:-1]
        return Place(self.file, self.lines.get(path, 1))

    def fault(self, path: Path, problem: Text) -> None:
        """Keep a fault of an item; its field is the dotted path without numbers."""
        name = ".".join(str(part) for part in path if isinstance(part, str))
        sheet = next(
            (self.sheets[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self.sheets), None
        )
        row = self.place(path).line
        self.faults.append(InputError(problem, file=self.file, sheet=sheet, row=row, field=name or None))

    def finish(self) -> None:
        """Raise InputErrors with all faults, in the order of the lines, if there are any."""
        if self.faults:
            raise InputErrors(
                tuple(sorted(self.faults, key=lambda fault: (fault.sheet or "", fault.row or 0)))
            )


class Fields:
    """One table: each field is asked for once by its kind; what nobody asked for is a fault."""

    def __init__(self, document: Document, path: Path, table: Any) -> None:
        self.document = document
        self.path = path
        self._asked: set[str] = set()
        if not isinstance(table, dict):
            self._wrong(path, "表", "a table")
            table = {}
        self._table: dict[str, Any] = table

    @property
    def place(self) -> Place:
        """Where the table stands."""
        return self.document.place(self.path)

    def text(self, name: str) -> str:
        """A text that must be there and not be blank; "" after a fault."""
        value = self._get(name)
        if isinstance(value, str) and value.strip():
            return value
        if value is None or isinstance(value, str):
            self.document.fault((*self.path, name), Text("必须填写。", "must be given."))
        else:
            self._wrong((*self.path, name), "文本", "a text")
        return ""

    def maybe_text(self, name: str) -> str | None:
        """A text; absent or blank is None."""
        value = self._get(name)
        if value is None or isinstance(value, str):
            return value if value and value.strip() else None
        self._wrong((*self.path, name), "文本", "a text")
        return None

    def maybe_count(self, name: str) -> int | None:
        """A whole number from 0; absent is None: unknown."""
        value = self._get(name)
        if value is None or (type(value) is int and value >= 0):
            return value
        self._wrong((*self.path, name), "不小于 0 的整数", "a whole number from 0")
        return None

    def maybe_number(self, name: str, *, required: bool = False) -> Decimal | None:
        """A finite number from 0; absent is None, and a fault where it is required."""
        value = self._get(name)
        if value is None and not required:
            return None
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < float("inf"):
            return Decimal(str(value))
        if value is None:
            self.document.fault((*self.path, name), Text("必须填写。", "must be given."))
        else:
            self._wrong((*self.path, name), "不小于 0 的数字", "a number from 0")
        return None

    def maybe_date(self, name: str, *, required: bool = False) -> date | None:
        """A day, as a TOML date or as text (2025-06-19); absent is None, and a fault where it is required."""
        value = self._get(name)
        if value is None and not required:
            return None
        if isinstance(value, date):
            return value.date() if isinstance(value, datetime) else value
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            self._wrong((*self.path, name), "日期,如 2025-06-19", "a date such as 2025-06-19")
        return None

    def flag(self, name: str) -> bool:
        """Yes or no (true, 是, yes …), which must be given; no after a fault."""
        value = self._get(name)
        text = str(value).strip().lower()
        if text not in _YES + _NO:
            self._wrong((*self.path, name), "“是”或“否”", "yes or no")
        return text in _YES

    def has(self, name: str) -> bool:
        """Whether the field is written."""
        return name in self._table

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; absent is empty."""
        value = self._get(name)
        if value is None:
            return ()
        if not isinstance(value, list):
            self._wrong((*self.path, name), "文本列表", "a list of texts")
            return ()
        for index, item in enumerate(value):
            if not isinstance(item, str) or not item.strip():
                self._wrong((*self.path, name, index), "文本", "a text")
        return tuple(item for item in value if isinstance(item, str) and item.strip())

    def choice(self, name: str, choices: Iterable[str], *, default: str | None = None) -> str:
        """One of the choices; the first of them after a fault; the default, if there is one, where absent."""
        allowed = tuple(choices)
        if default is not None and self._table.get(name) is None:
            self._asked.add(name)
            return default
        value = self.text(name)
        if value in allowed:
            return value
        if value:
            named = ", ".join(allowed)
            self.document.fault(
                (*self.path, name),
                Text(f"“{value}”不可用。可填:{named}。", f'"{value}" is not one of {named}.'),
            )
        return allowed[0]

    def tables(self, name: str) -> Iterator[Fields]:
        """The tables of an array of tables; absent is none."""
        value = self._get(name)
        if value is None:
            return
        if not isinstance(value, list):
            self._wrong((*self.path, name), "表的列表([[...]])", "an array of tables ([[...]])")
            return
        for index, table in enumerate(value):
            yield Fields(self.document, (*self.path, name, index), table)

    def table(self, name: str) -> Fields:
        """A table that must be there."""
        value = self._get(name)
        if value is None:
            self.document.fault((*self.path, name), Text("必须填写。", "must be given."))
        return Fields(self.document, (*self.path, name), {} if value is None else value)

    def origin(self) -> Origin:
        """`stated`, a list of {source, quote, fact}, and `assigned`, a table of field → why ("" = all)."""
        stated = []
        for each in self.tables("stated"):
            stated.append(Stated(each.text("source"), each.text("quote"), each.maybe_text("fact")))
            each.done()
        value = self._get("assigned")
        if value is None:
            return Origin(tuple(stated), (), self.place, self._lines())
        lines = self._lines()
        if isinstance(value, str):
            return Origin(tuple(stated), (Assigned("", value, self.place),), self.place, lines)
        reasons = Fields(self.document, (*self.path, "assigned"), value)
        assigned = tuple(
            Assigned(name, reasons.text(name), self.document.place((*self.path, name)))
            for name in reasons._table
        )
        return Origin(tuple(stated), assigned, self.place, lines)

    def done(self) -> None:
        """Every field that was not asked for is a fault: a slip in a name must not lose data silently."""
        for name in self._table:
            if name not in self._asked:
                known = ", ".join(sorted(self._asked))
                self.document.fault(
                    (*self.path, name),
                    Text(f"没有这个字段。可用:{known}。", f"there is no such field; there are {known}."),
                )

    def _lines(self) -> dict[str, int]:
        """Where each field stands, and each element of a list."""
        found = {}
        for name, value in self._table.items():
            found[name] = self.document.place((*self.path, name)).line
            for index in range(len(value) if isinstance(value, list) else 0):
                found[f"{name}.{index}"] = self.document.place((*self.path, name, index)).line
        return found

    def wrong(self, name: str, problem: Text, *, unless_faulty: bool = False) -> None:
        """Keep a fault of a field; with `unless_faulty` only where its line has none yet."""
        path = (*self.path, name)
        line = self.document.place(path).line
        if unless_faulty and any(fault.row == line for fault in self.document.faults):
            return
        self.document.fault(path, problem)

    def _get(self, name: str) -> Any:
        self._asked.add(name)
        return self._table.get(name)

    def _wrong(self, path: Path, zh: str, en: str) -> None:
        self.document.fault(path, Text(f"应为{zh}。", f"should be {en}."))
