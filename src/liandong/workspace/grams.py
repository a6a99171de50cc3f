"""Full-text index of the library, kept by the store itself: which two characters stand side by side where.

    许昌市 ──▶ 许昌 昌市 市        a word that is asked for becomes the pairs that must follow each other

Chinese has no spaces to cut at, and most words that people ask for have two characters: pairs find every one
of them. On SQLite the index is FTS5 without a copy of the text, asked for phrases; on PostgreSQL an array
with a GIN index beside the folded text, which is then compared. Both find the same. Pages and facts are only
ever added, so entries are too.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

FACTS, PAGES = "workspace_fact_grams", "workspace_page_grams"
PREFIX = 16
"""Characters of a key (hexadecimal) that an entry has: the whole id of a fact, the head of a sha256."""
_BATCH = 500
# FTS5's plain tokenizer cuts at what ASCII has of punctuation; as full-width characters it keeps them.
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F) if not chr(code).isalnum()}
_CREATE = {
    "sqlite": "CREATE VIRTUAL TABLE {name} USING fts5(grams, content='', tokenize='ascii')",
    "postgresql": "CREATE TABLE {name} "
    "(key varchar(16) PRIMARY KEY, grams text[] NOT NULL, folded text NOT NULL); "
    "CREATE INDEX {name}_grams ON {name} USING gin (grams)",
}


def create(cursor: Any, vendor: str) -> None:
    """Make the tables, empty."""
    for name in (FACTS, PAGES):
        cursor.execute(_CREATE[vendor].format(name=name))


def drop(cursor: Any) -> None:
    """Take the tables away."""
    for name in (FACTS, PAGES):
        cursor.execute(f"DROP TABLE {name}")


def add(name: str, entries: Iterable[tuple[str, str]], db: Any = None) -> None:
    """Enter texts: (key, text). Within the transaction that keeps what they belong to."""
    db = db or connection
    sqlite = db.vendor == "sqlite"
    statement = (
        f"INSERT INTO {name} (rowid, grams) VALUES (%s, %s)"
        if sqlite
        else f"INSERT INTO {name} (key, grams, folded) VALUES (%s, %s, %s)"
    )
    with db.cursor() as cursor:
        batch: list[tuple[Any, ...]] = []
        for key, text in entries:
            found = list(pairs(text))
            if sqlite:
                batch.append((_number(key), " ".join(found)))
            else:
                batch.append((key[:PREFIX], _parts(found), fold(text)))
            if len(batch) == _BATCH:
                cursor.executemany(statement, batch)
                batch.clear()
        if batch:
            cursor.executemany(statement, batch)


def holding(name: str, words: Iterable[str], most: int | None = None) -> RawSQL:
    """The keys (PREFIX characters) of the texts that hold all words, for `…__in`; of any `most` of them.

    words: at least one.
    """
    limit = f" LIMIT {int(most)}" if most is not None else ""
    asked = [part for word in words for part in fold(word).split()]
    if connection.vendor == "sqlite":
        match = " ".join(_phrase(word) for word in asked)
        return RawSQL(f"SELECT printf('%%016x', rowid) FROM {name} WHERE {name} MATCH %s{limit}", (match,))
    wanted = sorted({part for word in asked for part in _inner(word)})
    compared = " AND position(%s IN folded) > 0" * len(asked)
    return RawSQL(f"SELECT key FROM {name} WHERE grams @> %s::text[]{compared}{limit}", (wanted, *asked))


def fold(text: str) -> str:
    """A text as it is compared: one width, small letters."""
    return unicodedata.normalize("NFKC", text).lower().translate(_WIDE)


def pairs(text: str) -> Iterator[str]:
    """Each two characters side by side; the last one of a run alone, so that its end is known."""
    for run in fold(text).split():
        for at in range(len(run)):
            yield run[at : at + 2]


def _phrase(word: str) -> str:
    """The pairs that must follow each other; a single character begins one."""
    if len(word) == 1:
        return f'"{word}" *'
    return '"' + " ".join(_inner(word)) + '"'


def _inner(word: str) -> list[str]:
    return [word] if len(word) == 1 else [word[at : at + 2] for at in range(len(word) - 1)]


def _parts(found: list[str]) -> list[str]:
    """Pairs and single characters, once each."""
    return sorted({part for each in found for part in (each, *each)})


def _number(key: str) -> int:
    """A key as SQLite numbers rows: 64 bits with a sign."""
    number = int(key[:PREFIX], 16)
    return number - (1 << 64) if number >> 63 else number
