"""A table as read: columns as texts, in batches, each row with its number in the file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from liandong.errors import InputError, Text
from liandong.registry.fields import map_columns

BATCH = 50_000
"""Rows worked on at a time: bounds memory, large enough for vectorised work."""
HEADER_WITHIN = 30
"""A header is looked for in so many first rows: titles and notes may stand above it."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of a table: per column an Arrow array (text or date), and each row's number from 1 in its file."""

    columns: Sequence[pa.Array]
    rows: pa.Array


@dataclass(frozen=True, slots=True)
class Table:
    """A table found in a file. batches() reads it once more from the start, in bounded memory.

    file: name without folder. sheet: of a workbook. size: rows where the file says so. encoding: of a text.
    header: the row of the headings, from 1; None in a file that names its columns apart. left_out: sheets of
    the workbook that have no column for the firm's name.
    """

    file: str
    sheet: str | None
    columns: tuple[str, ...]
    batches: Callable[[], Iterator[Batch]]
    size: int | None = None
    encoding: str | None = None
    header: int | None = None
    left_out: tuple[str, ...] = ()


def find_header(
    rows: Sequence[Sequence[str]], explicit: dict[str, str] | None = None
) -> tuple[int, tuple[str, ...]] | None:
    """Index and names of the header among the first rows: the row in which most columns mean a field.

    None if no row names a column for the firm's name.
    """
    best: tuple[int, int, tuple[str, ...]] | None = None
    for index, row in enumerate(rows[:HEADER_WITHIN]):
        names = tuple(" ".join(cell.split()) for cell in row)
        positions = map_columns(names, explicit).positions
        if "name" in positions and (best is None or len(positions) > best[0]):
            best = (len(positions), index, names)
    return (best[1], best[2]) if best else None


def no_name_column(file: str, found: Sequence[str], sheet: str | None = None) -> InputError:
    """The error of a table without a column for the firm's name."""
    listed = [name for name in found if name][:40]
    return InputError(
        Text(
            f"没有企业名称列。找到的列:{'、'.join(listed) or '(无)'}。"
            "需要名为“企业名称”“公司名称”或 name 的列,或用 --map 列名=name 指定。",
            f"there is no column for the firm's name. Columns found: {', '.join(listed) or '(none)'}. "
            "Needed: a column called 企业名称, 公司名称 or name, or name it with --map COLUMN=name.",
        ),
        file=file,
        sheet=sheet,
        field="name",
    )


def empty_file(file: str) -> InputError:
    """The error of a file without a byte or without a row."""
    return InputError(Text("文件是空的,没有企业。", "the file is empty: it holds no firm."), file=file)


def digest(path: Path) -> str:
    """SHA-256 of a file's bytes, in hex. Raises InputError if it cannot be read."""
    found = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(1 << 20):
                found.update(chunk)
    except OSError as error:
        raise InputError(
            Text(f"文件无法读取:{error.strerror}。", f"the file cannot be read: {error.strerror}."),
            file=path.name,
        ) from error
    return found.hexdigest()
