from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from liandong.figures import AssumptionRef, Coverage, Figure, QueryRef, RecordRef, count
from liandong.targets import BrandNumbers, Need, Setting, adjust, load_weights, rank
from liandong.targets.presence import COMMON
from tests.targets.firms import table

COVERAGE = Coverage("firms.csv", "2019-05-01", 3)
QUOTIENT = Figure(Decimal("0.5"), "", "location_quotient", evidence=(QueryRef("q", "s", 1),))
DENSITY = Figure(Decimal("0.25"), "", "relatedness_density", evidence=(QueryRef("d", "s", 1),))
NEED = Need("变压器", ("3821",), ("变压器",), QUOTIENT, DENSITY)


class Book:
    """Brands as a registry would give them: so many firms each, all in the province, none of them young."""

    def __init__(self, firms: Mapping[str, int]):
        self.firms = firms

    def most(self, brand: str) -> tuple[int, int, int]:
        """As a BrandBook gives them: never less than the numbers."""
        return self.firms.get(brand, 0) + 1, self.firms.get(brand, 0), 2

    def numbers(self, brand: str) -> BrandNumbers:
        """As a BrandBook gives them."""
        firms = self.firms.get(brand, 0)
        return BrandNumbers(None, None, None) if firms > COMMON else BrandNumbers(firms, firms, 0)

    def figures(self, brand: str) -> dict[str, Figure]:
        """As a BrandBook gives them."""
        found = self.numbers(brand)
        values = {"presence": found.presence, "expansion": found.reach, "growth": found.growth}
        return {
            name: replace(count(value or 0, QueryRef(brand, "s", value or 0)), value=_decimal(value))
            for name, value in values.items()
        }


