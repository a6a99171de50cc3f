from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.figures import (
    Basis,
    Coverage,
    DerivedRef,
    FactRef,
    Figure,
    IncompatibleFiguresError,
    Standing,
    add,
    difference,
    ratio,
    total,
)

ONE = Figure(Decimal(19), "家", "count", basis=Basis(as_of="2025-06"), evidence=(FactRef("a"),))
OTHER = Figure(Decimal(21), "家", "count", basis=Basis(as_of="2025-06"), evidence=(FactRef("b"),))
UNKNOWN = replace(ONE, value=None)


def test_a_sum_keeps_its_inputs_open():
    """The evidence of a sum is the formula with every input as a figure."""
    assert add(ONE, OTHER) == Figure(
        Decimal(40),
        "家",
        "count",
        basis=Basis(as_of="2025-06"),
        evidence=(DerivedRef("x1 + x2", (("x1", ONE), ("x2", OTHER))),),
    )


@pytest.mark.parametrize(
    "other",
    [
        replace(OTHER, unit="个"),
        replace(OTHER, measure="总投资"),
        replace(OTHER, standing=Standing.PLANNED),
        replace(OTHER, basis=Basis(in_year="2025")),
        replace(OTHER, currency="USD"),
    ],
    ids=["unit", "measure", "standing", "basis", "currency"],
)
def test_figures_that_differ_are_never_added(other: Figure):
    """Unit, measure, standing, basis and currency must each agree."""
    with pytest.raises(IncompatibleFiguresError):
        add(ONE, other)
    with pytest.raises(IncompatibleFiguresError):
        difference(ONE, other)


@pytest.mark.parametrize("operation", [add, difference, ratio])
def test_unknown_in_unknown_out(operation):
    """Unknown is not zero."""
    assert [operation(ONE, UNKNOWN).value, operation(UNKNOWN, ONE).value] == [None, None]


def test_a_share_of_nothing_is_unknown():
    """Dividing by zero has no answer, so none is given."""
    assert ratio(ONE, replace(ONE, value=Decimal(0))).value is None


def test_a_ratio_is_dimensionless_or_percent():
    """A quarter is 0.25 or 25 %."""
    quarter = replace(ONE, value=Decimal(1)), replace(ONE, value=Decimal(4), measure="all firms")
    assert [(f.value, f.unit, f.measure) for f in (ratio(*quarter), ratio(*quarter, percent=True))] == [
        (Decimal("0.25"), "", "share"),
        (Decimal(25), "%", "share"),
    ]


def test_a_sum_of_nothing_has_no_unit():
    """No figures, no sum."""
    with pytest.raises(ValueError, match="no figures"):
        total([])


def test_coverage_is_kept_only_where_shared():
    """A sum over different data does not claim the coverage of one of them."""
    pack = Coverage("pack")
    same = [replace(ONE, coverage=pack), replace(OTHER, coverage=pack)]
    mixed = [replace(ONE, coverage=pack), replace(OTHER, coverage=Coverage("list"))]
    assert [total(same).coverage, total(mixed).coverage] == [pack, None]


@given(st.lists(st.integers(-(10**15), 10**15), min_size=1))
def test_a_sum_is_exact_in_any_order(numbers: list[int]):
    """Decimals add without rounding, whatever the order."""
    figures = [replace(ONE, value=Decimal(n)) for n in numbers]
    assert total(figures).value == total(reversed(figures)).value == sum(numbers)
