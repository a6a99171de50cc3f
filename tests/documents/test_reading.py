"""The door: what is read, what is refused, and in what time."""

import hashlib
import time

import pytest

from liandong.documents import MAX_BYTES, Page, Span, fold, read, read_bytes
from liandong.documents.reading import MAX_LINES
from liandong.errors import InputError


def refusal(source, **given) -> tuple[str, str]:
    with pytest.raises(InputError) as caught:
        read(source, **given)
    return caught.value.text("zh"), caught.value.text("en")


def test_a_text_file_is_a_page(tmp_path):
    """Raw is the decoded file, sha256 that of its bytes, origin its path."""
    path = tmp_path / "page.txt"
    data = "许昌有高新技术企业549家。\r\n".encode()
    path.write_bytes(data)
    assert read(path) == Page(
        raw="许昌有高新技术企业549家。\r\n",
        body=(Span(0, 14),),
        sha256=hashlib.sha256(data).hexdigest(),
        encoding="utf-8",
        origin=str(path),
    )


def test_a_missing_file_is_named(tmp_path):
    """The message gives the path and what to do, in both languages."""
    path = tmp_path / "无.txt"
    assert refusal(path) == (
        f"{path}: 没有这个文件。请检查路径。",
        f"{path}: there is no such file. Check the path.",
    )


def test_a_folder_is_no_page(tmp_path):
    """A path that is no regular file is refused, not opened."""
    assert (
        refusal(tmp_path)[1]
        == f"{tmp_path}: the file cannot be read. Check that it is a regular file and that you may read it."
    )


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", "\u3000\u200b\n".encode(), b"<html><body></body></html>"]
)
def test_a_page_without_text_is_refused(tmp_path, data):
    """Nothing, white space, a mark alone and empty markup are no page."""
    path = tmp_path / "page.txt"
    path.write_bytes(data)
    assert refusal(path)[0] == f"{path}: 页面没有文字。请检查文件是否保存完整。"


def test_a_file_of_100_mb_is_refused_before_it_is_read(tmp_path):
    """Its size is looked at first: the refusal takes no time and no memory."""
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    assert refusal(path)[0] == f"{path}: 文件有 100.0 MB,一个页面最多 20 MB。请拆分文件,或只保留正文页面。"


def test_a_table_of_too_many_lines_is_refused():
    """More lines than a page has is a table, and the message says where tables go."""
    with pytest.raises(InputError) as caught:
        read_bytes(b"1\n" * (MAX_LINES + 1), origin="企业.txt")
    assert caught.value.text("en") == (
        "企业.txt: 100,001 lines; a page has at most 100,000. "
        "If this is a table, use liandong registry import."
    )


def test_a_given_time_must_be_a_date(tmp_path):
    """A wrong date names the field."""
    path = tmp_path / "page.txt"
    path.write_text("许昌有高新技术企业549家。", "utf-8")
    assert refusal(path, published="去年")[0] == (
        f"{path} › published: “去年”不是日期。请写成 2025-06-19 或 2025-06-19T21:58:42。"
    )


LONG = 1_000_000
HOSTILE = {
    "one line": "许昌市拥有高新技术企业549家，",
    "signs": "【",
    "marks of writing direction": "\u202e许昌\u202c",
    "roles": "记者 ",
    "dates": "2025-06-19 ",
    "lines of roles": "编辑:" * 90 + "\n",
    "lines of dots": "." * 290 + "\n",
    "opened tags": "<a x=",
    "opened quotes": '<a x="',
    "opened comments": "<!--",
    "opened directives": "<%",
    "nested blocks": "<div>",
    "nested tables": "<table><tr><td>",
    "tables": "<table><tr><td>许昌</td></tr></table>",
    "headings": "<h1>许昌</h1>",
    "entities": "&amp",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_takes_no_time(name):
    """A million characters of anything, plain or as HTML, are read or refused in seconds."""
    text = HOSTILE[name] * (LONG // len(HOSTILE[name]))
    begun = time.perf_counter()
    for head in ("", "<html>"):
        try:
            read_bytes((head + text).encode(), origin=name)
        except InputError:
            continue
    assert time.perf_counter() - begun < 20


def test_the_largest_single_line_is_read():
    """A line as long as a page may be is one range of body."""
    data = ("高新技术企业549家，" * (MAX_BYTES // 30)).encode()[:MAX_BYTES]
    page = read_bytes(data[: len(data) // 3 * 3], origin="line")
    assert page.body == (Span(0, len(page.raw)),)


def test_marks_of_writing_direction_stay_where_they_are():
    """Offsets count invisible marks; the side copy keeps them too."""
    text = "\u202b许昌有高新技术企业5\u200b49家。\u202c"
    page = read_bytes(text.encode(), origin="x")
    assert (page.raw, fold(page.raw)) == (text, text)
