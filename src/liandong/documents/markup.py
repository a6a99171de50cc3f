"""HTML → the text a reader sees, one block a line: that text is the page's `raw`.

A tokeniser of our own, one pass, no tree: it cannot be nested too deeply, never backtracks, and gives the
same text for the same source whatever libraries are installed. Scripts, styles, comments, server directives
(`<% … %>`) and declarations are not text; entities are resolved; runs of white space are one space; blocks
and `<br>` end a line, table cells are set apart by a tab. Why not the source itself as raw: a quote would
hold tags and entities, and a sentence would be cut at every `<span>`.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body br button caption center dd details dialog dir div dl dt "
        "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol "
        "option p pre section summary table tbody tfoot thead title tr ul",
    )
)
_CELLS = frozenset({"td", "th"})
_HEADINGS = frozenset({"h1"})
_UNSEEN = frozenset(
    re.findall(
        r"\w+",
        "script style noscript template svg math iframe object canvas audio video select textarea noframes",
    )
)
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9:_-]{0,40})")
_TAG_END = re.compile(r"""=\s{0,9}(["'])|<%|>""")
_SPACE = re.compile(r"[ \t\r\n\f\v\xa0\u3000\u2002\u2003\u2009]+")
_ATTRIBUTE = re.compile(r"""([A-Za-z:-]{1,40})\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_LOOKS_LIKE = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|title|%@\s*page)\b", re.IGNORECASE)
_COMMON_TAGS = re.compile(
    r"</?(?:div|p|span|a|table|tr|td|br|li|ul|h[1-6]|font|b|strong)(?:\s[^<>]{0,300})?/?>", re.IGNORECASE
)
_HEAD = 4000


@dataclass(slots=True)
class Visible:
    """The visible text, and what the markup says of the page.

    title: of `<title>`. headings: [start, end) of each non-empty h1 in text. meta: lower-case name or
    property → content, the first of each.
    """

    text: str = ""
    title: str | None = None
    headings: list[tuple[int, int]] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)


def is_markup(source: str) -> bool:
    """Whether a text is HTML: a tag only HTML has near its beginning, or several of its common tags."""
    head = source[:_HEAD]
    return bool(_LOOKS_LIKE.search(head)) or len(_COMMON_TAGS.findall(head)) >= 4


def visible(source: str) -> Visible:
    """What a reader sees of an HTML source. Time and memory grow with its length alone."""
    return _Renderer(source).run()


def without_directives(source: str) -> str:
    """The source without server directives `<% … %>`, which a tree library takes for text."""
    parts: list[str] = []
    position = 0
    while (start := source.find("<%", position)) >= 0 and (end := source.find("%>", start)) >= 0:
        parts.append(source[position:start])
        position = end + 2
    parts.append(source[position:])
    return "".join(parts)


class _Renderer:
    """State of one pass: the text so far, and whether a space or a line end waits to be written."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.out: list[str] = []
        self.length = 0
        self.waiting = ""  # "", " ", "\t" or "\n", written before the next word
        self.heading: tuple[int, int] | None = None  # length and pieces of the text where an h1 began
        self.preformatted = 0
        self.page = Visible()
        self.without: set[str] = set()  # closers that do not occur any more: each is searched to the end once
        self.lower = source.lower() if len(source.lower()) == len(source) else source

    def run(self) -> Visible:
        position, size = 0, len(self.source)
        while position < size:
            opening = self.source.find("<", position)
            if opening < 0:
                opening = size
            if opening > position:
                self._text(self.source[position:opening])
            position = self._markup(opening) if opening < size else size
        self.page.text = "".join(self.out)
        return self.page

    def _find(self, closer: str, start: int) -> int:
        """Where closer next stands; -1 once and for all if it does not."""
        if closer in self.without:
            return -1
        found = self.lower.find(closer, start)
        if found < 0:
            self.without.add(closer)
        return found

    def _past(self, closer: str, start: int) -> int:
        """The position after closer, or after the next > (a broken one), or after this <."""
        for mark in (closer, ">"):
            found = self._find(mark, start)
            if found >= 0:
                return found + len(mark)
        return start + 1

    def _markup(self, start: int) -> int:
        """Deal with what begins with this <; give the position after it."""
        following = self.source[start + 1 : start + 4]
        if following == "!--":
            return self._past("-->", start + 4)
        if following.startswith("%"):
            return self._past("%>", start)
        if following[:1] in ("!", "?"):
            return self._past(">", start)
        tag = _TAG.match(self.source, start)
        end = self._tag_end(tag.end()) if tag else -1
        if not tag or end < 0:
            self._text("<")
            return start + 1
        name = tag[1].lower()
        if self.source[start + 1] == "/":
            self._close(name)
            return end
        return self._open(name, self.source[tag.end() : end - 1], end)

    def _tag_end(self, position: int) -> int:
        """The position after the > of a tag, over its quoted values and directives; -1 if it has none."""
        if ">" in self.without or self._find(">", position) < 0:
            return -1
        while match := _TAG_END.search(self.source, position):
            if match[0] == ">":
                return match.end()
            closer = match[1] or "%>"
            found = self._find(closer, match.end())
            position = found + len(closer) if found >= 0 else match.end()
        self.without.add(">")
        return -1

    def _open(self, name: str, attributes: str, end: int) -> int:
        if name == "meta":
            self._meta(attributes)
        if name == "title" and self.page.title is None:
            closing = self._find("</title", end)
            if closing >= 0:
                self.page.title = _SPACE.sub(" ", html.unescape(self.source[end:closing])).strip() or None
                return closing
        if (name in _UNSEEN or name.endswith(":param")) and not attributes.rstrip().endswith("/"):
            closing = self._find(f"</{name}", end)
            return closing if closing >= 0 else end
        self._space(name)
        if name in _HEADINGS:
            self.heading = (self.length, len(self.out))
        self.preformatted += name == "pre"
        return end

    def _close(self, name: str) -> None:
        if name in _HEADINGS and self.heading is not None:
            start, pieces = self.heading
            text = "".join(self.out[pieces:])
            if text.strip() and "\n" not in text.strip():
                self.page.headings.append((start + len(text) - len(text.lstrip()), self.length))
            self.heading = None
        if name == "pre" and self.preformatted:
            self.preformatted -= 1
        self._space(name)

    def _space(self, name: str) -> None:
        if name in _BLOCKS:
            self.waiting = "\n"
        elif name in _CELLS and self.waiting != "\n":
            self.waiting = "\t"

    def _meta(self, attributes: str) -> None:
        pairs = {m[1].lower(): m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(attributes[:2000])}
        name = pairs.get("name") or pairs.get("property")
        if name and pairs.get("content"):
            self.page.meta.setdefault(name.lower(), html.unescape(pairs["content"]).strip())

    def _text(self, piece: str) -> None:
        piece = html.unescape(piece) if "&" in piece else piece
        if self.preformatted and "\n" in piece:
            for line in piece.split("\n"):
                self._words(line)
                self.waiting = "\n"
        else:
            self._words(piece)

    def _words(self, piece: str) -> None:
        text = _SPACE.sub(" ", piece)
        if text.startswith(" "):
            self.waiting = self.waiting or " "
        core = text.strip(" ")
        if not core:
            return
        if self.out:
            self._write(self.waiting)
        self._write(core)
        self.waiting = " " if text.endswith(" ") else ""

    def _write(self, text: str) -> None:
        if text:
            self.out.append(text)
            self.length += len(text)
