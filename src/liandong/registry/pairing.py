"""Pairs of firms that may be one group: found by brand or by a branch's firm, weighed, the best kept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist

from liandong.reference import find_division
from liandong.registry.brands import Brands
from liandong.registry.normalising import name_keys, narrow
from liandong.registry.roles import is_branch, role

Floats = NDArray[np.float64]

MOST_BEARERS = 60
"""A brand of more firms in both regions is no evidence, and is left out."""
CERTAIN = 0.99
"""Of a branch whose own name spells out the name of its firm."""

WEIGHTS = {
    "one": -1.5,
    "chance": -0.9,
    "bearers": -1.6,
    "cities": 0.0,
    "long": 0.8,
    "latin": 0.5,
    "trade": 2.0,
    "same_trade": 0.5,
    "industry": 1.0,
    "bracket": 1.0,
    "province": 0.5,
    "foreign": 3.0,
    "group": 0.8,
    "parents": -0.8,
}
"""Log-odds per feature of `_features`."""

_GENERIC = (
    r"科技|技术|实业|工业|集团|有限|发展|国际|企业|控股|产业|管理|服务|股份|新型|现代|智能|中国|制造"
    r"|商贸|贸易|销售"
)
_COMPANY = r"公司|集团|厂$|银行"


def inside(table: pa.Table, regions: Sequence[str]) -> pa.Array:
    """Rows in any of the regions (GB/T 2260 codes of any level)."""
    codes = pa.array(list(regions), pa.string())
    found = np.zeros(table.num_rows, dtype=bool)
    for level in ("province", "prefecture", "county"):
        found |= np.asarray(pc.is_in(table[level], value_set=codes))
    return pa.array(found)


def pairs(parents: pa.Table, children: pa.Table, rarity: Brands) -> pa.Table:
    """All pairs worth weighing: columns of both (child's as they are, parent's with `parent_`), basis,
    confidence. A parent is a firm of its own, and not founded after the child.
    """
    parents = _with_branches(parents)
    children = _with_branches(children)
    parents = parents.filter(
        pc.and_(
            pc.invert(parents["is_branch"]), pc.fill_null(_matches(parents["name_form"], _COMPANY), False)
        )
    )
    by_branch = _joined(parents, children, "name_key", "head_key")
    bearers = rarity.take(children["name_brand"].combine_chunks())[0]
    rare = children.filter(
        pc.and_(
            pa.array(bearers <= MOST_BEARERS),
            pc.fill_null(_matches(children["name_form"], _COMPANY), False),
        )
    )
    by_brand = _joined(parents, rare, "name_brand", "name_brand")
    features = _features(by_brand, rarity)
    weight = sum((WEIGHTS[name] * values for name, values in features.items()), np.zeros(by_brand.num_rows))
    foreign = features["foreign"] > 0
    by_brand = by_brand.append_column("basis", pa.array(np.where(foreign, "place", "brand"), pa.string()))
    by_brand = by_brand.append_column("confidence", pa.array(1 / (1 + np.exp(-weight))))
    size = by_branch.num_rows
    by_branch = by_branch.append_column("basis", pa.array(["branch"] * size, pa.string()))
    by_branch = by_branch.append_column("confidence", pa.array(np.full(size, CERTAIN)))
    return pa.concat_tables([by_branch, by_brand])


def best(pairs: pa.Table) -> pa.Table:
    """The likeliest parent of each child, by confidence; of equal parents the elder, then by firm_id."""
    order = [
        ("firm_id", "ascending"),
        ("confidence", "descending"),
        ("parent_founded", "ascending"),
        ("parent_firm_id", "ascending"),
    ]
    ranked = pairs.take(pc.sort_indices(pairs, sort_keys=order))
    ids = ranked["firm_id"].to_numpy()
    first = np.ones(len(ids), dtype=bool)
    first[1:] = ids[1:] != ids[:-1]
    found = ranked.filter(pa.array(first))
    found = found.take(
        pc.sort_indices(found, sort_keys=[("confidence", "descending"), ("firm_id", "ascending")])
    )
    columns = {
        "parent": found["parent_firm_id"],
        "child": found["firm_id"],
        "brand": found["name_brand"],
        "trade": found["name_trade"],
        "founded": found["founded"],
        "parent_founded": found["parent_founded"],
        "parent_place": pc.coalesce(found["parent_prefecture"], found["parent_province"]),
        "place": pc.coalesce(found["prefecture"], found["province"]),
        "kind": pa.array(_roles(found), pa.string()),
        "basis": found["basis"],
        "confidence": found["confidence"],
    }
    return pa.table(columns)


def places(found: pa.Table, firms: pa.Table) -> pa.Array:
    """Per row the prefectures in which firms bear its brand and trade, sorted."""
    known = pa.table(
        {
            "brand": firms["name_brand"],
            "trade": pc.fill_null(firms["name_trade"], ""),
            "place": pc.coalesce(firms["prefecture"], firms["province"]),
        }
    )
    known = known.filter(
        pc.and_(pc.is_in(known["brand"], value_set=pc.unique(found["brand"])), pc.is_valid(known["place"]))
    )
    where: dict[tuple[str, str], set[str]] = {}
    for brand, trade, place in zip(*(column.to_pylist() for column in known.columns), strict=True):
        where.setdefault((brand, trade), set()).add(place)
    rows = zip(*(found[c].to_pylist() for c in ("brand", "trade", "place", "parent_place")), strict=True)
    listed = [
        sorted({each for each in (*where.get((brand, trade or ""), ()), *ends) if each})
        for brand, trade, *ends in rows
    ]
    return pa.array(listed, pa.list_(pa.string()))


def _with_branches(table: pa.Table) -> pa.Table:
    """With name_key, whether a firm is a branch, and the key of the firm that a branch's name spells out."""
    names, branches, kinds = (table[c].to_pylist() for c in ("name", "name_branch", "kind"))
    flags = [is_branch(*row) for row in zip(names, branches, kinds, strict=True)]
    heads = [
        _head(name, branch) if flag and branch else None
        for name, branch, flag in zip(names, branches, flags, strict=True)
    ]
    table = table.append_column("is_branch", pa.array(flags, pa.bool_()))
    table = table.append_column("name_key", name_keys(table["name"].combine_chunks()))
    return table.append_column("head_key", name_keys(pa.array(heads, pa.string())))


