"""Files → cleaned rows in Parquet, with a report of each table: what an import keeps and a preview shows."""

from __future__ import annotations

import csv
import shutil
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from liandong.errors import InputError, Text
from liandong.registry.cleaning import Cleaned, Cleaner, Remark
from liandong.registry.engines import THREADS, connect
from liandong.registry.fields import RESERVED, check_mapping, map_columns
from liandong.registry.merging import Noted, merge
from liandong.registry.places import Places
from liandong.registry.reading import read_tables
from liandong.registry.reports import MOST_EXAMPLES, MOST_SHOWN, Rejection, TableReport
from liandong.registry.schema import ROW
from liandong.registry.store import FIRMS, Snapshot, Source
from liandong.registry.synthetic import is_synthetic
from liandong.registry.tables import Batch, Table, digest

Progress = Callable[[int, int | None], None]
"""Told how many rows are done and, where known, of how many."""

REJECTED_FILE = "rejected.csv"
REMARKS_FILE = "remarks.csv"
_WHERE = tuple(RESERVED + name for name in ("file", "sheet", "row", "field", "reason"))


@dataclass(slots=True)
class File:
    """A file to import: its tables, and the source it will be."""

    path: Path
    tables: list[Table]
    source: Source


def open_files(
    paths: Sequence[Path], live: Snapshot | None, mapping: dict[str, str], notes: tuple[str, ...]
) -> tuple[list[File], list[str]]:
    """The files that are new, each read as far as its header; and the names of those known by their bytes."""
    if not paths:
        raise InputError(Text("请给出至少一个文件。", "give at least one file."))
    known = {source.sha256 for source in live.sources} if live else set()
    labels = {source.label for source in live.sources} if live else set()
    files: list[File] = []
    skipped: list[str] = []
    for path in map(Path, paths):
        if not path.is_file():
            raise InputError(Text("文件不存在。", "there is no such file."), file=str(path))
        sha256 = digest(path)
        if sha256 in known:
            skipped.append(path.name)
            continue
        known.add(sha256)
        label = path.name if path.name not in labels else f"{path.stem}~{sha256[:8]}{path.suffix}"
        labels.add(label)
        tables = read_tables(path, mapping)
        files.append(File(path, tables, Source(label, path.name, sha256, 0, notes=notes)))
    if files:
        found = [table for file in files for table in file.tables]
        check_mapping(mapping, {table.file: table.columns for table in found})
    return files, skipped


