"""A project as an assessment looks at it: what the project is, and what it is sorted by."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from liandong.projects import Project

WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Share:
    """A party's share of a project, in % of what is shared, for a term. agreement: where it is written."""

    party: str
    percent: Decimal
    agreement: str
    of: str = "credit"
    since: date | None = None
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it is in its term on that day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Entry:
    """A project with what it is sorted by. None is unknown, "" is none.

    origin: division code of where the investor comes from; home: of the place that is assessed. later_phase:
    it is a later phase of a project. park: "" is not in a park. shares: who is credited besides its unit.
    """

    project: Project
    origin: str | None = None
    home: str = ""
    later_phase: bool | None = None
    chain: str = ""
    officer: str = ""
    park: str = ""
    shares: tuple[Share, ...] = ()

    @property
    def id(self) -> str:
        """The project's."""
        return self.project.id

    @property
    def local(self) -> bool | None:
        """Whether its investor is at home in the place assessed; None if nobody knows where it comes from."""
        if not self.origin or not self.home:
            return None
        return self.origin.startswith(self.home.rstrip("0") or self.home)


KEYS: dict[str, Callable[[Entry], str]] = {
    "unit": lambda each: each.project.unit,
    "park": lambda each: each.park,
    "chain": lambda each: each.chain,
    "officer": lambda each: each.officer,
    "source": lambda each: each.origin[:2] + "0000" if each.origin else "",
    "in_park": lambda each: "yes" if each.park else "no",
}
"""By what entries can be told apart; "" is unknown or none."""


def entries_by(entries: Iterable[Entry], key: str) -> dict[str, list[Entry]]:
    """The entries by unit, park, chain, officer, source (province) or in_park, in the order of the names.

    Raises KeyError for any other key.
    """
    found: dict[str, list[Entry]] = {}
    for each in entries:
        found.setdefault(KEYS[key](each), []).append(each)
    return dict(sorted(found.items()))
