"""Firm tables for tests: written as real files, read by the real code."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from liandong.registry import check_character

HEADER = ("企业名称", "统一社会信用代码", "成立日期", "注册资本", "经营范围", "省份", "城市")


def code(serial: int, division: str = "411002") -> str:
    """A valid code of a division and a serial number."""
    first = f"91{division}{serial:09d}"
    return first + check_character(first)


SENYUAN = ("河南森源电气股份有限公司", code(1), "1992-10-10", "9.3亿元", "高压开关柜的制造", "河南", "许昌")
XUJI = ("许继电气股份有限公司", code(2), "1993/3/15", "10,193(万元)", "继电保护装置的生产", "河南", "许昌")
NARI = ("国电南瑞科技股份有限公司", code(3), "2001年2月28日", "80亿元人民币", "电网自动化", "江苏", "南京")
ROWS = (SENYUAN, XUJI, NARI)


def write_csv(
    path: Path,
    rows: Sequence[Sequence[object]],
    header: Sequence[str] = HEADER,
    *,
    encoding: str = "utf-8",
    delimiter: str = ",",
) -> Path:
    """A CSV file."""
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows([header, *rows])
    return path


def write_xlsx(path: Path, sheets: dict[str, Sequence[Sequence[object]]]) -> Path:
    """A workbook: per sheet its rows from the first on."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path
