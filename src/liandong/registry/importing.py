"""Import: files → rows → firms → a new snapshot, all or nothing, in bounded memory."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from liandong.registry.coverage import cover
from liandong.registry.reports import ImportReport
from liandong.registry.staging import (
    REJECTED_FILE,
    REMARKS_FILE,
    Progress,
    Staging,
    build,
    mixture,
    open_files,
)
from liandong.registry.store import FIRMS, Snapshot, Source, Store


def import_files(
    store: Store,
    live: Snapshot | None,
    paths: Sequence[Path],
    *,
    mapping: Mapping[str, str] | None = None,
    notes: Sequence[str] = (),
    allow_mixed: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Add the firms of files to the live snapshot and name the result the live one.

    Raises InputError (missing, damaged, undecodable, without a name column, without a firm, synthetic firms
    beside real ones); then nothing has changed.
    """
    began = time.perf_counter()
    tell = progress or (lambda done, total: None)
    with store.writing() as building:
        files, skipped = open_files(paths, live, dict(mapping or {}), tuple(notes))
        if not files:
            assert live is not None  # a file can only be skipped as known
            return _unchanged(live, skipped, time.perf_counter() - began)
        kept = live.sources if live else ()
        with ExitStack() as stack:
            work = Staging(building, stack, files, mapping or {}, tell)
            staged = [work.stage(number, file) for number, file in enumerate(files, 1)]
            for file, (_, rows, _) in zip(files, staged, strict=True):
                if rows == 0:
                    raise work.no_firm(file)
            parts = [part for part, _, _ in staged]
            read = sum(rows for _, rows, _ in staged)
            tell(read, read)
            rows, noted = build(building, parts, files, live)
            work.note_merged(noted)
        sources = kept + tuple(
            replace(file.source, rows=rows, synthetic=made_up)
            for file, (_, rows, made_up) in zip(files, staged, strict=True)
        )
        refuse_mixture(sources, len(kept), allow_mixed)
        snapshot = Snapshot(
            id=store.next_id(_content(sources)),
            path=building / FIRMS,
            rows=rows,
            created=datetime.now().astimezone().isoformat(timespec="seconds"),
            sources=sources,
            coverage=cover(building / FIRMS, sources),
            parent=live.id if live else None,
            details={
                "read": sum(table.read for table in work.reports),
                "rejected": sum(table.rejected for table in work.reports),
                "remarks": [[f, r, n] for (f, r), n in sorted(work.remarks.items())],
            },
        )
        snapshot = store.publish(building, snapshot)
    before = live.rows if live else 0
    return ImportReport(
        snapshot=snapshot.id,
        changed=True,
        rows=rows,
        added=rows - before,
        merged=before + read - rows,
        rejected=sum(table.rejected for table in work.reports),
        tables=tuple(work.reports),
        skipped=tuple(skipped),
        rejections=tuple(work.examples),
        remarks=dict(work.remarks),
        rejected_file=_if_there(snapshot.folder / REJECTED_FILE),
        remarks_file=_if_there(snapshot.folder / REMARKS_FILE),
        seconds=time.perf_counter() - began,
    )


def refuse_mixture(sources: tuple[Source, ...], old: int, allowed: bool) -> None:
    """Invented firms never stand beside real ones unless someone says so."""
    if allowed or len({source.synthetic for source in sources}) == 1:
        return
    raise mixture(sources[old].file)


def _unchanged(live: Snapshot, skipped: list[str], seconds: float) -> ImportReport:
    return ImportReport(
        live.id, False, live.rows, 0, 0, 0, (), tuple(skipped), (), {}, None, None, seconds
    )  # fmt: skip


def _content(sources: Sequence[Source]) -> str:
    return hashlib.sha256("\n".join(source.sha256 for source in sources).encode()).hexdigest()


def _if_there(path: Path) -> Path | None:
    return path if path.exists() else None
