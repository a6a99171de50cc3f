"""Documents: bytes become a Page, whose immutable text every later offset refers to.

    bytes ── decode ──▶ raw ── lines and blocks ──▶ body   (the article; the rest is noise)
      │                  │
      │                  └──── masthead ──────────▶ title, published, source, credits
      └─ HTML, Word, PDF, tables: raw is what a reader sees, one block or row a line

`read` is the door. `fold` gives a side copy, equal in width, look-alikes and Traditional characters, of which
every offset is the text's.
Bad input raises InputError and says what would be right; nothing hangs: every step is linear in the length.
"""

from liandong.documents.folding import fold
from liandong.documents.page import Credit, Page, Span
from liandong.documents.reading import MAX_BYTES, read, read_bytes, read_text

__all__ = ["MAX_BYTES", "Credit", "Page", "Span", "fold", "read", "read_bytes", "read_text"]
