"""Candidates' tables of the registry's columns, for the tests of targets."""

from __future__ import annotations

from datetime import date

import pyarrow as pa

SCHEMA = pa.schema(
    [
        ("firm_id", pa.string()),
        ("uscc", pa.string()),
        ("name", pa.string()),
        ("province", pa.string()),
        ("prefecture", pa.string()),
        ("founded", pa.date32()),
        ("capital", pa.float64()),
        ("scope", pa.string()),
        ("stock_code", pa.string()),
        ("products", pa.string()),
        ("honours", pa.list_(pa.string())),
        ("industry", pa.string()),
        ("industry_confidence", pa.float64()),
        ("source", pa.string()),
        ("source_row", pa.int64()),
    ]
)

PLAIN = {
    "firm_id": "f1",
    "uscc": None,
    "name": "苏州甲乙电气有限公司",
    "province": "320000",
    "prefecture": "320500",
    "founded": date(2001, 5, 1),
    "capital": 50_000_000.0,
    "scope": "变压器制造",
    "stock_code": None,
    "products": None,
    "honours": None,
    "industry": "3821",
    "industry_confidence": 0.8,
    "source": "firms.csv",
    "source_row": 2,
}


def table(*changes: dict[str, object]) -> pa.Table:
    """One plain firm a dict, with the changes in it."""
    return pa.Table.from_pylist([{**PLAIN, **change} for change in changes], schema=SCHEMA)
