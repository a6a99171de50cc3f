"""Ranking: candidates × needs → the K targets with the highest scores, each with its contributions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import numpy as np
import pyarrow as pa

from liandong.figures import Coverage, DerivedRef, Figure, RecordRef
from liandong.reference import divisions
from liandong.targets import features
from liandong.targets.features import Array
from liandong.targets.target import Contribution, Target, TargetFirm
from liandong.targets.weights import Weights, load_weights

CENT = Decimal("0.01")
# A brand that many firms of the province share is a common word, no sign of one group.
COMMON_BRAND = 20

BrandCounts = Callable[[Sequence[str]], Mapping[str, Figure]]


@dataclass(frozen=True, slots=True)
class Need:
    """A node as the ranking sees it: what it is, and the city's figures for it (from its diagnosis).

    quotient: location quotient with interval, shrunk to group and division where the class is thin. density:
    relatedness density.
    """

    node: str
    codes: tuple[str, ...]
    words: tuple[str, ...]
    quotient: Figure
    density: Figure


@dataclass(frozen=True, slots=True)
class Setting:
    """What all candidates share.

    city: GB/T 2260 code of the city that courts. as_of: newest record of the registry, if known.
    region_firms: how many firms of the source region are in the city, if a page says so. partners: firms
    named in the plan's ties. brand_counts: counts the firms of a brand in the city's province.
    """

    city: str
    as_of: date | None
    coverage: Coverage
    region_firms: Figure
    brand_counts: BrandCounts
    partners: tuple[str, ...] = ()
    weights: Weights = field(default_factory=load_weights)


@dataclass(frozen=True, slots=True)
class _Scored:
    """One need's candidates with their feature values and points, before the brands are looked up."""

    need: Need
    candidates: pa.Table
    values: dict[str, Array]
    points: dict[str, Array]

    @property
    def sums(self) -> Array:
        return np.asarray(sum(self.points.values()), dtype=float)


def rank(
    chain: str, needs: Sequence[Need], candidates: pa.Table, setting: Setting, *, top: int = 50
) -> list[Target]:
    """The `top` firms over all needs, best first; a firm appears once, at the node where it scores highest.

    candidates: a table with the columns of the registry's snapshot. A firm is weighed for the needs that its
    industry fits at all. Ties are broken by firm_id, so that the same input gives the same list.
    """
    fitting = [(need, candidates.filter(features.fit(candidates, need.codes) > 0)) for need in needs]
    scored = [_score(need, table, setting) for need, table in fitting if table.num_rows]
    chosen = _strongest(scored, setting, top)
    brands = {(at, row): features.brand(scored[at].candidates["name"][row].as_py()) for at, row in chosen}
    counts = setting.brand_counts(sorted({brand for brand in brands.values() if brand}))
    targets = [
        _target(chain, scored[at], row, setting, counts.get(brands[at, row] or "")) for at, row in chosen
    ]
    return sorted(targets, key=lambda target: (-target.score, target.firm.firm_id))[:top]


def _score(need: Need, candidates: pa.Table, setting: Setting) -> _Scored:
    rows = candidates.num_rows
    values = {
        "fit": features.fit(candidates, need.codes),
        "products": features.products(candidates, need.words),
        "need": np.full(rows, _upper(need.quotient)),
        "capability": np.full(rows, _number(need.density)),
        "partners": features.named(candidates, setting.partners),
        "region_firms": np.full(rows, _number(setting.region_firms)),
        "listed": features.listed(candidates),
        "honours": features.honours(candidates),
        "capital": features.capital(candidates),
        "experience": features.experience(candidates, setting.as_of),
        "distance": features.distance(candidates, setting.city),
    }
    points = {name: _rounded(setting.weights[name].apply(value)) for name, value in values.items()}
    return _Scored(need, candidates, values, points)


def _strongest(scored: Sequence[_Scored], setting: Setting, top: int) -> list[tuple[int, int]]:
    """(need, row) of every firm that can still be among the best once its brand is looked up.

    The brand adds at most its weight: whoever is further behind the K-th cannot catch up.
    """
    best: dict[str, tuple[float, int, int]] = {}
    for at, part in enumerate(scored):
        sums = part.sums
        for row, firm in enumerate(part.candidates["firm_id"].to_pylist()):
            if firm not in best or sums[row] > best[firm][0]:
                best[firm] = (float(sums[row]), at, row)
    ordered = sorted(best.values(), reverse=True)
    if not ordered:
        return []
    threshold = ordered[min(top, len(ordered)) - 1][0] - setting.weights["presence"].points
    return [(at, row) for total, at, row in ordered if total >= threshold]


