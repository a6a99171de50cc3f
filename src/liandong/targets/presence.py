"""Brands that are already in the city's province: a firm of the same brand knows the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import ahocorasick

from liandong.figures import Figure, QueryRef, count
from liandong.registry import Registry
from liandong.targets.ranking import BrandCounts


def brands_in(registry: Registry, province: str) -> BrandCounts:
    """A function from brands to how many firms of the province (GB/T 2260 code) have the brand in their name.

    One pass over the province's names serves all brands; each figure's query counts its own brand again.
    A brand inside a longer word is counted too: the names can be opened and read.
    """

    def counts(brands: Sequence[str]) -> Mapping[str, Figure]:
        if not brands:
            return {}
        snapshot = registry.snapshot
        names = registry.query(f"SELECT name FROM firms WHERE province = {_quoted(province)}")[
            "name"
        ].to_pylist()
        found = _occurrences(names, brands)
        return {
            brand: count(
                found[brand],
                QueryRef(
                    "SELECT count(*) FROM firms "
                    f"WHERE province = {_quoted(province)} AND contains(name, {_quoted(brand)})",
                    snapshot.id,
                    found[brand],
                ),
                measure="brand_in_province",
                as_of=snapshot.coverage.last_date,
                coverage=snapshot.coverage,
            )
            for brand in brands
        }

    return counts


def _occurrences(names: Sequence[str], brands: Sequence[str]) -> Counter[str]:
    """How many names contain each brand."""
    automaton = ahocorasick.Automaton()
    for brand in brands:
        automaton.add_word(brand, brand)
    automaton.make_automaton()
    return Counter(brand for name in names for brand in {word for _, word in automaton.iter(name)})


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
