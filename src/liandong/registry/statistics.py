"""What a snapshot holds: counts by place and year, gaps, coverage. Every count is a Figure with its query."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from liandong.figures import Coverage, Figure, QueryRef, count
from liandong.registry import expressions
from liandong.registry.emerging import emerging_condition, emerging_industry_list
from liandong.registry.engines import quote
from liandong.registry.schema import FIRMS
from liandong.registry.store import Snapshot, Source

_OURS = (
    "firm_id",
    "uscc_text",
    "uscc_problem",
    "name",
    "name_key",
    "region_source",
    "source",
    "source_row",
    "sources",
)
_COUNTED = tuple(name for name in FIRMS.names if name not in _OURS)


@dataclass(frozen=True, slots=True)
class Statistics:
    """by_province, by_prefecture: GB/T 2260 code → firms; by_year: founding year → firms; missing: column →
    firms that do not know it; code_problems: what is wrong with a code → firms; by_emerging: strategic
    emerging industry (1–9) → firms of known class. Largest first; years and emerging industries ascend.
    """

    snapshot: str
    rows: Figure
    by_province: dict[str, Figure]
    by_prefecture: dict[str, Figure]
    by_year: dict[int, Figure]
    missing: dict[str, Figure]
    code_problems: dict[str, Figure]
    by_emerging: dict[str, Figure]
    sources: tuple[Source, ...]
    coverage: Coverage

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `liandong registry stats`."""
        tables = ("by_province", "by_prefecture", "by_year", "missing", "code_problems", "by_emerging")
        return {
            "snapshot": self.snapshot,
            "rows": self.rows.to_dict(),
            **{
                name: {str(key): found.to_dict() for key, found in getattr(self, name).items()}
                for name in tables
            },
            "sources": [
                {
                    "label": source.label,
                    "sha256": source.sha256,
                    "rows": source.rows,
                    "synthetic": source.synthetic,
                    "notes": list(source.notes),
                }
                for source in self.sources
            ],
            "coverage": self.coverage.to_dict(),
        }


def statistics(
    snapshot: Snapshot, firms: Any, run: Callable[[Any], pa.Table], query: Callable[[str], pa.Table]
) -> Statistics:
    """Count a snapshot. firms: its firms as an Ibis table; run, query: what evaluates it and SQL over it."""

    def counted(rows: int, where: str = "") -> Figure:
        sql = "SELECT count(*) FROM firms" + (f" WHERE {where}" if where else "")
        reference = QueryRef(sql, snapshot.id, rows)
        coverage = snapshot.coverage
        return count(rows, reference, as_of=coverage.last_date, coverage=coverage)

    def per(column: str) -> dict[Any, Figure]:
        found = run(expressions.tally(firms, column)).to_pylist()
        return {
            row["value"]: counted(row["firms"], f"{column} = {_literal(row['value'])}")
            for row in found
            if row["value"] is not None
        }

    emerging = {
        each.code: emerging_condition(each.code) for each in emerging_industry_list() if not each.parent
    }
    tagged = query(
        "SELECT "
        + ", ".join(f"count(*) FILTER (WHERE {where}) AS e{code}" for code, where in emerging.items())
        + " FROM firms WHERE industry IS NOT NULL"
    ).to_pylist()[0]
    missing = run(expressions.missing(firms.select(*_COUNTED))).to_pylist()[0]
    return Statistics(
        snapshot=snapshot.id,
        rows=counted(snapshot.rows),
        by_province=per("province"),
        by_prefecture=per("prefecture"),
        by_year=dict(sorted(per("founded_year").items())),
        missing={name: counted(missing[name], f"{name} IS NULL") for name in _COUNTED},
        code_problems=per("uscc_problem"),
        by_emerging={code: counted(tagged[f"e{code}"], where) for code, where in emerging.items()},
        sources=snapshot.sources,
        coverage=snapshot.coverage,
    )


def _literal(value: object) -> str:
    return str(value) if isinstance(value, int) else quote(str(value))
