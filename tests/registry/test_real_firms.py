"""The real registrations of the data pack."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from liandong.figures import QueryRef
from liandong.registry import Registry


@pytest.fixture(scope="module")
def henan(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """147,885 firms of Henan."""
    registry = Registry(tmp_path_factory.mktemp("henan"))
    registry.import_files([shared / "data" / "registry" / "henan.parquet"])
    return registry


def test_every_row_is_kept_and_named_once(henan: Registry) -> None:
    """Rows in, firms out; every firm_id is there once."""
    found = henan.query("SELECT count(*), count(DISTINCT firm_id), count(name) FROM firms").to_pylist()[0]
    assert tuple(found.values()) == (147_885, 147_885, 147_885)


def test_years_agree_with_the_pack(henan: Registry, shared: Path) -> None:
    """Counts by founding year are those of the pack's own table."""
    path = shared / "data" / "registry" / "rows_by_province_year.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["province"] == "河南"]
    expected = {int(row["year"]): Decimal(row["rows"]) for row in rows if int(row["rows"])}
    assert {year: figure.value for year, figure in henan.stats().by_year.items()} == expected


def test_cities_agree_with_the_pack(henan: Registry, shared: Path) -> None:
    """Every firm whose city the pack names is in the prefecture of that name; 许昌 has 4,183 and what the
    codes and addresses of firms without a city add.
    """
    pack = pq.read_table(shared / "data" / "registry" / "henan.parquet", columns=["city"])
    named = {row["values"]: row["counts"] for row in pack["city"].value_counts().to_pylist()}
    found = henan.query(
        "SELECT split_part(region_text, ' ', 2) AS city, count(DISTINCT prefecture) AS places, "
        "count(*) AS firms FROM firms WHERE region_text LIKE '% %' GROUP BY 1"
    ).to_pylist()
    assert {row["city"]: row["firms"] for row in found} == {
        k: v for k, v in named.items() if k not in (None, "N/A")
    }
    assert {row["places"] for row in found} == {1}
    assert henan.count(regions=("411000",)).value == 4184


def test_figures_of_real_firms_can_be_counted_again(henan: Registry) -> None:
    """Ten figures recomputed from their own queries."""
    figures = [henan.count(regions=(place,)) for place in list(henan.stats().by_prefecture)[:10]]
    for figure in figures:
        (reference,) = figure.evidence
        assert isinstance(reference, QueryRef)
        assert henan.query(reference.expression)[0][0].as_py() == figure.value == reference.rows
