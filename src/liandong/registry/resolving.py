"""Which rows of one registry are the same firm: each gets a canonical id beside its own.

    firms ── those that can have a double ──▶ blocking ──▶ comparing ──▶ probability ──▶ clusters
                                                                judgements of people ──┘

Firms of two different valid codes are two firms, so only rows without a code, and rows of one code, can have
a double: a register of coded firms costs little, a list without codes is compared with all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from liandong.registry import blocking, linking
from liandong.registry.clusters import Clusters
from liandong.registry.engines import connect
from liandong.registry.judgements import Judgement, Verdict, standing
from liandong.registry.records import records

COLUMNS = ("firm_id", "name", "uscc", "prefecture", "founded", "scope")
IDENTITY = pa.schema(
    [
        ("firm_id", pa.string()),
        ("canonical_id", pa.string()),  # of the firm that the row is
        ("probability", pa.float64()),  # of the surest pair that joined it; null where a person did
    ]
)
"""Rows that share a firm with another row; every other firm is its own canonical one."""
DOUBTS = pa.schema([("left_id", pa.string()), ("right_id", pa.string()), ("probability", pa.float64())])
"""Pairs for people to judge, the likeliest first."""

JOINED = 0.9
"""Pairs at least this likely are joined."""
DOUBTED = 0.2
"""Pairs at least this likely are shown to people."""
_RARE = 1_000
"""Rows that share a pair of letters; a pair that more share does not bring doubles together."""
_FEW = 0.05
"""Share of rows without a code up to which it pays to look first for what they may resemble."""
_SHARED = 2
"""Rare pairs of letters that a double shares at least."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """identity: IDENTITY. doubts: DOUBTS. refused: judged the same, but of two different valid codes or kept
    apart by another judgement. rows: of the registry. compared: pairs.
    """

    identity: pa.Table
    doubts: pa.Table
    refused: tuple[tuple[str, str], ...]
    rows: int
    compared: int
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def canonical(self) -> dict[str, str]:
        """firm_id → canonical_id, of the rows that share a firm with another."""
        columns = (self.identity[name].to_pylist() for name in ("firm_id", "canonical_id"))
        return dict(zip(*columns, strict=True))


def resolve(
    firms: pa.Table,
    *,
    judgements: Iterable[Judgement] = (),
    before: Mapping[str, str] | None = None,
    joined: float = JOINED,
    doubted: float = DOUBTED,
    workers: int | None = None,
    progress: linking.Progress | None = None,
) -> Resolution:
    """Find the rows of one table that are the same firm.

    firms: COLUMNS (firm_id and name are needed), each firm_id once. judgements: what people said, the last
    that stands of each pair counts. before: canonical ids of an earlier resolution: a cluster that holds one
    of them keeps it. joined, doubted: probabilities from which pairs are joined, and shown to people.

    The canonical id of a cluster is that of `before`, else its valid code, else its smallest firm_id:
    resolving again, or after the same files were imported again, gives the same.
    """
    said = standing(judgements)
    chosen = _candidates(firms, {each for pair in said for each in pair})
    table = firms.take(pa.array(chosen)).rename_columns(
        [{"firm_id": "id", "prefecture": "city"}.get(name, name) for name in firms.column_names]
    )
    rows = records(table, workers=workers)
    i, j = blocking.pairs_within(rows)
    weight = linking.log_odds(rows, rows, i, j, progress=progress)
    probability = linking.probability_of(weight)
    ids = rows["id"].to_pylist()
    clusters, surest, refused = _cluster(rows, i, j, probability, said, joined)
    labels = clusters.labels()
    return Resolution(
        identity=_identity(ids, rows["uscc"].to_pylist(), labels, surest, before or {}),
        doubts=_doubts(ids, i, j, probability, labels, said, doubted),
        refused=refused,
        rows=firms.num_rows,
        compared=len(i),
    )


def _candidates(firms: pa.Table, named: set[str]) -> NDArray[np.int64]:
    """Rows that can have a double: without a code, of a code that stands twice, named by a judgement, or
    sharing rare letters with a row without a code.
    """
    for name in COLUMNS:
        if name not in firms.column_names:
            firms = firms.append_column(name, pa.nulls(firms.num_rows, pa.string()))
    if firms["uscc"].null_count > _FEW * firms.num_rows:
        return np.arange(firms.num_rows)
    with connect() as connection:
        connection.execute(f"SET memory_limit = '{blocking.MEMORY}'")
        numbered = firms.select(["firm_id", "name", "uscc"]).append_column(
            "row", pa.array(np.arange(firms.num_rows))
        )
        connection.register("given", numbered)
        connection.register("named", pa.table({"firm_id": pa.array(sorted(named), pa.string())}))
        connection.execute(
            """
            CREATE TEMP TABLE firms AS
            SELECT row, firm_id, uscc,
                   regexp_replace(upper(nfc_normalize(name)), '[^\\p{L}\\p{N}]+', '', 'g') AS key
            FROM given
            """
        )
        connection.execute("CREATE TEMP TABLE bare AS SELECT row, key FROM firms WHERE uscc IS NULL")
        letters = (
            "SELECT row, substr(key, place, 2) AS letters "
            "FROM (SELECT row, key, unnest(range(1, length(key))) AS place FROM {})"
        )
        connection.execute(f"CREATE TEMP TABLE of_bare AS SELECT DISTINCT * FROM ({letters.format('bare')})")
        connection.execute(
            f"""
            CREATE TEMP TABLE rare AS
            SELECT letters FROM ({letters.format("firms")})
            SEMI JOIN (SELECT DISTINCT letters FROM of_bare) USING (letters)
            GROUP BY letters HAVING count(*) BETWEEN 2 AND {_RARE}
            """
        )
        connection.execute(
            f"""
            CREATE TEMP TABLE of_all AS
            SELECT DISTINCT * FROM (SELECT row, letters FROM ({letters.format("firms")})
                                    SEMI JOIN rare USING (letters))
            """
        )
        found = connection.execute(
            f"""
            SELECT row FROM bare
            UNION SELECT row FROM firms SEMI JOIN named USING (firm_id)
            UNION SELECT row FROM firms SEMI JOIN (
                SELECT uscc FROM firms WHERE uscc IS NOT NULL GROUP BY uscc HAVING count(*) > 1) USING (uscc)
            UNION SELECT b.row FROM
                (SELECT row, letters FROM of_bare SEMI JOIN rare USING (letters)) a
                JOIN of_all b USING (letters)
                WHERE a.row <> b.row GROUP BY a.row, b.row HAVING count(*) >= {_SHARED}
            ORDER BY row
            """
        ).fetchnumpy()
    return np.asarray(found["row"], dtype=np.int64)


def _cluster(
    rows: pa.Table,
    i: NDArray[np.int64],
    j: NDArray[np.int64],
    probability: NDArray[np.float64],
    said: Mapping[tuple[str, str], Judgement],
    joined: float,
) -> tuple[Clusters, dict[int, float], tuple[tuple[str, str], ...]]:
    """Clusters; per row the probability of the surest pair that joined it; judgements that were refused."""
    ids = rows["id"].to_pylist()
    at = {firm_id: row for row, firm_id in enumerate(ids)}
    known = {pair: each.verdict for pair, each in said.items() if pair[0] in at and pair[1] in at}
    apart = [(at[a], at[b]) for (a, b), verdict in known.items() if verdict is Verdict.DIFFERENT]
    clusters = Clusters(rows["uscc"].to_pylist(), apart)
    refused = [
        (a, b)
        for (a, b), verdict in sorted(known.items())
        if verdict is Verdict.SAME and not clusters.join(at[a], at[b])
    ]
    unsure = {(at[a], at[b]) for (a, b), verdict in known.items() if verdict is Verdict.UNSURE}
    unsure |= {(b, a) for a, b in unsure}
    sure = np.flatnonzero(probability >= joined)
    texts = np.array(ids, dtype=object)
    order = sorted(sure.tolist(), key=lambda k: (-probability[k], *sorted((texts[i[k]], texts[j[k]]))))
    surest: dict[int, float] = {}
    for k in order:
        one, other = int(i[k]), int(j[k])
        if (one, other) not in unsure and clusters.join(one, other):
            for row in (one, other):
                surest.setdefault(row, float(probability[k]))
    return clusters, surest, tuple(refused)


def _identity(
    ids: list[str],
    codes: list[str | None],
    labels: list[int],
    surest: Mapping[int, float],
    before: Mapping[str, str],
) -> pa.Table:
    members: dict[int, list[int]] = {}
    for row, label in enumerate(labels):
        members.setdefault(label, []).append(row)
    found: list[tuple[str, str, float | None]] = []
    taken: set[str] = set()
    for rows in sorted(
        (each for each in members.values() if len(each) > 1), key=lambda each: min(ids[row] for row in each)
    ):
        canonical = _canonical([ids[row] for row in rows], [codes[row] for row in rows], before, taken)
        taken.add(canonical)
        found += [(ids[row], canonical, surest.get(row)) for row in rows]
    found.sort()
    columns = list(zip(*found, strict=True)) or [(), (), ()]
    return pa.table([pa.array(column) for column in columns] if found else [[], [], []], schema=IDENTITY)


def _canonical(
    members: list[str], codes: list[str | None], before: Mapping[str, str], taken: set[str]
) -> str:
    """The id a cluster had, else its code where that is a member, else the smallest id."""
    kept = sorted({before[each] for each in members if each in before} & set(members) - taken)
    if kept:
        return kept[0]
    code = next((code for code in codes if code), None)
    return code if code in members else min(members)


def _doubts(
    ids: list[str],
    i: NDArray[np.int64],
    j: NDArray[np.int64],
    probability: NDArray[np.float64],
    labels: list[int],
    said: Mapping[tuple[str, str], Judgement],
    doubted: float,
) -> pa.Table:
    """Likely pairs that are not in one cluster and of which nobody said anything."""
    found = []
    for k in np.flatnonzero(probability >= doubted).tolist():
        one, other = int(i[k]), int(j[k])
        pair = (min(ids[one], ids[other]), max(ids[one], ids[other]))
        if labels[one] != labels[other] and pair not in said:
            found.append((*pair, float(probability[k])))
    found.sort(key=lambda row: (-row[2], row[:2]))
    columns = list(zip(*found, strict=True))
    return pa.table([pa.array(c) for c in columns] if found else [[], [], []], schema=DOUBTS)
