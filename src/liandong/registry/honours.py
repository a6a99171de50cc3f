"""Honours of firms as of a date: recognised, re-examined, expired, revoked.

    a list (file) ── firms found by code or name ──▶ honours.parquet of a new snapshot
                └── not found, several found ──▶ honours-open.csv, to mend and import again

A title is held from `valid_from` to `valid_to`, both included, and not from `revoked` on. Where a list gives
the year alone, the firm holds the title surely from the year's last day to the end of the shortest term.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from liandong.errors import InputError, Text
from liandong.reference import Honour, find_honour
from liandong.registry.engines import connect, quote
from liandong.registry.values import When

HONOURS = pa.schema(
    [
        ("firm_id", pa.string()),
        ("title", pa.string()),  # as the reference writes it
        ("level", pa.string()),  # national, provincial, municipal
        ("event", pa.string()),  # recognised, re-examined, revoked
        ("batch", pa.string()),
        ("valid_from", pa.date32()),  # null for a revocation
        ("valid_to", pa.date32()),  # null where no term is known
        ("revoked", pa.date32()),
        ("source", pa.string()),  # file
        ("source_row", pa.int64()),
    ]
)
"""The table `honours` of a snapshot: one row per recognition, re-examination or revocation of a firm."""
SAME = ("firm_id", "title", "event", "batch", "valid_from")
"""Rows that agree in these say the same."""
_REVOKED = re.compile(r"撤销|取消|移出|未通过|不通过|终止|注销|revoke", re.I)
_AGAIN = re.compile(r"复核|复审|延续|重新认定|re-?exam", re.I)
_BATCH = re.compile(r"第[一二三四五六七八九十百\d]{1,4}批")


@dataclass(frozen=True, slots=True)
class Stated:
    """What one row of a list says: its title and, if it can be dated, when it holds; else why it cannot."""

    title: Honour | None
    event: str
    batch: str | None
    valid_from: date | None
    valid_to: date | None
    revoked: date | None
    problem: str | None = None


def state(
    cells: dict[str, str | None], when: dict[str, When], *, title: str | None, day: date | None
) -> Stated:
    """Understand the cells of a row. when: its dates as read. title, day: of the whole list.

    problem: `unknown_title`, or `no_date` where neither the row nor the list says since when.
    """
    honour = find_honour(cells.get("title") or "") or find_honour(title or "")
    event = event_of(cells.get("event"), when)
    batch = cells.get("batch") or batch_of(title or "")
    if honour is None:
        return Stated(None, event, batch, None, None, None, "unknown_title")
    known = when.get("recognised", When(None, None))
    if event == "revoked":
        said = when.get("revoked", known)
        gone = said.day or (date(said.year, 1, 1) if said.year else day)
        return Stated(honour, event, batch, None, None, gone, None if gone else "no_date")
    start, end = held(known if known.year else When(day, day.year if day else None), honour.valid_years)
    start, end = (
        when.get("valid_from", When(None, None)).day or start,
        when.get("valid_to", When(None, None)).day or end,
    )
    return Stated(honour, event, batch, start, end, None, None if start else "no_date")


def held(recognised: When, years: int | None) -> tuple[date | None, date | None]:
    """First and last day on which a title recognised then is surely held; no last day without a term."""
    if recognised.day:
        return recognised.day, _later(recognised.day, years) - timedelta(days=1) if years else None
    if recognised.year:
        return date(recognised.year, 12, 31), date(recognised.year + years - 1, 12, 31) if years else None
    return None, None


def event_of(text: str | None, when: dict[str, When]) -> str:
    """`revoked`, `re-examined` or `recognised`, by the words of a row or a date of revocation."""
    if (text and _REVOKED.search(text)) or when.get("revoked", When(None, None)).year:
        return "revoked"
    return "re-examined" if text and _AGAIN.search(text) else "recognised"


def batch_of(text: str) -> str | None:
    """第五批 in a title or a file's name."""
    found = _BATCH.search(text)
    return found[0] if found else None


def united(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of HONOURS, each said once, in order, with revocations put to what they end.

    A revocation ends what began before it, and nothing that began later.
    """
    once: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        once.setdefault(
            tuple(row[name] for name in SAME) + ((row["revoked"],) if row["event"] == "revoked" else ()), row
        )
    ends: dict[tuple[str, str], list[date]] = {}
    for row in once.values():
        if row["event"] == "revoked":
            ends.setdefault((row["firm_id"], row["title"]), []).append(row["revoked"])
    found = []
    for row in once.values():
        if row["event"] != "revoked":
            later = [day for day in ends.get((row["firm_id"], row["title"]), ()) if day >= row["valid_from"]]
            row = {**row, "revoked": min(later, default=None)}
        found.append(row)
    return sorted(
        found, key=lambda row: (row["firm_id"], row["title"], str(row["valid_from"]), str(row["revoked"]))
    )


def held_condition(titles: Sequence[str], as_of: date) -> str:
    """The condition on `firms`: holds any of the titles on that day."""
    names = ", ".join(quote(known_title(title)) for title in titles) or "NULL"
    return f"firm_id IN (SELECT firm_id FROM honours WHERE title IN ({names}) AND {valid(as_of)})"


def valid(as_of: date) -> str:
    """The condition on `honours`: in force on that day."""
    day = f"DATE '{as_of.isoformat()}'"
    return (
        f"valid_from <= {day} AND (valid_to IS NULL OR valid_to >= {day}) "
        f"AND (revoked IS NULL OR revoked > {day})"
    )


HeldRow = tuple[int, str, date | None, date | None, date | None]
"""Row of a firm, title, valid from, valid to, revoked."""


def held_rows(firms: Path, honours: Path) -> list[HeldRow]:
    """The dated honours with the rows of their firms in the table of firms."""
    with closing(connect()) as connection:
        found: list[HeldRow] = connection.execute(
            "SELECT f.file_row_number, title, valid_from, valid_to, revoked "
            f"FROM read_parquet({quote(str(firms))}, file_row_number = true) f "
            f"JOIN read_parquet({quote(str(honours))}) USING (firm_id) WHERE event <> 'revoked'"
        ).fetchall()
    return found


def in_force(day: date, valid_from: date | None, valid_to: date | None, revoked: date | None) -> bool:
    """`valid`, of one row."""
    begun = valid_from is not None and valid_from <= day
    return begun and (valid_to is None or valid_to >= day) and (revoked is None or revoked > day)


@lru_cache(maxsize=4096)
def title_of(text: str) -> str:
    """The title that a text names, as the reference writes it; the text itself if it names none."""
    found = find_honour(text)
    return found.title if found else text


@cache
def known_title(text: str) -> str:
    """The title that a text names. Raises InputError if the reference has none."""
    found = find_honour(text)
    if found is None:
        raise InputError(
            Text(f"没有荣誉“{text}”。", f'there is no honour "{text}".'),
            field="honour",
        )
    return found.title


def _later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, month=3, day=1)
