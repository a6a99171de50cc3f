"""Word (.docx) → text: one paragraph a line, table cells apart by tabs. Deleted text and fields' codes are not text."""

from __future__ import annotations

import io
import zipfile

import lxml.etree

from liandong.errors import InputError, Text

MAX_XML = 200 * 1024 * 1024
"""Largest `word/document.xml` that is unpacked: 200 MB (a small file can unpack to any size)."""

_DOCUMENT = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BLOCK = 1 << 20


def word_text(data: bytes, *, origin: str) -> str:
    """The text of a Word document. Raises InputError if the archive is not one, is damaged, or unpacks too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if _DOCUMENT not in archive.namelist():
                raise _not_word(origin)
            if archive.getinfo(_DOCUMENT).file_size > MAX_XML:
                raise _too_large(origin)
            with archive.open(_DOCUMENT) as file:
                return _Text().read(file)
    except (
        zipfile.BadZipFile,
        lxml.etree.LxmlError,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        raise _not_word(origin) from error


class _Text:
    """What the events of the XML say: text runs joined into lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.words: list[str] = []
        self.cells = 0  # depth of table cells: paragraphs in a cell are joined, cells are set apart by tabs

    def read(self, file: io.IOBase | zipfile.ZipExtFile) -> str:
        parser = lxml.etree.XMLPullParser(events=("start", "end"), resolve_entities=False, no_network=True)
        unseen = 0
        while block := file.read(_BLOCK):
            parser.feed(block)
            for event, element in parser.read_events():
                if element.tag == _FALLBACK:
                    unseen += 1 if event == "start" else -1
                if not unseen:
                    self._event(event, element)
                if event == "end":
                    element.clear(keep_tail=False)
        parser.close()
        self._end_line()
        return "\n".join(self.lines)

    def _event(self, event: str, element: lxml.etree._Element) -> None:
        tag = str(element.tag).removeprefix(_W)
        if event == "start":
            self.cells += tag == "tc"
            return
        if tag == "t" and element.text:
            self.words.append(element.text)
        elif tag == "tab":
            self.words.append("\t")
        elif tag in ("br", "cr"):
            self.words.append("\n")
        elif tag == "noBreakHyphen":
            self.words.append("-")
        elif tag == "tc":
            self.cells -= 1
            self.words.append("\t")
        elif tag == "p":
            self.words.append(" ") if self.cells else self._end_line()
        elif tag == "tr" and not self.cells:
            self._end_line()

    def _end_line(self) -> None:
        self.lines.append("".join(self.words).rstrip())
        self.words.clear()


def _not_word(origin: str) -> InputError:
    return InputError(
        Text(
            "这不是可读取的 Word 文件(.docx)。请在 Word 中另存为 .docx,或另存为网页、文本。",
            "this is not a readable Word document (.docx). Save it as .docx in Word, or as a web page or text.",
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
