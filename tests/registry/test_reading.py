from __future__ import annotations

import codecs
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from liandong.registry.reading import read_tables
from liandong.registry.tables import Table
from tests.registry.tables import HEADER, NARI, ROWS, SENYUAN, XUJI, write_csv, write_xlsx


def _rows(table: Table) -> list[tuple[int, ...]]:
    """Row number and cells of every row."""
    return [
        (number, *cells)
        for batch in table.batches()
        for number, *cells in zip(
            batch.rows.to_pylist(), *(column.to_pylist() for column in batch.columns), strict=True
        )
    ]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8-sig"),
        ("utf-8-sig", "utf-8-sig"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_csv_in_any_encoding_and_delimiter(tmp_path: Path, encoding: str, found: str, delimiter: str) -> None:
    """The same rows come out of every encoding and with every delimiter."""
    (table,) = read_tables(write_csv(tmp_path / "a.csv", ROWS, encoding=encoding, delimiter=delimiter))
    assert (table.encoding, table.columns, _rows(table)) == (
        found,
        HEADER,
        [(2, *SENYUAN), (3, *XUJI), (4, *NARI)],
    )


def test_traditional_csv(tmp_path: Path) -> None:
    """A table from Taiwan or Hong Kong in Big5 is read as such."""
    rows = [("臺灣積體電路製造股份有限公司", "電子零組件製造業"), ("鴻海精密工業股份有限公司", "電腦設備")]
    (table,) = read_tables(write_csv(tmp_path / "a.csv", rows, ("公司名稱", "業務"), encoding="big5"))
    assert (table.encoding, _rows(table)) == ("big5hkscs", [(2, *rows[0]), (3, *rows[1])])


def test_titles_above_the_header_and_blank_lines(tmp_path: Path) -> None:
    """The header is the row that names most fields; rows keep the numbers that people see."""
    path = tmp_path / "a.csv"
    path.write_text(
        "许昌市企业名单\n单位:家,,\n,,\n企业名称,城市,备注\n甲厂,许昌,\n\n乙厂,许昌\n", encoding="utf-8"
    )
    (table,) = read_tables(path)
    assert _rows(table) == [(5, "甲厂", "许昌", ""), (7, "乙厂", "许昌", "")]


def test_quoted_line_breaks_count_as_one_row(tmp_path: Path) -> None:
    """A cell with a line break belongs to one row, as a spreadsheet shows it."""
    rows = [("甲厂", "一\n二"), ("乙厂", "三")]
    (table,) = read_tables(write_csv(tmp_path / "a.csv", rows, ("企业名称", "经营范围")))
    assert _rows(table) == [(2, *rows[0]), (3, *rows[1])]


def test_sheets_with_firms_are_read_and_others_left_out(tmp_path: Path) -> None:
    """Titles, notes and sheets without firms do not disturb; the table may begin anywhere."""
    sheets = {
        "说明": [("本表由各县区填报",)],
        "一": [("许昌市企业名单",), (), HEADER, SENYUAN],
        "二": [(), ("", *HEADER), ("", *XUJI), (), ("", *NARI)],
    }
    one, two = read_tables(write_xlsx(tmp_path / "a.xlsx", sheets))
    assert (one.sheet, _rows(one)) == ("一", [(4, *SENYUAN)])
    assert (two.sheet, two.columns, _rows(two)) == ("二", ("", *HEADER), [(3, "", *XUJI), (5, "", *NARI)])


def test_cells_come_as_people_see_them(tmp_path: Path) -> None:
    """Whole numbers have no point, dates are ISO dates, numbers stored as text stay text."""
    rows = [
        ("企业名称", "代码", "成立日期", "注册资本", "人数"),
        ("甲厂", "000400", datetime(2015, 3, 2), 500.0, 12.5),
    ]
    (table,) = read_tables(write_xlsx(tmp_path / "a.xlsx", {"一": rows}))
    assert _rows(table) == [(2, "甲厂", "000400", "2015-03-02", "500", "12.5")]


def test_merged_cells_mean_all_their_rows(tmp_path: Path) -> None:
    """A city written once over three merged rows is the city of all three."""
    book = Workbook()
    sheet = book.active
    for row in (("城市", "企业名称"), ("许昌", "甲厂"), (None, "乙厂"), (None, "丙厂"), (None, "丁厂")):
        sheet.append(row)
    sheet.merge_cells("A2:A4")
    book.save(tmp_path / "a.xlsx")
    (table,) = read_tables(tmp_path / "a.xlsx")
    assert _rows(table) == [(2, "许昌", "甲厂"), (3, "许昌", "乙厂"), (4, "许昌", "丙厂"), (5, "", "丁厂")]


def test_parquet_columns_of_any_type(tmp_path: Path) -> None:
    """Texts, dates, whole and broken numbers, dictionaries and lists come out as texts and dates."""
    table = pa.table(
        {
            "name": pa.array(["甲厂", None]).dictionary_encode(),
            "founded": pa.array([datetime(2015, 3, 2), None]),
            "code": pa.array([400.0, 12.5]),
            "stock": pa.array([1, None]),
            "honours": pa.array([["小巨人", "高企"], None]),
            "nested": pa.array([{"a": 1}, None]),
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    (found,) = read_tables(tmp_path / "a.parquet")
    assert _rows(found) == [
        (1, "甲厂", date(2015, 3, 2), "400", "1", "小巨人;高企", None),
        (2, None, None, "12.5", None, None, None),
    ]


def test_kinds_are_told_apart_by_content(tmp_path: Path) -> None:
    """A workbook or Parquet file under a wrong ending is read for what it is."""
    write_xlsx(tmp_path / "a.xlsx", {"一": [HEADER, SENYUAN]}).rename(tmp_path / "a.csv")
    assert [_rows(table) for table in read_tables(tmp_path / "a.csv")] == [[(2, *SENYUAN)]]


def test_big_endian_mark(tmp_path: Path) -> None:
    """UTF-16 with either mark is read."""
    text = "企业名称,城市\r\n甲厂,许昌\r\n"
    (tmp_path / "a.csv").write_bytes(codecs.BOM_UTF16_BE + text.encode("utf-16-be"))
    (table,) = read_tables(tmp_path / "a.csv")
    assert _rows(table) == [(2, "甲厂", "许昌")]
