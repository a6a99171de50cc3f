"""Sharing between places (利益共享, 流转, 飞地): credit as agreed; above, once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from liandong.assessment.entry import WHOLE, Entry
from liandong.assessment.rating import counted
from liandong.figures import Basis, DerivedRef, Evidence, Figure, RecordRef


def credits(entries: Iterable[Entry], on: date, of: str = "credit") -> dict[str, Figure]:
    """Projects credited to each party, in projects: an agreed share of each, or all of its own unit's.

    of: what is shared (credit, tax, output, investment). The parties' credits may come to more than the
    number of projects where an agreement credits two in full: `whole` is what the level above counts.
    """
    found: dict[str, dict[str, tuple[Decimal, str]]] = {}
    for each in entries:
        agreed = [share for share in each.shares if share.of == of and share.holds(on)]
        parts = {share.party: (share.percent / WHOLE, share.agreement) for share in agreed}
        parts = parts or {each.project.unit: (Decimal(1), "")}
        for party, part in parts.items():
            found.setdefault(party, {})[each.id] = part
    return {party: _figure(of, parts, on) for party, parts in sorted(found.items())}


def whole(entries: Sequence[Entry], on: date) -> Figure:
    """How many projects there are for the level above: each once, whoever shares it."""
    return counted(list({each.id: each for each in entries}.values()), "projects", on)


def _figure(of: str, parts: dict[str, tuple[Decimal, str]], on: date) -> Figure:
    inputs: list[tuple[str, Figure | Evidence]] = []
    for project, (part, agreement) in parts.items():
        name = f"{part * WHOLE:f}%" + (f" · {agreement}" if agreement else "")
        inputs.append((name, RecordRef(f"project:{project}", 1)))
    return Figure(
        sum((part for part, _ in parts.values()), Decimal(0)),
        "个",
        f"{of}_share",
        basis=Basis(as_of=on.isoformat()),
        evidence=(DerivedRef("sum of agreed shares", tuple(inputs)),),
    )
