"""Firm tables in: looked at first, then imported by a background job; undone in one step.

A look is the registry's own preview of all rows: what it says of rows, columns and faults is what the import
will find, and nothing has changed.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.db import transaction

from liandong.errors import InputError, Text
from liandong.registry import ImportReport, Preview, Registry
from liandong.workspace import audit, current, jobs
from liandong.workspace.jobs import Progress
from liandong.workspace.models import Job

ENDINGS = (".xlsx", ".csv", ".tsv", ".parquet")
MAX_BYTES = 1024 * 1024 * 1024
LIMITS = {
    "listed_firms_only": Text("仅上市公司", "listed firms only"),
    "sampled": Text("抽样", "a sample"),
    "survivors_only": Text("仅存续企业", "surviving firms only"),
}
"""What a table may be limited to, as codes that every figure then carries."""
FIRST = ("name", "uscc", "region_text", "founded", "capital_text", "insured", "status")
"""What a preview shows of the first rows."""


def send(chunks: Iterable[bytes], name: str, *, notes: tuple[str, ...] = ()) -> Job:
    """Keep a table and queue a look at it. Raises InputError for what cannot be a table."""
    if not name.lower().endswith(ENDINGS):
        known = " ".join(ENDINGS)
        raise InputError(
            Text(f"只能导入这些文件:{known}。", f"Only these files can be imported: {known}."), file=name
        )
    path = keep(chunks, name)
    params = {"path": path, "name": name, "notes": [each for each in notes if each in LIMITS]}
    return jobs.enqueue("firms.preview", params, subject=name[:200])


def confirm(preview: Job) -> Job:
    """Queue the import of a table that was looked at. Raises InputError for any other job."""
    if preview.kind != "firms.preview" or preview.status != Job.Status.DONE:
        raise InputError(Text("请先预览这个文件。", "Look at the file first."), field=str(preview.pk))
    return jobs.enqueue("firms.import", preview.params, subject=preview.subject)


def undo() -> str | None:
    """Take back the last import or classification; the id of the snapshot that is live now."""
    registry = Registry(current.workspace().folder / "registry", current.workspace().configuration.engine)
    with transaction.atomic():
        before = None if registry.empty else registry.snapshot.id
        snapshot = registry.undo()
        now = None if snapshot is None else snapshot.id
        audit.record("firms.undo", before or "", before=before, after=now)
    return now


@jobs.task("firms.preview", Text("预览企业表", "look at a firm table"))
def preview(params: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """What an import of the table would do."""
    opened = current.workspace()
    registry = Registry(opened.folder / "registry", opened.configuration.engine)
    found = registry.preview_files([kept(params["path"])], sample=None, progress=progress)
    rows, rejected = found.rows, found.rejected
    return {
        **_told(found),
        "tables": [_table(each) for each in found.to_dict()["tables"]],
        "left_out": [sheet for _, sheet in found.left_out],
        "zh": f"可导入 {rows:,} 家企业,退回 {rejected:,} 行。尚未导入。",
        "en": f"{rows:,} firms can be imported, {rejected:,} rows are rejected. Nothing is imported yet.",
        "address": "/firms/imports/",
    }


@jobs.task("firms.import", Text("导入企业表", "import a firm table"))
def import_(params: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Import a table: all of it or nothing."""
    opened = current.workspace()
    registry = Registry(opened.folder / "registry", opened.configuration.engine)
    report = registry.import_files([kept(params["path"])], notes=params["notes"], progress=progress)
    audit.record("firms.import", report.snapshot, file=params["name"], rows=report.rows, added=report.added)
    return {
        **_told(report),
        "zh": f"登记库现有 {report.rows:,} 家企业(新增 {report.added:,},退回 {report.rejected:,} 行)。"
        if report.changed
        else "这个文件早已导入,没有改动。",
        "en": f"{report.rows:,} firms now ({report.added:,} new; {report.rejected:,} rows refused)."
        if report.changed
        else "This file was imported before; nothing changed.",
        "address": "/firms/",
    }


@jobs.task("firms.classify", Text("行业分类", "classify firms"))
def classify(params: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Give firms without an industry their class."""
    opened = current.workspace()
    report = Registry(opened.folder / "registry", opened.configuration.engine).classify(progress=progress)
    audit.record("firms.classify", report.snapshot, rows=report.rows, classified=report.classified)
    return {
        "zh": f"{report.rows:,} 家中 {report.classified:,} 家有了行业。",
        "en": f"{report.classified:,} of {report.rows:,} firms have an industry.",
        "address": "/firms/",
    }


def _table(told: dict[str, Any]) -> dict[str, Any]:
    """What a preview shows of a table: its sheet, the header's row, and the first rows in a few columns."""
    first = [[row.get(name) for name in FIRST] for row in told["first"]]
    return {"sheet": told["sheet"], "header": told["header"], "first": first}


def _told(report: ImportReport | Preview) -> dict[str, Any]:
    """What of a report people see: columns, remarks, the first rejected rows."""
    return {
        "rows": report.rows,
        "rejected": report.rejected,
        "columns": [[column, field] for table in report.tables for column, field in table.columns.items()],
        "unmapped": [column for table in report.tables for column in table.unmapped],
        "remarks": [[field, reason, rows] for (field, reason), rows in sorted(report.remarks.items())],
        "rejections": [
            {
                "row": each.row,
                "field": each.field,
                "reason": each.reason,
                "found": each.found,
                "sheet": each.sheet,
            }
            for each in report.rejections
        ],
    }


def keep(chunks: Iterable[bytes], name: str) -> str:
    """Write a table under `files/tables/`, whole or not at all; returns its path there."""
    folder = current.workspace().folder / "files" / "tables"
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as beside:
        try:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                if size > MAX_BYTES:
                    raise InputError(Text("文件超过 1 GB。", "The file has more than 1 GB."), file=name)
                beside.write(chunk)
            beside.flush()
            os.fsync(beside.fileno())
            plain = re.sub(r"[^\w.\-()() ]", "_", Path(name).name)[-100:]
            target = folder / digest.hexdigest() / plain
            target.parent.mkdir(exist_ok=True)
            Path(beside.name).replace(target)
        except BaseException:
            Path(beside.name).unlink(missing_ok=True)
            raise
    return f"{digest.hexdigest()}/{plain}"


def kept(path: str) -> Path:
    """The path of a table that was sent. Raises InputError if it is gone."""
    found = current.workspace().folder / "files" / "tables" / path
    if not found.is_file():
        raise InputError(Text("文件已不在工作区中。", "The file is no longer in the workspace."), file=path)
    return found
