from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liandong.errors import InputError
from liandong.examples import xuchang
from liandong.siting import (
    Aspect,
    Case,
    Need,
    Parcel,
    Park,
    Project,
    Room,
    Rule,
    Step,
    Verdict,
    admit,
    admit_one,
    assign,
    cost_of,
    parse_conditions,
    pose,
    read_case,
    violations,
)

DAY = date(2026, 5, 18)


def rule(aspect: Aspect, when: str = "", require: str = "", otherwise: Verdict = Verdict.BARRED) -> Rule:
    """A rule in force."""
    return Rule(
        str(aspect),
        aspect,
        str(aspect),
        parse_conditions(when),
        parse_conditions(require),
        otherwise,
        "D",
        "S",
    )


RULES = (
    rule(Aspect.INDUSTRY, when="project.industry in 25"),
    rule(Aspect.ZONING, when="park.zone = 优先保护单元"),
    rule(Aspect.CHEMICAL, when="project.chemical = yes", require="park.chemical_park = yes"),
    rule(Aspect.ENERGY, when="project.tax >= 0", require="project.tax >= 1", otherwise=Verdict.CONDITIONAL),
    rule(Aspect.POLLUTANTS, when="project.industry in 17", otherwise=Verdict.ASK),
)
PARK = Park("P", {"zone": "重点管控单元", "chemical_park": False})
PARCEL = Parcel("L", "P")
PROJECT = Project(
    "X",
    ("3812",),
    (Need("land", "亩", (Step(Decimal(5)),)),),
    {"chemical": False, "tax": Decimal(3)},
)
ROOM = Room("L", "land", "亩", (Step(Decimal(9)),), department="land office")
CASE = Case("c", (PARK,), (PARCEL,), (PROJECT,), (ROOM,), rules=RULES)


def verdict(case: Case, day: date = DAY) -> Verdict:
    """The verdict of the first project on the first parcel."""
    return admit_one(case, case.projects[0], case.parcels[0], day).verdict


def test_known_and_kept_is_admitted():
    """A project that is known in all that is asked and breaks no rule is admitted."""
    assert verdict(CASE) is Verdict.ADMITTED


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"industries": ("2511",)}, Verdict.BARRED),
        ({"industries": ("1711",)}, Verdict.ASK),
        ({"facts": {"chemical": True, "tax": Decimal(3)}}, Verdict.BARRED),
        ({"facts": {"chemical": False, "tax": Decimal(0)}}, Verdict.CONDITIONAL),
        ({"facts": {"chemical": False}}, Verdict.ASK),
        ({"industries": ()}, Verdict.ASK),
        ({"needs": (Need("land", "亩", (Step(Decimal(10)),)),)}, Verdict.BARRED),
        ({"needs": (Need("land", "亩", (Step(None),)),)}, Verdict.ASK),
        ({"needs": ()}, Verdict.ASK),
        ({"needs": (Need("land", "亩", (Step(Decimal(5)), Step(Decimal(12), 2030))),)}, Verdict.BARRED),
    ],
)
def test_one_change_of_the_project(change: dict[str, object], expected: Verdict):
    """Each broken, conditional or unknown input of a project gives its own verdict."""
    assert verdict(replace(CASE, projects=(replace(PROJECT, **change),))) is expected


def test_rule_out_of_force_asks_its_department():
    """When the only rule of an aspect has lapsed, the aspect is asked of the department that decided it."""
    lapsed = replace(RULES[0], valid_to=date(2025, 12, 31))
    found = admit_one(replace(CASE, rules=(lapsed, *RULES[1:])), PROJECT, PARCEL, DAY)
    assert (found.verdict, found.findings[0].department) == (Verdict.ASK, "D")


def test_bar_prevails_over_doubt():
    """A project that is barred by one rule and unknown to another is barred, with both named."""
    found = admit_one(CASE, replace(PROJECT, industries=("2511",), facts={}), PARCEL, DAY)
    assert found.verdict is Verdict.BARRED
    assert {finding.verdict for finding in found.findings} >= {Verdict.BARRED, Verdict.ASK}


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_unknown_is_never_admitted(data: st.DataObject):
    """A case that admits, less any rule, fact, need or room that it stands on, no longer admits."""
    rules = tuple(each for each in RULES if data.draw(st.booleans()))
    facts = {name: value for name, value in PROJECT.facts.items() if data.draw(st.booleans())}
    park = replace(PARK, facts={n: v for n, v in PARK.facts.items() if data.draw(st.booleans())})
    industries = data.draw(st.sampled_from([(), ("3812",)]))
    rooms = data.draw(st.sampled_from([(), (ROOM,), (replace(ROOM, steps=(Step(None),)),)]))
    needs = data.draw(st.sampled_from([(), PROJECT.needs, (Need("land", "亩", (Step(None),)),)]))
    project = replace(PROJECT, industries=industries, facts=facts, needs=needs)
    case = replace(CASE, parks=(park,), projects=(project,), rooms=rooms, rules=rules)
    whole = (rules, facts, industries, needs, rooms) == (
        RULES,
        PROJECT.facts,
        ("3812",),
        PROJECT.needs,
        (ROOM,),
    )
    complete = whole and "zone" in park.facts
    # chemical_park is asked of chemical projects only, and this one is none
    assert (verdict(case) is Verdict.ADMITTED) == complete


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("project.industri in 26", "no field"),
        ("project.industry in 9999", "not a code"),
        ("project.tax >= many", "not a number"),
        ("rather cheap", "cannot be read"),
    ],
)
def test_unreadable_condition_says_what_would_be_right(text: str, says: str):
    """A condition with an unknown field, code, number or form is refused with what was found."""
    with pytest.raises(InputError, match=says):
        parse_conditions(text)


def test_chinese_and_english_conditions_are_the_same():
    """项目.行业 属于 26、27 means project.industry in 26|27."""
    one, other = (
        parse_conditions("项目.行业 属于 26、27")[0],
        parse_conditions("project.industry in 26|27")[0],
    )
    assert replace(one, text="") == replace(other, text="")


def test_example_places_only_what_is_admitted():
    """On the carriers of the example, what is placed is admitted, and the chemical project has no place."""
    posed = pose(read_case(xuchang.SITING), DAY, conditional=True)
    found = assign(posed.problem, 20)
    assert (found.proven, violations(posed.problem, found.sites)) == (True, [])
    placed = {posed.problem.projects[n]: s for n, s in enumerate(found.sites)}
    assert placed["示例项目丁:原料药"] is None
    verdicts = {posed.admission(n, s).verdict for n, s in enumerate(found.sites) if s is not None}
    assert verdicts <= {Verdict.ADMITTED, Verdict.CONDITIONAL}
    assert len(admit(posed.case, DAY)) == len(posed.case.projects) * len(posed.case.parcels)


def test_nothing_is_placed_where_all_is_asked():
    """Without rules nothing is admitted, so nothing may be placed."""
    posed = pose(replace(CASE, rules=()), DAY, conditional=True)
    assert posed.problem.open.any() == False  # noqa: E712 - NumPy's own truth


def test_cost_of_a_placement_opens_at_its_price():
    """80 mu at 200,000 yuan, as the price's row and the project's need say."""
    posed = pose(read_case(xuchang.SITING), DAY)
    figure = cost_of(posed, 0, 0)
    assert (figure.value, figure.unit, figure.currency) == (16_000_000, "元", "CNY")
    (derived,) = figure.evidence
    price, amount = (each for _, each in derived.inputs)
    assert (price.value, amount.value, price.evidence[0].source) == (200000, 80, "siting.toml › prices")
