from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liandong.economy import (
    Linkages,
    PanelError,
    allocation_coefficients,
    downstreamness,
    extraction,
    leontief_inverse,
    power_series,
    propagation_length,
    pull,
    technical_coefficients,
    upstreamness,
)
from liandong.reference import linkages as reference


def table(seed: int, size: int = 6) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    flows = random.integers(0, 100, (size, size)).astype(float)
    return flows, np.maximum(flows.sum(axis=0), flows.sum(axis=1)) + random.integers(1, 200, size)


@pytest.fixture(scope="module")
def national() -> tuple[np.ndarray, np.ndarray]:
    return np.array(reference.flows()), np.array([float(s.output) for s in reference.sectors()])


def test_rows_and_columns_of_2020_are_the_outputs(national: tuple[np.ndarray, np.ndarray]):
    """Deliveries and final use less imports, and inputs and value added, are the output, but for the
    rounding of the printed cells (0.5 yuan each).
    """
    flows, output = national
    sectors = reference.sectors()
    use = np.array([s.final_use - s.imports for s in sectors])
    added = np.array([s.value_added for s in sectors])
    rounding = 0.5e-4 * (flows.shape[0] + 2)
    for one, other in (
        (flows.sum(axis=1), np.array([s.intermediate_use for s in sectors])),
        (flows.sum(axis=0), np.array([s.intermediate_input for s in sectors])),
        (flows.sum(axis=1) + use, output),
        (flows.sum(axis=0) + added, output),
    ):
        assert np.abs(one - other).max() <= rounding


def test_inverse_of_2020_reproduces_its_accounts(national: tuple[np.ndarray, np.ndarray]):
    """L f = x, v L = 1 for value added a unit, and value added equals final use less imports."""
    flows, output = national
    inverse = leontief_inverse(technical_coefficients(flows, output))
    final = output - flows.sum(axis=1)
    added = (output - flows.sum(axis=0)) / output
    np.testing.assert_allclose(inverse @ final, output, rtol=1e-11)
    np.testing.assert_allclose(added @ inverse, 1, rtol=1e-12)
    assert added @ output == pytest.approx(final.sum(), rel=1e-14)


def test_inverse_of_2020_equals_its_power_series(national: tuple[np.ndarray, np.ndarray]):
    """Rounds of supply add up to the inverse."""
    a = technical_coefficients(*national)
    np.testing.assert_allclose(power_series(a), leontief_inverse(a), atol=1e-9)


def test_mean_linkage_of_2020_is_the_same_both_ways(national: tuple[np.ndarray, np.ndarray]):
    """Backward linkages weighted by final use and forward ones weighted by value added are both total
    output.
    """
    flows, output = national
    found = pull(flows, output)
    assert found.backward @ (output - flows.sum(axis=1)) == pytest.approx(output.sum())
    assert found.forward @ (output - flows.sum(axis=0)) == pytest.approx(output.sum())
    assert (found.power.mean(), found.sensitivity.mean()) == (pytest.approx(1), pytest.approx(1))


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_ghosh_and_leontief_are_similar(seed: int):
    """B = x̂⁻¹ A x̂, so their inverses are too, and lengths of propagation agree."""
    flows, output = table(seed)
    a, b = technical_coefficients(flows, output), allocation_coefficients(flows, output)
    np.testing.assert_allclose(b, a * output[None, :] / output[:, None])
    np.testing.assert_allclose(propagation_length(a), propagation_length(b), rtol=1e-6)


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_upstreamness_counts_its_stages(seed: int):
    """U_i = 1 + Σ_j b_ij U_j, D_j = 1 + Σ_i a_ij D_i, neither below 1; net exports are taken out of the
    supply.
    """
    flows, output = table(seed)
    up, down = upstreamness(flows, output), downstreamness(flows, output)
    np.testing.assert_allclose(up, 1 + allocation_coefficients(flows, output) @ up)
    np.testing.assert_allclose(down, 1 + technical_coefficients(flows, output).T @ down)
    assert min(up.min(), down.min()) >= 1
    sold = output - flows.sum(axis=1)
    away = upstreamness(flows, output, net_exports=sold / 4, inventories=sold / 4)
    assert (away >= up - 1e-9).all()


def test_a_chain_has_its_own_lengths():
    """Steel goes into parts, parts into cars: 1 and 2 steps, and stages from final use 3, 2, 1."""
    flows = np.array([[0.0, 10, 0], [0, 0, 10], [0, 0, 0]])
    output = np.array([10.0, 10, 20])
    np.testing.assert_allclose(upstreamness(flows, output), [3, 2, 1])
    length = propagation_length(technical_coefficients(flows, output))
    np.testing.assert_allclose([length[0, 1], length[1, 2], length[0, 2]], [1, 1, 2])
    assert np.isnan(length[2, 0])


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_extraction_costs_at_least_the_own_inputs(seed: int):
    """No output rises when a sector is cut off; cutting all together off cuts nothing."""
    flows, output = table(seed)
    if (output - flows.sum(axis=1) < 0).any():
        return
    lost = extraction(flows, output, [1, 3])
    assert (lost >= -1e-9).all()
    np.testing.assert_allclose(extraction(flows, output, list(range(6))), 0, atol=1e-9)


def test_series_of_an_unproductive_table_is_refused():
    """Where inputs use up the output the rounds never end."""
    with pytest.raises(PanelError):
        power_series(np.array([[1.0]]), terms=500)


def test_links_between_industries_follow_their_sectors():
    """A division of several sectors is all of them; between two classes the sectors' coefficient stands."""
    national = Linkages.national()
    found = national.between(["38", "3821", "6621"])
    one = national.link(["3821"], ["6621"])
    assert found.shape == (3, 3)
    assert one.direct is not None
    assert found[1, 2] == pytest.approx(one.direct)
    assert not np.isnan(found[0]).any()


def test_links_of_an_unknown_industry_are_unknown():
    """Without a sector there is no coefficient, in either direction."""
    found = Linkages("a", np.array([[1.0]]), np.array([2.0]), {"38": "a"}.get).between(["38", "99"])
    np.testing.assert_array_equal(found, [[0.5, np.nan], [np.nan, np.nan]])
