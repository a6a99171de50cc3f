from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from liandong.economy import Panel, PanelError


def long_table(rows: list[tuple[str | None, str | None, int | None]]) -> pa.Table:
    regions, industries, firms = zip(*rows, strict=True)
    return pa.table({"region": regions, "industry": industries, "firms": firms})


def test_long_table_becomes_a_sorted_panel():
    """Labels come out sorted, an absent pair is 0, a null count is unknown, unplaced rows belong nowhere."""
    panel = Panel.from_table(
        long_table(
            [("B", "3821", 2), ("A", "3831", 3), ("A", "3821", None), (None, "3821", 9), ("A", None, 9)]
        )
    )
    assert (panel.regions, panel.industries) == (("A", "B"), ("3821", "3831"))
    np.testing.assert_array_equal(panel.values, [[np.nan, 3], [2, 0]])


def test_absent_pairs_can_be_unknown():
    """Where not every pair was counted, an absent pair is NaN."""
    panel = Panel.from_table(long_table([("A", "3821", 1), ("B", "3831", 1)]), absent=np.nan)
    np.testing.assert_array_equal(panel.values, [[1, np.nan], [np.nan, 1]])


def test_pair_twice_is_refused():
    """A region and industry that stand twice are named."""
    with pytest.raises(PanelError) as caught:
        Panel.from_table(long_table([("A", "3821", 1), ("A", "3821", 2)]))
    assert (caught.value.region, caught.value.industry) == ("A", "3821")
    assert caught.value.text("en") == "A × 3821: the pair stands twice."


def test_missing_column_is_refused():
    """A table without the count column says which column is missing."""
    with pytest.raises(PanelError) as caught:
        Panel.from_table(pa.table({"region": ["A"], "industry": ["3821"]}))
    assert caught.value.text("en") == 'the column "firms" is missing.'


@pytest.mark.parametrize("bad", [-1.0, np.inf])
def test_negative_and_infinite_values_are_named(bad: float):
    """The first value that is no amount is named by region and industry."""
    with pytest.raises(PanelError) as caught:
        Panel(("A", "B"), ("3821", "3831"), np.array([[1, 2], [bad, 4]]))
    assert (caught.value.region, caught.value.industry) == ("B", "3821")


@pytest.mark.parametrize(("regions", "industries"), [(("A", "A"), ("x", "y")), (("A", "B"), ("x", "x"))])
def test_repeated_labels_are_refused(regions: tuple[str, ...], industries: tuple[str, ...]):
    """A label stands once."""
    with pytest.raises(PanelError):
        Panel(regions, industries, np.ones((2, 2)))


def test_shape_must_fit_the_labels():
    """Values of another shape than the labels are refused."""
    with pytest.raises(PanelError):
        Panel(("A",), ("x",), np.ones((2, 2)))


def test_unknown_label_is_refused():
    """Asking for a region or industry outside the panel is an error that names it."""
    panel = Panel(("A",), ("x",), np.ones((1, 1)))
    with pytest.raises(PanelError) as caught:
        panel.row("Z")
    assert caught.value.region == "Z"
    assert (panel.row("A"), panel.column("x")) == (0, 0)


def test_classes_sum_to_groups_and_divisions():
    """Coarsening adds up a prefix; an unknown class makes its group unknown; short codes drop out."""
    panel = Panel(("A", "B"), ("38", "3821", "3823", "3831"), np.array([[9, 1, 2, 4], [9, 1, np.nan, 3]]))
    group = panel.coarsen("group")
    assert group.industries == ("382", "383")
    np.testing.assert_array_equal(group.values, [[3, 4], [np.nan, 3]])
    np.testing.assert_array_equal(panel.coarsen("division").values, [[16], [np.nan]])


def test_a_union_counts_each_member_once():
    """A class named twice in a union is counted once, a class outside the panel adds nothing."""
    panel = Panel(("A",), ("3821", "3823"), np.array([[1, 2]]))
    np.testing.assert_array_equal(
        panel.unions({"n": ["3821", "3821", "3823", "0000"], "none": []}).values, [[3, 0]]
    )
