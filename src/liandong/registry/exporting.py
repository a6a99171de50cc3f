"""The firms as one canonical table: Parquet for programs, CSV and Excel for people."""

from __future__ import annotations

import contextlib
import csv
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from liandong.errors import InputError, Text
from liandong.registry.schema import FIRMS
from liandong.registry.store import Snapshot

MOST_EXCEL_ROWS = 1_048_575
"""What a sheet holds below its header."""
_HEADERS = {
    "firm_id": "registry_id",
    "uscc": "统一社会信用代码",
    "uscc_text": "registry_uscc_text",
    "uscc_problem": "registry_uscc_problem",
    "name": "企业名称",
    "name_key": "registry_name_key",
    "aliases": "曾用名",
    "province": "省份",
    "prefecture": "城市",
    "county": "区县",
    "region_text": "registry_region_text",
    "region_source": "registry_region_source",
    "address": "注册地址",
    "founded": "成立日期",
    "founded_year": "registry_founded_year",
    "capital": "registry_capital_yuan",
    "capital_currency": "registry_capital_currency",
    "capital_text": "注册资本",
    "kind": "企业类型",
    "status": "登记状态",
    "scope": "经营范围",
    "stock_code": "股票代码",
    "products": "主要产品",
    "honours": "荣誉资质",
    "industry": "行业代码",
    "industry_confidence": "registry_industry_confidence",
    "industry_source": "registry_industry_source",
    "industries": "registry_industries",
    "source": "registry_source",
    "source_row": "registry_source_row",
    "sources": "registry_sources",
}
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_BATCH = 20_000


def export(snapshot: Snapshot, path: Path) -> Path:
    """Write a snapshot's firms; the file is whole or not there. Raises InputError for another ending, or for
    more firms than a sheet holds.

    CSV and Excel have Chinese headers that import understands again; columns that begin with `registry_` say
    what we made of a row. Lists are joined with `;`. A text that a spreadsheet would run as a formula is
    preceded by an apostrophe in CSV; in Excel it is stored as text.
    """
    writers = {".parquet": _parquet, ".csv": _csv, ".xlsx": _excel}
    write = writers.get(path.suffix.lower())
    if write is None:
        raise InputError(
            Text(
                "导出文件的扩展名应为 .parquet、.csv 或 .xlsx。",
                "the export's name should end in .parquet, .csv or .xlsx.",
            ),
            file=str(path),
        )
    beside = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(snapshot, beside)
        beside.replace(path)
    except OSError as error:
        raise InputError(
            Text(f"文件无法写出:{error.strerror}。", f"the file cannot be written: {error.strerror}."),
            file=str(path),
        ) from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()
    return path


def _parquet(snapshot: Snapshot, path: Path) -> None:
    shutil.copyfile(snapshot.path, path)


def _csv(snapshot: Snapshot, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(_HEADERS.values())
        for row in _rows(snapshot):
            writer.writerow(_harmless(cell) for cell in row)


def _excel(snapshot: Snapshot, path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    if snapshot.rows > MOST_EXCEL_ROWS:
        raise InputError(
            Text(
                f"Excel 工作表最多 {MOST_EXCEL_ROWS:,} 家企业,登记库有 {snapshot.rows:,} 家。"
                "请导出 CSV 或 Parquet。",
                f"a sheet holds {MOST_EXCEL_ROWS:,} firms, the registry has {snapshot.rows:,}. "
                "Export CSV or Parquet.",
            ),
            file=path.name,
        )
    book = Workbook(write_only=True)
    sheet = book.create_sheet("firms")
    sheet.append(list(_HEADERS.values()))
    for row in _rows(snapshot):
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, _printable(value) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"  # never a formula
            cells.append(cell)
        sheet.append(cells)
    book.save(path)


def _rows(snapshot: Snapshot) -> Iterator[list[Any]]:
    """Rows of plain cells, in the order of the snapshot."""
    for batch in pq.ParquetFile(snapshot.path).iter_batches(_BATCH, columns=FIRMS.names, use_threads=False):
        columns = [batch[name].to_pylist() for name in FIRMS.names]
        for row in zip(*columns, strict=True):
            yield [_cell(value) for value in row]


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return ";".join(_item(item) for item in value)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value


def _item(item: Any) -> str:
    """An element of a list: a text, a code with its confidence, a source with its row."""
    if not isinstance(item, dict):
        return str(item)
    if "code" in item:
        return f"{item['code']}:{item['confidence']:.3f}"
    return f"{item['source']}:{item['row']}"


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_DANGEROUS) else cell


def _printable(text: str) -> str:
    """Without the control characters that a workbook cannot hold."""
    return "".join(char for char in text if char >= " " or char in "\t\n\r")