def _target(chain: str, part: _Scored, row: int, setting: Setting, brand: Figure | None) -> Target:
    record = {name: part.candidates[name][row].as_py() for name in part.candidates.column_names}
    firm = _firm(record)
    figures = _figures(part, row, record, setting)
    figures["presence"] = brand or _unknown("家", "brand_in_province", setting)
    presence = np.array([_number(figures["presence"])])
    presence[presence > COMMON_BRAND] = np.nan
    points = {name: values[row] for name, values in part.points.items()}
    points["presence"] = _rounded(setting.weights["presence"].apply(presence))[0]
    contributions = tuple(
        Contribution(
            name,
            Decimal(str(points[name])).quantize(CENT),
            Decimal(str(weight.points)),
            figures[name],
        )
        for name, weight in setting.weights.items()
    )
    return Target(firm, chain, part.need.node, contributions)


def _figures(part: _Scored, row: int, record: Mapping[str, object], setting: Setting) -> dict[str, Figure]:
    """The figure behind each contribution: the node's own, or the firm's feature with its row as evidence."""
    need = part.need
    source = RecordRef(str(record["source"]), int(str(record["source_row"])))
    value = {name: values[row] for name, values in part.values.items()}
    codes, words = "、".join(need.codes), "、".join(need.words)

    def feature(name: str, unit: str, measure: str, formula: str = "") -> Figure:
        evidence = DerivedRef(formula, (("firm", source),)) if formula else source
        return Figure(_decimal(value[name]), unit, measure, coverage=setting.coverage, evidence=(evidence,))

    return {
        "fit": feature(
            "fit", "", "industry_fit", f"confidence of class {record['industry']} x match with {codes}"
        ),
        "products": feature(
            "products", "个", "product_words", f"words among {words} in name, products, scope"
        ),
        "need": need.quotient,
        "capability": need.density,
        "partners": feature("partners", "个", "ties", "ties of the plan that name the firm"),
        "region_firms": setting.region_firms,
        "listed": feature("listed", "", "listed", "1 if the row has a stock code"),
        "honours": feature("honours", "项", "honours", "titles in the row"),
        "capital": feature("capital", "元", "注册资本"),
        "experience": feature("experience", "年", "years", f"whole years from founded to {setting.as_of}"),
        "distance": feature(
            "distance",
            "公里",
            "distance",
            f"great circle from prefecture {record['prefecture']} to {setting.city}",
        ),
    }


def _firm(record: Mapping[str, object]) -> TargetFirm:
    def text(name: str) -> str | None:
        value = record[name]
        return None if value is None else str(value)

    return TargetFirm(
        firm_id=str(record["firm_id"]),
        name=str(record["name"]),
        place=_place(text("province"), text("prefecture")),
        prefecture=text("prefecture"),
        industry=text("industry"),
        uscc=text("uscc"),
        stock_code=text("stock_code"),
        founded=text("founded"),
        source=str(record["source"]),
        row=int(str(record["source_row"])),
    )


def _place(province: str | None, prefecture: str | None) -> str:
    found = [divisions.division(code) for code in (province, prefecture) if code]
    names = [division.short for division in found if division is not None]
    return "".join(dict.fromkeys(names)) or "—"


def _unknown(unit: str, measure: str, setting: Setting) -> Figure:
    return Figure(None, unit, measure, coverage=setting.coverage)


def _number(figure: Figure) -> float:
    return float("nan") if figure.value is None else float(figure.value)


def _upper(quotient: Figure) -> float:
    """What the quotient is at most: only a node that is scarce even there surely needs firms."""
    return _number(quotient) if quotient.high is None else float(quotient.high)


def _decimal(value: float) -> Decimal | None:
    return None if np.isnan(value) else Decimal(repr(round(float(value), 4))).normalize() + 0


def _rounded(points: Array) -> Array:
    return np.round(points, 2)
