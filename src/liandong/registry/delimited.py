"""CSV in any common encoding and with any delimiter, transcoded and parsed in a stream."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TextIO

import pyarrow as pa

from liandong.errors import InputError, Text
from liandong.registry.tables import (
    BATCH,
    HEADER_WITHIN,
    Batch,
    Table,
    empty_file,
    find_header,
    no_name_column,
)

_DELIMITERS = (",", "\t", ";", "|", "，")
_HEAD = 1 << 16
_CHUNK = 1 << 20
_LONGEST_CELL = 1 << 20  # characters; a longer one means an unclosed quotation mark


def read_delimited(path: Path, mapping: dict[str, str] | None = None) -> Table:
    """The table of a CSV file. Raises InputError: empty, undecodable, without a column for the name."""
    encoding = detect_encoding(path)
    head = _head(path, encoding)
    if not head.strip():
        raise empty_file(path.name)
    found = _layout(head, mapping)
    if found is None:
        rows = _parse(head, max(_DELIMITERS, key=head.count))
        raise no_name_column(path.name, max(rows, key=len, default=[]))
    delimiter, index, names = found
    return Table(
        file=path.name,
        sheet=None,
        columns=names,
        batches=lambda: _batches(path, encoding, delimiter, index, len(names)),
        encoding=encoding,
        header=index + 1,
    )


def detect_encoding(path: Path) -> str:
    """utf-8-sig, utf-16, gb18030 or big5hkscs, by a mark or by strict decoding of the whole file.

    Raises InputError naming the line where the bytes fit no encoding.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head:
        raise empty_file(path.name)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _sound(path, ["utf-16"])
    if head.startswith(codecs.BOM_UTF8):
        return _sound(path, ["utf-8-sig"])
    if b"\0" in head:
        even, odd = head[0::2].count(0), head[1::2].count(0)
        if max(even, odd) < len(head) / 100:
            raise _binary(path.name)
        return _sound(path, ["utf-16-le" if odd > even else "utf-16-be"])
    return _sound(path, ["utf-8-sig", *_chinese(head)])


def _chinese(head: bytes) -> list[str]:
    """GB18030 or Big5: the one whose text uses more of the common characters first."""
    return sorted(("gb18030", "big5hkscs"), key=lambda name: -_common(head.decode(name, "ignore"), name))


def _common(text: str, encoding: str) -> float:
    """Share of the characters beyond ASCII that are common: level 1 of GB 2312 or of Big5."""
    beyond = [char for char in text if char > "\x7f"]
    plain, low, high = ("gb2312", 0xA1, 0xD7) if encoding == "gb18030" else ("big5", 0xA1, 0xC6)
    leads = [char.encode(plain, "ignore")[:1] for char in beyond]
    return sum(bool(lead) and low <= lead[0] <= high for lead in leads) / len(beyond) if beyond else 0.0


def _sound(path: Path, encodings: Sequence[str]) -> str:
    """The first encoding in which every byte of the file has its place."""
    faults = []
    for encoding in encodings:
        line = _first_fault(path, encoding)
        if line is None:
            return encoding
        faults.append((line, encoding))
    line, encoding = max(faults, key=lambda fault: fault[0])
    raise InputError(
        Text(
            f"第 {line} 行起有无法解码的字节(最接近 {encoding})。请另存为 UTF-8 或 GB18030 编码的 CSV。",
            f"the bytes cannot be decoded from line {line} on (nearest: {encoding}). "
            "Save the file as CSV in UTF-8 or GB18030.",
        ),
        file=path.name,
        row=line,
    )


def _first_fault(path: Path, encoding: str) -> int | None:
    """The line of the first byte that the encoding does not have; None if there is none."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as stream:
        while True:
            chunk = stream.read(_CHUNK)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return line + error.object[: error.start].count(b"\n")
            if not chunk:
                return None
            line += text.count("\n")


def _binary(file: str) -> InputError:
    return InputError(
        Text(
            "内容是二进制数据,不是表格文本。请提供 CSV、Excel(.xlsx、.xls)或 Parquet 文件。",
            "the content is binary data, not a table as text. Give CSV, Excel (.xlsx, .xls) or Parquet.",
        ),
        file=file,
    )


def _open(path: Path, encoding: str) -> TextIO:
    return path.open("r", encoding=encoding, newline="")


def _head(path: Path, encoding: str) -> str:
    """The first characters, cut at a line's end."""
    with _open(path, encoding) as stream:
        text = stream.read(_HEAD)
        return text if len(text) < _HEAD else text[: text.rfind("\n") + 1] or text


def _parse(head: str, delimiter: str) -> list[list[str]]:
    lines = head.splitlines(keepends=True)
    try:
        return list(islice(csv.reader(lines, delimiter=delimiter), HEADER_WITHIN))
    except csv.Error:
        return []


def _layout(head: str, mapping: dict[str, str] | None) -> tuple[str, int, tuple[str, ...]] | None:
    """Delimiter, index of the header row, names: the delimiter whose header has the most columns."""
    best: tuple[int, str, int, tuple[str, ...]] | None = None
    for delimiter in _DELIMITERS:
        found = find_header(_parse(head, delimiter), mapping)
        if found and (best is None or len(found[1]) > best[0]):
            best = (len(found[1]), delimiter, *found)
    return best[1:] if best else None


def _batches(path: Path, encoding: str, delimiter: str, header: int, width: int) -> Iterator[Batch]:
    """Rows below the header; a row's number counts records, as a spreadsheet shows them.

    Raises InputError at a row with more cells than the header or with an unclosed quotation mark.
    """
    limit = csv.field_size_limit(_LONGEST_CELL)
    number = header + 1
    try:
        with _open(path, encoding) as stream:
            records = csv.reader(stream, delimiter=delimiter)
            for _ in islice(records, header + 1):
                pass
            while chunk := list(islice(records, BATCH)):
                yield _batch(chunk, number, width, path.name)
                number += len(chunk)
    except csv.Error as error:
        raise InputError(
            Text(
                f"此行之后引号没有闭合或单元格过长({error})。",
                f"after this row a quotation mark is not closed or a cell is too long ({error}).",
            ),
            file=path.name,
            row=records.line_num,
        ) from error
    finally:
        csv.field_size_limit(limit)


def _batch(chunk: list[list[str]], before: int, width: int, file: str) -> Batch:
    """before: number of the row above. Blank lines are left out; short rows are filled with nothing."""
    numbers = range(before + 1, before + 1 + len(chunk))
    if any(len(row) != width for row in chunk):
        kept = []
        for number, row in zip(numbers, chunk, strict=True):
            if not any(cell.strip() for cell in row):
                continue
            if any(cell.strip() for cell in row[width:]):
                raise InputError(
                    Text(
                        f"此行有 {len(row)} 个单元格,表头只有 {width} 个。含分隔符的内容需要加引号。",
                        f"this row has {len(row)} cells, the header has {width}. "
                        "Text that holds the delimiter needs quotation marks.",
                    ),
                    file=file,
                    row=number,
                )
            kept.append((number, (row + [""] * width)[:width]))
        numbers, chunk = [number for number, _ in kept], [row for _, row in kept]  # type: ignore[assignment]
    columns = [pa.array(cells, pa.string()) for cells in zip(*chunk, strict=True)] if chunk else []
    columns = columns or [pa.array([], pa.string())] * width
    return Batch(columns, pa.array(numbers, pa.int64()))
