"""Every bad table is refused with file, sheet, row and field, and the registry stays as it was."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from liandong.errors import InputError
from liandong.registry import Registry
from tests.registry.tables import HEADER, ROWS, SENYUAN, write_csv, write_xlsx


def _empty(folder: Path) -> Path:
    (folder / "a.csv").touch()
    return folder / "a.csv"


def _blank(folder: Path) -> Path:
    (folder / "a.csv").write_text(" \n\n", encoding="utf-8")
    return folder / "a.csv"


def _no_name(folder: Path) -> Path:
    return write_csv(folder / "a.csv", [("许昌", "1")], ("城市", "家数"))


def _header_only(folder: Path) -> Path:
    return write_csv(folder / "a.csv", [])


def _only_totals(folder: Path) -> Path:
    return write_csv(folder / "a.csv", [("合计",), ("",)], ("企业名称",))


def _damaged_utf8(folder: Path) -> Path:
    path = write_csv(folder / "a.csv", ROWS * 3)
    data = bytearray(path.read_bytes())
    at = data.rfind("许昌".encode())
    data[at : at + 2] = b"\xff\xff"
    path.write_bytes(data)
    return path


def _binary(folder: Path) -> Path:
    (folder / "a.csv").write_bytes(bytes(range(256)) * 40)
    return folder / "a.csv"


def _too_many_cells(folder: Path) -> Path:
    return write_csv(folder / "a.csv", [("甲厂", "许昌"), ("乙厂", "许昌", "河南")], ("企业名称", "城市"))


def _open_quote(folder: Path) -> Path:
    path = folder / "a.csv"
    path.write_text('企业名称,城市\n甲厂,许昌\n"乙厂,许昌\n' + "丙厂,许昌\n" * 200_000, encoding="utf-8")
    return path


def _cut_parquet(folder: Path) -> Path:
    path = folder / "a.parquet"
    pq.write_table(pa.table({"name": ["甲厂"] * 1000}), path)
    path.write_bytes(path.read_bytes()[:-20])
    return path


def _holed_parquet(folder: Path) -> Path:
    """Whole at its end, damaged in its data."""
    path = folder / "a.parquet"
    pq.write_table(pa.table({"name": [f"甲{i}厂" for i in range(100_000)]}), path)
    data = bytearray(path.read_bytes())
    data[1000:200_000] = b"\0" * 199_000
    path.write_bytes(data)
    return path


def _parquet_without_name(folder: Path) -> Path:
    pq.write_table(pa.table({"城市": ["许昌"]}), folder / "a.parquet")
    return folder / "a.parquet"


def _formula(folder: Path) -> Path:
    rows = [("企业名单",), HEADER, SENYUAN, (*SENYUAN[:3], "=10*100", *SENYUAN[4:])]
    return write_xlsx(folder / "a.xlsx", {"说明": [("注",)], "企业": rows})


def _cut_workbook(folder: Path) -> Path:
    path = write_xlsx(folder / "a.xlsx", {"一": [HEADER, *ROWS]})
    path.write_bytes(path.read_bytes()[:-200])
    return path


def _broken_workbook(folder: Path) -> Path:
    path = write_xlsx(folder / "a.xlsx", {"一": [HEADER, *ROWS * 50]})
    data = bytearray(path.read_bytes())
    at = data.find(b"xl/worksheets/sheet1.xml") + 60
    data[at : at + 40] = bytes(40)
    path.write_bytes(data)
    return path


def _inflating(folder: Path) -> Path:
    """A part of two gigabytes in a file of two megabytes."""
    path = write_xlsx(folder / "a.xlsx", {"一": [HEADER, *ROWS]})
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/a.bin", "w", force_zip64=True) as part,
    ):
        for _ in range(64):
            part.write(bytes(1 << 25))
    return path


def _far_cell(folder: Path) -> Path:
    """One cell in the last corner of the sheet: dense, it would be seventeen thousand million cells."""
    book = Workbook()
    sheet = book.active
    for row in (HEADER, SENYUAN):
        sheet.append(row)
    sheet["XFD1048576"] = "x"
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def _workbook_without_name(folder: Path) -> Path:
    return write_xlsx(folder / "a.xlsx", {"一": [("说明",)], "二": [("城市", "家数"), ("许昌", 5)]})


def _web_page(folder: Path) -> Path:
    (folder / "a.xls").write_text("<html><table><tr><td>企业名称</td></tr></table></html>", encoding="utf-8")
    return folder / "a.xls"


def _old_and_broken(folder: Path) -> Path:
    (folder / "a.xls").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(5000))
    return folder / "a.xls"


def _absent(folder: Path) -> Path:
    return folder / "a.csv"


def _not_a_zip(folder: Path) -> Path:
    (folder / "a.xlsx").write_text("企业名称", encoding="utf-8")
    return folder / "a.xlsx"


@pytest.mark.parametrize(
    ("make", "place", "said"),
    [
        (_empty, ("a.csv", None, None, None), "empty"),
        (_blank, ("a.csv", None, None, None), "empty"),
        (_no_name, ("a.csv", None, None, "name"), "Columns found: 城市, 家数"),
        (_header_only, ("a.csv", None, None, None), "no firm"),
        (_only_totals, ("a.csv", None, 2, "企业名称"), "no firm"),
        (_damaged_utf8, ("a.csv", None, 9, None), "cannot be decoded from line 9"),
        (_binary, ("a.csv", None, None, None), "binary"),
        (_too_many_cells, ("a.csv", None, 3, None), "3 cells"),
        (_open_quote, ("a.csv", None, None, None), "quotation mark"),
        (_cut_parquet, ("a.parquet", None, None, None), "damaged"),
        (_holed_parquet, ("a.parquet", None, None, None), "damaged"),
        (_parquet_without_name, ("a.parquet", None, None, "name"), "Columns found: 城市"),
        (_formula, ("a.xlsx", "企业", 4, "注册资本"), "cell D4 is a formula"),
        (_cut_workbook, ("a.xlsx", None, None, None), "damaged"),
        (_broken_workbook, ("a.xlsx", None, None, None), "damaged"),
        (_inflating, ("a.xlsx", None, None, None), "too large"),
        (_far_cell, ("a.xlsx", "Sheet", None, None), "too large"),
        (_workbook_without_name, ("a.xlsx", "二", None, "name"), "Columns found: 城市, 家数"),
        (_web_page, ("a.xls", None, None, None), "web page"),
        (_old_and_broken, ("a.xls", None, None, None), "damaged"),
        (_not_a_zip, ("a.xlsx", None, None, None), "damaged"),
    ],
)
def test_a_bad_table_is_refused_and_nothing_changes(
    tmp_path: Path, make: Callable[[Path], Path], place: tuple[object, ...], said: str
) -> None:
    """The message names the place and the fault in both languages; the firms imported before stay live."""
    registry = Registry(tmp_path / "registry")
    before = registry.import_files([write_csv(tmp_path / "good.csv", ROWS)]).snapshot
    path = make(tmp_path)
    other = write_csv(tmp_path / "also-good.csv", [("丙厂", "", "", "", "", "河南", "许昌")])
    with pytest.raises(InputError) as caught:
        registry.import_files([other, path])
    error = caught.value
    row = error.row if said != "quotation mark" else None  # where the cell grew too long, not where it began
    assert ((error.file, error.sheet, row, error.field), said in error.text("en")) == (place, True)
    assert error.problem.zh
    after = Registry(tmp_path / "registry")
    assert (after.snapshot.id, after.snapshot.rows) == (before, 3)
    assert [each.name for each in (tmp_path / "registry").glob(".building-*")] == []


def test_an_absent_file_is_named(tmp_path: Path) -> None:
    """A file that is not there is named with its path, and no registry comes to be."""
    registry = Registry(tmp_path / "registry")
    with pytest.raises(InputError, match="no such file"):
        registry.import_files([tmp_path / "a.csv"])
    assert registry.empty


def test_an_empty_registry_says_what_to_do() -> None:
    """Every question to a registry without a snapshot says that a table must be imported first."""
    registry = Registry(Path("nowhere"))
    for ask in (
        registry.stats,
        registry.panel,
        registry.table,
        registry.count,
        registry.firms,
        registry.undo,
    ):
        with pytest.raises(InputError):
            ask()
    with pytest.raises(InputError, match="liandong registry import"):
        registry.search("许昌")


def test_an_unknown_engine_is_refused(tmp_path: Path) -> None:
    """An engine that this version does not have is an error of the input, not of the program."""
    with pytest.raises(InputError, match="duckdb"):
        Registry(tmp_path, engine="oracle")
