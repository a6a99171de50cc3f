"""Candidates: the firms of a source region that may do a node's trade, as rows of the registry."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from liandong.registry import Registry, Selection
from liandong.targets.features import SHORT_CODE_MATCH

COLUMNS = (
    "firm_id",
    "uscc",
    "name",
    "province",
    "prefecture",
    "founded",
    "capital",
    "scope",
    "stock_code",
    "products",
    "honours",
    "industry",
    "industry_confidence",
    "source",
    "source_row",
)
# Branches and shops do not decide on new capacity; cooperatives and individual businesses do not expand afar.
NOT_COURTED = "分公司|分店|分厂|办事处|营业部|经营部|门市部|商行|服务部|个体|合作社"
GONE = "注销|吊销|迁出|清算"


def candidates(registry: Registry, codes: Sequence[str], regions: Sequence[str], city: str) -> pa.Table:
    """Firms of the regions whose industry is among the codes, below them, or known only as a broader one.

    codes: GB/T 4754, regions and city: GB/T 2260. Left out: firms of the city itself, branches and shops,
    firms struck off. Columns are COLUMNS, rows ordered by firm_id.
    """
    wanted = Selection.of(codes).where()
    broader = sorted({code[:length] for code in codes for length in SHORT_CODE_MATCH if length < len(code)})
    if broader:
        wanted = f"({wanted} OR industry IN ({', '.join(repr(code) for code in broader)}))"
    place = Selection.of(None, regions).where()
    found = registry.query(
        f"SELECT {', '.join(COLUMNS)} FROM firms WHERE {wanted} AND {place} "
        f"AND (prefecture IS NULL OR prefecture <> '{city}') "
        f"AND (status IS NULL OR NOT regexp_matches(status, '{GONE}')) ORDER BY firm_id"
    )
    return found.filter(pc.invert(pc.match_substring_regex(found["name"], NOT_COURTED)))
