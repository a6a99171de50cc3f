"""The engine: DuckDB inside the process, with bounded threads and memory, and nothing ever fetched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from liandong.errors import InputError, Text

THREADS = 2
MEMORY = "700MB"
_CONFIG: dict[str, Any] = {
    "threads": THREADS,
    "memory_limit": MEMORY,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
_NO_BAR = "SET enable_progress_bar = false"  # it would write into the output of --json


def connect(scratch: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A connection for building snapshots; what does not fit into memory goes to the scratch folder."""
    place = {"temp_directory": str(scratch)} if scratch else {}
    connection = duckdb.connect(config={**_CONFIG, **place})
    connection.execute(_NO_BAR)
    return connection


def connect_readonly(firms: Path) -> duckdb.DuckDBPyConnection:
    """A connection that sees one table, `firms`, and no other file; its settings are locked."""
    connection = connect()
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

    connection = ibis.duckdb.connect(**_CONFIG)
    connection.raw_sql(_NO_BAR)
    return connection.read_parquet(str(firms), table_name="firms")


def quote(text: str) -> str:
    """An SQL literal."""
    return "'" + text.replace("'", "''") + "'"
