"""Classification: a firm's name and business scope → classes of GB/T 4754-2017, with what decided.

    scope ── items ── activity that governs each ─┐
                                                  ├─▶ (thing, activity) → class ─▶ scores ─▶ confidence
    name ─── kind of business, terms of the trade ┘                                       └▶ group, division

No learning and no network: a written lexicon (`data/activities_*.csv`), rules for what governs what, and a
calibration. The answer is empty where nothing is known.
"""

from __future__ import annotations

import gc
import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from liandong.registry.classify_batch import Scorer, codes
from liandong.registry.classify_confidence import Candidate, answers
from liandong.registry.classify_lexicon import lexicon
from liandong.registry.classify_workers import default_workers, run
from liandong.registry.schema import CANDIDATES, INDUSTRY

__all__ = ["Candidate", "Explanation", "Term", "classify", "classify_table", "explain"]

CHUNK = 8_192
"""Firms classified at a time."""
TEXTS = pa.schema([("name", pa.string()), ("scope", pa.string())])


@dataclass(frozen=True, slots=True)
class Term:
    """A term that counted. where: the item of the scope, or the name; points: what it added to the code."""

    term: str
    where: str
    code: str
    points: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a firm is in its class: candidates and the terms that spoke for any class, the weightiest first."""

    candidates: tuple[Candidate, ...]
    terms: tuple[Term, ...]


def classify(names: Sequence[str | None], scopes: Sequence[str | None]) -> list[list[Candidate]]:
    """Candidates per firm, the answer first; an empty list where the industry is unknown.

    names, scopes: of one length; None where a text is missing. The first candidate is a class, or a group or
    division where the class is undecided; then follow classes, the most probable first.
    """
    if len(names) != len(scopes):
        raise ValueError(f"{len(names)} names, {len(scopes)} scopes")
    found: list[list[Candidate]] = []
    for at in range(0, len(names), CHUNK):
        found += _lists(candidates(_texts(names[at : at + CHUNK]), _texts(scopes[at : at + CHUNK])))
    return found


def explain(name: str, scope: str | None) -> Explanation:
    """The candidates of one firm, and which terms decided."""
    scorer = _scorer()
    scores = scorer.score(_texts([name]), _texts([scope]))
    found = scores.evidence
    terms = [
        Term(scorer.term(term), name if item < 0 else scorer.item(item), codes()[code], points)
        for item, term, code, points in zip(
            *(column.tolist() for column in (found.item, found.term, found.code, found.points)), strict=True
        )
    ]
    return Explanation(tuple(_lists(answers(scores))[0]), tuple(sorted(terms, key=lambda term: -term.points)))


def candidates(names: pa.Array, scopes: pa.Array) -> pa.Array:
    """`classify` over text arrays: lists of (code, confidence) as the column industries holds them."""
    with _uncollected():
        return answers(_scorer().score(names, scopes))


def classify_table(
    table: pa.Table,
    *,
    progress: Callable[[int, int], None] | None = None,
    workers: int | None = None,
) -> pa.Table:
    """The table with the columns industry, industry_confidence, industry_source and industries.

    table: columns `name` and `scope`; rows whose industry_source is `given` keep what they have. workers:
    processes that work; None for one per core where the table is large. progress: told rows done and of how
    many. The result does not depend on the number of workers; rows keep their order.
    """
    texts = table.select(["name", "scope"]).cast(TEXTS)
    chunks = [
        batch
        for part in (texts.slice(at, CHUNK) for at in range(0, len(texts), CHUNK))
        for batch in part.combine_chunks().to_batches()
    ]
    found: list[pa.Array] = []
    for result in run(candidates, chunks, default_workers(len(texts)) if workers is None else workers):
        found.append(result)
        if progress:
            progress(min(len(found) * CHUNK, len(texts)), len(texts))
    return _with_industries(table, pa.chunked_array(found, CANDIDATES))


def _with_industries(table: pa.Table, found: pa.ChunkedArray) -> pa.Table:
    """The table with what was found, except for rows whose industry was given."""
    first = pc.list_slice(found, 0, 1)
    known = pc.greater(pc.list_value_length(found), 0)
    flat = pc.list_flatten(first)
    at = pc.if_else(known, pc.subtract(pc.cumulative_sum(known.cast(pa.int64())), 1), None)
    columns = {
        "industry": pc.take(pc.struct_field(flat, "code"), at),
        "industry_confidence": pc.take(pc.struct_field(flat, "confidence"), at),
        "industry_source": pc.if_else(known, "classified", pa.scalar(None, pa.string())),
        "industries": found,
    }
    if "industry_source" in table.column_names:
        given = pc.fill_null(pc.equal(table["industry_source"], "given"), False)
        columns = {
            name: pc.if_else(given, table[name].cast(column.type), column)
            if name in table.column_names
            else column
            for name, column in columns.items()
        }
    for name in INDUSTRY:
        if name in table.column_names:
            table = table.set_column(table.column_names.index(name), name, columns[name])
        else:
            table = table.append_column(name, columns[name])
    return table


@cache
def _scorer() -> Scorer:
    return Scorer(lexicon())


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the garbage collector: nothing here refers to itself, and it would walk all there is."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _texts(texts: Sequence[str | None]) -> pa.Array:
    """A text array; half characters, which no encoding knows, are left out."""
    try:
        return pa.array(texts, pa.string())
    except UnicodeEncodeError:
        return pa.array([text and text.encode(errors="ignore").decode() for text in texts], pa.string())


def _lists(found: pa.Array) -> list[list[Candidate]]:
    entries = found.flatten()
    code, sure = entries.field(0).to_pylist(), entries.field(1).to_numpy().astype(float).round(4).tolist()
    flat = list(map(Candidate, code, sure))
    ends = found.offsets.to_pylist()
    return [flat[start:end] for start, end in itertools.pairwise(ends)]
