import csv
from pathlib import Path

import pytest

from liandong.figures import DerivedRef, RecordRef
from liandong.registry import Registry
from liandong.targets import brands_in
from liandong.targets.features import brand

FIRMS = (
    ("许昌森源变压器有限公司", "河南", "许昌"),
    ("郑州森源酒店有限公司", "河南", "郑州"),
    ("郑州大森源木业有限公司", "河南", "郑州"),
    ("上海电气（许昌）智能装备有限公司", "河南", "许昌"),
    ("苏州森源机械有限公司", "江苏", "苏州"),
)


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    """A registry of five firms."""
    table = tmp_path / "firms.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("name", "province", "city"), *FIRMS])
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
    assert {
        name: figure.value for name, figure in brands_in(registry, "410000")(["森源", "上海电气"]).items()
    } == {
        "森源": 2,
        "上海电气": 1,
    }


def test_the_evidence_names_query_and_rows(registry: Registry):
    """The names that contain the brand can be counted again, and each bearer's row can be opened."""
    figure = brands_in(registry, "410000")(["森源"])["森源"]
    (evidence,) = figure.evidence
    assert isinstance(evidence, DerivedRef)
    inputs = dict(evidence.inputs)
    containing = inputs.pop("containing")
    (query,) = containing.evidence
    assert (containing.value, registry.query(query.expression)[0][0].as_py()) == (3, 3)
    assert inputs == {
        "许昌森源变压器有限公司": RecordRef("firms.csv", 2),
        "郑州森源酒店有限公司": RecordRef("firms.csv", 3),
    }


def test_a_brand_that_is_not_there_is_none(registry: Registry):
    """Zero is known here: the registry was searched."""
    assert brands_in(registry, "410000")(["许继"])["许继"].value == 0
