"""Brands that are already in the city's province: a firm of the same brand knows the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

import ahocorasick
import pyarrow as pa

from liandong.figures import Basis, DerivedRef, Figure, QueryRef, RecordRef, count
from liandong.registry import Registry, parse_name
from liandong.targets.features import brand
from liandong.targets.ranking import BrandCounts

MOST_RECORDS = 20
"""Firms of a brand that the evidence names; more share a common word, not a group."""


def brands_in(registry: Registry, province: str) -> BrandCounts:
    """A function from brands to how many firms of the province (GB/T 2260 code) bear them.

    One pass over the province's names serves all brands. The evidence of a figure is the query for the names
    that contain the brand, and the rows of those whose own brand it is.
    """

    def counts(brands: Sequence[str]) -> Mapping[str, Figure]:
        if not brands:
            return {}
        snapshot = registry.snapshot
        where = f"province = {_quoted(province)}"
        rows = registry.query(f"SELECT name, source, source_row FROM firms WHERE {where}")
        containing = _containing(rows["name"].to_pylist(), brands)
        return {
            each: _figure(
                each,
                rows,
                containing[each],
                QueryRef(
                    f"SELECT count(*) FROM firms WHERE {where} AND contains(name, {_quoted(each)})",
                    snapshot.id,
                    len(containing[each]),
                ),
                registry,
            )
            for each in brands
        }

    return counts


def _figure(
    wanted: str, rows: pa.Table, containing: Sequence[int], query: QueryRef, registry: Registry
) -> Figure:
    coverage = registry.snapshot.coverage
    all_names = count(
        len(containing), query, measure="names_containing", as_of=coverage.last_date, coverage=coverage
    )
    own = [row for row in containing if brand(rows["name"][row].as_py()) == wanted or _is_compound(wanted)]
    records = tuple(
        (
            rows["name"][row].as_py(),
            RecordRef(rows["source"][row].as_py(), rows["source_row"][row].as_py()),
        )
        for row in own[:MOST_RECORDS]
    )
    formula = f"firms whose brand is {wanted}, among the names that contain it"
    return Figure(
        Decimal(len(own)),
        "家",
        "brand_in_province",
        basis=Basis(as_of=coverage.last_date),
        coverage=coverage,
        evidence=(DerivedRef(formula, (("containing", all_names), *dict(records).items())),),
    )


def _is_compound(wanted: str) -> bool:
    """Whether place and trade together make the brand: then containing it is bearing it."""
    parsed = parse_name(wanted)
    return parsed.place is not None and parsed.place != wanted


def _containing(names: Sequence[str], brands: Sequence[str]) -> dict[str, list[int]]:
    """Which names contain each brand, by position."""
    automaton = ahocorasick.Automaton()
    for each in brands:
        automaton.add_word(each, each)
    automaton.make_automaton()
    found: dict[str, list[int]] = defaultdict(list)
    for row, name in enumerate(names):
        for word in {word for _, word in automaton.iter(name)}:
            found[word].append(row)
    return found


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
