"""How alike two rows are, part by part: the features that the probability is made of.

Whole columns of pairs at a time. Each feature is 0 where nothing is known of it, and about 1 where it is
fully met or fully failed; rarity is in orders of magnitude.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler
from rapidfuzz.process import cpdist

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_READ = 60
"""Characters of a scope that are compared."""
_EMPTY = -1
_NEVER = -(2**31) + 1
_TEXTS = ("key", "body", "brand", "trade", "branch", "scope")
_CODED = ("uscc", "key", "body", "brand", "trade", "place", "form", "branch", "numerals", "city", "home")


class Side:
    """One table of `records`, its texts as arrays and as codes shared with the other side."""

    def __init__(
        self, table: pa.Table, codes: dict[str, NDArray[np.int64]], counts: dict[str, Floats]
    ) -> None:
        self.codes = codes
        self.counts = counts
        self.texts = {name: _objects(table[name]) for name in _TEXTS}
        self.kind = table["kind"].to_numpy().astype(np.int64)
        days = pc.fill_null(pc.cast(table["founded"], pa.int32()), _NEVER)
        self.day = days.to_numpy().astype(np.int64)


def sides(left: pa.Table, right: pa.Table) -> tuple[Side, Side]:
    """Both tables prepared for `features`. The same table twice is prepared once."""
    both = [left] if left is right else [left, right]
    codes: list[dict[str, NDArray[np.int64]]] = [{} for _ in both]
    counts: list[dict[str, Floats]] = [{} for _ in both]
    for name in _CODED:
        column = pa.chunked_array(
            [c for table in both for c in table[name].chunks] or [pa.array([], pa.string())]
        )
        whole = column.combine_chunks().dictionary_encode().indices
        numbers = pc.fill_null(pc.cast(whole, pa.int64()), _EMPTY).to_numpy()
        tally = np.bincount(numbers[numbers >= 0]) if (numbers >= 0).any() else np.zeros(1)
        start = 0
        for at, table in enumerate(both):
            part = numbers[start : start + table.num_rows]
            start += table.num_rows
            codes[at][name] = part
            if name in ("body", "brand", "trade"):
                counts[at][name] = np.where(part >= 0, tally[part], 0).astype(float)
    for at, table in enumerate(both):
        for name in ("city", "home"):
            codes[at][f"where: {name}"] = _numbers(table[name])
            codes[at][f"province: {name}"] = _numbers(table[f"{name}_province"])
    made = [Side(table, codes[at], counts[at]) for at, table in enumerate(both)]
    return made[0], made[-1]


def features(left: Side, right: Side, i: Ints, j: Ints) -> dict[str, Floats]:
    """Features of the pairs (i of left, j of right); arrays of their length."""

    def equal(name: str, other: str | None = None) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        a, b = left.codes[name][i], right.codes[other or name][j]
        known = (a != _EMPTY) & (b != _EMPTY)
        return known & (a == b), known

    def alike(name: str, scorer: Callable[..., Any], scale: float = 1.0) -> Floats:
        a, b = left.texts[name][i], right.texts[name][j]
        found = np.asarray(cpdist(a, b, scorer=scorer), dtype=float) * scale
        return np.where((a != "") & (b != ""), found, 0.0)

    same_code, codes = equal("uscc")
    same_key, _ = equal("key")
    same_body, _ = equal("body")
    same_brand, brands = equal("brand")
    same_trade, trades = equal("trade")
    same_branch, branches = equal("branch")
    same_numerals, _ = equal("numerals")
    same_city, cities = equal("city")
    same_home, homes = equal("home")
    rarity = np.log10(np.maximum(left.counts["body"][i], right.counts["body"][j]) + 1)
    brand_rarity = np.log10(np.maximum(left.counts["brand"][i], right.counts["brand"][j]) + 1)
    body = alike("body", fuzz.ratio, 0.01)
    typo = np.asarray(
        cpdist(left.texts["body"][i], right.texts["body"][j], scorer=DamerauLevenshtein.distance), dtype=float
    )
    part = _begins(left.texts["body"][i], right.texts["body"][j])
    days = np.abs(left.day[i] - right.day[j])
    dated = (left.day[i] != _NEVER) & (right.day[j] != _NEVER)
    kinds = (left.kind[i] > 0) & (right.kind[j] > 0)
    scope = alike("scope", fuzz.ratio, 0.01)
    scoped = (left.texts["scope"][i] != "") & (right.texts["scope"][j] != "")
    where, apart, other_province = _places(left, right, i, j)
    found = {
        "one": np.ones(len(i)),
        "code": same_code,
        "other code": codes & ~same_code,
        "name": same_key,
        "name, likeness": alike("key", fuzz.ratio, 0.01),
        "body": same_body,
        "body, likeness": body,
        "body, letters": alike("body", JaroWinkler.similarity),
        "body, one letter": (typo == 1) & ~same_body,
        "body, part": part,
        "body, rarity": same_body * (3 - rarity),
        "brand": same_brand,
        "brand, rarity": same_brand * (3 - brand_rarity),
        "other brand": brands & ~same_brand,
        "brand, likeness": alike("brand", fuzz.ratio, 0.01),
        "trade": same_trade,
        "trade, likeness": alike("trade", fuzz.ratio, 0.01),
        "trade, unknown": ~trades,
        "branch": same_branch & branches,
        "branch, likeness": alike("branch", fuzz.ratio, 0.01),
        "other numerals": ~same_numerals & branches,
        "kind": kinds & (left.kind[i] == right.kind[j]),
        "other kind": kinds & (left.kind[i] != right.kind[j]),
        "other city": cities & ~same_city,
        "other home": homes & ~same_home,
        "places apart": apart,
        "other province": other_province,
        "day": dated & (days == 0),
        "year": dated & (days > 0) & (days < 366),
        "other day": dated & (days >= 366),
        "scope, likeness": scope,
        "scope, beginning": _begins(left.texts["scope"][i], right.texts["scope"][j]),
        "other scope": (scoped & (scope < 0.25)),
    }
    found["day, likeness"] = found["day"] * body
    found["place, likeness"] = where * body
    found["other day, likeness"] = found["other day"] * body
    return {name: np.asarray(values, dtype=float) for name, values in found.items()}


def _places(left: Side, right: Side, i: Ints, j: Ints) -> tuple[NDArray[np.bool_], ...]:
    """Some place of one is a place of the other; places are known, and none is; likewise of provinces."""

    def met(level: str) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        names = [f"{level}: {name}" for name in ("city", "home")]
        return _any_equal([left.codes[name][i] for name in names], [right.codes[name][j] for name in names])

    some, none = met("where")
    _, elsewhere = met("province")
    return some, none, elsewhere


def _any_equal(
    mine: list[NDArray[np.int64]], theirs: list[NDArray[np.int64]]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    some = np.zeros(len(mine[0]), dtype=bool)
    known = np.zeros(len(mine[0]), dtype=bool)
    for a in mine:
        for b in theirs:
            both = (a >= 0) & (b >= 0)
            known |= both
            some |= both & (a == b)
    return some, known & ~some


def _numbers(column: pa.ChunkedArray) -> NDArray[np.int64]:
    """GB/T 2260 codes as numbers; -1 where unknown."""
    filled: NDArray[np.int64] = pc.cast(pc.fill_null(column, "-1"), pa.int64()).to_numpy()
    return filled


def _begins(a: NDArray[np.object_], b: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Whether one text, of two letters at least, begins the other, longer one."""
    return np.fromiter(
        (
            len(x) > 1 and len(y) > 1 and x != y and (x.startswith(y) or y.startswith(x))
            for x, y in zip(a, b, strict=True)
        ),
        bool,
        len(a),
    )


def _objects(column: pa.ChunkedArray) -> NDArray[np.object_]:
    cut = pc.utf8_slice_codeunits(pc.fill_null(column, ""), 0, _READ)
    texts: NDArray[np.object_] = cut.to_numpy().astype(object)
    return texts
