"""Short names: 许继电气, 森源, 上汽 → the firms that people may mean, the likeliest first.

A short name is a brand, a brand with the beginning of its trade, with its place before it, or letters picked
from all of these. Of the firms that fit, people mean the listed, large and old ones rather than their
branches and namesakes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import pyarrow as pa

from liandong.errors import InputError, Text
from liandong.registry.engines import quote
from liandong.registry.names import parse_name
from liandong.registry.normalising import normalise_name
from liandong.registry.records import simplified
from liandong.registry.roles import is_branch
from liandong.registry.selection import Selection

Fit = Literal["name", "alias", "brand", "brand and trade", "beginning", "part", "letters"]
"""How a short name stands in a name, from the closest."""

_WORTH: dict[Fit, float] = {
    "name": 6.0,
    "alias": 5.0,
    "brand and trade": 4.0,
    "brand": 4.0,
    "beginning": 3.0,
    "part": 1.0,
    "letters": 0.0,
}
_COLUMNS = "firm_id, name, aliases, province, prefecture, stock_code, capital, founded_year, kind"
_MOST = 4_000
"""Firms that are weighed; the shortest names first."""


@dataclass(frozen=True, slots=True)
class Meant:
    """A firm that a short name may mean. score: of the order alone; higher is likelier.

    share: of this firm among all that were weighed, 0 … 1, not calibrated.
    """

    firm_id: str
    name: str
    province: str | None
    prefecture: str | None
    stock_code: str | None
    fit: Fit
    score: float
    share: float

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


def find(
    query: Callable[[str], pa.Table], text: str, *, regions: Sequence[str] | None = None, limit: int = 10
) -> list[Meant]:
    """The firms that a short (or whole) name may mean, the likeliest first; none if no name fits.

    query: runs SQL over the table `firms`. regions: GB/T 2260 codes that the firm lies in; None for all.
    Raises InputError for fewer than two letters or digits, or for an unknown region.
    """
    key = normalise_name(simplified(pa.array([text], pa.string()))[0].as_py())
    if len(key) < 2:
        raise InputError(Text("简称至少要有两个字。", "a short name has two letters at least."), field="text")
    where = Selection.of(regions=regions).where() or "TRUE"
    order = f"ORDER BY stock_code IS NULL, length(name_key), firm_id LIMIT {_MOST}"
    contains = f"contains(name_key, {quote(key)}) OR list_contains(aliases, {quote(text.strip())})"
    rows = query(f"SELECT {_COLUMNS} FROM firms WHERE ({contains}) AND {where} {order}").to_pylist()
    if len(key) <= 6 and (len(key) > 2 or not rows):
        pattern = quote("%" + "%".join(key) + "%")
        letters = f"name_key LIKE {pattern} AND NOT contains(name_key, {quote(key)})"
        rows += query(f"SELECT {_COLUMNS} FROM firms WHERE {letters} AND {where} {order}").to_pylist()
    scored = [(row, *_score(row, key, text.strip())) for row in rows]
    scored.sort(key=lambda each: (-each[2], len(each[0]["name"]), each[0]["firm_id"]))
    whole = sum(math.exp(score) for _, _, score in scored)
    return [
        Meant(
            firm_id=row["firm_id"],
            name=row["name"],
            province=row["province"],
            prefecture=row["prefecture"],
            stock_code=row["stock_code"],
            fit=fit,
            score=round(score, 3),
            share=math.exp(score) / whole,
        )
        for row, fit, score in scored[:limit]
    ]


def _score(row: dict[str, Any], key: str, text: str) -> tuple[Fit, float]:
    """How the short name fits, and how much speaks for the firm."""
    parts = parse_name(row["name"])
    fit = _fit(row, key, text)
    score = _WORTH[fit]
    if fit == "letters" and normalise_name(parts.brand or "")[:2] == key[:2]:
        score += 2.5  # 三维股份: the brand whole, the rest picked
    if row["stock_code"]:
        score += 2.5
    if is_branch(row["name"], parts.branch, row["kind"]):
        score -= 3.0
    form = parts.form or ""
    score += (
        0.7 * ("股份" in form) + 0.5 * ("集团" in form) - 1.0 * ("公司" not in form and "银行" not in form)
    )
    if row["capital"]:
        score += 0.5 * max(0.0, math.log10(max(row["capital"], 1.0) / 1e6))
    if row["founded_year"]:
        score += min(max(0.0, (2020 - row["founded_year"]) / 40), 1.0)
    return fit, score


def _fit(row: dict[str, Any], key: str, text: str) -> Fit:
    name = normalise_name(row["name"])
    if name == key:
        return "name"
    if text in (row["aliases"] or ()):
        return "alias"
    parts = parse_name(row["name"])
    place, brand, trade = (
        normalise_name(part) if part else "" for part in (parts.place, parts.brand, parts.trade)
    )
    places = {"", place, *(place[:-1] for _ in range(1) if place[-1:] in ("省", "市", "县", "区"))}
    if key in {each + brand for each in places} and brand:
        return "brand"
    if any((each + brand + trade).startswith(key) and len(key) > len(each) for each in places):
        return "brand and trade" if key.startswith(tuple(each + brand for each in places)) else "beginning"
    return "part" if key in name else "letters"
