from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import gamma

from liandong.economy import Panel, Shrinkage, location_quotient, proximity
from liandong.errors import InputError
from liandong.figures import DerivedRef, Figure, QueryRef
from liandong.plan import Advice, Plan, Status, diagnose, parse
from liandong.reference import all_divisions, division
from liandong.registry import Registry
from tests.plan.schemes import HEAD, node_text, registry_of

CITY = "411000"
PROVINCES = ("320000", "330000", "340000", "410000")
OTHERS = [
    place.code
    for each in PROVINCES
    for place in all_divisions("prefecture", within=each)[:7]
    if place.code != CITY
]
PLAN = (
    HEAD
    + node_text("绝缘材料", "upstream", ["3834"], ["变压器", "开关"])
    + node_text("变压器", "midstream", ["3821", "382", "3821"], ["安装"])
    + node_text("开关", "midstream", ["3823"], ["安装"])
    + node_text("电池", "midstream", ["3841"], ["安装"])
    + node_text("安装", "downstream", ["4910"])
)


@pytest.fixture
def plan() -> Plan:
    return parse(PLAN)


def firms() -> dict[tuple[str, str], int]:
    """How many firms of each class are in each prefecture: much of 382 in the city, no 3841 and no 4910."""
    counts = {
        (CITY, "3821"): 30,
        (CITY, "3823"): 40,
        (CITY, "3834"): 2,
        (CITY, "5181"): 60,
        (CITY, ""): 7,
        (CITY, "38"): 3,
    }
    random = np.random.default_rng(0)
    usual = {"3821": 10, "3823": 12, "3834": 10, "3841": 25, "4910": 30, "5181": 100}
    for other in OTHERS:
        for code, number in usual.items():
            counts[other, code] = int(random.poisson(number * random.gamma(1.0)))
    return counts


def registry_with(folder: Path, counts: dict[tuple[str, str], int], **options: object) -> Registry:
    """A registry with that many firms, all founded in 2020: no province-year is missing."""
    rows = [
        (f"{_names(place)[1]}{code}第{n}号有限公司", *_names(place), code, "2020-05-01")
        for (place, code), number in counts.items()
        for n in range(number)
    ]
    return registry_of(folder, ("name", "province", "city", "industry", "founded"), rows, **options)


def _names(code: str) -> tuple[str, str]:
    return division(division(code).province).name, division(code).name


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    return registry_with(tmp_path_factory.mktemp("whole"), firms())


def with_divisions(panel: Panel, registry: Registry) -> Panel:
    """The panel with the firms whose industry is known no closer than 38."""
    column = [
        int(registry.count(industries=["38"], regions=[each]).value or 0)
        - int(panel.unions({"38": [c for c in panel.industries if c[:2] == "38"]}).values[n, 0])
        for n, each in enumerate(panel.regions)
    ]
    values = np.column_stack([panel.values, column])
    return Panel(panel.regions, (*panel.industries, "38"), values)


def queries(figure: Figure) -> Iterator[QueryRef]:
    for evidence in figure.evidence:
        if isinstance(evidence, QueryRef):
            yield evidence
        if isinstance(evidence, DerivedRef):
            for _, value in evidence.inputs:
                if isinstance(value, QueryRef):
                    yield value
                if isinstance(value, Figure):
                    yield from queries(value)


def inputs(figure: Figure) -> dict[str, Decimal]:
    (evidence,) = figure.evidence
    assert isinstance(evidence, DerivedRef)
    return {name: value.value or Decimal(0) for name, value in evidence.inputs if isinstance(value, Figure)}


def test_each_node_gets_its_status_and_advice(plan: Plan, registry: Registry):
    """Strong where the city has far more than its share, weak and missing where it has less or none."""
    (found,) = diagnose(plan, registry)
    assert [(n.node, n.status, n.advice) for n in found.nodes] == [
        ("绝缘材料", Status.UNSURE, Advice.STRENGTHEN),
        ("变压器", Status.STRONG, Advice.STRENGTHEN),
        ("开关", Status.STRONG, Advice.STRENGTHEN),
        ("电池", Status.MISSING, Advice.FILL),
        ("安装", Status.MISSING, Advice.EXTEND),
    ]


