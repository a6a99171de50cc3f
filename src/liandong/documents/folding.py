"""A side copy of a text, equal in width, look-alikes and Traditional characters, with every offset unchanged.

`fold(text)[i]` stands for `text[i]`: patterns are written once, in half-width, and matched on the copy;
quotes are cut from the original. Nothing is added or removed, so a span of the copy is a span of the text.

Folded: full-width ASCII (，：（）％１２３ → ,:()%123); the ideographic and other wide or unbreakable spaces
→ a space; small and vertical forms; compatibility ideographs and radicals; hyphens and minus signs → -;
wave marks → ~; raised dots → ·; Traditional characters → Simplified ones, one for one, by OpenCC's table
(`data/traditional.txt`, Apache-2.0), apart from those that Simplified text writes, too (乾, 著, 昇).
Kept: quotation marks, 。 、 and the dash —, line breaks, the case of letters, circled and raised digits
(① and ² are not 1 and 2), and invisible marks: one hidden in a number must break it.
"""

from __future__ import annotations

import unicodedata
from importlib.resources import files

_HYPHENS = "‐‑‒–−⁃"
_WAVES = "〜∼∽˜"
_DOTS = "・•‧∙⋅･"
_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"


def _signs() -> dict[int, int]:
    """Code point → code point, for signs, spaces and compatibility forms."""
    ranges = [(0x2E80, 0x2FD6), (0xF900, 0xFAD9), (0x2F800, 0x2FA1D), (0xFE10, 0xFE6B), (0xFF01, 0xFF5E)]
    table: dict[int, int] = {}
    for first, last in ranges:
        for code in range(first, last + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code):
                table[code] = ord(plain)
    for code in range(0x80, 0x3001):
        if unicodedata.category(chr(code)) == "Zs":
            table[code] = ord(" ")
    table |= dict.fromkeys(map(ord, _HYPHENS), ord("-"))
    table |= dict.fromkeys(map(ord, _WAVES), ord("~"))
    table |= dict.fromkeys(map(ord, _DOTS), ord("·"))
    return _settled(table)


def _settled(table: dict[int, int]) -> dict[int, int]:
    """The same table, with no character that leads to one that leads further."""
    return {code: table.get(plain, plain) for code, plain in table.items()}


def _traditional() -> dict[int, int]:
    """Traditional → Simplified characters."""
    text = files("liandong.documents").joinpath("data/traditional.txt").read_text("utf-8")
    rows = (row for row in text.splitlines() if not row.startswith("#"))
    return {ord(pair[0]): ord(pair[1]) for row in rows for pair in row.split()}


_SIGNS = _signs()
FOLDED = _settled(_SIGNS | _traditional())
"""The whole map, for those who fold single characters."""


def fold(text: str) -> str:
    """The side copy: as long as text; `fold(text)[a:b] == fold(text[a:b])`; folding twice is folding once."""
    return text if text.isascii() else text.translate(FOLDED)


def narrow(text: str) -> str:
    """The text with signs and spaces made equal and its characters as written, Traditional ones as well."""
    return text if text.isascii() else text.translate(_SIGNS)
