"""The Page: the immutable text that every offset refers to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Span:
    """Characters [start, end) of a page's raw text, in Unicode code points."""

    start: int
    end: int

    def __contains__(self, other: object) -> bool:
        return isinstance(other, Span) and self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Credit:
    """One credit: the role as the page calls it ("" if it does not), the names, and where it stands."""

    role: str
    names: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Page:
    """A page as read. Offsets always refer to `raw`; what is not in `body` is noise.

    raw: decoded text, never changed. body: ranges of raw, ascending, disjoint. title, published, source:
    what the page says of itself, None if it does not; the `_span` of each is where it says so. published:
    ISO date or date and time. credits: roles and names. region: the place the page speaks for (我市, 全市),
    if given or found. sha256: of the bytes read. encoding: what they were decoded with. origin: path or
    address.
    """

    raw: str
    body: tuple[Span, ...]
    sha256: str
    encoding: str
    origin: str
    title: str | None = None
    title_span: Span | None = None
    published: str | None = None
    published_span: Span | None = None
    source: str | None = None
    source_span: Span | None = None
    credits: tuple[Credit, ...] = field(default=())
    region: str | None = None

    def in_body(self, span: Span) -> bool:
        """Whether the span lies in one range of the body."""
        return any(span in kept for kept in self.body)

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `liandong read`."""
        return {
            "origin": self.origin,
            "sha256": self.sha256,
            "encoding": self.encoding,
            "title": self.title,
            "published": self.published,
            "source": self.source,
            "credits": [{"role": c.role, "names": list(c.names)} for c in self.credits],
            "region": self.region,
            "characters": len(self.raw),
            "body": [[span.start, span.end] for span in self.body],
        }
