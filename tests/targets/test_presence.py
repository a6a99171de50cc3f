import csv
from datetime import date
from pathlib import Path

import pytest

from liandong.figures import DerivedRef, RecordRef
from liandong.registry import Registry
from liandong.targets import BrandNumbers, brands_in
from liandong.targets.features import brand

FIRMS = (
    ("许昌森源变压器有限公司", "河南", "许昌", "2008-05-01"),
    ("郑州森源酒店有限公司", "河南", "郑州", "2012-05-01"),
    ("郑州大森源木业有限公司", "河南", "郑州", "2011-05-01"),
    ("上海电气（许昌）智能装备有限公司", "河南", "许昌", ""),
    ("苏州森源机械有限公司", "江苏", "苏州", "1999-05-01"),
)
TRADES = [
    *("机械", "电气", "木业", "食品", "纺织", "化工", "建材", "医药", "汽车", "电子", "酒店"),
    *("物流", "酒业", "服饰", "印刷", "包装", "塑料", "橡胶", "陶瓷", "玻璃", "水泥"),
]


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    """A registry of five firms."""
    table = tmp_path / "firms.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("name", "province", "city", "founded"), *FIRMS])
    found = Registry(tmp_path / "registry")
    found.import_files([table])
    return found


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("河南森源电气股份有限公司", "森源"),
        ("上海电气集团股份有限公司", "上海电气"),
        ("杭州电缆股份有限公司", "杭州电缆"),
    ],
)
def test_the_brand_of_a_firm(name: str, expected: str):
    """A trade alone is no brand; with its place it is."""
    assert brand(name) == expected


def test_only_firms_that_bear_the_brand_count(registry: Registry):
    """大森源 is another brand, and 苏州 is another province; the hotel is counted: a group may own one."""
    book = brands_in(registry, "410000")(["森源", "上海电气"])
    assert [book.numbers(name) for name in ("森源", "上海电气")] == [
        BrandNumbers(2, 3, None),
        BrandNumbers(1, 1, None),
    ]


def test_what_a_brand_has_at_most_is_counted_without_reading_names(registry: Registry):
    """All names with the word in them, 大森源 among them: never less than what its own firms have."""
    book = brands_in(registry, "410000", date(2012, 6, 1))(["森源", "上海电气", "许继"])
    assert [book.most(name) for name in ("森源", "上海电气", "许继")] == [(3, 3, 3), (1, 1, 0), (0, 0, 0)]


def test_the_evidence_names_query_and_rows(registry: Registry):
    """The names that contain the brand can be counted again, and each bearer's row can be opened."""
    figure = brands_in(registry, "410000")(["森源"]).figures("森源")["presence"]
    (evidence,) = figure.evidence
    assert isinstance(evidence, DerivedRef)
    inputs = dict(evidence.inputs)
    containing = inputs.pop("containing")
    (query,) = containing.evidence
    assert (containing.value, registry.query(query.expression)[0][0].as_py()) == (4, 4)
    assert inputs == {
        "许昌森源变压器有限公司": RecordRef("firms.csv", 2),
        "郑州森源酒店有限公司": RecordRef("firms.csv", 3),
    }


def test_a_brand_that_is_not_there_is_none(registry: Registry):
    """Zero is known here: the registry was searched."""
    assert brands_in(registry, "410000")(["许继"]).numbers("许继") == BrandNumbers(0, 0, None)


def test_young_firms_of_the_brand_are_growth(registry: Registry):
    """Founded within five years before the day, not after it."""
    found = {
        day: brands_in(registry, "410000", date.fromisoformat(day))(["森源"]).numbers("森源").growth
        for day in ("2005-01-01", "2012-06-01", "2030-01-01")
    }
    assert found == {"2005-01-01": 0, "2012-06-01": 2, "2030-01-01": 0}


def test_a_word_that_many_names_hold_is_no_brand(tmp_path: Path):
    """Twenty-one firms of one brand are no group: nothing is known of it but how many names hold it."""
    table = tmp_path / "firms.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        rows = [("name", "province", "city")]
        rows += [(f"郑州鑫源{trade}有限公司", "河南", "郑州") for trade in TRADES]
        csv.writer(file).writerows(rows)
    registry = Registry(tmp_path / "registry")
    registry.import_files([table])
    book = brands_in(registry, "410000")(["鑫源"])
    assert book.numbers("鑫源") == BrandNumbers(None, None, None)
    (evidence,) = book.figures("鑫源")["presence"].evidence
    assert isinstance(evidence, DerivedRef)
    assert evidence.inputs[0][1].value == len(TRADES)
