from dataclasses import replace

from liandong.facts import Fact, Kind
from liandong.figures import AssumptionRef, FactRef
from liandong.plan.binding import bind
from liandong.plan.model import Origin, PartnerKind, Place, Plan, SourceRegion, Stated, Tie

SENTENCE = "到许昌投资的长三角企业现有71家,主要从事节能环保行业"
FIRMS = Fact("p", Kind.INDICATOR, "长三角企业", "到许昌投资", SENTENCE[:16], 0, 16, value="71", unit="家")
TRADES = Fact("p", Kind.COOPERATION, "长三角企业", "行业", SENTENCE, 0, 26, value_text="节能环保")
REGION = SourceRegion("长三角", 71, origin=Origin((Stated("page", SENTENCE),), place=Place("plan.toml", 9)))
TIE = Tie(
    "许昌",
    "上海交通大学",
    PartnerKind.UNIVERSITY,
    "联合实验室",
    origin=Origin((Stated("page", "合建了联合实验室"),), place=Place("plan.toml", 20)),
)


def evidence(plan: Plan):
    return [item.origin.evidence() for item in (*plan.regions, *plan.ties)]


def test_a_quote_finds_its_fact():
    """The evidence of the item is then the fact, and through it the page."""
    tie = Fact(
        "p", Kind.COOPERATION, "许昌–上海交通大学", "合建", "许昌与上海交通大学合建了联合实验室", 0, 17
    )
    plan = bind(Plan("411000", "许昌市", regions=(REGION,), ties=(TIE,)), [FIRMS, TRADES, tie])
    assert evidence(plan) == [(FactRef(FIRMS.id),), (FactRef(tie.id),)]


def test_a_number_is_bound_only_to_a_fact_that_has_it():
    """Another number in the same sentence is no evidence for this one."""
    plan = bind(Plan("411000", "许昌市", regions=(replace(REGION, firms=72),)), [FIRMS, TRADES])
    assert evidence(plan) == [(AssumptionRef("plan.toml", 9),)]


def test_without_a_fact_the_line_of_the_plan_is_the_evidence():
    """What no page here states is the planner's word."""
    plan = bind(Plan("411000", "许昌市", ties=(TIE,)), [FIRMS])
    assert evidence(plan) == [(AssumptionRef("plan.toml", 20),)]


def test_binding_twice_changes_nothing():
    """Old bindings give way to what is found now."""
    plan = bind(Plan("411000", "许昌市", regions=(REGION,)), [FIRMS])
    assert (bind(plan, [FIRMS]), bind(plan, [])) == (plan, Plan("411000", "许昌市", regions=(REGION,)))