class Staging:
    """Cleaning of all files of an import into staged parts, with its two CSV files.

    most: rows of each table that are looked at; None for all.
    """

    def __init__(
        self,
        building: Path,
        stack: ExitStack,
        files: Sequence[File],
        mapping: Mapping[str, str],
        tell: Progress,
        most: int | None = None,
    ) -> None:
        self.building = building
        self.mapping = dict(mapping)
        self.tell = tell
        self.most = most
        self.whole = True
        self.first: dict[str, list[dict[str, Any]]] = {}
        self.reports: list[TableReport] = []
        self.examples: list[Rejection] = []
        self.remarks: Counter[tuple[str, str]] = Counter()
        self._places = Places()
        sizes = [table.size for file in files for table in file.tables]
        known = None not in sizes and most is None
        self._size = sum(size for size in sizes if size is not None) if known else None
        names = (name for file in files for table in file.tables for name in table.columns)
        self._columns = tuple(dict.fromkeys(name for name in names if not name.startswith(RESERVED)))
        self._rejected = _Lines(building / REJECTED_FILE, (*_WHERE, *self._columns), stack)
        self._remarks = _Lines(building / REMARKS_FILE, (*_WHERE, RESERVED + "found"), stack)

    def stage(self, number: int, file: File) -> tuple[Path, int, bool]:
        """Clean one file into Parquet: path, rows, and whether its firms are invented.

        Raises InputError if only some of them are.
        """
        path = self.building / f"stage-{number}.parquet"
        rows, invented = 0, 0
        with pq.ParquetWriter(path, ROW, compression="lz4") as writer, ThreadPoolExecutor(THREADS) as pool:
            for table in file.tables:
                several = len(file.tables) > 1  # a row number is that of its sheet
                label = f"{file.source.label}[{table.sheet}]" if several else file.source.label
                report = self._report(table, label)
                cleaner = Cleaner(map_columns(table.columns, self.mapping), label, self._places)
                for batch, cleaned in _ahead(pool, cleaner.clean, self._looked_at(table)):
                    writer.write_batch(cleaned.kept)
                    self._show(label, cleaned.kept)
                    rows += cleaned.kept.num_rows
                    invented += is_synthetic(cleaned.kept["name"])
                    self._note(report, table, batch, cleaned.rejected, cleaned.remarks)
                    report.read += cleaned.kept.num_rows + len(cleaned.rejected)
                    report.kept += cleaned.kept.num_rows
                    self.tell(sum(each.read for each in self.reports), self._size)
        if 0 < invented < rows:
            raise mixture(file.path.name)
        return path, rows, invented > 0

    def _looked_at(self, table: Table) -> Iterator[Batch]:
        """The rows of a table, or its first."""
        left = self.most
        for batch in table.batches():
            if left is None:
                yield batch
                continue
            if left:
                yield Batch([column[:left] for column in batch.columns], batch.rows[:left])
            if left < len(batch.rows):
                self.whole = False
                return
            left -= len(batch.rows)

    def _show(self, label: str, kept: pa.RecordBatch) -> None:
        """Keep the first rows of a table, as they are kept."""
        shown = self.first.setdefault(label, [])
        shown.extend(kept.slice(0, MOST_SHOWN - len(shown)).to_pylist())

    def _report(self, table: Table, label: str) -> TableReport:
        columns = map_columns(table.columns, self.mapping)
        report = TableReport(
            table.file,
            table.sheet,
            label,
            columns.as_columns(),
            columns.unmapped(),
            table.encoding,
            table.header,
        )
        self.reports.append(report)
        return report

    def _note(
        self,
        report: TableReport,
        table: Table,
        batch: Batch,
        rejected: list[tuple[int, Remark]],
        remarks: list[Remark],
    ) -> None:
        report.rejected += len(rejected)
        for index, why in rejected:
            cells: dict[str, Any] = {}
            for name, column in zip(table.columns, batch.columns, strict=True):
                cells.setdefault(name, column[index].as_py())
            where = (table.file, table.sheet, why.row, why.field, why.reason)
            self._rejected.write((*where, *(cells.get(name) for name in self._columns)))
            if len(self.examples) < MOST_EXAMPLES:
                self.examples.append(Rejection(*where, why.found))
        for remark in remarks:
            self.remarks[remark.field, remark.reason] += 1
            report.remarks[remark.field, remark.reason] = (
                report.remarks.get((remark.field, remark.reason), 0) + 1
            )
            where = (table.file, table.sheet, remark.row, remark.field, remark.reason)
            self._remarks.write((*where, remark.found))

    def note_merged(self, noted: Sequence[Noted]) -> None:
        """Remarks on rows that repeat another of their file, or share a code with another name."""
        reports = {report.label: report for report in self.reports}
        for note in noted:
            report = reports[note.label]
            key = ("row" if note.reason == "repeated" else "uscc", note.reason)
            self.remarks[key] += 1
            report.remarks[key] = report.remarks.get(key, 0) + 1
            self._remarks.write((report.file, report.sheet, note.row, *key, note.code))

    def no_firm(self, file: File) -> InputError:
        """The error of a file that was staged and gave no row."""
        first = next((each for each in self.examples if each.file == file.path.name), None)
        return InputError(
            Text(
                "没有可导入的企业:没有一行有企业名称。",
                "there is no firm to import: no row has a firm's name.",
            ),
            file=file.path.name,
            sheet=first.sheet if first else None,
            row=first.row if first else None,
            field=first.field if first else None,
        )


def _ahead(
    pool: Executor, work: Callable[[Batch], Cleaned], batches: Iterable[Batch]
) -> Iterator[tuple[Batch, Cleaned]]:
    """Each batch with what the work makes of it, in order; a few batches are worked on at a time."""
    begun: deque[tuple[Batch, Future[Cleaned]]] = deque()
    for batch in batches:
        begun.append((batch, pool.submit(work, batch)))
        if len(begun) > THREADS:
            first, done = begun.popleft()
            yield first, done.result()
    for first, done in begun:
        yield first, done.result()


class _Lines:
    """A CSV file that comes to be with its first line; with a mark, so that Excel shows Chinese."""

    def __init__(self, path: Path, header: Sequence[str], stack: ExitStack) -> None:
        self._path, self._header, self._stack = path, header, stack
        self._writer: Any = None

    def write(self, row: Sequence[Any]) -> None:
        if self._writer is None:
            stream = self._stack.enter_context(self._path.open("w", encoding="utf-8-sig", newline=""))
            self._writer = csv.writer(stream)
            self._writer.writerow(self._header)
        self._writer.writerow(row)


def build(
    building: Path, parts: list[Path], files: list[File], live: Snapshot | None
) -> tuple[int, list[Noted]]:
    """Identify and merge staged parts into firms.parquet; returns its rows, and what to say of them."""
    pa.default_memory_pool().release_unused()
    scratch = building / "scratch"
    stages = [(part, file.path.name) for part, file in zip(parts, files, strict=True)]
    with connect(scratch) as connection:
        noted = merge(connection, stages, live.path if live else None, building / FIRMS)
    shutil.rmtree(scratch, ignore_errors=True)
    for part in parts:
        part.unlink()
    return int(pq.read_metadata(building / FIRMS).num_rows), noted


def mixture(file: str) -> InputError:
    """The error of invented firms beside real ones."""
    return InputError(
        Text(
            "合成(虚构)企业与真实企业不能混在一个登记库中。请使用单独的工作区,或明确允许混合(allow_mixed)。",
            "synthetic (invented) firms and real ones do not mix in one registry. "
            "Use a workspace of their own, or allow it explicitly (allow_mixed).",
        ),
        file=file,
    )