def _head(name: str, branch: str) -> str | None:
    """The name of the firm before its branch."""
    text = narrow(name).strip()
    return text.removesuffix(branch) if text.endswith(branch) and len(text) > len(branch) + 3 else None


def _joined(parents: pa.Table, children: pa.Table, left: str, right: str) -> pa.Table:
    """Pairs of equal keys, the child not founded before the parent."""
    index = pa.table({"key": parents[left], "p": pa.array(np.arange(parents.num_rows))})
    other = pa.table({"key": children[right], "c": pa.array(np.arange(children.num_rows))})
    met = other.filter(pc.is_valid(other["key"])).join(
        index.filter(pc.is_valid(index["key"])), "key", join_type="inner"
    )
    found = children.take(met["c"])
    elder = parents.take(met["p"])
    for name in elder.column_names:
        found = found.append_column(f"parent_{name}", elder[name])
    later = pc.fill_null(pc.less_equal(found["parent_founded"], found["founded"]), True)
    return found.filter(pc.and_(later, pc.not_equal(found["firm_id"], found["parent_firm_id"])))


def _features(table: pa.Table, rarity: Brands) -> dict[str, Floats]:
    """What speaks for and against a pair of one brand, each about 0 … 1 or in orders of magnitude."""
    brand = table["name_brand"].combine_chunks()
    firms, cities, _, by_chance = rarity.take(brand)
    mine, theirs = (_plain_trade(table[c]) for c in ("name_trade", "parent_name_trade"))
    alike = (
        np.asarray(cpdist(mine, theirs, scorer=fuzz.ratio), dtype=float) / 100 if len(mine) else np.zeros(0)
    )
    blank = np.array([not (a and b) for a, b in zip(mine, theirs, strict=True)], dtype=bool)
    alike[blank] = 0
    same = np.asarray(pc.fill_null(pc.equal(table["name_trade"], table["parent_name_trade"]), False))
    length = np.asarray(pc.utf8_length(brand), dtype=float)
    return {
        "one": np.ones(len(brand)),
        "chance": np.clip(np.log10(np.maximum(by_chance, 1e-4)), -4, 3),
        "bearers": np.log10(np.maximum(firms, 2)),
        "cities": np.log10(np.maximum(cities, 1)),
        "long": (length >= 3).astype(float),
        "latin": _flags(brand, r"[A-Za-z]"),
        "trade": alike,
        "same_trade": (same & ~blank).astype(float),
        "industry": _same_industry(table),
        **_styles(table),
        "group": _flags(table["parent_name"], "集团|股份"),
        "parents": np.log10(np.maximum(_parents(table), 1)),
    }


