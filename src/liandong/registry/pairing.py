"""Pairs of firms that may be one group: found by brand or by a branch's firm, weighed, the best kept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist

from liandong.reference import find_division
from liandong.registry.brands import Brands, Trades
from liandong.registry.normalising import name_keys, narrow
from liandong.registry.roles import is_branch, role

Floats = NDArray[np.float64]

MOST_BEARERS = 60
"""A brand of more firms in both regions is no evidence, and is left out."""
_READ = 80
"""Characters of a scope that are compared."""
CERTAIN = 0.99
"""Of a branch whose own name spells out the name of its firm."""

WEIGHTS = {
    "one": -2.85,
    "chance": -0.1,  # per order of magnitude
    "bearers": -0.87,  # likewise
    "word": -1.6,  # likewise
    "same_trade": 1.42,
    "rare_trade": 0.82,
    "scope": 2.21,
    "bracket": 1.45,
    "both_brackets": 3.33,
    "foreign": 3.41,
    "capital": 0.49,
    "parent_capital": 0.52,
}
"""Log-odds per feature of `_features`, fitted (logistic, ridge) on 414 pairs judged by reading them."""

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


def pairs(parents: pa.Table, children: pa.Table, rarity: Brands, trades: Trades) -> pa.Table:
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
    features = _features(by_brand, rarity, trades)
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


def _features(table: pa.Table, rarity: Brands, trades: Trades) -> dict[str, Floats]:
    """What speaks for and against a pair of one brand, each about 0 … 1 or in orders of magnitude."""
    brand = table["name_brand"].combine_chunks()
    firms, by_chance = rarity.take(brand)
    mine, theirs = (_plain_trade(table[c]) for c in ("name_trade", "parent_name_trade"))
    alike = (
        np.asarray(cpdist(mine, theirs, scorer=fuzz.ratio), dtype=float) / 100 if len(mine) else np.zeros(0)
    )
    blank = np.array([not (a and b) for a, b in zip(mine, theirs, strict=True)], dtype=bool)
    alike[blank] = 0
    same = np.asarray(pc.fill_null(pc.equal(table["name_trade"], table["parent_name_trade"]), False))
    return {
        "one": np.ones(len(brand)),
        "chance": np.log10(np.clip(by_chance, 1e-4, 1e3)),
        "bearers": np.log10(np.maximum(firms, 2)),
        "word": np.log10(1 + trades.holding(brand)),
        "same_trade": (same & ~blank).astype(float),
        "rare_trade": alike * np.clip(-np.log10(trades.share(table["name_trade"])) - 2, 0, 4),
        "scope": _same_words(table["scope"], table["parent_scope"]),
        **_styles(table),
        "capital": _millions(table["capital"]),
        "parent_capital": _millions(table["parent_capital"]),
    }


def _plain_trade(trades: pa.ChunkedArray) -> list[str]:
    return pc.replace_substring_regex(pc.fill_null(trades, ""), _GENERIC, "").to_pylist()  # type: ignore[no-any-return]


def _styles(table: pa.Table) -> dict[str, Floats]:
    """How names speak of places: 品牌(许昌)…, both so, or 上海品牌(许昌)… with the parent's place."""
    place, branch, flag = (table[c].to_pylist() for c in ("name_place", "name_branch", "is_branch"))
    provinces = table["province"].to_pylist()
    parents = table["parent_province"].to_pylist()
    bracket, foreign = np.zeros(len(place)), np.zeros(len(place))
    for row, (where, part, cut) in enumerate(zip(place, branch, flag, strict=True)):
        home = _province(where)
        bracket[row] = float(where is None and not cut and _province(part) == provinces[row] is not None)
        foreign[row] = float(home is not None and home == parents[row] and home != provinces[row])
    bare = np.asarray(
        pc.and_(pc.is_null(table["parent_name_place"]), pc.is_valid(table["parent_name_branch"]))
    )
    both = bracket * bare.astype(float)
    return {"bracket": bracket, "foreign": foreign, "both_brackets": both}


def _millions(capital: pa.ChunkedArray) -> Floats:
    """Orders of magnitude above a million yuan, up to 3; 0 where unknown."""
    amounts = np.asarray(pc.fill_null(capital, 0.0), dtype=float)
    orders: Floats = np.clip(np.log10(np.maximum(amounts, 1) / 1e6), 0, 3)
    return orders


def _same_words(mine: pa.ChunkedArray, theirs: pa.ChunkedArray) -> Floats:
    """How alike two columns of scopes begin, 0 … 1; 0 where one is unknown."""
    left, right = (pc.utf8_slice_codeunits(pc.fill_null(c, ""), 0, _READ).to_pylist() for c in (mine, theirs))
    if not left:
        return np.zeros(0)
    alike = np.asarray(cpdist(left, right, scorer=fuzz.ratio), dtype=float) / 100
    alike[np.array([not (a and b) for a, b in zip(left, right, strict=True)], dtype=bool)] = 0
    return alike


def _province(place: str | None) -> str | None:
    found = find_division(place) if place else None
    return found.province if found else None


def _matches(column: pa.ChunkedArray, pattern: str) -> pa.ChunkedArray:
    return pc.match_substring_regex(column, pattern)


def _roles(found: pa.Table) -> list[str]:
    columns = ("name", "scope", "name_branch", "name_form", "kind", "industry")
    rows = zip(*(found[name].to_pylist() for name in columns), strict=True)
    return [
        role(name, scope, branch=branch, form=form, kind=kind, industry=industry).value
        for name, scope, branch, form, kind, industry in rows
    ]
