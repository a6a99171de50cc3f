"""The backtest, on a small past whose future is known."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from liandong.registry.groups import EXPANSIONS
from liandong.targets import load_weights
from liandong.targets.backtesting import BASELINES, Window, arrivals, backtest, scorer, unobserved
from liandong.targets.learning import learn
from liandong.targets.past import FEATURES, looks_ahead, past
from liandong.targets.weights import MOST_SIZE
from liandong.workspace.backtesting import windows

DAY, UNTIL = date(2010, 1, 1), date(2015, 1, 1)
SOURCES, PROVINCE, CITY = ("320000",), "410000", "411000"
SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("firm_id", "name", "province", "prefecture", "industry")),
        *((name, pa.string()) for name in ("brand", "form", "branch")),
        ("founded", pa.date32()),
        ("capital", pa.float64()),
    ]
)


def firm(number: int, **changes: object) -> dict[str, object]:
    """A maker of transformers in Suzhou with a brand of its own, larger the higher its number."""
    return {
        "firm_id": f"p{number:03}",
        "name": f"苏州牌{number}电气有限公司",
        "province": "320000",
        "prefecture": "320500",
        "industry": "3821",
        "brand": f"牌{number}",
        "form": "有限公司",
        "branch": None,
        "founded": date(2000, 1, 1),
        "capital": 1e6 * (number + 1),
        **changes,
    }


def here(number: int, **changes: object) -> dict[str, object]:
    """A maker of transformers in Xuchang."""
    place = {
        "firm_id": f"c{number:03}",
        "province": PROVINCE,
        "prefecture": CITY,
        "founded": date(2012, 5, 1),
    }
    return firm(number, **{**place, **changes})


def came(parent: int, *, day: date = date(2012, 5, 1), kind: str = "production", confidence: float = 0.8):
    """The expansion of a firm to Xuchang."""
    return {
        "parent": f"p{parent:03}",
        "child": f"c{parent:03}",
        "brand": f"牌{parent}",
        "trade": None,
        "founded": day,
        "parent_founded": date(2000, 1, 1),
        "parent_place": "320500",
        "place": CITY,
        "places": ["320500", CITY],
        "kind": kind,
        "basis": "brand",
        "confidence": confidence,
    }


def table(*rows: dict[str, object]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=SCHEMA)


def moves(*rows: dict[str, object]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=EXPANSIONS)


FIRMS = table(*(firm(n) for n in range(200)), here(199), here(150), *(here(n + 500) for n in range(9)))
WINDOW = Window(DAY, UNTIL)


def test_only_what_was_there_is_known():
    """Firms founded on the day or later, and those of unknown date, are not in the past."""
    firms = table(firm(1), firm(2, founded=DAY), firm(3, founded=None), firm(4, founded=date(2009, 12, 31)))
    known = past(firms, DAY, SOURCES, PROVINCE)
    assert known.firms["firm_id"].to_pylist() == ["p001", "p004"]


def test_candidates_are_makers_whose_brand_can_be_followed():
    """Traders, branches, firms without brand and firms elsewhere are not in the race."""
    firms = table(
        firm(1),
        firm(2, industry="5171"),
        firm(3, branch="分公司"),
        firm(4, brand=None),
        firm(5, province="440000", prefecture="440100"),
        firm(6, name="苏州牌6电气有限公司经营部"),
        *(firm(n, brand="常用") for n in range(10, 80)),
    )
    known = past(firms, DAY, SOURCES, PROVINCE)
    assert known.firms["firm_id"].take(pa.array(known.candidates)).to_pylist() == ["p001"]


def test_features_are_those_of_the_day():
    """Presence, expansion and growth count bearers of the brand before the day; age is in whole years."""
    firms = table(
        firm(1),
        here(1, founded=date(2008, 5, 1)),
        here(1, firm_id="c900", founded=date(2012, 5, 1)),
        firm(1, firm_id="p900", prefecture="320200", founded=date(2001, 5, 1)),
    )
    found = past(firms, DAY, SOURCES, PROVINCE).features(CITY)
    assert {name: found[name].tolist() for name in ("presence", "expansion", "growth", "experience")} == {
        "presence": [1, 1],
        "expansion": [3, 3],
        "growth": [1, 1],
        "experience": [10, 8],
    }


def test_features_do_not_look_ahead():
    """Every feature of the score is the same with and without the firms that came later."""
    for name in FEATURES:
        measure = lambda firms, name=name: past(firms, DAY, SOURCES, PROVINCE).features(CITY)[name]  # noqa: E731
        assert not looks_ahead(measure, FIRMS, DAY), name


def test_a_planted_leak_is_caught():
    """A feature that counts all firms of a brand in the province, whenever founded, knows the future."""

    def leak(firms: pa.Table) -> np.ndarray:
        arrived = {
            brand
            for brand, place in zip(firms["brand"].to_pylist(), firms["province"].to_pylist(), strict=True)
            if place == PROVINCE
        }
        known = past(firms, DAY, SOURCES, PROVINCE)
        brands = known.firms["brand"].take(pa.array(known.candidates)).to_pylist()
        return np.array([brand in arrived for brand in brands], dtype=float)

    assert looks_ahead(leak, FIRMS, DAY)


def test_arrivals_stand_where_the_way_puts_them():
    """The largest of two hundred is in the first percent by size; the fiftieth from the top is not."""
    known = past(FIRMS, DAY, SOURCES, PROVINCE)
    found = arrivals(known, moves(came(199), came(150)), UNTIL, {"biggest": BASELINES["biggest"]})
    assert [(each.city, each.candidates, each.weight, each.inside["biggest"]) for each in found] == [
        (CITY, 200, 0.8, (1.0, 1.0, 1.0)),
        (CITY, 200, 0.8, (0.0, 0.0, 1.0)),
    ]
    assert [round(each.above["biggest"], 3) for each in found] == [1.0, round(150 / 199, 3)]


def test_ties_are_drawn_at_random():
    """Where all stand alike, one percent of two hundred has one chance in a hundred."""
    known = past(FIRMS, DAY, SOURCES, PROVINCE)
    (found,) = arrivals(known, moves(came(7)), UNTIL, {"random": BASELINES["random"]})
    assert (found.inside["random"], found.above["random"]) == ((0.01, 0.05, 0.5), 0.5)


def test_only_production_in_the_window_counts():
    """Sales offices, earlier and later firms, and parents that were no candidates are left out."""
    known = past(FIRMS, DAY, SOURCES, PROVINCE)
    others = moves(
        came(1, kind="sales"),
        came(2, day=date(2009, 12, 31)),
        came(3, day=UNTIL),
        came(700),
    )
    assert arrivals(known, others, UNTIL, BASELINES) == []


def test_the_backtest_reports_lift_over_baselines():
    """A way that knows who came has the greatest lift there is; the ratio is over the best single factor."""

    def prophet(known, city):
        ids = known.firms["firm_id"].take(pa.array(known.candidates)).to_pylist()
        return np.array([each in ("p150", "p199") for each in ids], dtype=float)

    found = backtest(
        FIRMS, moves(came(199), came(150)), [WINDOW], {"prophet": prophet}, sources=SOURCES, province=PROVINCE
    )
    by_way = {each.way: each for each in found.performances}
    assert (found.expected, found.best_factor) == (1.6, "biggest")
    assert [by_way[name].lift_1.value for name in ("prophet", "biggest", "random")] == [100.0, 50.0, 1.0]
    assert (found.ratio.value, by_way["prophet"].auc.value) == (2.0, pytest.approx(1 - 0.5 / 199))
    assert found.by_city()[CITY]["prophet"] == 1.0
    assert found.unobserved == (2010, 2011, 2013, 2014)


def test_missing_years_are_unobserved():
    """Only 2012 has firms of the province: the other years of the window say nothing."""
    assert unobserved(FIRMS, PROVINCE, [WINDOW]) == (2010, 2011, 2013, 2014)


def test_windows_lie_over_observed_years():
    """Runs of years, at most five long, broken where the province has no firm."""
    years = [2000, 2001, 2002, 2003, 2004, 2005, 2008, 2012]
    firms = table(*(here(n, founded=date(year, 5, 1)) for n, year in enumerate(years)))
    assert [(w.day.year, w.until.year) for w in windows(firms, PROVINCE, 2000, 2010)] == [
        (2000, 2005),
        (2005, 2006),
        (2008, 2009),
    ]


def test_weights_are_learnt_within_their_form():
    """Where only the large came, size earns points, up to its cap; the sum and the other weights stay."""
    weights = load_weights()
    found = learn(
        weights,
        FIRMS,
        moves(*(came(n) for n in range(185, 200))),
        [WINDOW],
        sources=SOURCES,
        province=PROVINCE,
    )
    learnt = found.weights
    total = sum(weight.points for weight in learnt.values())
    assert (found.arrivals, round(found.expected, 1)) == (15, 12.0)
    assert {name: learnt[name] for name in weights if name not in FEATURES} == {
        name: weight for name, weight in weights.items() if name not in FEATURES
    }
    assert total == pytest.approx(100, abs=0.1)
    assert found.coefficients["capital"] == max(found.coefficients.values())
    assert learnt["capital"].points + learnt["listed"].points <= MOST_SIZE * 100
    assert learnt["capital"].uncertainty > 0


def test_a_score_of_the_past_is_a_sum_of_points():
    """The scorer adds what the weights give each feature."""
    weights = load_weights()
    known = past(FIRMS, DAY, SOURCES, PROVINCE)
    values = known.features(CITY)
    assert scorer(weights)(known, CITY).tolist() == pytest.approx(
        [sum(float(weights[name].apply(values[name][n : n + 1])[0]) for name in FEATURES) for n in range(200)]
    )


def test_nothing_to_report_is_said():
    """No arrival, no number."""
    with pytest.raises(ValueError, match="nobody came"):
        backtest(FIRMS, moves(), [WINDOW], {}, sources=SOURCES, province=PROVINCE)
