"""Identity of a snapshot: who is who stands in a file beside the firms, as a new snapshot of the same rows.

    registry/<id>/identity.parquet   firm_id, canonical_id, probability of rows that share a firm
    registry/<id>/doubts.parquet     pairs for people to judge

No row is changed; undo takes the resolution back like any import.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from liandong.registry import resolving
from liandong.registry.judgements import Judgement
from liandong.registry.linking import Progress
from liandong.registry.store import FIRMS, Snapshot, Store

IDENTITY = "identity.parquet"
DOUBTS = "doubts.parquet"


@dataclass(frozen=True, slots=True)
class ResolutionReport:
    """What a resolution did. joined: rows that share a firm with another; firms: that these rows are;
    doubts: pairs for people to judge; refused: pairs judged the same that cannot be.
    """

    snapshot: str
    rows: int
    joined: int
    firms: int
    doubts: int
    refused: tuple[tuple[str, str], ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `liandong registry resolve`."""
        return asdict(self)


def resolve_snapshot(
    store: Store, live: Snapshot, judgements: Iterable[Judgement] = (), *, progress: Progress | None = None
) -> ResolutionReport:
    """Resolve the firms of a snapshot and publish the snapshot with their identities.

    Canonical ids of the newest resolution before are kept.
    """
    firms = pq.read_table(live.path, columns=list(resolving.COLUMNS))
    found = resolving.resolve(firms, judgements=judgements, before=_before(store, live), progress=progress)
    with store.writing() as building:
        _same(live.path, building / FIRMS)
        pq.write_table(found.identity, building / IDENTITY)
        pq.write_table(found.doubts, building / DOUBTS)
        snapshot = Snapshot(
            id=store.next_id(live.id[5:]),
            path=building / FIRMS,
            rows=live.rows,
            created=datetime.now().astimezone().isoformat(timespec="seconds"),
            sources=live.sources,
            coverage=live.coverage,
            parent=live.id,
            made_by="resolve",
            details={"joined": found.identity.num_rows, "doubts": found.doubts.num_rows},
        )
        store.publish(building, snapshot, same_firms=True)
    return ResolutionReport(
        snapshot.id,
        live.rows,
        found.identity.num_rows,
        len(set(found.canonical.values())),
        found.doubts.num_rows,
        found.refused,
    )


def identity(store: Store, snapshot: Snapshot) -> pa.Table:
    """resolving.IDENTITY of the newest resolution up to a snapshot; no row if there was none."""
    return _newest(store, snapshot, IDENTITY, resolving.IDENTITY)


def doubts(store: Store, snapshot: Snapshot) -> pa.Table:
    """resolving.DOUBTS of the newest resolution up to a snapshot; no row if there was none."""
    return _newest(store, snapshot, DOUBTS, resolving.DOUBTS)


def _newest(store: Store, snapshot: Snapshot, file: str, schema: pa.Schema) -> pa.Table:
    each: Snapshot | None = snapshot
    while each is not None:
        if (each.folder / file).is_file():
            return pq.read_table(each.folder / file)
        each = store.read(each.parent) if each.parent else None
    return schema.empty_table()


def _before(store: Store, live: Snapshot) -> dict[str, str]:
    table = identity(store, live)
    return dict(zip(table["firm_id"].to_pylist(), table["canonical_id"].to_pylist(), strict=True))


def _same(source: Path, target: Path) -> None:
    """The same bytes under another name: neither file is ever changed."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
