"""From numbers to a Target: every contribution with the figure that it follows from."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import numpy as np
import pyarrow as pa

from liandong.figures import DerivedRef, Figure, RecordRef
from liandong.reference import divisions
from liandong.targets.candidates import ORIGINS
from liandong.targets.presence import NO_DAY
from liandong.targets.setting import Need, Setting
from liandong.targets.stability import Stability
from liandong.targets.target import Contribution, Target, TargetFirm

CENT = Decimal("0.01")
_BRANDED = {
    "presence": ("家", "brand_in_province"),
    "expansion": ("个", "brand_prefectures"),
    "growth": ("家", "brand_growth"),
}


def target_of(
    chain: str,
    need: Need,
    candidates: pa.Table,
    row: int,
    values: Mapping[str, float],
    points: Mapping[str, float],
    setting: Setting,
    *,
    brands: Mapping[str, Figure],
    programmes: Figure | None,
    stability: Stability | None,
) -> Target:
    """One row of the candidates as a target. values, points: by contribution; unknown is NaN."""
    record = {name: candidates[name][row].as_py() for name in candidates.column_names}
    figures = {
        **_figures(need, record, values, setting),
        **{name: _unknown(unit, measure, setting) for name, (unit, measure) in _BRANDED.items()},
        **brands,
        "programmes": programmes or _unknown("项", "programmes", setting),
    }
    contributions = tuple(
        Contribution(
            name,
            Decimal(str(points[name])).quantize(CENT),
            Decimal(str(weight.points)),
            figures[name],
        )
        for name, weight in setting.weights.items()
    )
    return Target(_firm(record), chain, need.node, contributions, stability)


def _figures(
    need: Need, record: Mapping[str, object], value: Mapping[str, float], setting: Setting
) -> dict[str, Figure]:
    """The node's own figures, and the firm's features with its row as evidence."""
    source = RecordRef(str(record["source"]), int(str(record["source_row"])))
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
        "supplier": need.leaders or _unknown("家", "lead_firms_supplied", setting),
        "partners": feature("partners", "个", "ties", "ties of the plan that name the firm"),
        "region_firms": setting.region_firms,
        "listed": feature("listed", "", "listed", "1 if the row has a stock code"),
        "honours": feature("honours", "项", "honours", "titles in the row"),
        "capital": feature("capital", "元", "注册资本"),
        "experience": feature(
            "experience",
            "年",
            "years",
            f"whole years from founded to {setting.as_of or NO_DAY}",
        ),
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
        origins=tuple(name for name in ORIGINS if record.get(f"from_{name}")),
    )


def _place(province: str | None, prefecture: str | None) -> str:
    names = [divisions.division(code).short for code in (province, prefecture) if code]
    return "".join(dict.fromkeys(names)) or "—"


def _unknown(unit: str, measure: str, setting: Setting) -> Figure:
    return Figure(None, unit, measure, coverage=setting.coverage)


def _decimal(value: float) -> Decimal | None:
    return None if np.isnan(value) else Decimal(repr(round(float(value), 4))).normalize() + 0