def test_listed_firms_turn_missing_into_unsure(plan: Plan, tmp_path: Path):
    """The same counts from listed firms only: not seen is not missing; the advice stands."""
    (found,) = diagnose(plan, registry_with(tmp_path, firms(), notes=["listed_firms_only"]))
    assert [(found.node(name).status, found.node(name).advice) for name in ("电池", "安装")] == [
        (Status.UNSURE, Advice.FILL),
        (Status.UNSURE, Advice.EXTEND),
    ]
    assert not found.complete


def test_every_count_comes_back_from_its_query(plan: Plan, registry: Registry):
    """Each query, run on the firms, counts what its figure says; panels give the firms that they hold."""
    (found,) = diagnose(plan, registry)
    seen = {q for node in found.nodes for figure in node.figures.values() for q in queries(figure)}
    counts = {q for q in seen if "GROUP BY" not in q.expression}
    assert len(counts) > 15
    assert [q for q in counts if registry.query(q.expression)[0][0].as_py() != q.rows] == []
    (panel,) = seen - counts
    assert sum(registry.query(panel.expression)["firms"].to_pylist()) == panel.rows


def test_quotient_is_computed_exactly_from_its_inputs(plan: Plan, registry: Registry):
    """(local / local_all) / (base / base_all), digit by digit, and its interval is Jeffreys'."""
    for node in diagnose(plan, registry)[0].nodes:
        figure = node.figures["location_quotient"]
        x = inputs(figure)
        assert figure.value == (x["local"] / x["local_all"]) / (x["base"] / x["base_all"])
        expected = float(x["local_all"] * x["base"] / x["base_all"])
        bounds = gamma.ppf([0.05, 0.95], float(x["local"]) + 0.5) / expected
        assert (float(figure.low or 0), float(figure.high or 0)) == pytest.approx(tuple(bounds), abs=1e-6)


def test_quotient_equals_the_panels(plan: Plan, registry: Registry):
    """The figure is what economy computes from the panel of prefectures."""
    panel = Panel.from_table(registry.panel())
    panel = with_divisions(panel, registry)
    value = location_quotient(panel).value[panel.row(CITY), panel.column("3823")]
    figure = diagnose(plan, registry)[0].node("开关").figures["location_quotient"]
    assert float(figure.value or 0) == pytest.approx(value)


def test_shrunk_quotient_equals_the_panels(plan: Plan, registry: Registry):
    """The shrunk figure is what economy computes from the panel, up to the rounding of its strengths."""
    panel = Panel.from_table(registry.panel())
    shrunk = Shrinkage.fit(panel).quotient(with_divisions(panel, registry), ["3823"]).quotient
    figure = diagnose(plan, registry)[0].node("开关").figures["shrunk_quotient"]
    at = panel.row(CITY)
    assert shrunk.low is not None
    assert shrunk.high is not None
    assert [float(v or 0) for v in (figure.value, figure.low, figure.high)] == pytest.approx(
        [shrunk.value[at], shrunk.low[at], shrunk.high[at]], rel=1e-4
    )


def test_overlapping_codes_count_a_firm_once(plan: Plan, registry: Registry):
    """A node of 3821 and 382 counts the firms of 382 once."""
    figure = diagnose(plan, registry)[0].node("变压器").figures["firms"]
    assert figure == registry.count(industries=["382"], regions=[CITY])
    assert figure.value == 70


def test_share_is_of_all_observed_provinces(plan: Plan, registry: Registry):
    """The base are all provinces with firms, the city's own included; the diagnosis names them."""
    (found,) = diagnose(plan, registry)
    assert found.comparison.regions == PROVINCES
    base = registry.count(industries=["3823"]).value
    assert found.node("开关").figures["share"].value == 40 / (base or Decimal(1))


