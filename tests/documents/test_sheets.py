"""Workbooks and delimited text as tables."""

import io
import time
import zipfile
from datetime import datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.documents import Span, read_bytes
from liandong.documents import sheets as sheets_module
from liandong.documents.cells import shown
from liandong.errors import InputError


def workbook(
    rows: list[list[object]], formats: dict[str, str] | None = None, **sheets: list[list[object]]
) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cell, pattern in (formats or {}).items():
        book.active[cell].number_format = pattern
    for name, more in sheets.items():
        sheet = book.create_sheet(name)
        for row in more:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def altered(data: bytes, part: str, change) -> bytes:
    """The workbook with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            body = old.read(info)
            new.writestr(info.filename, change(body) if info.filename == part else body)
    return out.getvalue()


def refusal(data: bytes, origin: str = "公报.xlsx") -> str:
    with pytest.raises(InputError) as caught:
        read_bytes(data, origin=origin)
    return caught.value.text("zh")


SHEET = "xl/worksheets/sheet1.xml"


def test_rows_are_lines_and_cells_are_apart_as_they_show():
    """Heading and page line stand above the body; numbers and dates are as their cells show them."""
    data = workbook(
        [
            ["许昌市2025年上半年主要经济指标"],
            ["发布时间：2025-07-20  来源：市统计局"],
            ["指标", "数值", "单位", "同比增长"],
            ["高新技术企业", 549, "家", 0.125],
            ["固定资产投资", 1234.5, "亿元", -0.031],
            ["截至", datetime(2025, 6, 30)],
        ],
        {"D4": "0.0%", "B5": "#,##0.00", "D5": "0.0%;(0.0%)", "B6": 'yyyy"年"m"月"'},
    )
    page = read_bytes(data, origin="公报.xlsx")
    head = "许昌市2025年上半年主要经济指标\n发布时间：2025-07-20 来源：市统计局\n"
    assert page.raw == head + (
        "指标\t数值\t单位\t同比增长\n高新技术企业\t549\t家\t12.5%\n固定资产投资\t1,234.50\t亿元\t-3.1%\n截至\t2025年6月"
    )
    assert (page.title, page.published, page.source, page.body, page.encoding) == (
        "许昌市2025年上半年主要经济指标",
        "2025-07-20",
        "市统计局",
        (Span(len(head), len(page.raw)),),
        "xlsx",
    )


def test_several_sheets_are_headed_by_their_names_and_hidden_ones_left_out():
    """What the publisher hid is not what the workbook says."""
    book = openpyxl.load_workbook(
        io.BytesIO(workbook([["企业", 92]], 园区=[["工业用地", 35]], 草稿=[["待核", 1]]))
    )
    book["草稿"].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    assert read_bytes(out.getvalue(), origin="x").raw == "Sheet\n企业\t92\n园区\n工业用地\t35"


@pytest.mark.parametrize(
    ("value", "pattern", "text"),
    [
        (0.1 + 0.2, "General", "0.3"),
        (1e15, "General", "1000000000000000"),
        (0.125, "0%", "13%"),
        (33.28, '0.0"亿元"', "33.3亿元"),
        (3328000, "#,##0.0,", "3,328.0"),
        (-1234.5, "#,##0.00_);(#,##0.00)", "-1,234.50"),
        (-1234.5, "#,##0.00;[Red]#,##0.00", "-1,234.50"),
        (12.0, "0.##", "12"),
        (549, "[$¥-804]#,##0", "¥549"),
        (0.5, "# ?/?", "0.5"),
        (1234567, "0.00E+00", "1234567"),
        (7, "[>=5]0.0;0", "7"),
        (0, "0.0%;-0.0%;-", "0"),
        (True, "General", "TRUE"),
        (None, "General", ""),
        ("第一行\n第二行\t格", "General", "第一行 第二行 格"),
        (datetime(2025, 6, 19), "yyyy-mm-dd", "2025年6月19日"),
        (datetime(2025, 6, 19, 9, 30), "yyyy/m/d h:mm", "2025年6月19日 09:30"),
        (datetime(2025, 6, 19), 'm"月"d"日"', "6月19日"),
    ],
)
def test_a_cell_is_given_as_it_shows(value, pattern, text):
    """Percent, decimals, thousands, scale and literal text come from the format; no minus is lost."""
    assert shown(value, pattern) == text


@given(st.floats(allow_nan=False) | st.integers(), st.text(max_size=20))
def test_any_format_gives_one_cell(value, pattern):
    """No format crashes a cell or puts a tab or a line end in it."""
    text = shown(value, pattern)
    assert not set(text) & set("\t\n\r")


def test_a_formula_without_its_result_is_refused():
    """It would silently be missing from the page."""
    assert refusal(workbook([["合计", "=1+1"]])) == (
        "公报.xlsx: 表中有公式没有保存计算结果。请用 Excel 或 WPS 打开后保存,再读取。"
    )


def test_a_workbook_that_unpacks_too_large_is_refused():
    """A small file that unpacks to over 100 MB is refused before anything is built from it."""
    bomb = altered(workbook([["企业"]]), SHEET, lambda body: body + b" " * (sheets_module.MAX_UNPACKED + 1))
    begun = time.perf_counter()
    assert (refusal(bomb).startswith("公报.xlsx: 表格过大"), len(bomb) < 1 << 20) == (True, True)
    assert time.perf_counter() - begun < 5


def test_a_cell_far_out_takes_no_memory():
    """A row number beyond any sheet ends in a refusal, not in a thousand million empty rows."""
    rows = b'<row r="900000000"><c r="A900000000"><v>1</v></c></row></sheetData>'
    data = altered(workbook([["企业"]]), SHEET, lambda body: body.replace(b"</sheetData>", rows))
    assert "过大" in refusal(data)


def test_a_document_type_in_a_workbook_is_refused():
    """Entities, which could grow without bound or name files, are never resolved."""
    entity = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    data = altered(workbook([["企业"]]), SHEET, lambda body: entity + body)
    assert refusal(data).startswith("公报.xlsx: 这不是可读取的 Excel 文件")


def test_an_old_office_file_is_named():
    """.xls and .doc are said to be old formats, with what to do."""
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "表.xls").startswith(
        "表.xls: 这是旧格式的 Office 文件"
    )


def test_a_csv_is_a_table_by_its_name():
    """Quotes are resolved, cells set apart by tabs, the encoding found; the names of columns are no title."""
    data = '指标,数值,单位\r\n高新技术企业,549,家\r\n"投资,总额","1,234.5",亿元\r\n'.encode("gb18030")
    page = read_bytes(data, origin="指标.CSV")
    assert (page.raw, page.encoding, page.title, page.body) == (
        "指标\t数值\t单位\n高新技术企业\t549\t家\n投资,总额\t1,234.5\t亿元",
        "gb18030",
        None,
        (Span(0, 38),),
    )


def test_the_same_bytes_under_another_name_are_a_text():
    """A text with commas is not taken for a table."""
    text = "指标,数值\n高新技术企业,549"
    assert read_bytes(text.encode(), origin="指标.txt").raw == text


def test_a_csv_whose_quote_is_never_closed_names_the_row():
    """The message says from where on the table cannot be read."""
    data = ('指标,数值\n"高新技术企业,' + "五" * 200_000).encode()
    assert refusal(data, "指标.csv").startswith("指标.csv › 第 2 行: 从这一行起无法按表格读取")
