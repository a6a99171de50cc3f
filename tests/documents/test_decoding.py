"""Bytes to text."""

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liandong.documents import read_bytes
from liandong.documents.decoding import declared, decode
from liandong.errors import InputError
from tests.documents.own_time import within_own_time

SIMPLE = "许昌市坚持以科技创新引领产业创新，高新技术企业549家。\r\n"
TRADITIONAL = "許昌市堅持以科技創新引領產業創新，高新技術企業549家。\r\n"


@pytest.mark.parametrize(
    ("text", "written", "read"),
    [
        (SIMPLE, "utf-8", "utf-8"),
        (SIMPLE, "utf-8-sig", "utf-8"),
        (SIMPLE, "utf-16", "utf-16-le"),
        (SIMPLE, "utf-16-le", "utf-16-le"),
        (SIMPLE, "utf-16-be", "utf-16-be"),
        (SIMPLE, "gb2312", "gb18030"),
        (SIMPLE, "gb18030", "gb18030"),
        (TRADITIONAL, "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "big5hkscs"),
        ("許昌𠮷野家、金额€100，共3家。", "gb18030", "gb18030"),
        ("GDP grew by 5.6 % in 2024.\n", "ascii", "utf-8"),
    ],
)
def test_an_undeclared_encoding_is_found(text, written, read):
    """The text comes back whole, line ends included, and the encoding is named."""
    found = decode(text.encode(written), origin="page.txt")
    assert (found.text, found.encoding) == (text, read)


@pytest.mark.parametrize("said", ["utf-8", "big5", "iso-8859-1", "gb2312", "no-such-thing", "base64"])
def test_a_wrong_declaration_is_overruled_by_the_bytes(said):
    """A GB18030 page that declares another encoding is read as GB18030."""
    text = f'<html><meta charset="{said}"><p>{SIMPLE * 3}</p></html>'
    assert decode(text.encode("gb18030"), origin="page.html").encoding == "gb18030"


def test_a_declared_western_encoding_is_used():
    """Bytes that are no Chinese text are read as the page declares."""
    text = '<html><meta charset="iso-8859-1"><p>Économie régionale: où, près, été</p></html>'
    found = decode(text.encode("iso-8859-1"), origin="page.html")
    assert (found.text, found.encoding) == (text, "cp1252")


def test_gb2312_means_gb18030():
    """A declared encoding is widened to the largest set that contains it."""
    assert declared(b'<meta http-equiv="Content-Type" content="text/html; charset=GB2312">') == "gb18030"


def test_a_damaged_character_does_not_spoil_a_page():
    """One broken byte in a long UTF-8 page becomes one replacement character."""
    found = decode(SIMPLE.encode() * 20 + b"\xff" + SIMPLE.encode() * 20, origin="page.txt")
    assert (found.encoding, found.text) == ("utf-8", SIMPLE * 20 + "\ufffd" + SIMPLE * 20)


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 20,
        b"\x89PNG\r\n\x1a\n" + bytes(2000),
        b"\x00" * 1000,
    ],
)
def test_binary_data_is_refused(data):
    """What is not text is said to be no text, with the file's name."""
    with pytest.raises(InputError) as caught:
        read_bytes(data, origin="附件.bin")
    assert caught.value.text("zh").startswith("附件.bin: 内容不是文字")


@settings(deadline=None)
@given(st.binary(max_size=600))
def test_any_bytes_give_a_page_or_an_input_error(data):
    """No bytes crash the reader or hold it for 0.2 s of its own time; body ranges always lie in raw."""
    try:
        page = within_own_time(lambda: read_bytes(data, origin="x"))
    except InputError:
        return
    assert all(0 <= span.start < span.end <= len(page.raw) for span in page.body)


@given(st.text(st.characters(codec="gb18030", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1))
def test_utf8_is_decoded_exactly(text):
    """The text is the bytes' text, character for character, without a mark at its head."""
    assert decode(text.encode(), origin="x.txt").text == text.removeprefix("\ufeff")


def test_all_shared_web_pages_decode_right(pages):
    """The 191 raw pages are read in their labelled encodings, most of them declared wrongly as gb2312."""
    folder = pages / "html"
    with (folder / "index.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    found = [decode((folder / row["file"]).read_bytes(), origin=row["file"]).encoding for row in rows]
    assert found == [row["encoding"] for row in rows]