def test_density_leaves_out_the_node_itself(plan: Plan, registry: Registry):
    """Density is the near share of the other classes that the city does."""
    panel = Panel.from_table(registry.panel())
    m = (location_quotient(panel).value >= 1).astype(float)
    own = panel.column("3823")
    phi = proximity(m)[own].copy()
    phi[own] = 0
    phi = np.nan_to_num(phi)
    expected = (phi * m[panel.row(CITY)]).sum() / phi.sum()
    figure = diagnose(plan, registry)[0].node("开关").figures["relatedness_density"]
    assert float(figure.value or 0) == pytest.approx(expected, abs=1e-6)


def test_supply_links_count_what_is_here(plan: Plan, registry: Registry):
    """开关 has a supplier in the city (绝缘材料) and no user (安装): one link of two."""
    figure = diagnose(plan, registry)[0].node("开关").figures["supply_links"]
    assert (figure.value, figure.unit) == (1, "条")
    (evidence,) = figure.evidence
    assert isinstance(evidence, DerivedRef)
    assert [name for name, _ in evidence.inputs] == ["绝缘材料 → 开关", "绝缘材料", "开关 → 安装", "安装"]


def test_every_figure_has_evidence_and_coverage(plan: Plan, registry: Registry):
    """Nothing unsupported: evidence on every figure, coverage on every one that counts firms."""
    for node in diagnose(plan, registry)[0].nodes:
        assert all(figure.evidence for figure in node.figures.values())
        known = registry.snapshot.coverage
        covered = {name for name, figure in node.figures.items() if figure.coverage == known}
        assert covered == set(node.figures) - {"input_coefficient"}


def test_figures_survive_json(plan: Plan, registry: Registry):
    """A node's figures read back from their JSON are equal."""
    for node in diagnose(plan, registry)[0].nodes:
        data = node.to_dict()["figures"]
        assert {name: Figure.from_dict(each) for name, each in data.items()} == dict(node.figures)


def test_frame_has_a_row_a_node(plan: Plan, registry: Registry):
    """Rows carry plain numbers under stable names."""
    row = diagnose(plan, registry)[0].to_frame()[3]
    assert {name: row[name] for name in ("chain", "node", "stage", "status", "advice", "firms")} == {
        "chain": "电力装备",
        "node": "电池",
        "stage": "midstream",
        "status": "missing",
        "advice": "fill",
        "firms": 0,
    }


def test_city_without_firms_is_unknown_not_empty(plan: Plan, tmp_path: Path):
    """A registry that holds no firm of the city says nothing about it."""
    elsewhere = {place: n for place, n in firms().items() if place[0] != CITY}
    (found,) = diagnose(plan, registry_with(tmp_path, elsewhere))
    assert {(n.status, n.advice, n.figures["firms"].value) for n in found.nodes} == {
        (Status.UNSURE, None, None)
    }


def test_industry_that_nobody_is_seen_in_gets_no_advice(registry: Registry):
    """Not one firm in all observed provinces: the data do not tell a gap from a blind spot."""
    (found,) = diagnose(parse(PLAN.replace("3841", "3612")), registry)
    node = found.node("电池")
    assert (node.status, node.advice, node.figures["firms"].value) == (Status.UNSURE, None, 0)
    assert node.figures["location_quotient"].value is None


def test_unknown_chain_and_county_are_refused(plan: Plan, registry: Registry):
    """A chain that is not in the plan is named with those that are; a county is no prefecture."""
    with pytest.raises(InputError) as caught:
        diagnose(plan, registry, "造船")
    assert caught.value.text("en") == 'chain: the plan has no chain "造船"; it has 电力装备.'
    with pytest.raises(InputError):
        diagnose(replace(plan, city="411082"), registry)


def test_one_chain_alone_is_as_among_all(registry: Registry):
    """Diagnosing one chain gives what diagnosing all gives for it."""
    text = PLAN.replace("[[chain]]", "[[chain]]", 1)
    second = PLAN[PLAN.index("[[chain]]") :].replace("电力装备", "另一链").replace("3841", "5181")
    both = parse(text + second)
    assert diagnose(both, registry, "另一链") == diagnose(both, registry)[1:]
