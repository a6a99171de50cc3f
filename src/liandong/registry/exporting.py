"""The firms as one canonical table: Parquet for programs, CSV and Excel for people."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from liandong.errors import InputError, Text
from liandong.reference import division
from liandong.registry.emerging import emerging_column
from liandong.registry.schema import FIRMS, complete
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
    "insured": "参保人数",
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
    "emerging": "registry_emerging",
    "canonical_id": "registry_canonical_id",
}
_COLUMNS = tuple(_HEADERS)
"""The columns of a snapshot, the codes of the emerging industries of each firm, its canonical id."""
_DANGEROUS = r"^([=+\-@\t\r])"
_PLACES = ("province", "prefecture", "county")
_BATCH = 20_000


def export(snapshot: Snapshot, path: Path, canonical: Mapping[str, str]) -> Path:
    """Write a snapshot's firms; the file is whole or not there. canonical: the canonical id of the rows that
    share a firm with another; it is the firm_id of all others. Raises InputError for another ending, or for
    more firms than a sheet holds.

    CSV and Excel have Chinese headers that import understands again, and places by name; columns that begin
    with `registry_` say what we made of a row. Lists are joined with `;`. A text that a spreadsheet would run
    as a formula is preceded by an apostrophe in CSV; in Excel it is stored as text.
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
        write(snapshot, beside, canonical)
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


def _parquet(snapshot: Snapshot, path: Path, canonical: Mapping[str, str]) -> None:
    schema = FIRMS.append(pa.field("canonical_id", pa.string()))
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for stored in pq.ParquetFile(snapshot.path).iter_batches(_BATCH, use_threads=False):
            batch = complete(stored)
            columns = [*batch.columns, _canonical_ids(batch, canonical)]
            writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=schema))


def _csv(snapshot: Snapshot, path: Path, canonical: Mapping[str, str]) -> None:
    options = pyarrow.csv.WriteOptions(include_header=False, quoting_style="needed")
    schema = pa.schema([(name, _plain_type(name)) for name in _COLUMNS])
    with path.open("wb") as stream:
        stream.write(("\ufeff" + ",".join(_HEADERS.values()) + "\n").encode())
        with pyarrow.csv.CSVWriter(stream, schema, write_options=options) as writer:
            for batch in _batches(snapshot, canonical):
                columns = [_harmless(batch[name]) for name in _COLUMNS]
                writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=schema))


def _excel(snapshot: Snapshot, path: Path, canonical: Mapping[str, str]) -> None:
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
    for batch in _batches(snapshot, canonical):
        columns = [batch[name].to_pylist() for name in _COLUMNS]
        for row in zip(*columns, strict=True):
            cells = []
            for value in row:
                cell = WriteOnlyCell(sheet, _printable(value) if isinstance(value, str) else value)
                if isinstance(value, str):
                    cell.data_type = "s"  # never a formula
                cells.append(cell)
            sheet.append(cells)
    book.save(path)


def _batches(snapshot: Snapshot, canonical: Mapping[str, str]) -> Iterator[pa.RecordBatch]:
    """The firms in the order of the snapshot, in plain columns: lists as one text."""
    for stored in pq.ParquetFile(snapshot.path).iter_batches(_BATCH, columns=FIRMS.names, use_threads=False):
        batch = complete(stored)
        columns = [_plain(batch[name]) for name in FIRMS.names]
        for name in _PLACES:
            columns[FIRMS.names.index(name)] = _place_names(batch[name])
        tags = emerging_column(pa.Table.from_batches([batch])).combine_chunks()
        columns += [_plain(tags), _canonical_ids(batch, canonical)]
        yield pa.RecordBatch.from_arrays(columns, names=_COLUMNS)


def _canonical_ids(batch: pa.RecordBatch, canonical: Mapping[str, str]) -> pa.Array:
    """Each row's own id, or that of the firm it was found to be."""
    if not canonical:
        return batch["firm_id"]
    return pa.array([canonical.get(own, own) for own in batch["firm_id"].to_pylist()], pa.string())


def _plain(column: pa.Array) -> pa.Array:
    """A list as its items with `;` between them: texts, codes with confidence, sources with row."""
    if pa.types.is_date(column.type):
        return column.cast(pa.string())
    if not pa.types.is_list(column.type):
        return column
    items = column.values
    if pa.types.is_struct(items.type):
        first, second = (pc.struct_field(items, [i]) for i in (0, 1))
        if pa.types.is_floating(second.type):
            second = pc.round(second, 3)
        items = pc.binary_join_element_wise(first, second.cast(pa.string()), ":")
    joined = pc.binary_join(pa.ListArray.from_arrays(column.offsets, items), ";")
    return pc.if_else(pc.is_valid(column), joined, pa.scalar(None, pa.string()))


def _place_names(codes: pa.Array) -> pa.Array:
    """Codes of GB/T 2260 as names of today."""
    distinct = pc.dictionary_encode(codes)
    names = [division(code).name for code in distinct.dictionary.to_pylist()]
    return pc.take(pa.array(names, pa.string()), distinct.indices)


def _plain_type(name: str) -> pa.DataType:
    kind = FIRMS.field(name).type if name in FIRMS.names else pa.string()
    return pa.string() if pa.types.is_date(kind) or pa.types.is_list(kind) else kind


def _harmless(column: pa.Array) -> pa.Array:
    """Texts that a spreadsheet would run as a formula, with an apostrophe before them."""
    if not pa.types.is_string(column.type):
        return column
    return pc.replace_substring_regex(column, pattern=_DANGEROUS, replacement=r"'\1")


def _printable(text: str) -> str:
    """Without the control characters that a workbook cannot hold."""
    return "".join(char for char in text if char >= " " or char in "\t\n\r")
