"""Parquet files: columns of any type as texts and dates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from liandong.errors import InputError, Text
from liandong.registry.tables import BATCH, Batch, Table, empty_file, find_header, no_name_column

LIST_SIGN = ";"
"""Between the items of a list where it is written as one text."""


def read_columnar(path: Path, mapping: dict[str, str] | None = None) -> Table:
    """The table of a Parquet file. Raises InputError: damaged, empty, without a column for the name."""
    if path.stat().st_size == 0:
        raise empty_file(path.name)
    try:
        with pq.ParquetFile(path) as file:
            names, size = tuple(file.schema_arrow.names), file.metadata.num_rows
    except (pa.ArrowException, OSError) as error:
        raise _damaged(path.name) from error
    if find_header([names], mapping) is None:
        raise no_name_column(path.name, names)
    return Table(path.name, None, names, lambda: _batches(path), size)


def _batches(path: Path) -> Iterator[Batch]:
    """Rows in the order of the file, numbered from 1 as DuckDB and pandas count records."""
    number = 1
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(BATCH, use_threads=False):
                rows = pa.array(range(number, number + len(batch)), pa.int64())
                yield Batch([_plain(column) for column in batch.columns], rows)
                number += len(batch)
    except (pa.ArrowException, OSError) as error:
        raise _damaged(path.name) from error


def _plain(column: pa.Array) -> pa.Array:
    """Texts stay texts, dates become dates, numbers are written without a needless .0, lists are joined."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _plain(column.dictionary_decode())
    if pa.types.is_string(kind):
        return column
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        return pc.cast(column, pa.date32(), safe=False)
    if pa.types.is_floating(kind):
        return pc.replace_substring_regex(pc.cast(column, pa.string()), r"\.0+$", "")
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        if pa.types.is_string(kind.value_type):
            return pc.binary_join(column, LIST_SIGN)
        return pa.nulls(len(column), pa.string())
    if pa.types.is_nested(kind) or pa.types.is_null(kind):
        return pa.nulls(len(column), pa.string())
    return pc.cast(column, pa.string())


def _damaged(file: str) -> InputError:
    return InputError(
        Text(
            "Parquet 文件已损坏或不完整,无法读取。请重新导出或重新复制。",
            "the Parquet file is damaged or cut short and cannot be read. Export or copy it again.",
        ),
        file=file,
    )
