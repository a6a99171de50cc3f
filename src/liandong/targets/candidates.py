"""Candidates: firms elsewhere that may do a node's trade, and how each came to be looked at.

source    in a source region, by its industry
province  in another city of the own province, by its industry
tie       named in a tie of the plan, of the node's division
honour    bears a title, in a source region, of the node's division
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from liandong.plan import LIVING
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
ORIGINS = ("source", "province", "tie", "honour")
"""Ways onto the list of candidates; `province` only where it is asked for."""
USUAL = ("source", "tie", "honour")
# Branches and shops do not decide on new capacity; cooperatives and individual businesses do not expand afar.
NOT_COURTED = "分公司|分店|分厂|办事处|营业部|经营部|门市部|商行|服务部|个体|合作社"


def candidates(
    registry: Registry,
    codes: Sequence[str],
    regions: Sequence[str],
    city: str,
    *,
    partners: Sequence[str] = (),
    origins: Sequence[str] = USUAL,
) -> pa.Table:
    """Firms that may do the trade of the codes, with the ways they were found (columns from_… of ORIGINS).

    codes: GB/T 4754; an industry among them, below them, or known only as a broader one fits. regions, city:
    GB/T 2260. partners: names in the plan's ties. origins: which ways are taken. Left out: firms of the city
    itself, branches and shops, firms struck off. Columns are COLUMNS and from_…, rows ordered by firm_id.
    """
    trade, division = _trade(codes), _divisions(codes)
    source = Selection.of(None, regions).where()
    ways = {
        "source": f"{trade} AND {source}",
        "province": f"{trade} AND province = '{city[:2]}0000'",
        "tie": f"{division} AND {_named(partners)}",
        "honour": f"{division} AND {source} AND len(honours) > 0",
    }
    found = {
        name: f"coalesce({condition}, FALSE)" if name in origins else "FALSE"
        for name, condition in ways.items()
    }
    flags = ", ".join(f"{condition} AS from_{name}" for name, condition in found.items())
    table = registry.query(
        f"SELECT {', '.join(COLUMNS)}, {flags} FROM firms WHERE ({' OR '.join(found.values())}) "
        f"AND (prefecture IS NULL OR prefecture <> '{city}') AND {LIVING} ORDER BY firm_id"
    )
    return table.filter(pc.invert(pc.match_substring_regex(table["name"], NOT_COURTED)))


def _trade(codes: Sequence[str]) -> str:
    wanted = Selection.of(codes).where()
    broader = sorted({code[:length] for code in codes for length in SHORT_CODE_MATCH if length < len(code)})
    return f"({wanted} OR industry IN ({', '.join(repr(code) for code in broader)}))" if broader else wanted


def _divisions(codes: Sequence[str]) -> str:
    return Selection.of(sorted({code[:2] for code in codes})).where()


def _named(partners: Sequence[str]) -> str:
    names = [f"contains(name, '{name}')" for name in (each.replace("'", "''") for each in partners) if name]
    return f"({' OR '.join(names)})" if names else "FALSE"
