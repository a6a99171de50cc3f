"""Tables whose heads name the unit."""

from dataclasses import replace

from liandong.facts import Ground, Kind, extract, verify
from tests.facts.sample import page
from tests.facts.test_extract import bound

TRADES = (
    "2024年全市重点产业运行情况\n单位:亿元\n"
    "产业\t产值\t同比增长(%)\t企业数(家)\n"
    "电力装备\t580\t12.3\t86\n"
    "新材料\t1,204.5\t-3.1\t102\n"
)
COUNTIES = "各县市区招商情况\n县市区\t签约项目(个)\t到位资金/亿元\n长葛市\t38\t61.2\n鄢陵县\t22\t—\n"


def test_a_unit_in_the_head_holds_for_the_cells():
    """产值(亿元) and 单位:亿元 above; growth takes the measure to its left; a dash is no number."""
    assert bound(TRADES) == [
        ("许昌", "电力装备产值", "58000000000", "元"),
        ("许昌", "电力装备产值增速", "12.3", "%"),
        ("许昌", "电力装备企业数", "86", "家"),
        ("许昌", "新材料产值", "120450000000", "元"),
        ("许昌", "新材料产值增速", "-3.1", "%"),
        ("许昌", "新材料企业数", "102", "家"),
    ]


def test_a_row_of_a_place_is_the_places():
    """县市区 says whose the figures of a row are."""
    assert bound(COUNTIES, published=None) == [
        ("长葛", "签约项目", "38", "个"),
        ("长葛", "到位资金", "6120000000", "元"),
        ("鄢陵县", "签约项目", "22", "个"),
    ]


def test_the_unit_is_grounded_in_the_head():
    """basis.unit names the characters of the head; the quote is the row up to the cell; the year is above."""
    given = page(TRADES)
    fact = next(f for f in extract(given) if f.value == "86")
    ground = fact.basis["unit"]
    assert (ground.how, given.raw[ground.start : ground.end]) == ("carried", "家")
    assert (fact.quote, fact.value_text, fact.period) == ("电力装备\t580\t12.3\t86", "86", "2024")


def test_the_unit_of_another_column_is_refused():
    """A cell cannot take its neighbour's unit, value or indicator."""
    given = page(TRADES)
    facts = [f for f in extract(given) if f.kind is not Kind.META]
    rate, count = facts[1], facts[2]
    head = given.raw.index("(家)") + 1
    moved = {**rate.basis, "unit": Ground("carried", head, head + 1)}
    assert verify(replace(rate, unit="家", basis=moved, id="").but(), given) == ("unit: the page reads %",)
    assert verify(rate.but(value="12.4"), given) == ("value: the page reads 12.3",)
    assert verify(rate.but(indicator=count.indicator), given) != ()


def test_lines_without_a_head_are_no_table():
    """Rows of numbers alone, and tabs in a list, give nothing."""
    assert bound("580\t12.3\n590\t13\n产业企业项目招商\n") == []
