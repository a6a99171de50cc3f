"""What a figure's evidence opens at: the sentence in its page, the records that a query counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from liandong.figures import QueryRef
from liandong.workspace import current
from liandong.workspace.models import FactRecord, PageRecord, Review

_COUNT = "SELECT count(*) FROM firms"
COLUMNS = "firm_id, name, region_text, industry, source, source_row"


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A fact with its surroundings: the characters before and after the quote, and the quote in three parts
    around the value."""

    record: FactRecord
    page: PageRecord
    before: str
    quote: tuple[str, str, str]
    after: str
    reviews: tuple[Review, ...]


def fact(fact_id: str, *, around: int) -> ShownFact | None:
    """A fact with so many characters around its quote; None if it is not kept."""
    record = FactRecord.objects.select_related("page").filter(pk=fact_id).first()
    if record is None:
        return None
    raw = record.page.raw
    start, end = record.start, record.end
    inner = (record.value_start, record.value_end)
    low, high = (start, start) if inner[0] is None or inner[1] is None else (inner[0], inner[1])
    if not start <= low <= high <= end:
        low = high = start
    return ShownFact(
        record,
        record.page,
        raw[max(0, start - around) : start],
        (raw[start:low], raw[low:high], raw[high:end]),
        raw[end : end + around],
        tuple(record.reviews.all()),
    )


def records(query: QueryRef, most: int) -> list[dict[str, Any]] | None:
    """The first records that a count counted, read again from its snapshot; None if it is no plain count.

    Raises InputError if the snapshot is gone.
    """
    if not query.expression.startswith(_COUNT):
        return None
    where = query.expression.removeprefix(_COUNT)
    sql = f"SELECT {COLUMNS} FROM firms{where} ORDER BY firm_id LIMIT {int(most)}"
    registry = current.registry()
    pinned = registry if registry.snapshot.id == query.snapshot else registry.at(query.snapshot)
    found: list[dict[str, Any]] = pinned.query(sql).to_pylist()
    return found
