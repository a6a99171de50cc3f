"""Rows of sources → firms: an identity for each, one firm per identity.

The identity is the code where it is valid and belongs to one name in its source; else a hash of file, name,
place as found, and occurrence, where rows that agree in everything are one occurrence. Rows of one identity,
of one source or of several, become one firm: the newest row that knows a field gives it; place, capital and
industry are taken whole from one row; a given industry precedes a classified one; other names become aliases;
all rows are named in `sources`.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow.parquet as pq

from liandong.registry.engines import quote
from liandong.registry.schema import FIRMS, INDUSTRY, ROW, as_of_today

_TOGETHER = {  # taken whole from the newest row of which the condition holds
    "who": ("TRUE", ("name", "name_key", "uscc", "uscc_text", "uscc_problem", "source", "source_row")),
    "place": (
        "province IS NOT NULL",
        ("province", "prefecture", "county", "region_text", "region_source"),
    ),
    "capital": ("capital_text IS NOT NULL", ("capital", "capital_currency", "capital_text")),
    "founding": ("founded_year IS NOT NULL", ("founded", "founded_year")),
    "activity": ("industry IS NOT NULL", INDUSTRY),
}
_ORDER = {"activity": f"CAST(industry_source = 'given' AS BIGINT) * {1 << 60} + ord"}
_CONTENT = tuple(name for name in ROW.names if name != "source_row")
_FILE = 1 << 40
"""Above any row's number: files are ordered first, then rows."""
_GROUP = 122_880  # rows of a group: what one thread scans at a time
_SINGLE = ("address", "insured", "kind", "status", "scope", "stock_code", "products")


class Noted(NamedTuple):
    """A row that is kept, and why it is noted: `repeated` or `duplicate`. label: of its source."""

    label: str
    row: int
    reason: str
    code: str | None


def merge(
    connection: duckdb.DuckDBPyConnection, stages: list[tuple[Path, str]], live: Path | None, out: Path
) -> list[Noted]:
    """Write the firms of the live snapshot and of staged files, the newest last, as FIRMS.

    stages: per file the Parquet of its rows (schema ROW) and the file's name. Returns the rows that repeat
    another of their file (`repeated`) and those that share a code with another name (`duplicate`).
    """
    selects = [_identified(connection, *stage, order) for order, stage in enumerate(stages, 1)]
    if live is not None:
        columns = ", ".join(as_of_today(pq.read_schema(live).names))
        selects.insert(0, f"SELECT {columns}, 0::BIGINT AS ord FROM read_parquet({quote(str(live))})")
    connection.execute("CREATE OR REPLACE TEMP VIEW everything AS " + " UNION ALL ".join(selects))
    connection.execute("CREATE OR REPLACE TEMP TABLE met (firm_id VARCHAR)")
    if len(selects) > 1:
        connection.execute(
            "INSERT INTO met SELECT firm_id FROM everything GROUP BY firm_id HAVING count(*) > 1"
        )
    else:  # one file meets nothing but itself
        connection.execute("INSERT INTO met SELECT DISTINCT coalesce(hashed, code) FROM hard1 WHERE again")
    names = ", ".join(FIRMS.names)
    query = f"SELECT {names} FROM everything"
    if connection.execute("SELECT count(*) FROM met").fetchone() != (0,):
        query += f" ANTI JOIN met USING (firm_id) UNION ALL SELECT {names} FROM ({_merged()})"
    connection.execute(
        f"COPY ({query}) TO {quote(str(out))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_GROUP})"
    )
    return [note for order, stage in enumerate(stages, 1) for note in _noted(connection, stage[0], order)]


def _noted(connection: duckdb.DuckDBPyConnection, stage: Path, order: int) -> list[Noted]:
    """The rows of one file that repeat another or share its code, in their order."""
    found = connection.execute(
        f"""
        SELECT source, source_row, CASE WHEN again THEN 'repeated' ELSE 'duplicate' END, uscc
        FROM read_parquet({quote(str(stage))}, file_row_number = true)
        JOIN hard{order} ON file_row_number = line
        WHERE again OR problem = 'duplicate' ORDER BY line
        """
    ).fetchall()
    return [Noted(*row) for row in found]


