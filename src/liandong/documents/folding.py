"""A side copy of a text in which width and look-alike marks are made equal, with every offset unchanged.

`fold(text)[i]` stands for `text[i]`: patterns are written once, in half-width, and matched on the copy;
quotes are cut from the original. Nothing is added or removed, so a span of the copy is a span of the text.

Folded: full-width ASCII (，：（）％１２３ → ,:()%123); the ideographic and other wide or unbreakable spaces
→ a space; small and vertical forms; compatibility ideographs and radicals; hyphens and minus signs → -;
wave marks → ~; raised dots → ·. Kept: quotation marks, 。 、 and the dash —, line breaks, the case of
letters, circled and raised digits (① and ² are not 1 and 2), and invisible marks: one hidden in a number
must break it.
"""

from __future__ import annotations

import unicodedata

_HYPHENS = "‐‑‒–−⁃"
_WAVES = "〜∼∽˜"
_DOTS = "・•‧∙⋅･"
_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"


def _table() -> dict[int, int]:
    """Code point → code point, for every character that folds."""
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
    return {code: table.get(plain, plain) for code, plain in table.items()}


FOLDED = _table()
"""The whole map, for those who fold single characters."""


def fold(text: str) -> str:
    """The side copy: as long as text; `fold(text)[a:b] == fold(text[a:b])`; folding twice is folding once."""
    return text if text.isascii() else text.translate(FOLDED)
