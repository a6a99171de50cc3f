"""The room's door: a path or bytes → Page, or an InputError that says what would be right."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from liandong.documents.cleaning import article as article_of_text
from liandong.documents.cleaning import ranges
from liandong.documents.decoding import decode
from liandong.documents.folding import fold
from liandong.documents.headline import of_markup, of_text
from liandong.documents.hypertext import article as article_of_web
from liandong.documents.lines import Line, Use, count, lines
from liandong.documents.markup import Visible, is_markup, visible
from liandong.documents.masthead import masthead
from liandong.documents.page import Page
from liandong.documents.word import word_text
from liandong.errors import InputError, Text

MAX_BYTES = 20 * 1024 * 1024
"""Largest page that is read: 20 MB. The longest government report is under 0.2 MB."""

MAX_LINES = 100_000
"""Most lines of a page: more is a table or a log, which the registry imports."""


def read(source: str | Path, *, published: str | None = None, region: str | None = None) -> Page:
    """The page in a file: text, HTML or Word (.docx).

    published: ISO date, or date and time, instead of what the page says. region: the place it speaks for.
    Raises InputError, naming the file, if it is missing, not a file, empty, over `MAX_BYTES` (checked before
    reading), has more than `MAX_LINES` lines, or is not text.
    """
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


def read_bytes(data: bytes, *, origin: str, published: str | None = None, region: str | None = None) -> Page:
    """The page in these bytes; `origin` is its path or address, used in messages and kept in the page."""
    _check_size(len(data), origin)
    if published is not None:
        _check_published(published, origin)
    if data.startswith(b"PK\x03\x04"):
        text, encoding = word_text(data, origin=origin), "docx"
        page = _page(text, None, origin=origin)
    else:
        decoded = decode(data, origin=origin)
        encoding = decoded.encoding
        markup = is_markup(decoded.text)
        page = _page(decoded.text, visible(decoded.text) if markup else None, origin=origin)
    page = replace(page, sha256=hashlib.sha256(data).hexdigest(), encoding=encoding, region=region)
    return page if published is None else replace(page, published=published, published_span=None)


def _page(text: str, web: Visible | None, *, origin: str) -> Page:
    """Lines, article and masthead of a text put together; for a web page, of its visible text."""
    raw = web.text if web else text
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
    chosen = (article_of_web(text, raw, found) if web else None) or article_of_text(found)
    first, last = _bounds(chosen, found)
    head = masthead(folded, found, first, last)
    line = of_markup(raw, found, head, web) if web else of_text(raw, head)
    if web and found[first].start == (line.title_span.start if line.title_span else -1) and sum(chosen) > 1:
        chosen[first] = False  # trees often count the heading as article; above a flattened page it is not
    return Page(
        raw=raw,
        body=ranges(found, chosen),
        sha256="",
        encoding="",
        origin=origin,
        title=line.title,
        title_span=line.title_span,
        published=line.published,
        published_span=line.published_span,
        source=line.source,
        source_span=line.source_span,
        credits=head.credits,
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
