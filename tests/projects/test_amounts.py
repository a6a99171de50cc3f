"""Amounts are added only where nothing tells them apart."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.figures import Basis, Figure, IncompatibleFiguresError, RecordRef, Standing, total
from liandong.projects import MEASURES, STANDINGS, UnverifiedError, key_of, require_voucher, totals

figures = st.builds(
    Figure,
    value=st.one_of(st.none(), st.integers(0, 10**12).map(Decimal)),
    unit=st.sampled_from(["元", "人"]),
    measure=st.sampled_from(sorted(MEASURES)),
    standing=st.sampled_from(sorted(STANDINGS)),
    basis=st.builds(Basis, in_year=st.sampled_from([None, "2024", "2025"])),
    currency=st.sampled_from([None, "CNY", "USD"]),
    evidence=st.just((RecordRef("project:1", 1),)),
)


@given(st.lists(figures, max_size=12))
def test_every_amount_is_in_one_total_and_totals_never_mix(found):
    """Totals partition the amounts; the sum of a kind is that of its members, unknown if one is."""
    sums = totals(found)
    assert set(sums) == {key_of(figure) for figure in found}
    for key, figure in sums.items():
        members = [f.value for f in found if key_of(f) == key]
        known = [value for value in members if value is not None]
        assert figure.value == (sum(known, Decimal(0)) if len(known) == len(members) else None)
        assert key_of(figure) == key


@given(figures, figures)
def test_unlike_amounts_cannot_be_added_at_all(one, other):
    """Whoever tries past `totals` is refused."""
    if key_of(one) == key_of(other):
        assert total((one, other)).measure == one.measure
        return
    with pytest.raises(IncompatibleFiguresError):
        total((one, other))


def test_verified_amount_names_its_voucher():
    """Without evidence nothing is verified."""
    with pytest.raises(UnverifiedError):
        require_voucher(Figure(Decimal(1), "元", "总投资", standing=Standing.VERIFIED))
    claimed = Figure(Decimal(1), "元", "总投资", standing=Standing.CLAIMED)
    assert require_voucher(claimed) is claimed
