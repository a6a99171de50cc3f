"""Engines: DuckDB inside the process, bounded and offline; or PySpark, on this machine or a cluster.

Both answer the same questions: an Ibis table for expressions, and one SELECT over the tables of a snapshot.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, Protocol

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from liandong.errors import InputError, Text
from liandong.registry.schema import as_of_today

ENGINES: Final = ("duckdb", "spark")
THREADS = 2
MEMORY = "700MB"
MASTER_VARIABLE = "LIANDONG_SPARK_MASTER"
"""Address of a Spark cluster (spark://…, yarn, k8s://…); without it and without a Spark configuration of its
own, Spark runs on this machine."""
ROOT_VARIABLE = "LIANDONG_SPARK_ROOT"
"""Where the cluster finds the registry's folder (s3a://…, hdfs://…), if not under its path here."""
_CONFIG: dict[str, Any] = {
    "threads": THREADS,
    "memory_limit": MEMORY,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
_NO_BAR = "SET enable_progress_bar = false"  # it would write into the output of --json


class Engine(Protocol):
    """What runs the questions to one snapshot."""

    def table(self) -> Any:
        """The firms as an Ibis table."""

    def run(self, expression: Any) -> pa.Table:
        """The result of an expression over `table()`."""

    def query(self, sql: str) -> pa.Table:
        """The result of one SELECT. Raises InputError for anything else."""

    def close(self) -> None:
        """Let go of connections and views."""


def open_engine(name: str, tables: Mapping[str, Path]) -> Engine:
    """The engine of that name over tables {name: Parquet file}. Raises InputError if it is not installed."""
    check_engine(name)
    return Spark(tables) if name == "spark" else Duck(tables)


def check_engine(engine: str) -> None:
    """Raise InputError for an engine that there is not."""
    if engine not in ENGINES:
        known = ", ".join(ENGINES)
        raise InputError(
            Text(
                f"没有引擎“{engine}”。可用:{known}。", f'there is no engine "{engine}". Available: {known}.'
            ),
            field="engine",
        )


def connect(scratch: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A connection for building snapshots; what does not fit into memory goes to the scratch folder."""
    place = {"temp_directory": str(scratch)} if scratch else {}
    connection = duckdb.connect(config={**_CONFIG, **place})
    connection.execute(_NO_BAR)
    return connection


class Duck:
    """DuckDB: the tables of a snapshot and no other file; its settings are locked."""

    def __init__(self, tables: Mapping[str, Path]) -> None:
        self._firms = tables["firms"]
        self._connection = connect()
        paths = {name: quote(str(path.resolve())) for name, path in tables.items()}
        for name, path in paths.items():
            columns = _columns(tables[name])
            self._connection.execute(f"CREATE VIEW {name} AS SELECT {columns} FROM read_parquet({path})")
        self._connection.execute(f"SET allowed_paths = [{', '.join(paths.values())}]")
        self._connection.execute("SET enable_external_access = false")
        self._connection.execute("SET lock_configuration = true")

    def table(self) -> Any:
        """The firms as an Ibis table on an own connection."""
        import ibis  # a second to import: only where expressions are built

        connection = ibis.duckdb.connect(**_CONFIG)
        connection.raw_sql(_NO_BAR)
        path = quote(str(self._firms.resolve()))
        connection.raw_sql(f"CREATE VIEW firms AS SELECT {_columns(self._firms)} FROM read_parquet({path})")
        return connection.table("firms")

    def run(self, expression: Any) -> pa.Table:
        """The result of an Ibis expression."""
        return expression.to_pyarrow()

    def query(self, sql: str) -> pa.Table:
        """The result of one SELECT."""
        try:
            with self._connection.cursor() as own:  # threads that share the tables do not share a result
                statements = own.extract_statements(sql)
                if len(statements) == 1 and statements[0].type == duckdb.StatementType.SELECT:
                    return own.sql(sql).to_arrow_table()
        except duckdb.Error as error:
            raise _cannot_run(error) from error
        raise _one_select()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


class Spark:
    """PySpark: the same tables as views of one session."""

    def __init__(self, tables: Mapping[str, Path]) -> None:
        self._session = session()
        mark = uuid.uuid4().hex[:12]
        self._views = {name: f"{name}_{mark}" for name in tables}
        self._places = {name: _place(path) for name, path in tables.items()}
        for name, view in self._views.items():
            table = self._session.read.parquet(self._places[name])
            table.selectExpr(*as_of_today(table.columns)).createOrReplaceTempView(view)

    def table(self) -> Any:
        """The firms as an Ibis table."""
        import ibis

        return ibis.pyspark.connect(self._session).table(self._views["firms"])

    def run(self, expression: Any) -> pa.Table:
        """The result of an Ibis expression, straight from Spark: by way of pandas NaN would become null."""
        import ibis

        return self._session.sql(ibis.to_sql(expression, dialect="pyspark")).toArrow()

    def query(self, sql: str) -> pa.Table:
        """The result of one SELECT in the SQL of DuckDB, put into Spark's."""
        return self._session.sql(self._translated(sql)).toArrow()

    def close(self) -> None:
        """Drop the views; the session serves others."""
        for view in self._views.values():
            self._session.catalog.dropTempView(view)

    def _translated(self, sql: str) -> str:
        import sqlglot
        from sqlglot import exp

        try:
            statements = [each for each in sqlglot.parse(sql, read="duckdb") if each is not None]
        except sqlglot.errors.SqlglotError as error:
            raise _cannot_run(error) from error
        if len(statements) != 1 or not isinstance(statements[0], exp.Query):
            raise _one_select()
        own = {each.alias for each in statements[0].find_all(exp.CTE)}
        for table in statements[0].find_all(exp.Table):
            if table.name in self._views and isinstance(table.this, exp.Identifier) and not table.db:
                named = exp.to_table(self._views[table.name])
                table.replace(exp.alias_(named, table.alias or table.name, table=True))
            elif table.name not in own:
                raise _cannot_run(f"{table.sql()}: only {', '.join(self._views)}")
        return statements[0].sql(dialect="spark")


@cache
def session() -> Any:
    """The Spark session of this process, in UTC. Raises InputError where PySpark or Java is absent."""
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise InputError(
            Text(
                "没有安装 Spark:pip install 'liandong[spark]'。",
                "Spark is not installed: pip install 'liandong[spark]'.",
            ),
            field="engine",
        ) from error
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise InputError(
            Text("Spark 需要 Java 17,未找到 java。", "Spark needs Java 17; there is no java."), field="engine"
        )
    builder = SparkSession.builder.appName("liandong").config("spark.sql.session.timeZone", "UTC")
    master = os.environ.get(MASTER_VARIABLE)
    if master:
        builder = builder.master(master)
    elif not os.environ.get("SPARK_CONF_DIR"):
        local: dict[str, bool | float | int | str | None] = {
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.sql.shuffle.partitions": str(2 * THREADS),
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
        }
        builder = builder.master(f"local[{THREADS}]").config(map=local)
    found = builder.getOrCreate()
    found.sparkContext.setLogLevel("ERROR")
    return found


def _place(path: Path) -> str:
    """Where the cluster finds a file of the registry: <root>/<snapshot>/<file>."""
    root = os.environ.get(ROOT_VARIABLE)
    return f"{root.rstrip('/')}/{path.parent.name}/{path.name}" if root else str(path.resolve())


def _columns(path: Path) -> str:
    """What a table's view selects: an older snapshot has the columns of today, too."""
    return ", ".join(as_of_today(pq.read_schema(path).names))


def quote(text: str) -> str:
    """An SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def _cannot_run(error: object) -> InputError:
    return InputError(Text(f"查询无法执行:{error}", f"the query cannot be run: {error}"), field="sql")


def _one_select() -> InputError:
    return InputError(Text("只能执行一条 SELECT 查询。", "only one SELECT can be run."), field="sql")
