"""Which pairs are worth comparing: those that share one of several keys, if not too many share it.

Each key survives some way of writing a name differently: another place, another form, a letter more, less or
wrong, a short form. A key that very many rows share tells nothing, and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from liandong.registry.engines import connect

Ints = NDArray[np.int64]

MOST_PAIRS = 1000
"""Pairs of one key; a key with more is left out."""
MEMORY = "3GB"
"""For keys and pairs; a connection for snapshots has less."""
MOST_BIGRAMS = 4
"""Of the neighbouring letters of a name, so many of the rarest that another row has, too, are keys."""

_WHERE = "coalesce(city, home)"
_SORTED = "list_sort(string_split(left(body, {}), ''))"
KEYS = {
    "code": "uscc",
    "name": "key",
    "body": "CASE WHEN length(body) > 2 THEN concat_ws('|', body, branch) END",
    "body, place": f"concat_ws('|', body, {_WHERE})",
    "head, city": "CASE WHEN city IS NOT NULL THEN concat_ws('|', left(body, 2), city) END",
    "head, home": "CASE WHEN home IS NOT NULL THEN concat_ws('|', left(body, 2), home) END",
    "letters, place": f"CASE WHEN length(body) >= 3 THEN concat_ws('|', {_SORTED.format(2)}, {_WHERE}) END",
    "letters, trade": f"CASE WHEN length(body) >= 4 THEN concat_ws('|', {_SORTED.format(3)}, body[4:6]) END",
    "head, trade": "CASE WHEN length(body) >= 4 THEN left(body, 4) END",
    "tail, city": "CASE WHEN length(body) >= 4 AND city IS NOT NULL THEN concat_ws('|', body[2:5], city) END",
    "tail, home": "CASE WHEN length(body) >= 4 AND home IS NOT NULL THEN concat_ws('|', body[2:5], home) END",
    "without 1st": "CASE WHEN length(body) >= 5 THEN body[2:] END",
    "without 2nd": "CASE WHEN length(body) >= 5 THEN left(body, 1) || body[3:] END",
    "without 3rd": "CASE WHEN length(body) >= 5 THEN left(body, 2) || body[4:] END",
    "without 4th": "CASE WHEN length(body) >= 5 THEN left(body, 3) || body[5:] END",
    "day, first": "CASE WHEN founded IS NOT NULL THEN concat_ws('|', founded, left(body, 1)) END",
    "day, last": "CASE WHEN founded IS NOT NULL THEN concat_ws('|', founded, right(body, 2)) END",
}
"""SQL over the columns of `records`; null where a row has no such key. Keys of one name meet each other."""
_CODE = list(KEYS).index("code")
_BIGRAM = 255
"""The kind of the keys that are two neighbouring letters of a name."""


def pairs(left: pa.Table, right: pa.Table) -> tuple[Ints, Ints]:
    """Row numbers of pairs of two tables of `records` that share a key, each pair once, in order."""
    with _with_keys({"a": left, "b": right}) as connection:
        connection.execute(
            f"""
            CREATE TEMP TABLE shared AS
            SELECT kind, hashed, n * m AS met
            FROM (SELECT kind, hashed, count(*) AS n FROM keys_a GROUP BY ALL)
            JOIN (SELECT kind, hashed, count(*) AS m FROM keys_b GROUP BY ALL) USING (kind, hashed)
            WHERE n * m <= {MOST_PAIRS}
            """
        )
        return _fetch(
            connection,
            f"SELECT DISTINCT a.row AS i, b.row AS j FROM {_rarest('keys_a')} a "
            f"JOIN {_rarest('keys_b')} b USING (kind, hashed)",
        )


def _rarest(keys: str) -> str:
    """The keys of rows that are shared: all that are made of parts, and the rarest bigrams."""
    return (
        f"(SELECT kind, hashed, row, code FROM {keys} JOIN shared USING (kind, hashed) "
        f"QUALIFY kind <> {_BIGRAM} OR row_number() OVER (PARTITION BY row, kind ORDER BY met, hashed) "
        f"<= {MOST_BIGRAMS})"
    )


def pairs_within(table: pa.Table) -> tuple[Ints, Ints]:
    """Row numbers i < j of pairs of one table that share a key, each pair once, in order.

    Pairs of two different valid codes are left out: they are two firms.
    """
    with _with_keys({"a": table}) as connection:
        connection.execute(
            f"""
            CREATE TEMP TABLE shared AS
            SELECT kind, hashed, bare * n AS met
            FROM (SELECT kind, hashed, count(*) AS n, count(*) FILTER (code IS NULL) AS bare
                  FROM keys_a GROUP BY ALL)
            WHERE n > 1 AND bare > 0 AND bare * n <= {MOST_PAIRS}
            """
        )
        return _fetch(
            connection,
            f"""
            SELECT DISTINCT least(a.row, b.row) AS i, greatest(a.row, b.row) AS j
            FROM (SELECT * FROM {_rarest("keys_a")} WHERE code IS NULL) a
            JOIN {_rarest("keys_a")} b USING (kind, hashed) WHERE a.row <> b.row
            UNION
            SELECT a.row, b.row FROM keys_a a JOIN keys_a b USING (kind, hashed)
            WHERE kind = {_CODE} AND a.row < b.row
            """,
        )


class _with_keys:  # noqa: N801  (used like a function)
    """A connection with a table keys_<name> (kind, hashed, row, code) for each table."""

    def __init__(self, tables: dict[str, pa.Table]) -> None:
        self._tables = tables

    def __enter__(self) -> duckdb.DuckDBPyConnection:
        self._connection = connection = connect()
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        for name, table in self._tables.items():
            columns = ["uscc", "key", "body", "branch", "city", "home", "founded"]
            numbered = table.select(columns).append_column(
                "row", pa.array(np.arange(table.num_rows, dtype=np.int32))
            )
            connection.register(f"records_{name}", numbered)
            selects = " UNION ALL ".join(
                f"SELECT {kind}::UTINYINT AS kind, hash({key}) AS hashed, row, hash(uscc) AS code, "
                f"uscc IS NULL AS bare FROM records_{name} WHERE ({key}) IS NOT NULL"
                for kind, key in enumerate(KEYS.values())
            )
            connection.execute(
                f"CREATE TEMP TABLE keys_{name} AS "
                f"SELECT kind, hashed, row, CASE WHEN NOT bare THEN code END AS code FROM ({selects})"
            )
            connection.execute(
                f"INSERT INTO keys_{name} SELECT DISTINCT {_BIGRAM}, hash(substr(key, place, 2)), row, code "
                f"FROM (SELECT key, row, CASE WHEN uscc IS NOT NULL THEN hash(uscc) END AS code, "
                f"unnest(range(1, length(key))) AS place FROM records_{name})"
            )
        return connection

    def __exit__(self, *_: object) -> None:
        self._connection.close()


def _fetch(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[Ints, Ints]:
    found = connection.execute(query).fetchnumpy()
    i, j = (np.asarray(found[name], dtype=np.int64) for name in ("i", "j"))
    order = np.lexsort((j, i))
    return i[order], j[order]


def chunks(i: Ints, j: Ints, size: int) -> Iterator[tuple[Ints, Ints]]:
    """The pairs in pieces of at most so many."""
    for start in range(0, len(i), size):
        yield i[start : start + size], j[start : start + size]
