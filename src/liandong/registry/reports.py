"""What an import did or would do, for people and programs."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

MOST_EXAMPLES = 20
"""Rejected rows quoted in a report; all of them are in the file of rejected rows."""
MOST_SHOWN = 5
"""First rows of each table that a preview shows."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that was not imported. reason: `missing`, `total`, `header`, `no_letters` or `too_long`."""

    file: str
    sheet: str | None
    row: int
    field: str
    reason: str
    found: str | None


@dataclass(slots=True)
class TableReport:
    """One table of an import. columns: column → field. remarks: (field, reason) → rows kept with a remark.

    header: the row of its headings as people count it; None where a file names its columns apart (Parquet).
    """

    file: str
    sheet: str | None
    label: str
    columns: dict[str, str]
    unmapped: tuple[str, ...]
    encoding: str | None
    header: int | None = None
    read: int = 0
    kept: int = 0
    rejected: int = 0
    remarks: dict[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did.

    snapshot: the live one afterwards. rows: its firms. added: firms that are new. merged: rows that joined a
    firm known by another row, of this file (`repeated` in the remarks) or of another. skipped: files imported
    before with the same bytes. changed: whether a snapshot was made. rejected_file, remarks_file: CSV, None
    where there is nothing in them.
    """

    snapshot: str
    changed: bool
    rows: int
    added: int
    merged: int
    rejected: int
    tables: tuple[TableReport, ...]
    skipped: tuple[str, ...]
    rejections: tuple[Rejection, ...]
    remarks: dict[tuple[str, str], int]
    rejected_file: Path | None
    remarks_file: Path | None
    seconds: float

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `liandong registry import`."""
        data = asdict(self)
        data["remarks"] = _listed(self.remarks)
        data["tables"] = [_told(table) for table in self.tables]
        for name in ("rejected_file", "remarks_file"):
            path = getattr(self, name)
            data[name] = str(path) if path else None
        data["seconds"] = round(self.seconds, 3)
        return data


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import of files would do; nothing has changed.

    rows: firms that the rows looked at would make, before they meet those of the registry. whole: whether all
    rows were looked at. first: by a table's label its first rows as they would be kept (columns of
    `schema.ROW`). left_out: (file, sheet) without a column for the firm's name. known: files imported before
    with the same bytes, which an import would skip.
    """

    rows: int
    whole: bool
    tables: tuple[TableReport, ...]
    first: dict[str, list[dict[str, Any]]]
    left_out: tuple[tuple[str, str], ...]
    known: tuple[str, ...]
    rejections: tuple[Rejection, ...]
    remarks: dict[tuple[str, str], int]

    @property
    def read(self) -> int:
        """Rows looked at."""
        return sum(table.read for table in self.tables)

    @property
    def rejected(self) -> int:
        """Rows looked at that would be rejected."""
        return sum(table.rejected for table in self.tables)

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `liandong registry import --preview`."""
        return {
            "changed": False,
            "rows": self.rows,
            "read": self.read,
            "rejected": self.rejected,
            "whole": self.whole,
            "tables": [
                _told(table) | {"first": [_plain(row) for row in self.first.get(table.label, ())]}
                for table in self.tables
            ],
            "left_out": [{"file": file, "sheet": sheet} for file, sheet in self.left_out],
            "known": list(self.known),
            "rejections": [asdict(each) for each in self.rejections],
            "remarks": _listed(self.remarks),
        }


def _told(table: TableReport) -> dict[str, Any]:
    return asdict(table) | {"remarks": _listed(table.remarks), "unmapped": list(table.unmapped)}


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """A row for JSON: days in ISO form, what is not known left out."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in row.items()
        if value is not None
    }


def _listed(remarks: dict[tuple[str, str], int]) -> list[dict[str, Any]]:
    return [{"field": f, "reason": r, "rows": n} for (f, r), n in sorted(remarks.items())]
