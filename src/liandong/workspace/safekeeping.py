"""A safety copy of the whole workspace, made while it is in use, and the way back.

The key that signs sessions is not in it: after a restore people sign in again.

The copy is one file: the store as it was at one moment (SQLite's own online backup, or `pg_dump`), then the
registry's snapshots and the originals, which are only ever added, and a list of all with their sha256. The
store is copied first: whatever it names is in the files that are copied after it.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from liandong import __version__
from liandong.errors import InputError, Text
from liandong.workspace import configuration, store

MANIFEST = "manifest.json"
SQLITE = "store.sqlite3"
DUMP = "store.pgdump"

Progress = Callable[[int, int | None], None]


def backup(folder: Path, target: Path, *, progress: Progress | None = None) -> int:
    """Write the copy; returns its size in bytes. It appears under its name only when it is whole.

    Raises InputError if the folder is no workspace, or the target is there already.
    """
    settings = configuration.load(folder)
    if target.exists():
        raise InputError(
            Text("这个文件已经存在,请换一个名字。", "This file is there already; give another name."),
            file=str(target),
        )
    tell = progress or (lambda done, total: None)
    url = store.database_url(folder, settings.database)
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with tempfile.TemporaryDirectory(prefix="liandong-backup-") as scratch, beside.open("wb") as raw:
            dump = _dump(url, Path(scratch))
            members = [(dump, dump.name), *_files(folder)]
            manifest: dict[str, Any] = {
                "version": __version__,
                "made": datetime.now().astimezone().isoformat(timespec="seconds"),
                "files": {},
            }
            with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=1) as archive:
                for number, (path, name) in enumerate(members, 1):
                    manifest["files"][name] = _sha256(path)
                    archive.add(path, arcname=name, recursive=False)
                    tell(number, len(members))
                data = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
                entry = tarfile.TarInfo(MANIFEST)
                entry.size = len(data)
                archive.addfile(entry, io.BytesIO(data))
            raw.flush()
            os.fsync(raw.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return target.stat().st_size


def restore(source: Path, folder: Path) -> None:
    """Make the workspace of a copy in a folder that holds none; nothing is left there if it fails.

    With PostgreSQL, LIANDONG_DATABASE_URL (or the copy's configuration) names an empty database.
    Raises InputError for a damaged copy or a folder in use.
    """
    if configuration.is_workspace(folder) or (folder.exists() and any(folder.iterdir())):
        raise InputError(
            Text("文件夹不是空的,请换一个。", "The folder is not empty; choose another."), file=str(folder)
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        _unpack(source, building)
        settings = configuration.load(building)
        url = store.database_url(folder, settings.database)
        if (building / DUMP).exists():
            _load_postgresql(building / DUMP, url)
            (building / DUMP).unlink()
        elif url.startswith("postgres"):
            raise InputError(
                Text(
                    "这份备份是 SQLite 的,请先取消 LIANDONG_DATABASE_URL。",
                    "This copy is of SQLite: unset LIANDONG_DATABASE_URL first.",
                ),
                file=str(source),
            )
        if folder.exists():
            folder.rmdir()
        building.replace(folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _files(folder: Path) -> Iterator[tuple[Path, str]]:
    """What is kept beside the store: configuration, registry, originals, in this order."""
    yield folder / configuration.FILE, configuration.FILE
    current = folder / "registry" / "current.json"
    for root in ("registry", "files"):
        for path in sorted((folder / root).rglob("*")):
            inside = path.relative_to(folder)
            hidden = any(part.startswith(".") for part in inside.parts)
            if path.is_file() and not hidden and path != current and ".json." not in path.name:
                yield path, inside.as_posix()
    if current.is_file():
        yield current, "registry/current.json"


def _dump(url: str, scratch: Path) -> Path:
    """The store at one moment, as a file."""
    if url.startswith("sqlite"):
        target = scratch / SQLITE
        source = Path(store.parse(url)["NAME"])
        with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
            live.backup(copy)
        return target
    target = scratch / DUMP
    _run(["pg_dump", "--format=custom", "--no-owner", f"--file={target}", url])
    return target


def _load_postgresql(dump: Path, url: str) -> None:
    if not url.startswith("postgres"):
        raise InputError(
            Text(
                "这份备份是 PostgreSQL 的。请用 LIANDONG_DATABASE_URL 指定一个空的数据库。",
                "This copy is of PostgreSQL: name an empty database in LIANDONG_DATABASE_URL.",
            )
        )
    _run(
        ["pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", f"--dbname={url}", str(dump)]
    )


def _run(command: list[str]) -> None:
    program = shutil.which(command[0]) or next(
        (str(path) for path in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{command[0]}"))), None
    )
    if program is None:
        raise InputError(
            Text(f"找不到 {command[0]},请安装 PostgreSQL 客户端。", f"{command[0]} is not installed.")
        )
    done = subprocess.run([program, *command[1:]], capture_output=True, text=True, check=False)
    if done.returncode:
        words = done.stderr.strip()[-500:]
        raise InputError(Text(f"{command[0]} 失败:{words}", f"{command[0]} failed: {words}"))


def _unpack(source: Path, target: Path) -> None:
    """Every file of the copy, checked against its list. Raises InputError if one is not as it was."""
    try:
        with tarfile.open(source, "r:gz") as archive:
            archive.extractall(target, filter="data")
        manifest = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, EOFError, tarfile.TarError, ValueError) as error:
        raise _damaged(source, str(error)) from error
    for name, digest in manifest["files"].items():
        path = target / name
        if not path.is_file() or _sha256(path) != digest:
            raise _damaged(source, name)
    (target / MANIFEST).unlink()


def _damaged(source: Path, what: str) -> InputError:
    return InputError(
        Text(f"备份已损坏或不是备份({what})。", f"The copy is damaged, or no copy ({what})."),
        file=str(source),
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
