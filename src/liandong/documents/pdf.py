"""PDF with a text layer → text: printed lines joined into paragraphs, sheet after sheet.

A PDF holds pieces of text with places, no paragraphs. Printed lines come from pypdf in the order of the text
layer. A line goes on in the next one where it reaches the right edge and the next, of the same size, is
neither indented nor opens an item; so a paragraph is one line of raw, also over the end of a sheet. Page
numbers and running heads are left out, since they would stand in the middle of sentences.
"""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from liandong.errors import InputError, Text

MAX_SHEETS = 1000
"""Most sheets of a PDF; a yearbook has fewer."""
MAX_CHARACTERS = 5_000_000
"""Most characters of a text layer: ten times the longest yearbook."""

_NUMBER = re.compile(
    r"[-—–·.\s]*(?:第\s*)?\d{1,4}\s*页?(?:\s*[/,共]{1,2}\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–·.\s]*"
)
_STOP = re.compile(r"[。!?;:！？；：…][”’」』)）]{0,2}$")
_ITEM = re.compile(
    r"[(（]?[一二三四五六七八九十]{1,3}[、.)）]|第[一二三四五六七八九十\d]{1,3}[章节条]|[(（]\d{1,2}[)）]|\d{1,2}[.、](?!\d)|[①-⑳●■◆·•—]"
)
_SPACES = re.compile(r"[^\S\n]+")
_UNREADABLE = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_EDGE_LINES = 2  # lines at the top and the foot of a sheet that may be its number or a running head
_REACH = 3.5  # a line this many characters short of the edge still reaches it
_INDENT = 1.2
_SAME_SIZE = 0.1


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed line: its text, where it begins from the left, and its size, in points."""

    text: str
    left: float
    size: float

    @property
    def right(self) -> float:
        """Where it ends, taking wide characters as square and the others as half."""
        wide = sum(1 + (unicodedata.east_asian_width(char) in "WFA") for char in self.text)
        return self.left + wide * self.size / 2


def pdf_text(data: bytes, *, origin: str) -> str:
    """The text of a PDF, a paragraph a line.

    Raises InputError if it is damaged, protected, too long, a scan without text, or of fonts that do not
    say which characters they draw.
    """
    sheets = [_without_blanks(lines) for lines in _sheets(data, origin)]
    text = "\n".join(paragraphs(_without_margins(sheets)))
    letters = sum(map(str.isalnum, text))
    broken = len(_UNREADABLE.findall(text))
    if (broken > 1 and broken > 0.05 * letters) or _monotonous(text):
        raise _unreadable(origin)
    if letters < 2:
        raise _no_text(origin)
    return text


def paragraphs(lines: Sequence[Printed]) -> list[str]:
    """Printed lines joined where one goes on in the next."""
    if not lines:
        return []
    margin = Counter(round(line.left / 2) * 2 for line in lines).most_common(1)[0][0]
    edges = sorted(line.right for line in lines)
    edge = edges[int(0.95 * (len(edges) - 1))]
    joined: list[list[str]] = []
    previous: Printed | None = None
    for line in lines:
        if previous and _goes_on(previous, line, margin, edge):
            joined[-1].append(_seam(previous.text, line.text) + line.text)
        else:
            joined.append([line.text])
        previous = line
    return ["".join(parts) for parts in joined]


def _goes_on(line: Printed, following: Printed, margin: float, edge: float) -> bool:
    """Whether a paragraph runs from one printed line into the next."""
    if abs(line.size - following.size) > _SAME_SIZE * line.size or line.right < edge - _REACH * line.size:
        return False
    if following.left > margin + _INDENT * following.size or _ITEM.match(following.text):
        return False
    return not _STOP.search(line.text) or following.left < line.left or line.left <= margin + line.size / 2


def _seam(before: str, after: str) -> str:
    """Between two joined lines: a space between Latin words, nothing in Chinese or within a number."""
    latin = before[-1].isascii() and after[0].isascii()
    return " " if latin and (before[-1].isalpha() or after[0].isalpha()) else ""


def _sheets(data: bytes, origin: str) -> Iterable[list[Printed]]:
    """The printed lines of each sheet."""
    import pypdf  # here, because most pages are no PDF

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    total = 0
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _protected(origin)
        if len(reader.pages) > MAX_SHEETS:
            raise _too_long(origin)
        for sheet in reader.pages:
            lines = _lines(sheet)
            total += sum(len(line.text) for line in lines)
            if total > MAX_CHARACTERS:
                raise _too_long(origin)
            yield lines
    except InputError:
        raise
    except pypdf.errors.DependencyError as error:  # a cipher that needs another library
        raise _protected(origin) from error
    except Exception as error:  # a damaged PDF fails in as many ways as it has parts
        raise _damaged(origin) from error


def _lines(sheet: Any) -> list[Printed]:
    """Lines of a sheet with place and size of their first words."""
    pieces: list[tuple[str, float, float]] = []

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], _: object, size: float | None) -> None:
        left = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        pieces.append((text, left, abs((size or 0) * (tm[3] or tm[0]) * (cm[3] or cm[0])) or 10.0))

    sheet.extract_text(visitor_text=visit)
    lines: list[Printed] = []
    words: list[str] = []
    place = (0.0, 10.0)
    for text, left, size in [*pieces, ("\n", 0.0, 0.0)]:
        for index, part in enumerate(text.split("\n")):
            if index:
                lines.append(Printed(_SPACES.sub(" ", "".join(words)).strip(), *place))
                words = []
            if part.strip() and not "".join(words).strip():
                place = (left, size)
            words.append(part)
    return lines


def _without_blanks(lines: Iterable[Printed]) -> list[Printed]:
    return [line for line in lines if line.text]


def _without_margins(sheets: Sequence[Sequence[Printed]]) -> list[Printed]:
    """All lines in order, without the numbers of sheets and the heads that run through them."""
    edges = [{*range(_EDGE_LINES), *range(len(lines) - _EDGE_LINES, len(lines))} for lines in sheets]
    repeated = Counter(
        text
        for lines, edge in zip(sheets, edges, strict=True)
        for text in {_mask(lines[index].text) for index in edge if 0 <= index < len(lines)}
    )
    running = {text for text, count in repeated.items() if count >= 3 and count * 2 > len(sheets)}
    kept: list[Printed] = []
    for lines, edge in zip(sheets, edges, strict=True):
        outermost = {0, len(lines) - 1} if len(lines) > 1 else set()
        for index, line in enumerate(lines):
            if index in outermost and _NUMBER.fullmatch(line.text):
                continue
            if index in edge and _mask(line.text) in running:
                continue
            kept.append(line)
    return kept


def _mask(text: str) -> str:
    return re.sub(r"\d+", "0", text)


def _monotonous(text: str) -> bool:
    """One character in four is the same one: a font whose glyphs all say the same."""
    letters = [char for char in text if char > "\x7f" and not char.isspace()]
    return len(letters) >= 40 and Counter(letters).most_common(1)[0][1] > len(letters) / 4


def _no_text(origin: str) -> InputError:
    return InputError(
        Text(
            "PDF 里没有文字层(可能是扫描件)。请先做文字识别(OCR),或提供原网页、Word 文件。",
            "the PDF has no text layer (it may be a scan). Recognise its text (OCR) first, "
            "or give the web page or Word document.",
        ),
        file=origin,
    )


def _unreadable(origin: str) -> InputError:
    return InputError(
        Text(
            "PDF 的字体没有说明文字内容,读出的是乱码。请提供原网页或 Word 文件,或先做文字识别(OCR)。",
            "the fonts of the PDF do not say which characters they draw. "
            "Give the web page or Word document, or recognise its text (OCR) first.",
        ),
        file=origin,
    )


def _protected(origin: str) -> InputError:
    return InputError(
        Text("PDF 有密码保护。请先取消密码。", "the PDF is protected by a password. Remove it first."),
        file=origin,
    )


def _too_long(origin: str) -> InputError:
    return InputError(
        Text(
            f"PDF 太长(上限 {MAX_SHEETS:,} 页、{MAX_CHARACTERS:,} 字)。请拆分后再读。",
            f"the PDF is too long (at most {MAX_SHEETS:,} sheets, {MAX_CHARACTERS:,} characters). Split it.",
        ),
        file=origin,
    )


def _damaged(origin: str) -> InputError:
    return InputError(
        Text(
            "PDF 文件已损坏或不完整。请重新下载,或另存为新的 PDF。",
            "the PDF is damaged or cut short. Download it again, or save it anew.",
        ),
        file=origin,
    )
