from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.economy import Link, Linkages, PanelError, leontief_inverse, technical_coefficients


def table(seed: int, size: int = 6) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    flows = random.integers(0, 100, (size, size)).astype(float)
    return flows, flows.sum(axis=0) + random.integers(1, 200, size)


@given(st.integers(0, 10_000))
def test_inverse_equals_the_power_series(seed: int):
    """(I − A)⁻¹ = I + A + A² + …"""
    a = technical_coefficients(*table(seed))
    series, term = np.eye(6), np.eye(6)
    for _ in range(4000):
        term = term @ a
        series += term
    np.testing.assert_allclose(leontief_inverse(a), series, rtol=1e-6)


@given(st.integers(0, 10_000))
def test_inverse_turns_final_use_into_output(seed: int):
    """Output = L · final use: the table's own accounting identity."""
    flows, output = table(seed)
    final = output - flows.sum(axis=1)
    np.testing.assert_allclose(
        leontief_inverse(technical_coefficients(flows, output)) @ final, output, rtol=1e-8
    )


@given(st.integers(0, 10_000), st.floats(0.01, 1e6))
def test_coefficients_ignore_the_currency_unit(seed: int, factor: float):
    """Yuan or ten thousand yuan: the coefficients are the same."""
    flows, output = table(seed)
    np.testing.assert_allclose(
        technical_coefficients(flows * factor, output * factor), technical_coefficients(flows, output)
    )


def test_link_sums_sectors_once():
    """Two codes of one sector are one supplier; the coefficient weighs the users by their output."""
    flows = np.array([[10.0, 20, 5], [0, 30, 40], [5, 5, 5]])
    output = np.array([100.0, 200, 100])
    linkages = Linkages("abc", flows, output, {"3811": "a", "3812": "a", "38": "b", "40": "c"}.get)
    link = linkages.link(["3811", "3812"], ["38", "40", "99"])
    inverse = leontief_inverse(technical_coefficients(flows, output))
    assert link == Link(
        ("a",),
        ("b", "c"),
        25 / 300,
        pytest.approx((inverse[0, 1] * 200 + inverse[0, 2] * 100) / 300),
        (("a", "b"), ("a", "c")),
    )


def test_code_without_sector_has_no_coefficient():
    """Where the table has no sector the coefficient is unknown, not 0."""
    linkages = Linkages("a", np.array([[1.0]]), np.array([2.0]), {}.get)
    assert linkages.link(["99"], ["98"]) == Link((), (), None, None, ())


def test_unproductive_table_is_refused():
    """A table whose inputs use up more than the output has no economic inverse."""
    with pytest.raises(PanelError):
        leontief_inverse(np.array([[1.2]]))
    with pytest.raises(PanelError):
        leontief_inverse(np.array([[1.0]]))


@pytest.mark.parametrize(
    ("flows", "output"),
    [
        (np.ones((2, 3)), np.ones(2)),
        (np.ones((2, 2)), np.ones(3)),
        (np.array([[np.nan]]), np.ones(1)),
        (np.array([[1.0]]), np.zeros(1)),
    ],
)
def test_bad_tables_are_refused(flows: np.ndarray, output: np.ndarray):
    """Other shapes, unknown cells and inputs without output are errors."""
    with pytest.raises(PanelError):
        technical_coefficients(flows, output)


def test_idle_sector_needs_nothing():
    """A sector without output and inputs has a column of zeros."""
    np.testing.assert_array_equal(
        technical_coefficients(np.array([[1.0, 0], [0, 0]]), np.array([2.0, 0])), [[0.5, 0], [0, 0]]
    )
