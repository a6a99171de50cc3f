from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from liandong.registry import expansions
from liandong.registry.roles import Role, role

MAKES = "液压元件的制造、销售"
DELTA = ("320000",)
HENAN = ("410000",)


def firms(*rows: tuple[str, str, str, str, str]) -> pa.Table:
    """A table of firm_id, name, prefecture, founded, scope."""
    return pa.table(
        {
            "firm_id": [row[0] for row in rows],
            "name": [row[1] for row in rows],
            "province": [row[2][:2] + "0000" for row in rows],
            "prefecture": [row[2] for row in rows],
            "founded": pa.array([date.fromisoformat(row[3]) for row in rows], pa.date32()),
            "scope": [row[4] for row in rows],
        }
    )


NANTONG = ("n", "江苏恒力博液压有限公司", "320600", "2000-01-01", MAKES)
XUCHANG = ("x", "恒力博液压（许昌）有限公司", "411000", "2010-01-01", MAKES)
OTHERS = tuple(
    (f"{code}{brand}{trade}", f"{place}{brand}{trade}有限公司", code, "2005-01-01", f"{trade}{place}")
    for place, code in (("许昌", "411000"), ("南通", "320600"))
    for brand in ("鑫源", "瑞达", "华泰", "永兴", "金鹏")
    for trade in ("商贸", "建材", "装饰工程", "物流", "电子", "食品", "服装")
)
"""Brands that every trade bears everywhere."""


def found(*rows: tuple[str, str, str, str, str], **asked: object) -> list[tuple[str, str, str]]:
    """parent, child and kind of the expansions among these firms and the others."""
    table = expansions(firms(*rows, *OTHERS), from_regions=DELTA, to_regions=HENAN, **asked)  # type: ignore[arg-type]
    return [(row["parent"], row["child"], row["kind"]) for row in table.to_pylist()]


def test_a_rare_brand_in_one_trade_is_an_expansion():
    """A firm of Nantong and a younger one of Xuchang with its rare brand and trade: parent and child."""
    assert found(NANTONG, XUCHANG) == [("n", "x", "production")]


def test_the_elder_is_the_parent():
    """A firm of the source region founded after the one in the target region is no parent."""
    assert found((*NANTONG[:3], "2015-01-01", MAKES), XUCHANG) == []


def test_brands_of_many_trades_are_no_evidence():
    """鑫源, 瑞达 and their like, sold under in both regions, expand nowhere."""
    assert found() == []


def test_a_branch_names_its_firm():
    """…有限公司许昌分公司 is a branch of the firm whose name it spells out, whatever its brand."""
    branch = ("b", "江苏恒力博液压有限公司许昌分公司", "411000", "2010-01-01", "联系业务")
    assert found(NANTONG, branch) == [("n", "b", "branch")]
    assert found(NANTONG, branch, kinds=["production"]) == []


def test_children_are_of_the_years_asked_for():
    """founded_from and founded_to bound the child's founding, both included."""
    assert found(NANTONG, XUCHANG, founded_from=date(2010, 1, 1), founded_to=date(2010, 1, 1)) == [
        ("n", "x", "production")
    ]
    assert found(NANTONG, XUCHANG, founded_from=date(2010, 1, 2)) == []


def test_the_places_of_brand_and_trade_are_named():
    """places lists the prefectures where brand and trade are found."""
    table = expansions(firms(NANTONG, XUCHANG, *OTHERS), from_regions=DELTA, to_regions=HENAN)
    assert table["places"].to_pylist() == [["320600", "411000"]]


@pytest.mark.parametrize(
    ("name", "scope", "industry", "expected"),
    [
        ("许昌某某电气有限公司", "高低压开关柜的生产、销售", "3823", Role.PRODUCTION),
        ("许昌某某电气有限公司", "高低压开关柜销售", "5175", Role.SALES),
        ("许昌某某电气有限公司", "高低压开关柜销售(不含生产)", "3823", Role.SALES),
        ("许昌某某投资有限公司", "对工业项目的投资", "7212", Role.SHELL),
        ("许昌某某物流有限公司", "普通货运", "5431", Role.SERVICE),
        ("许昌某某机械厂", None, None, Role.PRODUCTION),
        ("许昌某某机械有限公司", None, None, Role.UNKNOWN),
    ],
)
def test_role_is_read_from_form_scope_and_industry(
    name: str, scope: str | None, industry: str | None, expected: Role
):
    """What a firm does in its place decides its role; a denied act is not done."""
    form = "厂" if name.endswith("厂") else "有限公司"
    assert role(name, scope, form=form, industry=industry) == expected
