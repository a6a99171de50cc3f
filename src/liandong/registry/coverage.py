"""What a snapshot stands on: its newest date, and which province-years it has of those it should have."""

from __future__ import annotations

from pathlib import Path

from liandong.figures import Coverage
from liandong.registry.engines import connect, quote
from liandong.registry.store import Source

_MOST_NAMED = 4
SYNTHETIC = "synthetic"


def cover(firms: Path, sources: tuple[Source, ...]) -> Coverage:
    """Coverage of a table of firms.

    cells: province-years from the first founding year to the last, for the provinces that occur;
    complete_cells: those with a firm. A cell without one counts as absent: it may be missing, it is not zero.
    """
    with connect() as connection:
        found = connection.execute(
            f"""
            SELECT count(*), max(founded), min(founded_year), max(founded_year),
                   count(DISTINCT province) FILTER (founded_year IS NOT NULL),
                   count(DISTINCT (province, founded_year))
                     FILTER (province IS NOT NULL AND founded_year IS NOT NULL)
            FROM read_parquet({quote(str(firms))})
            """
        ).fetchone()
    assert found is not None
    rows, newest, first, last, provinces, present = found
    cells = provinces * (last - first + 1) if provinces else None
    notes = [note for source in sources for note in source.notes]
    notes += [SYNTHETIC] if any(source.synthetic for source in sources) else []
    return Coverage(
        source=_names(sources),
        last_date=newest.isoformat() if newest else None,
        rows=rows,
        complete_cells=present if cells else None,
        cells=cells,
        notes=tuple(dict.fromkeys(notes)),
    )


def _names(sources: tuple[Source, ...]) -> str:
    labels = [source.label for source in sources]
    more = f" +{len(labels) - _MOST_NAMED}" if len(labels) > _MOST_NAMED else ""
    return ", ".join(labels[:_MOST_NAMED]) + more
