"""What is known of each candidate, as arrays: one value a firm, NaN where unknown.

Each feature is a plain function of the candidates' table (columns of the registry's snapshot), so that any
contribution can be computed again from raw rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from liandong.reference import divisions
from liandong.registry import parse_name

Array = NDArray[np.float64]

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
# A firm known only by its group or division may well do the node's trade, or a neighbouring one.
SHORT_CODE_MATCH = {3: 0.5, 2: 0.25}


def fit(candidates: pa.Table, codes: Sequence[str]) -> Array:
    """Confidence of the firm's class times how well the class matches the node's codes; 0 is no match.

    A code at or below one of the node's codes matches in full; a shorter code above one of them by
    SHORT_CODE_MATCH of its length.
    """
    industries = candidates["industry"].to_pylist()
    confidence = _floats(candidates["industry_confidence"])
    matches = {code: _match(code, codes) for code in set(industries)}
    match = np.fromiter((matches[code] for code in industries), float, len(industries))
    return match * np.where(np.isnan(confidence), 0.0, confidence)


def same_division(candidates: pa.Table, codes: Sequence[str]) -> NDArray[np.bool_]:
    """Whether the firm's industry lies in a division of the codes."""
    divisions = {code[:2] for code in codes}
    return np.array(
        [bool(code) and code[:2] in divisions for code in candidates["industry"].to_pylist()], bool
    )


def products(candidates: pa.Table, words: Sequence[str]) -> Array:
    """How many of the words occur in the firm's name, products or scope; NaN where the node has no words."""
    if not words:
        return np.full(candidates.num_rows, np.nan)
    texts = [pc.fill_null(candidates[column], "") for column in ("name", "products", "scope")]
    everything = pc.binary_join_element_wise(*texts, "\n")
    found = np.zeros(candidates.num_rows)
    for word in words:
        found += np.asarray(pc.match_substring(everything, word).cast(pa.int8()))
    return found


def listed(candidates: pa.Table) -> Array:
    """1 for a firm with a stock code; NaN where the registry names none: it may be listed all the same."""
    known = np.asarray(pc.is_valid(candidates["stock_code"]))
    return np.where(known, 1.0, np.nan)


def honours(candidates: pa.Table) -> Array:
    """Number of titles held; NaN where the registry says nothing of titles."""
    return _floats(pc.list_value_length(candidates["honours"]))


def capital(candidates: pa.Table) -> Array:
    """Registered capital in yuan."""
    return _floats(candidates["capital"])


def experience(candidates: pa.Table, as_of: date | None) -> Array:
    """Whole years from founding to `as_of`; unknown if either is."""
    founded = candidates["founded"].to_pylist()
    return np.array(
        [np.nan if day is None or as_of is None else whole_years(day, as_of) for day in founded], dtype=float
    )


def whole_years(start: date, end: date) -> int:
    """Completed years between two dates."""
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def distance(candidates: pa.Table, city: str) -> Array:
    """Kilometres, great circle, from the firm's prefecture to the city (a GB/T 2260 code)."""
    prefectures = candidates["prefecture"].to_pylist()
    known = {code: kilometres(code, city) for code in set(prefectures)}
    return np.array([known[code] for code in prefectures], dtype=float)


def kilometres(one: str | None, other: str) -> float:
    """Great-circle distance of two divisions (haversine), NaN where a point is unknown."""
    a = divisions.division(one) if one else None
    b = divisions.division(other)
    points = [(d.longitude, d.latitude) for d in (a, b) if d is not None]
    if len(points) < 2 or any(value is None for point in points for value in point):
        return float("nan")
    (lon1, lat1), (lon2, lat2) = np.radians(np.array(points, dtype=float))
    half = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    return float(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(half)))


def named(candidates: pa.Table, partners: Iterable[str]) -> Array:
    """How many of the partners a firm is: a partner's name is part of the firm's."""
    names = candidates["name"].to_pylist()
    return np.array([sum(partner in name for partner in partners) for name in names], dtype=float)


def brand(name: str) -> str | None:
    """The brand (字号) by which firms of one group can be known: at least two characters.

    A name that is nothing but a place and a trade (上海电气, 杭州电缆) is known by both together.
    """
    parsed = parse_name(name)
    if not parsed.brand:
        return f"{parsed.place}{parsed.trade}" if parsed.place and parsed.trade else None
    found = parsed.brand if parsed.trade else f"{parsed.place or ''}{parsed.brand}"
    return found if len(found) >= 2 else None


def _match(code: str | None, wanted: Sequence[str]) -> float:
    if not code:
        return 0.0
    if any(code.startswith(want) for want in wanted):
        return 1.0
    above = any(want.startswith(code) for want in wanted)
    return SHORT_CODE_MATCH.get(len(code), 0.0) if above else 0.0


def _floats(column: pa.ChunkedArray) -> Array:
    return np.asarray(pc.cast(column, pa.float64()).to_numpy(zero_copy_only=False), dtype=float)
