"""Assigning: firms tagged with the plan's chains and nodes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from liandong.plan.model import Plan
from liandong.reference import find_industry

ASSIGNMENTS = pa.schema(
    [
        ("firm_id", pa.string()),
        ("chain", pa.string()),
        ("node", pa.string()),
        ("match", pa.string()),  # industry: class at or below a code of the node; broader: a code above one
        ("confidence", pa.float64()),  # of the firm's industry; null where the source gave it
        ("words", pa.int64()),  # product words of the node in name, products or scope
    ]
)


def assign(plan: Plan, firms: pa.Table) -> pa.Table:
    """Every chain and node that a firm belongs to: a row each, firms in the table's order, then the plan's.

    firms: a table with firm_id and industry; industry_confidence, name, products and scope are used where
    they are there. A firm in nodes of two chains has two rows; a firm without industry, or of an industry
    that no node has, has none. Returns ASSIGNMENTS.
    """
    industries = firms["industry"].combine_chunks().dictionary_encode()
    codes: list[str | None] = industries.dictionary.to_pylist()
    at = np.asarray(pc.fill_null(industries.indices, -1))
    texts = _texts(firms)
    parts: list[tuple[np.ndarray, pa.Table]] = []
    order = 0
    for chain in plan.chains:
        for node in chain.nodes:
            kinds = np.array([_match(code, node.industries) for code in codes] + [""])
            rows = np.flatnonzero(kinds[at] != "")
            order += 1
            if not len(rows):
                continue
            found = firms.take(rows)
            table = pa.table(
                {
                    "firm_id": found["firm_id"],
                    "chain": pa.array([chain.name] * len(rows)),
                    "node": pa.array([node.name] * len(rows)),
                    "match": pa.array(kinds[at][rows].tolist()),
                    "confidence": _confidence(found),
                    "words": _words(texts.take(rows), node.words),
                },
                schema=ASSIGNMENTS,
            )
            parts.append((rows * 1_000_000 + order, table))
    if not parts:
        return ASSIGNMENTS.empty_table()
    everything = pa.concat_tables([table for _, table in parts])
    return everything.take(np.argsort(np.concatenate([rows for rows, _ in parts]), kind="stable"))


def _match(code: str | None, wanted: Sequence[str]) -> str:
    """`industry` for a code at or below a wanted one, `broader` for one above, "" for none."""
    if not code or find_industry(code) is None:
        return ""
    if code.startswith(tuple(wanted)):
        return "industry"
    return "broader" if any(want.startswith(code) for want in wanted) else ""


def _texts(firms: pa.Table) -> pa.Array:
    columns = [
        pc.fill_null(firms[name].combine_chunks(), "")
        for name in ("name", "products", "scope")
        if name in firms.column_names
    ]
    if not columns:
        return pa.array([""] * firms.num_rows)
    return pc.binary_join_element_wise(*columns, "\n")


def _words(texts: pa.Array, words: Sequence[str]) -> pa.Array:
    counts = np.zeros(len(texts), dtype=np.int64)
    for word in words:
        counts += np.asarray(pc.match_substring(texts, word).cast(pa.int8()))
    return pa.array(counts)


def _confidence(firms: pa.Table) -> pa.ChunkedArray | pa.Array:
    if "industry_confidence" not in firms.column_names:
        return pa.nulls(firms.num_rows, pa.float64())
    return firms["industry_confidence"].cast(pa.float64())
