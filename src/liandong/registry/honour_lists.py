"""Honour lists in: their rows find firms by code or name; what is not sure goes back to be mended."""

from __future__ import annotations

import csv
import os
import shutil
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from liandong.errors import InputError, Text
from liandong.registry.cleaning import Cleaner, tidy
from liandong.registry.engines import connect, quote
from liandong.registry.fields import RESERVED, map_columns, same_column
from liandong.registry.honours import HONOURS, Stated, batch_of, state, united
from liandong.registry.index_building import FOLDER as INDEX
from liandong.registry.places import Places
from liandong.registry.reading import read_tables
from liandong.registry.store import FIRMS, HonourList, Snapshot, Store
from liandong.registry.store import HONOURS as HONOURS_FILE
from liandong.registry.tables import Table, digest
from liandong.registry.values import parse_date

OPEN_FILE = "honours-open.csv"
_DATES = ("recognised", "valid_from", "valid_to", "revoked")
_WHERE = tuple(RESERVED + name for name in ("file", "sheet", "row", "reason", "found"))


@dataclass(frozen=True, slots=True)
class HonourReport:
    """What an import of honour lists did.

    rows: of the lists; added: rows that say something new; known: said before; open: per reason the rows
    that were not taken: `unfound`, `ambiguous` (several firms), `unknown_title`, `no_date`, `no_name`.
    open_file: these rows as CSV with the reason, to mend and import again; None where there is none.
    """

    snapshot: str
    changed: bool
    rows: int
    added: int
    known: int
    open: dict[str, int]
    skipped: tuple[str, ...]
    open_file: Path | None

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `liandong registry honours import`."""
        return {**asdict(self), "open_file": str(self.open_file) if self.open_file else None}


@dataclass(slots=True)
class _Row:
    """A row of a list: where it stands, who is meant, what is said, and its cells."""

    table: Table
    number: int
    name_key: str | None
    uscc: str | None
    name: str | None
    prefecture: str | None
    said: Stated | None
    cells: dict[str, str | None]


def import_honours(
    store: Store,
    live: Snapshot,
    paths: Sequence[Path],
    *,
    title: str | None = None,
    day: date | None = None,
    mapping: Mapping[str, str] | None = None,
) -> HonourReport:
    """Add honour lists to the live snapshot: all of them or none.

    title: of lists without a column for it (else the file's name may say it). day: since when, for lists
    without a date. Raises InputError for a file that cannot be read, or of which no row says a known title.
    """
    known = {each.sha256 for each in live.lists}
    with store.writing() as building:
        lists, rows, skipped = [], [], []
        for path in paths:
            sha256 = digest(path)
            if sha256 in known:
                skipped.append(path.name)
                continue
            known.add(sha256)
            found = _read(path, title, day, dict(mapping or {}))
            lists.append(HonourList(path.name, sha256, len(found)))
            rows += found
        firms = _find(live.path, rows)
        before = pq.read_table(live.tables["honours"]).to_pylist() if "honours" in live.tables else []
        new, unsure = _sorted_out(rows, firms)
        after = united([*before, *new])
        added = len(after) - len(before)
        open_file = None
        snapshot = live
        if unsure:
            _write_open(building / OPEN_FILE, unsure)
            open_file = Path(OPEN_FILE)
        if added:
            pq.write_table(pa.Table.from_pylist(after, HONOURS), building / HONOURS_FILE)
            _link(live.path, building / FIRMS)
            if (live.folder / INDEX).is_dir():
                shutil.copytree(live.folder / INDEX, building / INDEX, copy_function=_link)
            snapshot = store.publish(
                building,
                replace(
                    live,
                    id=store.next_id(live.id[5:]),
                    path=building / FIRMS,
                    created=datetime.now().astimezone().isoformat(timespec="seconds"),
                    parent=live.id,
                    made_by="honours",
                    details={"added": added, "open": len(unsure)},
                    lists=(*live.lists, *lists),
                ),
            )
        elif unsure:  # nothing new: the rows to mend stand beside the snapshot
            (building / OPEN_FILE).replace(live.folder / OPEN_FILE)
    return HonourReport(
        snapshot=snapshot.id,
        changed=added > 0,
        rows=len(rows),
        added=added,
        known=len(rows) - len(unsure) - added,
        open=dict(Counter(reason for _, reason, _ in unsure)),
        skipped=tuple(skipped),
        open_file=snapshot.folder / open_file if open_file else None,
    )


def _read(path: Path, title: str | None, day: date | None, mapping: dict[str, str]) -> list[_Row]:
    """The rows of a file, understood. Raises InputError if no row has a title that the reference knows."""
    found: list[_Row] = []
    for table in read_tables(path, mapping):
        columns = honour_columns(table.columns)
        cleaner = Cleaner(map_columns(table.columns, mapping), path.name, Places())
        for batch in table.batches():
            texts = [tidy(column).to_pylist() for column in batch.columns]
            cleaned = cleaner.clean(batch)
            who = {row["source_row"]: row for row in cleaned.kept.to_pylist()}
            for index, number in enumerate(batch.rows.to_pylist()):
                cells = {name: texts[at][index] for at, name in enumerate(table.columns)}
                if not any(cells.values()):
                    continue
                own = {field: texts[at][index] for field, at in columns.items()}
                own["batch"] = own.get("batch") or batch_of(path.stem)
                when = {field: parse_date(own[field] or "") for field in _DATES if own.get(field)}
                said = state(own, when, title=title or path.stem, day=day)
                row = who.get(number, {})
                key, code, name, place = map(row.get, ("name_key", "uscc", "name", "prefecture"))
                found.append(_Row(table, number, key, code, name, place, said if row else None, cells))
    if found and all(row.said is None or row.said.problem == "unknown_title" for row in found):
        raise InputError(
            Text(
                "没有一行有已知的荣誉。请用 --title 给出荣誉名称。",
                "no row has a known honour. Give its title with --title.",
            ),
            file=path.name,
            field="title",
        )
    return found


def honour_columns(names: Sequence[str]) -> dict[str, int]:
    """Field of a list → position of the column that means it, the best name first."""
    found: dict[str, int] = {}
    plain = [same_column(name) for name in names]
    for field, known in _known_columns().items():
        for name in map(same_column, known):
            if name in plain and field not in found:
                found[field] = plain.index(name)
    return found


@cache
def _known_columns() -> dict[str, list[str]]:
    text = files("liandong.registry").joinpath("data/honour_columns.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text))


def _find(firms: Path, rows: Sequence[_Row]) -> dict[int, list[str]]:
    """Per row the firms meant: by code, else name, else alias; by place where several have the name."""
    wanted = pa.table(
        {
            "n": pa.array(range(len(rows)), pa.int64()),
            "code": pa.array([row.uscc for row in rows], pa.string()),
            "key": pa.array([row.name_key for row in rows], pa.string()),
            "alias": pa.array([row.name for row in rows], pa.string()),
        }
    )
    source = f"read_parquet({quote(str(firms))})"
    with closing(connect()) as connection:
        connection.register("wanted", wanted)
        steps = (
            f"SELECT n, firm_id, prefecture FROM wanted JOIN {source} ON uscc = code",
            f"SELECT n, firm_id, prefecture FROM wanted JOIN {source} ON name_key = key",
            "SELECT n, firm_id, prefecture FROM wanted JOIN ("
            f"SELECT firm_id, prefecture, unnest(aliases) AS other FROM {source} WHERE aliases IS NOT NULL"
            ") ON other = alias",
        )
        found: dict[int, dict[str, str | None]] = {}
        for sql in steps:
            step: dict[int, dict[str, str | None]] = {}
            for n, firm, place in connection.execute(sql).fetchall():
                step.setdefault(n, {})[firm] = place
            for n, meant in step.items():
                found.setdefault(n, meant)
    return {n: _at_place(meant, rows[n].prefecture) for n, meant in found.items()}


def _at_place(meant: dict[str, str | None], prefecture: str | None) -> list[str]:
    near = [firm for firm, place in meant.items() if prefecture and place == prefecture]
    return sorted(near if len(meant) > 1 and near else meant)


def _sorted_out(
    rows: Sequence[_Row], firms: Mapping[int, list[str]]
) -> tuple[list[dict[str, Any]], list[tuple[_Row, str, str]]]:
    """Rows of HONOURS, and the rows that are open with the reason and the firms found."""
    new, unsure = [], []
    for n, row in enumerate(rows):
        meant = firms.get(n, [])
        said = row.said
        if said is None:
            unsure.append((row, "no_name", ""))
        elif said.problem or said.title is None:
            unsure.append((row, said.problem or "unknown_title", ""))
        elif len(meant) != 1:
            unsure.append((row, "ambiguous" if meant else "unfound", ";".join(meant)))
        else:
            fields = {
                name: getattr(said, name) for name in ("event", "batch", "valid_from", "valid_to", "revoked")
            }
            new.append(
                {
                    "firm_id": meant[0],
                    "title": said.title.title,
                    "level": said.title.level,
                    **fields,
                    "source": row.table.file,
                    "source_row": row.number,
                }
            )
    return new, unsure


def _write_open(path: Path, unsure: Sequence[tuple[_Row, str, str]]) -> None:
    names = list(dict.fromkeys(name for row, _, _ in unsure for name in row.cells if name))
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([*_WHERE, *names])
        for row, reason, found in unsure:
            where = (row.table.file, row.table.sheet, row.number, reason, found)
            writer.writerow([*where, *(row.cells.get(name) for name in names)])


def _link(source: str | Path, target: str | Path) -> None:
    """The same file under another name; a copy where the system has no links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
