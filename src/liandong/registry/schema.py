"""The table `firms` of a snapshot: what each column is called and holds."""

from __future__ import annotations

from collections.abc import Collection

import pyarrow as pa

CANDIDATES = pa.list_(pa.struct([("code", pa.string()), ("confidence", pa.float32())]))
"""Industries of a firm, best first."""
SOURCES = pa.list_(pa.struct([("source", pa.string()), ("row", pa.int64())]))

ROW = pa.schema(
    [
        ("uscc", pa.string()),  # of valid form; null where none is given or it is not valid
        ("uscc_text", pa.string()),  # a code that is not valid, as found
        ("uscc_problem", pa.string()),  # CodeProblem; null where valid or where none is given
        ("name", pa.string()),  # as found
        ("name_key", pa.string()),  # normalise_name
        ("aliases", pa.list_(pa.string())),
        ("province", pa.string()),  # GB/T 2260
        ("prefecture", pa.string()),  # GB/T 2260; municipalities are their own
        ("county", pa.string()),  # GB/T 2260
        ("region_text", pa.string()),  # place as found
        ("region_source", pa.string()),  # given, address, code, name
        ("address", pa.string()),
        ("founded", pa.date32()),
        ("founded_year", pa.int16()),  # known also where the day is not
        ("capital", pa.float64()),  # yuan; null for foreign currencies
        ("capital_currency", pa.string()),  # ISO 4217
        ("capital_text", pa.string()),  # as found
        ("insured", pa.int64()),  # staff with social insurance; null where not known, 0 only where stated
        ("kind", pa.string()),
        ("status", pa.string()),
        ("scope", pa.string()),
        ("stock_code", pa.string()),
        ("products", pa.string()),
        ("honours", pa.list_(pa.string())),
        ("industry", pa.string()),  # GB/T 4754-2017: class, or shorter where only that is known
        ("industry_confidence", pa.float32()),
        ("industry_source", pa.string()),  # given, classified
        ("industries", CANDIDATES),
        ("source", pa.string()),  # file the name is from
        ("source_row", pa.int64()),
    ]
)
"""A row of one source, cleaned."""

FIRMS = pa.schema([("firm_id", pa.string()), *ROW, ("sources", SOURCES)])
"""A firm: what its rows say together, newest first; `sources` are all its rows."""

INDUSTRY = ("industry", "industry_confidence", "industry_source", "industries")
"""What `classify` fills."""

_LATER = {"insured": "BIGINT"}
"""Columns that snapshots written before do not have: their type in SQL."""


def as_of_today(present: Collection[str]) -> tuple[str, ...]:
    """What to SELECT from a table with these columns so that an older snapshot has the columns of FIRMS.

    What an older snapshot was written without is unknown. Any other table is selected as it is.
    """
    lacking = set(FIRMS.names) - set(present)
    if not lacking or lacking - _LATER.keys():
        return ("*",)
    return tuple(
        f"CAST(NULL AS {_LATER[name]}) AS {name}" if name in lacking else name for name in FIRMS.names
    )


def complete(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Rows of a snapshot in the columns of FIRMS; what an older one was written without is unknown (null)."""
    columns = [
        batch[field.name] if field.name in batch.schema.names else pa.nulls(len(batch), field.type)
        for field in FIRMS
    ]
    return pa.RecordBatch.from_arrays(columns, names=FIRMS.names)
