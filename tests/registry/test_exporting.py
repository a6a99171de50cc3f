from __future__ import annotations

import csv
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import python_calamine

from liandong.errors import InputError
from liandong.registry import Registry
from liandong.registry.schema import FIRMS
from tests.registry.tables import HEADER, ROWS, code, write_csv

COMPARED = ("uscc", "name", "prefecture", "founded", "capital", "scope", "honours", "industry", "aliases")


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    """Three firms and one whose texts look like formulas."""
    found = Registry(tmp_path / "registry")
    strange = ("=1+1厂", code(9), "", "", "-5℃冷库;@家", "河南", "许昌")
    rows = [(*row, "小巨人、单项冠军", "森源;许继", "3823") for row in (*ROWS, strange)]
    found.import_files([write_csv(tmp_path / "a.csv", rows, (*HEADER, "荣誉", "曾用名", "行业代码"))])
    return found


@pytest.mark.parametrize("ending", ["parquet", "csv", "xlsx"])
def test_an_export_comes_back_as_the_same_firms(registry: Registry, tmp_path: Path, ending: str) -> None:
    """What one registry writes, another reads: the same fields of the same firms."""
    path = registry.export(tmp_path / "out" / f"firms.{ending}")
    other = Registry(tmp_path / "other")
    other.import_files([path])
    sql = f"SELECT {', '.join(COMPARED)} FROM firms WHERE name NOT LIKE '%=%' ORDER BY uscc"
    assert other.query(sql).to_pylist() == registry.query(sql).to_pylist()


def test_parquet_has_every_column_and_the_canonical_id(registry: Registry, tmp_path: Path) -> None:
    """The canonical table: what the snapshot holds, and whom each row was found to be."""
    exported = pq.read_table(registry.export(tmp_path / "firms.parquet"))
    assert exported.column_names == [*FIRMS.names, "canonical_id"]
    assert exported["canonical_id"].to_pylist() == exported["firm_id"].to_pylist()


def test_rows_of_one_firm_are_exported_under_its_canonical_id(tmp_path: Path) -> None:
    """Two spellings that were resolved to one firm share an id in every format."""
    found = Registry(tmp_path / "registry")
    rows = [
        (*ROWS[0], "", "", ""),
        (ROWS[0][0].replace("有限公司", " 有限公司"), "", *ROWS[0][2:], "", "", ""),
    ]
    found.import_files([write_csv(tmp_path / "a.csv", rows, (*HEADER, "荣誉", "曾用名", "行业代码"))])
    found.resolve()
    joined = found.identity()
    exported = pq.read_table(found.export(tmp_path / "firms.parquet"))
    assert joined.num_rows == 2
    assert set(exported["canonical_id"].to_pylist()) == {ROWS[0][1]}


def test_a_spreadsheet_runs_nothing_of_a_csv(registry: Registry, tmp_path: Path) -> None:
    """Texts that begin like a formula are preceded by an apostrophe."""
    with registry.export(tmp_path / "firms.csv").open(encoding="utf-8-sig", newline="") as stream:
        (strange,) = (row for row in csv.DictReader(stream) if row["统一社会信用代码"] == code(9))
    assert (strange["企业名称"], strange["经营范围"]) == ("'=1+1厂", "'-5℃冷库;@家")


def test_a_workbook_holds_texts_as_texts(registry: Registry, tmp_path: Path) -> None:
    """A name that begins with = is no formula, and a code keeps its digits."""
    book = python_calamine.load_workbook(registry.export(tmp_path / "firms.xlsx"))
    header, *rows = book.get_sheet_by_index(0).to_python()
    names = [row[header.index("企业名称")] for row in rows]
    codes = [row[header.index("统一社会信用代码")] for row in rows]
    assert ("=1+1厂" in names, code(9) in codes) == (True, True)


def test_another_ending_is_refused(registry: Registry, tmp_path: Path) -> None:
    """The message names the endings there are; no file comes to be."""
    with pytest.raises(InputError, match=r"\.parquet, \.csv or \.xlsx"):
        registry.export(tmp_path / "firms.json")
    assert not (tmp_path / "firms.json").exists()


def test_a_place_that_cannot_be_written_is_named(registry: Registry, tmp_path: Path) -> None:
    """A file where a folder should be is an error of the input."""
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot be written"):
        registry.export(tmp_path / "file" / "firms.csv")
