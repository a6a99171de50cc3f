"""The engine: DuckDB inside the process, with bounded threads and memory, and nothing ever fetched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from liandong.errors import InputError, Text

THREADS = 2
MEMORY = "700MB"
_OFFLINE: dict[str, Any] = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}


def connect(scratch: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A connection for building snapshots; what does not fit into memory goes to the scratch folder."""
    config = {**_OFFLINE, "threads": str(THREADS), "memory_limit": MEMORY}
    if scratch is not None:
        config["temp_directory"] = str(scratch)
    return duckdb.connect(config=config)


def connect_readonly(firms: Path) -> duckdb.DuckDBPyConnection:
    """A connection that sees one table, `firms`, and no other file; its settings are locked."""
    connection = duckdb.connect(config={**_OFFLINE, "threads": str(THREADS), "memory_limit": MEMORY})
    path = quote(str(firms.resolve()))
    connection.execute(f"CREATE VIEW firms AS SELECT * FROM read_parquet({path})")
    connection.execute(f"SET allowed_paths = [{path}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def check_engine(engine: str) -> None:
    """Raise InputError for an engine that this version does not have."""
    if engine != "duckdb":
        raise InputError(
            Text(f"没有引擎“{engine}”。可用:duckdb。", f'there is no engine "{engine}". Available: duckdb.'),
            field="engine",
        )


def table(firms: Path) -> Any:
    """The firms as an Ibis table on an own connection."""
    import ibis  # a second to import: only where expressions are built

    connection = ibis.duckdb.connect(threads=THREADS, memory_limit=MEMORY, **_OFFLINE)
    return connection.read_parquet(str(firms), table_name="firms")


def quote(text: str) -> str:
    """An SQL literal."""
    return "'" + text.replace("'", "''") + "'"
