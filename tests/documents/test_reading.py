"""The door: what is read, what is refused, and in what time."""

import hashlib
import random
import subprocess
import sys
import time
import tracemalloc

import pytest

from liandong.documents import MAX_BYTES, Page, Span, fold, read, read_bytes, read_text
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


def test_standard_input_is_a_page(tmp_path):
    """`-` reads what is piped in, in a process of its own."""
    script = (
        "from liandong.documents import read; p = read('-'); print(p.origin, p.encoding, len(p.raw), p.body)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        input="许昌有高新技术企业549家。".encode("gb18030"),
        capture_output=True,
    )
    assert done.stdout.decode().strip() == "- gb18030 14 (Span(start=0, end=14),)"


def test_pasted_text_is_its_own_file():
    """The same page as that of a UTF-8 file with the text."""
    text = "许昌有高新技术企业549家。\n"
    assert read_text(text, origin="粘贴") == read_bytes(text.encode(), origin="粘贴")


def test_a_pasted_half_character_keeps_its_place():
    """A lone surrogate, which no file can hold, becomes one question mark."""
    assert read_text("许昌\ud800有企业549家。", origin="粘贴").raw == "许昌?有企业549家。"


def test_importing_the_room_loads_no_reader():
    """trafilatura, pypdf, openpyxl and the detector are loaded by the first page that needs them."""
    script = """
import sys
import liandong.documents
print(sorted({"trafilatura", "lxml", "pypdf", "openpyxl", "docx", "charset_normalizer"} & set(sys.modules)))
liandong.documents.read_bytes("许昌有高新技术企业549家。".encode(), origin="x")
print(sorted({"trafilatura", "lxml", "pypdf", "openpyxl", "docx", "charset_normalizer"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout == "[]\n[]\n"


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
    "spaces": "许 ",
    "sentences": "许。",
    "ends": "。",
    "dates in a line": "许昌 2025-06-19 ",
    "brackets": "(【",
    "attributes": "<a b='c' ",
    "closers": "</",
    "dots": "…",
    "Traditional": "許昌市擁有高新技術企業549家。",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_takes_no_time(name):
    """A million characters of anything, plain or as HTML, are read or refused in seconds."""
    text = HOSTILE[name] * (LONG // len(HOSTILE[name]))
    begun = time.process_time()
    for head in ("", "<html>"):
        try:
            read_bytes((head + text).encode(), origin=name)
        except InputError:
            continue
    assert time.process_time() - begun < 20


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


@pytest.mark.parametrize(
    "head", [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"PK\x03\x04xl/workbook", b"<html>", b"\xff\xfe"]
)
def test_random_bytes_behind_any_beginning_are_a_page_or_an_input_error(head):
    """No reader crashes on what only begins like its format."""
    chance = random.Random(11)
    for size in [0, 1, 2, 3, 50, 500, 5000, 50_000]:
        for _ in range(4):
            try:
                page = read_bytes(head + chance.randbytes(size), origin="x")
            except InputError:
                continue
            assert all(0 <= span.start < span.end <= len(page.raw) for span in page.body)


def test_a_line_of_50_mb_is_refused_before_it_is_read(tmp_path):
    """The refusal takes neither the time nor the memory of the line."""
    path = tmp_path / "line.txt"
    path.write_bytes("许昌".encode() * (50 * 1024 * 1024 // 6))
    tracemalloc.start()
    assert refusal(path)[0] == f"{path}: 文件有 50.0 MB,一个页面最多 20 MB。请拆分文件,或只保留正文页面。"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1 << 20


def test_marks_of_writing_direction_do_not_hide_the_masthead():
    """A page line between marks is still one, and no offset moves."""
    text = (
        "\u200f开发区集中签约12个项目\n\u202b发布日期：2024-05-08 来源：市商务局\u202c\n"
        "共签约项目12个，总投资86.5亿元。\n"
    )
    page = read_bytes(text.encode(), origin="x")
    assert (page.raw, page.published, [page.raw[s.start : s.end] for s in page.body]) == (
        text,
        "2024-05-08",
        ["共签约项目12个，总投资86.5亿元。"],
    )


def test_the_work_grows_with_the_length_alone():
    """Ten times the lines of any kind take nowhere near a hundred times as long."""
    block = "首页\n许昌市拥有高新技术企业549家，（记者 甲乙）\n编辑：丙丁 2025-06-19 来源：某报\n1.项目一\n\n"
    seconds = []
    for times in (200, 2000):
        begun = time.process_time()
        read_bytes((block * times).encode(), origin="x")
        seconds.append(time.process_time() - begun)
    assert seconds[1] < 40 * max(seconds[0], 0.02)