def _identified(connection: duckdb.DuckDBPyConnection, stage: Path, file: str, order: int) -> str:
    """A query that gives the rows of one file their `firm_id` and `ord`, the file's order.

    A code given to several names is nobody's. Only such rows, those that repeat a code, and those without a
    valid code are looked at singly.
    """
    rows = f"read_parquet({quote(str(stage))}, file_row_number = true)"
    connection.execute(
        f"""
        CREATE TEMP TABLE hard{order} AS
        WITH often AS (SELECT uscc FROM {rows} WHERE uscc IS NOT NULL GROUP BY uscc HAVING count(*) > 1),
        shared AS (SELECT uscc, count(DISTINCT name_key) AS names FROM {rows} SEMI JOIN often USING (uscc)
                   GROUP BY uscc),
        marked AS (
          SELECT file_row_number AS line, uscc, names, uscc_problem, name_key, region_text,
                 CASE WHEN uscc IS NULL OR names > 1 THEN hash({", ".join(_CONTENT)}) END AS content,
                 row_number() OVER (PARTITION BY uscc ORDER BY file_row_number) AS nth
          FROM {rows} LEFT JOIN shared USING (uscc)
          WHERE uscc IS NULL OR names IS NOT NULL
        ),
        alike AS (
          SELECT *, min(line) OVER (PARTITION BY name_key, region_text, content) AS first
          FROM marked WHERE uscc IS NULL OR names > 1
        ),
        named AS (
          SELECT *, dense_rank() OVER (PARTITION BY name_key, region_text ORDER BY first) AS seen FROM alike
        )
        SELECT line, line > first AS again, uscc AS code,
               'h' || substr(sha256(concat_ws(chr(31), {quote(file)}, name_key, coalesce(region_text, ''),
                                              seen)), 1, 20) AS hashed,
               CASE WHEN names > 1 THEN 'duplicate' ELSE uscc_problem END AS problem
        FROM named
        UNION ALL
        SELECT line, TRUE, uscc, NULL, NULL FROM marked WHERE names = 1 AND nth > 1
        """
    )
    plain = {
        "firm_id": "coalesce(hashed, uscc) AS firm_id",
        "uscc_problem": "problem AS uscc_problem",
        "sources": '[struct_pack(source := source, "row" := source_row)] AS sources',
    }
    columns = ", ".join(plain.get(name, name) for name in FIRMS.names)
    return f"""
      SELECT {columns}, {order * _FILE}::BIGINT + file_row_number AS ord
      FROM {rows} LEFT JOIN hard{order} ON file_row_number = line
    """


def _merged() -> str:
    """One row per firm met more than once, in the order of their identities."""
    structs, fields = [], []
    for group, (known, columns) in _TOGETHER.items():
        packed = ", ".join(f"{name} := {name}" for name in columns)
        order = _ORDER.get(group, "ord")
        structs.append(f"arg_max(struct_pack({packed}), {order}) FILTER ({known}) AS {group}_")
        fields += [f"{group}_.{name} AS {name}" for name in columns]
    singles = [f"arg_max({name}, ord) FILTER ({name} IS NOT NULL) AS {name}" for name in _SINGLE]
    return f"""
      SELECT firm_id, {", ".join(fields)}, {", ".join(_SINGLE)},
             nullif(list_filter(names, lambda known: known <> who_.name), []) AS aliases,
             nullif(honours, []) AS honours, sources
      FROM (
        SELECT firm_id, {", ".join(structs)}, {", ".join(singles)},
               list_sort(list_distinct(flatten(list(list_append(coalesce(aliases, []), name))))) AS names,
               list_sort(list_distinct(flatten(list(coalesce(honours, []))))) AS honours,
               flatten(list(sources ORDER BY ord)) AS sources
        FROM everything SEMI JOIN met USING (firm_id)
        GROUP BY firm_id
      )
      ORDER BY firm_id
    """
