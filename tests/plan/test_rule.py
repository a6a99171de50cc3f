from __future__ import annotations

import pytest

from liandong.figures import Coverage
from liandong.plan.rule import Advice, Status, advice, is_complete, status


@pytest.mark.parametrize(
    ("firms", "value", "low", "high", "expected"),
    [
        (40, 2.0, 1.5, 2.6, Status.STRONG),
        (4, 6.0, 2.0, 12.0, Status.PRESENT),  # too few to be strong
        (40, 1.1, 0.9, 1.3, Status.PRESENT),
        (400, 0.92, 0.85, 0.98, Status.PRESENT),  # below the average, but hardly
        (40, 0.5, 0.3, 0.7, Status.WEAK),
        (20, 0.75, 0.55, 0.95, Status.WEAK),
        (20, 1.0, 0.6, 1.4, Status.PRESENT),
        (2, 0.9, 0.2, 2.5, Status.UNSURE),  # too wide to say
        (0, 0.1, 0.0, 0.4, Status.MISSING),
        (0, 0.9, 0.1, 2.9, Status.UNSURE),  # not one firm, but none was to be expected
        (None, None, None, None, Status.UNSURE),
    ],
)
def test_status_follows_the_rule(
    firms: int | None, value: float | None, low: float | None, high: float | None, expected: Status
):
    """Each row of the rule, with complete coverage."""
    assert status(firms, value, low, high, complete=True) is expected


def test_incomplete_coverage_never_says_missing():
    """What incomplete data do not show may be there."""
    assert status(0, 0.1, 0.0, 0.4, complete=False) is Status.UNSURE


@pytest.mark.parametrize(
    ("coverage", "complete"),
    [
        (Coverage("a", complete_cells=4, cells=4), True),
        (Coverage("a", complete_cells=3, cells=4), False),
        (Coverage("a"), False),
        (Coverage("a", complete_cells=4, cells=4, notes=("listed_firms_only",)), False),
        (None, False),
    ],
)
def test_coverage_is_complete_only_if_known_to_be(coverage: Coverage | None, complete: bool):
    """Unknown coverage is not complete coverage."""
    assert is_complete(coverage) is complete


@pytest.mark.parametrize(
    ("found", "firms", "supplied_here", "supplies", "expected"),
    [
        (Status.STRONG, 40, False, True, Advice.STRENGTHEN),
        (Status.UNSURE, 2, False, True, Advice.STRENGTHEN),
        (Status.WEAK, 3, False, True, Advice.FILL),
        (Status.MISSING, 0, True, True, Advice.FILL),
        (Status.MISSING, 0, True, False, Advice.EXTEND),
        (Status.UNSURE, 0, True, False, Advice.EXTEND),
        (Status.UNSURE, 0, False, False, Advice.FILL),
        (Status.UNSURE, None, True, True, None),
    ],
)
def test_advice_follows_the_rule(
    found: Status, firms: int | None, supplied_here: bool, supplies: bool, expected: Advice | None
):
    """强链 what is there, 延链 to the end of a chain that is supplied here, 补链 all other gaps."""
    assert advice(found, firms, supplied_here=supplied_here, supplies=supplies) is expected
