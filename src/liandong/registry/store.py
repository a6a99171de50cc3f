"""Snapshots on disk: written whole, named last.

    registry/<id>/firms.parquet   the firms            registry/current.json  names the live snapshot
    registry/<id>/snapshot.json   what they stand on   registry/.building-*   a snapshot on its way
    registry/<id>/search-N/       the index, format N

A snapshot is built in a folder of its own, flushed to disk, renamed, and only then named by current.json,
which is itself replaced in one step. Killed at any moment, the registry is as before; what was left behind is
swept away by the next import.
"""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from liandong.errors import InputError, Text
from liandong.figures import Coverage
from liandong.registry.index_building import FOLDER as INDEX
from liandong.registry.index_building import FORMAT, build

FIRMS = "firms.parquet"
HONOURS = "honours.parquet"
DESCRIPTION = "snapshot.json"
CURRENT = "current.json"
_BUILDING = ".building-"
_LOCK = ".lock"


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was imported. label: its name in the column `source`. rows: firms it gave."""

    label: str
    file: str
    sha256: str
    rows: int
    synthetic: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HonourList:
    """A list of honours that was imported. rows: of the file, with those that found no firm."""

    file: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One state of the registry, never changed once written. path: of firms.parquet.

    created: ISO time. parent: the snapshot it was made from. made_by: `import`, `classify`, `honours` …
    lists: honour lists, whose rows are the table `honours`.
    """

    id: str
    path: Path
    rows: int
    created: str
    sources: tuple[Source, ...]
    coverage: Coverage
    parent: str | None = None
    made_by: str = "import"
    details: dict[str, Any] = field(default_factory=dict)
    lists: tuple[HonourList, ...] = ()

    @property
    def folder(self) -> Path:
        """Where the snapshot's files are."""
        return self.path.parent

    @property
    def tables(self) -> dict[str, Path]:
        """What can be asked: each table's name and its file."""
        found = {"firms": self.path, "honours": self.folder / HONOURS}
        return {name: path for name, path in found.items() if path.is_file()}

    @property
    def synthetic(self) -> bool:
        """Whether any firm in it is invented."""
        return any(source.synthetic for source in self.sources)


class Store:
    """The folder of a registry."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)

    def current(self) -> str | None:
        """Id of the live snapshot; None if nothing was imported yet (or all was undone)."""
        try:
            data = json.loads((self.folder / CURRENT).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise self._damaged(CURRENT) from error
        snapshot = data.get("snapshot") if isinstance(data, dict) else None
        return snapshot if isinstance(snapshot, str) else None

    def read(self, snapshot: str) -> Snapshot:
        """A snapshot by its id. Raises InputError if there is none."""
        folder = self.folder / snapshot
        if Path(snapshot).name != snapshot or not (folder / FIRMS).is_file():
            raise InputError(
                Text(f"登记库中没有快照“{snapshot}”。", f'the registry has no snapshot "{snapshot}".'),
                file=str(self.folder),
            )
        try:
            data = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
            sources = tuple(Source(**{**each, "notes": tuple(each["notes"])}) for each in data["sources"])
            return Snapshot(
                id=data["id"],
                path=folder / FIRMS,
                rows=data["rows"],
                created=data["created"],
                sources=sources,
                coverage=Coverage.from_dict(data["coverage"]),
                parent=data["parent"],
                made_by=data["made_by"],
                details=data["details"],
                lists=tuple(HonourList(**each) for each in data.get("lists", ())),
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise self._damaged(f"{snapshot}/{DESCRIPTION}") from error

    def next_id(self, content: str) -> str:
        """An id that sorts after all others and carries eight digits of what the snapshot is made from."""
        taken = [int(each.name[:4]) for each in self.folder.glob("[0-9][0-9][0-9][0-9]-*") if each.is_dir()]
        return f"{max(taken, default=0) + 1:04d}-{content[:8]}"

    @contextmanager
    def writing(self) -> Iterator[Path]:
        """A folder to build a snapshot in, by one writer at a time; gone at the end unless published.

        Raises InputError if another process writes.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / _LOCK).open("a+b") as handle:
            if not _lock(handle):
                raise InputError(
                    Text(
                        "另一个导入或分类正在进行,请等它结束后再试。",
                        "another import or classification is running; wait for it to end.",
                    ),
                    file=str(self.folder),
                )
            for left in self.folder.glob(f"{_BUILDING}*"):
                shutil.rmtree(left, ignore_errors=True)
            for left in self.folder.glob(f"{CURRENT}.*"):
                left.unlink(missing_ok=True)
            building = self.folder / f"{_BUILDING}{uuid.uuid4().hex}"
            building.mkdir()
            try:
                yield building
            finally:
                shutil.rmtree(building, ignore_errors=True)

    def publish(self, building: Path, snapshot: Snapshot, *, same_firms: bool = False) -> Snapshot:
        """Index, flush, rename, and name the snapshot as the live one; honours are carried on.

        same_firms: its firms are its parent's, in the same order, with other industries at most.
        """
        before = self.read(snapshot.parent) if snapshot.parent else None
        if before and "honours" in before.tables and not (building / HONOURS).exists():
            shutil.copyfile(before.folder / HONOURS, building / HONOURS)
            snapshot = replace(snapshot, lists=before.lists)
        if not (building / INDEX).exists():
            build(
                building / FIRMS, building / INDEX, before.folder / INDEX if before and same_firms else None
            )
        (building / DESCRIPTION).write_text(_to_json(snapshot), encoding="utf-8")
        for file in building.rglob("*"):
            _flush(file)
        _flush(building)
        folder = self.folder / snapshot.id
        building.rename(folder)
        _flush(self.folder)
        self.point(snapshot.id)
        return self.read(snapshot.id)

    def index(self, snapshot: Snapshot) -> Path:
        """The folder of a snapshot's search index; built now if it has none of today's format.

        Raises InputError if another process writes.
        """
        folder = snapshot.folder / INDEX
        if not (folder / FORMAT).is_file():
            with self.writing() as building:
                build(snapshot.path, building / INDEX)
                for file in (building / INDEX).iterdir():
                    _flush(file)
                shutil.rmtree(folder, ignore_errors=True)
                (building / INDEX).rename(folder)
                _flush(snapshot.folder)
        return folder

    def point(self, snapshot: str | None) -> None:
        """Name the live snapshot, in one step."""
        beside = self.folder / f"{CURRENT}.{uuid.uuid4().hex}"
        beside.write_text(json.dumps({"snapshot": snapshot}) + "\n", encoding="utf-8")
        _flush(beside)
        beside.replace(self.folder / CURRENT)
        _flush(self.folder)

    def _damaged(self, name: str) -> InputError:
        return InputError(
            Text(
                f"登记库的 {name} 已损坏。请从备份恢复。",
                f"{name} of the registry is damaged. Restore a backup.",
            ),
            file=str(self.folder / name),
        )


def _to_json(snapshot: Snapshot) -> str:
    data = {
        "id": snapshot.id,
        "rows": snapshot.rows,
        "created": snapshot.created,
        "parent": snapshot.parent,
        "made_by": snapshot.made_by,
        "sources": [asdict(source) for source in snapshot.sources],
        "coverage": snapshot.coverage.to_dict(),
        "details": snapshot.details,
        "lists": [asdict(each) for each in snapshot.lists],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _flush(path: Path) -> None:
    """fsync a file or, where the system can, a folder."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _lock(handle: Any) -> bool:
    """Take the lock without waiting; it is the system's, and goes when the process goes."""
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        try:
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
