"""Any firm table: Parquet, CSV or Excel, told apart by content rather than by ending."""

from __future__ import annotations

from pathlib import Path

from liandong.errors import InputError, Text
from liandong.registry.columnar import read_columnar
from liandong.registry.delimited import read_delimited
from liandong.registry.tables import Table, empty_file
from liandong.registry.workbook import read_workbook

_OLE = b"\xd0\xcf\x11\xe0"


def read_tables(path: Path, mapping: dict[str, str] | None = None) -> list[Table]:
    """The tables of a file that have a column for the firm's name: one, or one per sheet of a workbook.

    Raises InputError if there is none, or if the file is missing, empty, damaged or of another kind.
    """
    if not path.is_file():
        raise InputError(Text("文件不存在。", "there is no such file."), file=str(path))
    try:
        with path.open("rb") as stream:
            head = stream.read(1024)
    except OSError as error:
        raise InputError(
            Text(f"文件无法读取:{error.strerror}。", f"the file cannot be read: {error.strerror}."),
            file=path.name,
        ) from error
    suffix = path.suffix.lower()
    if not head:
        raise empty_file(path.name)
    if head.startswith(b"PAR1") or suffix == ".parquet":
        return [read_columnar(path, mapping)]
    if head.startswith((b"PK\x03\x04", _OLE)) or suffix in (".xlsx", ".xlsm"):
        return read_workbook(path, mapping)
    if b"<html" in head.lower() or b"<table" in head.lower():
        raise InputError(
            Text(
                "这是网页表格(常被命名为 .xls)。请用 Excel 或 WPS 打开后另存为 .xlsx。",
                "this is a web page's table (often named .xls). Open it in Excel or WPS and save as .xlsx.",
            ),
            file=path.name,
        )
    return [read_delimited(path, mapping)]
