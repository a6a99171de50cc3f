from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from liandong.errors import InputError, InputErrors
from liandong.examples import xuchang
from liandong.figures import DerivedRef, RecordRef
from liandong.siting import (
    break_evens,
    compare,
    read_landing,
    swings,
    write_comparison,
    write_landing_template,
)
from liandong.siting.sensitivity import again, changed


@pytest.fixture(name="example")
def fixture_example():
    return read_landing(xuchang.LANDING)


def test_totals_are_quantity_times_price(example):
    """Land, moving less a lawful incentive are paid once; power, wages and freight every year."""
    first = example.parks[0]
    assert first.once.value == 80 * 200000 + 3000000 - 2000000
    assert first.yearly.value == Decimal("12000000") + 200 * 70000 + 30000 * 40
    assert (first.once.measure, first.yearly.measure) == ("落地一次性支出", "年运行支出")


def test_unreviewed_incentive_counts_for_nothing(example):
    """An incentive nobody has recorded as lawful is listed as refused and is no income."""
    second = example.parks[1]
    assert [line.name for line in second.refused] == ["设备补助"]
    assert second.once.value == 80 * 240000 + 2800000


def test_blanks_make_totals_partial_and_decide_nothing(example):
    """Prices a park has not given are blanks there; its totals are partial and no park is called cheapest."""
    third = example.parks[2]
    assert [line.name for line in third.blanks] == ["设备搬迁", "峰段", "平段", "谷段", "示例客户"]
    assert (third.partial(yearly=False), third.partial(yearly=True)) == (True, True)
    assert (third.power_on.value, third.once.value) == (None, 80 * 220000)
    assert (example.cheapest(yearly=False), example.cheapest(yearly=True)) == (None, None)


def test_whole_totals_name_the_cheapest(example):
    """Between two parks without blanks the lesser total wins, for each measure by itself."""
    lines = [line for park in example.parks[:2] for line in park.lines]
    both = compare("x", lines)
    assert (both.cheapest(yearly=False), both.cheapest(yearly=True)) == ("许港产业带", "许港产业带")


def test_every_total_opens_at_its_rows(example):
    """A total's evidence leads through quantity × price to the row of each in the file."""
    (derived,) = example.parks[0].once.evidence
    assert isinstance(derived, DerivedRef)
    (inner,) = dict(derived.inputs)["land: 工业用地"].evidence
    rows = [type(figure.evidence[0]) for _, figure in inner.inputs]
    assert rows == [RecordRef, RecordRef]


def test_swing_is_what_a_changed_price_gives(example):
    """The widest swing, recomputed with the price changed, gives the same totals."""
    widest = swings(example)[0]
    park = next(park for park in example.parks if park.park == widest.park)
    line = next(each for each in park.lines if (each.item, each.name) == (widest.item, widest.name))
    lines = [each for other in example.parks for each in other.lines]
    for factor, expected in ((Decimal("0.8"), widest.low), (Decimal("1.2"), widest.high)):
        price = line.price.value * factor
        new = again(example, changed(lines, widest.park, widest.item, widest.name, price))
        found = next(each for each in new.parks if each.park == widest.park)
        assert (found.yearly if widest.yearly else found.once).value == expected


def test_break_even_makes_totals_equal(example):
    """At each break-even price the two parks cost the same."""
    whole = [line for park in example.parks[:2] for line in park.lines]
    both = compare("x", whole)
    found = break_evens(both)
    assert found
    for even in found:
        new = again(both, changed(whole, even.park, even.item, even.name, even.price))
        one, other = (next(p for p in new.parks if p.park == name) for name in (even.park, even.other))
        totals = [(each.yearly if even.yearly else each.once).value for each in (one, other)]
        assert round(totals[0], 6) == round(totals[1], 6)


def test_two_to_five_parks(example):
    """One park is no comparison, six are too many."""
    lines = list(example.parks[0].lines)
    with pytest.raises(InputError, match="two to five"):
        compare("x", lines)
    with pytest.raises(InputError, match="two to five"):
        compare("x", [replace(lines[0], park=str(n)) for n in range(6)])


def test_sheet_shows_blanks_as_unknown(tmp_path: Path, example):
    """The workbook says unknown and partial, never 0, and lists what does not count."""
    path = tmp_path / "cost.xlsx"
    write_comparison(path, example, "en")
    book = load_workbook(path)
    assert book.sheetnames == ["totals", "lines", "sensitivity", "break-even"]
    third = [cell.value for cell in book["totals"][4]]
    assert (third[2], third[4], third[5]) == ("partial", "partial", "unknown")
    counts = {row[8] for row in book["lines"].iter_rows(min_row=2, values_only=True)}
    assert counts == {"yes", "no: not shown to be lawful"}


def test_each_mistake_of_a_sheet_is_named(tmp_path: Path):
    """A price for something nobody uses, and a word for a number, are named with row and column."""
    path = tmp_path / "cost.xlsx"
    write_landing_template(path)
    book = load_workbook(path)
    book["单价"].append(["甲", "土地", "工业用地", "便宜", None, None, None])
    book["单价"].append(["乙", "水费", "自来水", 3, None, None, None])
    book.save(path)
    with pytest.raises(InputErrors) as caught:
        read_landing(path)
    assert [(f.sheet, f.row, f.field) for f in caught.value.faults] == [
        ("单价", 2, "D 单价(元)"),
        ("单价", 3, "C 名称"),
    ]
