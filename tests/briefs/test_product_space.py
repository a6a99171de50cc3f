"""The product space of a paper: which industries are drawn, where they stand, what its figures say."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from liandong.briefs import product_space
from liandong.briefs.product_space import space_blocks
from liandong.economy import Panel
from liandong.figures import Coverage, QueryRef

QUERY = QueryRef("SELECT 1", "s", 9)
COVERAGE = Coverage("firms")
PANEL = Panel(
    ("a", "b", "c", "d"),
    ("382", "292", "309", "351", "131"),
    np.array([[4, 3, 0, 0, 0], [4, 2, 1, 0, 0], [0, 0, 5, 4, 0], [0, 0, 0, 0, 7]], dtype=float),
)


def test_present_industries_are_those_with_a_quotient_of_at_least_one():
    """City a has 382 and 292 above average, and no others; the figures say so."""
    found = product_space(PANEL, "a", QUERY, COVERAGE)
    assert {place.code for place in found.places if place.present} == {"382", "292"}
    assert (found.total.value, found.present.value) == (5, 2)


def test_only_the_part_that_hangs_together_is_drawn():
    """131 goes with no other industry: it is left out and counted."""
    found = product_space(PANEL, "a", QUERY, COVERAGE)
    assert "131" not in {place.code for place in found.places}
    assert found.left_out == 5 - len(found.places)
    assert {code for edge in found.edges for code in edge} <= {place.code for place in found.places}


def test_city_without_data_has_no_picture():
    """Nothing is drawn for a city that the panel does not know."""
    assert product_space(PANEL, "x", QUERY, COVERAGE) is None
    assert space_blocks(None, "zh") == []


@settings(max_examples=30, deadline=None)
@given(st.integers(4, 14), st.integers(4, 14), st.integers(0, 2**32 - 1))
def test_places_are_finite_apart_and_the_same_each_time(regions, industries, seed):
    """Any panel of counts gives one drawing: finite places, no two industries on one spot."""
    values = np.random.default_rng(seed).poisson(1.5, (regions, industries)).astype(float)
    values[:, 0] += 1
    panel = Panel(
        tuple(f"r{i}" for i in range(regions)), tuple(f"{i:03d}" for i in range(industries)), values
    )
    found = product_space(panel, "r0", QUERY, COVERAGE)
    at = [(place.x, place.y) for place in found.places]
    assert np.isfinite(np.array(at)).all()
    assert len({(round(x, 6), round(y, 6)) for x, y in at}) == len(at)
    again = product_space(panel, "r0", QUERY, COVERAGE)
    assert again.places == found.places
