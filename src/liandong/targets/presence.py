"""Brands that are already in the city's province: a firm of the same brand knows the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

import ahocorasick
import pyarrow as pa

from liandong.figures import Basis, DerivedRef, Figure, QueryRef, RecordRef, count
from liandong.reference import find_division
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
    own = [row for row in containing if _bears(rows["name"][row].as_py(), wanted)]
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


def _bears(name: str, wanted: str) -> bool:
    """Whether the brand is the firm's own: nothing but a place stands before it, and it does not go on.

    A brand made of place and trade (上海电气) is borne wherever it stands.
    """
    if _is_compound(wanted):
        return True
    before = name[: name.index(wanted)].strip("（）()")
    return (not before or _is_place(before)) and brand(name) == wanted


@lru_cache(maxsize=4096)
def _is_place(text: str) -> bool:
    return find_division(text) is not None or text[-1] in "省市县区镇乡"


@lru_cache(maxsize=4096)
def _is_compound(wanted: str) -> bool:
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
