import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.figures import (
    AssumptionRef,
    Basis,
    Coverage,
    DerivedRef,
    FactRef,
    Figure,
    QueryRef,
    RecordRef,
    Standing,
    count,
    evidence_from_dict,
)

QUERY = QueryRef("SELECT count(*) FROM firms", "s1", 19)
references = st.one_of(
    st.builds(FactRef, st.text()),
    st.builds(RecordRef, st.text(), st.integers(1)),
    st.builds(QueryRef, st.text(), st.text(), st.integers(0)),
    st.builds(AssumptionRef, st.text(), st.integers(1)),
)
numbers = st.none() | st.decimals(allow_nan=False, allow_infinity=False)
dates = st.none() | st.dates().map(str)
coverages = st.none() | st.builds(
    Coverage, st.text(), dates, st.none() | st.integers(0), notes=st.lists(st.text()).map(tuple)
)
plain = st.builds(
    Figure,
    numbers,
    st.text(),
    st.text(),
    standing=st.sampled_from(Standing),
    basis=st.builds(Basis, dates, dates, dates),
    currency=st.none() | st.sampled_from(["CNY", "USD"]),
    coverage=coverages,
    evidence=st.lists(references).map(tuple),
    low=numbers,
    high=numbers,
)
derived = st.builds(
    lambda figure, inputs: figure.with_evidence(DerivedRef("f", tuple(inputs.items()))),
    plain,
    st.dictionaries(st.text(), plain | references, max_size=3),
)


@given(plain | derived)
def test_json_gives_back_the_same_figure(figure: Figure):
    """Nothing of a figure is lost or rounded on its way through JSON."""
    assert Figure.from_dict(json.loads(json.dumps(figure.to_dict()))) == figure


def test_json_has_the_fields_of_the_contract():
    """The contract's fields stand under their names."""
    figure = count(19, QUERY, as_of="2025-06", coverage=Coverage("page", "2025-06-19", 1))
    assert figure.to_dict() == {
        "value": "19",
        "unit": "家",
        "measure": "count",
        "standing": "actual",
        "as_of": "2025-06",
        "basis": {"as_of": "2025-06"},
        "currency": None,
        "coverage": {
            "source": "page",
            "last_date": "2025-06-19",
            "rows": 1,
            "complete_cells": None,
            "cells": None,
            "notes": [],
        },
        "evidence": [
            {"type": "query", "expression": "SELECT count(*) FROM firms", "snapshot": "s1", "rows": 19}
        ],
    }


@pytest.mark.parametrize("value", [1.5, 3, "19"])
def test_a_value_is_a_decimal(value: object):
    """Floats and texts are refused: they would hide rounding or parsing."""
    with pytest.raises(TypeError):
        Figure(value, "家", "count")  # type: ignore[arg-type] # the refusal is what is tested


@pytest.mark.parametrize("value", ["NaN", "Infinity"])
def test_unknown_is_none_not_nan(value: str):
    """A number that is none is refused."""
    with pytest.raises(ValueError, match="unknown is None"):
        Figure(Decimal(value), "家", "count")


def test_unknown_evidence_is_refused():
    """Evidence of a type that nobody can open is no evidence."""
    with pytest.raises(ValueError, match="hearsay"):
        evidence_from_dict({"type": "hearsay"})
