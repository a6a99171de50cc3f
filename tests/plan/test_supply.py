"""Supply risk, lead firms, rivals, history and struck-off firms, over firms whose counts are known."""

from __future__ import annotations

import pytest

from liandong.errors import InputError
from liandong.figures import RecordRef
from liandong.plan import Plan, Risk, compare, diagnose, history, parse
from liandong.registry import Registry
from tests.plan.schemes import HEAD, node_text, registry_of

PLAN = (
    HEAD
    + 'leaders = ["许昌甲变压器有限公司", "许昌无名公司"]\n'
    + node_text("绝缘材料", "upstream", ["3834"], ["变压器"])
    + node_text("铜材", "upstream", ["3251"], ["变压器"])
    + node_text("硅钢", "upstream", ["3130"], ["变压器"])
    + node_text("电子件", "upstream", ["3981"], ["变压器"])
    + node_text("仪表", "upstream", ["4012"], ["变压器"])
    + node_text("变压器", "midstream", ["3821"])
)

# place, class, firms, year, status
ROWS = [
    ("许昌", "3821", 6, 2018, None),
    ("许昌", "3821", 4, 2018, "注销"),
    ("许昌", "3821", 2, 2018, "存续"),
    ("许昌", "3834", 6, 2018, None),
    ("许昌", "3130", 1, 2018, "在业"),
    ("许昌", "3130", 3, 2018, "吊销,未注销"),
    ("郑州", "3251", 3, 2019, None),
    ("苏州", "3981", 29, 2017, None),
    ("苏州", "3821", 40, 2018, None),
    ("苏州", "4311", 100, 2018, None),
    ("郑州", "4311", 100, 2019, None),
    ("许昌", "4311", 60, 2019, None),
]
PROVINCE = {"许昌": "河南", "郑州": "河南", "苏州": "江苏"}


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    rows: list[tuple[str | None, ...]] = [
        ("许昌甲变压器有限公司", "河南", "许昌", "3821", "2018-01-01", "存续")
    ]
    for place, code, number, year, status in ROWS:
        rows += [
            (
                f"{place}{code}{status or ''}第{n}号有限公司",
                PROVINCE[place],
                place,
                code,
                f"{year}-05-01",
                status,
            )
            for n in range(number)
        ]
    columns = ("name", "province", "city", "industry", "founded", "status")
    return registry_of(tmp_path_factory.mktemp("supply"), columns, rows)


@pytest.fixture
def plan() -> Plan:
    return parse(PLAN)


def test_struck_off_firms_are_not_counted(plan: Plan, registry: Registry):
    """Nine transformer firms live, four are struck off; the diagnosis says so, and the query counts nine."""
    (diagnosis,) = diagnose(plan, registry)
    firms = diagnosis.node("变压器").figures["firms"]
    counted = diagnosis.comparison.counted
    assert counted is not None
    assert (firms.value, counted.struck_off.value) == (9, 7)
    (query,) = firms.evidence
    assert registry.query(query.expression)[0][0].as_py() == 9  # type: ignore[union-attr] # a QueryRef


def test_each_supply_has_its_risk(plan: Plan, registry: Registry):
    """From safe to nobody near, by living firms in the city and within 200 km."""
    (diagnosis,) = diagnose(plan, registry)
    assert [(each.supplier, each.risk) for each in diagnosis.supplies] == [
        ("绝缘材料", Risk.SECURE),
        ("铜材", Risk.NEARBY),
        ("硅钢", Risk.SINGLE),
        ("电子件", Risk.FAR),
        ("仪表", Risk.UNSEEN),
    ]
    assert not any(each.sure for each in diagnosis.supplies)  # Henan has no 2017


def test_the_nearest_supplier_is_measured(plan: Plan, registry: Registry):
    """Zhengzhou is some 80 km away, and its firms stand in the evidence."""
    (diagnosis,) = diagnose(plan, registry)
    copper = diagnosis.supplies[1].figures
    assert (round(float(copper["nearest"].value or 0)), copper["local"].value, copper["near"].value) == (
        82,
        0,
        3,
    )


def test_lead_firms_know_who_supplies_them(plan: Plan, registry: Registry):
    """A lead firm in the registry has its node and that node's supplies, worst first; an unknown one none."""
    (diagnosis,) = diagnose(plan, registry)
    known, unknown = diagnosis.leaders
    assert (known.record, known.nodes) == (RecordRef("firms.csv", 2), ("变压器",))
    assert [each.risk for each in known.supplies] == [
        Risk.FAR, Risk.SINGLE, Risk.NEARBY, Risk.UNSEEN, Risk.SECURE,
    ]  # fmt: skip
    assert (unknown.record, unknown.nodes, unknown.supplies) == (None, (), ())


def test_rivals_are_ahead_only_where_intervals_do_not_overlap(plan: Plan, registry: Registry):
    """29 firms in Suzhou and none in Xuchang cannot be chance; where Suzhou has none it is not ahead."""
    rivalry = compare(plan, registry, plan.chains[0], ["苏州市", "410100"])
    assert rivalry.cities == ("411000", "320500", "410100")
    assert (rivalry.ahead("电子件"), rivalry.ahead("绝缘材料")) == (("320500",), ())
    assert rivalry.cell("变压器", "411000").firms.value == 9


def test_rivals_are_found_where_none_is_named(plan: Plan, registry: Registry):
    """Of two other cities only one has five firms of the chain."""
    assert compare(plan, registry, plan.chains[0]).cities == ("411000", "320500")


def test_a_rival_without_data_is_refused(plan: Plan, registry: Registry):
    """Nothing is said of a city that the registry does not observe, nor of one that does not exist."""
    for name in ("洛阳", "某地"):
        with pytest.raises(InputError):
            compare(plan, registry, plan.chains[0], [name])


def test_history_leaves_missing_years_unknown(plan: Plan, registry: Registry):
    """2017 has no firm of Henan at all: the city's count is unknown; 2019 has, and none of this node."""
    years = [each for each in history(plan, registry, plan.chains[0]) if each.node == "电子件"]
    assert [(each.year, each.city.value, each.base.value) for each in years] == [
        (2017, None, 29),
        (2018, 0, 0),
        (2019, 0, 0),
    ]
    counted = next(each for each in history(plan, registry, plan.chains[0]) if each.node == "变压器")
    assert (counted.year, counted.city.value, counted.base.value) == (2018, 9, 49)
    (query,) = counted.city.evidence
    assert registry.query(query.expression)[0][0].as_py() == 9  # type: ignore[union-attr] # a QueryRef
