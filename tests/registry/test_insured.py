"""Insured staff (参保人数) from cell to export; snapshots written before there was such a column."""

from __future__ import annotations

import csv
import importlib.util
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.registry import Registry
from liandong.registry.schema import FIRMS
from liandong.registry.values import MOST_PEOPLE, parse_people
from tests.conftest import require
from tests.registry.tables import HEADER, NARI, ROWS, SENYUAN, XUJI, write_csv, write_xlsx


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    """An empty registry."""
    return Registry(tmp_path / "registry")


@pytest.fixture
def older(registry: Registry, tmp_path: Path) -> Registry:
    """A registry whose snapshot was written without the column."""
    registry.import_files([write_csv(tmp_path / "old.csv", [SENYUAN, XUJI])])
    path = registry.snapshot.path
    table = pq.read_table(path).drop_columns(["insured"])
    pq.write_table(table, path)
    return Registry(registry.folder)


def _insured(registry: Registry) -> dict[str, int | None]:
    table = registry.firms(columns=["name", "insured"])
    return dict(zip(table["name"].to_pylist(), table["insured"].to_pylist(), strict=True))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("120", 120),
        ("1,204", 1204),
        ("120人", 120),
        ("１２０ 人", 120),
        ("120.0", 120),
        ("120人(2023年报)", 120),
        ("120（2023年）", 120),
        ("0", 0),
        ("12.5", None),
        ("-5", None),
        ("50-99人", None),
        ("约50", None),
        ("1.2万", None),
        ("13800000000", None),
        ("少于50人", None),
    ],
)
def test_a_number_of_people(text: str, number: int | None) -> None:
    """A whole number is read in any of its spellings; a range, an estimate or a telephone's number is not."""
    assert parse_people(text) == number


@given(st.integers(0, MOST_PEOPLE))
def test_a_number_is_read_as_it_is_written(number: int) -> None:
    """With and without separators the same number comes back."""
    assert (parse_people(str(number)), parse_people(f"{number:,}人")) == (number, number)


@pytest.mark.parametrize("column", ["参保人数", "社保人数", "缴纳社保人数"])
def test_blank_is_unknown_and_never_zero(registry: Registry, tmp_path: Path, column: str) -> None:
    """A blank and a dash are unknown without a remark; 0 is 0 only where it is stated."""
    rows = [(*SENYUAN, ""), (*XUJI, "-"), (*NARI, "0")]
    report = registry.import_files([write_csv(tmp_path / "a.csv", rows, (*HEADER, column))])
    assert (_insured(registry), report.remarks) == ({SENYUAN[0]: None, XUJI[0]: None, NARI[0]: 0}, {})


def test_what_is_no_count_is_unknown_and_remarked(registry: Registry, tmp_path: Path) -> None:
    """A range keeps its firm, whose number is unknown, and is named with its row in remarks.csv."""
    rows = [(*SENYUAN, "50-99人"), (*XUJI, "120")]
    report = registry.import_files([write_csv(tmp_path / "a.csv", rows, (*HEADER, "参保人数"))])
    assert _insured(registry) == {SENYUAN[0]: None, XUJI[0]: 120}
    assert report.remarks_file is not None
    with report.remarks_file.open(encoding="utf-8-sig", newline="") as stream:
        assert [tuple(line.values()) for line in csv.DictReader(stream)] == [
            ("a.csv", "", "2", "insured", "no_count", "50-99人")
        ]


def test_numbers_of_a_sheet(registry: Registry, tmp_path: Path) -> None:
    """A number stored as a number and one stored as text are the same."""
    rows = [(*HEADER, "参保人数"), (*SENYUAN, 120), (*XUJI, "120"), (*NARI, None)]
    registry.import_files([write_xlsx(tmp_path / "a.xlsx", {"一": rows})])
    assert _insured(registry) == {SENYUAN[0]: 120, XUJI[0]: 120, NARI[0]: None}


def test_the_newest_row_that_knows_it_gives_it(registry: Registry, tmp_path: Path) -> None:
    """A newer file that does not know it leaves it; one that does replaces it."""
    header = (*HEADER, "参保人数")
    registry.import_files([write_csv(tmp_path / "a.csv", [(*SENYUAN, "100"), (*XUJI, "7")], header)])
    registry.import_files([write_csv(tmp_path / "b.csv", [(*SENYUAN, "120"), (*XUJI, "-")], header)])
    assert _insured(registry) == {SENYUAN[0]: 120, XUJI[0]: 7}


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_an_export_carries_it_back(registry: Registry, tmp_path: Path, ending: str) -> None:
    """What was exported imports again with the same numbers, the unknown still unknown."""
    rows = [(*SENYUAN, "120"), (*XUJI, "")]
    registry.import_files([write_csv(tmp_path / "a.csv", rows, (*HEADER, "参保人数"))])
    again = Registry(tmp_path / "again")
    again.import_files([registry.export(tmp_path / f"out.{ending}")])
    assert _insured(again) == {SENYUAN[0]: 120, XUJI[0]: None}


def test_an_older_snapshot_is_read(older: Registry) -> None:
    """A snapshot written without the column has it, unknown, in questions, expressions and counts of gaps."""
    assert older.firms().schema.names == FIRMS.names
    assert _insured(older) == {SENYUAN[0]: None, XUJI[0]: None}
    assert older.table().insured.type().is_integer()
    assert older.stats().missing["insured"].value == 2


def test_an_older_snapshot_is_read_by_spark(older: Registry) -> None:
    """The other engine sees the same columns and values."""
    present = importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None
    require(present, "PySpark or Java is absent: pip install 'liandong[spark]' and Java 17")
    spark = Registry(older.folder, engine="spark")
    sql = "SELECT name, insured, status FROM firms ORDER BY name"
    assert spark.query(sql).to_pylist() == older.query(sql).to_pylist()
    assert spark.table().columns == tuple(FIRMS.names)


def test_an_older_snapshot_is_searched_and_exported(older: Registry, tmp_path: Path) -> None:
    """Search finds its firms, an export has the column, empty."""
    assert [hit.name for hit in older.search("森源")] == [SENYUAN[0]]
    with older.export(tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert [line["参保人数"] for line in csv.DictReader(stream)] == ["", ""]


def test_an_older_snapshot_takes_imports(older: Registry, tmp_path: Path) -> None:
    """A newer file adds its numbers to the firms of a snapshot without the column."""
    older.import_files([write_csv(tmp_path / "new.csv", [(*XUJI, "120")], (*HEADER, "参保人数"))])
    assert _insured(older) == {SENYUAN[0]: None, XUJI[0]: 120}


def test_an_older_snapshot_is_classified(older: Registry) -> None:
    """A classification of it writes the columns of today."""
    older.classify()
    assert pq.read_schema(older.snapshot.path).names == FIRMS.names
    assert pq.read_schema(older.snapshot.path).field("insured").type == pa.int64()
    assert len(older.firms()) == len(ROWS) - 1
