"""A real store for every test: SQLite in a file, and PostgreSQL from a cluster of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from liandong.workspace import store
from tests.conftest import require


def _postgres(command: list[str]) -> None:
    """Run a command of PostgreSQL, which refuses to run as root."""
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*user, *command], check=True, capture_output=True, cwd="/")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Path]:
    """The folder with the socket of a PostgreSQL that runs for this session only."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or [
        Path(path) for path in [shutil.which("initdb")] if path
    ]
    require(bool(found), "PostgreSQL is absent")
    commands = found[-1].parent
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    _postgres([str(commands / "initdb"), "-D", str(data), "-A", "trust", "-U", "postgres", "-E", "UTF8"])
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    _postgres(
        [str(commands / "pg_ctl"), "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start"]
    )
    yield folder
    _postgres([str(commands / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"])
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """The address of an empty database; LIANDONG_DATABASE_URL names it."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'store.sqlite3'}"
    else:
        url = new_database(request.getfixturevalue("cluster"), f"test_{os.getpid()}_{abs(hash(tmp_path))}")
    monkeypatch.setenv(store.DATABASE_VARIABLE, url)
    yield url
    store.close_store()


def new_database(socket: Path, name: str, template: str = "template1") -> str:
    """The address of a new database in the cluster, empty or a copy of another one."""
    import psycopg

    with psycopg.connect(host=str(socket), user="postgres", dbname="postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')  # type: ignore[arg-type] # a name of our own making
    return f"postgresql://postgres@{quote(str(socket), safe='')}/{name}"
