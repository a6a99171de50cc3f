from datetime import date

import numpy as np
import pytest

from liandong.targets import features
from tests.targets.firms import table


def test_fit_is_confidence_times_match():
    """A class under the node's code matches in full, a group above it by half, a division by a quarter."""
    firms = table(
        {"industry": "3821"},
        {"industry": "382"},
        {"industry": "38"},
        {"industry": "2710"},
        {"industry": None},
    )
    assert features.fit(firms, ["3821"]).tolist() == [0.8, 0.4, 0.2, 0.0, 0.0]


def test_a_group_of_the_node_takes_its_classes():
    """A node given as a group is met by every class under it."""
    assert features.fit(table({"industry": "3829"}), ["382"]).tolist() == [0.8]


def test_fit_of_an_unknown_confidence_is_nothing():
    """Without confidence there is no fit to speak of."""
    assert features.fit(table({"industry_confidence": None}), ["3821"]).tolist() == [0.0]


def test_product_words_are_looked_for_in_name_products_and_scope():
    """Each word counts once, wherever it stands."""
    firms = table({"products": "变压器、开关", "scope": "变压器制造"}, {"products": None, "scope": None})
    assert features.products(firms, ["变压器", "开关", "电气"]).tolist() == [3.0, 1.0]


def test_a_node_without_words_leaves_products_unknown():
    """Nothing asked, nothing known."""
    assert np.isnan(features.products(table({}), [])).all()


def test_an_unlisted_firm_is_unknown_not_unlisted():
    """A registry without stock codes cannot say that a firm is not listed."""
    assert np.array_equal(
        features.listed(table({"stock_code": "000400.SZ"}, {})), [1.0, np.nan], equal_nan=True
    )


def test_honours_are_counted_where_known():
    """No list is unknown, an empty list is none."""
    firms = table({"honours": ["单项冠军", "小巨人"]}, {"honours": []}, {"honours": None})
    assert np.array_equal(features.honours(firms), [2.0, 0.0, np.nan], equal_nan=True)


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        (date(2000, 2, 29), date(2019, 2, 28), 18),
        (date(2000, 2, 29), date(2019, 3, 1), 19),
        (date(2019, 1, 1), date(2019, 1, 1), 0),
    ],
)
def test_only_completed_years_count(start: date, end: date, years: int):
    """A year counts once its anniversary is reached."""
    assert features.whole_years(start, end) == years


def test_the_distance_from_suzhou_to_xuchang():
    """About 650 km as the crow flies; the points are the prefectures' own."""
    assert 600 < features.kilometres("320500", "411000") < 720


def test_distance_is_symmetric_and_zero_at_home():
    """A metric."""
    assert (
        features.kilometres("411000", "411000"),
        features.kilometres("320500", "411000") == features.kilometres("411000", "320500"),
    ) == (0.0, True)


def test_an_unknown_place_has_no_distance():
    """Unknown is not near."""
    assert np.isnan(features.distance(table({"prefecture": None}), "411000")).all()


def test_a_partner_is_found_by_its_name():
    """The tie names a firm, the registry has its full name."""
    firms = table({"name": "国泰海通证券股份有限公司"}, {})
    assert features.named(firms, ["国泰海通"]).tolist() == [1.0, 0.0]