def _plain_trade(trades: pa.ChunkedArray) -> list[str]:
    return pc.replace_substring_regex(pc.fill_null(trades, ""), _GENERIC, "").to_pylist()  # type: ignore[no-any-return]


def _flags(column: pa.Array, pattern: str) -> Floats:
    return np.asarray(pc.fill_null(pc.match_substring_regex(column, pattern), False), dtype=float)


def _same_industry(table: pa.Table) -> Floats:
    """1 for one class, ⅔ one group, ⅓ one division, 0 otherwise or unknown."""
    mine, theirs = (pc.fill_null(table[c], "") for c in ("industry", "parent_industry"))
    score = np.zeros(table.num_rows)
    for digits in (2, 3, 4):
        a, b = (pc.utf8_slice_codeunits(x, 0, digits) for x in (mine, theirs))
        long = pc.equal(pc.utf8_length(a), digits)
        score += np.asarray(pc.and_(pc.equal(a, b), long), dtype=float)
    return score / 3


def _styles(table: pa.Table) -> dict[str, Floats]:
    """How the child's name speaks of places: 品牌(许昌)…, 河南品牌…, 上海品牌(许昌)…"""
    place, branch, flag = (table[c].to_pylist() for c in ("name_place", "name_branch", "is_branch"))
    provinces = table["province"].to_pylist()
    parents = table["parent_province"].to_pylist()
    bracket, province, foreign = np.zeros(len(place)), np.zeros(len(place)), np.zeros(len(place))
    for row, (where, part, cut) in enumerate(zip(place, branch, flag, strict=True)):
        home = _province(where)
        bracket[row] = float(where is None and not cut and _province(part) == provinces[row] is not None)
        province[row] = float(home is not None and home == provinces[row] and _is_province(where))
        foreign[row] = float(home is not None and home == parents[row] and home != provinces[row])
    return {"bracket": bracket, "province": province, "foreign": foreign}


@lru_cache(maxsize=8192)
def _province(place: str | None) -> str | None:
    found = find_division(place) if place else None
    return found.province if found else None


@lru_cache(maxsize=8192)
def _is_province(place: str | None) -> bool:
    found = find_division(place) if place else None
    return found is not None and found.level == "province"


def _parents(table: pa.Table) -> Floats:
    """How many parents each pair's child has here."""
    ids = table["firm_id"].combine_chunks().dictionary_encode().indices.to_numpy()
    counts: Floats = np.bincount(ids).astype(float)[ids] if len(ids) else np.zeros(0)
    return counts


def _matches(column: pa.ChunkedArray, pattern: str) -> pa.ChunkedArray:
    return pc.match_substring_regex(column, pattern)


def _roles(found: pa.Table) -> list[str]:
    columns = ("name", "scope", "name_branch", "name_form", "kind", "industry")
    rows = zip(*(found[name].to_pylist() for name in columns), strict=True)
    return [
        role(name, scope, branch=branch, form=form, kind=kind, industry=industry).value
        for name, scope, branch, form, kind, industry in rows
    ]
