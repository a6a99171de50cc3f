"""A bureau's own Word template: its page, styles, cover, header and foot, with places for ours.

`{{title}}`, `{{subtitle}}` and `{{date}}` are filled wherever they stand, header and foot included; the
document itself goes where a paragraph says `{{content}}`, or at the end. A style that the template has under
one of our names (`Heading 1`, `Caption`, `Figure` …) is used as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError

from liandong.errors import InputError, Text

CONTENT = "{{content}}"
_PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


def open_template(path: Path, values: Mapping[str, str]) -> tuple[Any, Any]:
    """The template with its places filled, and the paragraph before which content goes (None: at the end).

    Raises InputError for a file that is no Word document, and for a place of a name that we do not know.
    """
    try:
        word = docx.Document(str(path))
    except (PackageNotFoundError, OSError, KeyError, ValueError) as error:
        raise InputError(
            Text("该模板不是 Word 文档(.docx)。", "The template is not a Word document (.docx)."),
            file=str(path),
        ) from error
    place = None
    for paragraph in _paragraphs(word):
        if paragraph.text.strip() == CONTENT:
            place = paragraph
        elif "{{" in paragraph.text:
            _fill(paragraph, values, path)
    return word, place


def _paragraphs(word: Any) -> Iterator[Any]:
    """Of the body, of its tables, and of every header and foot."""
    yield from word.paragraphs
    for table in word.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from cell.paragraphs
    for section in word.sections:
        for part in (section.header, section.first_page_header, section.footer, section.first_page_footer):
            if not part.is_linked_to_previous:
                yield from part.paragraphs


def _fill(paragraph: Any, values: Mapping[str, str], path: Path) -> None:
    """Fill the places; the first run's look is kept for the whole paragraph where a place spans runs."""

    def value(found: re.Match[str]) -> str:
        if found[1] not in values:
            known = "、".join(f"{{{{{name}}}}}" for name in (*values, "content"))
            raise InputError(
                Text(
                    f"模板中有不认识的占位“{found[0]}”。可用:{known}。",
                    f'the template has an unknown place "{found[0]}". Known: {known}.',
                ),
                file=str(path),
                field=found[1],
            )
        return values[found[1]]

    for run in paragraph.runs:
        if _PLACE.search(run.text):
            run.text = _PLACE.sub(value, run.text)
    if _PLACE.search(paragraph.text):
        text = _PLACE.sub(value, paragraph.text)
        for run in paragraph.runs[1:]:
            run.text = ""
        paragraph.runs[0].text = text
