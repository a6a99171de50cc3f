"""The room's door: a path, bytes or a text → Page, or an InputError that says what would be right."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from liandong.documents.cleaning import article as article_of_text
from liandong.documents.cleaning import ranges
from liandong.documents.credits import as_written
from liandong.documents.decoding import decode
from liandong.documents.folding import fold
from liandong.documents.headline import Headline, of_markup, of_text
from liandong.documents.home import home_place
from liandong.documents.hypertext import article as article_of_web
from liandong.documents.lines import Line, Use, count, lines, unrolled
from liandong.documents.markup import is_markup, visible
from liandong.documents.masthead import Masthead, masthead
from liandong.documents.page import Page
from liandong.documents.pdf import pdf_text
from liandong.documents.sheets import delimited_text, is_delimited, workbook_text
from liandong.documents.word import word_text
from liandong.errors import InputError, Text

MAX_BYTES = 20 * 1024 * 1024
"""Largest page that is read: 20 MB. The longest government report is under 0.2 MB."""

MAX_LINES = 100_000
"""Most lines of a page: more is a table or a log, which the registry imports."""

STANDARD_INPUT = "-"
"""The name that stands for standard input."""


def read(source: str | Path, *, published: str | None = None, region: str | None = None) -> Page:
    """The page in a file: text, HTML, Word (.docx), PDF, Excel (.xlsx) or CSV; "-" is standard input.

    What a file is, its content tells; its name tells only a CSV (.csv, .tsv) from a text. published: ISO
    date, or date and time, instead of what the page says. region: the place it speaks for.
    Raises InputError, naming the file, if it is missing, not a file, empty, over `MAX_BYTES` (checked before
    reading), has more than `MAX_LINES` lines, or is not text.
    """
    if str(source) == STANDARD_INPUT:
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
        return read_bytes(data, origin=STANDARD_INPUT, published=published, region=region)
    path = Path(source)
    try:
        if not path.is_file():
            raise _unreadable(str(source), missing=not path.exists())
        _check_size(path.stat().st_size, str(source))
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(str(source), missing=False) from error
    return read_bytes(data, origin=str(source), published=published, region=region)


def read_text(text: str, *, origin: str, published: str | None = None, region: str | None = None) -> Page:
    """The page in a text that someone pasted: the same as a UTF-8 file of it; a lone surrogate is a "?"."""
    data = text.encode("utf-8", "replace")
    return read_bytes(data, origin=origin, published=published, region=region)


def read_bytes(data: bytes, *, origin: str, published: str | None = None, region: str | None = None) -> Page:
    """The page in these bytes; `origin` is its path or address, used in messages and kept in the page."""
    _check_size(len(data), origin)
    if published is not None:
        _check_published(published, origin)
    page = _read(data, origin)
    home = region or home_place(page.raw, page.title_span, page.body)
    page = replace(page, sha256=hashlib.sha256(data).hexdigest(), region=home)
    return page if published is None else replace(page, published=published, published_span=None)


def _read(data: bytes, origin: str) -> Page:
    """The page, by what the first bytes say that it is."""
    if data.startswith(b"%PDF-"):
        return _page(pdf_text(data, origin=origin), origin=origin, encoding="pdf")
    if data.startswith(b"PK\x03\x04") and b"xl/workbook" in data:
        return _table(workbook_text(data, origin=origin), origin=origin, encoding="xlsx")
    if data.startswith(b"PK\x03\x04"):
        return _page(word_text(data, origin=origin), origin=origin, encoding="docx")
    if data.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        raise _old_format(origin)
    decoded = decode(data, origin=origin)
    if is_markup(decoded.text):
        return _web(decoded.text, origin=origin, encoding=decoded.encoding)
    if is_delimited(origin):
        return _table(delimited_text(decoded.text, origin=origin), origin=origin, encoding=decoded.encoding)
    return _page(decoded.text, origin=origin, encoding=decoded.encoding)


def _page(raw: str, *, origin: str, encoding: str) -> Page:
    """Flattened text: the line model finds the article."""
    folded, found = _lines(raw, origin)
    found = unrolled(found)
    chosen = article_of_text(found)
    head = masthead(folded, found, *_bounds(chosen, found))
    return _put_together(raw, folded, found, chosen, head, of_text(raw, head), origin, encoding)


def _web(source: str, *, origin: str, encoding: str) -> Page:
    """A web page: its tree tells the article, or else the line model."""
    web = visible(source)
    folded, found = _lines(web.text, origin)
    chosen = article_of_web(source, web.text, found) or article_of_text(found)
    first, last = _bounds(chosen, found)
    head = masthead(folded, found, first, last)
    line = of_markup(web.text, found, head, web)
    if found[first].start == (line.title_span.start if line.title_span else -1) and sum(chosen) > 1:
        chosen[first] = False  # trees often count the heading as article; above a flattened page it is not
    return _put_together(web.text, folded, found, chosen, head, line, origin, encoding)


def _table(raw: str, *, origin: str, encoding: str) -> Page:
    """Rows: all of them are body, and what stands above the first of several cells is the masthead."""
    folded, found = _lines(raw, origin)
    first = next((index for index, line in enumerate(found) if "\t" in line.text), 0)
    head = masthead(folded, found, first, len(found))
    dated = [index for index in range(first) if found[index].use in (Use.MASTHEAD, Use.MOMENT)]
    top = dated[-1] + 1 if dated else 0
    chosen = [index >= top for index in range(len(found))]
    if first == 0:
        head = replace(head, title=None)  # the names of columns are no title
    return _put_together(raw, folded, found, chosen, head, of_text(raw, head), origin, encoding)


def _lines(raw: str, origin: str) -> tuple[str, list[Line]]:
    """The folded text and its lines, if they are any and not too many."""
    folded = fold(raw)
    if (size := count(folded)) > MAX_LINES:
        raise InputError(
            Text(
                f"有 {size:,} 行,一个页面最多 {MAX_LINES:,} 行。"
                "若是表格,请用 liandong registry import 导入。",
                f"{size:,} lines; a page has at most {MAX_LINES:,}. "
                "If this is a table, use liandong registry import.",
            ),
            file=origin,
        )
    found = lines(folded)
    if not found:
        raise _empty(origin)
    return folded, found


def _put_together(
    raw: str,
    folded: str,
    found: Sequence[Line],
    chosen: Sequence[bool],
    head: Masthead,
    line: Headline,
    origin: str,
    encoding: str,
) -> Page:
    return Page(
        raw=raw,
        body=ranges(found, chosen),
        sha256="",
        encoding=encoding,
        origin=origin,
        title=line.title,
        title_span=line.title_span,
        published=line.published,
        published_span=line.published_span,
        source=line.source,
        source_span=line.source_span,
        credits=tuple(as_written(credit, raw, folded) for credit in head.credits),
    )


def _bounds(chosen: Sequence[bool], found: Sequence[Line]) -> tuple[int, int]:
    """Lines [first, last) of the article; a page without one ends at its only page line."""
    kept = [index for index, article in enumerate(chosen) if article]
    if kept:
        return kept[0], kept[-1] + 1
    dated = [i for i, line in enumerate(found) if line.use in (Use.MASTHEAD, Use.MOMENT)]
    return (dated[0] + 1, dated[0] + 1) if len(dated) == 1 else (0, 0)


def _check_size(size: int, origin: str) -> None:
    if size > MAX_BYTES:
        found, most = size / 1024**2, MAX_BYTES // 1024**2
        raise InputError(
            Text(
                f"文件有 {found:.1f} MB,一个页面最多 {most} MB。请拆分文件,或只保留正文页面。",
                f"the file has {found:.1f} MB; a page has at most {most} MB. "
                "Split it, or keep only the page itself.",
            ),
            file=origin,
        )
    if size == 0:
        raise _empty(origin)


def _check_published(published: str, origin: str) -> None:
    try:
        datetime.fromisoformat(published)
    except ValueError:
        raise InputError(
            Text(
                f"“{published}”不是日期。请写成 2025-06-19 或 2025-06-19T21:58:42。",
                f'"{published}" is not a date. Write 2025-06-19 or 2025-06-19T21:58:42.',
            ),
            file=origin,
            field="published",
        ) from None


def _empty(origin: str) -> InputError:
    return InputError(
        Text(
            "页面没有文字。请检查文件是否保存完整。",
            "the page has no text. Check that the file was saved whole.",
        ),
        file=origin,
    )


def _unreadable(origin: str, *, missing: bool) -> InputError:
    if missing:
        return InputError(
            Text("没有这个文件。请检查路径。", "there is no such file. Check the path."), file=origin
        )
    return InputError(
        Text("无法读取这个文件。请检查它是否为普通文件、是否有读取权限。",
             "the file cannot be read. Check that it is a regular file and that you may read it."),
        file=origin,
    )  # fmt: skip


def _old_format(origin: str) -> InputError:
    return InputError(
        Text(
            "这是旧格式的 Office 文件(.doc、.xls、.rtf)或有密码保护。请用 Word、Excel 或 WPS 打开后"
            "另存为 .docx 或 .xlsx(不设密码)。",
            "this is an Office file of an old format (.doc, .xls, .rtf), or protected by a password. "
            "Open it and save it as .docx or .xlsx without a password.",
        ),
        file=origin,
    )
