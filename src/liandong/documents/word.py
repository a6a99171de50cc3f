"""Word (.docx) → text: one paragraph a line, table cells apart by tabs; no deleted text, no codes of fields.

The XML is read as a stream of events, so neither its size nor its depth takes memory; a document type
(which no Word file has, and which entity bombs need) is refused.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import IO
from xml.parsers import expat

from liandong.errors import InputError, Text

MAX_XML = 100 * 1024 * 1024
"""Largest `word/document.xml` that is unpacked: 100 MB (a small file can unpack to any size)."""

_DOCUMENT = "word/document.xml"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"  # a second copy of a box
_DAMAGE = (zipfile.BadZipFile, zlib.error, expat.ExpatError, OSError, EOFError, RuntimeError, ValueError)
_BLOCK = 1 << 20


def word_text(data: bytes, *, origin: str) -> str:
    """The text of a Word document. Raises InputError if it is none, is damaged, or unpacks too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if _DOCUMENT not in archive.namelist():
                raise _not_word(origin)
            if archive.getinfo(_DOCUMENT).file_size > MAX_XML:
                raise _too_large(origin)
            with archive.open(_DOCUMENT) as file:
                return _Text().read(file)
    except _DAMAGE as error:  # RuntimeError: encrypted; its kin NotImplementedError: unknown compression
        raise _not_word(origin) from error


class _Text:
    """What the events of the XML say: runs of text joined into lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.words: list[str] = []
        self.cells = 0  # depth of table cells: paragraphs in a cell are joined, cells are set apart by tabs
        self.unseen = 0
        self.in_text = False
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._doctype

    def read(self, file: IO[bytes]) -> str:
        while block := file.read(_BLOCK):
            self.parser.Parse(block)
        self.parser.Parse(b"", True)
        if self.words:
            self._end_line()
        return "\n".join(self.lines)

    def _doctype(self, *_: object) -> None:
        raise ValueError("a document type in a Word document")

    def _start(self, tag: str, _: dict[str, str]) -> None:
        self.unseen += tag == _FALLBACK
        self.cells += tag == _W + "tc"
        self.in_text = tag == _W + "t"

    def _characters(self, text: str) -> None:
        if self.in_text and not self.unseen:
            self.words.append(text)

    def _end(self, tag: str) -> None:
        self.in_text = False
        self.unseen -= tag == _FALLBACK
        self.cells -= tag == _W + "tc"
        if self.unseen or not tag.startswith(_W):
            return
        match tag.removeprefix(_W):
            case "tab" | "tc":
                self.words.append("\t")
            case "br" | "cr":
                self.words.append("\n")
            case "noBreakHyphen":
                self.words.append("-")
            case "p" if self.cells:
                self.words.append(" ")
            case "p":
                self._end_line()
            case "tr" if not self.cells:
                self._end_line()

    def _end_line(self) -> None:
        self.lines.append("".join(self.words).rstrip())
        self.words.clear()


def _not_word(origin: str) -> InputError:
    return InputError(
        Text(
            "这不是可读取的 Word 文件(.docx)。请在 Word 中另存为 .docx,或另存为网页、文本。",
            "this is not a readable Word document (.docx). Save it as .docx, or as a web page or text.",
        ),
        file=origin,
    )


def _too_large(origin: str) -> InputError:
    most = MAX_XML // 1024**2
    return InputError(
        Text(
            f"文件解压后超过 {most} MB,不像正常的 Word 文件。请另存后重试。",
            f"the file unpacks to more than {most} MB, which no normal Word document does. Save it anew.",
        ),
        file=origin,
    )
