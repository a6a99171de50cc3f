"""On which line each item of a TOML text stands: the standard reader forgets it, and evidence needs it.

The text is known to be valid (tomllib has read it); this walks it once more, only far enough to tell keys
from values. Paths are as in the parsed data: ("chain", 0, "node", 2, "industries", 1).
"""

from __future__ import annotations

import re
import tomllib

Path = tuple[str | int, ...]

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BLANKS = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"""(?:""|"(?!"))?'  # a basic multi-line string may end in two more quotes
    r"|'''.*?'''(?:''|'(?!'))?"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}#\n]+")  # numbers, dates, booleans: up to what can follow a value


def lines(text: str) -> dict[Path, int]:
    """Line (from 1) of every key, table, array element of a valid TOML text."""
    return _Walk(text).run()


class _Walk:
    """A cursor over the text and the lines found so far."""

    def __init__(self, text: str) -> None:
        # tomllib reads \r\n as \n; the number of lines is the same
        self.text = text
        self.at = 0
        self.line = 1
        self.counted = 0
        self.found: dict[Path, int] = {}
        self.rows: dict[Path, int] = {}  # arrays of tables: index of the newest element

    def run(self) -> dict[Path, int]:
        table: Path = ()
        while True:
            self.skip(_SPACE)
            if self.at >= len(self.text):
                return self.found
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)

    def header(self) -> Path:
        """[a.b] or [[a.b]]; every part that is an array of tables means its newest element."""
        start = self.at
        double = self.text.startswith("[[", start)
        self.at += 2 if double else 1
        keys = self.keys()
        self.skip(_BLANKS)
        self.at += 2 if double else 1
        path: Path = ()
        for key in keys[:-1]:
            path = self.enter((*path, key))
            self.note(path, start)
        path = (*path, keys[-1])
        if double:
            self.note(path, start)
            self.rows[path] = self.rows.get(path, -1) + 1
        path = self.enter(path)
        self.note(path, start)
        return path

    def enter(self, path: Path) -> Path:
        return (*path, self.rows[path]) if path in self.rows else path

    def pair(self, table: Path) -> None:
        start = self.at
        keys = self.keys()
        path = table
        for key in keys:
            path = (*path, key)
            self.note(path, start)
        self.skip(_BLANKS)
        self.at += 1  # the equals sign
        self.skip(_BLANKS)
        self.value(path)

    def keys(self) -> list[str]:
        """A dotted key."""
        keys = []
        while True:
            self.skip(_BLANKS)
            if self.text[self.at] in "\"'":
                match = _STRING.match(self.text, self.at)
                assert match
                keys.append(str(tomllib.loads(f"k = {match.group()}")["k"]))
            else:
                match = _BARE_KEY.match(self.text, self.at)
                assert match
                keys.append(match.group())
            self.at = match.end()
            self.skip(_BLANKS)
            if not self.text.startswith(".", self.at):
                return keys
            self.at += 1

    def value(self, path: Path) -> None:
        first = self.text[self.at]
        if first == "[":
            self.items(path, "]")
        elif first == "{":
            self.items(path, "}")
        else:
            self.skip(_STRING if first in "\"'" else _SCALAR)

    def items(self, path: Path, end: str) -> None:
        """Elements of an array, or pairs of an inline table."""
        self.at += 1
        index = 0
        while True:
            self.skip(_SPACE)
            if self.text[self.at] == end:
                self.at += 1
                return
            if self.text[self.at] == ",":
                self.at += 1
            elif end == "}":
                self.pair(path)
            else:
                self.note((*path, index), self.at)
                self.value((*path, index))
                index += 1

    def skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self.text, self.at)
        if match:
            self.at = match.end()

    def note(self, path: Path, at: int) -> None:
        """The first mention of a path counts."""
        self.line += self.text.count("\n", self.counted, at)
        self.counted = at
        self.found.setdefault(path, self.line)
