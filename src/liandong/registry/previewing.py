"""Preview: an import as far as its firms, in a folder that is thrown away; the registry is only read."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from liandong.registry.importing import refuse_mixture
from liandong.registry.reports import Preview
from liandong.registry.staging import Progress, Staging, build, open_files
from liandong.registry.store import Snapshot

SAMPLE = 1_000
"""Rows of each table that are looked at unless all are wanted."""


def preview_files(
    live: Snapshot | None,
    paths: Sequence[Path],
    *,
    mapping: Mapping[str, str] | None = None,
    sample: int | None = SAMPLE,
    allow_mixed: bool = False,
    progress: Progress | None = None,
) -> Preview:
    """What an import of the files into the live snapshot would find, by the import's own work.

    sample: rows of each table; None for all. Raises InputError for files that an import would refuse, so far
    as the rows looked at show it; a file without a firm is shown with its faults instead.
    """
    files, _ = open_files(paths, None, dict(mapping or {}), ())
    with tempfile.TemporaryDirectory(prefix="liandong-look-") as folder, ExitStack() as stack:
        building = Path(folder)
        tell = progress or (lambda done, total: None)
        work = Staging(building, stack, files, mapping or {}, tell, sample)
        staged = [work.stage(number, file) for number, file in enumerate(files, 1)]
        found = [
            (file, part, made_up) for file, (part, rows, made_up) in zip(files, staged, strict=True) if rows
        ]
        rows = 0
        if found:
            kept = live.sources if live else ()
            sources = kept + tuple(replace(file.source, synthetic=made_up) for file, _, made_up in found)
            refuse_mixture(sources, len(kept), allow_mixed)
            rows, noted = build(building, [part for _, part, _ in found], [file for file, *_ in found], None)
            work.note_merged(noted)
    known = {source.sha256 for source in live.sources} if live else set()
    return Preview(
        rows=rows,
        whole=work.whole,
        tables=tuple(work.reports),
        first=work.first,
        left_out=tuple(
            (table.file, sheet) for file in files for table in file.tables[:1] for sheet in table.left_out
        ),
        known=tuple(file.path.name for file in files if file.source.sha256 in known),
        rejections=tuple(work.examples),
        remarks=dict(work.remarks),
    )
