"""The fair-competition gate on clauses in our own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.projects import judge, read_rules, shipped_rules

FORBIDDEN = {
    "tax_return": [
        "按企业年度缴纳增值税地方留成部分的80%给予奖励",
        "甲方以乙方的财政贡献为依据,分五年兑付产业扶持资金",
        "项目投产后三年内,所得税按地方所得全额返还",
    ],
    "land_price": ["乙方缴清土地出让金后,甲方以基础设施补助名义返还60%", "土地价款先征后返"],
    "zero_land": ["甲方零地价提供工业用地200亩", "免费供地三年"],
    "move_seat": [
        "乙方将公司住所及税务登记迁入本县后,给予一次性奖励300万元",
        "总部注册地迁至我市为享受优惠的前提",
    ],
    "counted_locally": ["企业在我市纳统后方可兑现设备补助", "以在本地纳税为条件给予房租补贴"],
    "local_purchase": ["乙方采购本地企业产品不得低于总额的三成"],
    "electricity_price": ["乙方电价低于目录电价部分由开发区补贴"],
    "guaranteed_return": ["平台公司对基金本金提供保证并承诺收益"],
}
LAWFUL = [
    "符合省级智能化改造专项资金申报条件的,甲方协助乙方按程序申报",
    "甲方在法定时限内办结环评、能评和施工许可,并指派专人帮办",
    "乙方依法纳税、依法纳统",
    "出口货物依法享受出口退税",
    "项目用地以招拍挂方式公开出让,投资强度不低于每亩300万元",
    "乙方应于签约后12个月内开工,36个月内投产",
    "厂房租金按开发区对所有入园企业公布的统一标准执行",
    "甲方负责将10千伏专线接至项目红线",
]


@pytest.mark.parametrize(("rule", "clause"), [(r, c) for r, cs in FORBIDDEN.items() for c in cs])
def test_forbidden_promise_is_refused_by_its_rule(rule, clause):
    """The rule that forbids it is among those found, with its basis and the words that it found."""
    found = [verdict for verdict in judge(clause) if verdict.rule == rule]
    assert len(found) == 1
    assert found[0].refused
    assert found[0].basis
    assert 0 <= found[0].start < found[0].end <= len(clause)


@pytest.mark.parametrize("clause", LAWFUL)
def test_lawful_general_condition_passes(clause):
    """What every firm may have, or what the law itself says, is not flagged."""
    assert judge(clause) == ()


def test_benefit_for_one_named_firm_is_asked_about():
    """It may have a basis: not refused, but a department must answer; with the basis it passes."""
    [verdict] = judge("对乙方实行一企一策,给予专项扶持")
    assert (verdict.rule, verdict.refused) == ("named_benefit", False)
    assert judge("依据国务院批准的方案对该企业一企一策给予扶持") == ()


def test_place_of_a_verdict_is_that_of_its_sentence():
    """In a longer agreement the words are found where they stand."""
    clause = "甲方协助办理手续。免费供地三年。"
    [verdict] = judge(clause)
    assert clause[verdict.start : verdict.end].startswith("免费供地")


@given(st.text(max_size=200))
def test_any_text_is_judged(text):
    """No clause breaks the table; places lie inside."""
    assert all(0 <= verdict.start < verdict.end <= len(text) for verdict in judge(text))


def test_fault_in_a_table_names_its_rule():
    """A pattern that is none, an outcome that is none, a field that is missing."""
    good = {"id": "x", "outcome": "ask", "all_of": ["甲"], "zh": "", "en": "", "basis": ""}
    assert read_rules({"rule": [good]})[0].id == "x"
    for bad in ({**good, "all_of": ["("]}, {**good, "outcome": "maybe"}, {"id": "x"}):
        with pytest.raises(ValueError, match="rule x"):
            read_rules({"rule": [bad]})


def test_every_shipped_rule_has_a_basis_and_both_languages():
    """Who is refused can read why, and on what ground."""
    assert all(rule.basis and rule.text.zh and rule.text.en for rule in shipped_rules())
