"""What an import did, for people and programs."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

MOST_EXAMPLES = 20
"""Rejected rows quoted in a report; all of them are in the file of rejected rows."""


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
    """One table of an import. columns: column → field. remarks: (field, reason) → rows kept with a remark."""

    file: str
    sheet: str | None
    label: str
    columns: dict[str, str]
    unmapped: tuple[str, ...]
    encoding: str | None
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
        for table, of in zip(data["tables"], self.tables, strict=True):
            table["remarks"] = _listed(of.remarks)
            table["unmapped"] = list(of.unmapped)
        for name in ("rejected_file", "remarks_file"):
            path = getattr(self, name)
            data[name] = str(path) if path else None
        data["seconds"] = round(self.seconds, 3)
        return data


def _listed(remarks: dict[tuple[str, str], int]) -> list[dict[str, Any]]:
    return [{"field": f, "reason": r, "rows": n} for (f, r), n in sorted(remarks.items())]