def _decimal(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def brands(firms: Mapping[str, int]):
    """What a setting asks for brands."""
    return lambda asked: Book(firms)


SETTING = Setting(
    city="411000",
    as_of=date(2019, 5, 1),
    coverage=COVERAGE,
    region_firms=Figure(Decimal(71), "家", "count", evidence=(AssumptionRef("plan.toml", 3),)),
    brand_counts=brands({}),
)


def points(target) -> dict[str, Decimal]:
    return {item.name: item.points for item in target.contributions}


def test_every_contribution_follows_from_its_figure():
    """The points of one firm, each computed by hand from the shipped weights."""
    firm = {"stock_code": "600001.SH", "honours": ["小巨人"], "capital": 1e9, "founded": date(2014, 5, 2)}
    (target,) = rank("电力装备", [NEED], table(firm), replace(SETTING, brand_counts=brands({"甲乙": 2})))
    distance = points(target).pop("distance")
    assert {name: value for name, value in points(target).items() if name != "distance"} == {
        "fit": Decimal("19.20"),
        "products": Decimal("4.00"),
        "need": Decimal("5.33"),
        "capability": Decimal("6.00"),
        "supplier": Decimal("0.00"),
        "presence": Decimal("8.00"),
        "expansion": Decimal("1.00"),
        "growth": Decimal("0.00"),
        "partners": Decimal("0.00"),
        "region_firms": Decimal("0.71"),
        "programmes": Decimal("0.00"),
        "listed": Decimal("2.00"),
        "honours": Decimal("1.00"),
        "capital": Decimal("8.00"),
        "experience": Decimal("0.40"),
    }
    assert Decimal(1) < distance < Decimal("1.3")


def test_the_score_is_the_sum_of_the_points():
    """Nothing else enters."""
    (target,) = rank("电力装备", [NEED], table({}), SETTING)
    assert target.score == sum(points(target).values())


def test_unknown_is_shown_and_adds_nothing():
    """A firm of which little is known keeps its unknown figures, with the row that does not say."""
    (target,) = rank("电力装备", [NEED], table({"capital": None, "founded": None}), SETTING)
    unknown = {item.name: (item.points, item.figure.value) for item in target.contributions}
    assert [unknown[name] for name in ("capital", "experience", "listed", "honours")] == [
        (Decimal(0), None)
    ] * 4


def test_a_firm_of_another_trade_is_no_target():
    """Size, honours and nearness do not make up for the trade."""
    assert rank("电力装备", [NEED], table({"industry": "1499", "capital": 1e10}), SETTING) == []


def test_a_firm_appears_once_at_its_best_node():
    """Two nodes share a code; the firm stands where it scores highest."""
    scarce = replace(NEED, node="开关", quotient=replace(QUOTIENT, value=Decimal(0)))
    found = rank("电力装备", [NEED, scarce], table({}), SETTING)
    assert [(target.firm.firm_id, target.node) for target in found] == [("f1", "开关")]


def test_a_common_brand_is_no_sign_of_a_group():
    """A brand that many firms share is unknown, and adds nothing."""
    (target,) = rank("电力装备", [NEED], table({}), replace(SETTING, brand_counts=brands({"甲乙": 21})))
    presence = next(item for item in target.contributions if item.name == "presence")
    assert (presence.points, presence.figure.value) == (Decimal(0), None)


def test_equal_scores_are_ordered_by_id():
    """The same input gives the same list."""
    found = rank("电力装备", [NEED], table({"firm_id": "b"}, {"firm_id": "a"}), SETTING)
    assert [target.firm.firm_id for target in found] == ["a", "b"]


def test_a_node_that_may_be_well_supplied_is_not_needed():
    """Scarcity counts by the upper end of the interval: a wide one is no evidence of a gap."""
    unsure = replace(NEED, quotient=replace(QUOTIENT, value=Decimal(0), low=Decimal(0), high=Decimal(3)))
    (target,) = rank("电力装备", [unsure], table({}), SETTING)
    assert points(target)["need"] == 0


def test_no_candidates_no_targets():
    """An empty source is an empty list."""
    assert rank("电力装备", [NEED], table(), SETTING) == []


def test_evidence_leads_to_the_row():
    """What was read of the firm opens at its source row."""
    (target,) = rank("电力装备", [NEED], table({}), SETTING)
    capital = next(item.figure for item in target.contributions if item.name == "capital")
    assert (capital.value, capital.evidence) == (Decimal(50_000_000), (RecordRef("firms.csv", 2),))


def test_a_firm_that_a_tie_names_needs_only_the_division():
    """Named in a tie and of division 38, it is weighed without fitting; of another division it is not."""
    rows = [
        {"firm_id": "a", "industry": "3899"},
        {"firm_id": "b", "industry": "1499"},
        {"firm_id": "c", "industry": "3899"},
    ]
    invited = table(*rows).append_column("from_tie", pa.array([True, True, False]))
    (target,) = rank("电力装备", [NEED], invited, SETTING)
    assert (target.firm.firm_id, target.firm.origins, points(target)["fit"]) == ("a", ("tie",), 0)


def test_firms_visited_are_left_out():
    """By id or by name; the others keep their order."""
    rows = [{"firm_id": "a"}, {"firm_id": "b", "name": "无锡丙丁电气有限公司"}, {"firm_id": "c"}]
    setting = replace(SETTING, exclude=("a", "无锡丙丁电气有限公司"))
    assert [target.firm.firm_id for target in rank("电力装备", [NEED], table(*rows), setting)] == ["c"]


def test_a_factor_that_is_taken_out_adds_nothing_and_is_still_shown():
    """What if nobody counted the trade? Its points are 0 of 0, and its figure stays."""
    weights = adjust(load_weights(), {"distance": 20}, ["fit"])
    (target,) = rank("电力装备", [NEED], table({}), replace(SETTING, weights=weights))
    fit, distance = (next(i for i in target.contributions if i.name == n) for n in ("fit", "distance"))
    assert (fit.points, fit.most, fit.figure.value, distance.most) == (0, 0, Decimal("0.8"), 20)


def test_size_alone_never_wins():
    """The largest listed firm of a neighbouring trade stands behind a small one that does the very trade."""
    rows = [
        {"firm_id": "large", "industry": "382", "capital": 1e12, "stock_code": "600001.SH", "scope": None},
        {"firm_id": "small", "capital": 1e5},
    ]
    assert [target.firm.firm_id for target in rank("电力装备", [NEED], table(*rows), SETTING)] == [
        "small",
        "large",
    ]


def test_a_firm_far_ahead_is_stable():
    """Shaken a hundred times, a clear first stays first."""
    rows = [
        {"firm_id": "a", "industry_confidence": 1.0, "honours": ["小巨人", "单项冠军"]},
        *({"firm_id": f"b{n}", "industry_confidence": 0.2, "scope": None} for n in range(5)),
    ]
    found = rank("电力装备", [NEED], table(*rows), replace(SETTING, draws=100), top=2)
    first = found[0].stability
    assert first is not None
    assert (first.share, first.low, first.high) == (1.0, 1, 1)


def test_draws_are_the_same_every_time():
    """The same question has the same answer."""
    setting = replace(SETTING, draws=50)
    rows = [{"firm_id": f"f{n}", "capital": 10.0**n, "industry_confidence": 1 - n / 20} for n in range(4, 10)]
    once, again = (rank("电力装备", [NEED], table(*rows), setting, top=3) for _ in range(2))
    assert once == again


NAMES = ["苏州甲乙电气有限公司", "无锡丙丁电气有限公司", "杭州戊己电气有限公司", "合肥庚辛电气有限公司"]


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(NAMES), st.floats(0.05, 1), st.floats(1e6, 1e10)), min_size=1, max_size=12
    ),
    st.dictionaries(st.sampled_from(["甲乙", "丙丁", "戊己", "庚辛"]), st.integers(0, 25)),
    st.integers(1, 5),
)
def test_the_short_list_is_the_head_of_the_whole_ranking(firms, numbers, top):
    """Looking up brands only for firms that can still win loses none that would."""
    rows = [
        {"firm_id": f"f{i:02}", "name": name, "industry_confidence": confidence, "capital": capital}
        for i, (name, confidence, capital) in enumerate(firms)
    ]
    setting = replace(SETTING, brand_counts=brands(numbers))
    every: pa.Table = table(*rows)
    whole = rank("电力装备", [NEED], every, setting, top=len(rows))
    assert rank("电力装备", [NEED], every, setting, top=top) == whole[:top]
